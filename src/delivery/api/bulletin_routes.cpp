// The editorial office: issues in the making, articles, findings, steps, the archive.
#include <algorithm>

#include "api/bulletin_json.h"
#include "api/routes.h"
#include "bulletin/platform_data.h"
#include "bulletin/text_out.h"
#include "screening/rules.h"

namespace ballast::api {
namespace {

using namespace bulletin;

Desk desk_of(const Call& call) {
    return {call.vault(), call.division(), call.actor(), call.today(), call.now()};
}

/// A day, null for none, or nothing when the field is not there.
Result<std::optional<std::optional<Date>>> day_field(const Json& asked, const char* name) {
    const auto found = asked.find(name);
    if (found == asked.end()) return std::optional<std::optional<Date>>();
    if (found->is_null() || *found == "") return std::optional(std::optional<Date>());
    if (!found->is_string()) return invalid("http.wrong_type").with("name", name);
    return std::optional(std::optional(TRY(Date::parse(found->get<std::string>()))));
}

template <class T>
Result<T> id_in(const Json& value, const char* name) {
    if (!value.is_string()) return invalid("http.wrong_type").with("name", name);
    const auto id = Call::parsed<T>(value.get<std::string>());
    if (!id) return invalid("http.wrong_type").with("name", name);
    return *id;
}

Result<std::string> key_of(const Json& asked) {
    auto key = TRY(optional_field<std::string>(asked, "key")).value_or("");
    if (key.size() > 64) return invalid("http.bad_parameter").with("name", "key");
    return key;
}

// -- issues ----------------------------------------------------------------------------------------------

Result<Reply> list(Call& call, db::Tx& tx) {
    const auto page = TRY(call.page());
    IssueQuery query{.offset = page.offset(), .limit = page.size};
    if (const auto state = TRY(call.query<std::string>("state"))) {
        query.state = state_named(*state);
        if (!query.state) return invalid("http.bad_parameter").with("name", "state");
    }
    std::int64_t total = 0;
    Json items = Json::array();
    for (const auto& line : TRY(issues(tx, call.actor(), query, &total))) {
        Json one = issue_json(call, line.issue);
        one["articles"] = line.articles;
        one["open_findings"] = line.open_findings;
        items.push_back(std::move(one));
    }
    return ok({{"total", total}, {"items", items}});
}

Json next_json(const Call& call, const Edition& edition, const Standing& now) {
    Json out = Json::array();
    for (const auto& step : possible(edition.issue, now, call.actor())) {
        Json missing = Json::array();
        for (const auto& error : step.missing) missing.push_back(words::say(error, call.language()));
        out.push_back({{"action", bulletin_coded(call, "action", name_of(step.row->action))},
                       {"remarks", step.row->action == Action::send_back},
                       {"missing", missing}});
    }
    return out;
}

Json event_json(const Call& call, const Event& event) {
    return {{"action", bulletin_coded(call, "action", event.action)},
            {"to", bulletin_coded(call, "state", name_of(event.to))},
            {"remarks", event.remarks},
            {"by", event.name},
            {"at", iso_instant(event.at)}};
}

Result<Json> whole_issue(Call& call, db::Tx& tx, IssueId id) {
    const auto edition = TRY(load_edition(tx, call.actor(), id));
    const auto now = TRY(standing(tx, call.actor(), edition));
    Json out = issue_json(call, edition.issue);
    out["imprint"] = imprint_json(edition.issue.imprint);
    out["source_name"] = edition.issue.source_name;
    out["editable"] = editable(edition.issue.state) &&
                      call.actor().scope(Right::bulletin_edit).contains(edition.issue.area);
    out["correctable"] =
        (edition.issue.state == State::published || edition.issue.state == State::archived) &&
        call.actor().scope(Right::bulletin_publish).contains(edition.issue.area);
    out["open_findings"] = now.open_findings;
    out["figures_checked"] = now.text_checked;
    out["columns"] = columns_json(TRY(columns(tx)));
    std::map<ArticleId, int> open;
    for (const auto& finding : TRY(findings(tx, call.actor(), id, false)))
        if (finding.article && finding.settlement == "open") ++open[*finding.article];
    out["articles"] = Json::array();
    for (const auto& article : edition.articles) {
        Json line = article_line_json(call, article);
        line["open_findings"] = open[article.id];
        out["articles"].push_back(std::move(line));
    }
    out["contents"] = contents_json(contents_differences(edition));
    out["editors"] = Json::array();
    for (const auto& editor : TRY(editors(tx, id))) out["editors"].push_back(editor.name);
    out["events"] = Json::array();
    for (const auto& event : TRY(events(tx, id))) out["events"].push_back(event_json(call, event));
    out["corrections"] = corrections_json(TRY(corrections(tx, id)));
    out["next"] = next_json(call, edition, now);
    return out;
}

Result<Reply> one(Call& call, db::Tx& tx) {
    return ok(TRY(whole_issue(call, tx, TRY(call.path<IssueId>("id")))));
}

Result<Reply> begin(Call& call, db::Tx& tx) {
    const Json asked = TRY(body(call));
    NewIssue wanted{.area = call.context().settings.area, .key = TRY(key_of(asked))};
    wanted.masthead = TRY(optional_field<std::string>(asked, "masthead"));
    wanted.number = TRY(optional_field<std::string>(asked, "number"));
    wanted.date = TRY(day_field(asked, "date")).value_or(std::nullopt);
    const auto issue = TRY(begin_issue(tx, desk_of(call), wanted));
    return created(TRY(whole_issue(call, tx, issue.id)));
}

Result<Imprint> imprint_of(const Json& given) {
    Imprint out;
    constexpr std::pair<const char*, std::string Imprint::*> fields[] = {
        {"producer", &Imprint::producer}, {"editors", &Imprint::editors},
        {"reviewer", &Imprint::reviewer}, {"email", &Imprint::email},
        {"address", &Imprint::address},   {"qr_caption", &Imprint::qr_caption},
        {"qr_link", &Imprint::qr_link},   {"other", &Imprint::other}};
    for (const auto& [name, member] : fields)
        out.*member = TRY(optional_field<std::string>(given, name)).value_or("");
    return out;
}

Result<Reply> change(Call& call, db::Tx& tx) {
    const auto id = TRY(call.path<IssueId>("id"));
    const Json asked = TRY(body(call));
    IssueChange wanted;
    wanted.masthead = TRY(optional_field<std::string>(asked, "masthead"));
    wanted.number = TRY(optional_field<std::string>(asked, "number"));
    wanted.date = TRY(day_field(asked, "date"));
    if (const auto imprint = TRY(optional_field<Json>(asked, "imprint")))
        wanted.imprint = TRY(imprint_of(*imprint));
    wanted.forget_contents = TRY(optional_field<bool>(asked, "forget_contents")).value_or(false);
    TRY(change_issue(tx, desk_of(call), id, TRY(field<std::int64_t>(asked, "version")), wanted));
    return ok(TRY(whole_issue(call, tx, id)));
}

Result<Reply> step(Call& call, db::Tx& tx) {
    const auto id = TRY(call.path<IssueId>("id"));
    const Json asked = TRY(body(call));
    const auto action = action_named(TRY(field<std::string>(asked, "action")));
    if (!action) return invalid("http.wrong_type").with("name", "action");
    const auto version = TRY(field<std::int64_t>(asked, "version"));
    if (*action == Action::check)
        TRY(check_figures(tx, desk_of(call), id, version));
    else
        TRY(act(tx, desk_of(call), id, version, *action,
                TRY(optional_field<std::string>(asked, "remarks")).value_or("")));
    return ok(TRY(whole_issue(call, tx, id)));
}

Result<Reply> order(Call& call, db::Tx& tx) {
    const auto id = TRY(call.path<IssueId>("id"));
    const Json asked = TRY(body(call));
    std::vector<Lane> lanes;
    for (const auto& given : TRY(field<Json>(asked, "columns"))) {
        Lane lane{TRY(field<std::string>(given, "column")), {}};
        for (const auto& article : TRY(field<Json>(given, "articles")))
            lane.articles.push_back(TRY(id_in<ArticleId>(article, "articles")));
        lanes.push_back(std::move(lane));
    }
    TRY(arrange(tx, desk_of(call), id, TRY(field<std::int64_t>(asked, "version")), lanes));
    return ok(TRY(whole_issue(call, tx, id)));
}

Result<Reply> file(Call& call, db::Tx& tx) {
    const auto edition = TRY(load_edition(tx, call.actor(), TRY(call.path<IssueId>("id"))));
    return edition_file(call, edition, TRY(corrections(tx, edition.issue.id)),
                        TRY(call.query<std::string>("format")).value_or("pdf"), false);
}

// -- import ----------------------------------------------------------------------------------------------

Result<Reply> import(Call& call, db::Tx& tx) {
    const auto& request = call.request();
    const auto office = call.context().settings.area;
    if (!call.actor().scope(Right::bulletin_edit).contains(office))
        return not_found("areas.unknown").with("code", office.digits());
    if (request.uploads.size() != 1) return invalid("bulletin.no_upload");
    const auto form = [&](std::string_view name) {
        const auto found = request.form.find(name);
        return found == request.form.end() ? std::string() : found->second;
    };
    ImportOrder order{.area = office, .key = form("key").substr(0, 64)};
    if (const auto into = form("issue"); !into.empty()) order.into = TRY(id_in<IssueId>(Json(into), "issue"));
    const auto& upload = request.uploads.front();
    const auto reading = TRY(read_file(upload.path(), upload.file_name()));
    const auto done = TRY(import_reading(tx, desk_of(call), order, reading, upload.file_name()));
    Json ids = Json::array(), like = Json::array();
    for (const auto id : done.articles) ids.push_back(text(id));
    for (const auto& one : done.duplicates)
        like.push_back({{"article", text(one.article)}, {"of", text(one.of)}, {"percent", one.percent}});
    return created({{"issue", text(done.issue.id)},
                    {"articles", ids},
                    {"joined", done.joined},
                    {"notes", notes_json(call, done.notes)},
                    {"contents", contents_json(done.contents)},
                    {"new_columns", done.new_columns},
                    {"unknown_places", done.unknown_places},
                    {"duplicates", like}});
}

// -- articles --------------------------------------------------------------------------------------------

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

/// What an area's figure was, and the list that is as long, for who may open it. Small ones are not said.
Json snapshot_json(const Call& call, const Snapshot& snapshot) {
    const auto all = data_queries();
    const auto query = std::ranges::find(all, snapshot.query, &DataQuery::code);
    const auto list_of = [&](AreaCode area) -> Json {
        if (query == all.end() || !call.actor().scope(query->right).contains(area)) return nullptr;
        return std::string(query->list) + area.digits();
    };
    Json areas = Json::array();
    for (const auto& one : snapshot.figures)
        areas.push_back({{"area", area_json(call, one.area)},
                         {"value", one.told ? Json(one.value) : Json(nullptr)},
                         {"list", one.told ? list_of(one.area) : Json(nullptr)}});
    return {{"id", std::to_string(snapshot.id)},
            {"query", snapshot.query},
            {"query_version", snapshot.query_version},
            {"rules", snapshot.rules},
            {"as_of", snapshot.as_of.iso()},
            {"total", snapshot.total},
            {"list", query == all.end() ? Json(nullptr) : list_of(snapshot.area)},
            {"areas", areas}};
}

Result<Json> whole_article(Call& call, db::Tx& tx, ArticleId id) {
    const auto article = TRY(load_article(tx, call.actor(), id));
    const auto edition = TRY(load_edition(tx, call.actor(), article.issue));
    Json out = article_text_json(call, article);
    out["editable"] = editable(edition.issue.state) &&
                      call.actor().scope(Right::bulletin_edit).contains(edition.issue.area);
    out["figures"] = figures_json(figures_of(article, edition.issue.date));
    out["findings"] = Json::array();
    for (const auto& finding : TRY(findings(tx, call.actor(), article.issue, true))) {
        const bool here =
            std::ranges::any_of(finding.places, [&](const FoundAt& at) { return at.article == id; });
        if ((here || finding.article == id) && finding.settlement != "gone")
            out["findings"].push_back(finding_json(call, finding));
    }
    out["snapshots"] = Json::array();
    for (const auto& snapshot : TRY(snapshots_of(tx, call.actor(), id)))
        out["snapshots"].push_back(snapshot_json(call, snapshot));
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

// -- figures of the platform -----------------------------------------------------------------------------

Result<Reply> query_list(Call& call, db::Tx&) {
    Json items = Json::array();
    for (const auto& query : data_queries())
        items.push_back({{"query", query.code},
                         {"title", call.say("bulletin.data." + std::string(query.code) + ".headline")},
                         {"unit", query.unit}});
    return ok({{"items", items}});
}

Result<Reply> draft(Call& call, db::Tx& tx) {
    const auto id = TRY(call.path<IssueId>("id"));
    const Json asked = TRY(body(call));
    AreaCode area = call.context().settings.area;
    if (const auto given = TRY(optional_field<std::string>(asked, "area"))) {
        const auto parsed = Call::parsed<AreaCode>(*given);
        if (!parsed) return invalid("http.wrong_type").with("name", "area");
        area = *parsed;
    }
    const auto rules = TRY(screening::Rules::load(call.context().settings.area, call.today(),
                                                  call.context().paths.root + "/packs"));
    const auto drafted = TRY(draft_from_data(tx, desk_of(call), id, TRY(field<std::string>(asked, "query")),
                                             area, rules.pack_hash()));
    return created(TRY(whole_article(call, tx, drafted.id)));
}

// -- findings --------------------------------------------------------------------------------------------

Result<Reply> finding_list(Call& call, db::Tx& tx) {
    const bool all = TRY(call.query<std::string>("all")) == "true";
    Json items = Json::array();
    for (const auto& one : TRY(findings(tx, call.actor(), TRY(call.path<IssueId>("id")), all)))
        items.push_back(finding_json(call, one));
    return ok({{"total", items.size()}, {"items", items}});
}

Result<Reply> settle_one(Call& call, db::Tx& tx) {
    const Json asked = TRY(body(call));
    return ok(
        finding_json(call, TRY(settle(tx, desk_of(call), TRY(call.path<FindingId>("id")),
                                      TRY(field<std::string>(asked, "settlement")),
                                      TRY(optional_field<std::string>(asked, "reason")).value_or("")))));
}

// -- columns, archive ------------------------------------------------------------------------------------

Result<Reply> column_list(Call&, db::Tx& tx) { return ok({{"items", columns_json(TRY(columns(tx)))}}); }

Result<Reply> column_change(Call& call, db::Tx& tx) {
    std::vector<Column> wanted;
    for (const auto& given : TRY(field<Json>(TRY(body(call)), "items"))) {
        Column column;
        column.code = TRY(optional_field<std::string>(given, "code")).value_or("");
        column.name = TRY(field<std::string>(given, "name"));
        column.active = TRY(optional_field<bool>(given, "active")).value_or(true);
        wanted.push_back(std::move(column));
    }
    return ok({{"items", columns_json(TRY(set_columns(tx, desk_of(call), std::move(wanted))))}});
}

Result<Reply> archive(Call& call, db::Tx& tx) {
    const auto page = TRY(call.page());
    ArchiveQuery query{.offset = page.offset(), .limit = page.size};
    query.words = TRY(call.query<std::string>("q")).value_or("");
    query.place = TRY(call.query<AreaCode>("place"));
    query.organisation = TRY(call.query<std::string>("organisation")).value_or("");
    query.column = TRY(call.query<std::string>("column")).value_or("");
    query.from = TRY(call.query<Date>("from"));
    query.to = TRY(call.query<Date>("to"));
    query.figure = TRY(call.query<std::string>("figure")).value_or("");
    std::int64_t total = 0;
    Json items = Json::array();
    for (const auto& hit : TRY(search(tx, call.actor(), query, &total)))
        items.push_back({{"article", article_line_json(call, hit.article)},
                         {"issue", issue_json(call, hit.issue)},
                         {"snippet", hit.snippet}});
    return ok({{"total", total}, {"items", items}});
}

constexpr std::array table{
    Route{get, "/api/bulletin/columns", Right::bulletin_read, column_list},
    Route{put, "/api/bulletin/columns", Right::bulletin_edit, column_change},
    Route{get, "/api/bulletin/issues", Right::bulletin_read, list},
    Route{post, "/api/bulletin/issues", Right::bulletin_edit, begin},
    Route{get, "/api/bulletin/issues/{id}", Right::bulletin_read, one},
    Route{patch, "/api/bulletin/issues/{id}", Right::bulletin_edit, change},
    Route{post, "/api/bulletin/issues/{id}/actions", Right::bulletin_read, step},
    Route{put, "/api/bulletin/issues/{id}/order", Right::bulletin_edit, order},
    Route{get, "/api/bulletin/issues/{id}/file", Right::bulletin_read, file},
    Route{get, "/api/bulletin/issues/{id}/findings", Right::bulletin_read, finding_list},
    Route{post, "/api/bulletin/issues/{id}/articles", Right::bulletin_edit, add},
    Route{post, "/api/bulletin/issues/{id}/drafts", Right::bulletin_edit, draft},
    Route{get, "/api/bulletin/queries", Right::bulletin_edit, query_list},
    Route{post, "/api/bulletin/imports", Right::bulletin_edit, import},
    Route{get, "/api/bulletin/articles", Right::bulletin_read, archive},
    Route{get, "/api/bulletin/articles/{id}", Right::bulletin_read, article},
    Route{patch, "/api/bulletin/articles/{id}", Right::bulletin_edit, save},
    Route{del, "/api/bulletin/articles/{id}", Right::bulletin_edit, remove},
    Route{post, "/api/bulletin/articles/{id}/corrections", Right::bulletin_publish, correction},
    Route{post, "/api/bulletin/findings/{id}/settlement", Right::bulletin_edit, settle_one},
};

}  // namespace

const Routes bulletin_routes = table;

}  // namespace ballast::api
