/// What came before a demo county's day: clues were told and looked into, cases opened and walked through the
/// procedure, by the accounts of its staff and through the doors that the API uses. Each step is refused here
/// as it would be there.
#pragma once

#include <set>

#include "casework/case_file.h"
#include "casework/clue_receive.h"
#include "demo/county.h"
#include "demo/happenings.h"
#include "demo/staff.h"
#include "screening/screening.h"

namespace ballast::demo {

/// A run of the rules as of then, with the time that it took.
Result<screening::Run> screened(const delivery::Context& context, const screening::Rules& rules,
                                const screening::Order& order, Instant at);

class Past {
public:
    /// Once the register is on file. In a county with fewer households than happenings the last of them do
    /// not happen.
    static Result<Past> begin(const delivery::Context& context, const County& county, std::uint64_t seed,
                              Instant now);

    /// Everything up to the end of that day, in the order of days.
    Result<void> until(Date day);

    const Staff& staff() const { return *staff_; }
    std::int64_t cases() const { return cases_; }
    std::int64_t warnings() const { return warnings_; }

private:
    struct Home {  // a household and what is known of it beforehand
        registry::HouseholdId id;
        const registry::Household* household = nullptr;
    };
    struct Thread {  // a happening under way
        const Happening* what = nullptr;
        std::vector<Leg> legs;
        Date day_zero;
        AreaCode village;
        Home home;
        Rng rng{0};
        casework::ClueId clue;
        std::optional<casework::CaseId> risk_case;
        std::optional<casework::AttachmentId> photo;
        std::string risk;
    };
    struct Due {
        Date day;
        std::size_t thread, leg;  // leg 0 is the clue itself
    };

    Past(const delivery::Context& context, const County& county, Instant now)
        : context_(context), county_(county), now_(now) {}
    Result<void> settle(std::uint64_t seed);
    Result<Home> home_of(std::size_t household) const;
    Instant moment(Date day);
    casework::ClueDesk desk(const auth::Actor& who, Date day, Instant at) const;

    Result<void> tell(Thread& thread, Date day);
    Result<void> report(Thread& thread, Date day);
    Result<void> screen(Thread& thread, Date day);
    Result<void> look_into(const casework::Clue& clue, const auth::Actor& who, Date day);
    Result<void> take(Thread& thread, std::size_t leg, Date day);
    Result<void> move_clue(Thread& thread, const Leg& leg, const std::string& key, Date day);
    Result<void> open(Thread& thread, const std::string& key, Date day);
    Result<void> object(Thread& thread, const std::string& key, Date day);
    Result<void> step(Thread& thread, const Leg& leg, const std::string& key, Date day);
    Result<casework::AttachmentId> photograph(Thread& thread, const auth::Actor& who, Date day);

    const delivery::Context& context_;
    const County& county_;
    Instant now_;
    std::optional<Staff> staff_;
    std::optional<casework::Rulebook> rules_;
    std::optional<casework::ClueTerms> terms_;
    std::vector<Thread> threads_;
    std::vector<Due> agenda_;
    std::size_t next_ = 0;
    std::set<AreaCode> screened_;
    std::vector<AreaCode> villages_;  // those that the staff looks after
    std::set<registry::HouseholdId> taken_;
    Date last_day_;
    int of_the_day_ = 0;
    std::int64_t cases_ = 0, warnings_ = 0;
};

}  // namespace ballast::demo
