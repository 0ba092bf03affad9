// SQLite: one connection that writes, by turns, and a few that read snapshots beside it (write-ahead log).
#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <map>
#include <new>
#include <thread>

#include "db/dialect.h"
#include "db/engine_tx.h"
#include "db/engines.h"
#include "db/turns.h"

namespace ballast::db {
namespace {

constexpr std::size_t most_idle_statements = 256;

struct Closer {
    void operator()(sqlite3* db) const { sqlite3_close_v2(db); }
};
struct Finalizer {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Handle = std::unique_ptr<sqlite3, Closer>;
using PreparedStatement = std::unique_ptr<sqlite3_stmt, Finalizer>;

bool out_of_space(int system_error) {
    return system_error == ENOSPC || system_error == EDQUOT || system_error == EFBIG;
}

// SQLite itself calls only ENOSPC a full disk, not a quota or a limit on the size of a file. By the time we
// ask, the thread's errno has been overwritten; the two files remember theirs.
bool out_of_space(sqlite3* db) {
    for (const int which : {SQLITE_FCNTL_FILE_POINTER, SQLITE_FCNTL_JOURNAL_POINTER}) {
        sqlite3_file* file = nullptr;
        int last_error = 0;
        if (sqlite3_file_control(db, "main", which, &file) == SQLITE_OK && file && file->pMethods &&
            file->pMethods->xFileControl(file, SQLITE_FCNTL_LAST_ERRNO, &last_error) == SQLITE_OK &&
            out_of_space(last_error))
            return true;
    }
    return false;
}

// A refusal by its kind. What only a bug can cause is thrown, with the SQL but never with a value.
Error refusal(sqlite3* db, const std::string& path, std::string_view sql) {
    const int code = sqlite3_extended_errcode(db);
    const std::string message = sqlite3_errmsg(db);
    switch (code) {
        case SQLITE_CONSTRAINT_UNIQUE:
        case SQLITE_CONSTRAINT_PRIMARYKEY:
        case SQLITE_CONSTRAINT_ROWID:
            return conflict("db.duplicate", message);
        case SQLITE_CONSTRAINT_FOREIGNKEY:
            return conflict("db.reference", message);
        default:
            break;
    }
    switch (code & 0xff) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
        case SQLITE_PROTOCOL:
            return unavailable("db.busy", message);
        case SQLITE_FULL:
            return unavailable("db.full", message).with("where", path);
        case SQLITE_IOERR:
            if (out_of_space(db)) return unavailable("db.full", message).with("where", path);
            return unavailable("db.unreachable", message).with("where", path);
        case SQLITE_CANTOPEN:
        case SQLITE_PERM:
        case SQLITE_AUTH:
            return unavailable("db.unreachable", message).with("where", path);
        case SQLITE_READONLY:
            // The file may not be written; a reader that writes is a bug.
            if (sqlite3_db_readonly(db, "main") == 1)
                return unavailable("db.unreachable", message).with("where", path);
            break;
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return corrupt("db.damaged", message).with("where", path);
        case SQLITE_NOMEM:
            throw std::bad_alloc();
        default:
            break;
    }
    throw InvariantBroken("SQLite: " + message + " (" + std::to_string(code) + ") in: " + std::string(sql));
}

class Connection {
public:
    Connection(Handle handle, std::string path) : path_(std::move(path)), db_(std::move(handle)) {}

    sqlite3* get() const { return db_.get(); }
    const std::string& path() const { return path_; }

