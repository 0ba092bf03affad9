/// Finds every numeric mention of Chinese prose: digits, full-width digits and Chinese numerals, with their
/// scale, unit and the words about them. Knows general rules and the word lists in words/ only.
///
/// One pass over the code points; linear in the length of the text. The mentions come in the order of the
/// text and do not overlap; `surface` is the text of the span.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "figures/mention.h"

namespace ballast::figures {

struct ReadingContext {
    /// The day the text was issued: completes dates that leave out year or month (10日, 4月底) and says what
    /// 今年 and 去年 are. Without it the latest full date that the text itself gives takes its place.
    std::optional<Date> issued;
};

std::vector<Mention> extract(std::u32string_view text, const ReadingContext& context = {});

/// Of a file. Errors: invalid "figures.not_utf8" {byte}: the offset of the first byte that is no UTF-8.
Result<std::u32string> code_points_of(std::string_view bytes);

}  // namespace ballast::figures
