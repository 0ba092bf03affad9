#include "api/indicators_json.h"

#include <map>

#include "api/warnings_json.h"
#include "registry/people.h"

namespace ballast::api {

using namespace indicators;

FigureDesk::FigureDesk(const Call& call)
    : catalogue(indicators::catalogue(call.context().paths.root + "/packs")),
      desk{call.vault(),   call.division(), call.actor(), *catalogue, call.context().settings.area,
           call.today(), call.now()} {}

Json value_or_null(const Measure& measure, std::int64_t value) {
    return value == absent ? Json(nullptr) : Json(written(measure, value));
}

std::string unit_of(const Desk& desk, const Indicator& indicator) {
    const auto& above = desk.catalogue.figure(indicator.numerator)->measure.unit;
    if (indicator.as == Indicator::As::percent) return "%";
    if (indicator.as == Indicator::As::figure) return above;
    return above + "/" + (indicator.per == 1 ? "" : std::to_string(indicator.per)) + desk.catalogue.figure(indicator.denominator)->measure.unit;
}

namespace {

constexpr std::array<std::string_view, 3> as_names{"figure", "percent", "quotient"};
constexpr std::array<std::string_view, 3> standings{"reached", "missed", "unknown"};

Json good_of(const Indicator& one) {
    if (!one.good) return nullptr;
    return *one.good == Direction::at_least ? "more" : "less";
}

Json figure_json(const Call& call, const indicators::Figure& one) {
    Json parts = Json::array();
    for (const auto& part : one.parts) parts.push_back({{"code", part.value}, {"label", title_of(call, part.title)}});
    return {{"name", one.name},
            {"title", title_of(call, one.title)},
            {"unit", one.measure.unit},
            {"places", one.measure.places},
            {"term", name_of(one.term)},
            {"level", api::name_of(one.level)},
            {"flow", one.flow},
            {"source", name_of(one.source)},
            {"parts", parts}};
}

}  // namespace

Json catalogue_json(const Call& call, const Catalogue& catalogue) {
    Json figures = Json::array(), forms = Json::array(), all = Json::array(), rules = Json::array(), broken = Json::array();
    for (const auto& one : catalogue.figures) figures.push_back(figure_json(call, one));
    for (const auto& one : catalogue.indicators)
        all.push_back({{"name", one.name},
                       {"title", title_of(call, one.title)},
                       {"group", one.group},
                       {"as", as_names[static_cast<std::size_t>(one.as)]},
                       {"numerator", one.numerator},
                       {"denominator", one.denominator.empty() ? Json(nullptr) : Json(one.denominator)},
                       {"term", name_of(catalogue.figure(one.numerator)->term)},
                       {"good", good_of(one)}});
    for (const auto& one : catalogue.forms)
        forms.push_back({{"name", one.name},
                         {"title", title_of(call, one.title)},
                         {"term", name_of(one.term)},
                         {"level", api::name_of(one.level)},
                         {"due_days", one.due_days},
                         {"figures", one.figures}});
    for (const auto& one : catalogue.rules)
        rules.push_back({{"name", one.name},
                         {"title", title_of(call, one.title)},
                         {"law", name_of(one.law)},
                         {"priority", name_of(one.priority)}});
    for (const auto& one : catalogue.findings)
        broken.push_back({{"file", one.file}, {"line", one.line}, {"what", words::say(one.what, call.language())}});
    return {{"figures", figures}, {"indicators", all}, {"forms", forms}, {"rules", rules}, {"broken", broken}};
}

Json reading_json(const Call& call, const Desk& desk, const Reading& reading) {
    const auto& of = *reading.of;
    const auto* below = of.denominator.empty() ? nullptr : desk.catalogue.figure(of.denominator);
    const auto counted = [&](const Measure& measure, const Sum& sum) {
        return reading.hidden ? Json(nullptr) : value_or_null(measure, sum.value);
    };
    const auto& target = reading.target;
    return {{"indicator", of.name},
            {"title", title_of(call, of.title)},
            {"group", of.group},
            {"unit", unit_of(desk, of)},
            {"term", reading.term},
            {"area", area_json(call, reading.area)},
            {"value", reading.value ? Json(reading.value->plain()) : Json(nullptr)},
            {"numerator", counted(desk.catalogue.figure(of.numerator)->measure, reading.numerator)},
            {"denominator", below ? counted(below->measure, reading.denominator) : Json(nullptr)},
            {"hidden", reading.hidden},
            {"reported", reading.numerator.reported},
            {"expected", reading.numerator.expected},
            {"apportioned", reading.numerator.apportioned || reading.denominator.apportioned},
            {"good", good_of(of)},
            {"figure", of.numerator},
            {"counted", desk.catalogue.figure(of.numerator)->source != Source::entered},
            {"target", target ? Json(target->value.plain()) : Json(nullptr)},
            {"target_from", target && target->account.empty() ? Json(target->name) : Json(nullptr)},
            {"direction", target ? Json(indicators::name_of(target->direction)) : Json(nullptr)},
            {"standing", standings[static_cast<std::size_t>(reading.attainment.standing)]},
            {"gap", target && reading.value ? Json(reading.attainment.gap.plain()) : Json(nullptr)},
            {"attained", reading.attainment.percent ? Json(reading.attainment.percent->plain()) : Json(nullptr)}};
}

Result<void> may_list(const Call& call, const Figure& figure, AreaCode area, bool hidden) {
    const auto what = about(figure);
    const auto right = what == "clue"     ? Right::clues_read
                       : what == "case"   ? Right::cases_read
                       : what == "record" ? Right::programmes_read
                                          : Right::registry_read;
    if (!hidden || area.level() == AreaLevel::village || call.actor().may(right)) return {};
    return forbidden("indicators.list_hidden");
}

Result<Json> things_json(Call& call, db::Tx& tx, std::string_view what, const std::vector<Behind>& rows) {
    Json households = Json::object();
    std::map<registry::PersonId, registry::PersonLine> people;
    if (call.actor().may(Right::registry_read) && !rows.empty()) {
        if (what == "household") {
            std::vector<registry::HouseholdId> ids;
            for (const auto& one : rows) ids.emplace_back(one.id);
            households = TRY(household_lines(call, tx, ids));
        } else if (what == "person") {
            std::vector<registry::PersonId> ids;
            for (const auto& one : rows) ids.emplace_back(one.id);
            people = TRY(registry::people(tx, call.vault(), call.actor().scope(Right::registry_read), ids));
        }
    }
    Json out = Json::array();
    for (const auto& one : rows) {
        Json line{{"id", std::to_string(one.id)}, {"area", area_json(call, one.area)}, {"label", ""}};
        if (const auto household = households.find(std::to_string(one.id)); household != households.end())
            line["label"] = household->value("head_name", "");
        if (const auto person = people.find(registry::PersonId(one.id)); person != people.end()) {
            line["label"] = person->second.name;
            line["household"] = text(person->second.household);
        }
        out.push_back(std::move(line));
    }
    return out;
}

Result<AreaCode> asked_area(const Call& call) {
    if (const auto area = TRY(call.query<AreaCode>("area"))) return *area;
    const auto scope = call.actor().scope(Right::indicators_read);
    const auto top = call.context().settings.area;
    if (scope.contains(top) || scope.areas().empty()) return top;
    return scope.areas().front();
}

Result<Date> asked_day(const Call& call) {
    const auto month = TRY(call.query<std::string>("month"));
    if (!month) return Term::of(TermKind::month, call.today()).last();
    return TRY(term_of(TermKind::month, *month)).last();
}

}  // namespace ballast::api
