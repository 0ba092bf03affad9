/// Articles of all issues, found again: by words (two characters suffice), place, column, date, figure; and
/// articles that say the same or nearly so.
#pragma once

#include "auth/auth.h"
#include "bulletin/issue.h"
#include "db/db.h"

namespace ballast::bulletin {

struct ArchiveQuery {
    std::string words = {};              // all of them, parted by blanks
    std::optional<AreaCode> place = {};  // inside this area
    std::string organisation = {};
    std::string column = {};
    std::optional<Date> from = {}, to = {};  // of the issue's date
    std::string figure = {};                 // 3.6万户, 36000户, 80%
    bool published_only = false;             // for everybody: asks for no right
    std::int64_t offset = 0, limit = 20;
};
struct ArchiveHit {
    Article article;
    Issue issue;
    std::string snippet;  // around the first word, or the figure; "" without either
};
/// The latest issues first.
Result<std::vector<ArchiveHit>> search(db::Tx& tx, const auth::Actor& actor, const ArchiveQuery& query,
                                       std::int64_t* total);

struct Duplicate {
    ArticleId article;
    IssueId issue;
    int percent;  // of what both say; 100: the same letters
};
/// Those that share at least half of their text with it, the nearest first; at most ten.
Result<std::vector<Duplicate>> duplicates(db::Tx& tx, const auth::Actor& actor, ArticleId id);

}  // namespace ballast::bulletin
