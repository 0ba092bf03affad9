/// What an average or a rate is for: 亩 of 每亩, 户 of 户均.
#pragma once

#include <optional>

#include "figures/check_prose.h"

namespace ballast::figures {

struct Each {
    char32_t each;
    Text what;  // 增收 of 户均增收
};
/// 户均, 平均每村.
std::optional<Each> each_of(Text label);
/// These and 每亩补助, 每个村.
std::optional<char32_t> rate_of(Text label);
/// The figure counts such: by its unit, or as 个 of what stands behind it.
bool counts_each(const Prose& prose, Index i, char32_t each);

}  // namespace ballast::figures
