#include <fstream>
#include <map>

#include "api/cases_json.h"
#include "api/comparison.h"
#include "api/paper_reply.h"
#include "api/routes.h"
#include "api/warnings_json.h"
#include "casework/case_papers.h"
#include "casework/notices.h"

namespace ballast::api {
namespace {

using namespace casework;

/// The terms of each village in a list, read once.
class TermsOf {
public:
    TermsOf(const Rulebook& rules, Date today) : rules_(rules), today_(today) {}
    Result<const Terms*> operator()(AreaCode village) {
        const auto found = held_.find(village);
        if (found != held_.end()) return &found->second;
        auto terms = TRY(rules_.terms(village, today_));
        return &held_.emplace(village, std::move(terms)).first->second;
    }

private:
    const Rulebook& rules_;
    Date today_;
    std::map<AreaCode, Terms> held_;
};

Result<Json> lines_json(Call& call, db::Tx& tx, const std::vector<CaseLine>& lines) {
    const auto rules = TRY(rulebook(call));
    TermsOf terms(rules, call.today());
    std::vector<registry::HouseholdId> ids;
    for (const auto& one : lines) ids.push_back(one.household);
    const Json households = TRY(household_lines(call, tx, ids));
    Json out = Json::array();
    for (const auto& one : lines) {
        const auto household = households.find(text(one.household));
        out.push_back(case_line(call, one, household == households.end() ? Json(nullptr) : *household,
                                *TRY(terms(one.village))));
    }
    return out;
}

Result<CaseQuery> query_of(const Call& call) {
    const auto page = TRY(call.page());
    const auto bad = [](const char* name) { return invalid("http.bad_parameter").with("name", name); };
    CaseQuery query;
    query.area = TRY(call.query<AreaCode>("area"));
    query.household = TRY(call.query<registry::HouseholdId>("household"));
    if (const auto state = TRY(call.query<std::string>("state"))) {
        query.state = state_named(*state);
        if (!query.state) return bad("state");
    }
    if (const auto live = TRY(call.query<std::string>("live"))) {
        if (*live != "true" && *live != "false") return bad("live");
        query.live = *live == "true";
    }
    if (TRY(call.query<std::string>("overdue")).value_or("") == "true")
        query.due_by = call.today().plus_days(-1);
    query.offset = page.offset();
    query.limit = page.size;
    return query;
}

Result<Reply> list(Call& call, db::Tx& tx) {
    CaseCounts counts;
    const auto found = TRY(cases(tx, call.actor(), TRY(query_of(call)), &counts));
    Json by_state = Json::array();
    for (const auto& [state, n] : counts.by_state) {
        Json json = state_json(call, state, "");
        json["count"] = n;
        by_state.push_back(json);
    }
    return ok({{"total", counts.total}, {"by_state", by_state}, {"items", TRY(lines_json(call, tx, found))}});
}

/// What waits for this user, the longest overdue first.
Result<Reply> work(Call& call, db::Tx& tx) {
    const auto due = TRY(call.query<std::string>("due")).value_or("");
    if (due != "" && due != "overdue" && due != "today")
        return invalid("http.bad_parameter").with("name", "due");
    CaseQuery mine = TRY(query_of(call));
    mine.mine = true;
    const auto counted = [&](std::string_view which, std::vector<CaseLine>* lines) -> Result<std::int64_t> {
        CaseQuery query = mine;
        if (which == "overdue") query.due_by = call.today().plus_days(-1);
        if (which == "today") query.due_on = call.today();
        if (!lines) query.limit = 1;
        CaseCounts counts;
        auto found = TRY(cases(tx, call.actor(), query, &counts));
        if (lines) *lines = std::move(found);
        return counts.total;
    };
    std::vector<CaseLine> lines;
    const auto total = TRY(counted(due, &lines));
    return ok({{"today", call.today().iso()},
               {"total", total},
               {"waiting", TRY(counted("", nullptr))},
               {"overdue", TRY(counted("overdue", nullptr))},
               {"due_today", TRY(counted("today", nullptr))},
               {"items", TRY(lines_json(call, tx, lines))}});
}

Result<Json> whole(Call& call, db::Tx& tx, const CaseFile& file) {
    const Json households = TRY(household_lines(call, tx, {file.now.household}));
    const auto household = households.find(text(file.now.household));
    return case_json(call, file, household == households.end() ? Json(nullptr) : *household);
}

Result<Reply> one(Call& call, db::Tx& tx) {
    const auto rules = TRY(rulebook(call));
    const auto id = TRY(call.path<CaseId>("id"));
    return ok(TRY(whole(call, tx, TRY(case_file(tx, call.vault(), call.actor(), rules, id, call.today())))));
}

Result<Reply> open(Call& call, db::Tx& tx) {
    const Json asked = TRY(body(call));
    const auto clue = Call::parsed<ClueId>(TRY(field<std::string>(asked, "clue")));
    if (!clue) return invalid("http.wrong_type").with("name", "clue");
    Opening opening{
        *clue, TRY(field<std::string>(asked, "reason")), {}, TRY(field<std::string>(asked, "key"))};
    if (const auto risks = TRY(optional_field<std::string>(asked, "risks")))
        opening.risks = TRY(risks_of(*risks)).codes;
    const auto rules = TRY(rulebook(call));
    const CaseId id = TRY(open_case(tx, call.vault(), call.actor(), rules, opening, call.now()));
    return created({{"id", text(id)}});
}

Result<Reply> take(Call& call) {
    const auto id = TRY(call.path<CaseId>("id"));
    const Json asked = TRY(body(call));
    const auto action = action_named(TRY(field<std::string>(asked, "action")));
    if (!action || *action == Action::open) return invalid("http.bad_parameter").with("name", "action");
    const auto rules = TRY(rulebook(call));
    Json form = TRY(field<Json>(asked, "form"));
    if (*action == Action::compare) form = TRY(with_findings(call, rules, id, std::move(form)));
    const Order order{*action, form.dump(), TRY(field<std::int64_t>(asked, "version")),
                      TRY(field<std::string>(asked, "key"))};
    const auto end_warnings = [&](db::Tx& tx, const RiskCase& now) -> Result<void> {
        if (over(now.state))
            TRY(screening::close_ended(tx, call.vault(), call.actor(), now.household, now.village,
                                       call.now()));
        return {};
    };
    TRY(take_step(call.database(), call.vault(), call.actor(), rules, id, order, call.now(), end_warnings));
    const auto file = TRY(call.database().read(
        [&](db::Tx& tx) { return case_file(tx, call.vault(), call.actor(), rules, id, call.today()); }));
    return ok(TRY(call.database().read([&](db::Tx& tx) { return whole(call, tx, file); })));
}

Result<std::string> content_of(const http::Upload& upload) {
    if (upload.size() > largest_attachment)
        return invalid("casework.attachment_too_large")
            .with("most", std::to_string(largest_attachment / (1024 * 1024)));
    std::ifstream in(upload.path(), std::ios::binary);
    std::string bytes((std::istreambuf_iterator<char>(in)), {});
    if (std::ssize(bytes) != upload.size()) return unavailable("http.spool_full");
    return bytes;
}

Result<Reply> attach_files(Call& call, db::Tx& tx) {
    const auto id = TRY(call.path<CaseId>("id"));
    if (call.request().uploads.empty()) return invalid("casework.attachment_empty");
    Json items = Json::array();
    for (const auto& upload : call.request().uploads) {
        const auto bytes = TRY(content_of(upload));
        const auto kept =
            TRY(attach(tx, call.vault(), call.actor(), id, upload.file_name(), bytes, call.now()));
        items.push_back({{"id", text(kept)},
                         {"name", upload.file_name()},
                         {"type", type_of(bytes)},
                         {"size", std::ssize(bytes)}});
    }
    return created({{"items", items}});
}

Result<Reply> attached(Call& call, db::Tx& tx) {
    const auto content = TRY(attachment(tx, call.vault(), call.actor(), TRY(call.path<CaseId>("id")),
                                        TRY(call.path<AttachmentId>("attachment"))));
    return Reply{.headers = {{"Content-Type", content.about.type}, {"Cache-Control", "private, no-store"}},
                 .body = content.bytes};
}

Json papers_json(const Call& call, const RiskCase& now) {
    Json out = Json::array();
    for (const auto kind : printable_papers(now))
        out.push_back({{"kind", papers::name_of(kind)}, {"title", papers::title_of(kind, call.language())}});
    return out;
}

Result<Reply> paper_list(Call& call, db::Tx& tx) {
    const auto rules = TRY(rulebook(call));
    const auto file =
        TRY(case_file(tx, call.vault(), call.actor(), rules, TRY(call.path<CaseId>("id")), call.today()));
    return ok({{"items", papers_json(call, file.now)}});
}

/// ID numbers and phones stand masked on it, so that printing is no unmasking.
Result<Reply> printed(Call& call, db::Tx& tx) {
    const auto kind = papers::kind_of(TRY(call.path<std::string>("kind")));
    if (!kind) return not_found("casework.no_such_paper");
    const auto language = TRY(paper_language(call));
    const auto rules = TRY(rulebook(call));
    const auto file =
        TRY(case_file(tx, call.vault(), call.actor(), rules, TRY(call.path<CaseId>("id")), call.today()));
    const auto home = TRY(registry::household(tx, call.vault(), call.actor().scope(Right::cases_read),
                                              file.now.household, call.today()))
                          .household;
    return printed_paper(TRY(paper(file, home, *kind, language, call.today())),
                         std::string(papers::name_of(*kind)) + "-" + file.now.number);
}

Json public_notice(const Call& call, const Notice& notice) {
    return {{"id", text(notice.id)},
            {"village", area_json(call, notice.village)},
            {"posted_on", notice.posted_on.iso()},
            {"last_day", notice.publicity.last_day.iso()},
            {"assumed", notice.publicity.assumed},
            {"open", !notice.over_on && call.today() <= notice.publicity.last_day},
            {"text", notice.text}};
}

Result<Reply> notice_list(Call& call, db::Tx& tx) {
    const auto page = TRY(call.page());
    NoticeQuery query;
    query.area = TRY(call.query<AreaCode>("area")).value_or(call.context().settings.area);
    query.offset = page.offset();
    query.limit = page.size;
    std::int64_t total = 0;
    Json items = Json::array();
    for (const auto& notice : TRY(notices(tx, query, &total))) items.push_back(public_notice(call, notice));
    return ok({{"total", total}, {"items", items}});
}

Result<Reply> object(Call& call) {
    const auto id = TRY(call.path<NoticeId>("id"));
    const Json asked = TRY(body(call));
    const Objection objection{TRY(field<std::string>(asked, "text")),
                              TRY(optional_field<std::string>(asked, "name")).value_or(""),
                              TRY(optional_field<std::string>(asked, "phone")).value_or("")};
    const auto rules = TRY(rulebook(call));
    TRY(object_to(call.database(), call.vault(), rules, id, objection, TRY(field<std::string>(asked, "key")),
                  call.request().peer, call.now()));
    return Reply::empty();
}

constexpr std::array table{
    Route{get, "/api/cases", Right::cases_read, list},
    Route{post, "/api/cases", Right::clues_write, open},
    Route{get, "/api/cases/{id}", Right::cases_read, one},
    Route{post, "/api/cases/{id}/steps", Right::cases_read, take},
    Route{post, "/api/cases/{id}/attachments", Right::cases_read, attach_files},
    Route{get, "/api/cases/{id}/attachments/{attachment}", Right::cases_read, attached},
    Route{get, "/api/cases/{id}/papers", Right::cases_read, paper_list},
    Route{get, "/api/cases/{id}/papers/{kind}", Right::cases_read, printed},
    Route{get, "/api/work", Right::cases_read, work},
    Route{get, "/api/public/notices", Right::anyone, notice_list},
    Route{post, "/api/public/notices/{id}/objections", Right::anyone, object},
};

}  // namespace

const Routes cases_routes = table;

}  // namespace ballast::api