    Result<void> plain(const char* sql) {
        if (sqlite3_exec(get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK)
            return refusal(get(), path_, sql);
        return {};
    }
    bool in_transaction() const { return sqlite3_get_autocommit(get()) == 0; }
    void roll_back() {
        // After a full disk SQLite may have rolled back by itself.
        if (in_transaction()) sqlite3_exec(get(), "ROLLBACK", nullptr, nullptr, nullptr);
        INVARIANT(!in_transaction());
    }

    Result<PreparedStatement> take(std::string_view sql) {
        if (const auto found = idle_.find(sql); found != idle_.end()) {
            auto statement = std::move(found->second);
            idle_.erase(found);
            return statement;
        }
        sqlite3_stmt* made = nullptr;
        const char* rest = nullptr;
        const int code = sqlite3_prepare_v3(get(), sql.data(), static_cast<int>(sql.size()),
                                            SQLITE_PREPARE_PERSISTENT, &made, &rest);
        PreparedStatement statement(made);
        if (code != SQLITE_OK) return refusal(get(), path_, sql);
        const bool one_statement =
            made && statements_of(sql.substr(static_cast<std::size_t>(rest - sql.data()))).empty();
        INVARIANT(one_statement);
        return statement;
    }
    void give_back(PreparedStatement statement) {
        sqlite3_reset(statement.get());
        sqlite3_clear_bindings(statement.get());
        if (idle_.size() >= most_idle_statements) idle_.clear();
        idle_.emplace(sqlite3_sql(statement.get()), std::move(statement));
    }

private:
    std::string path_;
    Handle db_;  // outlives its statements
    std::map<std::string, PreparedStatement, std::less<>> idle_;
};

// A statement in use; goes back to its connection, reset, when the use ends.
class Statement {
public:
    static Result<Statement> of(Connection& connection, std::string_view sql) {
        return Statement(connection, TRY(connection.take(sql)));
    }
    Statement(Statement&&) = default;
    Statement& operator=(Statement&&) = delete;
    ~Statement() {
        if (statement_) connection_.give_back(std::move(statement_));
    }

    void bind(std::span<const Value> values) {
        const bool a_value_for_every_placeholder =
            sqlite3_bind_parameter_count(statement_.get()) == static_cast<int>(values.size());
        INVARIANT(a_value_for_every_placeholder);
        int place = 0;
        for (const Value& value : values) bind(++place, value);
    }
    /// True when there is a row.
    Result<bool> step() {
        const int code = sqlite3_step(statement_.get());
        if (code == SQLITE_ROW) return true;
        if (code == SQLITE_DONE) return false;
        return refusal(connection_.get(), connection_.path(), sqlite3_sql(statement_.get()));
    }
    void reset() { sqlite3_reset(statement_.get()); }
    bool changes_nothing() const { return sqlite3_stmt_readonly(statement_.get()) != 0; }

    void copy_row(FlatRow& row) const {
        for (int i = 0; i < sqlite3_column_count(statement_.get()); ++i) copy_cell(i, row);
    }

private:
    Statement(Connection& connection, PreparedStatement statement)
        : connection_(connection), statement_(std::move(statement)) {}

    // The values outlive the steps: they belong to the caller of each_row, run or add.
    void bind(int place, const Value& value) {
        sqlite3_stmt* s = statement_.get();
        int code = SQLITE_OK;
        if (const auto* n = std::get_if<std::int64_t>(&value.held()))
            code = sqlite3_bind_int64(s, place, *n);
        else if (const auto* text = std::get_if<std::string>(&value.held()))
            code = sqlite3_bind_text64(s, place, text->data(), text->size(), SQLITE_STATIC, SQLITE_UTF8);
        else if (const auto* blob = std::get_if<Blob>(&value.held()))
            // An empty vector has no address, and no address would mean NULL.
            code = blob->empty() ? sqlite3_bind_zeroblob(s, place, 0)
                                 : sqlite3_bind_blob64(s, place, blob->data(), blob->size(), SQLITE_STATIC);
        else
            code = sqlite3_bind_null(s, place);
        INVARIANT(code == SQLITE_OK);
    }

