#include "programmes/fees.h"

#include <fmt/format.h>

#include <algorithm>

#include "audit/audit.h"
#include "base/text.h"
#include "programmes/entitlement.h"
#include "programmes/household_facts.h"

namespace ballast::programmes {
namespace {


std::string object(FeeId id) { return "programme_fee:" + std::to_string(id.number()); }

constexpr std::string_view select =
    "SELECT f.id, f.area_code, f.items, f.fen, f.period, f.persons, f.exempt, f.present, f.in_favour, f.approved_on, "
    "f.from_day, f.to_day, f.assumed, "
    "(SELECT CAST(COALESCE(SUM(e.fen), 0) AS BIGINT) FROM programmes_fee_entry e WHERE e.fee_id = f.id AND e.kind = 'income'), "
    "(SELECT CAST(COALESCE(SUM(e.fen), 0) AS BIGINT) FROM programmes_fee_entry e WHERE e.fee_id = f.id AND e.kind = 'expense') "
    "FROM programmes_fee f WHERE ";

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> out;
    for (const auto word : text::split(text, ' '))
        if (!word.empty()) out.emplace_back(word);
    return out;
}

Fee read(const db::Row& row) {
    Fee out;
    out.id = row.id<FeeId>(0);
    auto& s = out.scheme;
    s.village = row.area(1);
    s.items = words_of(row.text(2));
    s.amount = row.money(3);
    s.period = fee_period_named(row.text(4));
    s.persons = row.integer(5);
    s.exempt = row.integer(6);
    s.present = row.integer(7);
    s.in_favour = row.integer(8);
    s.approved_on = row.date(9);
    s.from = row.date(10);
    s.to = row.date(11);
    out.assumed = row.truth(12);
    out.income = row.money(13);
    out.expense = row.money(14);
    return out;
}

/// What it comes to; held against the terms of the day on which it was approved.
Result<Fee> completed(const Programme& programme, Fee fee) {
    if (!programme.fee) return not_found("programmes.no_fee");
    const auto terms = TRY(fee_terms(programme, fee.scheme.village, fee.scheme.approved_on));
    fee.due = TRY(fee_due(*programme.fee, terms, fee.scheme));
    return fee;
}

Result<Fee> load(db::Tx& tx, const auth::Scope& scope, const Programme& programme, FeeId id) {
    auto found = TRY(tx.first(std::string(select) + "f.id = ? AND f.pack = ? AND " + scope.sql("f.area_code"),
                              {id, programme.pack.name}, read));
    if (!found) return not_found("programmes.no_such_fee");
    return completed(programme, *std::move(found));
}

}  // namespace

Result<FeeId> add_fee(db::Tx& tx, const Desk& desk, const Programme& programme, const FeeScheme& scheme,
                      std::string_view key) {
    TRY(auth::require(desk.actor, may_write));
    if (!key.empty())
        if (const auto before = TRY(tx.first("SELECT id FROM programmes_fee WHERE account = ? AND sender_key = ?",
                                             {desk.actor.account, key},
                                             [](const db::Row& row) { return row.id<FeeId>(0); })))
            return *before;
    if (!programme.fee) return not_found("programmes.no_fee");
    TRY(known_area(desk, desk.actor.scope(may_write), scheme.village));
    if (scheme.village.level() != AreaLevel::village) return invalid("programmes.village_needed");
    const auto terms = TRY(fee_terms(programme, scheme.village, scheme.approved_on));
    TRY(fee_due(*programme.fee, terms, scheme));
    const auto beside = TRY(tx.first(std::string(select) + "f.pack = ? AND f.area_code = ? AND f.from_day <= ? AND f.to_day >= ?",
                                     {programme.pack.name, scheme.village, scheme.to, scheme.from}, read));
    if (beside)
        return conflict("programmes.fee_overlaps")
            .with("from", beside->scheme.from.iso())
            .with("to", beside->scheme.to.iso());
    const FeeId id(TRY(tx.number(
        "INSERT INTO programmes_fee (pack, area_code, items, fen, period, persons, exempt, present, in_favour, approved_on, "
        "from_day, to_day, assumed, pack_hash, at, account, sender_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
        "RETURNING id",
        {programme.pack.name, scheme.village, fmt::format("{}", fmt::join(scheme.items, " ")), scheme.amount,
         name_of(*scheme.period), scheme.persons, scheme.exempt, scheme.present, scheme.in_favour, scheme.approved_on,
         scheme.from, scheme.to, terms.assumed ? 1 : 0, programme.pack.hash, desk.now.ms, desk.actor.account,
         key.empty() ? db::Value(db::Null{}) : db::Value(key)})));
    TRY(audit::record(tx, desk.vault, desk.actor,
                      {"programmes.fee", object(id), scheme.village, "",
                       fmt::format(R"({{"fen":{},"period":"{}","persons":{},"exempt":{}}})", scheme.amount.fen(),
                                   name_of(*scheme.period), scheme.persons, scheme.exempt)},
                      desk.now));
    return id;
}

