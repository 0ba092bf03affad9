/// Who reads, enters and decides in programmes: villages enter, townships and the county decide and hold the
/// contracts and projects. Everything here and in the routes asks by these names.
#pragma once

#include "auth/auth.h"

namespace ballast::programmes {

inline constexpr auth::Right may_read = auth::Right::programmes_read;
/// Rows, activities and fees.
inline constexpr auth::Right may_write = auth::Right::programmes_record;
/// The township's and the county's steps of a procedure.
inline constexpr auth::Right may_decide = auth::Right::programmes_review;
/// Contracts with third parties; projects and their funds.
inline constexpr auth::Right may_manage = auth::Right::programmes_manage;

}  // namespace ballast::programmes
