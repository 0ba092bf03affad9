// PostgreSQL over libpq: values and rows in binary form, COPY for bulk, one pool for readers and writers.
#include <postgresql/libpq-fe.h>

#include <cstring>
#include <limits>
#include <map>
#include <thread>
#include <unordered_set>

#include "db/dialect.h"
#include "db/engine_tx.h"
#include "db/engines.h"
#include "db/turns.h"

namespace ballast::db {
namespace {

// Type numbers of the server's catalogue pg_type; fixed for all versions.
enum Type : Oid {
    bool_type = 16,
    bytea_type = 17,
    name_type = 19,
    int8_type = 20,
    int2_type = 21,
    int4_type = 23,
    text_type = 25,
    unknown_type = 705,
    bpchar_type = 1042,
    varchar_type = 1043,
    numeric_type = 1700,
    void_type = 2278,
};
constexpr Oid inferred_type = 0;
constexpr int text_form = 0, binary_form = 1;
constexpr std::size_t most_prepared_statements = 512;
constexpr std::size_t copy_piece = 1 << 20;
constexpr int reserve_attempts = 5;

struct Finisher {
    void operator()(PGconn* connection) const { PQfinish(connection); }
};
struct Clearer {
    void operator()(PGresult* answer) const { PQclear(answer); }
};
using Handle = std::unique_ptr<PGconn, Finisher>;
using Reply = std::unique_ptr<PGresult, Clearer>;

template <class I>
I from_network(const void* bytes) {
    std::make_unsigned_t<I> n = 0;
    for (std::size_t i = 0; i < sizeof(I); ++i) n = (n << 8) | static_cast<const std::uint8_t*>(bytes)[i];
    return static_cast<I>(n);
}

template <class I>
void append_network(std::string& out, I n) {
    const auto u = static_cast<std::make_unsigned_t<I>>(n);
    for (int shift = static_cast<int>(sizeof(I)) * 8 - 8; shift >= 0; shift -= 8)
        out.push_back(static_cast<char>((u >> shift) & 0xff));
}

std::string field(const PGresult* reply, int code) {
    const char* text = PQresultErrorField(reply, code);
    return text ? text : "";
}

// A refusal by the class of its SQLSTATE. What only a bug can cause is thrown. Messages of class 22 (data)
// quote the value and are left out; DETAIL, which quotes keys, is never taken.
Error refusal(PGconn* connection, const PGresult* reply, const std::string& where, std::string_view sql) {
    const std::string state = reply ? field(reply, PG_DIAG_SQLSTATE) : "";
    const std::string message = state.starts_with("22") ? "" : field(reply, PG_DIAG_MESSAGE_PRIMARY);
    const std::string detail = state + " " + message;
    if (state == "23505") return conflict("db.duplicate", detail);
    if (state == "23503") return conflict("db.reference", detail);
    if (state == "40001" || state == "40P01" || state == "55P03") return unavailable("db.busy", detail);
    if (state == "53100") return unavailable("db.full", detail).with("where", where);
    if (state == "53300") return unavailable("db.busy", detail);
    if (state.starts_with("08") || state.starts_with("57P") || PQstatus(connection) == CONNECTION_BAD)
        return unavailable("db.unreachable", detail).with("where", where);
    if (state == "XX001" || state == "XX002") return corrupt("db.damaged", detail).with("where", where);
    if (state == "53200") throw std::bad_alloc();
    throw InvariantBroken("PostgreSQL: " + detail + " in: " + std::string(sql));
}

// Parameters in the form that libpq takes; they borrow from the values.
class Parameters {
public:
    explicit Parameters(std::span<const Value> values) : numbers_(values.size()) {
        for (std::size_t i = 0; i < values.size(); ++i) add(values[i], numbers_[i]);
    }
    int count() const { return static_cast<int>(types_.size()); }
    const Oid* types() const { return types_.data(); }
    const char* const* values() const { return values_.data(); }
    const int* lengths() const { return lengths_.data(); }
    const int* forms() const { return forms_.data(); }
    /// Statements are prepared for the types of their parameters.
    std::string signature() const {
        std::string out;
        for (const Oid type : types_)
            out += type == int8_type ? 'i' : type == text_type ? 't' : type == bytea_type ? 'b' : '0';
        return out;
    }

private:
    void add(const Value& value, std::string& number) {
        if (const auto* n = std::get_if<std::int64_t>(&value.held())) {
            append_network(number, *n);
            push(int8_type, number.data(), number.size(), binary_form);
        } else if (const auto* text = std::get_if<std::string>(&value.held())) {
            push(text_type, text->c_str(), text->size(), text_form);
        } else if (const auto* blob = std::get_if<Blob>(&value.held())) {
            // An empty vector has no address, and no address would mean NULL.
            push(bytea_type, blob->empty() ? "" : reinterpret_cast<const char*>(blob->data()), blob->size(),
                 binary_form);
        } else {
            push(inferred_type, nullptr, 0, text_form);
        }
    }
    void push(Oid type, const char* value, std::size_t length, int form) {
        types_.push_back(type);
        values_.push_back(value);
        lengths_.push_back(static_cast<int>(length));
        forms_.push_back(form);
    }

