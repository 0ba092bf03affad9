#include "context/settings.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/toml.h"

namespace ballast::delivery {
namespace fs = std::filesystem;

Paths Paths::under(const std::string& root) {
    const fs::path dir = fs::absolute(root).lexically_normal();
    const auto in = [&](const char* name) { return (dir / name).string(); };
    return {dir.string(), in("ballast.toml"), in("spool"), in("files"), in("samples"), in("lock")};
}

namespace {

Error wrong(const Paths& paths, std::string_view name) {
    return invalid("app.setting_wrong").with("path", paths.settings).with("name", std::string(name));
}

Result<void> take(const Paths& paths, const toml::table& table, Settings& settings) {
    for (const auto& [key, node] : table) {
        const std::string_view name = key.str();
        if (name == "database" || name == "key" || name == "address") {
            const auto text = node.value_exact<std::string>();
            if (!text || text->empty()) return wrong(paths, name);
            (name == "database" ? settings.database
             : name == "key"    ? settings.key
                                : settings.address) = *text;
        } else if (name == "area") {
            const auto text = node.value_exact<std::string>();
            if (!text) return wrong(paths, name);
            const auto code = AreaCode::parse(*text);
            if (!code) return wrong(paths, name);
            settings.area = *code;
        } else if (name == "port") {
            const auto number = node.value_exact<std::int64_t>();
            if (!number || *number < 0 || *number > 65535) return wrong(paths, name);
            settings.port = static_cast<std::uint16_t>(*number);
        } else if (name == "https") {
            const auto truth = node.value_exact<bool>();
            if (!truth) return wrong(paths, name);
            settings.https = *truth;
        } else if (name == "demo_accounts") {
            const auto* list = node.as_array();
            if (!list) return wrong(paths, name);
            for (const auto& item : *list) {
                const auto* entry = item.as_table();
                if (!entry) return wrong(paths, name);
                settings.demo_accounts.push_back({(*entry)["account"].value_or(std::string()),
                                                  (*entry)["password"].value_or(std::string()),
                                                  (*entry)["title"].value_or(std::string())});
            }
        } else {
            return invalid("app.setting_unknown")
                .with("path", paths.settings)
                .with("name", std::string(name));
        }
    }
    return {};
}

}  // namespace

Result<Settings> read_settings(const Paths& paths) {
    std::error_code ignored;
    if (!fs::is_directory(paths.root, ignored)) return not_found("app.no_directory").with("path", paths.root);
    Settings settings;
    settings.database = "sqlite:" + paths.root + "/county.db";
    settings.key = paths.root + "/key";
    if (!fs::exists(paths.settings, ignored)) return settings;
    const auto parsed = toml::parse_file(paths.settings);
    if (!parsed)
        return invalid("app.settings_malformed", std::string(parsed.error().description()))
            .with("path", paths.settings)
            .with("line", std::to_string(parsed.error().source().begin.line));
    TRY(take(paths, parsed.table(), settings));
    // Relative places are meant relative to the directory, wherever the program was called from.
    if (!fs::path(settings.key).is_absolute())
        settings.key = (fs::path(paths.root) / settings.key).lexically_normal().string();
    constexpr std::string_view sqlite = "sqlite:";
    if (settings.database.starts_with(sqlite)) {
        const fs::path file = settings.database.substr(sqlite.size());
        if (!file.is_absolute())
            settings.database =
                std::string(sqlite) + (fs::path(paths.root) / file).lexically_normal().string();
    }
    return settings;
}

Result<void> write_settings(const Paths& paths, const Settings& settings) {
    const auto relative = [&](const std::string& place) {
        const std::string prefix = paths.root + "/";
        return place.starts_with(prefix) ? place.substr(prefix.size()) : place;
    };
    std::string database = settings.database;
    if (database.starts_with("sqlite:")) database = "sqlite:" + relative(database.substr(7));
    toml::table table;
    table.insert("area", settings.area.short_digits());
    table.insert("database", database);
    table.insert("key", relative(settings.key));
    table.insert("address", settings.address);
    table.insert("port", static_cast<std::int64_t>(settings.port));
    if (settings.https) table.insert("https", true);
    if (!settings.demo_accounts.empty()) {
        toml::array accounts;
        for (const auto& one : settings.demo_accounts)
            accounts.push_back(
                toml::table{{"account", one.account}, {"password", one.password}, {"title", one.title}});
        table.insert("demo_accounts", std::move(accounts));
    }
    const std::string draft = paths.settings + ".tmp";
    std::ofstream out(draft, std::ios::trunc);
    out << table << '\n';
    out.close();
    std::error_code failed;
    if (out) fs::rename(draft, paths.settings, failed);
    if (!out || failed) return unavailable("app.cannot_write").with("path", paths.settings);
    return {};
}

}  // namespace ballast::delivery
