#include "base/masking.h"
#include "feeds/carried.h"
#include "feeds/check.h"
#include "feeds/feeds.h"
#include "feeds/owners.h"
#include "feeds/stored.h"

namespace ballast::feeds {
namespace {

constexpr std::string_view batch_columns =
    "b.id, b.feed, b.department, b.county, b.file_name, b.period, b.state, b.received_at, b.received_by, "
    "b.rows_matched, b.rows_candidate, "
    "b.rows_unmatched, b.rows_invalid, b.totals_dropped, b.same_as, b.rejects_of, b.replaces, b.replaced_by, "
    "b.error, (SELECT COUNT(*) FROM feeds_decision d WHERE d.batch_id = b.id AND d.undone_at IS NULL), "
    "b.job_id, b.is_nil";

Batch read_batch(const db::Row& row) {
    Batch b;
    b.id = row.id<BatchId>(0);
    b.feed = row.text(1);
    b.department = row.text(2);
    b.county = row.area(3);
    b.file = row.text(4);
    b.period = row.text(5);
    b.state = row.text(6) == "applied"   ? Batch::State::applied
              : row.text(6) == "refused" ? Batch::State::refused
                                         : Batch::State::receiving;
    b.received_at = Instant{row.integer(7)};
    b.received_by = row.text(8);
    b.counts = {row.integer(9), row.integer(10), row.integer(11), row.integer(12), row.integer(13)};
    const auto other = [&](int column) -> std::optional<BatchId> {
        if (row.null(column)) return std::nullopt;
        return row.id<BatchId>(column);
    };
    b.same_as = other(14);
    b.rejects_of = other(15);
    b.replaces = other(16);
    b.replaced_by = other(17);
    if (const auto error = row.maybe_text(18)) b.error = stored::error(*error);
    b.decided = row.integer(19);
    b.job = row.maybe_integer(20);
    b.nil = row.truth(21);
    return b;
}

/// Rows of `feeds_batch b` that the actor may see: their area, and for a department's clerk their department.
std::string visible(const auth::Actor& actor) {
    std::string sql = actor.scope(auth::Right::feeds_read).sql("b.county");
    if (const auto department = actor.department(); !department.empty()) sql += " AND b.department = ?";
    return sql;
}
void bind_visible(const auth::Actor& actor, std::vector<db::Value>& values) {
    if (const auto department = actor.department(); !department.empty()) values.emplace_back(department);
}

/// SQL that holds for batches `b` whose rows screening may read: what needs a household's consent is left
/// out.
std::string read_by_rules() {
    std::string ids;
    for (const auto& agreed : contracts())
        if (agreed.consent.empty()) ids += (ids.empty() ? "'" : ",'") + agreed.id + "'";
    return "b.feed IN (" + ids + ")";
}

constexpr std::string_view rows_with_decisions =
    " FROM feeds_row r LEFT JOIN feeds_decision d ON d.row_id = r.id AND d.undone_at IS NULL";

void tell_number(SentRow& row, std::string_view sent) {
    if (const auto parsed = CitizenId::parse(sent, Date::from_days(100'000))) {
        row.id_masked = parsed->id.masked();
        row.birth = parsed->id.birth_date();
        row.sex = parsed->id.sex();
    } else if (!sent.empty()) {
        row.id_masked = "******";  // no ID number, but still somebody's: that there is something, not what
    }
}

}  // namespace

std::int64_t& Counts::of(State state) {
    switch (state) {
        case State::matched:
            return matched;
        case State::candidate:
            return candidate;
        case State::unmatched:
            return unmatched;
        case State::invalid:
            break;
    }
    return invalid;
}

std::string_view name_of(Batch::State state) {
    return state == Batch::State::applied   ? "applied"
           : state == Batch::State::refused ? "refused"
                                            : "receiving";
}

Result<std::vector<Batch>> batches(db::Tx& tx, const auth::Actor& actor, const BatchQuery& query,
                                   std::int64_t* total) {
    std::string where = " WHERE " + visible(actor);
    std::vector<db::Value> values;
    bind_visible(actor, values);
    if (!query.feed.empty()) {
        where += " AND b.feed = ?";
        values.emplace_back(query.feed);
    }
    if (total)
        TRY(tx.each_row("SELECT COUNT(*) FROM feeds_batch b" + where, values,
                        [&](const db::Row& row) -> Result<void> {
                            *total = row.integer(0);
                            return {};
                        }));
    values.emplace_back(query.limit);
    values.emplace_back(query.offset);
    std::vector<Batch> out;
    TRY(tx.each_row("SELECT " + std::string(batch_columns) + " FROM feeds_batch b" + where +
                        " ORDER BY b.id DESC LIMIT ? OFFSET ?",
                    values, [&](const db::Row& row) -> Result<void> {
                        out.push_back(read_batch(row));
                        return {};
                    }));
    return out;
}

Result<Batch> batch(db::Tx& tx, const auth::Actor& actor, BatchId id) {
    std::vector<db::Value> values;
    bind_visible(actor, values);
    values.emplace_back(id);
    std::optional<Batch> found;
    TRY(tx.each_row("SELECT " + std::string(batch_columns) + " FROM feeds_batch b WHERE " + visible(actor) +
                        " AND b.id = ?",
                    values, [&](const db::Row& row) -> Result<void> {
                        found = read_batch(row);
                        return {};
                    }));
    if (!found) return not_found("feeds.no_such_batch");
    return std::move(*found);
}

Result<std::vector<Reason>> reasons(db::Tx& tx, const auth::Actor& actor, BatchId id) {
    if (TRY(batch(tx, actor, id)).state != Batch::State::applied) return std::vector<Reason>();
    return tx.all(
        "SELECT state, reason, COUNT(*) FROM feeds_row WHERE batch_id = ? AND reason <> '' GROUP BY state, "
        "reason ORDER BY 3 DESC, 2",
        {id}, [](const db::Row& row) {
            return Reason{state_named(row.text(0)).value(), std::string(row.text(1)), row.integer(2)};
        });
}

Result<std::vector<SentRow>> rows(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& actor,
                                  BatchId id, const RowQuery& query, std::int64_t* total) {
    const Batch of = TRY(batch(tx, actor, id));
    if (total) *total = 0;
    if (of.state != Batch::State::applied) return std::vector<SentRow>();
    const Contract& agreed = *TRY(contract(of.feed));
    // Whom the register holds is none of a sender's business.
    const bool sees_register = actor.may(auth::Right::feeds_confirm);
    std::string where = " WHERE r.batch_id = ?";
    std::vector<db::Value> values{id};
    if (query.state) {
        where += " AND r.state = ?";
        values.emplace_back(name_of(*query.state));
    }
    if (query.accepted) where += " AND r.state <> 'invalid'";
    if (!query.reason.empty()) {
        where += " AND r.reason = ?";
        values.emplace_back(query.reason);
    }
    if (query.decided) where += " AND d.id IS NOT NULL";
    if (total)
        TRY(tx.each_row("SELECT COUNT(*)" + std::string(rows_with_decisions) + where, values,
                        [&](const db::Row& row) -> Result<void> {
                            *total = row.integer(0);
                            return {};
                        }));
    values.emplace_back(query.limit);
    values.emplace_back(query.offset);
    std::vector<SentRow> out;
    TRY(tx.each_row(
        "SELECT r.id, r.sheet, r.row_number, r.state, r.reason, r.reason_args, r.name, r.place, r.id_text, "
        "r.content, r.person_id, "
        "r.household_id, d.verdict, d.decided_by, d.decided_at, (SELECT o.batch_id FROM feeds_row o WHERE "
        "o.id = d.carried_from)" +
            std::string(rows_with_decisions) + where +
            " ORDER BY r.sheet, r.row_number, r.id LIMIT ? OFFSET ?",
        values, [&](const db::Row& row) -> Result<void> {
            SentRow sent;
            sent.id = row.id<RowId>(0);
            sent.sheet = row.text(1);
            sent.row_number = row.integer(2);
            sent.state = state_named(row.text(3)).value();
            if (!row.text(4).empty())
                sent.reason =
                    Error{ErrorKind::invalid, std::string(row.text(4)), stored::args(row.text(5)), {}};
            sent.name = row.text(6);
            sent.place = row.text(7);
            if (!row.null(8)) tell_number(sent, TRY(vault.open(stored::id_context, row.bytes(8))));
            const auto content = TRY(stored::open_content(vault, row.bytes(9)));
            for (std::size_t i = 0; i < agreed.columns.size() && i < content.sent.size(); ++i) {
                const auto& column = agreed.columns[i];
                if (column.sealed || column.type == Type::citizen_id || column.type == Type::name ||
                    content.sent[i].empty())
                    continue;
                sent.values.emplace_back(column.title, content.sent[i]);
            }
            if (sent.state == State::matched && !shows_owners(actor, agreed)) {
                sent.name = masked_name(sent.name);
                sent.id_masked.clear();
                sent.birth.reset();
                sent.sex = Sex::unknown;
            } else if (!row.null(10) && sees_register) {
                sent.people.push_back({row.id<registry::PersonId>(10), row.id<registry::HouseholdId>(11)});
            }
            if (!row.null(12))
                sent.decision = {state_named(row.text(12)).value(), std::string(row.text(13)),
                                 Instant{row.integer(14)},
                                 row.null(15) ? std::nullopt : std::optional(row.id<BatchId>(15))};
            out.push_back(std::move(sent));
            return {};
        }));
    for (auto& sent : out) {
        if (sent.decision && sees_register)
            if (const auto standing = TRY(standing_on(tx, sent.id)))
                for (const auto& row : standing->rows) sent.decision->also += row.row != sent.id;
        if (sent.state != State::candidate || !sees_register) continue;
        sent.people = TRY(
            tx.all("SELECT person_id, household_id FROM feeds_candidate WHERE row_id = ? ORDER BY rank",
                   {sent.id}, [](const db::Row& row) {
                       return SentRow::Meant{row.id<registry::PersonId>(0), row.id<registry::HouseholdId>(1)};
                   }));
    }
    return out;
}

Result<void> each_fact(db::Tx& tx, const crypto::Vault& vault, const auth::Scope& scope,
                       std::string_view since_period, const std::function<Result<void>(const Fact&)>& each,
                       const std::optional<registry::HouseholdId>& household) {
    std::vector<db::Value> values{since_period};
    if (household) values.emplace_back(*household);
    return tx.each_row(
        "SELECT r.id, r.batch_id, r.sheet, r.row_number, b.feed, b.period, r.person_id, r.household_id, "
        "r.content "
        "FROM feeds_row r JOIN feeds_batch b ON b.id = r.batch_id WHERE b.state = 'applied' AND r.state = "
        "'matched' AND "
        "r.superseded_by IS NULL AND b.period >= ? AND " +
            read_by_rules() + (household ? " AND r.household_id = ?" : "") + " AND " +
            scope.sql("r.village_code") + " ORDER BY r.id",
        values, [&](const db::Row& row) -> Result<void> {
            Fact fact;
            fact.row = row.id<RowId>(0);
            fact.batch = row.id<BatchId>(1);
            fact.sheet = row.text(2);
            fact.row_number = row.integer(3);
            fact.feed = row.text(4);
            fact.period = row.text(5);
            fact.person = row.id<registry::PersonId>(6);
            fact.household = row.id<registry::HouseholdId>(7);
            fact.values = TRY(stored::open_content(vault, row.bytes(8))).values;
            fact.happened_on = happened_on(*TRY(contract(fact.feed)), fact.values);
            return each(fact);
        });
}

Result<std::vector<Touched>> touched_by(db::Tx& tx, const auth::Scope& scope, BatchId id) {
    return tx.all(
        "SELECT DISTINCT r.household_id, r.village_code FROM feeds_row r JOIN feeds_batch b ON b.id = "
        "r.batch_id WHERE (r.batch_id = ? OR r.superseded_by = ?) AND r.state = 'matched' AND " +
            read_by_rules() + " AND " + scope.sql("r.village_code") + " ORDER BY 1",
        {id, id}, [](const db::Row& row) {
            return Touched{row.id<registry::HouseholdId>(0), row.area(1)};
        });
}

Result<std::vector<EvidenceRow>> evidence(db::Tx& tx, const crypto::Vault& vault, const auth::Scope& scope,
                                          std::span<const RowId> rows) {
    std::vector<EvidenceRow> out;
    for (const auto id : rows) {
        const std::vector<db::Value> values{id};
        TRY(tx.each_row(
            "SELECT r.id, r.batch_id, r.sheet, r.row_number, b.feed, b.file_name, b.period, b.received_at, "
            "r.person_id, r.name, r.content FROM feeds_row r JOIN "
            "feeds_batch b ON b.id = r.batch_id WHERE r.id = ? AND b.state = 'applied' AND r.state = "
            "'matched' AND " +
                read_by_rules() + " AND " + scope.sql("r.village_code"),
            values, [&](const db::Row& row) -> Result<void> {
                EvidenceRow one{row.id<RowId>(0),
                                row.id<BatchId>(1),
                                std::string(row.text(2)),
                                row.integer(3),
                                std::string(row.text(4)),
                                std::string(row.text(5)),
                                std::string(row.text(6)),
                                Instant{row.integer(7)},
                                row.id<registry::PersonId>(8),
                                std::string(row.text(9)),
                                {}};
                const Contract& agreed = *TRY(contract(one.feed));
                const auto content = TRY(stored::open_content(vault, row.bytes(10)));
                for (std::size_t i = 0; i < agreed.columns.size() && i < content.sent.size(); ++i) {
                    const auto& column = agreed.columns[i];
                    const bool telling = column.type == Type::money || column.type == Type::date ||
                                         column.type == Type::month || !column.sealed;
                    if (!telling || column.type == Type::name || column.type == Type::citizen_id ||
                        content.sent[i].empty())
                        continue;
                    one.values.emplace_back(column.title, content.sent[i]);
                }
                out.push_back(std::move(one));
                return {};
            }));
    }
    return out;
}

Result<bool> withdrawn(db::Tx& tx, std::span<const RowId> rows) {
    for (const auto id : rows)
        if (TRY(tx.number("SELECT COUNT(*) FROM feeds_row WHERE id = ? AND (superseded_by IS NOT NULL OR "
                          "state <> 'matched')",
                          {id})) > 0)
            return true;
    return false;
}

}  // namespace ballast::feeds
