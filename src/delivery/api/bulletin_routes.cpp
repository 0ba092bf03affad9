// The editorial office: issues in the making, their findings and steps, the archive.
#include <algorithm>

#include "api/bulletin_desk.h"
#include "api/routes.h"
#include "base/text.h"
#include "bulletin/pages.h"
#include "bulletin/text_out.h"
#include "document/render.h"

namespace ballast::api {
namespace {

using namespace bulletin;

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
    out["correctable"] = correctable(call, edition.issue);
    out["open_findings"] = now.open_findings;
    out["figures_checked"] = now.text_checked;
    const auto known = TRY(columns(tx));
    out["columns"] = columns_json(known);
    std::map<ArticleId, int> open;
    for (const auto& finding : TRY(findings(tx, call.actor(), id, false)))
        if (finding.article && finding.settlement == "open") ++open[*finding.article];
    out["articles"] = Json::array();
    for (const auto& article : edition.articles) {
        Json line = article_line_json(call, article);
        line["open_findings"] = open[article.id];
        line["suggestion"] = suggestion_json(article, known);
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

/// How many pages it has on paper, and what would be printed as blanks.
Result<Reply> page_list(Call& call, db::Tx& tx) {
    const auto edition = TRY(load_edition(tx, call.actor(), TRY(call.path<IssueId>("id"))));
    const auto tree = pages(with_qr_link(edition, site_of(call.request())), TRY(corrections(tx, edition.issue.id)),
                            words::Language::zh);
    Json blanks = Json::array();
    for (const char32_t c : document::unprintable(words::Language::zh, text_of(edition)))
        blanks.push_back(text::utf8(std::u32string_view(&c, 1)));
    return ok({{"total", TRY(document::page_count(tree))}, {"blanks", blanks}});
}

Result<Reply> page_picture(Call& call, db::Tx& tx) {
    constexpr int dots_per_inch = 110;
    const auto edition = TRY(load_edition(tx, call.actor(), TRY(call.path<IssueId>("id"))));
    const auto number = TRY(call.path<std::int64_t>("page"));
    const auto tree = pages(with_qr_link(edition, site_of(call.request())), TRY(corrections(tx, edition.issue.id)),
                            words::Language::zh);
    return Reply{.headers = {{"Content-Type", "image/png"}, {"Cache-Control", "private, no-store"}},
                 .body = TRY(document::page_png(
                     tree, static_cast<std::size_t>(std::max<std::int64_t>(number, 0)), dots_per_inch))};
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
    Route{get, "/api/bulletin/issues/{id}/pages", Right::bulletin_read, page_list},
    Route{get, "/api/bulletin/issues/{id}/pages/{page}", Right::bulletin_read, page_picture},
    Route{get, "/api/bulletin/issues/{id}/findings", Right::bulletin_read, finding_list},
    Route{post, "/api/bulletin/imports", Right::bulletin_edit, import},
    Route{get, "/api/bulletin/articles", Right::bulletin_read, archive},
    Route{post, "/api/bulletin/findings/{id}/settlement", Right::bulletin_edit, settle_one},
};

}  // namespace

const Routes bulletin_routes = table;

}  // namespace ballast::api
