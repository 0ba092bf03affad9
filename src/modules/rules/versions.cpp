#include "rules/versions.h"

#include <fmt/format.h>

#include <algorithm>

#include "audit/audit.h"
#include "base/text.h"
#include "dmn/model.h"
#include "dmn/round_trip.h"
#include "rules/fitness.h"
#include "rules/version_store.h"

namespace ballast::rules {

namespace {

Result<std::string> text_of(std::string_view typed, std::string_view field) {
    const auto out = text::trimmed(typed);
    const auto length = text::length(out);
    const bool fits =
        2 <= length && length <= 200 && std::ranges::none_of(out, [](unsigned char c) { return c < 0x20; });
    if (fits) return std::string(out);
    // A sentence for each field, so that it is called by its name in either language.
    std::string id = "rules.text.";
    id += field;
    return Error{ErrorKind::invalid, std::move(id), {}, {}};
}

Result<void> record(db::Tx& tx, const Desk& desk, const Version& version, Action action,
                    std::string_view note = {}) {
    TRY(store::add_step(tx, desk, version.id, action, note));
    return audit::record(
        tx, desk.vault, desk.actor,
        {"rules." + std::string(name_of(action)), fmt::format("rules_version:{}", version.id.number()),
         version.area, "",
         fmt::format(R"({{"pack":"{}","hash":"{}","starts_on":"{}","state":"{}"}})", version.pack,
                     version.hash, version.starts_on.iso(), name_of(version.state))},
        desk.now);
}

packs::File& file_in(std::vector<packs::File>& files, std::string_view name) {
    const auto found = std::ranges::find(files, name, &packs::File::name);
    INVARIANT(found != files.end());
    return *found;
}

/// A model that people may open and change: `name` comes from outside.
Result<packs::File> model_in(const std::vector<packs::File>& files, std::string_view name) {
    const auto found = std::ranges::find(files, name, &packs::File::name);
    if (found == files.end() || !name.ends_with(".dmn") || name.find('/') != std::string_view::npos)
        return not_found("rules.no_such_table").with("name", std::string(name));
    return *found;
}

Result<std::string> hash_of(std::string_view pack, const std::vector<packs::File>& files) {
    return TRY(packs::read(pack, packs::top_level(files))).hash;
}

/// A version that the actor may change in this way.
Result<Version> held(db::Tx& tx, const Desk& desk, Seen seen, auth::Right right, Action action) {
    TRY(auth::require(desk.actor, right));
    auto found = TRY(store::read(tx, "id = ? AND " + desk.actor.scope(right).sql("area_code"), {seen.id}));
    if (found.empty()) return not_found("rules.no_such_version");
    Version version = std::move(found.front());
    if (version.version != seen.version) return conflict("rules.stale");
    version.state = TRY(after(version, action, desk.today));
    return version;
}

/// The draft with another text of one of its files, if the pack can still be read.
Result<void> change_file(db::Tx& tx, const Desk& desk, Version version, std::vector<packs::File> files,
                         std::string_view name, std::string bytes) {
    auto& file = file_in(files, name);
    file.bytes = std::move(bytes);
    TRY(store::put_file(tx, version.id, file));
    version.hash = TRY(hash_of(version.pack, files));
    TRY(store::update(tx, version));
    return record(tx, desk, version, Action::edit);
}

Result<void> change_values(db::Tx& tx, const Desk& desk, Seen seen,
                           const std::function<Result<std::string>(const packs::File&)>& changed) {
    auto version = TRY(held(tx, desk, seen, may_draft, Action::edit));
    auto files = TRY(store::files(tx, version.id));
    auto bytes = TRY(changed(file_in(files, "parameters.toml")));
    return change_file(tx, desk, std::move(version), std::move(files), "parameters.toml", std::move(bytes));
}

Result<void> move_on(db::Tx& tx, const Desk& desk, const Version& version, Action action,
                     std::string_view note = {}) {
    TRY(store::update(tx, version));
    return record(tx, desk, version, action, note);
}

Result<std::vector<Error>> faults(db::Tx& tx, const Desk& desk, const Version& version) {
    return unfit(version.pack, TRY(store::files(tx, version.id)), desk.packs, version.area,
                 version.starts_on);
}

Result<std::vector<Version>> kin(db::Tx& tx, const Version& version) {
    return store::read(tx, "pack = ? AND area_code = ? AND state = 'approved'", {version.pack, version.area});
}

}  // namespace

Result<packs::Pack> VersionFile::pack() const {
    return packs::read(version.pack,
                       packs::top_level(files.empty() ? packs::shipped_files(version.pack) : files));
}

Result<VersionId> draft(db::Tx& tx, const Desk& desk, const Draft& draft) {
    TRY(auth::require(desk.actor, may_draft));
    if (!is_rule_set(draft.pack)) return not_found("rules.no_such_set");
    if (!desk.actor.scope(may_draft).contains(draft.area)) return not_found("rules.area_outside");
    if (draft.area.level() > AreaLevel::county) return invalid("rules.area_level");
    auto files = draft.from_shipped
                     ? packs::shipped_files(draft.pack)
                     : TRY(store::files_in_force(tx, draft.pack, draft.area, draft.starts_on.plus_days(-1)));
    auto& parameters = file_in(files, "parameters.toml");
    for (const auto& value : draft.values) parameters.bytes = TRY(with_value(parameters, value));
    Version version{{},
                    draft.pack,
                    draft.area,
                    TRY(text_of(draft.title, "title")),
                    TRY(text_of(draft.authority, "authority")),
                    false,
                    State::draft,
                    draft.starts_on,
                    TRY(hash_of(draft.pack, files)),
                    1,
                    desk.now,
                    desk.actor.account,
                    desk.actor.name};
    version.id = TRY(store::insert(tx, version));
    for (const auto& file : files) TRY(store::put_file(tx, version.id, file));
    TRY(record(tx, desk, version, Action::draft));
    return version.id;
}

Result<void> amend(db::Tx& tx, const Desk& desk, Seen seen, const Amendment& amendment) {
    auto version = TRY(held(tx, desk, seen, may_draft, Action::edit));
    if (amendment.title) version.title = TRY(text_of(*amendment.title, "title"));
    if (amendment.authority) version.authority = TRY(text_of(*amendment.authority, "authority"));
    if (amendment.starts_on) version.starts_on = *amendment.starts_on;
    return move_on(tx, desk, version, Action::edit);
}

Result<void> set_value(db::Tx& tx, const Desk& desk, Seen seen, const NewValue& value) {
    return change_values(tx, desk, seen, [&](const packs::File& file) { return with_value(file, value); });
}

Result<void> remove_value(db::Tx& tx, const Desk& desk, Seen seen, std::string_view parameter, Date from,
                          AreaCode area) {
    return change_values(tx, desk, seen,
                         [&](const packs::File& file) { return without_value(file, parameter, from, area); });
}

Result<void> put_table(db::Tx& tx, const Desk& desk, Seen seen, const EditedTable& edited) {
    auto version = TRY(held(tx, desk, seen, may_draft, Action::edit));
    auto files = TRY(store::files(tx, version.id));
    const auto before = TRY(model_in(files, edited.file)).bytes;
    const auto name = version.pack + "/" + edited.file;
    TRY(dmn::same_meaning(before, edited.unchanged, name));
    auto bytes = dmn::with_namespaces_of(before, edited.changed);
    TRY(dmn::same_meaning(before, bytes, name, dmn::Compared::outside_tables));
    TRY(dmn::Model::load(bytes, name));
    return change_file(tx, desk, std::move(version), std::move(files), edited.file, std::move(bytes));
}

Result<std::vector<Error>> check(db::Tx& tx, const Desk& desk, Seen seen) {
    const auto version = TRY(held(tx, desk, seen, may_draft, Action::check));
    auto found = TRY(faults(tx, desk, version));
    if (found.empty()) TRY(move_on(tx, desk, version, Action::check));
    return found;
}

Result<void> approve(db::Tx& tx, const Desk& desk, Seen seen) {
    const auto version = TRY(held(tx, desk, seen, may_approve, Action::approve));
    if (TRY(store::had_a_hand(tx, version.id, desk.actor.account))) return forbidden("rules.second_person");
    // What it stands beside may have changed since it was checked.
    if (const auto found = TRY(faults(tx, desk, version)); !found.empty())
        return invalid("rules.unfit").with("n", std::to_string(found.size())).with("first", found.front().id);
    return move_on(tx, desk, version, Action::approve);
}

Result<void> give_back(db::Tx& tx, const Desk& desk, Seen seen, std::string_view note) {
    const auto why = TRY(text_of(note, "note"));
    return move_on(tx, desk, TRY(held(tx, desk, seen, may_approve, Action::give_back)), Action::give_back,
                   why);
}

Result<void> withdraw(db::Tx& tx, const Desk& desk, Seen seen, std::string_view note) {
    const auto why = TRY(text_of(note, "note"));
    return move_on(tx, desk, TRY(held(tx, desk, seen, may_approve, Action::withdraw)), Action::withdraw, why);
}

Result<void> discard(db::Tx& tx, const Desk& desk, Seen seen) {
    return move_on(tx, desk, TRY(held(tx, desk, seen, may_draft, Action::discard)), Action::discard);
}

Result<std::vector<Listed>> versions(db::Tx& tx, const Desk& desk, std::string_view pack) {
    TRY(auth::require(desk.actor, may_read));
    auto all = TRY(store::read(
        tx, "pack = ? AND state <> 'discarded' AND " + store::visible(desk.actor.scope(may_read)), {pack}));
    std::vector<Listed> out;
    for (const auto& one : all) {
        std::vector<Version> same;
        std::ranges::copy_if(all, std::back_inserter(same),
                             [&](const Version& other) { return other.area == one.area; });
        out.push_back({one, stage_of(one, same, desk.today)});
    }
    std::ranges::sort(out, [](const Listed& a, const Listed& b) {
        return std::tie(b.version.starts_on, b.version.id) < std::tie(a.version.starts_on, a.version.id);
    });
    return out;
}

Result<VersionFile> version_file(db::Tx& tx, const Desk& desk, VersionId id) {
    TRY(auth::require(desk.actor, may_read));
    auto found = TRY(store::read(tx, "id = ? AND " + store::visible(desk.actor.scope(may_read)), {id}));
    if (found.empty()) return not_found("rules.no_such_version");
    VersionFile out;
    out.version = std::move(found.front());
    out.stage = stage_of(out.version, TRY(kin(tx, out.version)), desk.today);
    out.files = TRY(store::files(tx, id));
    out.steps = TRY(store::steps(tx, desk.vault, id));
    out.had_a_hand = TRY(store::had_a_hand(tx, id, desk.actor.account));
    return out;
}

Result<std::string> table_text(const VersionFile& version, std::string_view file) {
    return dmn::as_dmn_13(TRY(model_in(version.files, file)).bytes);
}

Result<void> can_be_edited(const VersionFile& version, std::string_view file, std::string unchanged) {
    const auto before = TRY(model_in(version.files, file));
    return dmn::same_meaning(before.bytes, std::move(unchanged),
                             version.version.pack + "/" + std::string(file));
}

Result<std::vector<packs::Version>> approved(db::Tx& tx) {
    std::vector<packs::Version> out;
    for (const auto& one : TRY(store::read(tx, "state = 'approved'", {})))
        out.push_back({one.pack, one.area, one.starts_on, one.id.number(), TRY(store::files(tx, one.id))});
    return out;
}

Result<std::string> approved_stamp(db::Tx& tx) {
    const std::vector<db::Value> none;
    std::string out;
    TRY(
        tx.each_row("SELECT COUNT(*), COALESCE(MAX(id), 0), CAST(COALESCE(SUM(version), 0) AS BIGINT) FROM "
                    "rules_version WHERE state IN ('approved', 'withdrawn')",
                    none, [&](const db::Row& row) -> Result<void> {
                        out = fmt::format("{}.{}.{}", row.integer(0), row.integer(1), row.integer(2));
                        return {};
                    }));
    return out;
}

Result<std::vector<Error>> adopt(db::Tx& tx, const Desk& desk, std::string_view pack, AreaCode county,
                                 std::vector<packs::File> files) {
    INVARIANT(is_rule_set(pack));
    const auto before = TRY(store::read(
        tx, "pack = ? AND area_code = ? AND state = 'approved' AND origin = 'folder'", {pack, county}));
    if (files.empty() && (before.empty() || before.back().hash.empty())) return std::vector<Error>();
    Version version{{},       std::string(pack),  county,         "", "",
                    true,     State::approved,    desk.today,     "", 1,
                    desk.now, desk.actor.account, desk.actor.name};
    if (!files.empty()) {
        auto read = packs::read(pack, packs::top_level(files));
        if (!read) return std::vector{std::move(read).error()};
        version.hash = read->hash;
        version.title = read->title.zh;
        version.authority = read->document.zh;
        if (!before.empty() && before.back().hash == version.hash) return std::vector<Error>();
        auto found = unfit(pack, files, desk.packs, county, desk.today);
        if (!found.empty()) return found;
    }
    version.id = TRY(store::insert(tx, version));
    for (const auto& file : files) TRY(store::put_file(tx, version.id, file));
    TRY(record(tx, desk, version, Action::adopt));
    return std::vector<Error>();
}

}  // namespace ballast::rules
