// What holds of every clue and case, whatever was tried.
#include <algorithm>
#include <set>

#include "audit/audit.h"
#include "town.h"

namespace ballast::simulation {

using namespace casework;

namespace {

/// What was recorded about an object, the oldest first, without those that tell of no step.
std::vector<std::string> recorded(db::Database& database, const std::string& object,
                                  const std::set<std::string>& besides) {
    std::vector<std::string> out;
    audit::Query query;
    query.object = object;
    query.limit = 500;
    for (const auto& entry : must(
             database.read([&](db::Tx& tx) { return audit::list(tx, auth::Scope::whole_country(), query); })))
        if (!besides.contains(entry.event.action)) out.push_back(entry.event.action);
    std::ranges::reverse(out);
    return out;
}

}  // namespace

void Town::check() {
    check_cases();
    check_clues();
    const auto verdict = must(database_.read([&](db::Tx& tx) { return audit::verify(tx, *vault_); }));
    EXPECT_TRUE(verdict.breaks.empty());
    EXPECT_GT(verdict.entries, attached_);
}

void Town::check_cases() {
    CaseCounts counts;
    CaseQuery query;
    query.limit = 5'000;
    const auto all = must(database_.read([&](db::Tx& tx) { return cases(tx, system_, query, &counts); }));
    EXPECT_EQ(std::ssize(all), std::ssize(cases_)) << "a case is lost";
    std::set<registry::HouseholdId> live;
    for (const auto& line : all) {
        SCOPED_TRACE(line.number + " " + std::string(name_of(line.state)));
        if (over(line.state)) {
            EXPECT_FALSE(line.awaited);
            EXPECT_EQ(line.reason.empty(), line.state == State::enrolled);
        } else {
            EXPECT_TRUE(line.awaited && line.due) << "nobody is waited for";
            EXPECT_TRUE(live.insert(line.household).second) << "two cases of one household";
        }
        const auto now = file(line.id).now;
        EXPECT_EQ(now.state, line.state);
        EXPECT_EQ(now.version, line.version);
        EXPECT_EQ(std::ssize(now.steps), now.version);
        check_duties(now);
        check_case_audit(now);
    }
}

/// Who enters, who reviews, who approves: three people (domain specification 7.2).
void Town::check_duties(const RiskCase& one) {
    using enum Action;
    const std::set entering{open, verify, authorise, explain, correct};
    const std::set reviewing{
        judge,           dismiss_objection, restart_publicity, repeat_review, reject_objection,
        township_review, return_township,   reject_township,   reject_asset,  close};
    const std::set approving{judge_county, approve, return_county, reject_county};
    std::set<std::string> entered, reviewed, approved;
    for (const auto& step : one.steps) {
        if (entering.contains(step.action)) entered.insert(step.account);
        if (reviewing.contains(step.action)) reviewed.insert(step.account);
        if (approving.contains(step.action)) approved.insert(step.account);
        if (const auto* visit = std::get_if<Visit>(&step.facts))
            for (const auto& investigator : visit->investigators)
                if (!investigator.account.empty()) entered.insert(investigator.account);
    }
    const auto nobody_in_both = [&](const std::set<std::string>& some, const std::set<std::string>& others,
                                    std::string_view what) {
        for (const auto& account : some) EXPECT_FALSE(others.contains(account)) << account << " " << what;
    };
    nobody_in_both(entered, reviewed, "entered and reviewed");
    nobody_in_both(entered, approved, "entered and approved");
    nobody_in_both(reviewed, approved, "reviewed and approved");
}

void Town::check_case_audit(const RiskCase& one) {
    std::vector<std::string> steps;
    for (const auto& step : one.steps) steps.push_back("casework." + std::string(name_of(step.action)));
    EXPECT_EQ(recorded(database_, "case:" + std::to_string(one.id.number()),
                       {"casework.attach", "casework.comparison_refused"}),
              steps);
}

void Town::check_clues() {
    std::set<registry::HouseholdId> open;
    for (const auto id : clues_) {
        const auto file =
            must(database_.read([&](db::Tx& tx) { return clue_file(tx, *vault_, system_, id); }));
        const auto& clue = file.clue;
        SCOPED_TRACE(number_of(clue) + " " + std::string(name_of(clue.state)));
        EXPECT_EQ(clue.state == ClueState::closed, !clue.closed_reason.empty());
        const bool merged = clue.closed_reason == "merged_into_case";
        EXPECT_EQ(clue.state == ClueState::case_opened || merged, clue.risk_case.has_value());
        if (clue.open && clue.household) {
            EXPECT_TRUE(open.insert(*clue.household).second) << "two open clues of one household";
        }
        if (clue.state == ClueState::closed && !clue.into) {
            EXPECT_FALSE(file.signals.empty()) << "what was told is lost";
        }
        if (clue.state == ClueState::case_opened) {
            EXPECT_EQ(clue.open, !over(this->file(*clue.risk_case).now.state));
        }
        std::vector<std::string> steps;
        for (const auto& step : file.steps)
            if (step.reason != "by_code") steps.push_back("clues." + std::string(step.action));
        EXPECT_EQ(
            recorded(database_, "clue:" + std::to_string(id.number()), {"clues.create", "clues.attach"}),
            steps);
    }
}

}  // namespace ballast::simulation
