#include "insurance/endorsement.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "insurance/endorsement_store.h"
#include "insurance/facts.h"
#include "insurance/policy_store.h"

namespace ballast::insurance {
namespace {

using enum EndorsementState;
using enum EndorsementAction;
using auth::Right;

constexpr std::array<std::string_view, 5> states{"draft", "publicised", "paid", "effective", "cancelled"};
constexpr std::array<std::string_view, 4> actions{"publicise", "collect", "activate", "cancel"};

const std::vector<EndorsementRow>& procedure() {
    static const std::vector<EndorsementRow> all{
        {{draft}, publicise, publicised, Right::insurance_confirm},
        {{publicised}, collect, paid, Right::insurance_write},
        {{paid}, activate, effective, Right::insurance_write},
        {{draft, publicised, paid}, cancel, cancelled, Right::insurance_write},
    };
    return all;
}

}  // namespace

std::string_view name_of(EndorsementState state) { return states.at(static_cast<std::size_t>(state)); }
std::string_view name_of(EndorsementAction action) { return actions.at(static_cast<std::size_t>(action)); }

std::optional<EndorsementAction> endorsement_action_named(std::string_view name) {
    const auto at = std::ranges::find(actions, name);
    if (at == actions.end()) return std::nullopt;
    return static_cast<EndorsementAction>(at - actions.begin());
}

std::span<const EndorsementRow> endorsement_procedure() { return procedure(); }

namespace {

Result<std::vector<Endorsement>> stored(db::Tx& tx, const Desk& desk, const Policy& policy,
                                        std::string_view condition, const std::vector<db::Value>& values) {
    std::vector<Endorsement> out;
    TRY(tx.each_row(
        fmt::format("SELECT id, place, state, version, wanted_on, posted_on, effective_on, reason, sum_insured, "
                    "premium, central, province, prefecture, county, farmer FROM insurance_endorsement WHERE "
                    "policy_id = {} AND {} ORDER BY place DESC",
                    policy.id.number(), condition),
        values, [&](const db::Row& row) -> Result<void> {
            Endorsement one;
            one.id = row.id<EndorsementId>(0);
            one.place = row.integer(1);
            one.state = static_cast<EndorsementState>(std::ranges::find(states, row.text(2)) - states.begin());
            one.version = row.integer(3);
            one.wanted_on = row.date(4);
            one.posted_on = row.maybe_date(5);
            one.effective_on = row.maybe_date(6);
            one.reason = TRY(desk.vault.open("insurance_endorsement.reason", row.bytes(7)));
            one.sum_insured = row.money(8);
            one.premium = row.money(9);
            for (int i = 0; i < static_cast<int>(payer_count); ++i)
                one.parts.at(static_cast<std::size_t>(i)) = row.money(10 + i);
            out.push_back(std::move(one));
            return {};
        }));
    return out;
}

/// Of a row that a change of the same policy ended since, too: it is the row of that day.
Result<std::vector<EndorsedRow>> rows_of(db::Tx& tx, const Desk& desk, EndorsementId id) {
    std::vector<EndorsedRow> out;
    TRY(tx.each_row(
        "SELECT r.kind, i.line, r.facts, COALESCE(i.units, 0), r.units, COALESCE(i.sum_insured, 0), "
        "r.sum_insured, COALESCE(i.premium, 0), r.premium, r.due FROM insurance_endorsement_row r LEFT JOIN "
        "insurance_insured i ON i.id = r.insured_id WHERE r.endorsement_id = ? ORDER BY r.place",
        std::vector<db::Value>{id}, [&](const db::Row& row) -> Result<void> {
            const auto facts = TRY(opened(desk.vault, row.bytes(2)));
            EndorsedRow one;
            one.kind = static_cast<ChangeKind>(std::ranges::find(change_kinds, row.text(0)) - change_kinds.begin());
            one.line = row.maybe_integer(1);
            one.name = facts.name;
            one.plot = facts.tags.empty() ? facts.plot : facts.tags;
            one.account = TRY(BankCard::parse(facts.account)).masked();
            one.units_before = from_ten_thousandths(row.integer(3));
            one.units = from_ten_thousandths(row.integer(4));
            one.sum_before = row.money(5);
            one.sum_insured = row.money(6);
            one.premium_before = row.money(7);
            one.premium = row.money(8);
            one.due = row.money(9);
            out.push_back(std::move(one));
            return {};
        }));
    return out;
}

/// What the farmers of a change pay on top, and what others get back.
struct Owed {
    Money in, out;
};
Result<Owed> owed(db::Tx& tx, EndorsementId id) {
    Owed out;
    TRY(tx.each_row("SELECT due FROM insurance_endorsement_row WHERE endorsement_id = ?",
                    std::vector<db::Value>{id}, [&](const db::Row& row) -> Result<void> {
                        const Money due = row.money(0);
                        (due > Money() ? out.in : out.out) += due > Money() ? due : -due;
                        return {};
                    }));
    return out;
}

Result<void> post(db::Tx& tx, const Desk& desk, EndorsementId id, const Owed& owed, std::string_view key) {
    const auto insurer = TRY(own_insurer(tx, desk));
    const auto reference = "endorsement:" + std::to_string(id.number());
    const auto one = [&](std::vector<finance::Posting> postings, std::string_view side) -> Result<void> {
        TRY(finance::post(tx, desk.ledger(Right::insurance_write), {desk.today, std::move(postings), reference, ""},
                          fmt::format("endorsement-{}-{}-{}", key, side, id.number())));
        return {};
    };
    using finance::Account;
    if (owed.in > Money()) TRY(one(finance::money_in(insurer.fund, Account::contribution, owed.in), "in"));
    if (owed.out > Money()) TRY(one(finance::money_out(insurer.fund, Account::contribution, owed.out), "out"));
    return {};
}

/// One change, at its place in the list.
Result<void> apply_row(db::Tx& tx, const Desk& desk, const Policy& policy, const db::Value& place_of_row,
                       EndorsementId id, Date from) {
    struct Row {
        ChangeKind kind;
        std::optional<std::int64_t> insured;
        bool in_place;  // nothing of the cover changes
    };
    const auto row = TRY(tx.first(
        "SELECT r.kind, r.insured_id, r.units, i.units, r.amount, i.amount, r.facts, i.facts, "
        "COALESCE(i.chain, i.id), i.line FROM insurance_endorsement_row r LEFT JOIN insurance_insured i ON i.id = r.insured_id WHERE "
        "r.endorsement_id = ? AND r.place = ?",
        {id, place_of_row}, [&](const db::Row& r) -> std::pair<Row, std::pair<std::int64_t, std::int64_t>> {
            Row out{static_cast<ChangeKind>(std::ranges::find(change_kinds, r.text(0)) - change_kinds.begin()),
                    r.maybe_integer(1), false};
            if (out.kind == ChangeKind::change) {
                const auto after = opened(desk.vault, r.bytes(6)).value(),
                           before = opened(desk.vault, r.bytes(7)).value();
                out.in_place = r.integer(2) == r.integer(3) && r.integer(4) == r.integer(5) &&
                               after.plot == before.plot && after.ring == before.ring &&
                               after.tags == before.tags;
            }
            return {out, {r.maybe_integer(8).value_or(0), r.maybe_integer(9).value_or(0)}};
        }));
    const auto& [change, chain_line] = row.value();
    if (change.in_place) {
        TRY(tx.exec("UPDATE insurance_insured SET facts = (SELECT r.facts FROM insurance_endorsement_row r WHERE "
                    "r.endorsement_id = ? AND r.place = ?), phone_lookup = (SELECT r.phone_lookup FROM "
                    "insurance_endorsement_row r WHERE r.endorsement_id = ? AND r.place = ?) WHERE id = ?",
                    id, place_of_row, id, place_of_row, *change.insured));
        return {};
    }
    if (change.insured) {
        TRY(check_untouched(tx, policy, InsuredId(*change.insured), chain_line.first, chain_line.second));
        if (TRY(tx.exec("UPDATE insurance_insured SET to_day = ? WHERE id = ? AND to_day IS NULL",
                        from.plus_days(-1), *change.insured)) == 0)
            return conflict("insurance.changed_meanwhile");
    }
    if (change.kind == ChangeKind::remove) return {};
    TRY(tx.exec(
        "INSERT INTO insurance_insured (policy_id, line, household_id, id_lookup, phone_lookup, facts, units, "
        "amount, sum_insured, premium, farmer, remarks, sampled, paid_on, paid_claims, from_day, chain) SELECT ?, "
        "(SELECT MAX(line) + 1 FROM insurance_insured WHERE policy_id = ?), r.household_id, r.id_lookup, "
        "r.phone_lookup, r.facts, r.units, r.amount, r.sum_insured, r.premium, r.farmer, "
        "'insurance.by_endorsement', 0, (SELECT MAX(s.on_day) FROM insurance_step s WHERE s.about = 'endorsement' "
        "AND s.about_id = ? AND s.action = 'collect'), 0, ?, (SELECT COALESCE(i.chain, i.id) FROM "
        "insurance_insured i WHERE i.id = r.insured_id) FROM insurance_endorsement_row r WHERE "
        "r.endorsement_id = ? AND r.place = ?",
        policy.id, policy.id, id, from, id, place_of_row));
    return {};
}

Result<void> apply(db::Tx& tx, const Desk& desk, const Policy& policy, const Endorsement& it) {
    const auto* product = TRY(desk.book.product(policy.product));
    const Date from = std::max(it.wanted_on, desk.today.plus_days(1));
    TRY(check_day(desk, policy, *product, from));
    for (const auto place :
         TRY(tx.all("SELECT place FROM insurance_endorsement_row WHERE endorsement_id = ? ORDER BY place",
                    {it.id}, [](const db::Row& row) { return row.integer(0); })))
        TRY(apply_row(tx, desk, policy, place, it.id, from));
    TRY(tx.exec("UPDATE insurance_endorsement SET effective_on = ? WHERE id = ?", from, it.id));
    TRY(advance(tx, policy, policy.version, policy.state, desk.today));
    constexpr std::array columns{"units", "sum_insured", "premium", "central",
                                 "province", "prefecture", "county", "farmer"};
    std::string sets = "farmers = farmers + (SELECT e.rows FROM insurance_endorsement e WHERE e.id = ?)";
    std::vector<db::Value> values{it.id};
    for (const auto* column : columns) {
        sets += fmt::format(", {0} = {0} + (SELECT e.{0} FROM insurance_endorsement e WHERE e.id = ?)", column);
        values.emplace_back(it.id);
    }
    values.emplace_back(policy.id);
    TRY(tx.run("UPDATE insurance_policy SET " + sets + " WHERE id = ?", values));
    return keep_step(tx, desk,
                     {"policy", policy.id.number(), policy.version + 1, "endorse", name_of(policy.state),
                      name_of(policy.state), it.reason, policy.area});
}

Result<void> carry_out(db::Tx& tx, const Desk& desk, const Policy& policy, const Endorsement& it,
                       const EndorsementOrder& order) {
    switch (order.action) {
        case publicise:
            TRY(tx.exec("UPDATE insurance_endorsement SET posted_on = ? WHERE id = ?", desk.today, it.id));
            return {};
        case collect: {
            const auto days = TRY(desk.book.days("publicity_days", it.posted_on.value(), policy.area));
            if (desk.today <= it.posted_on->plus_days(days))
                return conflict("insurance.publicity_runs")
                    .with("date", it.posted_on->plus_days(days + 1).iso());
            return post(tx, desk, it.id, TRY(owed(tx, it.id)), "collect");
        }
        case activate:
            return apply(tx, desk, policy, it);
        case cancel: {
            if (text::trimmed(order.note).empty()) return invalid("insurance.note_missing");
            if (it.state != paid) return {};
            const auto sums = TRY(owed(tx, it.id));
            return post(tx, desk, it.id, {sums.out, sums.in}, "cancel");
        }
    }
    return {};
}

}  // namespace

Result<std::vector<Endorsement>> endorsements(db::Tx& tx, const Desk& desk, PolicyId id) {
    const auto policy = TRY(load_policy(tx, desk, Right::insurance_read, id));
    auto out = TRY(stored(tx, desk, policy, "1 = 1", {}));
    for (auto& one : out) {
        one.rows = TRY(rows_of(tx, desk, one.id));
        one.history = TRY(steps(tx, desk, "endorsement", one.id.number()));
        for (const auto& row : procedure())
            if (std::ranges::find(row.from, one.state) != row.from.end() && desk.actor.may(row.who) &&
                desk.actor.scope(row.who).contains(policy.area))
                one.steps.push_back(row.action);
    }
    return out;
}

Result<void> take_step(db::Tx& tx, const Desk& desk, PolicyId id, std::int64_t place,
                       const EndorsementOrder& order) {
    const auto policy = TRY(load_policy(tx, desk, Right::insurance_read, id));
    const auto found = TRY(stored(tx, desk, policy, "place = ?", {place}));
    if (found.empty()) return not_found("insurance.no_such_endorsement");
    const auto& it = found.front();
    const auto row = std::ranges::find_if(procedure(), [&](const auto& one) {
        return one.action == order.action && std::ranges::find(one.from, it.state) != one.from.end();
    });
    if (row == procedure().end())
        return conflict("insurance.wrong_state")
            .with("state", std::string(name_of(it.state)))
            .with("action", std::string(name_of(order.action)));
    TRY(auth::require(desk.actor, row->who));
    TRY(load_policy(tx, desk, row->who, id));  // within the areas of that right
    TRY(lock(tx, policy.id));
    if (order.version != it.version ||
        TRY(tx.exec("UPDATE insurance_endorsement SET state = ?, entered_on = ?, version = version + 1 WHERE id = "
                    "? AND version = ?",
                    name_of(row->to), desk.today, it.id, it.version)) == 0)
        return conflict("insurance.changed_meanwhile");
    TRY(carry_out(tx, desk, policy, it, order));
    return keep_step(tx, desk,
                     {"endorsement", it.id.number(), it.version + 1, name_of(order.action), name_of(it.state),
                      name_of(row->to), order.note, policy.area});
}

}  // namespace ballast::insurance
