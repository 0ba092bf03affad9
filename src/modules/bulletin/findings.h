/// The check of an issue's figures (engine `figures`) and what people decide about what it finds. What fails
/// or is warned of stays open until the text is mended, or somebody settles it or accepts the text with a
/// reason. Nothing is ever repaired here.
#pragma once

#include "bulletin/issue_file.h"
#include "figures/check.h"
#include "figures/mention.h"

namespace ballast::bulletin {

struct FindingTag;
using FindingId = Id<FindingTag>;

/// Where in the issue; offsets are code points of the article's printed headline, or of its body with a line
/// feed between paragraphs, or of the line of the contents list.
struct FoundAt {
    std::string part;  // contents | column | headline | body
    std::optional<ArticleId> article = {};
    std::size_t start = 0, end = 0;
    std::string words = {};
};

struct Finding {
    FindingId id = {};
    IssueId issue = {};
    std::optional<ArticleId> article = {};
    std::string verdict = {};  // figures::Verdict
    std::string rule = {};     // C1 ... C14
    std::string printed = {}, computed = {};
    std::vector<std::string> candidates = {};
    std::vector<FoundAt> places = {};
    std::string message = {};     // a word id, its places {printed} and {computed}
    std::string settlement = {};  // open | settled | accepted | gone; "" where nobody need decide
    std::string reason = {}, settled_by = {}, settled_name = {};
    std::optional<Instant> settled_at = {};
};

/// Pure.
std::vector<Finding> found_in(const Edition& edition);

/// Checks the text as it stands and keeps what is found; what was decided about the same finding stays, what
/// is no longer found is gone. Errors: those of act.
Result<Issue> check_figures(db::Tx& tx, const Desk& desk, IssueId id, std::int64_t version);
/// In the order of the text; `all` with those that hold and those that are gone.
Result<std::vector<Finding>> findings(db::Tx& tx, const auth::Actor& actor, IssueId id, bool all);

/// `how`: settled (the text was or will be mended, or the check misread it), accepted (stays as printed),
/// open (taken back). Errors: not_found "bulletin.no_such_finding"; invalid "bulletin.reason_missing",
/// "bulletin.no_such_settlement"; conflict "bulletin.finding_gone".
Result<Finding> settle(db::Tx& tx, const Desk& desk, FindingId id, std::string_view how,
                       std::string_view reason);

/// The figures of an article, to be underlined.
struct ArticleFigure {
    std::string part;          // headline | body
    figures::Mention mention;  // spans within the part
};
/// Its value without idle zeros (36000, not 36000.0); its date when it has none.
std::string value_of(const figures::Mention& mention);
std::vector<ArticleFigure> figures_of(const Article& article, std::optional<Date> issued);

}  // namespace ballast::bulletin