    std::vector<std::string> numbers_;
    std::vector<Oid> types_;
    std::vector<const char*> values_;
    std::vector<int> lengths_, forms_;
};

// NUMERIC, as SUM of BIGINT gives it: base-10000 digits with a weight. Whole numbers of 64 bits only.
std::optional<std::int64_t> whole_number(const char* bytes, int length) {
    constexpr std::uint16_t negative = 0x4000, positive = 0;
    if (length < 8) return std::nullopt;
    const auto digits = from_network<std::int16_t>(bytes);
    const auto weight = from_network<std::int16_t>(bytes + 2);
    const auto sign = static_cast<std::uint16_t>(from_network<std::int16_t>(bytes + 4));
    if (sign != positive && sign != negative) return std::nullopt;
    if (digits > weight + 1 || length < 8 + 2 * digits) return std::nullopt;  // something behind the point
    __int128 n = 0;
    for (int i = 0; i <= weight && digits > 0; ++i) {
        n = n * 10'000 + (i < digits ? from_network<std::int16_t>(bytes + 8 + 2 * i) : 0);
        if (n > (static_cast<__int128>(1) << 63)) return std::nullopt;
    }
    if (sign == negative) n = -n;
    if (n > std::numeric_limits<std::int64_t>::max()) return std::nullopt;
    return static_cast<std::int64_t>(n);
}

void copy_cell(const PGresult* reply, int line, int column, FlatRow& row) {
    if (PQgetisnull(reply, line, column)) return row.add_null();
    const char* bytes = PQgetvalue(reply, line, column);
    const int length = PQgetlength(reply, line, column);
    switch (PQftype(reply, column)) {
        case bool_type:
            return row.add_integer(bytes[0] != 0);
        case int2_type:
            return row.add_integer(from_network<std::int16_t>(bytes));
        case int4_type:
            return row.add_integer(from_network<std::int32_t>(bytes));
        case int8_type:
            return row.add_integer(from_network<std::int64_t>(bytes));
        case numeric_type: {
            const auto n = whole_number(bytes, length);
            return n ? row.add_integer(*n) : row.add_unreadable();
        }
        case text_type:
        case varchar_type:
        case bpchar_type:
        case name_type:
        case unknown_type:
            return row.add_text({bytes, static_cast<std::size_t>(length)});
        case bytea_type:
            return row.add_bytes(
                {reinterpret_cast<const std::uint8_t*>(bytes), static_cast<std::size_t>(length)});
        default:
            return row.add_unreadable();
    }
}

class Connection {
public:
    Connection(Handle handle, std::string where) : where_(std::move(where)), handle_(std::move(handle)) {}

    PGconn* get() const { return handle_.get(); }
    const std::string& where() const { return where_; }
    bool broken() const { return PQstatus(get()) != CONNECTION_OK; }

