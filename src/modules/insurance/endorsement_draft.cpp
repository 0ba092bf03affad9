// The plan of a change: what the list would be, held against the register and priced, kept as a draft.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/text.h"
#include "insurance/endorsement_store.h"
#include "insurance/facts.h"
#include "insurance/list_checks.h"
#include "insurance/policy_store.h"
#include "insurance/range.h"

namespace ballast::insurance {
namespace {

using auth::Right;

std::string_view name_of(ChangeKind kind) { return change_kinds.at(static_cast<std::size_t>(kind)); }

/// A row of the list in force, as it is.
struct Current {
    InsuredId id;
    std::int64_t line, chain;
    InsuredFacts facts;
    Decimal units;
    PricedRow price;
};

Result<std::vector<Current>> current_rows(db::Tx& tx, const Desk& desk, PolicyId policy) {
    std::vector<Current> out;
    TRY(tx.each_row(
        "SELECT id, line, COALESCE(chain, id), facts, units, amount, sum_insured, premium, farmer FROM "
        "insurance_insured WHERE policy_id = ? AND to_day IS NULL ORDER BY line",
        std::vector<db::Value>{policy}, [&](const db::Row& row) -> Result<void> {
            out.push_back({row.id<InsuredId>(0), row.integer(1), row.integer(2),
                           TRY(opened(desk.vault, row.bytes(3))), from_ten_thousandths(row.integer(4)),
                           PricedRow{Decimal::yuan(row.money(5)), row.money(6), row.money(7), row.money(8)}});
            return {};
        }));
    return out;
}

/// One row of the list as it will be, or one that leaves it.
struct Planned {
    ChangeKind kind = ChangeKind::change;
    const Current* before = nullptr;
    InsuredFacts facts;
    std::string holder;
    Decimal units, transferred;
    std::int64_t asked = 0;  // the change that names it, from 1 on; 0: none
    bool cover_changes = false;
};

Error at(Error error, std::int64_t change) {
    error.args.emplace_back("row", std::to_string(change));
    return error;
}

Result<std::string> text_of(std::string_view name, std::string_view given) {
    const std::string out(text::trimmed(given));
    if (out.empty() || text::length(out) > 100)
        return invalid("insurance.text_missing").with("name", std::string(name));
    return out;
}

void overlay(std::string& field, std::string_view given) {
    if (const auto trimmed = text::trimmed(given); !trimmed.empty()) field = trimmed;
}

Result<void> overlay(Planned& row, const WantedChange& wanted) {
    const auto before = row.facts;
    const Decimal units = row.units;
    overlay(row.facts.phone, wanted.phone);
    overlay(row.facts.plot, wanted.plot);
    if (!text::trimmed(wanted.ring).empty()) row.facts.ring = written(TRY(parse_ring(wanted.ring)));
    if (!text::trimmed(wanted.tags).empty()) row.facts.tags = written(TRY(parse_tags(wanted.tags)));
    overlay(row.facts.bank, wanted.bank);
    overlay(row.facts.account, wanted.account);
    row.holder = row.facts.name;
    if (!text::trimmed(wanted.account).empty()) row.holder = text::trimmed(wanted.holder);
    if (row.holder != row.facts.name) return invalid("insurance.account_of_another");
    if (wanted.units) {
        TRY(positive("units", *wanted.units, 1'000'000, unit_places));
        row.units = *wanted.units;
    }
    row.transferred = wanted.transferred;
    row.cover_changes = row.kind == ChangeKind::add || row.units != units || row.facts.plot != before.plot ||
                        row.facts.ring != before.ring || row.facts.tags != before.tags;
    const bool same = !row.cover_changes && row.facts.phone == before.phone && row.facts.bank == before.bank &&
                      row.facts.account == before.account;
    if (same) return invalid("insurance.nothing_changes");
    return {};
}

/// The whole list as it will be and the rows that leave it, in the order of the list; what is added comes last.
Result<std::vector<Planned>> plan(const std::vector<Current>& now, const std::vector<WantedChange>& changes) {
    if (changes.empty()) return invalid("insurance.nothing_changes");
    std::vector<Planned> out;
    std::map<InsuredId, std::size_t> places;
    for (const auto& row : now) {
        places[row.id] = out.size();
        out.push_back({ChangeKind::change, &row, row.facts, row.facts.name, row.units, {}, 0, false});
    }
    std::int64_t number = 0;
    for (const auto& wanted : changes) {
        ++number;
        const auto one = [&]() -> Result<void> {
            if (wanted.kind == ChangeKind::add) {
                Planned added;
                added.kind = ChangeKind::add;
                added.facts.name = TRY(text_of("name", wanted.name));
                added.facts.id_number = TRY(text_of("id_number", wanted.id_number));
                TRY(text_of("phone", wanted.phone));
                TRY(text_of("account", wanted.account));
                if (!wanted.units) return invalid("insurance.text_missing").with("name", "units");
                added.asked = number;
                TRY(overlay(added, wanted));
                out.push_back(std::move(added));
                return {};
            }
            const auto place = wanted.row ? places.find(*wanted.row) : places.end();
            if (place == places.end()) return not_found("insurance.no_such_row");
            auto& row = out[place->second];
            if (row.asked) return invalid("insurance.row_twice");
            row.asked = number;
            row.kind = wanted.kind;
            if (wanted.kind == ChangeKind::change) return overlay(row, wanted);
            row.units = {};
            row.cover_changes = true;
            return {};
        }();
        if (!one) return at(Error(one.error()), number);
    }
    if (std::ranges::all_of(out, [](const auto& row) { return row.kind == ChangeKind::remove; }))
        return invalid("insurance.list_empty");
    return out;
}

Result<ListRow> list_row(const Planned& row, Date today) {
    std::optional<Ring> ring;
    if (!row.facts.ring.empty()) ring = TRY(parse_ring(row.facts.ring));
    return ListRow{row.asked,
                   row.facts.name,
                   TRY(CitizenId::parse(row.facts.id_number, today)).id,
                   TRY(Phone::parse(row.facts.phone)),
                   row.facts.plot,
                   ring,
                   TRY(parse_tags(row.facts.tags)),
                   row.units,
                   row.transferred,
                   row.facts.bank,
                   TRY(BankCard::parse(row.facts.account)),
                   row.holder};
}

/// Holds the list as it will be against the register. Faults of rows that nobody touches are not this change's.
Result<std::vector<std::optional<std::int64_t>>> check_plan(db::Tx& tx, const Desk& desk, const Policy& policy,
                                                            const Product& product, std::vector<Planned>& all) {
    std::vector<ListRow> rows;
    std::vector<std::size_t> where;
    for (std::size_t i = 0; i < all.size(); ++i)
        if (all[i].kind != ChangeKind::remove) where.push_back(i);
    // Of two rows that exclude each other the later is blamed: it is to be the one that changes.
    std::ranges::stable_partition(where, [&](std::size_t i) { return all[i].asked == 0; });
    for (const std::size_t i : where) {
        auto row = list_row(all[i], desk.today);
        if (!row) return at(Error(row.error()), all[i].asked);
        all[i].facts.id_number = row->id.reveal();
        rows.push_back(std::move(*row));
    }
    const auto checked = TRY(check_rows(tx, desk, policy, product, rows));
    for (const auto& finding : checked.findings)
        if (finding.error && finding.row > 0) {
            Error error = finding.what;
            std::erase_if(error.args, [](const auto& arg) { return arg.first == "row"; });
            return at(std::move(error), finding.row);
        }
    std::vector<std::optional<std::int64_t>> out(all.size());
    for (std::size_t i = 0; i < where.size(); ++i) out[where[i]] = checked.households[i];
    return out;
}

/// What one operator insures is added up before the scale threshold is looked at: one row more may lift all of them.
Decimal amount_of(const Tariff& tariff, const std::vector<Planned>& all, const Planned& row) {
    if (!tariff.scale) return tariff.amount;
    Decimal together;
    for (const auto& other : all)
        if (other.facts.id_number == row.facts.id_number) together = together + other.units;
    return together >= tariff.scale->threshold ? tariff.scale->amount : tariff.amount;
}

}  // namespace

Result<void> check_untouched(db::Tx& tx, const Policy& policy, InsuredId id, std::int64_t chain,
                             std::int64_t line) {
    const auto open = TRY(tx.first(
        "SELECT claim_no FROM insurance_claim c WHERE c.policy_id = ? AND c.state IN ('reported', 'surveyed') "
        "AND NOT EXISTS (SELECT 1 FROM insurance_loss l WHERE l.claim_id = c.id) ORDER BY c.id",
        {policy.id}, [](const db::Row& row) { return std::string(row.text(0)); }));
    if (open) return conflict("insurance.claim_without_sheet").with("claim", *open);
    const auto losses = TRY(tx.number(
        "SELECT COUNT(*) FROM insurance_loss l JOIN insurance_claim c ON c.id = l.claim_id JOIN "
        "insurance_insured i ON i.id = l.insured_id WHERE i.policy_id = ? AND COALESCE(i.chain, i.id) = ? AND "
        "(c.state <> 'rejected' OR l.paid > 0)",
        {policy.id, chain}));
    const auto settled =
        TRY(tx.number("SELECT COUNT(*) FROM insurance_settlement_line WHERE insured_id = ? AND live = 1", {id}));
    if (losses + settled > 0) return conflict("insurance.loss_reported").with("row", std::to_string(line));
    return {};
}

Result<void> check_day(const Desk& desk, const Policy& policy, const Product& product, Date from) {
    if (policy.state != PolicyState::effective || !policy.effective_on)
        return conflict("insurance.not_in_force");
    const Date first = std::max(desk.today.plus_days(1), *policy.effective_on);
    if (from < first || from > policy.cover.last)
        return invalid("insurance.endorsement_from")
            .with("first", first.iso())
            .with("last", policy.cover.last.iso());
    if (!product.from_series()) return {};
    const Date begins = TRY(product.window_of(policy.season)).first;
    if (from >= begins) return conflict("insurance.window_begun").with("date", begins.iso());
    return {};
}

Result<void> lock(db::Tx& tx, PolicyId policy) {
    INVARIANT(TRY(tx.exec("UPDATE insurance_policy SET version = version WHERE id = ?", policy)) == 1);
    return {};
}

namespace {

db::Value row_id(const Current* before) { return before ? db::Value(before->id.number()) : db::Value(db::Null{}); }

Result<void> store_rows(db::Tx& tx, const Desk& desk, EndorsementId id, const std::vector<Planned>& touched,
                        const std::vector<std::optional<std::int64_t>>& households,
                        const std::vector<PricedRow>& prices) {
    for (std::size_t i = 0; i < touched.size(); ++i) {
        const auto& row = touched[i];
        const auto& price = prices[i];
        const Money before = row.before ? row.before->price.farmer : Money();
        TRY(tx.exec("INSERT INTO insurance_endorsement_row (endorsement_id, place, kind, insured_id, "
                    "household_id, id_lookup, phone_lookup, facts, units, amount, sum_insured, premium, farmer, "
                    "due) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    id, static_cast<std::int64_t>(i + 1), name_of(row.kind), row_id(row.before), households[i],
                    blob(desk.vault.lookup("citizen_id", row.facts.id_number)),
                    blob(desk.vault.lookup("phone", TRY(Phone::parse(row.facts.phone)).reveal())),
                    blob(sealed(desk.vault, row.facts)), ten_thousandths(row.units),
                    price.amount.to_money(Rounding::half_up), price.sum_insured, price.premium, price.farmer,
                    price.farmer - before));
    }
    return {};
}

Result<std::optional<EndorsementId>> drafted_before(db::Tx& tx, const Desk& desk, const NewEndorsement& wanted) {
    if (wanted.key.empty()) return std::optional<EndorsementId>();
    return tx.first("SELECT id FROM insurance_endorsement WHERE policy_id = ? AND account = ? AND sender_key = ?",
                    {wanted.policy, desk.actor.account, wanted.key},
                    [](const db::Row& row) { return row.id<EndorsementId>(0); });
}

}  // namespace

Result<EndorsementId> draft_endorsement(db::Tx& tx, const Desk& desk, const NewEndorsement& wanted) {
    TRY(auth::require(desk.actor, Right::insurance_write));
    const auto policy = TRY(load_policy(tx, desk, Right::insurance_write, wanted.policy));
    if (const auto before = TRY(drafted_before(tx, desk, wanted))) return *before;
    const auto* product = TRY(desk.book.product(policy.product));
    TRY(lock_season(tx, policy));
    TRY(lock(tx, policy.id));
    TRY(check_day(desk, policy, *product, wanted.from));
    const std::string reason(text::trimmed(wanted.reason));
    if (reason.empty()) return invalid("insurance.note_missing");
    if (TRY(tx.number("SELECT COUNT(*) FROM insurance_endorsement WHERE policy_id = ? AND state IN ('draft', "
                      "'publicised', 'paid')",
                      {policy.id})) > 0)
        return conflict("insurance.endorsement_open");

    const auto now = TRY(current_rows(tx, desk, policy.id));
    auto all = TRY(plan(now, wanted.changes));
    const auto households = TRY(check_plan(tx, desk, policy, *product, all));
    std::vector<Planned> touched;
    std::vector<std::optional<std::int64_t>> of_touched;
    std::vector<RowChange> changes;
    Decimal units;
    std::int64_t rows = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
        auto& row = all[i];
        const Decimal amount = amount_of(policy.tariff, all, row);
        if (row.before && row.kind != ChangeKind::remove && row.before->price.amount != amount)
            row.cover_changes = true;
        if (!row.asked && !row.cover_changes) continue;
        if (row.before && row.cover_changes)
            TRY(check_untouched(tx, policy, row.before->id, row.before->chain, row.before->line));
        units = units + row.units - (row.before ? row.before->units : Decimal());
        rows += row.kind == ChangeKind::add ? 1 : row.kind == ChangeKind::remove ? -1 : 0;
        changes.push_back({row.before ? std::optional(row.before->price) : std::nullopt, row.units, amount});
        of_touched.push_back(households[i]);
        touched.push_back(row);
    }
    const auto priced = TRY(price_change(policy.tariff, policy.premium, policy.parts, changes));
    const EndorsementId id(TRY(tx.reserve_ids("insurance_endorsement", 1)));
    TRY(tx.exec(
        "INSERT INTO insurance_endorsement (id, policy_id, place, state, entered_on, version, wanted_on, reason, "
        "rows, units, sum_insured, premium, central, province, prefecture, county, farmer, at, account, "
        "sender_key) VALUES (?, ?, (SELECT COUNT(*) + 1 FROM insurance_endorsement WHERE policy_id = ?), "
        "'draft', ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        id, policy.id, policy.id, desk.today, wanted.from,
        blob(desk.vault.seal("insurance_endorsement.reason", reason)), rows, ten_thousandths(units),
        priced.sum_insured, priced.premium, priced.part(Payer::central), priced.part(Payer::province),
        priced.part(Payer::prefecture), priced.part(Payer::county), priced.part(Payer::farmer), desk.now.ms,
        desk.actor.account, wanted.key.empty() ? db::Value(db::Null{}) : db::Value(wanted.key)));
    TRY(store_rows(tx, desk, id, touched, of_touched, priced.rows));
    TRY(keep_step(tx, desk, {"endorsement", id.number(), 1, "draft", "", "draft", reason, policy.area}));
    return id;
}

}  // namespace ballast::insurance
