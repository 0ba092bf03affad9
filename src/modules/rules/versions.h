/// Versions of rule sets as they are kept: drafted, changed, checked, approved by a second person, withdrawn
/// before they begin. The only SQL.
///
/// Whoever may read rule sets sees the versions of their areas, and those of the areas above, which bind
/// them. A change needs the right over the version's area. Every change is audited.
///
/// Errors of every function with a Desk: forbidden "auth.not_allowed"; not_found "rules.no_such_version"
/// (also outside the area); conflict "rules.stale" when somebody has changed it meanwhile; those of
/// version.h.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "auth/auth.h"
#include "crypto/crypto.h"
#include "db/db.h"
#include "packs/store.h"
#include "rules/values_text.h"
#include "rules/version.h"

namespace ballast::rules {

inline constexpr auth::Right may_read = auth::Right::rules_read;
inline constexpr auth::Right may_draft = auth::Right::rules_manage;
inline constexpr auth::Right may_approve = auth::Right::rules_approve;

struct Desk {
    const crypto::Vault& vault;
    const auth::Actor& actor;
    const packs::Store& packs;  // what holds
    Date today;
    Instant now;
};

/// A version as somebody saw it who now changes it.
struct Seen {
    VersionId id;
    std::int64_t version = 0;
};

struct Draft {
    std::string pack;
    AreaCode area;
    std::string title, authority;
    Date starts_on;
    bool from_shipped = false;     // else from what holds in the area on the day before it begins
    std::vector<NewValue> values;  // that it changes at once
};
/// Errors: not_found "rules.no_such_set", "rules.area_outside"; invalid "rules.area_level" for an area below
/// a county, "rules.text.title", "rules.text.authority" (2 to 200 signs), those of `with_value` and of
/// packs::read for what the values make of the file.
Result<VersionId> draft(db::Tx& tx, const Desk& desk, const Draft& draft);

struct Amendment {
    std::optional<std::string> title, authority;
    std::optional<Date> starts_on;
};
Result<void> amend(db::Tx& tx, const Desk& desk, Seen seen, const Amendment& amendment);
/// Errors: those of `with_value` and of packs::read.
Result<void> set_value(db::Tx& tx, const Desk& desk, Seen seen, const NewValue& value);
Result<void> remove_value(db::Tx& tx, const Desk& desk, Seen seen, std::string_view parameter, Date from,
                          AreaCode area);
/// What is wrong with it (fitness.h); when nothing is, it is checked, and can be approved.
Result<std::vector<Error>> check(db::Tx& tx, const Desk& desk, Seen seen);
/// By somebody who has had no hand in it: forbidden "rules.second_person". What is wrong with it by now
/// refuses: invalid "rules.unfit" {n, first}.
Result<void> approve(db::Tx& tx, const Desk& desk, Seen seen);
/// Back to whoever drafts. invalid "rules.text.note".
Result<void> give_back(db::Tx& tx, const Desk& desk, Seen seen, std::string_view note);
/// Before it begins.
Result<void> withdraw(db::Tx& tx, const Desk& desk, Seen seen, std::string_view note);
Result<void> discard(db::Tx& tx, const Desk& desk, Seen seen);

struct Listed {
    Version version;
    Stage stage = Stage::draft;
};
/// The one that begins last comes first; what was discarded is left out.
Result<std::vector<Listed>> versions(db::Tx& tx, const Desk& desk, std::string_view pack);

struct Happening {
    Action action = Action::draft;
    std::string note, account, name;
    Instant at{};
};
struct VersionFile {
    Version version;
    Stage stage = Stage::draft;
    std::vector<packs::File> files;
    std::vector<Happening> steps;  // the latest first
    bool had_a_hand = false;       // the actor, so somebody else approves
    Result<packs::Pack> pack() const;
};
Result<VersionFile> version_file(db::Tx& tx, const Desk& desk, VersionId id);

/// A model of the version as an editor of DMN 1.3 is given it. `file`: "illness.dmn".
/// not_found "rules.no_such_table" {name}.
Result<std::string> table_text(const VersionFile& version, std::string_view file);
/// Whether an editor would keep all that the model says: `unchanged` is what it writes of `table_text` when
/// nobody has touched it. Errors: those of `table_text` and of dmn::same_meaning, whose sentence says what would be lost.
Result<void> can_be_edited(const VersionFile& version, std::string_view file, std::string unchanged);

/// What an editor wrote: of the model as it was given it, and as somebody has changed it.
struct EditedTable {
    std::string file, unchanged, changed;
};
/// The tables of one model, and nothing else of it, as somebody has changed them. Errors: those of
/// `can_be_edited`, so that nothing is written by an editor that loses something; those of dmn::same_meaning for a
/// change outside the tables; those of dmn for what cannot be read. What is wrong with the table otherwise,
/// `check` finds.
Result<void> put_table(db::Tx& tx, const Desk& desk, Seen seen, const EditedTable& edited);

/// All that was approved, for the store.
Result<std::vector<packs::Version>> approved(db::Tx& tx);
/// Another text whenever `approved` answers otherwise.
Result<std::string> approved_stamp(db::Tx& tx);

/// The pack that an operator keeps in a folder, as a version of the county from today on, without a second
/// person, when it is another than that which holds; without files: none is kept any more, and what came
/// from the folder ends. What is wrong with it is answered, and then nothing has changed.
Result<std::vector<Error>> adopt(db::Tx& tx, const Desk& desk, std::string_view pack, AreaCode county,
                                 std::vector<packs::File> files);

}  // namespace ballast::rules
