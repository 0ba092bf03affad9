/// A file becomes an issue, or articles of one: columns found by their names, places by their meaning, what
/// it says twice reported. All or nothing, in one transaction.
#pragma once

#include "bulletin/draft.h"
#include "bulletin/issue_file.h"
#include "bulletin/text_out.h"

namespace ballast::bulletin {

struct Imported {
    Issue issue;
    std::vector<ArticleId> articles;
    std::size_t joined = 0;  // paragraphs that page breaks had parted
    std::vector<Reading::Note> notes;
    std::vector<ContentsDifference> contents;  // where the contents list says otherwise than the body
    std::vector<std::string> new_columns;      // names that no column had
    std::vector<std::string> unknown_places;   // printed, of no meaning to us
    struct Duplicate {
        ArticleId article, of;
        int percent;
    };
    std::vector<Duplicate> duplicates;
};
struct ImportOrder {
    AreaCode area = {};
    std::optional<IssueId> into = {};  // adds the articles to this issue in the making
    std::string key = {};              // the sender's, to know a second sending by
};

/// Errors: those of issue_file.h; invalid "bulletin.nothing_found" (no article in it), and those of
/// `add_article`.
Result<Imported> import_reading(db::Tx& tx, const Desk& desk, const ImportOrder& order,
                                const Reading& reading, const std::string& name);

}  // namespace ballast::bulletin
