/// An ordinary case for tests: 2021, a village of Zhaojue, an accident; three members, two of them adults. A
/// test says only what differs.
#pragma once

#include <gtest/gtest.h>

#include "casework/procedure.h"
#include "packs/packs.h"

namespace ballast::casework::testing {

inline Date june(int day) { return Date::from(2021, 6, day).value(); }
inline const AreaCode village = AreaCode::parse("513431100200").value();
inline constexpr AttachmentId photo{1};

inline auth::Actor actor(std::string account, auth::Role role, std::string_view area = "513431") {
    static std::int64_t users = 0;
    return {auth::UserId(++users), account, account, {{role, AreaCode::parse(area).value(), ""}}};
}
inline const auth::Actor officer = actor("chen", auth::Role::village_officer, "513431100200");
inline const auth::Actor committee = actor("ma", auth::Role::village_committee, "513431100200");
inline const auth::Actor township = actor("luo", auth::Role::township_reviewer, "513431100");
inline const auth::Actor clerk = actor("li", auth::Role::county_officer);
inline const auth::Actor leader = actor("wang", auth::Role::county_leader);

inline Visit visit() {
    Visit v;
    v.visited_on = june(2);
    v.investigators = {{"陈秀英", "chen", "village", true}, {"何志强", "", "township", true}};
    v.income = {{"I1", Money::fen(1'500'000)}};
    for (const char* item : {"food", "clothing", "education", "medical", "housing", "water"})
        v.guarantees.push_back({item, "secured", ""});
    v.risks = {"05"};
    v.risk_confirmed = true;
    v.findings = "务工途中车祸";
    v.signed_by_household = v.signed_by_investigators = true;
    v.photos = {photo};
    return v;
}
inline Consent consent() {
    Consent c;
    c.parties = {{1, "", "", "member", "self", "", {photo}}, {2, "", "", "member", "self", "", {photo}}};
    c.items = {"vehicle", "real_estate"};
    c.purpose = "防返贫监测认定";
    c.from = june(2);
    c.to = june(2).plus_months(12);
    c.promise_of_truth = true;
    return c;
}
inline const Hit car{"N3", "hard", 1, "登记有一辆小型轿车", "公安局", {}};
inline Comparison comparison(std::vector<Hit> hits = {}) {
    return {june(4), {1, 2}, {"vehicle"}, std::move(hits), ""};
}
inline Explanation explanation() { return {0, "车已出售，尚未过户", {photo}}; }
inline Judgement judgement(bool accepted = true) { return {0, accepted, "买卖合同属实", true}; }
inline Review review() {
    Review r;
    r.held_on = june(5);
    r.entitled = 30;
    r.present = 24;
    r.votes_for = 20;
    r.votes_against = 2;
    r.abstained = 2;
    r.relatives_present = 1;
    r.comparison_read_out = true;
    r.minutes = "到会代表一致认为该户困难属实";
    r.reason = "不符合条件";
    r.photos = {photo};
    return r;
}
inline Posting posting() { return {june(6), "0834-8321234", "村委会公示栏", {photo}, "", "shown"}; }
inline TakenDown taken_down() { return {june(12), {photo}}; }
inline Objection objection() { return {"该户有存款", "", ""}; }
inline Inquiry inquiry() { return {june(8), "核查后情况与公示一致", true, {photo}}; }
inline TownshipReview township_review() { return {"材料齐全，同意上报", std::nullopt, true}; }
inline Returned returned() { return {{"补充车祸认定书"}}; }
inline Corrected corrected() { return {0, "已补充", {photo}}; }
inline Approval approval() { return {"同意纳入", "marginal", "", "", true}; }
inline Enrolment enrolment() { return {june(13), "", {"05"}, "marginal", {}, {}, ""}; }
inline Reasoned reasoned(std::string why = "") { return {std::move(why), "情况已核实清楚", true, {photo}}; }
inline GreenHelp green_help() {
    return {"房屋倒塌，无处居住", "临时安置并发放口粮", june(2), "镇民政办", {}, {photo}};
}
inline Extension extension() { return {5, "说明疑点需要时间"}; }

/// A case and what is around it; `act` takes a step or says why not.
struct Bench {
    RiskCase now;
    Terms terms;
    Surroundings around;
    Date today = june(2);
    std::string text = "公示";

    Bench() : terms(Terms::in_force(packs::load("casework").value(), village, june(1)).value()) {
        now.village = village;
        now.day_zero = june(1);
        around.members = {{1, 41, "吉克阿依"}, {2, 43, "吉克木呷"}, {3, 9, "吉克伍果"}};
        around.shown = "shown";
        around.has_helper = true;
        around.attachments = {photo};
        around.proposed_category = "marginal";
    }
    Moment moment(const Facts& facts, const auth::Actor& who) const {
        return {now, facts, who, terms, around, today, text};
    }
    Result<const Row*> decide(Action action, const Facts& facts, const auth::Actor& who) const {
        return casework::decide(moment(facts, who), action);
    }
    Result<const Row*> act(Action action, const Facts& facts, const auth::Actor& who, Date on) {
        today = on;
        const Row* row = TRY(decide(action, facts, who));
        Step step;
        step.sequence = static_cast<std::int64_t>(now.steps.size()) + 1;
        step.action = action;
        step.from = now.state;
        step.to = row->to.value_or(now.state);
        if (over(step.to))
            step.reason = row->reason == "*" ? std::get<Reasoned>(facts).why : std::string(row->reason);
        step.on = on;
        step.account = who.account;
        step.facts = facts;
        now = after(std::move(now), step);
        return row;
    }
};

/// The ordinary case, walked until it has come to `state`.
inline Bench case_in(State state) {
    struct Leg {
        State to;
        Action action;
        Facts facts;
        const auth::Actor* who;
        Date on;
    };
    const bool car_found = state == State::explaining;
    const std::vector<Leg> way{
        {State::opened, Action::open, Opened{"线索核实", {"05"}}, &officer, june(1)},
        {State::verified, Action::verify, visit(), &officer, june(2)},
        {State::consented, Action::authorise, consent(), &officer, june(2)},
        {car_found ? State::explaining : State::compared, Action::compare,
         comparison(car_found ? std::vector{car} : std::vector<Hit>{}), &clerk, june(4)},
        {State::reviewed, Action::review, review(), &committee, june(5)},
        {State::publicised, Action::publicise, posting(), &committee, june(6)},
        {State::objected, Action::object, objection(), &committee, june(8)},
        {State::publicised, Action::dismiss_objection, inquiry(), &township, june(8)},
        {State::publicised, Action::end_publicity, taken_down(), &committee, june(12)},
        {State::town_reviewed, Action::township_review, township_review(), &township, june(12)},
        {State::approved, Action::approve, approval(), &leader, june(13)},
        {State::enrolled, Action::enrol, enrolment(), &clerk, june(13)},
    };
    Bench bench;
    for (const auto& leg : way) {
        const bool detour = leg.action == Action::object || leg.action == Action::dismiss_objection;
        if (detour && state != State::objected) continue;
        const auto row = bench.act(leg.action, leg.facts, *leg.who, leg.on);
        INVARIANT(row.has_value() && bench.now.state == leg.to);
        if (leg.to == state) break;
    }
    return bench;
}

}  // namespace ballast::casework::testing