    void copy_cell(int i, FlatRow& row) const {
        sqlite3_stmt* s = statement_.get();
        const auto size = [&] { return static_cast<std::size_t>(sqlite3_column_bytes(s, i)); };
        switch (sqlite3_column_type(s, i)) {
            case SQLITE_NULL:
                return row.add_null();
            case SQLITE_INTEGER:
                return row.add_integer(sqlite3_column_int64(s, i));
            case SQLITE_TEXT: {
                const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(s, i));
                return row.add_text({text, size()});
            }
            case SQLITE_BLOB: {
                const auto* bytes = static_cast<const std::uint8_t*>(sqlite3_column_blob(s, i));
                return row.add_bytes({bytes, size()});
            }
            default:
                return row.add_unreadable();
        }
    }

    Connection& connection_;
    PreparedStatement statement_;
};

class SqliteAnswer final : public Answer {
public:
    explicit SqliteAnswer(Statement statement) : statement_(std::move(statement)) {}

protected:
    Result<bool> fetch(FlatRow& row) override {
        if (!TRY(statement_.step())) return false;
        statement_.copy_row(row);
        return true;
    }

private:
    Statement statement_;
};

class SqliteTx;

class SqliteBulk final : public Bulk {
public:
    SqliteBulk(SqliteTx& tx, Statement statement) : tx_(tx), statement_(std::move(statement)) {}
    Result<void> add(std::span<const Value> row) override;
    Result<std::int64_t> finish() override;

private:
    SqliteTx& tx_;
    Statement statement_;
    std::int64_t rows_ = 0;
    bool finished_ = false;
};

class SqliteTx final : public EngineTx {
public:
    explicit SqliteTx(Connection& connection) : connection_(connection) {}
    Engine engine() const override { return Engine::sqlite; }

