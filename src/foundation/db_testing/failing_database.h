/// For tests: a database that fails at its n-th call, so that a story can show for n = 1, 2, ... that nothing
/// is left half-done.
///
///     for (int n = 1; ; ++n) {
///         FailingDatabase failing(database(), n);
///         const auto done = act(failing);
///         if (!failing.failed()) break;       // n calls were not reached: every one has been tried
///         EXPECT_EQ(done.error().id, "db.full");
///         EXPECT_EQ(everything_in(database()), before);
///     }
#pragma once

#include <functional>

#include "db/db.h"

namespace ballast::db_testing {

/// Counts each begin, statement, added row of a bulk and its end, reservation, and commit. The n-th does
/// nothing and gives unavailable "db.full"; its transaction is lost.
class FailingDatabase final : public db::Database {
public:
    FailingDatabase(db::Database& inner, int failing_call) : inner_(inner), failing_call_(failing_call) {}

    /// Called in place of the failure; may be one that does not return (a kill). Default: nothing.
    std::function<void()> at_failure;

    bool failed() const { return calls_ >= failing_call_; }
    int calls() const { return calls_; }

    db::Engine engine() const override { return inner_.engine(); }
    Result<void> backup_to(const std::string& path) override;

    /// The next call: refused when it is the n-th.
    Result<void> call();

protected:
    Result<void> transact(Mode mode, const std::function<bool(db::Tx&)>& work) override;

private:
    db::Database& inner_;
    const int failing_call_;
    int calls_ = 0;
};

}  // namespace ballast::db_testing
