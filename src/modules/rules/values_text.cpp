#include "rules/values_text.h"

#include <fmt/format.h>

#include "base/text.h"
#include "base/toml.h"

namespace ballast::rules {

namespace {

Result<toml::table> parsed(const packs::File& file) { return toml_table(file.bytes, file.name); }

/// The byte behind a place that the library tells in lines and characters, both from 1.
std::size_t byte_at(std::string_view text, toml::source_position at) {
    std::size_t byte = 0;
    for (toml::source_index line = 1; line < at.line; ++line) byte = text.find('\n', byte) + 1;
    for (toml::source_index column = 1; column < at.column; ++column) {
        ++byte;
        while (byte < text.size() && (static_cast<unsigned char>(text[byte]) & 0xC0) == 0x80) ++byte;
    }
    return byte;
}

/// From the first sign of a node to behind its last.
struct Span {
    std::size_t begin, end;
};
Span span_of(std::string_view text, const toml::node& node) {
    return {byte_at(text, node.source().begin), byte_at(text, node.source().end)};
}

std::string in_quotes(std::string_view written) {
    std::string out = "\"";
    for (const char c : written) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + '"';
}

std::string row_of(const NewValue& value) {
    const auto where =
        value.area.level() == AreaLevel::nation ? "" : fmt::format("area = \"{}\", ", value.area.digits());
    return fmt::format("{{ from = {}, {}value = {}, authority = {} }}", value.from.iso(), where,
                       value.value.plain(), in_quotes(value.authority));
}

const toml::array* rows_of(const toml::table& root, std::string_view parameter) {
    const auto* table = root[parameter].as_table();
    return table ? (*table)["values"].as_array() : nullptr;
}

bool is_of(const toml::node& node, Date from, AreaCode area) {
    const auto* row = node.as_table();
    if (!row) return false;
    const auto day = (*row)["from"].value<toml::date>();
    const auto digits = (*row)["area"].value<std::string>();
    const auto of = digits ? AreaCode::parse(*digits) : Result<AreaCode>(AreaCode{});
    return day && of && *of == area && Date::from(day->year, day->month, day->day) == from;
}

const toml::node* row_in(const toml::array& rows, Date from, AreaCode area) {
    for (const auto& row : rows)
        if (is_of(row, from, area)) return &row;
    return nullptr;
}

}  // namespace

Result<std::string> with_value(const packs::File& parameters, const NewValue& value) {
    const auto authority = text::trimmed(value.authority);
    if (authority.empty()) return invalid("rules.no_authority");
    for (const unsigned char c : authority)
        if (c < 0x20) return invalid("rules.no_authority");
    const auto root = TRY(parsed(parameters));
    const auto* rows = rows_of(root, value.parameter);
    if (!rows) return invalid("rules.unknown_parameter").with("name", value.parameter);
    std::string out = parameters.bytes;
    NewValue written = value;
    written.authority = authority;
    if (const auto* row = row_in(*rows, value.from, value.area)) {
        const auto span = span_of(out, *row);
        return out.replace(span.begin, span.end - span.begin, row_of(written));
    }
    // Behind the last row, whose comma may be there already; a comment behind it may hold one too.
    const auto last = span_of(out, rows->back());
    auto comma = last.end;
    while (comma < out.size() && (out[comma] == ' ' || out[comma] == '\t')) ++comma;
    const bool there = comma < out.size() && out[comma] == ',';
    if (there) return out.insert(comma + 1, "\n  " + row_of(written) + ",");
    return out.insert(last.end, ",\n  " + row_of(written));
}

Result<std::string> without_value(const packs::File& parameters, std::string_view parameter, Date from,
                                  AreaCode area) {
    const auto root = TRY(parsed(parameters));
    const auto* rows = rows_of(root, parameter);
    if (!rows) return invalid("rules.unknown_parameter").with("name", std::string(parameter));
    const auto* row = row_in(*rows, from, area);
    if (!row)
        return not_found("rules.no_such_value").with("name", std::string(parameter)).with("date", from.iso());
    if (rows->size() == 1) return invalid("rules.last_value").with("name", std::string(parameter));
    std::string out = parameters.bytes;
    auto span = span_of(out, *row);
    // With its comma and the space before it; the last row takes the comma of the one before.
    const auto comma = out.find_first_not_of(" \t", span.end);
    if (comma != std::string::npos && out[comma] == ',') {
        span.end = comma + 1;
    } else {
        const auto before = out.find_last_not_of(" \t\r\n", span.begin - 1);
        if (before != std::string::npos && out[before] == ',') span.begin = before;
    }
    while (span.begin > 0 && (out[span.begin - 1] == ' ' || out[span.begin - 1] == '\t')) --span.begin;
    if (span.begin > 0 && out[span.begin - 1] == '\n') --span.begin;
    return out.erase(span.begin, span.end - span.begin);
}

}  // namespace ballast::rules
