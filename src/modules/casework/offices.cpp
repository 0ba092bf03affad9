#include "casework/offices.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include "base/toml.h"

namespace ballast::casework {
namespace {

constexpr std::string_view file_name = "offices.toml";
constexpr std::size_t longest_name = 60;  // characters that fit on the line of a letterhead

Error refusal(const toml::node& at, std::string expected) {
    return invalid("casework.bad_offices")
        .with("file", std::string(file_name))
        .with("line", std::to_string(at.source().begin.line))
        .with("expected", std::move(expected));
}

Result<std::string> text_of(const toml::table& row, const char* key) {
    auto value = row[key].value<std::string>();
    if (!value || value->empty() || value->size() > longest_name * 3)
        return refusal(row, fmt::format("{} = \"…\"", key));
    return std::move(*value);
}

Result<std::string> phone_of(const toml::table& row) {
    auto value = row["phone"].value<std::string>();
    const bool good = value && value->size() >= 5 && value->size() <= 20 &&
                      value->find_first_not_of("0123456789- ") == std::string::npos;
    if (!good) return refusal(row, "phone = \"0834-8321234\"");
    return std::move(*value);
}

}  // namespace

Result<Offices> Offices::load(const std::filesystem::path& folder) {
    Offices out;
    std::error_code ignored;
    if (folder.empty() || !std::filesystem::exists(folder / file_name, ignored)) return out;
    std::ifstream in(folder / file_name, std::ios::binary);
    if (!in) return unavailable("packs.unreadable").with("file", std::string(file_name));
    const std::string bytes((std::istreambuf_iterator<char>(in)), {});
    const auto parsed = toml::parse(std::string_view(bytes), file_name);
    if (!parsed)
        return invalid("casework.bad_offices", std::string(parsed.error().description()))
            .with("file", std::string(file_name))
            .with("line", std::to_string(parsed.error().source().begin.line))
            .with("expected", "TOML");
    const auto* rows = parsed.table()["office"].as_array();
    if (!rows) return refusal(parsed.table(), "[[office]]");
    for (const auto& one : *rows) {
        const auto* row = one.as_table();
        if (!row) return refusal(one, "[[office]]");
        Office office;
        const auto code = AreaCode::parse(TRY(text_of(*row, "area")));
        if (!code) return refusal(*row, "area = \"513431\"");
        const auto day = (*row)["from"].value<toml::date>();
        const auto from = day ? Date::from(day->year, day->month, day->day) : std::nullopt;
        if (!from) return refusal(*row, "from = 2021-06-01");
        office = {*code, *from, TRY(text_of(*row, "name")), "", TRY(text_of(*row, "authority"))};
        if (row->contains("phone")) office.phone = TRY(phone_of(*row));
        for (const auto& other : out.all_)
            if (other.area == office.area && other.from == office.from)
                return refusal(*row, "one office for an area and day");
        out.all_.push_back(std::move(office));
    }
    return out;
}

Offices::Office Offices::of(AreaCode area, Date day) const {
    const Office* found = nullptr;
    for (const auto& one : all_) {
        if (!one.area.contains(area) || one.from > day) continue;
        const bool nearer = found && one.area.level() > found->area.level();
        if (!found || nearer || (one.area == found->area && one.from > found->from)) found = &one;
    }
    return found ? *found : Office{area, day, "", "", ""};
}

}  // namespace ballast::casework
