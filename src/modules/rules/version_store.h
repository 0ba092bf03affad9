/// Rows of versions, read and written. Inside the component only.
#pragma once

#include "rules/versions.h"

namespace ballast::rules::store {

/// SQL that holds for the versions that somebody with this scope may see: of its areas, and of those above.
std::string visible(const auth::Scope& scope);

/// In order of id.
Result<std::vector<Version>> read(db::Tx& tx, const std::string& where,
                                  std::initializer_list<db::Value> values);
Result<std::vector<packs::File>> files(db::Tx& tx, VersionId id);
/// What holds in the area on that day, with its cases.
Result<std::vector<packs::File>> files_in_force(db::Tx& tx, std::string_view pack, AreaCode area, Date on);

Result<VersionId> insert(db::Tx& tx, const Version& version);
Result<void> put_file(db::Tx& tx, VersionId id, const packs::File& file);
/// As it is now, one version higher. conflict "rules.stale".
Result<void> update(db::Tx& tx, const Version& version);

Result<void> add_step(db::Tx& tx, const Desk& desk, VersionId id, Action action, std::string_view note);
Result<std::vector<Happening>> steps(db::Tx& tx, const crypto::Vault& vault, VersionId id);
/// Whether the account drafted, changed or checked it.
Result<bool> had_a_hand(db::Tx& tx, VersionId id, std::string_view account);

}  // namespace ballast::rules::store
