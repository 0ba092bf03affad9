/// The text of a file as an issue in the making: what of it is the contents list, a column, a headline, a
/// paragraph, the imprint. Pure; the form itself is read by `figures/outline.h`. Every line of the text has a
/// place in the draft: what is none of these stands in the imprint's other lines.
#pragma once

#include <string>
#include <vector>

#include "bulletin/issue.h"
#include "bulletin/reading.h"

namespace ballast::bulletin {

struct DraftArticle {
    std::string column;  // its name, as printed; "" for none
    Article article;     // place, headline, paragraphs, pieces, kind
};
struct Draft {
    std::string masthead = {};
    std::optional<std::string> number = {};
    std::optional<Date> date = {};
    bool date_inferred = false;
    Imprint imprint = {};
    std::vector<std::string> contents = {};
    std::vector<DraftArticle> articles = {};
    std::size_t joined = 0;  // paragraphs that page breaks had parted
};

/// A date is inferred from the latest day of a month that the text names, in the latest year that it names
/// before `today`; a day that lies ahead of `today` is none.
Draft draft_of(const Reading& reading, Date today);

}  // namespace ballast::bulletin
