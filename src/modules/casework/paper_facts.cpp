#include "casework/paper_facts.h"

#include <algorithm>
#include <array>

#include "areas/areas.h"
#include "casework/consent.h"
#include "registry/fields.h"
#include "registry/household_file.h"
#include "words/words.h"

namespace ballast::casework {
namespace {

using H = registry::HouseholdField;
using P = registry::PersonField;

std::string area_name(AreaCode code, AreaLevel level) {
    const auto found = areas::Division::shipped().find(code.at(level));
    return found ? std::string(found->name) : std::string();
}

/// Who set it; of a value that we assume, why it is assumed.
std::string authority_of(const packs::ParameterValue& value) {
    std::string_view said = value.authority;
    if (value.assumed()) said.remove_prefix(std::string_view("assumed").size());
    while (said.starts_with(':') || said.starts_with(' ')) said.remove_prefix(1);
    return std::string(said);
}

papers::Answer answer(const registry::HouseholdValues& values, H field) {
    if (values.yes(field)) return true;
    if (values.no(field)) return false;
    return std::nullopt;
}

template <class Field>
std::string written(const registry::Values<Field>& values, Field field) {
    return registry::written_value(registry::describe(field), values[field]);
}

papers::VisitMember on_the_form(const registry::Member& member) {
    const auto& of = member.values;
    return {.name = of[P::name],
            .id = papers::IdNumber::as_shown(of[P::id_number]),
            .relation = of[P::relation],
            .sex = of[P::sex],
            .ethnic = of[P::ethnic],
            .education = of[P::education],
            .student = of[P::student],
            .health = of[P::health],
            .labour = of[P::labour],
            .work_place = of[P::work_place],
            .medical = of[P::medical],
            .pension = of[P::pension],
            .work_months = written(of, P::work_months),
            .school_or_employer = of.has(P::school) ? of[P::school] : of[P::employer]};
}

papers::VisitIncome on_the_form(const Measured& measured) {
    const registry::Income& of = measured.income;
    return {.window = measured.window,
            .wage = of.wage,
            .production = of.production,
            .production_expense = of.production_expense,
            .property = of.property,
            .transfer = of.transfer,
            .self_paid = of.self_paid,
            .claims = of.claims,
            .net = of.net,
            .deducted = of.deducted,
            .members = of.members,
            .net_per_head = of.net_per_head,
            .deducted_per_head = of.deducted_per_head};
}

/// The question of domain specification 3.7 under which something owned is written down.
std::string_view question_of(std::string_view kind) {
    if (kind == "house" || kind == "shop") return "N2";
    if (kind == "vehicle" || kind == "machinery") return "N3";
    if (kind == "deposit") return "N5";
    return papers::other_assets;
}

}  // namespace

std::optional<papers::Category> paper_category(const std::string& code) {
    const auto category = category_named(code);
    if (!category) return std::nullopt;
    switch (*category) {
        case Category::unstable_ex_poor:
            return papers::Category::unstable_ex_poor;
        case Category::marginal:
            return papers::Category::marginal;
        case Category::sudden_severe:
            return papers::Category::sudden_severe;
    }
    return std::nullopt;
}

PaperFacts::PaperFacts(const CaseFile& file, const registry::Household& home, words::Language language,
                       Date today)
    : file_(file),
      home_(home),
      language_(language),
      matter_{.case_no = file.now.number,
              .household_no = home.household_no,
              .head = home.head() ? home.head()->values[P::name] : "",
              .place = {.county = area_name(home.village, AreaLevel::county),
                        .township = area_name(home.village, AreaLevel::township),
                        .village = areas::everyday_name(area_name(home.village, AreaLevel::village)),
                        .group = home.values[H::group_name]},
              .printed_on = today} {}

std::string PaperFacts::village_committee() const {
    return say("village_committee", {{"village", matter_.place.village}});
}

std::string PaperFacts::township_government() const {
    return say("township_government", {{"township", matter_.place.township}});
}

std::string PaperFacts::say(std::string_view id, const words::Places& places) const {
    return words::say("casework.paper." + std::string(id), language_, places);
}

std::string PaperFacts::shown(Date day) const {
    return language_ == words::Language::zh ? day.chinese() : day.iso();
}

const Step* PaperFacts::last(std::initializer_list<Action> actions) const {
    const auto& steps = file_.now.steps;
    const auto found = std::ranges::find_if(steps.rbegin(), steps.rend(), [&](const Step& step) {
        return std::ranges::find(actions, step.action) != actions.end();
    });
    return found == steps.rend() ? nullptr : &*found;
}

std::optional<Date> PaperFacts::day_of(std::initializer_list<Action> actions) const {
    const Step* step = last(actions);
    return step ? std::optional(step->on) : std::nullopt;
}

papers::Signer PaperFacts::signer(std::initializer_list<Action> actions) const {
    const Step* step = last(actions);
    return step ? papers::Signer{.name = step->name, .day = step->on} : papers::Signer{};
}

std::optional<papers::Parameter<Money>> PaperFacts::line() const {
    if (!file_.measured || !file_.measured->line || !file_.line) return std::nullopt;
    const auto& value = *file_.line->value;
    return papers::Parameter<Money>{*file_.measured->line, value.assumed(), authority_of(value)};
}

// -- the visit -------------------------------------------------------------------------------------------

papers::VisitForm PaperFacts::visit() const {
    papers::VisitForm form{.matter = matter_, .source = file_.now.source, .clue_on = file_.now.day_zero};
    describe_home(form);
    form.risks = file_.now.risks;
    if (file_.now.visit) describe_visit(form, *file_.now.visit);
    return form;
}

void PaperFacts::describe_home(papers::VisitForm& form) const {
    const auto& of = home_.values;
    if (const registry::Member* head = home_.head()) form.phone = head->values[P::phone];
    form.address = of[H::address];
    form.household_kind = of[H::household_kind];
    form.ex_poor_kind = of[H::ex_poor_kind];
    form.low_income = answer(of, H::low_income);
    form.extreme_poverty = answer(of, H::extreme_poverty);
    form.relocated = answer(of, H::relocated);
    form.house_structure = of[H::house_structure];
    form.house_grade = of[H::house_grade];
    form.house_area = written(of, H::house_area);
    form.water_source = of[H::water_source];
    form.water_quality = of[H::water_quality];
    form.land_arable = written(of, H::land_arable);
    form.land_forest = written(of, H::land_forest);
    for (const auto& member : home_.members)
        if (member.active()) form.members.push_back(on_the_form(member));
}

void PaperFacts::describe_visit(papers::VisitForm& form, const Visit& visit) const {
    form.risks = visit.risks;
    form.risk_found = visit.risk_confirmed;
    form.findings = visit.findings;
    form.visited_on = visit.visited_on;
    form.coping = say(visit.self_coping ? "copes" : "does_not_cope");
    if (file_.measured) {
        form.income = on_the_form(*file_.measured);
        form.line = line();
        if (form.line) form.below_line = file_.measured->in_scope();
    }
    if (file_.proposal && file_.proposal->category)
        form.proposed = paper_category(std::string(name_of(*file_.proposal->category)));
    for (const auto& one : visit.guarantees) form.guarantees.push_back({one.item, one.status, one.note});
    for (const auto& one : visit.assets) {
        std::string remark = one.description;
        if (one.value) remark += say("worth", {{"amount", one.value->formatted()}});
        form.assets.push_back({std::string(question_of(one.kind)), true, std::move(remark)});
    }
    for (const auto& one : visit.investigators)
        form.investigators.push_back(
            {.name = one.name, .post = words::say("casework.paper.post." + one.post, language_)});
    for (const auto photo : visit.photos) {
        const auto kept = std::ranges::find(file_.attachments, photo, &Attachment::id);
        form.photos.push_back({.subject = kept == file_.attachments.end() ? "" : kept->name,
                               .file_no = std::to_string(photo.number())});
    }
}

// -- authorisation and review ----------------------------------------------------------------------------

papers::Authorisation PaperFacts::authorisation() const {
    papers::Authorisation out{.matter = matter_, .withdrawal_contact = township_government()};
    const auto of_member = [&](std::int64_t person) {
        const auto found = std::ranges::find_if(
            home_.members, [&](const registry::Member& one) { return one.id.number() == person; });
        return found == home_.members.end() ? nullptr : &*found;
    };
    if (const auto& given = file_.now.consent) {
        out.items = given->items;
        out.purpose = given->purpose;
        out.valid = Period{given->from, given->to};
        const std::optional<Date> day = day_of({Action::authorise});
        for (const auto& party : given->parties) {
            papers::Authoriser adult{.name = party.name, .signed_by = party.signer, .signed_on = day};
            if (const auto* member = party.person ? of_member(*party.person) : nullptr) {
                adult.name = member->values[P::name];
                adult.id = papers::IdNumber::as_shown(member->values[P::id_number]);
                adult.relation = member->values[P::relation];
            } else if (!party.id_number.empty()) {
                adult.id = papers::IdNumber::as_shown(registry::masked_id(party.id_number));
            }
            out.adults.push_back(std::move(adult));
        }
        return out;
    }
    for (const auto& member : file_.around.members) {
        const auto* known = of_member(member.person);
        if (member.age < adult_age || !known) continue;
        out.adults.push_back({.name = member.name,
                              .id = papers::IdNumber::as_shown(known->values[P::id_number]),
                              .relation = known->values[P::relation]});
    }
    return out;
}

papers::Minutes PaperFacts::minutes() const {
    papers::Minutes out{.matter = matter_};
    const Limit& of = file_.terms.limit("review_quorum_denominator");
    out.quorum = papers::Parameter<std::string>{
        say("fraction", {{"numerator", std::to_string(file_.terms.number("review_quorum_numerator"))},
                         {"denominator", std::to_string(of.value)}}),
        of.assumed, of.authority};
    out.majority = papers::Parameter<std::string>{
        say("of_those_present", {{"percent", (file_.terms.share("review_pass_share") * Decimal(100))
                                                 .rounded(0, Rounding::half_up)
                                                 .plain()}}),
        file_.terms.share_assumed("review_pass_share"),
        {}};
    const auto& held = file_.now.review;
    if (!held) return out;
    out.held_on = held->held_on;
    out.at = held->place;
    out.chair = held->chair;
    out.recorder = held->recorder;
    out.entitled = held->entitled;
    out.present = held->present;
    out.votes_for = held->votes_for;
    out.votes_against = held->votes_against;
    out.votes_abstained = held->abstained;
    if (held->relatives_present > 0)
        out.abstaining = {say("relatives", {{"count", std::to_string(held->relatives_present)}})};
    out.comparison_read_out = held->comparison_read_out;
    out.discussion = held->minutes;
    if (file_.now.visit) out.situation = file_.now.visit->findings;
    if (const Step* step = last({Action::review, Action::repeat_review}))
        out.passed = step->to != State::rejected;
    if (file_.proposal && file_.proposal->category)
        out.proposed = paper_category(std::string(name_of(*file_.proposal->category)));
    return out;
}

// -- township and county ---------------------------------------------------------------------------------

papers::CaseSummary PaperFacts::summary() const {
    papers::CaseSummary out{.matter = matter_,
                            .members = home_.active_members(),
                            .line = line(),
                            .risks = file_.now.risks,
                            .steps = steps()};
    if (file_.measured) out.deducted_per_head = file_.measured->income.deducted_per_head;
    if (file_.proposal && file_.proposal->category)
        out.proposed = paper_category(std::string(name_of(*file_.proposal->category)));
    if (file_.now.visit) out.risk_reasons = file_.now.visit->findings;
    return out;
}

std::vector<papers::Step> PaperFacts::steps() const {
    const RiskCase& now = file_.now;
    std::vector<papers::Step> out;
    const auto add = [&](const char* name, Date on, std::initializer_list<Action> by, std::string result) {
        out.push_back({name, on, signer(by).name, std::move(result)});
    };
    if (now.visit)
        add("visit", now.visit->visited_on, {Action::verify},
            say(now.visit->risk_confirmed ? "risk" : "no_risk"));
    if (now.consent)
        add("authorisation", now.consent->from, {Action::authorise},
            say("until", {{"date", shown(now.consent->to)}}));
    if (now.comparison) {
        const std::string count = std::to_string(now.hits.size());
        add("comparison", now.comparison->compared_on, {Action::compare},
            now.hits.empty() ? say("no_hits")
                             : say(now.hits_settled() ? "hits_settled" : "hits", {{"count", count}}));
    }
    if (now.review)
        add("review", now.review->held_on, {Action::review, Action::repeat_review},
            say("votes", {{"for", std::to_string(now.review->votes_for)},
                          {"present", std::to_string(now.review->present)}}));
    if (now.notice) {
        const auto objections = std::ranges::count(now.steps, Action::object, &Step::action);
        add("publicity", now.notice->posted_on, {Action::publicise, Action::restart_publicity},
            objections == 0 ? say("no_objection")
                            : say("objections", {{"count", std::to_string(objections)}}));
    }
    return out;
}

papers::TownshipReview PaperFacts::township_review() const {
    papers::TownshipReview out{.summary = summary()};
    const Step* step = last({Action::township_review, Action::return_township, Action::reject_township});
    if (!step) return out;
    out.handler = {.name = step->name, .day = step->on};
    if (const auto* agreed = std::get_if<TownshipReview>(&step->facts)) {
        out.opinion = papers::Opinion::agreed;
        out.reasons = agreed->opinion;
        out.file_complete = true;
        out.sampled = agreed->sample_visit.has_value();
        if (agreed->sample_visit)
            out.sample_findings =
                shown(agreed->sample_visit->visited_on) + " " + agreed->sample_visit->findings;
    } else if (const auto* returned = std::get_if<Returned>(&step->facts)) {
        out.opinion = papers::Opinion::returned;
        out.file_complete = false;
        for (const auto& item : returned->items) out.missing += (out.missing.empty() ? "" : "\n") + item;
    } else if (const auto* rejected = std::get_if<Reasoned>(&step->facts)) {
        out.opinion = papers::Opinion::rejected;
        out.reasons = rejected->reason;
    }
    return out;
}

papers::CountyApproval PaperFacts::county_approval() const {
    papers::CountyApproval out{.summary = summary()};
    if (const Step* forwarded = last({Action::township_review}))
        if (const auto* agreed = std::get_if<TownshipReview>(&forwarded->facts))
            out.township_opinion = agreed->opinion;
    const Step* step = last({Action::approve, Action::return_county, Action::reject_county});
    if (!step) return out;
    out.handler = {.name = step->name, .day = step->on};
    if (const auto* agreed = std::get_if<Approval>(&step->facts)) {
        out.opinion = papers::Opinion::agreed;
        out.category = paper_category(agreed->category);
        out.reasons = agreed->opinion;
        for (const auto* more : {&agreed->category_reason, &agreed->late_reason})
            if (!more->empty()) out.reasons += "\n" + *more;
    } else if (const auto* returned = std::get_if<Returned>(&step->facts)) {
        out.opinion = papers::Opinion::returned;
        for (const auto& item : returned->items) out.reasons += (out.reasons.empty() ? "" : "\n") + item;
    } else if (const auto* rejected = std::get_if<Reasoned>(&step->facts)) {
        out.opinion = papers::Opinion::rejected;
        out.reasons = rejected->reason;
    }
    return out;
}

// -- what the household is told --------------------------------------------------------------------------

std::vector<std::string> PaperFacts::reasons_to_enrol() const {
    std::vector<std::string> out;
    // What speaks against it was weighed too, but is no reason for it.
    constexpr std::array against{"casework.reason.in_scope.no", "casework.reason.gap.no"};
    if (file_.proposal)
        for (const auto& reason : file_.proposal->reasons)
            if (std::ranges::find(against, reason.id) == against.end())
                out.push_back(words::say(reason.id, language_, reason.args));
    if (file_.now.approval) out.push_back(file_.now.approval->category_reason);
    std::erase(out, "");
    return out;
}

std::vector<std::string> PaperFacts::reasons_told() const {
    std::vector<std::string> out;
    if (!file_.now.reason.empty()) out.push_back(words::say("casework.end." + file_.now.reason, language_));
    if (file_.now.steps.empty()) return out;
    const Facts& ended = file_.now.steps.back().facts;
    if (const auto* reasoned = std::get_if<Reasoned>(&ended)) out.push_back(reasoned->reason);
    if (const auto* review = std::get_if<Review>(&ended)) out.push_back(review->reason);
    std::erase(out, "");
    return out;
}

}  // namespace ballast::casework
