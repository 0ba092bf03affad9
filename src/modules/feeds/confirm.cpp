#include "feeds/confirm.h"

#include <fmt/format.h>

#include <algorithm>

#include "audit/audit.h"
#include "feeds/carried.h"
#include "feeds/stored.h"
#include "registry/people.h"

namespace ballast::feeds {
namespace {

/// Why a row that a person has looked at means nobody of the register.
constexpr std::string_view nobody = "feeds.nobody_confirmed";

struct Open {
    RowId id;
    BatchId batch;
    AreaCode county;
    State state;
    std::string reason;
    crypto::Bytes alike;  // what a row of the sender must be like to mean the same
};

Result<Open> load(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& actor, RowId id) {
    TRY(auth::require(actor, auth::Right::feeds_confirm));
    bool replaced = false;
    std::string sql =
        "SELECT r.batch_id, b.county, r.state, r.reason, r.superseded_by, "
        "b.department, r.id_text, r.name, r.place "
        "FROM feeds_row r JOIN feeds_batch b ON b.id = r.batch_id WHERE r.id = ? AND b.state = 'applied' "
        "AND " +
        actor.scope(auth::Right::feeds_confirm).sql("b.county");
    std::vector<db::Value> values{id};
    if (const auto department = actor.department(); !department.empty()) {
        sql += " AND b.department = ?";
        values.emplace_back(department);
    }
    std::optional<Open> found;
    TRY(tx.each_row(sql, values, [&](const db::Row& row) -> Result<void> {
        found = Open{
            id, row.id<BatchId>(0), row.area(1), state_named(row.text(2)).value(), std::string(row.text(3)),
            {}};
        const auto sent = row.null(6) ? std::string() : TRY(vault.open(stored::id_context, row.bytes(6)));
        found->alike = stored::row_alike(vault, row.text(5), sent, row.text(7), row.text(8));
        replaced = !row.null(4);
        return {};
    }));
    if (!found) return not_found("feeds.no_such_row");
    if (replaced) return conflict("feeds.row_replaced");
    return std::move(*found);
}

/// The state in the WHERE clause makes a double decision impossible: the second of two people who looked at
/// the same row is told.
Result<void> change(db::Tx& tx, RowId row, BatchId batch, State from, State to, std::string_view reason,
                    const std::optional<registry::PersonId>& person = {},
                    const std::optional<Touched>& household = {}) {
    const auto changed = TRY(
        tx.exec("UPDATE feeds_row SET state = ?, reason = ?, person_id = ?, household_id = ?, village_code = "
                "? WHERE id = ? AND state = ? AND superseded_by IS NULL",
                name_of(to), reason, person, household ? std::optional(household->household) : std::nullopt,
                household ? std::optional(household->village) : std::nullopt, row, name_of(from)));
    if (changed != 1) return conflict("feeds.decided_already");
    TRY(tx.exec(
        fmt::format("UPDATE feeds_batch SET rows_{0} = rows_{0} - 1, rows_{1} = rows_{1} + 1 WHERE id = ?",
                    name_of(from), name_of(to)),
        batch));
    return {};
}

Result<void> decide(db::Tx& tx, const auth::Actor& actor, const Open& row, State verdict, Instant now) {
    TRY(tx.exec(
        "INSERT INTO feeds_decision (row_id, batch_id, verdict, reason_before, decided_at, decided_by, "
        "row_alike) VALUES (?, ?, ?, ?, ?, ?, ?)",
        row.id, row.batch, name_of(verdict), row.reason, now.ms, actor.account, row.alike));
    return {};
}

Result<void> record(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& actor, std::string action,
                    RowId row, AreaCode county, const std::string& details, Instant now) {
    return audit::record(tx, vault, actor,
                         {std::move(action), "feed_row:" + std::to_string(row.number()), county, "", details},
                         now);
}

std::string in_batch(BatchId batch) { return fmt::format(R"({{"batch":{}}})", batch.number()); }

void touch(std::vector<Touched>& households, const std::optional<Touched>& one) {
    if (one && std::none_of(households.begin(), households.end(),
                            [&](const Touched& known) { return known.household == one->household; }))
        households.push_back(*one);
}

}  // namespace

Result<Decided> confirm(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& actor, RowId id,
                        registry::PersonId person, Instant now) {
    const Open row = TRY(load(tx, vault, actor, id));
    if (row.state != State::candidate) return conflict("feeds.decided_already");
    const bool offered =
        TRY(tx.number("SELECT COUNT(*) FROM feeds_candidate WHERE row_id = ? AND person_id = ?",
                      {id, person})) > 0;
    // Where they live today: they may have moved since the file came.
    const auto found =
        TRY(registry::people(tx, vault, actor.scope(auth::Right::feeds_confirm), std::array{person}));
    if (!offered || found.empty()) return invalid("feeds.not_among_candidates");
    const auto& line = found.at(person);
    const Touched household{line.household, line.village};
    TRY(change(tx, id, row.batch, row.state, State::matched, "", person, household));
    TRY(decide(tx, actor, row, State::matched, now));
    TRY(record(tx, vault, actor, "feeds.confirm", id, row.county,
               fmt::format(R"({{"batch":{},"person":{}}})", row.batch.number(), person.number()), now));
    return Decided{row.batch, row.county, {household}};
}

Result<Decided> set_aside(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& actor, RowId id,
                          Instant now) {
    const Open row = TRY(load(tx, vault, actor, id));
    if (row.state != State::candidate) return conflict("feeds.decided_already");
    TRY(change(tx, id, row.batch, row.state, State::unmatched, nobody));
    TRY(decide(tx, actor, row, State::unmatched, now));
    TRY(record(tx, vault, actor, "feeds.set_aside", id, row.county, in_batch(row.batch), now));
    return Decided{row.batch, row.county, {}};
}

Result<Decided> undo(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& actor, RowId id,
                     Instant now) {
    const Open row = TRY(load(tx, vault, actor, id));
    TRY(take_turn(tx, row.county));
    const auto decision = TRY(standing_on(tx, id));
    if (!decision) return conflict("feeds.nothing_to_undo");
    Decided out{row.batch, row.county, {}};
    const auto end = [&](RowId decided) {
        return tx.exec(
            "UPDATE feeds_decision SET undone_at = ?, undone_by = ? WHERE row_id = ? AND undone_at IS NULL",
            now.ms, actor.account, decided);
    };
    for (const auto& one : decision->rows) {
        TRY(change(tx, one.row, one.batch, one.state, State::candidate, one.reason));
        TRY(end(one.row));
        TRY(record(tx, vault, actor, "feeds.undo", one.row, row.county, in_batch(one.batch), now));
        touch(out.households, one.household);
        out.also_open += one.row != id;
    }
    TRY(end(decision->first));  // also where the sender has replaced it
    return out;
}

}  // namespace ballast::feeds
