#include "returns/paper.h"

#include <algorithm>
#include <array>

#include "table/table.h"

namespace ballast::returns {
namespace {

using words::Language;
using Type = table::Writer::Type;

/// What stands in the columns, in one language.
class Speaker {
public:
    Speaker(const Desk& desk, const Sheet& sheet, Language language) : desk_(desk), sheet_(sheet), language_(language) {}

    std::string say(const std::string& id, const words::Places& places = {}) const {
        return words::say("returns." + id, language_, places);
    }
    std::string title(const Title& both) const { return language_ == Language::zh ? both.zh : both.en; }
    std::string area() const {
        const auto found = desk_.figures.division.find(sheet_.area);
        return found ? std::string(found->name) : sheet_.area.short_digits();
    }
    std::string value(const Filled& one) const {
        if (one.hidden) return say(one.field->kind == Kind::text ? "withheld" : "hidden");
        return shown(*one.field, one.value, language_);
    }
    std::string source(const Filled& one) const {
        auto out = say("origin." + std::string(name_of(one.origin)));
        if (one.origin == Origin::remembered && !one.from.empty())
            if (const auto* form = desk_.forms.form(one.from)) out += " " + title(form->title);
        if (!one.as_of.empty() && one.origin != Origin::nothing) out += " " + one.as_of;
        return out;
    }
    std::string spared() const {
        const auto& n = sheet_.of.spared;
        return say("spared", {{"all", std::to_string(n.all())},
                              {"spared", std::to_string(n.spared())},
                              {"asked", std::to_string(n.typed + n.missing)}});
    }
    const Filled& field(const std::string& name) const {
        return *std::ranges::find_if(sheet_.fields, [&](const Filled& one) { return one.field->name == name; });
    }

private:
    const Desk& desk_;
    const Sheet& sheet_;
    Language language_;
};

}  // namespace

Result<void> write_sheet(const Desk& desk, const Sheet& sheet, const std::string& path, Language language) {
    const Speaker on(desk, sheet, language);
    const auto writer = TRY(table::Writer::create(path, table::Format::xlsx));
    const std::array<table::Writer::Column, 5> columns{{{on.say("column.section"), Type::text, 18},
                                                        {on.say("column.field"), Type::text, 34},
                                                        {on.say("column.value"), Type::number, 20},
                                                        {on.say("column.unit"), Type::text, 8},
                                                        {on.say("column.source"), Type::text, 34}}};
    TRY(writer->sheet(sheet.term.text(), columns,
                      on.title(sheet.form->title) + " " + on.area() + " " + sheet.term.text() + "（" + on.spared() + "）"));
    for (const auto& section : sheet.form->sections)
        for (const auto& name : section.fields) {
            const auto& one = on.field(name);
            TRY(writer->row({on.title(section.title), on.title(one.field->title), on.value(one), one.field->measure.unit,
                             on.source(one)}));
        }
    return writer->finish();
}

document::Document paper(const Desk& desk, const Sheet& sheet, Language language) {
    using document::Cell;
    const Speaker on(desk, sheet, language);
    document::Document out;
    out.title = on.title(sheet.form->title);
    out.language = language;
    out.created = desk.figures.today;
    out.footer = on.area() + " " + sheet.term.text();
    out.blocks.emplace_back(document::Title{out.title, on.area() + " " + sheet.term.text()});
    document::Table table;
    table.widths = {5, 2.2, 1, 3.6};
    table.header_rows = 1;
    table.caption = out.title;
    table.rows.push_back({{document::label(on.say("column.field")), document::label(on.say("column.value")),
                           document::label(on.say("column.unit")), document::label(on.say("column.source"))}});
    for (const auto& section : sheet.form->sections) {
        table.rows.push_back({{document::label(on.title(section.title), 4)}});
        for (const auto& name : section.fields) {
            const auto& one = on.field(name);
            const bool number = one.field->kind == Kind::number;
            table.rows.push_back({{document::value(on.title(one.field->title)),
                                   number ? document::number(on.value(one)) : document::value(on.value(one)),
                                   document::value(one.field->measure.unit), document::value(on.source(one))}});
        }
    }
    out.blocks.emplace_back(std::move(table));
    const auto note = [&](std::string text) {
        auto one = document::paragraph(std::move(text));
        one.size = document::Size::note;
        out.blocks.emplace_back(std::move(one));
    };
    note(on.spared());
    if (sheet.form->assumed()) note(on.say("assumed"));
    if (!sheet.of.note.empty()) note(on.say("note", {{"note", sheet.of.note}}));
    if (sheet.of.state == "draft" || sheet.of.state == "sent_back") note(on.say("not_submitted"));
    out.blocks.emplace_back(document::Signatures{
        {{on.say("filled_by"), sheet.of.name, sheet.of.submitted_on}, {on.say("checked_by"), "", {}}}, 2});
    return out;
}

}  // namespace ballast::returns
