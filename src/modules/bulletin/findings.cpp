#include "bulletin/findings.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "audit/audit.h"
#include "base/text.h"
#include "bulletin/recorded.h"
#include "bulletin/store.h"
#include "bulletin/text_out.h"
#include "figures/extract.h"

namespace ballast::bulletin {
namespace {

using Json = nlohmann::json;
using auth::Right;

constexpr std::string_view finding_columns =
    "f.id, f.issue_id, f.article_id, f.verdict, f.rule, f.printed, f.computed, f.candidates, f.places, "
    "f.message, "
    "f.settlement, f.reason, f.settled_by, f.settled_name, f.settled_at";

/// Where a stretch begins in the part that people see.
std::size_t begin_in_part(const Edition& edition, const Stretch& stretch) {
    std::size_t out = 0;
    if (stretch.part == Stretch::Part::body)
        for (std::size_t p = 0; p < stretch.paragraph; ++p)
            out += text::length(edition.articles[stretch.article].paragraphs[p]) + 1;
    return out;
}

std::optional<FoundAt> found_at(const Edition& edition, const Printed& text, figures::Span span) {
    const auto after = std::ranges::upper_bound(text.stretches, span.start, {}, &Stretch::start);
    if (after == text.stretches.begin()) return std::nullopt;
    const Stretch& stretch = *std::prev(after);
    if (span.start >= stretch.end) return std::nullopt;
    const auto end = std::min(span.end, stretch.end);
    FoundAt out{.part = std::string(name_of(stretch.part))};
    if (stretch.part == Stretch::Part::headline || stretch.part == Stretch::Part::body)
        out.article = edition.articles[stretch.article].id;
    const auto begin = begin_in_part(edition, stretch);
    out.start = begin + span.start - stretch.start;
    out.end = begin + end - stretch.start;
    out.words = text::utf8(std::u32string_view(text.text).substr(span.start, end - span.start));
    return out;
}

bool to_be_decided(std::string_view verdict) { return verdict == "fails" || verdict == "warn"; }

std::string fingerprint_of(const Finding& finding) {
    std::string out =
        finding.rule + "\n" + finding.verdict + "\n" + finding.printed + "\n" + finding.computed;
    for (const auto& place : finding.places)
        out += "\n" + place.part + " " + (place.article ? std::to_string(place.article->number()) : "") +
               " " + place.words;
    return crypto::digest_hex({reinterpret_cast<const std::uint8_t*>(out.data()), out.size()});
}

std::string places_json(const std::vector<FoundAt>& places) {
    Json out = Json::array();
    for (const auto& one : places)
        out.push_back({{"part", one.part},
                       {"article", one.article ? one.article->number() : 0},
                       {"start", one.start},
                       {"end", one.end},
                       {"words", one.words}});
    return out.dump();
}

Finding finding_of(const db::Row& row) {
    Finding out;
    out.id = row.id<FindingId>(0);
    out.issue = row.id<IssueId>(1);
    if (!row.null(2)) out.article = row.id<ArticleId>(2);
    out.verdict = row.text(3);
    out.rule = row.text(4);
    out.printed = row.text(5);
    out.computed = row.text(6);
    for (const auto& one : Json::parse(row.text(7))) out.candidates.push_back(one.get<std::string>());
    for (const auto& one : Json::parse(row.text(8))) {
        FoundAt place{.part = one.at("part").get<std::string>()};
        if (const auto article = one.at("article").get<std::int64_t>(); article > 0)
            place.article = ArticleId(article);
        place.start = one.at("start").get<std::size_t>();
        place.end = one.at("end").get<std::size_t>();
        place.words = one.at("words").get<std::string>();
        out.places.push_back(std::move(place));
    }
    out.message = row.text(9);
    out.settlement = row.text(10);
    out.reason = row.text(11);
    out.settled_by = row.text(12);
    out.settled_name = row.text(13);
    if (const auto at = row.maybe_integer(14)) out.settled_at = Instant{*at};
    return out;
}

Result<void> keep(db::Tx& tx, IssueId issue, const Finding& finding) {
    TRY(tx.exec(
        "INSERT INTO bulletin_finding (issue_id, fingerprint, article_id, verdict, rule, printed, computed, "
        "candidates, places, message, settlement, reason, settled_by, settled_name, settled_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', '', '', NULL) ON CONFLICT (issue_id, fingerprint) DO "
        "UPDATE SET article_id = EXCLUDED.article_id, candidates = EXCLUDED.candidates, "
        "places = EXCLUDED.places, message = EXCLUDED.message, settlement = CASE WHEN "
        "bulletin_finding.settlement = 'gone' THEN EXCLUDED.settlement ELSE bulletin_finding.settlement END",
        issue, fingerprint_of(finding), finding.article, finding.verdict, finding.rule, finding.printed,
        finding.computed, Json(finding.candidates).dump(), places_json(finding.places), finding.message,
        to_be_decided(finding.verdict) ? "open" : ""));
    return {};
}

}  // namespace

std::vector<Finding> found_in(const Edition& edition) {
    const auto text = printed(edition, Contents::as_imported, Around::left_out);
    const auto mentions = figures::extract(text.text, {.issued = edition.issue.date});
    std::vector<Finding> out;
    for (const auto& one : figures::check(text.text, mentions)) {
        Finding finding;
        finding.issue = edition.issue.id;
        finding.verdict = figures::to_string(one.verdict);
        finding.rule = one.check;
        finding.printed = one.printed;
        finding.computed = one.computed;
        finding.candidates = one.candidates;
        finding.message = one.reason;
        for (const auto span : one.where)
            if (auto place = found_at(edition, text, span)) {
                if (place->article) finding.article = place->article;
                finding.places.push_back(std::move(*place));
            }
        out.push_back(std::move(finding));
    }
    return out;
}

Result<Issue> check_figures(db::Tx& tx, const Desk& desk, IssueId id, std::int64_t version) {
    Issue issue = TRY(editable_issue(tx, desk, id));
    if (issue.version != version) return conflict("bulletin.stale");
    const auto edition = TRY(store::edition(tx, issue));
    const auto now = TRY(standing(tx, desk.actor, edition));
    const auto* row = TRY(decide({issue, now, {}}, Action::check));
    TRY(tx.exec(
        "UPDATE bulletin_finding SET settlement = 'gone' WHERE issue_id = ? AND settlement IN ('open', '')",
        id));
    std::vector<std::string> present;
    for (const auto& finding : found_in(edition)) {
        TRY(keep(tx, id, finding));
        present.push_back(fingerprint_of(finding));
    }
    // What was decided about a figure that is no longer printed is decided about nothing.
    for (const auto& old :
         TRY(tx.all("SELECT fingerprint FROM bulletin_finding WHERE issue_id = ? AND settlement <> 'gone'",
                    {id}, [](const db::Row& r) { return std::string(r.text(0)); })))
        if (std::ranges::find(present, old) == present.end())
            TRY(tx.exec(
                "UPDATE bulletin_finding SET settlement = 'gone' WHERE issue_id = ? AND fingerprint = ?", id,
                old));
    issue.checked_digest = digest_to_check(edition);
    TRY(store::had_a_hand(tx, desk.actor, id));
    TRY(moved(tx, desk, issue, *row, {}));
    return issue;
}

Result<std::vector<Finding>> findings(db::Tx& tx, const auth::Actor& actor, IssueId id, bool all) {
    TRY(store::issue(tx, actor.scope(Right::bulletin_read), id));
    return tx.all("SELECT " + std::string(finding_columns) + " FROM bulletin_finding f WHERE f.issue_id = ?" +
                      (all ? "" : " AND f.settlement IN ('open', 'settled', 'accepted')") + " ORDER BY f.id",
                  {id}, finding_of);
}

Result<Finding> settle(db::Tx& tx, const Desk& desk, FindingId id, std::string_view how,
                       std::string_view reason) {
    const auto select = "SELECT " + std::string(finding_columns) + " FROM bulletin_finding f WHERE f.id = ?";
    auto found = TRY(tx.first(select, {id}, finding_of));
    if (!found) return not_found("bulletin.no_such_finding");
    const auto seen = store::issue(tx, desk.actor.scope(Right::bulletin_read), found->issue);
    if (!seen && seen.error().kind == ErrorKind::not_found) return not_found("bulletin.no_such_finding");
    const auto issue = TRY(editable_issue(tx, desk, found->issue));
    if (how != "settled" && how != "accepted" && how != "open") return invalid("bulletin.no_such_settlement");
    TRY(check_text("reason", reason));
    const auto length = text::length(text::trimmed(reason));
    if (how != "open" && (length < 2 || length > 1000)) return invalid("bulletin.reason_missing");
    // Read again now that the issue is locked.
    found = TRY(tx.first(select, {id}, finding_of));
    if (!found || found->settlement == "gone" || found->settlement.empty())
        return conflict("bulletin.finding_gone");
    TRY(
        tx.exec("UPDATE bulletin_finding SET settlement = ?, reason = ?, settled_by = ?, settled_name = ?, "
                "settled_at = ? WHERE id = ?",
                how, how == "open" ? "" : text::trimmed(reason), desk.actor.account, desk.actor.name,
                desk.now.ms, id));
    TRY(store::had_a_hand(tx, desk.actor, issue.id));
    TRY(recorded(tx, desk, issue, "settle", {std::string(how)},
                 found->article ? found->article->number() : 0));
    return std::move(*TRY(tx.first(select, {id}, finding_of)));
}

std::string value_of(const figures::Mention& mention) {
    if (!mention.value) return mention.date;
    std::string out = mention.value->plain();
    if (out.find('.') == std::string::npos) return out;
    while (out.ends_with('0')) out.pop_back();
    if (out.ends_with('.')) out.pop_back();
    return out;
}

std::vector<ArticleFigure> figures_of(const Article& article, std::optional<Date> issued) {
    std::vector<ArticleFigure> out;
    // The headline says which place the body speaks of, so both are read as one text.
    const auto headline = text::code_points(printed_headline(article));
    const auto whole = headline + U"\n\n" + text::code_points(article.body());
    const std::size_t body = headline.size() + 2;
    for (auto& mention : figures::extract(whole, {.issued = issued})) {
        const bool in_body = mention.span.start >= body;
        const auto shift = in_body ? body : 0;
        mention.span = {mention.span.start - shift, mention.span.end - shift};
        out.push_back({in_body ? "body" : "headline", std::move(mention)});
    }
    return out;
}

}  // namespace ballast::bulletin
