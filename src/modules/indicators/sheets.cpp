// Forms, and what does not fit, as sheets.
#include <fmt/format.h>

#include <map>
#include <tuple>

#include "base/text.h"
#include "indicators/exchange.h"
#include "indicators/findings.h"
#include "table/header_row.h"
#include "table/table.h"

namespace ballast::indicators {
namespace {

constexpr std::string_view code_title = "区划代码", name_title = "区划";

std::string name_in(const Desk& desk, AreaCode area) {
    const auto found = desk.division.find(area);
    return found ? areas::everyday_name(found->name) : area.short_digits();
}

/// What a cell holds, as typed; a number of a spreadsheet as it shows it.
std::string typed(const table::Cell& cell) { return std::string(text::trimmed(cell.text)); }

std::vector<table::KnownColumn> known_columns(const std::vector<Question>& asked) {
    std::vector<table::KnownColumn> out{{std::string(code_title), {"Area code"}, true}, {std::string(name_title), {"Area"}}};
    for (const auto& one : asked)
        out.push_back({one.title(words::Language::zh), {one.title(words::Language::en)}});
    return out;
}

class FormSheet {
public:
    FormSheet(db::Tx& tx, const Desk& desk, const Form& form, const Term& term)
        : tx_(tx), desk_(desk), form_(form), term_(term), asked_(questions(desk.catalogue, form)) {}

    Result<Imported> read(table::Reader& reader) {
        changes_ = TRY(successions(tx_));
        const auto columns = known_columns(asked_);
        const auto header = TRY(table::find_header(reader, 0, columns));
        TRY(reader.read(0, [&](const table::Row& row) -> Result<void> {
            if (row.number > header.row && !table::is_total_row(row.cells)) return read_row(header, row);
            return {};
        }));
        if (out_.refused.empty()) out_.taken = TRY(enter_all(tx_, desk_, entries_));
        return std::move(out_);
    }

private:
    Result<void> read_row(const table::Header& header, const table::Row& row) {
        const auto code = typed(header.cell(row, 0));
        bool filled = false;
        for (std::size_t n = 0; n < asked_.size(); ++n) filled |= !typed(header.cell(row, n + 2)).empty();
        if (code.empty() && !filled) return {};
        const auto area = AreaCode::parse(code);
        if (!area) {
            out_.refused.push_back({row.number, std::string(code_title), area.error()});
            return {};
        }
        for (std::size_t n = 0; n < asked_.size(); ++n) {
            const auto value = typed(header.cell(row, n + 2));
            if (value.empty()) continue;  // left open; a sheet takes nothing back
            Entry entry{&form_, term_.text(), asked_[n].figure->name, asked_[n].part, *area, value, {}, "imported"};
            auto fine = would_enter(tx_, desk_, changes_, entry);
            if (!fine)
                out_.refused.push_back({row.number, asked_[n].title(words::Language::zh), std::move(fine).error()});
            entries_.push_back(std::move(entry));
        }
        return {};
    }