    Result<void> add_row(Statement& statement, std::span<const Value> row) {
        TRY(hold_open_answers());
        statement.bind(row);
        const auto outcome = statement.step();
        statement.reset();
        if (!outcome) return outcome.error();
        return {};
    }

protected:
    // What is being read must not see what is written meanwhile, as on PostgreSQL; else a loop that changes
    // the rows it walks over could meet them twice.
    Result<Statement> ready(std::string_view sql, std::span<const Value> values) {
        Statement statement = TRY(Statement::of(connection_, sql));
        if (!statement.changes_nothing()) TRY(hold_open_answers());
        statement.bind(values);
        return statement;
    }
    Result<std::unique_ptr<Answer>> start(std::string_view sql, std::span<const Value> values) override {
        return std::unique_ptr<Answer>(std::make_unique<SqliteAnswer>(TRY(ready(sql, values))));
    }
    Result<std::int64_t> execute(std::string_view sql, std::span<const Value> values) override {
        Statement statement = TRY(ready(sql, values));
        const auto before = sqlite3_total_changes64(connection_.get());
        while (TRY(statement.step())) {
        }
        // The count of a statement that changes no rows (CREATE, SELECT) would be that of the one before.
        if (sqlite3_total_changes64(connection_.get()) == before) return 0;
        return sqlite3_changes64(connection_.get());
    }
    Result<std::unique_ptr<Bulk>> open_bulk(std::string_view table,
                                            std::span<const std::string_view> columns) override {
        std::string names, places;
        for (const auto column : columns) {
            names += (names.empty() ? "" : ", ") + std::string(column);
            places += places.empty() ? "?" : ", ?";
        }
        const std::string sql =
            "INSERT INTO " + std::string(table) + " (" + names + ") VALUES (" + places + ")";
        return std::unique_ptr<Bulk>(
            std::make_unique<SqliteBulk>(*this, TRY(Statement::of(connection_, sql))));
    }
    Result<std::int64_t> reserve(std::string_view table, std::int64_t n) override {
        const Value values[] = {n, table};
        Statement last =
            TRY(ready("UPDATE sqlite_sequence SET seq = seq + ? WHERE name = ? RETURNING seq", values));
        if (TRY(last.step())) {
            FlatRow row;
            last.copy_row(row);
            while (TRY(last.step())) {
            }
            return row.integer(0) - n + 1;
        }
        const Value first[] = {table, n};
        TRY(execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", first));
        return 1;
    }

private:
    Connection& connection_;
};

Result<void> SqliteBulk::add(std::span<const Value> row) {
    INVARIANT(!finished_);
    if (tx_.lost()) return *tx_.lost();
    check_values(row);
    TRY(tx_.noted(tx_.add_row(statement_, row)));
    ++rows_;
    return {};
}

Result<std::int64_t> SqliteBulk::finish() {
    INVARIANT(!finished_);
    finished_ = true;
    tx_.bulk_finished();
    if (tx_.lost()) return *tx_.lost();
    return rows_;
}

enum class Access : std::uint8_t { write, read };

Result<std::unique_ptr<Connection>> connect(const std::string& path, Access access, const Options& options) {
    sqlite3* made = nullptr;
    const int code = sqlite3_open_v2(
        path.c_str(), &made, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
    Handle handle(made);
    if (!made) throw std::bad_alloc();
    sqlite3_extended_result_codes(made, 1);
    if (code != SQLITE_OK) return refusal(made, path, "open");
    sqlite3_busy_timeout(made, options.busy_timeout_ms);
    auto connection = std::make_unique<Connection>(std::move(handle), path);

    // Two processes that make the same new file at once: the change to write-ahead logging does not wait for
    // the other by itself.
    constexpr int pause_ms = 20;
    auto logging = connection->plain("PRAGMA journal_mode = WAL");
    for (int waited = 0; !logging && logging.error().id == "db.busy" && waited < options.busy_timeout_ms;
         waited += pause_ms) {
        sqlite3_sleep(pause_ms);
        logging = connection->plain("PRAGMA journal_mode = WAL");
    }
    TRY(std::move(logging));
    // LIKE tells upper from lower case on PostgreSQL, so it must here.
    TRY(
        connection->plain("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF;"
                          "PRAGMA case_sensitive_like = ON; PRAGMA temp_store = MEMORY;"
                          "PRAGMA cache_size = -16000; PRAGMA journal_size_limit = 67108864"));
    if (access == Access::read) TRY(connection->plain("PRAGMA query_only = ON"));
    return connection;
}

// Made by us, so that only the owner may read it; SQLite gives its log the same mode.
Result<void> make_file(const std::string& path) {
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0) {
        if (out_of_space(errno)) return unavailable("db.full", std::strerror(errno)).with("where", path);
        return unavailable("db.unreachable", std::strerror(errno)).with("where", path);
    }
    ::close(file);
    return {};
}

class SqliteDatabase final : public Database {
public:
    SqliteDatabase(std::string path, const Options& options, std::unique_ptr<Connection> writer)
        : path_(std::move(path)), options_(options), readers_(options.readers), writer_(std::move(writer)) {}

    Engine engine() const override { return Engine::sqlite; }

    Result<void> backup_to(const std::string& path) override {
        Reading reading = TRY(begin_reading());
        const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        if (file < 0 && errno == EEXIST) return conflict("db.backup_exists").with("where", path);
        if (file < 0) return unavailable("db.unreachable", std::strerror(errno)).with("where", path);
        auto outcome = copy(reading.connection(), path);
        if (outcome && ::fsync(file) != 0)
            outcome = unavailable("db.unreachable", std::strerror(errno)).with("where", path);
        ::close(file);
        if (!outcome) ::unlink(path.c_str());
        return outcome;
    }

protected:
    Result<void> transact(Mode mode, const std::function<bool(Tx&)>& work) override {
        return mode == Mode::write ? writing(work) : reading(work);
    }

private:
    // A reader's connection, given back when the use ends.
    class Reading {
    public:
        Reading(SqliteDatabase& database, std::unique_ptr<Connection> connection)
            : database_(database), connection_(std::move(connection)) {}
        Reading(Reading&&) = default;
        Reading& operator=(Reading&&) = delete;
        ~Reading() {
            if (connection_) database_.end_reading(std::move(connection_));
        }
        Connection& connection() { return *connection_; }

