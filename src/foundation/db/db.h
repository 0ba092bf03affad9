/// One door to SQLite and PostgreSQL. Hand-written portable SQL with `?` placeholders; what differs between
/// the two sits in dialect.cpp. Migrations may use {identity}, {blob} (see migrations.h).
///
/// Column conventions: whole numbers, fen and area codes BIGINT; truth BIGINT 0/1; dates TEXT 'YYYY-MM-DD';
/// instants BIGINT milliseconds; everything personal {blob}, sealed by crypto.
///
/// A Database may be used from any thread; a Tx only by the one that was given it.
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/area_code.h"
#include "base/date.h"
#include "base/id.h"
#include "base/money.h"
#include "base/result.h"

namespace ballast::db {

enum class Engine : std::uint8_t { sqlite, postgresql };

struct Null {
    friend bool operator==(Null, Null) = default;
};
using Blob = std::vector<std::uint8_t>;

/// A value on its way in. Domain types convert by themselves; std::optional gives NULL when empty. Text that
/// is not UTF-8, or holds a zero byte, breaks an INVARIANT: let nothing come this far that was not checked.
class Value {
public:
    Value(Null) {}
    Value(std::nullopt_t) {}
    template <std::integral I>
    Value(I n) : held_(static_cast<std::int64_t>(n)) {}
    Value(std::string text) : held_(std::move(text)) {}
    Value(std::string_view text) : held_(std::string(text)) {}
    Value(const char* text) : held_(std::string(text)) {}
    Value(Blob bytes) : held_(std::move(bytes)) {}
    Value(Date day) : held_(day.iso()) {}
    Value(Money amount) : held_(amount.fen()) {}
    Value(AreaCode code) : held_(code.number()) {}
    template <class Tag>
    Value(Id<Tag> id) : held_(id.number()) {}
    template <class T>
    Value(const std::optional<T>& maybe) {
        if (maybe) *this = Value(*maybe);
    }
    const std::variant<Null, std::int64_t, std::string, Blob>& held() const { return held_; }

private:
    std::variant<Null, std::int64_t, std::string, Blob> held_;
};

/// One row of an answer, valid until the next row is asked for. Columns count from 0. Reading a column as
/// another type than it has, or NULL without `maybe`, breaks an INVARIANT.
class Row {
public:
    virtual ~Row() = default;
    virtual int width() const = 0;
    virtual bool null(int column) const = 0;
    virtual std::int64_t integer(int column) const = 0;
    virtual std::string_view text(int column) const = 0;
    virtual std::span<const std::uint8_t> bytes(int column) const = 0;

    bool truth(int column) const { return integer(column) != 0; }
    Blob blob(int column) const {
        const auto b = bytes(column);
        return {b.begin(), b.end()};
    }
    Date date(int column) const;
    Money money(int column) const { return Money::fen(integer(column)); }
    AreaCode area(int column) const;
    template <class I>
    I id(int column) const {
        return I(integer(column));
    }

    std::optional<std::int64_t> maybe_integer(int column) const {
        if (null(column)) return {};
        return integer(column);
    }
    std::optional<std::string> maybe_text(int column) const {
        if (null(column)) return {};
        return std::string(text(column));
    }
    std::optional<Date> maybe_date(int column) const {
        if (null(column)) return {};
        return date(column);
    }
    std::optional<Blob> maybe_blob(int column) const {
        if (null(column)) return {};
        return blob(column);
    }
};

/// Many rows into one table, fast (COPY on PostgreSQL, one prepared statement on SQLite). Nothing is seen by
/// others before the transaction commits. `finish` must be called, unless the transaction is given up; an
/// error may show itself only there. Other statements may come in between.
class Bulk {
public:
    virtual ~Bulk() = default;
    virtual Result<void> add(std::span<const Value> row) = 0;
    Result<void> add(std::initializer_list<Value> row) { return add(std::span(row.begin(), row.size())); }
    virtual Result<std::int64_t> finish() = 0;  // rows added
};

/// Errors of every call: unavailable "db.busy" | "db.full" {where} | "db.unreachable" {where}; conflict
/// "db.duplicate" (unique key), "db.reference" (foreign key); corrupt "db.damaged" {where}. Wrong SQL, and a
/// row that breaks NOT NULL or CHECK, is a bug: InvariantBroken.
///
/// After any of these errors the transaction is lost, on both engines: every later call gives the same error
/// and nothing is committed. To insert what may be there already, say ON CONFLICT.
class Tx {
public:
    virtual ~Tx() = default;
    virtual Engine engine() const = 0;

