/// The rows of one file on their way into the database: checked, linked, told from doubles, sealed, written
/// in pieces that nobody sees yet. Only for this module's own sources.
#pragma once

#include <array>
#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

#include "feeds/feeds.h"
#include "feeds/heading.h"
#include "feeds/stored.h"
#include "table/table.h"

namespace ballast::feeds {

/// So many rows go to the database in one transaction while a file is being read: few enough that an
/// officer's own change waits a fraction of a second.
inline constexpr std::size_t piece = 5'000;

/// Asked after every piece; false: the sender wants to stop.
using Progress = std::function<bool(double)>;

class Receiving {
public:
    struct Order {
        BatchId batch;
        const Contract& agreed;
        std::string period;
        Date today;
        Instant now;
    };
    Receiving(db::Database& database, const crypto::Vault& vault, const Register& reg, Order order)
        : database_(database), vault_(vault), register_(reg), order_(std::move(order)) {}

    /// conflict "feeds.stopped"; the errors of the reader and of the database.
    Result<void> sheet(table::Reader& reader, const Heading& heading, const Progress& progress);
    /// Writes what is left.
    Result<void> flush();
    const Counts& counts() const { return counts_; }
    /// Rows that count as confirmed because a person said of an earlier one whom it means.
    std::int64_t carried() const { return carried_; }

private:
    /// What a person decided about an earlier row.
    struct Said {
        registry::PersonId person;
        RowId row;
        std::string by;
        std::string reason;  // why this one would be open
    };
    struct Pending {
        std::vector<db::Value> values;  // as row_columns, from `sheet` on
        std::vector<const Registered*> candidates;
        std::optional<Said> said = {};  // of a row that is written alike
    };
    /// 40 bytes for every row of a file: the one thing here that grows with it.
    using Hash = std::array<std::uint64_t, 2>;
    struct HashOf {
        std::size_t operator()(const Hash& hash) const { return hash[0]; }
    };
    struct Place {
        std::uint32_t sheet, row;
    };

    void settle_as_before(const CheckedRow& row, Linked& linked, Pending& out);
    void take(const table::Row& row, std::span<const table::Cell* const> cells);
    void refuse(const table::Row& row, const stored::Content& content, const Error& why);
    Result<void> written(db::Tx& tx);
    Result<void> load_decisions();
    Result<void> decide(db::Tx& tx, std::int64_t row, const Pending& pending);
    std::string subject_of(const CheckedRow& row) const;

    db::Database& database_;
    const crypto::Vault& vault_;
    const Register& register_;
    const Order order_;
    Counts counts_;
    std::int64_t carried_ = 0;
    std::optional<std::unordered_map<std::string, Said>> said_;  // by `row_alike`
    std::vector<Pending> pending_;
    std::unordered_map<Hash, Place, HashOf> seen_;
    std::vector<std::string> sheets_;
};

}  // namespace ballast::feeds
