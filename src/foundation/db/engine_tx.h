/// The part of a transaction that both engines share, so that they also share its rules; inside db only.
#pragma once

#include "db/answer.h"
#include "db/db.h"

namespace ballast::db {

/// After the first error of the engine the transaction is lost: every later call gives that error again, and
/// it cannot be committed. PostgreSQL is so by nature; SQLite is made so, lest a module that was only tried
/// on SQLite goes on where PostgreSQL cannot.
class EngineTx : public Tx {
public:
    Result<void> each_row(std::string_view sql, std::span<const Value> values,
                          const std::function<Result<void>(const Row&)>& each) final;
    Result<std::int64_t> run(std::string_view sql, std::span<const Value> values) final;
    Result<std::unique_ptr<Bulk>> bulk(std::string_view table,
                                       std::span<const std::string_view> columns) final;
    Result<std::int64_t> reserve_ids(std::string_view table, std::int64_t n) final;

    /// What the engine must ask before it commits.
    Result<void> may_commit() const;

    /// Bulks report here; they may not outlive their transaction.
    Result<void> noted(Result<void> outcome);
    const std::optional<Error>& lost() const { return lost_; }
    void bulk_finished() { --unfinished_bulks_; }

protected:
    virtual Result<std::unique_ptr<Answer>> start(std::string_view sql, std::span<const Value> values) = 0;
    virtual Result<std::int64_t> execute(std::string_view sql, std::span<const Value> values) = 0;
    virtual Result<std::unique_ptr<Bulk>> open_bulk(std::string_view table,
                                                    std::span<const std::string_view> columns) = 0;
    virtual Result<std::int64_t> reserve(std::string_view table, std::int64_t n) = 0;

    /// Takes the answers that are still being read into memory.
    Result<void> hold_open_answers();

private:
    template <class T>
    Result<T> remembered(Result<T> outcome) {
        if (!outcome && !lost_) lost_ = outcome.error();
        return outcome;
    }

    std::vector<Answer*> open_answers_;
    std::optional<Error> lost_;
    int unfinished_bulks_ = 0;
};

/// What PostgreSQL cannot hold in TEXT may not come in on SQLite either.
void check_values(std::span<const Value> values);

}  // namespace ballast::db
