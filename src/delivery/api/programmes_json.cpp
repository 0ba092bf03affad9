#include "api/programmes_json.h"

#include <algorithm>

namespace ballast::api {

using namespace programmes;

std::string title_of(const Call& call, const Title& title) {
    return call.language() == words::Language::zh ? title.zh : title.en;
}

namespace {

template <class Coded>
Json coded(const Call& call, const Coded& one, std::string_view code) {
    return {{"code", code}, {"label", title_of(call, one.title)}};
}
Json bound_of(const std::optional<std::int64_t>& n) { return n ? Json(*n) : Json(nullptr); }
Json iso_or_null(const std::optional<Date>& day) { return day ? Json(day->iso()) : Json(nullptr); }

Json choices_json(const Call& call, const std::vector<Choice>& choices) {
    Json out = Json::array();
    for (const auto& one : choices) out.push_back(coded(call, one, one.value));
    return out;
}

Json field_json(const Call& call, const Field& field) {
    return {{"name", field.name},
            {"title", title_of(call, field.title)},
            {"type", programmes::name_of(field.type)},
            {"required", field.required},
            {"sealed", field.sealed},
            {"unit", field.unit},
            {"least", bound_of(field.least)},
            {"most", bound_of(field.most)},
            {"not_future", field.not_future},
            {"choices", choices_json(call, field.choices)}};
}

Json step_json(const Call& call, const Step& step) {
    return {{"action", step.action},
            {"title", title_of(call, step.title)},
            {"from", step.from},
            {"to", step.to},
            {"by", programmes::name_of(step.by)},
            {"needs", step.needs},
            {"asks", step.asks},
            {"note", step.note}};
}

Json register_json(const Call& call, const Register& one) {
    Json fields = Json::array(), states = Json::array(), steps = Json::array();
    for (const auto& field : one.fields) fields.push_back(field_json(call, field));
    for (const auto& state : one.states) states.push_back(coded(call, state, state.name));
    for (const auto& step : one.steps) steps.push_back(step_json(call, step));
    return {{"name", one.name},
            {"title", title_of(call, one.title)},
            {"about", programmes::name_of(one.about)},
            {"named", has_name(one.about) && one.parent.empty()},
            {"parent", one.parent.empty() ? Json(nullptr) : Json(one.parent)},
            {"fields", fields},
            {"states", states},
            {"steps", steps}};
}

Json activity_kind_json(const Call& call, const ActivityKind& kind) {
    Json items = Json::array();
    for (const auto& item : kind.items)
        items.push_back({{"name", item.name}, {"title", title_of(call, item.title)}, {"most", item.most}});
    return {{"name", kind.name},         {"title", title_of(call, kind.title)},
            {"people", kind.people},     {"photo", kind.photo},
            {"on", kind.on.empty() ? Json(nullptr) : Json(kind.on)}, {"items", items},
            {"highest", kind.highest()}};
}

Json figure_json(const Call& call, const Figure& figure) {
    return {{"title", title_of(call, figure.title)},
            {"value", figure.value.plain()},
            {"unit", figure.unit},
            {"qualifier", figure.qualifier},
            {"as_of", figure.as_of},
            {"scope", figure.scope},
            {"source", figure.source},
            {"definition_known", figure.definition_known},
            {"derived", figure.derived}};
}

Json outlines_json(const Call& call, const Programme& programme) {
    Json out = Json::array();
    for (const auto& one : programme.outlines) {
        Json branches = Json::array();
        for (const auto& branch : one.branches) {
            Json items = Json::array();
            for (const auto& item : branch.items) {
                Json registers = Json::array();
                for (const auto& name : item.registers)
                    if (const auto* kind = programme.find_register(name)) registers.push_back(coded(call, *kind, name));
                items.push_back({{"title", title_of(call, item.title)}, {"registers", registers}});
            }
            branches.push_back({{"number", branch.number},
                                {"known", branch.known},
                                {"title", title_of(call, branch.title)},
                                {"items", items}});
        }
        out.push_back({{"title", title_of(call, one.title)}, {"source", one.source}, {"branches", branches}});
    }
    return out;
}

Json values_json(const Register& of, const Values& values) {
    Json out = Json::object();
    for (const auto& [name, value] : values)
        if (const auto* field = of.field(name)) out[name] = shown(*field, value);
    return out;
}

bool overdue(const Register& kind, const Record& record, Date today) {
    const auto due = record.values.find(kind.due);
    return due != record.values.end() && due->second < today.iso();
}

}  // namespace

Json declared_json(const Call& call, const Programme& programme) {
    Json registers = Json::array(), kinds = Json::array(), contract_kinds = Json::array(), project_kinds = Json::array();
    Json figures = Json::array();
    for (const auto& one : programme.registers) registers.push_back(register_json(call, one));
    for (const auto& one : programme.activities) kinds.push_back(activity_kind_json(call, one));
    for (const auto& one : programme.contracts) contract_kinds.push_back(coded(call, one, one.name));
    for (const auto& one : programme.projects)
        project_kinds.push_back({{"name", one.name},
                                 {"title", title_of(call, one.title)},
                                 {"sources", choices_json(call, one.sources)}});
    for (const auto& one : programme.figures) figures.push_back(figure_json(call, one));
    Json fee;
    if (programme.fee)
        fee = {{"title", title_of(call, programme.fee->title)}, {"items", choices_json(call, programme.fee->items)}};
    return {{"name", programme.pack.name},
            {"title", title_of(call, {programme.pack.title.zh, programme.pack.title.en})},
            {"issuer", programme.pack.issuer},
            {"document", title_of(call, {programme.pack.document.zh, programme.pack.document.en})},
            {"valid_from", programme.pack.valid_from.iso()},
            {"hash", programme.pack.hash},
            {"registers", registers},
            {"activities", kinds},
            {"contracts", contract_kinds},
            {"projects", project_kinds},
            {"fee", fee},
            {"figures", figures},
            {"outlines", outlines_json(call, programme)}};
}

Json finding_json(const Call& call, const Finding& finding) {
    return {{"file", finding.file},
            {"line", finding.line},
            {"what", words::say(finding.what, call.language())}};
}

Json record_json(const Call& call, const Programme& programme, const Record& record, const std::string& about) {
    const auto& kind = *programme.find_register(record.kind);
    const auto* state = kind.state(record.state);
    return {{"id", text(record.id)},
            {"register", record.kind},
            {"area", area_json(call, record.area)},
            {"about", about},
            {"household", record.household ? Json(text(*record.household)) : Json(nullptr)},
            {"parent", record.parent ? Json(text(*record.parent)) : Json(nullptr)},
            {"state", state ? coded(call, *state, state->name) : Json(nullptr)},
            {"live", record.live},
            {"overdue", record.live && overdue(kind, record, call.today())},
            {"version", record.version},
            {"entered_on", civil_date(record.at).iso()},
            {"by", record.account},
            {"values", values_json(kind, record.values)}};
}

Json change_json(const Call& call, const Register& of, const Change& change) {
    std::string title = call.say("programmes.action." + change.action);
    for (const auto& step : of.steps)
        if (step.action == change.action) title = title_of(call, step.title);
    const auto* to = of.state(change.to);
    return {{"version", change.version},
            {"action", title},
            {"to", to ? Json(title_of(call, to->title)) : Json(nullptr)},
            {"on", civil_date(change.at).iso()},
            {"by", change.name.empty() ? change.account : change.name},
            {"note", change.note},
            {"before", values_json(of, change.before)},
            {"after", values_json(of, change.after)}};
}

Json activity_json(const Call& call, const Programme& programme, const Activity& activity) {
    const auto* kind = programme.activity(activity.kind);
    Json photos = Json::array(), points = Json::object();
    for (const auto id : activity.photos) photos.push_back(text(id));
    for (const auto& [item, n] : activity.points) points[item] = n;
    return {{"id", text(activity.id)},
            {"kind", {{"code", activity.kind}, {"label", kind ? title_of(call, kind->title) : activity.kind}}},
            {"area", area_json(call, activity.area)},
            {"record", activity.record ? Json(text(*activity.record)) : Json(nullptr)},
            {"on", activity.on.iso()},
            {"venue", activity.venue},
            {"people", bound_of(activity.people)},
            {"score", bound_of(activity.score)},
            {"pass_score", bound_of(activity.pass_score)},
            {"highest", kind && !kind->items.empty() ? Json(kind->highest()) : Json(nullptr)},
            {"passed", activity.pass_score ? Json(activity.passed()) : Json(nullptr)},
            {"points", points},
            {"note", activity.note},
            {"proven", !kind || proven(*kind, activity)},
            {"photos", photos},
            {"by", activity.name.empty() ? activity.account : activity.name}};
}

Json contract_json(const Call& call, const Programme& programme, const ContractLine& line) {
    const auto& one = line.contract;
    const auto* kind = programme.contract(one.kind);
    return {{"id", text(one.id)},
            {"kind", {{"code", one.kind}, {"label", kind ? title_of(call, kind->title) : one.kind}}},
            {"area", area_json(call, one.area)},
            {"party", one.party},
            {"scope", one.scope},
            {"payer", one.payer},
            {"price_fen", one.price.fen()},
            {"begins_on", one.begins_on.iso()},
            {"ends_on", one.ends_on.iso()},
            {"ended_on", iso_or_null(one.ended_on)},
            {"days_left", one.ends_on - call.today()},
            {"mark", programmes::name_of(line.mark)},
            {"assumed", line.assumed},
            {"may_end", line.may_end},
            {"version", one.version}};
}

Json project_json(const Call& call, const Programme& programme, const Project& project) {
    const auto* kind = programme.project(project.kind);
    Json funds = Json::array();
    for (const auto& [source, amount] : project.funds) {
        std::string label = source;
        if (kind)
            for (const auto& one : kind->sources)
                if (one.value == source) label = title_of(call, one.title);
        funds.push_back({{"source", {{"code", source}, {"label", label}}}, {"fen", amount.fen()}});
    }
    return {{"id", text(project.id)},
            {"title", project.title},
            {"kind", {{"code", project.kind}, {"label", kind ? title_of(call, kind->title) : project.kind}}},
            {"area", area_json(call, project.area)},
            {"begins_on", project.begins_on.iso()},
            {"ends_on", project.ends_on.iso()},
            {"funds", funds},
            {"total_fen", project.total().fen()}};
}

Json fee_json(const Call& call, const Programme& programme, const Fee& fee) {
    const auto& s = fee.scheme;
    Json items = Json::array();
    for (const auto& one : programme.fee->items)
        if (std::find(s.items.begin(), s.items.end(), one.value) != s.items.end())
            items.push_back(coded(call, one, one.value));
    return {{"id", text(fee.id)},
            {"village", area_json(call, s.village)},
            {"items", items},
            {"amount_fen", s.amount.fen()},
            {"period", {{"code", programmes::name_of(*s.period)},
                        {"label", call.say("programmes.fee_period." + std::string(programmes::name_of(*s.period)))}}},
            {"persons", s.persons},
            {"exempt", s.exempt},
            {"paying", fee.due.paying},
            {"a_period_fen", fee.due.a_period.fen()},
            {"periods", fee.due.periods},
            {"whole_fen", fee.due.whole.fen()},
            {"present", s.present},
            {"in_favour", s.in_favour},
            {"approved_on", s.approved_on.iso()},
            {"from", s.from.iso()},
            {"to", s.to.iso()},
            {"assumed", fee.assumed},
            {"income_fen", fee.income.fen()},
            {"expense_fen", fee.expense.fen()}};
}

Desk desk_of(const Call& call) {
    return {call.vault(), call.division(), call.actor(), call.today(), call.now()};
}

Result<std::shared_ptr<const Programme>> programme_of(const Call& call) {
    auto found = TRY(programmes::programme(call.context().paths.root + "/packs", TRY(call.path<std::string>("programme"))));
    if (!holds_here(call, *found)) return not_found("programmes.no_such_programme").with("name", found->pack.name);
    return found;
}

bool holds_here(const Call& call, const Programme& programme) {
    const auto here = call.context().settings.area;
    return std::ranges::any_of(programme.pack.areas, [&](AreaCode area) { return area.contains(here) || here.contains(area); });
}

Result<Values> values_of(const Json& asked) {
    Values out;
    const auto given = TRY(optional_field<Json>(asked, "values"));
    if (!given) return out;
    if (!given->is_object()) return invalid("http.wrong_type").with("name", "values");
    for (const auto& [name, value] : given->items()) {
        if (!value.is_string()) return invalid("http.wrong_type").with("name", "values");
        out[name] = value.get<std::string>();
    }
    return out;
}

}  // namespace ballast::api
