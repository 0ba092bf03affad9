#include "rules/version_store.h"

#include <fmt/format.h>

#include <set>

namespace ballast::rules::store {

namespace {

constexpr std::string_view note_context = "rules_version_step.note";

Version version_of(const db::Row& row) {
    return {row.id<VersionId>(0),
            std::string(row.text(1)),
            row.area(2),
            std::string(row.text(3)),
            std::string(row.text(4)),
            row.text(5) == "folder",
            state_named(row.text(6)),
            row.date(7),
            std::string(row.text(8)),
            row.integer(9),
            Instant{row.integer(10)},
            std::string(row.text(11)),
            std::string(row.text(12))};
}

packs::File file_of(const db::Row& row) {
    const auto bytes = row.bytes(1);
    return {std::string(row.text(0)), std::string(bytes.begin(), bytes.end())};
}

Action action_named(std::string_view name) {
    for (const auto action : {Action::draft, Action::edit, Action::check, Action::approve, Action::give_back,
                              Action::withdraw, Action::discard, Action::adopt})
        if (name_of(action) == name) return action;
    INVARIANT(false);
    return {};
}

}  // namespace

std::string visible(const auth::Scope& scope) {
    std::set<std::int64_t> above;
    for (AreaCode area : scope.areas())
        while (area.level() != AreaLevel::nation) above.insert((area = area.parent()).number());
    std::string out = "(" + scope.sql("area_code");
    for (const auto area : above) out += fmt::format(" OR area_code = {}", area);
    return out + ")";
}

Result<std::vector<Version>> read(db::Tx& tx, const std::string& where,
                                  std::initializer_list<db::Value> values) {
    return tx.all(
        "SELECT id, pack, area_code, title, authority, origin, state, starts_on, hash, version, at, account, "
        "name FROM rules_version WHERE " +
            where + " ORDER BY id",
        values, version_of);
}

Result<std::vector<packs::File>> files(db::Tx& tx, VersionId id) {
    return tx.all("SELECT name, bytes FROM rules_version_file WHERE version_id = ? ORDER BY name", {id},
                  file_of);
}

Result<std::vector<packs::File>> files_in_force(db::Tx& tx, std::string_view pack, AreaCode area, Date on) {
    for (AreaCode at = area;; at = at.parent()) {
        const auto found = TRY(tx.first(
            "SELECT id FROM rules_version WHERE pack = ? AND area_code = ? AND state = 'approved' AND "
            "starts_on <= ? ORDER BY starts_on DESC, id DESC LIMIT 1",
            {pack, at, on}, [](const db::Row& row) { return row.id<VersionId>(0); }));
        if (found) {
            auto out = TRY(files(tx, *found));
            if (!out.empty()) return out;
            break;
        }
        if (at.level() == AreaLevel::nation) break;
    }
    return packs::shipped_files(pack);
}

Result<VersionId> insert(db::Tx& tx, const Version& version) {
    return VersionId(
        TRY(tx.number("INSERT INTO rules_version (pack, area_code, title, authority, origin, state, "
                      "starts_on, hash, version, "
                      "at, account, name) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
                      {version.pack, version.area, version.title, version.authority,
                       version.from_folder ? "folder" : "screen", name_of(version.state), version.starts_on,
                       version.hash, version.version, version.at.ms, version.account, version.name})));
}

Result<void> put_file(db::Tx& tx, VersionId id, const packs::File& file) {
    TRY(
        tx.exec("INSERT INTO rules_version_file (version_id, name, bytes) VALUES (?, ?, ?) ON CONFLICT "
                "(version_id, name) DO UPDATE SET bytes = excluded.bytes",
                id, file.name, db::Blob(file.bytes.begin(), file.bytes.end())));
    return {};
}

Result<void> update(db::Tx& tx, const Version& version) {
    const auto changed = TRY(tx.exec(
        "UPDATE rules_version SET title = ?, authority = ?, state = ?, starts_on = ?, hash = ?, version "
        "= version + 1 WHERE id = ? AND version = ?",
        version.title, version.authority, name_of(version.state), version.starts_on, version.hash, version.id,
        version.version));
    if (changed == 0) return conflict("rules.stale");
    return {};
}

Result<void> add_step(db::Tx& tx, const Desk& desk, VersionId id, Action action, std::string_view note) {
    TRY(tx.exec(
        "INSERT INTO rules_version_step (version_id, action, note, at, account, name) VALUES (?, ?, ?, "
        "?, ?, ?)",
        id, name_of(action),
        note.empty() ? db::Value(db::Null{}) : db::Value(desk.vault.seal(note_context, note)), desk.now.ms,
        desk.actor.account, desk.actor.name));
    return {};
}

Result<std::vector<Happening>> steps(db::Tx& tx, const crypto::Vault& vault, VersionId id) {
    std::vector<Happening> out;
    const std::vector<db::Value> of{id};
    TRY(
        tx.each_row("SELECT action, note, account, name, at FROM rules_version_step WHERE version_id = ? "
                    "ORDER BY id DESC",
                    of, [&](const db::Row& row) -> Result<void> {
                        Happening one{action_named(row.text(0)), "", std::string(row.text(2)),
                                      std::string(row.text(3)), Instant{row.integer(4)}};
                        if (!row.null(1)) one.note = TRY(vault.open(note_context, row.bytes(1)));
                        out.push_back(std::move(one));
                        return {};
                    }));
    return out;
}

Result<bool> had_a_hand(db::Tx& tx, VersionId id, std::string_view account) {
    return TRY(tx.number(
               "SELECT COUNT(*) FROM rules_version_step WHERE version_id = ? AND account = ? AND action "
               "IN ('draft', 'edit', 'check')",
               {id, account})) > 0;
}

}  // namespace ballast::rules::store
