// Versions of rule sets: drafted, checked, approved by a second person, with a planned start.
#include "api/routes.h"
#include "api/rules_json.h"
#include "rules/fitness.h"

namespace ballast::api {
namespace {

using namespace rules;

Desk desk_of(const Call& call) {
    return {call.vault(), call.actor(), call.packs(), call.today(), call.now()};
}

Json coded(const Call& call, std::string_view kind, std::string_view code) {
    return {{"code", code}, {"label", call.say("rules." + std::string(kind) + "." + std::string(code))}};
}

Json head_json(const Call& call, const Version& version, Stage stage) {
    return {{"id", text(version.id)},
            {"set", version.pack},
            {"area", area_json(call, version.area)},
            {"title", version.title},
            {"authority", version.authority},
            {"from_folder", version.from_folder},
            {"built_in", version.hash.empty()},
            {"stage", coded(call, "stage", name_of(stage))},
            {"starts_on", version.starts_on.iso()},
            {"hash", version.hash},
            {"version", version.version},
            {"at", iso_instant(version.at)},
            {"by", version.name}};
}

/// What this user may do with it now; an approval waits for somebody else where they have had a hand in it.
Json may_json(const Call& call, const VersionFile& file) {
    Json out = Json::array();
    const auto add = [&](Action action, Right right) {
        if (call.actor().scope(right).contains(file.version.area) &&
            after(file.version, action, call.today()))
            out.push_back(name_of(action));
    };
    add(Action::edit, may_draft);
    add(Action::check, may_draft);
    add(Action::discard, may_draft);
    if (!file.had_a_hand) add(Action::approve, may_approve);
    add(Action::give_back, may_approve);
    add(Action::withdraw, may_approve);
    return out;
}

bool is_open(Stage stage) {
    return stage == Stage::draft || stage == Stage::checked || stage == Stage::planned;
}

Result<Json> version_json(const Call& call, const VersionFile& file) {
    const auto& version = file.version;
    Json json = head_json(call, version, file.stage);
    json["may"] = may_json(call, file);
    json["had_a_hand"] = file.had_a_hand;
    json["steps"] = Json::array();
    for (const auto& step : file.steps)
        json["steps"].push_back({{"action", coded(call, "action", name_of(step.action))},
                                 {"note", step.note},
                                 {"by", step.name},
                                 {"at", iso_instant(step.at)}});
    const auto pack = file.pack();
    if (!pack) {
        const std::vector<Error> broken{pack.error()};
        json.update({{"findings", findings_json(call, broken)},
                     {"differences", nullptr},
                     {"rules", Json::array()},
                     {"parameters", Json::array()},
                     {"tables", Json::array()}});
        return json;
    }
    json["findings"] = is_open(file.stage) ? findings_json(call, unfit(version.pack, file.files, call.packs(),
                                                                       version.area, version.starts_on))
                                           : Json::array();
    const auto before = TRY(call.packs().load(version.pack, version.area, version.starts_on.plus_days(-1)));
    json["differences"] = TRY(differences_json(call, *before, *pack));
    json.update(TRY(contents_json(call, *pack, version.area, version.starts_on)));
    return json;
}

Result<Reply> shown(Call& call, db::Tx& tx, VersionId id) {
    return ok(TRY(version_json(call, TRY(version_file(tx, desk_of(call), id)))));
}

Result<Seen> seen_in(const Call& call, const Json& asked) {
    return Seen{TRY(call.path<VersionId>("id")), TRY(field<std::int64_t>(asked, "version"))};
}

Result<NewValue> value_in(const Json& asked) {
    NewValue out;
    out.parameter = TRY(field<std::string>(asked, "parameter"));
    const auto value = Decimal::parse(TRY(field<std::string>(asked, "value")));
    if (!value || *value < Decimal(0)) return invalid("rules.bad_value").with("name", out.parameter);
    out.value = *value;
    out.from = TRY(date_of(asked, "from"));
    out.area = TRY(area_of(asked, "area"));
    out.authority = TRY(field<std::string>(asked, "authority"));
    return out;
}

Result<Reply> list(Call& call, db::Tx& tx) {
    const auto set = TRY(call.query<std::string>("set")).value_or("screening");
    if (!is_rule_set(set)) return not_found("rules.no_such_set");
    Json items = Json::array();
    for (const auto& one : TRY(versions(tx, desk_of(call), set)))
        items.push_back(head_json(call, one.version, one.stage));
    return ok({{"items", items}});
}

Result<Reply> begin(Call& call, db::Tx& tx) {
    const Json asked = TRY(body(call));
    Draft draft;
    draft.pack = TRY(field<std::string>(asked, "set"));
    draft.area = asked.contains("area") ? TRY(area_of(asked, "area")) : call.context().settings.area;
    draft.title = TRY(field<std::string>(asked, "title"));
    draft.authority = TRY(field<std::string>(asked, "authority"));
    draft.starts_on = TRY(date_of(asked, "starts_on"));
    draft.from_shipped = TRY(optional_field<bool>(asked, "from_built_in")).value_or(false);
    if (const auto values = TRY(optional_field<Json>(asked, "values")))
        for (const auto& one : *values) draft.values.push_back(TRY(value_in(one)));
    const auto id = TRY(rules::draft(tx, desk_of(call), draft));
    return created(TRY(version_json(call, TRY(version_file(tx, desk_of(call), id)))));
}

Result<Reply> one(Call& call, db::Tx& tx) { return shown(call, tx, TRY(call.path<VersionId>("id"))); }

Result<Reply> change(Call& call, db::Tx& tx) {
    const Json asked = TRY(body(call));
    const auto seen = TRY(seen_in(call, asked));
    Amendment amendment{TRY(optional_field<std::string>(asked, "title")),
                        TRY(optional_field<std::string>(asked, "authority")),
                        {}};
    if (asked.contains("starts_on")) amendment.starts_on = TRY(date_of(asked, "starts_on"));
    TRY(amend(tx, desk_of(call), seen, amendment));
    return shown(call, tx, seen.id);
}

Result<Reply> put_value(Call& call, db::Tx& tx) {
    const Json asked = TRY(body(call));
    const auto seen = TRY(seen_in(call, asked));
    TRY(set_value(tx, desk_of(call), seen, TRY(value_in(asked))));
    return shown(call, tx, seen.id);
}

Result<Reply> take_value(Call& call, db::Tx& tx) {
    const Json asked = TRY(body(call));
    const auto seen = TRY(seen_in(call, asked));
    TRY(remove_value(tx, desk_of(call), seen, TRY(field<std::string>(asked, "parameter")),
                     TRY(date_of(asked, "from")), TRY(area_of(asked, "area"))));
    return shown(call, tx, seen.id);
}

Result<Reply> table(Call& call, db::Tx& tx) {
    const auto file = TRY(call.path<std::string>("file"));
    const auto version = TRY(version_file(tx, desk_of(call), TRY(call.path<VersionId>("id"))));
    return ok({{"file", file}, {"text", TRY(table_text(version, file))}});
}

Result<Reply> round_trip(Call& call, db::Tx& tx) {
    const auto version = TRY(version_file(tx, desk_of(call), TRY(call.path<VersionId>("id"))));
    auto unchanged = TRY(field<std::string>(TRY(body(call)), "unchanged"));
    const auto file = TRY(call.path<std::string>("file"));
    TRY(table_text(version, file));
    const auto kept = can_be_edited(version, file, std::move(unchanged));
    Json json{{"kept", static_cast<bool>(kept)}, {"says", nullptr}};
    if (!kept) json["says"] = call.say(kept.error().id, kept.error().args);
    return ok(json);
}

Result<Reply> put_the_table(Call& call, db::Tx& tx) {
    const Json asked = TRY(body(call));
    const auto seen = TRY(seen_in(call, asked));
    TRY(put_table(tx, desk_of(call), seen,
                  {TRY(call.path<std::string>("file")), TRY(field<std::string>(asked, "unchanged")),
                   TRY(field<std::string>(asked, "changed"))}));
    return shown(call, tx, seen.id);
}

Result<Reply> check_it(Call& call, db::Tx& tx) {
    const auto seen = TRY(seen_in(call, TRY(body(call))));
    TRY(check(tx, desk_of(call), seen));
    return shown(call, tx, seen.id);
}

Result<Reply> approve_it(Call& call, db::Tx& tx) {
    const auto seen = TRY(seen_in(call, TRY(body(call))));
    TRY(approve(tx, desk_of(call), seen));
    return shown(call, tx, seen.id);
}

Result<Reply> give_it_back(Call& call, db::Tx& tx) {
    const Json asked = TRY(body(call));
    const auto seen = TRY(seen_in(call, asked));
    TRY(give_back(tx, desk_of(call), seen, TRY(field<std::string>(asked, "note"))));
    return shown(call, tx, seen.id);
}

Result<Reply> withdraw_it(Call& call, db::Tx& tx) {
    const Json asked = TRY(body(call));
    const auto seen = TRY(seen_in(call, asked));
    TRY(withdraw(tx, desk_of(call), seen, TRY(field<std::string>(asked, "note"))));
    return shown(call, tx, seen.id);
}

Result<Reply> discard_it(Call& call, db::Tx& tx) {
    const auto seen = TRY(seen_in(call, TRY(body(call))));
    TRY(discard(tx, desk_of(call), seen));
    return shown(call, tx, seen.id);
}

constexpr std::array routes{
    Route{get, "/api/rule-versions", may_read, list},
    Route{post, "/api/rule-versions", may_draft, begin},
    Route{get, "/api/rule-versions/{id}", may_read, one},
    Route{patch, "/api/rule-versions/{id}", may_draft, change},
    Route{put, "/api/rule-versions/{id}/values", may_draft, put_value},
    Route{del, "/api/rule-versions/{id}/values", may_draft, take_value},
    Route{get, "/api/rule-versions/{id}/tables/{file}", may_read, table},
    Route{put, "/api/rule-versions/{id}/tables/{file}", may_draft, put_the_table},
    Route{post, "/api/rule-versions/{id}/tables/{file}/round-trip", may_draft, round_trip},
    Route{post, "/api/rule-versions/{id}/check", may_draft, check_it},
    Route{post, "/api/rule-versions/{id}/approve", may_approve, approve_it},
    Route{post, "/api/rule-versions/{id}/give-back", may_approve, give_it_back},
    Route{post, "/api/rule-versions/{id}/withdraw", may_approve, withdraw_it},
    Route{post, "/api/rule-versions/{id}/discard", may_draft, discard_it},
};

}  // namespace

const Routes rules_versions_routes = routes;

}  // namespace ballast::api
