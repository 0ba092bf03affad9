// Articles of an issue: typed, read with what is known of them, corrected.
#include <algorithm>

#include "api/bulletin_desk.h"
#include "api/bulletin_snapshots.h"
#include "api/routes.h"

namespace ballast::api {

using namespace bulletin;

Result<std::optional<std::optional<Date>>> day_field(const Json& asked, const char* name) {
    const auto found = asked.find(name);
    if (found == asked.end()) return std::optional<std::optional<Date>>();
    if (found->is_null() || *found == "") return std::optional(std::optional<Date>());
    if (!found->is_string()) return invalid("http.wrong_type").with("name", name);
    return std::optional(std::optional(TRY(Date::parse(found->get<std::string>()))));
}

Result<Json> whole_article(Call& call, db::Tx& tx, ArticleId id) {
    const auto article = TRY(load_article(tx, call.actor(), id));
    const auto edition = TRY(load_edition(tx, call.actor(), article.issue));
    Json out = article_text_json(call, article);
    out["editable"] = editable(edition.issue.state) &&
                      call.actor().scope(Right::bulletin_edit).contains(edition.issue.area);
    out["correctable"] = correctable(call, edition.issue);
    out["corrections"] = Json::array();
    for (const auto& one : TRY(corrections(tx, article.issue)))
        if (one.article == id) out["corrections"].push_back(corrections_json({one}).front());
    out["suggestion"] = suggestion_json(article, TRY(columns(tx)));
    out["figures"] = figures_json(figures_of(article, edition.issue.date));
    out["findings"] = Json::array();
    for (const auto& finding : TRY(findings(tx, call.actor(), article.issue, true))) {
        const bool here =
            std::ranges::any_of(finding.places, [&](const FoundAt& at) { return at.article == id; });
        if ((here || finding.article == id) && finding.settlement != "gone")
            out["findings"].push_back(finding_json(call, finding));
    }
    const auto snapshots = TRY(snapshots_of(tx, call.actor(), id));
    const auto told = traced(call.division(), article, figures_of(article, edition.issue.date), snapshots);
    out["traced"] = traced_json(call, told, snapshots);
    out["snapshots"] = Json::array();
    for (const auto& snapshot : snapshots) out["snapshots"].push_back(snapshot_json(call, snapshot, told));
    out["duplicates"] = Json::array();
    for (const auto& like : TRY(duplicates(tx, call.actor(), id))) {
        const auto other = TRY(load_article(tx, call.actor(), like.article));
        Json one = article_line_json(call, other);
        one["issue"] = text(like.issue);
        one["percent"] = like.percent;
        out["duplicates"].push_back(std::move(one));
    }
    return out;
}

namespace {

Result<ArticleChange> typed_in(const Json& asked) {
    ArticleChange out;
    out.column = TRY(optional_field<std::string>(asked, "column"));
    out.place = TRY(optional_field<std::string>(asked, "place"));
    out.headline = TRY(optional_field<std::string>(asked, "headline"));
    out.body = TRY(optional_field<std::string>(asked, "body"));
    out.source_name = TRY(optional_field<std::string>(asked, "source_name"));
    out.source_url = TRY(optional_field<std::string>(asked, "source_url"));
    out.source_date = TRY(day_field(asked, "source_date"));
    out.organisation = TRY(optional_field<std::string>(asked, "organisation"));
    if (const auto area = TRY(optional_field<std::string>(asked, "area"))) {
        out.area = Call::parsed<AreaCode>(*area);
        if (!out.area) return invalid("http.wrong_type").with("name", "area");
    }
    if (const auto kind = TRY(optional_field<std::string>(asked, "kind"))) {
        out.kind = article_kind_named(*kind);
        if (!out.kind) return invalid("http.wrong_type").with("name", "kind");
    }
    if (const auto tags = TRY(optional_field<Json>(asked, "tags"))) {
        out.tags.emplace();
        for (const auto& tag : *tags) {
            if (!tag.is_string()) return invalid("http.wrong_type").with("name", "tags");
            out.tags->push_back(tag.get<std::string>());
        }
    }
    return out;
}

Result<Reply> article(Call& call, db::Tx& tx) {
    return ok(TRY(whole_article(call, tx, TRY(call.path<ArticleId>("id")))));
}

Result<Reply> add(Call& call, db::Tx& tx) {
    const auto added =
        TRY(add_article(tx, desk_of(call), TRY(call.path<IssueId>("id")), TRY(typed_in(TRY(body(call))))));
    return created(TRY(whole_article(call, tx, added.id)));
}

Result<Reply> save(Call& call, db::Tx& tx) {
    const auto id = TRY(call.path<ArticleId>("id"));
    const Json asked = TRY(body(call));
    TRY(change_article(tx, desk_of(call), id, TRY(field<std::int64_t>(asked, "version")),
                       TRY(typed_in(asked))));
    return ok(TRY(whole_article(call, tx, id)));
}

Result<Reply> remove(Call& call, db::Tx& tx) {
    const auto version = TRY(call.query<std::int64_t>("version"));
    if (!version) return invalid("http.missing_field").with("name", "version");
    TRY(remove_article(tx, desk_of(call), TRY(call.path<ArticleId>("id")), *version));
    return Reply::empty();
}

Result<Reply> correction(Call& call, db::Tx& tx) {
    const auto id = TRY(call.path<ArticleId>("id"));
    const Json asked = TRY(body(call));
    TRY(correct(tx, desk_of(call), id, TRY(field<std::int64_t>(asked, "version")),
                TRY(field<std::string>(asked, "part")), TRY(field<std::string>(asked, "text")),
                TRY(field<std::string>(asked, "notice"))));
    return ok(TRY(whole_article(call, tx, id)));
}

constexpr std::array table{
    Route{post, "/api/bulletin/issues/{id}/articles", Right::bulletin_edit, add},
    Route{get, "/api/bulletin/articles/{id}", Right::bulletin_read, article},
    Route{patch, "/api/bulletin/articles/{id}", Right::bulletin_edit, save},
    Route{del, "/api/bulletin/articles/{id}", Right::bulletin_edit, remove},
    Route{post, "/api/bulletin/articles/{id}/corrections", Right::bulletin_publish, correction},
};

}  // namespace

const Routes bulletin_article_routes = table;

}  // namespace ballast::api