Result<std::vector<Fee>> fees(db::Tx& tx, const Desk& desk, const Programme& programme, std::optional<AreaCode> area) {
    std::string condition = "f.pack = ? AND " + desk.actor.scope(may_read).sql("f.area_code");
    if (area) condition += " AND " + auth::Scope({*area}).sql("f.area_code");
    std::vector<Fee> out;
    for (auto& one : TRY(tx.all(std::string(select) + condition + " ORDER BY f.from_day DESC, f.id DESC",
                                {programme.pack.name}, read)))
        out.push_back(TRY(completed(programme, std::move(one))));
    return out;
}

Result<Fee> fee(db::Tx& tx, const Desk& desk, const Programme& programme, FeeId id) {
    return load(tx, desk.actor.scope(may_read), programme, id);
}

Result<void> add_fee_entry(db::Tx& tx, const Desk& desk, const Programme& programme, FeeId id, FeeEntry entry,
                           std::string_view key) {
    TRY(auth::require(desk.actor, may_write));
    const auto of = TRY(load(tx, desk.actor.scope(may_write), programme, id));
    if (!key.empty() && TRY(tx.first("SELECT id FROM programmes_fee_entry WHERE account = ? AND sender_key = ?",
                                     {desk.actor.account, key}, [](const db::Row& row) { return row.integer(0); })))
        return {};
    if (entry.on < of.scheme.from || entry.on > of.scheme.to || entry.on > desk.today)
        return invalid("programmes.fee_entry_outside").with("from", of.scheme.from.iso()).with("to", of.scheme.to.iso());
    if (entry.amount <= Money()) return invalid("programmes.fee_entry_amount");
    if (entry.expense && std::ranges::find(of.scheme.items, entry.item) == of.scheme.items.end())
        return invalid("programmes.fee_used_otherwise").with("item", entry.item);
    if (!entry.expense) entry.item.clear();
    const std::string note(text::trimmed(entry.note));
    if (text::length(note) > 100)
        return invalid("programmes.too_long").with("field", "note").with("title", "note").with("most", "100");
    TRY(tx.exec("INSERT INTO programmes_fee_entry (fee_id, on_day, kind, item, fen, note, at, account, sender_key) VALUES "
                "(?, ?, ?, ?, ?, ?, ?, ?, ?)",
                id, entry.on, entry.expense ? "expense" : "income", entry.item, entry.amount, note, desk.now.ms,
                desk.actor.account, key.empty() ? db::Value(db::Null{}) : db::Value(key)));
    return audit::record(tx, desk.vault, desk.actor,
                         {"programmes.fee_entry", object(id), of.scheme.village, "",
                          fmt::format(R"({{"kind":"{}","on":"{}","fen":{}}})", entry.expense ? "expense" : "income",
                                      entry.on.iso(), entry.amount.fen())},
                         desk.now);
}

Result<std::vector<FeeEntry>> fee_entries(db::Tx& tx, FeeId id) {
    return tx.all("SELECT on_day, kind, item, fen, note, account FROM programmes_fee_entry WHERE fee_id = ? ORDER BY on_day, id",
                  {id}, [](const db::Row& row) {
                      return FeeEntry{row.date(0),  row.text(1) == "expense",  std::string(row.text(2)),
                                      row.money(3), std::string(row.text(4)), std::string(row.text(5))};
                  });
}

Result<Heads> heads(db::Tx& tx, const Desk& desk, const Programme& programme, AreaCode village) {
    if (!programme.fee) return not_found("programmes.no_fee");
    const auto scope = desk.actor.scope(may_read);
    TRY(known_area(desk, scope, village));
    const auto model = TRY(programme.table(programme.fee->exemption_table));
    const auto decision = *model.decision(programme.fee->exemption_decision);
    auto facts = TRY(parameters_of(model, programme, village, desk.today));
    Heads out;
    const std::vector<db::Value> none;
    TRY(tx.each_row("SELECT " + std::string(fact_columns) + " FROM registry_v_household h WHERE " +
                        scope.sql("h.village_code") + " AND " + auth::Scope({village}).sql("h.village_code"),
                    none, [&](const db::Row& row) -> Result<void> {
                        for (std::size_t i = 0; i < facts.size(); ++i)
                            if (!programme.pack.parameter(model.inputs()[i].name))
                                facts[i] = household_fact(model.inputs()[i].name, row, 0);
                        const auto members = row.integer(4);
                        out.persons += members;
                        if (model.evaluate(decision, facts, {desk.today}).value.is_true()) out.exempt += members;
                        return {};
                    }));
    return out;
}

}  // namespace ballast::programmes