    /// Calls `each` for every row, in order; stops at the first error that it returns. `each` may use this
    /// Tx; what it changes is not seen by the answer being read. Large answers are read in constant memory,
    /// but a statement inside `each` (on SQLite: one that writes) makes the rest of the answer wait in
    /// memory.
    virtual Result<void> each_row(std::string_view sql, std::span<const Value> values,
                                  const std::function<Result<void>(const Row&)>& each) = 0;
    /// Rows changed.
    virtual Result<std::int64_t> run(std::string_view sql, std::span<const Value> values) = 0;
    virtual Result<std::unique_ptr<Bulk>> bulk(std::string_view table,
                                               std::span<const std::string_view> columns) = 0;
    /// n ids of a table with an {identity} column `id`, for rows that will be added by `bulk`; the first of
    /// them, the others follow it without a gap. Given to nobody else, also when others insert meanwhile.
    virtual Result<std::int64_t> reserve_ids(std::string_view table, std::int64_t n) = 0;

    template <class... V>
    Result<std::int64_t> exec(std::string_view sql, V&&... values) {
        const std::vector<Value> list{Value(std::forward<V>(values))...};
        return run(sql, list);
    }
    /// `read(row)` for every row, collected: `tx.all("SELECT ...", {values}, [](const Row& r) { return ...;
    /// })`.
    template <class F>
    auto all(std::string_view sql, std::initializer_list<Value> values, F&& read)
        -> Result<std::vector<std::invoke_result_t<F, const Row&>>> {
        std::vector<std::invoke_result_t<F, const Row&>> out;
        TRY(each_row(sql, std::span(values.begin(), values.size()), [&](const Row& row) -> Result<void> {
            out.push_back(read(row));
            return {};
        }));
        return out;
    }
    /// The first row, or nothing.
    template <class F>
    auto first(std::string_view sql, std::initializer_list<Value> values, F&& read)
        -> Result<std::optional<std::invoke_result_t<F, const Row&>>> {
        std::optional<std::invoke_result_t<F, const Row&>> out;
        TRY(each_row(sql, std::span(values.begin(), values.size()), [&](const Row& row) -> Result<void> {
            if (!out) out.emplace(read(row));
            return {};
        }));
        return out;
    }
    /// For INSERT ... RETURNING id and counts: the single whole number of the single row.
    Result<std::int64_t> number(std::string_view sql, std::initializer_list<Value> values = {});
};

struct Options {
    int readers = 4;               // connections for reading (SQLite) or in the pool (PostgreSQL)
    int busy_timeout_ms = 10'000;  // for a connection or a lock; then unavailable "db.busy"
};

class Database {
public:
    virtual ~Database() = default;

    /// "sqlite:/path/county.db" (made when missing, mode 0600; WAL, synchronous=FULL, foreign keys on) or
    /// "postgresql://...". Errors: invalid "db.bad_address"; unavailable "db.unreachable" {where}, "db.busy",
    /// "db.full" {where}; corrupt "db.damaged" {where}.
    static Result<std::unique_ptr<Database>> open(const std::string& address, const Options& options = {});
    virtual Engine engine() const = 0;

    /// Runs `work` in a transaction: committed when it returns a value, rolled back when it returns an error
    /// or throws. On SQLite writers queue up. On PostgreSQL they run beside each other (READ COMMITTED: let
    /// an UPDATE name the version that it expects), and a deadlock is reported as unavailable "db.busy". A
    /// write inside a write of the same thread would wait for itself: InvariantBroken.
    template <class F>
    auto write(F&& work) -> std::invoke_result_t<F, Tx&> {
        return within<F>(Mode::write, std::forward<F>(work));
    }
    /// As `write`, on one unchanging snapshot; changes nothing (an attempt is a bug: InvariantBroken).
    template <class F>
    auto read(F&& work) -> std::invoke_result_t<F, Tx&> {
        return within<F>(Mode::read, std::forward<F>(work));
    }

    /// A consistent copy while others work on, mode 0600 (SQLite only: unavailable "db.backup_elsewhere"
    /// otherwise). conflict "db.backup_exists" {where}: an existing file is not overwritten.
    virtual Result<void> backup_to(const std::string& path) = 0;

protected:
    enum class Mode : std::uint8_t { read, write };
    /// Begins, calls, and commits when `work` answers true; rolls back otherwise, also on an exception.
    virtual Result<void> transact(Mode mode, const std::function<bool(Tx&)>& work) = 0;

private:
    template <class F>
    auto within(Mode mode, F&& work) -> std::invoke_result_t<F, Tx&> {
        std::optional<std::invoke_result_t<F, Tx&>> answer;
        auto ended = transact(mode, [&](Tx& tx) {
            answer.emplace(work(tx));
            return answer->has_value();
        });
        if (!ended) return std::move(ended).error();
        return std::move(*answer);
    }
};

}  // namespace ballast::db
