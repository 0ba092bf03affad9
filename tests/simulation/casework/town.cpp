#include "town.h"

#include <algorithm>

#include "casework/case_testing.h"
#include "casework/facts_json.h"
#include "registry/editing.h"
#include "registry/household_file.h"
#include "registry/import.h"

namespace ballast::simulation {

using namespace casework;
using auth::Right;
using auth::Role;
using registry::testing::zhaojue;

namespace {

constexpr std::size_t households_of_a_village = 10;

std::vector<std::vector<std::string>> members_of(const std::string& number, int n) {
    const auto id = [&](int year, int sequence) {
        return registry::testing::id_of(registry::testing::day(year + n / 12, 1 + n % 12, 3), sequence);
    };
    const std::string family = std::string(n % 2 ? "吉克·" : "沙马·");
    return {{number, family + "阿依", id(1980, 12), "户主"},
            {number, family + "木果", id(1979, 11), "配偶"},
            {number, family + "伍加", id(2016, 44), "之子"}};
}

}  // namespace

Town::Town(db::Database& database, std::uint64_t seed) : database_(database), rng_(seed) {
    const auto& division = areas::Division::shipped();
    const auto towns = division.children(zhaojue);
    const auto first = division.children(towns[0].code), second = division.children(towns[1].code);
    villages_ = {first[0].code, first[1].code, second[0].code};
    std::int64_t users = 0;
    const auto engage = [&](std::string account, std::vector<auth::Actor::Grant> grants) {
        people_.push_back({auth::UserId(++users), account, account, std::move(grants)});
    };
    for (std::size_t i = 0; i < villages_.size(); ++i) {
        engage("officer" + std::to_string(i), {{Role::village_officer, villages_[i], ""}});
        engage("committee" + std::to_string(i), {{Role::village_committee, villages_[i], ""}});
    }
    for (int i = 0; i < 2; ++i)
        engage("town" + std::to_string(i),
               {{Role::township_reviewer, towns[static_cast<std::size_t>(i)].code, ""}});
    engage("both", {{Role::village_officer, villages_[0], ""}, {Role::township_reviewer, towns[0].code, ""}});
    engage("leader", {{Role::county_leader, zhaojue, ""}});
    engage("county", {{Role::county_officer, zhaojue, ""}});
    engage("climber", {{Role::township_reviewer, towns[1].code, ""}, {Role::county_leader, zhaojue, ""}});
    engage("auditor", {{Role::auditor, zhaojue, ""}});
    engage("clerk", {{Role::department_clerk, zhaojue, "medical_insurance"}});

    registry::testing::Folder files;
    std::vector<std::vector<std::string>> homes, members;
    for (std::size_t i = 0; i < villages_.size() * households_of_a_village; ++i) {
        const std::string number = "51343100" + std::to_string(10 + i);
        homes.push_back(
            {number, villages_[i % villages_.size()].digits(), i % 4 == 0 ? "脱贫户" : "一般农户", "三组"});
        for (auto& one : members_of(number, static_cast<int>(i))) members.push_back(std::move(one));
    }
    const auto book = registry::testing::write_book(
        files, "册.xlsx",
        {{"户信息", {"户编号", "行政村代码", "农户类型", "村民小组"}, homes, ""},
         {"成员信息", {"户编号", "姓名", "证件号码", "与户主关系"}, members, ""}});
    const auto import = must(registry::receive(database_, *vault_, system_, {zhaojue, "册", "建档", today_},
                                               {{book, "册.xlsx"}}, today_, now()));
    must(registry::apply(database_, *vault_, system_, import, now()));
    for (const auto& home : homes)
        households_.push_back(must(database_.read([&](db::Tx& tx) {
            return registry::household_numbered(tx, auth::Scope({zhaojue}), zhaojue, home[0]);
        })));
}

Instant Town::now() { return Instant{today_.days() * 86'400'000LL + 3'600'000LL + 1'000LL * ++of_the_day_}; }

void Town::year(int attempts_a_day) {
    for (const Date end = today_.plus_days(365); today_ < end; today_ = today_.plus_days(1)) {
        of_the_day_ = 0;
        for (int i = 0; i < attempts_a_day; ++i) attempt();
    }
}

void Town::attempt() {
    ++tried_;
    const std::array weights{8.0, 10.0, 8.0, 64.0, 3.0, 1.0, 6.0};
    switch (rng_.weighted(weights)) {
        case 0:
            return tell();
        case 1:
            return move_clue();
        case 2:
            return open();
        case 3:
            return step();
        case 4:
            return object();
        case 5:
            return move_house();
        default:
            return look();
    }
}

// -- clues -----------------------------------------------------------------------------------------------

void Town::tell() {
    const auto& who = anybody();
    Report report;
    report.county = zhaojue;
    report.source = any(all_sources());
    report.channel = any(sources()[static_cast<std::size_t>(report.source)].channels);
    report.risks = any(risk_types).code;
    report.told.text = "生活困难";
    report.told.teller = "neighbour";
    if (rng_.chance(0.75))
        report.household = any(households_);
    else
        report.told.name = rng_.chance(0.5) ? "无此人" : "吉克阿依";
    report.key = key();
    const auto terms = must(clue_terms("", zhaojue, today_));
    const auto told = database_.write([&](db::Tx& tx) { return receive(tx, desk(who), terms, report); });
    if (!told) return refused(told.error());
    ++done_["tell"];
    EXPECT_TRUE(who.may(Right::clues_write));
    if (!told->joined) clues_.push_back(told->clue);
}

void Town::move_clue() {
    if (clues_.empty()) return;
    const auto id = rng_.chance(0.7)
                        ? clues_[clues_.size() - 1 - rng_.below(std::min<std::size_t>(clues_.size(), 8))]
                        : any(clues_);
    const auto before = must(database_.read([&](db::Tx& tx) { return load_clue(tx, system_, id); }));
    // Mostly somebody who may.
    const auto& who = rng_.chance(0.5) ? who_may(Action::verify, before.area) : anybody();
    ClueOrder order;
    order.action = rng_.chance(0.6) ? ClueAction::begin : any(all_clue_actions());
    order.village = any(villages_);
    order.household = any(households_);
    if (rng_.chance(0.3)) order.duplicate_of = any(clues_);
    static const std::vector<std::string> reasons{
        "no_risk",         "duplicate",    "resolved_on_spot", "not_rural_household",
        "refused_consent", "false_report", "merged_into_case", ""};
    order.reason = any(reasons);
    if (rng_.chance(0.8)) order.note = "已核实";
    const std::int64_t version = before.version - (rng_.chance(0.1) ? 1 : 0);
    const auto moved =
        database_.write([&](db::Tx& tx) { return act(tx, desk(who), id, version, key(), order); });
    if (!moved) {
        const auto still = must(database_.read([&](db::Tx& tx) { return load_clue(tx, system_, id); }));
        EXPECT_EQ(still.version, before.version) << moved.error().id;
        return refused(moved.error());
    }
    EXPECT_EQ(version, before.version);
    EXPECT_TRUE(who.scope(Right::clues_write).contains(before.area) ||
                who.scope(Right::clues_dispatch).contains(before.area));
    ++done_["clue." + std::string(name_of(order.action))];
}

void Town::open() {
    if (clues_.empty()) return;
    const auto looked_into = must(database_.read([&](db::Tx& tx) {
        return clues(tx, system_, {ClueState::verifying, {}, "", {}, {}, false, false, 0, 200}, today_,
                     nullptr);
    }));
    const auto id = looked_into.empty() || rng_.chance(0.2) ? any(clues_) : any(looked_into).id;
    const auto clue = must(database_.read([&](db::Tx& tx) { return load_clue(tx, system_, id); }));
    const auto& who = rng_.chance(0.7) ? who_may(Action::verify, clue.area) : anybody();
    const auto opened = database_.write([&](db::Tx& tx) {
        return open_case(tx, *vault_, who, rules_, {id, "可能有风险", {}, key()}, now());
    });
    if (!opened) return refused(opened.error());
    EXPECT_EQ(clue.state, ClueState::verifying);
    EXPECT_TRUE(who.scope(Right::clues_write).contains(clue.area));
    cases_.push_back(*opened);
    ++done_["open"];
}

// -- cases -----------------------------------------------------------------------------------------------

const auth::Actor& Town::who_may(Action action, AreaCode village) {
    const auto row = std::ranges::find(procedure(), action, &Row::action);
    std::vector<const auth::Actor*> some;
    for (const auto& one : people_)
        if (row->who == Right::anyone || one.scope(row->who).contains(village)) some.push_back(&one);
    return some.empty() ? anybody() : *any(some);
}

CaseFile Town::file(CaseId id) {
    return must(
        database_.read([&](db::Tx& tx) { return case_file(tx, *vault_, system_, rules_, id, today_); }));
}

/// The forms of case_testing.h, about these people today, now and then with a slip of the pen.
std::string Town::form_for(Action action, const CaseFile& file, const auth::Actor& who, AttachmentId photo) {
    namespace forms = casework::testing;
    const bool slip = rng_.chance(0.12);
    const Date day = slip && rng_.chance(0.5) ? today_.plus_days(rng_.between(-30, 3)) : today_;
    const Attachments photos = slip && rng_.chance(0.3) ? Attachments{} : Attachments{photo};
    const auto declares = !slip || rng_.chance(0.7);
    const auto reasoned = [&] {
        static const std::vector<std::string> whys{"no_risk", "resolved_on_spot", "moved_away", "watch_list",
                                                   "nonsense"};
        Reasoned r = forms::reasoned(action == Action::close ? any(whys) : "");
        r.proof = photos;
        r.no_relation = declares;
        if (slip && rng_.chance(0.3)) r.reason.clear();
        return r;
    };
    const auto form = [&]() -> Facts {
        switch (action) {
            case Action::verify: {
                Visit v = forms::visit();
                v.visited_on = day;
                v.investigators = {{who.name, who.account, "village", declares},
                                   {"何志强", "", "township", true}};
                if (slip && rng_.chance(0.3)) v.investigators.pop_back();
                if (rng_.chance(0.1)) v.investigators.push_back({"town0", "town0", "township", true});
                v.photos = photos;
                return v;
            }
            case Action::authorise: {
                Consent c = forms::consent();
                c.parties.clear();
                for (const auto& one : file.around.members)
                    if (one.age >= 18)
                        c.parties.push_back({one.person, "", "", "member", "self", "", photos});
                if (slip && rng_.chance(0.3)) c.parties.pop_back();
                c.from = day;
                c.to = day.plus_days(rng_.between(2, 360));
                return c;
            }
            case Action::compare: {
                Comparison c =
                    forms::comparison(rng_.chance(0.3) ? std::vector{forms::car} : std::vector<Hit>{});
                c.compared_on = day;
                c.persons.clear();
                for (const auto& one : file.around.members)
                    if (one.age >= (slip ? 0 : 18)) c.persons.push_back(one.person);
                for (auto& hit : c.hits)
                    hit.person = c.persons.empty() ? std::nullopt : std::optional(c.persons[0]);
                if (slip && rng_.chance(0.3)) c.items = {"deposits"};
                return c;
            }
            case Action::explain:
                return Explanation{0, "车已出售，尚未过户", photos};
            case Action::judge:
            case Action::judge_county: {
                Judgement j = forms::judgement(rng_.chance(0.8));
                j.no_relation = declares;
                return j;
            }
            case Action::review: {
                Review r = forms::review();
                r.held_on = day;
                r.photos = photos;
                if (rng_.chance(0.1)) std::swap(r.votes_for, r.votes_against);
                if (slip && rng_.chance(0.3)) r.present = 12;
                return r;
            }
            case Action::publicise: {
                Posting p = forms::posting();
                p.posted_on = day;
                p.photos = photos;
                return p;
            }
            case Action::end_publicity:
                return TakenDown{day, photos};
            case Action::object:
                return forms::objection();
            case Action::dismiss_objection:
            case Action::restart_publicity:
            case Action::repeat_review:
                return Inquiry{day, "核查后情况与公示一致", declares, photos};
            case Action::township_review: {
                TownshipReview r = forms::township_review();
                r.no_relation = declares;
                if (file.around.sample_due && !slip) r.sample_visit = SampleVisit{day, "属实"};
                return r;
            }
            case Action::return_township:
            case Action::return_county:
                return forms::returned();
            case Action::correct: {
                const auto& list = file.now.corrections;
                const auto open = std::ranges::find_if(list, [](const Correction& c) { return !c.note; });
                return Corrected{open - list.begin(), "已补充", photos};
            }
            case Action::approve: {
                Approval a = forms::approval();
                a.category = file.around.proposed_category.value_or("marginal");
                a.category_reason = "综合研判";
                if (!slip) a.late_reason = "道路中断";
                a.no_relation = declares;
                return a;
            }
            case Action::enrol: {
                Enrolment e = forms::enrolment();
                e.identified_on = day;
                e.helper = "周德明";
                return e;
            }
            case Action::green_help: {
                GreenHelp g = forms::green_help();
                g.helped_on = day;
                g.proof = photos;
                return g;
            }
            case Action::extend:
                return Extension{rng_.between(-1, 40), "说明疑点需要时间"};
            default:
                return reasoned();
        }
    };
    return to_json(form(), Show::whole);
}

void Town::step() {
    if (cases_.empty()) return;
    const auto id = rng_.chance(0.8)
                        ? cases_[cases_.size() - 1 - rng_.below(std::min<std::size_t>(cases_.size(), 12))]
                        : any(cases_);
    const auto before = file(id);
    const auto next = awaited(before.now, before.terms);
    std::vector<Action> fitting;
    for (const auto& row : procedure())
        if (row.from.contains(before.now.state)) fitting.push_back(row.action);
    const double luck = rng_.uniform();
    const Action action = next && luck < 0.6                ? next->action
                          : !fitting.empty() && luck < 0.85 ? any(fitting)
                                                            : any(all_actions());
    const auto& who = rng_.chance(0.8) ? who_may(action, before.now.village) : anybody();
    AttachmentId photo(1);  // of another case, unless it is taken now
    const auto kept = database_.write(
        [&](db::Tx& tx) { return attach(tx, *vault_, who, id, "门前.jpg", "\xFF\xD8\xFF photo", now()); });
    if (kept) {
        photo = *kept;
        ++attached_;
    }
    const std::int64_t version = before.now.version - (rng_.chance(0.05) ? 1 : 0);
    const auto form = action == Action::open ? std::string("{}") : form_for(action, before, who, photo);
    const Order order{action, form, version, key()};
    const auto taken_now = take_step(database_, *vault_, who, rules_, id, order, now());
    if (!taken_now) {
        EXPECT_EQ(file(id).now.version, before.now.version) << taken_now.error().id;
        return refused(taken_now.error());
    }
    EXPECT_EQ(version, before.now.version);
    taken(action, before, id);
    // Sent twice, done once.
    EXPECT_EQ(must(take_step(database_, *vault_, who, rules_, id, order, now())), *taken_now);
}

/// Judged by the law as written in the specification, not by the program's guards.
void Town::taken(Action action, const CaseFile& before, CaseId id) {
    ++done_[std::string(name_of(action))];
    const auto after = file(id).now;
    EXPECT_EQ(after.version, before.now.version + 1);
    EXPECT_FALSE(over(before.now.state)) << "a case that is over moved on by " << name_of(action);
    if (action == Action::township_review || action == Action::end_publicity) {
        // Five whole days between the posting and today.
        EXPECT_GE(today_ - before.now.notice->posted_on, 6) << name_of(action) << " of " << after.number;
    }
    if (action == Action::township_review) {
        EXPECT_TRUE(before.now.taken_down.has_value());
    }
    if (action == Action::object) {
        EXPECT_LE(today_ - before.now.notice->posted_on, 5);
    }
    if (action == Action::compare) {
        EXPECT_TRUE(before.now.consent && !before.now.consent_withdrawn);
        EXPECT_LE(before.now.consent->from, today_);
        EXPECT_GE(before.now.consent->to, today_);
    }
}

void Town::object() {
    std::int64_t total = 0;
    const auto hanging = must(database_.read([&](db::Tx& tx) {
        return notices(tx, {zhaojue, rng_.chance(0.3), 0, 50}, &total);
    }));
    if (hanging.empty()) return;
    const auto& notice = any(hanging);
    const auto before = file(notice.risk_case);
    const auto done = object_to(database_, *vault_, rules_, notice.id, {"该户有存款", "", ""}, key(),
                                "10.0.0." + std::to_string(rng_.below(200)), now());
    if (!done) return refused(done.error());
    EXPECT_FALSE(notice.over_on);
    taken(Action::object, before, notice.risk_case);
}

/// The register changes meanwhile: what the notice shows is no longer so.
void Town::move_house() {
    const auto id = any(households_);
    const auto& who = anybody();
    const auto home = must(database_.read([&](db::Tx& tx) {
                          return registry::household(tx, *vault_, auth::Scope({zhaojue}), id, today_);
                      })).household;
    registry::Entry entry;
    entry.edits = {{{}, "group_name", rng_.chance(0.5) ? "三组" : "四组"}};
    entry.source = "搬家";
    entry.since = today_;
    const auto changed = database_.write([&](db::Tx& tx) {
        return registry::change(tx, *vault_, who, id, home.version, entry, today_, now());
    });
    if (!changed) return refused(changed.error());
    ++done_["move_house"];
}

/// Nobody reads what lies outside of their areas.
void Town::look() {
    const auto& who = anybody();
    const auto scope = who.scope(Right::cases_read);
    CaseQuery query;
    query.mine = rng_.chance(0.5);
    query.limit = 500;
    CaseCounts counts;
    const auto list = must(database_.read([&](db::Tx& tx) { return cases(tx, who, query, &counts); }));
    EXPECT_EQ(counts.total, std::ssize(list));
    for (const auto& one : list) EXPECT_TRUE(scope.contains(one.village));
    if (!cases_.empty()) {
        const auto id = any(cases_);
        const bool theirs = scope.contains(file(id).now.village);
        const auto seen =
            database_.read([&](db::Tx& tx) { return case_file(tx, *vault_, who, rules_, id, today_); });
        EXPECT_EQ(seen.has_value(), theirs);
        if (!seen) {
            EXPECT_EQ(seen.error().id, "casework.no_such_case");
        }
    }
    ClueQuery asked;
    asked.any_state = true;
    asked.limit = 500;
    for (const auto& one :
         must(database_.read([&](db::Tx& tx) { return clues(tx, who, asked, today_, nullptr); })))
        EXPECT_TRUE(who.scope(Right::clues_read).contains(one.area));
    ++done_["look"];
}

std::string Town::told() const {
    std::string out = std::to_string(tried_) + " attempts, " + std::to_string(clues_.size()) + " clues, " +
                      std::to_string(cases_.size()) + " cases\ndone:";
    for (const auto& [what, n] : done_) out += " " + what + " " + std::to_string(n);
    out += "\nrefused:";
    for (const auto& [what, n] : refusals_) out += " " + what + " " + std::to_string(n);
    return out;
}

}  // namespace ballast::simulation
