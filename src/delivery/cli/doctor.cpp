#include "cli/doctor.h"

#include <filesystem>

#include "audit/audit.h"
#include "base/clock.h"
#include "context/installation.h"
#include "schema/shipped.h"

namespace ballast::cli {
namespace {

namespace fs = std::filesystem;

// A year of a county's files and a backup beside them; below it, work should not begin.
constexpr std::uintmax_t wanted_bytes = std::uintmax_t{2} << 30;

Finding refused(const Error& error) { return {false, error.id, error.args}; }

Finding disk(const std::string& directory) {
    std::error_code failed;
    const auto space = fs::space(directory, failed);
    if (failed) return {false, "cli.doctor.disk_unknown", {{"path", directory}}};
    const auto mb = std::to_string(space.available >> 20);
    if (space.available < wanted_bytes) return {false, "cli.doctor.disk_small", {{"mb", mb}}};
    return {true, "cli.doctor.disk", {{"mb", mb}}};
}

/// Dates are counted in China's time by our own arithmetic; what is wrong most often is the machine's clock.
Finding clock() {
    const Instant now = system_clock().now();
    const auto today = civil_date(now);
    const bool plausible = today.year() >= 2025 && today.year() < 2100;
    return {
        plausible, plausible ? "cli.doctor.clock" : "cli.doctor.clock_wrong", {{"now", iso_instant(now)}}};
}

Finding schema(db::Database& database) {
    const auto ours = schema::shipped_migrations();
    const auto count =
        database.read([](db::Tx& tx) { return tx.number("SELECT COUNT(*) FROM db_migration"); });
    if (!count) return refused(count.error());
    const words::Places places{{"applied", std::to_string(*count)}, {"known", std::to_string(ours.size())}};
    if (*count < static_cast<std::int64_t>(ours.size())) return {true, "cli.doctor.schema_behind", places};
    if (*count > static_cast<std::int64_t>(ours.size())) return {false, "cli.doctor.schema_ahead", places};
    return {true, "cli.doctor.schema", places};
}

Finding chains(db::Database& database, const crypto::Vault& vault) {
    const auto verdict = database.read([&](db::Tx& tx) { return audit::verify(tx, vault); });
    if (!verdict) return refused(verdict.error());
    const words::Places places{{"entries", std::to_string(verdict->entries)},
                               {"chains", std::to_string(verdict->chains)},
                               {"breaks", std::to_string(verdict->breaks.size())}};
    const bool hold = verdict->breaks.empty();
    return {hold, hold ? "cli.doctor.chains" : "cli.doctor.chains_broken", places};
}

}  // namespace

std::vector<Finding> doctor(const std::string& directory) {
    std::vector<Finding> found{clock()};
    const auto paths = delivery::Paths::under(directory);
    const auto settings = delivery::read_settings(paths);
    if (!settings) {
        found.push_back(refused(settings.error()));
        return found;
    }
    found.push_back({true, "cli.doctor.settings", {{"path", paths.root}}});
    found.push_back(disk(paths.root));
    const auto vault = crypto::open_vault(settings->key);
    if (!vault)
        found.push_back(refused(vault.error()));
    else
        found.push_back({true, "cli.doctor.key", {}});
    constexpr std::string_view sqlite = "sqlite:";
    std::error_code ignored;
    if (settings->database.starts_with(sqlite) &&
        !fs::exists(settings->database.substr(sqlite.size()), ignored)) {
        found.push_back({false, "cli.doctor.no_database", {}});  // opening would make one
        return found;
    }
    const auto database = db::Database::open(settings->database);
    if (!database) {
        found.push_back(refused(database.error()));
        return found;
    }
    found.push_back({true, "cli.doctor.database", {}});
    found.push_back(schema(**database));
    if (vault && found.back().well) found.push_back(chains(**database, **vault));
    return found;
}

}  // namespace ballast::cli
