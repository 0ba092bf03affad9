/// A small town in which anything may be tried: three villages of two townships, people of every role (one of
/// them with two), thirty households.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/rng.h"
#include "casework/case_file.h"
#include "casework/clue_receive.h"
#include "casework/notices.h"
#include "registry/test_households.h"

namespace ballast::simulation {

template <class T>
T must(Result<T> result) {
    if (!result) throw std::runtime_error(result.error().id + " " + result.error().detail);
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

class Town {
public:
    Town(db::Database& database, std::uint64_t seed);

    /// A year of days; on each, people try what comes to their minds.
    void year(int attempts_a_day);
    /// Whatever was tried, what must hold holds.
    void check();
    std::string told() const;  // how much was tried and done

private:
    using Id = std::int64_t;

    const auth::Actor& anybody() { return people_[rng_.below(people_.size())]; }
    template <class List>
    const auto& any(const List& list) {
        return list[rng_.below(std::size(list))];
    }
    Instant now();
    casework::ClueDesk desk(const auth::Actor& who) {
        return {*vault_, areas::Division::shipped(), who, today_, now()};
    }
    std::string key() { return "k" + std::to_string(++keys_); }

    void attempt();
    void tell();
    void move_clue();
    void open();
    void step();
    void object();
    void move_house();
    void look();

    const auth::Actor& who_may(casework::Action action, AreaCode village);
    std::string form_for(casework::Action action, const casework::CaseFile& file, const auth::Actor& who,
                         casework::AttachmentId photo);
    casework::CaseFile file(casework::CaseId id);
    void taken(casework::Action action, const casework::CaseFile& before, casework::CaseId id);
    void refused(const Error& error) { ++refusals_[error.id]; }

    void check_cases();
    void check_duties(const casework::RiskCase& one);
    void check_case_audit(const casework::RiskCase& one);
    void check_clues();

    db::Database& database_;
    const std::unique_ptr<crypto::Vault> vault_ = crypto::test_vault("simulation");
    const auth::Actor system_ = auth::system_actor("simulation");
    const casework::Rulebook rules_ = must(casework::Rulebook::load(""));
    Rng rng_;
    Date today_ = registry::testing::day(2025, 1, 2);
    int of_the_day_ = 0;
    std::int64_t keys_ = 0, tried_ = 0, attached_ = 0;
    std::vector<AreaCode> villages_;
    std::vector<auth::Actor> people_;
    std::vector<registry::HouseholdId> households_;
    std::vector<casework::ClueId> clues_;
    std::vector<casework::CaseId> cases_;
    std::map<std::string, std::int64_t> done_, refusals_;
};

}  // namespace ballast::simulation
