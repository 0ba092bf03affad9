#include "registry/export.h"

#include <algorithm>
#include <array>
#include <map>
#include <memory>

#include "areas/areas.h"
#include "audit/audit.h"
#include "base/text.h"
#include "registry/columns.h"
#include "registry/household_file.h"
#include "table/table.h"

namespace ballast::registry {

namespace {

using Use = Column::Use;
using P = PersonField;
using Line = std::vector<std::string>;

Result<void> start_sheet(table::Writer& writer, Sheet sheet) {
    std::vector<table::Writer::Column> out;
    for (const Column& column : columns(sheet))
        out.push_back({std::string(column.title), table::Writer::Type::text,
                       static_cast<double>(2 * text::length(column.title) + 4)});
    return writer.sheet(std::string(title_of(sheet)), out);
}

/// A row of the sheet, with `value` asked for every column.
template <class Value>
Line line_of(Sheet sheet, Value&& value) {
    Line line;
    for (const Column& column : columns(sheet)) line.push_back(value(column));
    return line;
}

std::string common(const Household& home, const Column& column) {
    const Member* head = home.head();
    switch (column.use) {
        case Use::household_no:
            return home.household_no;
        case Use::head_id:
            return head ? head->values[P::id_number] : "";
        case Use::head_name:
            return head ? head->values[P::name] : "";
        default:
            return "";
    }
}

Line household_line(const Household& home) {
    const auto& division = areas::Division::shipped();
    return line_of(Sheet::household, [&](const Column& column) -> std::string {
        switch (column.use) {
            case Use::village_code:
                return home.village.digits();
            case Use::township: {
                const auto area = division.find(home.village.at(AreaLevel::township));
                return area ? std::string(area->name) : "";
            }
            case Use::village: {
                const auto area = division.find(home.village);
                return area ? std::string(area->name) : "";
            }
            case Use::field: {
                const auto field = static_cast<HouseholdField>(column.index);
                return written_value(describe(field), home.values[field]);
            }
            default:
                return common(home, column);
        }
    });
}

Line person_line(const Household& home, const Member& member) {
    return line_of(Sheet::person, [&](const Column& column) -> std::string {
        if (column.use != Use::field) return common(home, column);
        const auto field = static_cast<P>(column.index);
        return written_value(describe(field), member.values[field]);
    });
}

std::vector<Line> income_lines(const Household& home) {
    using Key = std::pair<std::pair<Date, Date>, std::optional<std::size_t>>;
    std::map<Key, std::vector<const IncomeLine*>> rows;
    for (const auto& line : home.income)
        rows[{{line.window.first, line.window.last}, line.member}].push_back(&line);
    std::vector<Line> out;
    for (const auto& [key, lines] : rows) {
        const auto& [window, member] = key;
        const auto [first, last] = window;
        const bool whole_year = first.month() == 1 && last == Date::from(first.year(), 12, 31);
        out.push_back(line_of(Sheet::income, [&](const Column& column) -> std::string {
            switch (column.use) {
                case Use::member_id:
                    return member ? home.members[*member].values[P::id_number] : "";
                case Use::year:
                    return whole_year ? std::to_string(first.year()) : "";
                case Use::first_month:
                    return whole_year ? "" : first.iso().substr(0, 7);
                case Use::last_month:
                    return whole_year ? "" : last.iso().substr(0, 7);
                case Use::income: {
                    const auto& wanted = income_columns()[column.index];
                    for (const auto* line : lines)
                        if (line->item == wanted.item && line->sub == wanted.sub) return line->amount.plain();
                    return "";
                }
                default:
                    return common(home, column);
            }
        }));
    }
    return out;
}

/// One row for what was assessed together.
std::vector<Line> guarantee_lines(const Household& home) {
    const auto day = [](const std::optional<Date>& date) { return date ? date->iso() : std::string(); };
    std::map<std::array<std::string, 4>, std::vector<const Guarantee*>> rows;
    for (const auto& one : home.guarantees)
        rows[{day(one.assessed_on), day(one.expires_on), one.assessed_by, one.evidence}].push_back(&one);
    std::vector<Line> out;
    for (const auto& [key, list] : rows)
        out.push_back(line_of(Sheet::guarantee, [&](const Column& column) -> std::string {
            switch (column.use) {
                case Use::guarantee:
                    for (const auto* one : list)
                        if (one->item == codes::guarantee_item.codes[column.index].code)
                            return std::string(codes::guarantee_status.find(one->status)->label);
                    return "";
                case Use::assessed_on:
                    return key[0];
                case Use::expires_on:
                    return key[1];
                case Use::assessed_by:
                    return key[2];
                case Use::evidence:
                    return key[3];
                default:
                    return common(home, column);
            }
        }));
    return out;
}

std::vector<Line> lines_of(const Household& home, Sheet sheet) {
    switch (sheet) {
        case Sheet::household:
            return {household_line(home)};
        case Sheet::person: {
            std::vector<Line> out;
            for (const auto& member : home.members) out.push_back(person_line(home, member));
            return out;
        }
        case Sheet::income:
            return income_lines(home);
        case Sheet::guarantee:
            return guarantee_lines(home);
    }
    INVARIANT(false);
    return {};
}

}  // namespace

Result<Exported> export_register(db::Database& database, const crypto::Vault& vault, const auth::Actor& actor,
                                 AreaCode area, Masking masking, std::string_view purpose,
                                 const std::string& path, Instant now) {
    if (!actor.may(auth::Right::registry_export)) return forbidden("registry.may_not_export");
    auto scope = actor.scope(auth::Right::registry_export);
    const auto why = text::trimmed(purpose);
    if (masking == Masking::clear) {
        if (!actor.may(auth::Right::registry_unmask)) return forbidden("registry.may_not_unmask");
        if (text::length(why) < 2) return invalid("registry.purpose_missing");
        scope = scope.intersect(actor.scope(auth::Right::registry_unmask));
    }
    if (scope.intersect(auth::Scope({area})).areas().empty()) return not_found("registry.no_area");
    const auto writer = TRY(table::Writer::create(path, table::Format::xlsx));
    // One snapshot for the four sheets, each its own pass: a workbook is written sheet after sheet, and a
    // county does not fit into memory.
    const auto exported = TRY(database.read([&](db::Tx& tx) -> Result<Exported> {
        Exported out;
        for (std::size_t s = 0; s < sheet_count; ++s) {
            const auto sheet = static_cast<Sheet>(s);
            TRY(start_sheet(*writer, sheet));
            TRY(each_household(tx, vault, scope, area, [&](const Household& stored) -> Result<void> {
                Household home = stored;
                if (masking == Masking::masked) mask(home);
                if (sheet == Sheet::household) {
                    ++out.households;
                    out.people += static_cast<std::int64_t>(home.members.size());
                }
                for (const auto& line : lines_of(home, sheet)) TRY(writer->row(line));
                return {};
            }));
        }
        return out;
    }));
    // Recorded before the file is there: a file without an entry must not exist.
    TRY(database.write([&](db::Tx& tx) {
        return audit::record(tx, vault, actor,
                             {masking == Masking::clear ? "registry.export_clear" : "registry.export",
                              "area:" + area.short_digits(), area, std::string(why),
                              "{\"households\":" + std::to_string(exported.households) +
                                  ",\"people\":" + std::to_string(exported.people) + "}"},
                             now);
    }));
    TRY(writer->finish());
    return exported;
}

Result<std::vector<std::string>> write_register(std::span<const Household> households,
                                                const std::string& path, table::Format format) {
    std::vector<std::string> written;
    std::unique_ptr<table::Writer> writer;
    for (std::size_t s = 0; s < sheet_count; ++s) {
        const auto sheet = static_cast<Sheet>(s);
        if (!writer || format == table::Format::csv) {
            if (writer) TRY(writer->finish());
            written.push_back(format == table::Format::csv
                                  ? path + "_" + std::string(title_of(sheet)) + ".csv"
                                  : path + ".xlsx");
            writer = TRY(table::Writer::create(written.back(), format));
        }
        TRY(start_sheet(*writer, sheet));
        for (const auto& home : households)
            for (const auto& line : lines_of(home, sheet)) TRY(writer->row(line));
    }
    TRY(writer->finish());
    return written;
}

Result<void> write_template(const std::string& path) {
    const auto writer = TRY(table::Writer::create(path, table::Format::xlsx));
    for (std::size_t s = 0; s < sheet_count; ++s) TRY(start_sheet(*writer, static_cast<Sheet>(s)));
    const std::array code_columns{table::Writer::Column{"列名", table::Writer::Type::text, 24},
                                  table::Writer::Column{"代码", table::Writer::Type::text, 16},
                                  table::Writer::Column{"名称", table::Writer::Type::text, 28}};
    TRY(writer->sheet("代码表", code_columns));
    const auto list_codes = [&](std::string_view title, const CodeList& list) -> Result<void> {
        for (const Code& one : list.codes)
            TRY(writer->row({std::string(title), std::string(one.code), std::string(one.label)}));
        return {};
    };
    for (const auto fields : {household_fields(), person_fields()})
        for (const Field& field : fields)
            if (field.codes) TRY(list_codes(field.title, *field.codes));
    TRY(list_codes(title_of(Sheet::guarantee), codes::guarantee_status));
    return writer->finish();
}

}  // namespace ballast::registry
