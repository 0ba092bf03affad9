/// The facts of a county's whole register on a day, as columns: read in seconds, then asked in milliseconds.
/// They hold no names, numbers or accounts, lie in memory only, and are the whole county's: who asks says
/// within which areas (what_if.h).
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/clock.h"
#include "crypto/crypto.h"
#include "db/db.h"
#include "feeds/feeds.h"
#include "packs/packs.h"
#include "registry/household_file.h"
#include "rules/rule_columns.h"
#include "screening/facts.h"

namespace ballast::rules {

struct CountyFacts {
    Instant read_at;
    std::vector<registry::HouseholdId> households;
    std::vector<AreaCode> villages;  // of each household
    RuleColumns columns;
    std::vector<RuleBits> met;  // by the pack that they were read with
};

/// What was read is kept for ten minutes, as long as nothing has changed that it was read from. For any
/// thread; who comes while somebody reads waits and is given the same.
template <class T>
class Shelf {
public:
    /// `key` says all that the thing was made of. `anew` makes it even when it is there.
    Result<std::shared_ptr<const T>> take(const std::string& key, Instant now, bool anew,
                                          const std::function<Result<std::shared_ptr<const T>>()>& make) {
        const std::lock_guard lock(mutex_);
        std::erase_if(kept_, [&](const Kept& one) {
            return now.ms - one.since.ms > 600'000 || now.ms < one.since.ms || (anew && one.key == key);
        });
        for (const auto& one : kept_)
            if (one.key == key) return one.thing;
        auto made = TRY(make());
        if (kept_.size() >= most_kept) kept_.erase(kept_.begin());
        kept_.push_back({key, now, made});
        return made;
    }

private:
    static constexpr std::size_t most_kept = 3;
    struct Kept {
        std::string key;
        Instant since;
        std::shared_ptr<const T> thing;
    };
    std::mutex mutex_;
    std::vector<Kept> kept_;  // the latest last
};

struct Reading {
    db::Tx& tx;
    const crypto::Vault& vault;
    std::string installation;  // tells counties with databases of their own apart
    AreaCode county;
    Instant now;
    bool anew = false;
};

/// Errors: those of screening's rules for the pack, of the database and the vault.
Result<std::shared_ptr<const CountyFacts>> county_facts(Shelf<CountyFacts>& shelf, const Reading& reading,
                                                        const packs::Pack& pack, Date as_of);

/// A household with all that its facts are made of.
using EachHousehold = std::function<Result<void>(const registry::Household&, const std::vector<feeds::Fact>&,
                                                 const screening::OwnRecords&)>;
/// Every household of the county, in the order of the register, with what departments have said of it since
/// the month "2024-11", and what the platform itself knows of work and loans.
Result<void> each_with_rows(db::Tx& tx, const crypto::Vault& vault, AreaCode county,
                            const std::string& since_month, const EachHousehold& each);

/// Another text whenever the register of the county, its departments' rows, its loans or who works have changed.
Result<std::string> stamp(db::Tx& tx, AreaCode county);

}  // namespace ballast::rules