    db::Tx& tx_;
    const Desk& desk_;
    const Form& form_;
    const Term& term_;
    std::vector<Question> asked_;
    std::vector<Succession> changes_;
    std::vector<Entry> entries_;
    Imported out_;
};

using Type = table::Writer::Type;

}  // namespace

std::string title_in(words::Language language, const Title& title) {
    return language == words::Language::zh ? title.zh : title.en;
}

std::string Question::title(words::Language language) const {
    const auto* of = part.empty() ? nullptr : figure->part(part);
    return title_in(language, figure->title) + (of ? "·" + title_in(language, of->title) : "") + "（" +
           figure->measure.unit + "）";
}

std::vector<Question> questions(const Catalogue& catalogue, const Form& form) {
    std::vector<Question> out;
    for (const auto& name : form.figures) {
        const auto* figure = catalogue.figure(name);
        out.push_back({figure, ""});
        for (const auto& part : figure->parts) out.push_back({figure, part.value});
    }
    return out;
}

Result<void> write_form(db::Tx& tx, const Desk& desk, const Form& form, const Term& term, AreaCode area,
                        const std::string& path, words::Language language) {
    const auto asked = questions(desk.catalogue, form);
    std::map<std::tuple<AreaCode, std::string, std::string>, std::string> known;
    for (const auto& cell : TRY(cells(tx, desk, form, term, area)))
        if (cell.value != absent)
            known[{cell.area, cell.figure, cell.part}] = written(desk.catalogue.figure(cell.figure)->measure, cell.value);
    const bool zh = language == words::Language::zh;
    std::vector<table::Writer::Column> columns{{std::string(zh ? code_title : "Area code"), Type::text, 16},
                                               {std::string(zh ? name_title : "Area"), Type::text, 20}};
    for (const auto& one : asked) columns.push_back({one.title(language), Type::number, 16});
    const auto writer = TRY(table::Writer::create(path, table::Format::xlsx));
    TRY(writer->sheet(term.text(), columns, title_in(language, form.title) + " " + term.text()));
    const auto scope = desk.actor.scope(auth::Right::indicators_read).intersect(auth::Scope({area}));
    for (const auto code : areas_at(desk, TRY(successions(tx)), form.level, term.last())) {
        if (!scope.contains(code)) continue;
        std::vector<std::string> row{code.short_digits(), name_in(desk, code)};
        for (const auto& one : asked) row.push_back(known[{code, one.figure->name, one.part}]);
        TRY(writer->row(row));
    }
    return writer->finish();
}

Result<Imported> read_form(db::Tx& tx, const Desk& desk, const Form& form, const Term& term, const std::string& path,
                           const std::string& name) {
    if (desk.actor.scope(auth::Right::indicators_enter).intersect(auth::Scope({desk.top})).areas().empty())
        return not_found("areas.unknown").with("code", desk.top.digits());
    const auto reader = TRY(table::Reader::open(path, name));
    return FormSheet(tx, desk, form, term).read(*reader);
}

Result<void> write_findings(db::Tx& tx, const Desk& desk, AreaCode area, std::string_view state, const std::string& path,
                            words::Language language) {
    const auto say = [&](const std::string& id) { return words::say(id, language); };
    const auto all = TRY(findings(tx, desk, area, state));
    if (all.empty()) return not_found("indicators.no_findings");
    const auto writer = TRY(table::Writer::create(path, table::Format::xlsx));
    const std::vector<table::Writer::Column> columns{
        {say("indicators.column.priority"), Type::text, 8},  {say("indicators.column.area"), Type::text, 20},
        {say("indicators.column.rule"), Type::text, 34},     {say("indicators.column.figure"), Type::text, 26},
        {say("indicators.column.term"), Type::text, 10},     {say("indicators.column.printed"), Type::number, 12},
        {say("indicators.column.computed"), Type::number, 12}, {say("indicators.column.unit"), Type::text, 8},
        {say("indicators.column.owner_area"), Type::text, 20}, {say("indicators.column.owner"), Type::text, 16},
        {say("indicators.column.due_on"), Type::text, 12},   {say("indicators.column.remark"), Type::text, 40}};
    TRY(writer->sheet(say("indicators.findings"), columns, name_in(desk, area) + " " + desk.today.iso()));
    for (const auto& one : all) {
        const auto* rule = desk.catalogue.rule(one.rule);
        const auto* figure = desk.catalogue.figure(one.figure);
        TRY(writer->row({say("indicators.priority." + std::string(name_of(one.priority))), name_in(desk, one.area),
                         rule ? title_in(language, rule->title) : one.rule,
                         figure ? title_in(language, figure->title) : one.figure, one.term, one.printed, one.computed,
                         figure ? figure->measure.unit : "", name_in(desk, one.owner_area), one.owner, one.due_on.iso(),
                         one.note}));
    }
    return writer->finish();
}

}  // namespace ballast::indicators