    Result<void> plain(const char* sql) {
        const Reply reply(PQexec(get(), sql));
        return checked(reply.get(), sql);
    }
    Result<void> checked(const PGresult* reply, std::string_view sql) const {
        switch (PQresultStatus(reply)) {
            case PGRES_COMMAND_OK:
            case PGRES_TUPLES_OK:
            case PGRES_SINGLE_TUPLE:
            case PGRES_COPY_IN:
                return {};
            default:
                return refusal(get(), reply, where_, sql);
        }
    }

    /// Sends a statement; its answer is to be fetched. Prepared the second time it is seen with these types:
    /// what runs once (a migration, a CREATE) costs no extra way to the server.
    Result<void> send(std::string_view sql, const Parameters& parameters) {
        std::string key = parameters.signature() + " " + std::string(sql);
        if (const auto found = prepared_.find(key); found != prepared_.end())
            return sent(
                PQsendQueryPrepared(get(), found->second.c_str(), parameters.count(), parameters.values(),
                                    parameters.lengths(), parameters.forms(), binary_form),
                sql);
        const auto numbered = with_numbered_placeholders(sql);
        const bool a_value_for_every_placeholder = numbered.count == parameters.count();
        INVARIANT(a_value_for_every_placeholder);
        if (!seen_.contains(key)) {
            if (seen_.size() >= most_prepared_statements) seen_.clear();
            seen_.insert(std::move(key));
            return sent(
                PQsendQueryParams(get(), numbered.sql.c_str(), parameters.count(), parameters.types(),
                                  parameters.values(), parameters.lengths(), parameters.forms(), binary_form),
                sql);
        }
        if (prepared_.size() >= most_prepared_statements) {
            TRY(plain("DEALLOCATE ALL"));
            prepared_.clear();
        }
        const std::string name = "s" + std::to_string(++names_);
        const Reply made(
            PQprepare(get(), name.c_str(), numbered.sql.c_str(), parameters.count(), parameters.types()));
        TRY(checked(made.get(), sql));
        prepared_.emplace(std::move(key), name);
        return send(sql, parameters);
    }
    Reply next_reply() const { return Reply(PQgetResult(get())); }
    void discard_replies() const {
        while (const Reply rest = next_reply())
            if (PQresultStatus(rest.get()) == PGRES_COPY_IN) PQputCopyEnd(get(), "given up");
    }

private:
    Result<void> sent(int accepted, std::string_view sql) const {
        if (!accepted) return refusal(get(), nullptr, where_, sql);
        return {};
    }

    std::string where_;
    Handle handle_;
    std::map<std::string, std::string> prepared_;
    std::unordered_set<std::string> seen_;
    std::uint64_t names_ = 0;
};

// Row by row, as they arrive; no more than one is kept here.
class PostgresAnswer final : public Answer {
public:
    PostgresAnswer(Connection& connection, std::string_view sql) : connection_(connection), sql_(sql) {}
    ~PostgresAnswer() override {
        if (!done_) connection_.discard_replies();
    }

protected:
    Result<bool> fetch(FlatRow& row) override {
        const Reply reply = connection_.next_reply();
        if (PQresultStatus(reply.get()) == PGRES_SINGLE_TUPLE) {
            for (int i = 0; i < PQnfields(reply.get()); ++i) copy_cell(reply.get(), 0, i, row);
            return true;
        }
        connection_.discard_replies();
        done_ = true;
        TRY(connection_.checked(reply.get(), sql_));
        return false;
    }

private:
    Connection& connection_;
    std::string sql_;
    bool done_ = false;
};

class PostgresTx;

// Rows are gathered and copied by the megabyte, so that the connection is free for other statements in
// between.
class PostgresBulk final : public Bulk {
public:
    PostgresBulk(PostgresTx& tx, std::string sql, std::size_t width)
        : tx_(tx), sql_(std::move(sql)), width_(width) {}
    Result<void> add(std::span<const Value> row) override;
    Result<std::int64_t> finish() override;

private:
    Result<void> flush();

