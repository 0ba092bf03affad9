#include "db_testing/failing_database.h"

namespace ballast::db_testing {
namespace {

class FailingBulk final : public db::Bulk {
public:
    FailingBulk(FailingDatabase& calls, std::optional<Error>& lost, std::unique_ptr<db::Bulk> inner)
        : calls_(calls), lost_(lost), inner_(std::move(inner)) {}

    Result<void> add(std::span<const db::Value> row) override {
        TRY(allowed());
        return inner_->add(row);
    }
    Result<std::int64_t> finish() override {
        TRY(allowed());
        return inner_->finish();
    }

private:
    Result<void> allowed() {
        if (lost_) return *lost_;
        auto outcome = calls_.call();
        if (!outcome) lost_ = outcome.error();
        return outcome;
    }

    FailingDatabase& calls_;
    std::optional<Error>& lost_;
    std::unique_ptr<db::Bulk> inner_;
};

class FailingTx final : public db::Tx {
public:
    FailingTx(FailingDatabase& calls, db::Tx& inner) : calls_(calls), inner_(inner) {}

    db::Engine engine() const override { return inner_.engine(); }
    Result<void> each_row(std::string_view sql, std::span<const db::Value> values,
                          const std::function<Result<void>(const db::Row&)>& each) override {
        TRY(allowed());
        return inner_.each_row(sql, values, each);
    }
    Result<std::int64_t> run(std::string_view sql, std::span<const db::Value> values) override {
        TRY(allowed());
        return inner_.run(sql, values);
    }
    Result<std::unique_ptr<db::Bulk>> bulk(std::string_view table,
                                           std::span<const std::string_view> columns) override {
        TRY(allowed());
        return std::unique_ptr<db::Bulk>(
            std::make_unique<FailingBulk>(calls_, lost_, TRY(inner_.bulk(table, columns))));
    }
    Result<std::int64_t> reserve_ids(std::string_view table, std::int64_t n) override {
        TRY(allowed());
        return inner_.reserve_ids(table, n);
    }
    Result<void> allowed() {
        if (lost_) return *lost_;
        auto outcome = calls_.call();
        if (!outcome) lost_ = outcome.error();
        return outcome;
    }

private:
    FailingDatabase& calls_;
    db::Tx& inner_;
    std::optional<Error> lost_;
};

}  // namespace

Result<void> FailingDatabase::call() {
    if (++calls_ != failing_call_) return {};
    if (at_failure) at_failure();
    return unavailable("db.full", "fails on purpose").with("where", "test");
}

Result<void> FailingDatabase::backup_to(const std::string& path) {
    TRY(call());
    return inner_.backup_to(path);
}

Result<void> FailingDatabase::transact(Mode mode, const std::function<bool(db::Tx&)>& work) {
    TRY(call());
    bool given_up = false;
    const auto inside = [&](db::Tx& inner) -> Result<void> {
        FailingTx tx(*this, inner);
        given_up = !work(tx);
        if (given_up) return conflict("test.given_up");
        return tx.allowed();  // the commit
    };
    auto outcome = mode == Mode::write ? inner_.write(inside) : inner_.read(inside);
    if (given_up) return {};  // the reason is in the caller's answer
    return outcome;
}

}  // namespace ballast::db_testing
