/// Whether figures are the parts of a whole.
#pragma once

#include <vector>

#include "figures/check_prose.h"

namespace ballast::figures {

/// 按经营地统计，分产业看，: the clauses behind it divide a total.
bool divides(Text opening);
/// The label of a total behind its parts: 共投入, 全年共造林, 三级财政共投入.
bool sums_up(Text label);

/// `all` is the total and its parts.
bool adds(const Prose& prose, const std::vector<Index>& all);
/// Within a tenth of the total.
bool nearly_adds(const Prose& prose, const std::vector<Index>& all);
/// The figures have digits enough, and labels alike enough, for such nearness to be no chance.
bool telling(const Prose& prose, const std::vector<Index>& all);

/// The labels of the parts are members of one set that divides a whole: 男 and 女, 中央 and 省级 and 县级.
bool complementary(const Prose& prose, const std::vector<Index>& parts);
/// The labels cut by different things (女, 35岁以下, 大专以上), so that one person may be in several parts.
bool overlapping(const Prose& prose, const std::vector<Index>& parts);

/// Shares said to be those of all parts together make 100: 三次产业结构比为17.4:42.1:40.5, 分别占.
void check_shares_of_a_whole(const Prose& prose, Findings& out);

}  // namespace ballast::figures