    PostgresTx& tx_;
    std::string sql_;
    std::size_t width_;
    std::string piece_;
    std::int64_t rows_ = 0;
    bool finished_ = false;
};

class PostgresTx final : public EngineTx {
public:
    explicit PostgresTx(Connection& connection) : connection_(connection) {}
    Engine engine() const override { return Engine::postgresql; }

    /// `rows` in COPY's binary form, without its head and end.
    Result<void> copy(const std::string& sql, const std::string& rows) {
        TRY(hold_open_answers());
        TRY(connection_.plain(sql.c_str()));
        static const std::string head("PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0", 19);
        static const std::string end("\377\377", 2);
        for (const std::string* part : {&head, &rows, &end})
            if (PQputCopyData(connection_.get(), part->data(), static_cast<int>(part->size())) != 1) break;
        PQputCopyEnd(connection_.get(), nullptr);
        const Reply reply = connection_.next_reply();
        connection_.discard_replies();
        return connection_.checked(reply.get(), sql);
    }

protected:
    Result<void> send(std::string_view sql, std::span<const Value> values) {
        TRY(hold_open_answers());
        return connection_.send(sql, Parameters(values));
    }
    Result<std::unique_ptr<Answer>> start(std::string_view sql, std::span<const Value> values) override {
        TRY(send(sql, values));
        PQsetSingleRowMode(connection_.get());
        return std::unique_ptr<Answer>(std::make_unique<PostgresAnswer>(connection_, sql));
    }
    Result<std::int64_t> execute(std::string_view sql, std::span<const Value> values) override {
        TRY(send(sql, values));
        const Reply reply = connection_.next_reply();
        connection_.discard_replies();
        TRY(connection_.checked(reply.get(), sql));
        if (PQresultStatus(reply.get()) != PGRES_COMMAND_OK && !changes_rows(PQcmdStatus(reply.get())))
            return 0;
        const std::string_view rows = PQcmdTuples(reply.get());
        return rows.empty() ? 0 : std::stoll(std::string(rows));
    }
    Result<std::unique_ptr<Bulk>> open_bulk(std::string_view table,
                                            std::span<const std::string_view> columns) override {
        std::string names;
        for (const auto column : columns) names += (names.empty() ? "" : ", ") + std::string(column);
        return std::unique_ptr<Bulk>(std::make_unique<PostgresBulk>(
            *this, "COPY " + std::string(table) + " (" + names + ") FROM STDIN (FORMAT binary)",
            columns.size()));
    }

    // A sequence gives its numbers to everybody, one at a time and without a lock. So: draw n, and look
    // whether they follow each other. Nobody else reserves meanwhile (the lock goes with the savepoint; what
    // was drawn stays drawn), so only single inserts can come in between. When they keep doing so, the
    // table's lock holds them off until this transaction ends.
    Result<std::int64_t> reserve(std::string_view table, std::int64_t n) override {
        const std::string name(table);
        const auto draw_alone = [&]() -> Result<std::optional<std::int64_t>> {
            TRY(execute("SAVEPOINT reserve_ids", {}));
            const Value lock_key[] = {"ballast.reserve." + name};
            TRY(execute("SELECT pg_advisory_xact_lock(hashtext(current_schema()), hashtext(?))", lock_key));
            const auto first = TRY(draw(name, n));
            TRY(execute("ROLLBACK TO SAVEPOINT reserve_ids", {}));
            TRY(execute("RELEASE SAVEPOINT reserve_ids", {}));
            return first;
        };
        for (int attempt = 0; attempt < reserve_attempts; ++attempt)
            if (const auto first = TRY(draw_alone())) return *first;
        // The table's lock stops inserts, not others who reserve: those still take their turns.
        TRY(execute("LOCK TABLE " + name + " IN SHARE ROW EXCLUSIVE MODE", {}));
        const auto first = TRY(draw_alone());
        INVARIANT(first.has_value());
        return *first;
    }

private:
    static bool changes_rows(std::string_view command) {
        return command.starts_with("INSERT") || command.starts_with("UPDATE") ||
               command.starts_with("DELETE");
    }

