#include "schema/shipped.h"

#include <algorithm>
#include <charconv>

#include "embedded/migrations.h"

namespace ballast::schema {
namespace {

struct Script {
    std::string_view module;
    db::Migration migration;
};

// "modules/auth/schema/0001_users.sql" -> auth, 1, "auth/0001_users"
Script script_of(std::string_view path, std::string_view sql) {
    constexpr std::string_view folder = "/schema/", ending = ".sql";
    constexpr std::size_t digits = 4;
    const auto at = path.find(folder);
    INVARIANT(at != std::string_view::npos && path.ends_with(ending));
    auto module = path.substr(0, at);
    module.remove_prefix(module.rfind('/') + 1);
    auto name = path.substr(at + folder.size());
    name.remove_suffix(ending.size());

    int number = 0;
    const auto read = std::from_chars(name.data(), name.data() + std::min(digits, name.size()), number);
    const bool file_is_named_by_four_digits_and_a_name = read.ec == std::errc{} &&
                                                         read.ptr == name.data() + digits &&
                                                         name.size() > digits + 1 && name[digits] == '_';
    INVARIANT(file_is_named_by_four_digits_and_a_name);
    return {module, {number, std::string(module) + "/" + std::string(name), std::string(sql)}};
}

template <class Wanted>
std::vector<db::Migration> scripts(Wanted wanted) {
    std::vector<db::Migration> out;
    for (const auto& file : embedded::migrations()) {
        auto script = script_of(file.name, file.bytes);
        if (wanted(script.module)) out.push_back(std::move(script.migration));
    }
    std::ranges::sort(out, {}, &db::Migration::number);
    const bool numbers_are_unique = std::ranges::adjacent_find(out, {}, &db::Migration::number) == out.end();
    INVARIANT(numbers_are_unique);
    return out;
}

}  // namespace

std::vector<db::Migration> shipped_migrations() {
    return scripts([](std::string_view) { return true; });
}

std::vector<db::Migration> migrations_of(std::initializer_list<std::string_view> modules) {
    return scripts(
        [&](std::string_view module) { return std::ranges::find(modules, module) != modules.end(); });
}

}  // namespace ballast::schema
