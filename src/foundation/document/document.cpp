#include "document/document.h"

#include <algorithm>

namespace ballast::document {

std::vector<const Heading*> headings_of(const Document& document, int levels) {
    std::vector<const Heading*> out;
    for (const Block& block : document.blocks)
        if (const auto* heading = std::get_if<Heading>(&block); heading && heading->level <= levels)
            out.push_back(heading);
    return out;
}

Run text(std::string what) { return {.text = std::move(what)}; }

Run bold(std::string what) { return {.text = std::move(what), .bold = true}; }

Run blank(int ems) { return {.kind = Run::Kind::blank, .ems = ems}; }

Run box(bool ticked, std::string label) {
    return {.kind = ticked ? Run::Kind::ticked : Run::Kind::box, .text = std::move(label)};
}

Run written(std::string what, int ems) {
    if (what.empty()) return blank(ems);
    return {.text = std::move(what), .underlined = true};
}

Paragraph paragraph(std::string what) { return {.runs = {text(std::move(what))}}; }

Paragraph centred(std::string what) { return {.runs = {text(std::move(what))}, .align = Align::centre}; }

namespace {

Cell cell(std::string what, Cell::Role role, int columns, int rows) {
    Paragraph content{.runs = {text(std::move(what))}, .size = Size::table};
    if (role == Cell::Role::label) content.align = Align::centre, content.face = Face::hei;
    if (role == Cell::Role::number) content.align = Align::right;
    return {.paragraphs = {std::move(content)}, .role = role, .columns = columns, .rows = rows};
}

}  // namespace

Cell label(std::string what, int columns, int rows) {
    return cell(std::move(what), Cell::Role::label, columns, rows);
}

Cell value(std::string what, int columns, int rows) {
    return cell(std::move(what), Cell::Role::value, columns, rows);
}

Cell number(std::string what, int columns) { return cell(std::move(what), Cell::Role::number, columns, 1); }

std::vector<Run> with_blanks(std::string_view pattern) {
    std::vector<Run> runs;
    while (!pattern.empty()) {
        const auto end =
            std::min(pattern[0] == '_' ? pattern.find_first_not_of('_') : pattern.find('_'), pattern.size());
        runs.push_back(pattern[0] == '_' ? blank(static_cast<int>(end))
                                         : text(std::string(pattern.substr(0, end))));
        pattern.remove_prefix(end);
    }
    return runs;
}

std::vector<Run> day(const std::optional<Date>& date, words::Language language) {
    if (date) return {text(language == words::Language::zh ? date->chinese() : date->iso())};
    return with_blanks(words::say("document.blank_day", language));
}

}  // namespace ballast::document