    /// The first of n numbers when they follow each other without a gap.
    Result<std::optional<std::int64_t>> draw(const std::string& table, std::int64_t n) {
        const Value values[] = {table, n};
        const auto answer =
            TRY(start("SELECT MIN(drawn.id), MAX(drawn.id) FROM (SELECT nextval(seq.oid::regclass) AS id"
                      " FROM (SELECT pg_get_serial_sequence(?, 'id')::regclass::oid AS oid) seq, "
                      "generate_series(1, ?)) drawn",
                      values));
        const Row* row = TRY(answer->next());
        INVARIANT(row && !row->null(0));
        const auto first = row->integer(0), last = row->integer(1);
        TRY(answer->next());
        if (last - first + 1 != n) return std::optional<std::int64_t>();
        return std::optional(first);
    }

    Connection& connection_;
};

Result<void> PostgresBulk::add(std::span<const Value> row) {
    INVARIANT(!finished_ && row.size() == width_);
    if (tx_.lost()) return *tx_.lost();
    check_values(row);
    append_network(piece_, static_cast<std::int16_t>(width_));
    for (const Value& value : row) {
        const auto append = [&](const void* data, std::size_t size) {
            append_network(piece_, static_cast<std::int32_t>(size));
            piece_.append(static_cast<const char*>(data), size);
        };
        if (const auto* n = std::get_if<std::int64_t>(&value.held())) {
            append_network(piece_, std::int32_t{8});
            append_network(piece_, *n);
        } else if (const auto* text = std::get_if<std::string>(&value.held())) {
            append(text->data(), text->size());
        } else if (const auto* blob = std::get_if<Blob>(&value.held())) {
            append(blob->data(), blob->size());
        } else {
            append_network(piece_, std::int32_t{-1});
        }
    }
    ++rows_;
    return piece_.size() < copy_piece ? Result<void>{} : flush();
}

Result<void> PostgresBulk::flush() {
    if (piece_.empty()) return {};
    auto outcome = tx_.noted(tx_.copy(sql_, piece_));
    piece_.clear();
    return outcome;
}

Result<std::int64_t> PostgresBulk::finish() {
    INVARIANT(!finished_);
    finished_ = true;
    tx_.bulk_finished();
    if (tx_.lost()) return *tx_.lost();
    TRY(flush());
    return rows_;
}

// Host and database only: the address may hold a password.
std::string place_of(PGconn* connection) {
    const auto text = [](const char* part) { return std::string(part ? part : ""); };
    return text(PQhost(connection)) + "/" + text(PQdb(connection));
}

class PostgresDatabase final : public Database {
public:
    PostgresDatabase(std::string address, const Options& options)
        : address_(std::move(address)), options_(options), places_(options.readers) {}

    Engine engine() const override { return Engine::postgresql; }
    Result<void> backup_to(const std::string&) override { return unavailable("db.backup_elsewhere"); }