    private:
        SqliteDatabase& database_;
        std::unique_ptr<Connection> connection_;
    };

    Result<Reading> begin_reading() {
        if (!readers_.take(options_.busy_timeout_ms)) return unavailable("db.busy", "no reader came free");
        std::unique_ptr<Connection> connection;
        {
            const std::lock_guard lock(idle_mutex_);
            if (!idle_readers_.empty()) {
                connection = std::move(idle_readers_.back());
                idle_readers_.pop_back();
            }
        }
        if (!connection) {
            auto made = connect(path_, Access::read, options_);
            if (!made) {
                readers_.give_back();
                return std::move(made).error();
            }
            connection = std::move(*made);
        }
        return Reading(*this, std::move(connection));
    }
    void end_reading(std::unique_ptr<Connection> connection) {
        {
            const std::lock_guard lock(idle_mutex_);
            idle_readers_.push_back(std::move(connection));
        }
        readers_.give_back();
    }

    Result<void> reading(const std::function<bool(Tx&)>& work) {
        Reading reading = TRY(begin_reading());
        return perform(reading.connection(), "BEGIN", work);
    }

    Result<void> writing(const std::function<bool(Tx&)>& work) {
        // It would wait for itself.
        const bool not_inside_another_write = writing_thread_.load() != std::this_thread::get_id();
        INVARIANT(not_inside_another_write);
        if (!writers_.take(options_.busy_timeout_ms))
            return unavailable("db.busy", "the writer did not come free");
        struct Turn {
            SqliteDatabase& database;
            ~Turn() {
                database.writing_thread_ = std::thread::id{};
                database.writers_.give_back();
            }
        } turn{*this};
        writing_thread_ = std::this_thread::get_id();
        // The lock at once: a transaction that reads first and wants to write later would be refused when
        // another process wrote in between.
        return perform(*writer_, "BEGIN IMMEDIATE", work);
    }

    static Result<void> perform(Connection& connection, const char* begin,
                                const std::function<bool(Tx&)>& work) {
        TRY(connection.plain(begin));
        try {
            SqliteTx tx(connection);
            const bool keep = work(tx);
            if (!keep) {
                connection.roll_back();
                return {};
            }
            auto outcome = tx.may_commit();
            if (outcome) outcome = connection.plain("COMMIT");
            if (!outcome) connection.roll_back();
            return outcome;
        } catch (...) {
            connection.roll_back();
            throw;
        }
    }

    static Result<void> copy(Connection& from, const std::string& path) {
        sqlite3* made = nullptr;
        const int opened =
            sqlite3_open_v2(path.c_str(), &made, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
        const Handle to(made);
        if (!made) throw std::bad_alloc();
        sqlite3_extended_result_codes(made, 1);
        if (opened != SQLITE_OK) return refusal(made, path, "backup");
        sqlite3_backup* backup = sqlite3_backup_init(made, "main", from.get(), "main");
        if (!backup) return refusal(made, path, "backup");
        // In one step: it reads one snapshot, and the log lets others write meanwhile.
        sqlite3_backup_step(backup, -1);
        if (sqlite3_backup_finish(backup) != SQLITE_OK) return refusal(made, path, "backup");
        return {};
    }

    const std::string path_;
    const Options options_;
    Turns writers_{1};
    Turns readers_;
    std::atomic<std::thread::id> writing_thread_{};
    std::mutex idle_mutex_;
    std::unique_ptr<Connection> writer_;
    std::vector<std::unique_ptr<Connection>> idle_readers_;
};

}  // namespace

Result<std::unique_ptr<Database>> open_sqlite(const std::string& path, const Options& options) {
    TRY(make_file(path));
    auto writer = TRY(connect(path, Access::write, options));
    return std::unique_ptr<Database>(std::make_unique<SqliteDatabase>(path, options, std::move(writer)));
}

}  // namespace ballast::db
