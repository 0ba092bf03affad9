/// Who reads, enters and decides in programmes. The same people as with clues, at the same levels: villages enter,
/// townships and the county decide; so far no role differs, so programmes have no rights of their own in the table
/// of auth/rights.cpp. Everything here and in the routes asks by these names.
#pragma once

#include "auth/auth.h"

namespace ballast::programmes {

inline constexpr auth::Right may_read = auth::Right::clues_read;
/// Rows, activities, contracts, projects and fees.
inline constexpr auth::Right may_write = auth::Right::clues_write;
/// The township's and the county's steps of a procedure.
inline constexpr auth::Right may_decide = auth::Right::clues_dispatch;

}  // namespace ballast::programmes