    Result<void> try_out() {
        idle_.push_back(TRY(connect()));
        return {};
    }

protected:
    Result<void> transact(Mode mode, const std::function<bool(Tx&)>& work) override {
        // It could wait for a lock of its own, which no timeout of the server's can see.
        const bool not_inside_another_write = mode == Mode::read || !writes_here();
        INVARIANT(not_inside_another_write);
        if (!places_.take(options_.busy_timeout_ms)) return unavailable("db.busy", "no connection came free");
        struct Place {
            Turns& places;
            ~Place() { places.give_back(); }
        } place{places_};
        auto connection = TRY(begun(mode));
        struct Writing {
            PostgresDatabase& database;
            Mode mode;
            Writing(PostgresDatabase& d, Mode m) : database(d), mode(m) {
                if (mode == Mode::write) database.note_writer(true);
            }
            ~Writing() {
                if (mode == Mode::write) database.note_writer(false);
            }
        } writing(*this, mode);
        try {
            auto outcome = perform(*connection, work);
            put_back(std::move(connection));
            return outcome;
        } catch (...) {
            connection->discard_replies();
            const Reply rolled_back(PQexec(connection->get(), "ROLLBACK"));
            put_back(std::move(connection));
            throw;
        }
    }

private:
    Result<std::unique_ptr<Connection>> connect() const {
        Handle handle(PQconnectdb(address_.c_str()));
        if (!handle) throw std::bad_alloc();
        const std::string where = place_of(handle.get());
        if (PQstatus(handle.get()) != CONNECTION_OK)
            return unavailable("db.unreachable", "no connection").with("where", where);
        PQsetNoticeProcessor(
            handle.get(), [](void*, const char*) {}, nullptr);
        auto connection = std::make_unique<Connection>(std::move(handle), where);
        const std::string settings =
            "SET client_encoding = 'UTF8'; SET lock_timeout = " + std::to_string(options_.busy_timeout_ms) +
            "; SET application_name = 'ballast'";
        TRY(connection->plain(settings.c_str()));
        return connection;
    }

    std::unique_ptr<Connection> idle_connection() {
        const std::lock_guard lock(mutex_);
        if (idle_.empty()) return nullptr;
        auto connection = std::move(idle_.back());
        idle_.pop_back();
        return connection;
    }
    void put_back(std::unique_ptr<Connection> connection) {
        if (connection->broken() || PQtransactionStatus(connection->get()) != PQTRANS_IDLE) return;
        const std::lock_guard lock(mutex_);
        idle_.push_back(std::move(connection));
    }

    // A connection that was lost while idle (the server restarted) shows it here, where trying a fresh one is
    // safe: nothing has been done yet.
    Result<std::unique_ptr<Connection>> begun(Mode mode) {
        const char* sql = mode == Mode::write ? "BEGIN ISOLATION LEVEL READ COMMITTED"
                                              : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
        while (auto connection = idle_connection()) {
            const auto outcome = connection->plain(sql);
            if (outcome) return connection;
            if (outcome.error().id != "db.unreachable") return outcome.error();
        }
        auto connection = TRY(connect());
        TRY(connection->plain(sql));
        return connection;
    }

    static Result<void> perform(Connection& connection, const std::function<bool(Tx&)>& work) {
        PostgresTx tx(connection);
        const bool keep = work(tx);
        auto outcome = keep ? tx.may_commit() : Result<void>{};
        if (keep && outcome) return commit(connection);
        // When the connection is gone, the server has rolled back already.
        const Reply rolled_back(PQexec(connection.get(), "ROLLBACK"));
        return outcome;
    }

    // A deferred foreign key speaks here. When the connection breaks here, nobody knows whether the commit
    // was done; the caller is told that the database is unreachable and does not take it for done.
    static Result<void> commit(Connection& connection) {
        const Reply reply(PQexec(connection.get(), "COMMIT"));
        TRY(connection.checked(reply.get(), "COMMIT"));
        const bool committed = std::string_view(PQcmdStatus(reply.get())) == "COMMIT";
        INVARIANT(committed);
        return {};
    }

    bool writes_here() {
        const std::lock_guard lock(mutex_);
        return writers_.contains(std::this_thread::get_id());
    }
    void note_writer(bool begins) {
        const std::lock_guard lock(mutex_);
        if (begins)
            writers_.insert(std::this_thread::get_id());
        else
            writers_.erase(std::this_thread::get_id());
    }

    const std::string address_;
    const Options options_;
    Turns places_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<Connection>> idle_;
    std::unordered_set<std::thread::id> writers_;
};

}  // namespace

Result<std::unique_ptr<Database>> open_postgresql(const std::string& address, const Options& options) {
    auto database = std::make_unique<PostgresDatabase>(address, options);
    TRY(database->try_out());
    return std::unique_ptr<Database>(std::move(database));
}

}  // namespace ballast::db
