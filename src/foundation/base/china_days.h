/// The generated table behind china_calendar(): days that differ from "Monday to Friday are worked", in
/// order, as days since 1970, for every year from the first to the last published one.
#pragma once

#include <cstdint>
#include <span>

namespace ballast::china_days {

int first_published_year();
int last_published_year();
std::span<const std::int32_t> exceptions();

}  // namespace ballast::china_days
