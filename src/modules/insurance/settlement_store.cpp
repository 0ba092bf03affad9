#include "insurance/settlement_store.h"

#include <fmt/format.h>

#include "base/masking.h"
#include "insurance/facts.h"
#include "insurance/policy_store.h"
#include "table/table.h"

namespace ballast::insurance {
namespace {

constexpr std::string_view columns =
    "st.id, st.settlement_no, st.insurer_id, st.product, st.area_code, st.season, st.first_day, st.last_day, "
    "st.state, st.entered_on, st.version, st.authority, st.terms_hash, st.series_hash, st.index_above, "
    "st.index_below, st.step, st.days, st.substituted, st.calculated, st.policies, st.insured, st.paying, "
    "st.units, st.sum_insured, st.payable, st.paid, st.posted_on, st.paid_on, st.journal_id, st.job_id, "
    "(SELECT COUNT(*) FROM insurance_terms t WHERE t.hash = st.terms_hash)";

Result<Settlement> read(const db::Row& row) {
    Settlement out;
    out.id = row.id<SettlementId>(0);
    out.number = row.text(1);
    out.insurer = row.id<InsurerId>(2);
    out.product = row.text(3);
    out.area = row.area(4);
    out.season = static_cast<int>(row.integer(5));
    out.outcome.window = {row.date(6), row.date(7)};
    out.state = TRY(settlement_state_named(row.text(8)));
    out.entered_on = row.date(9);
    out.version = row.integer(10);
    out.authority = row.text(11);
    out.terms_hash = row.text(12);
    out.series_hash = row.text(13);
    out.outcome.index = {TRY(Decimal::parse(row.text(14))), TRY(Decimal::parse(row.text(15)))};
    if (row.integer(16) >= 0) out.outcome.step = static_cast<std::size_t>(row.integer(16));
    out.outcome.days = static_cast<int>(row.integer(17));
    out.substituted = row.integer(18);
    out.calculated = row.truth(19);
    out.policies = row.integer(20);
    out.insured = row.integer(21);
    out.paying = row.integer(22);
    out.units = from_ten_thousandths(row.integer(23));
    out.sum_insured = row.money(24);
    out.payable = row.money(25);
    out.paid = row.money(26);
    out.posted_on = row.maybe_date(27);
    out.paid_on = row.maybe_date(28);
    if (const auto journal = row.maybe_integer(29)) out.journal = finance::JournalId(*journal);
    out.job = row.maybe_integer(30);
    out.of_sale = row.truth(31);
    return out;
}

Result<std::vector<Settlement>> settlements_where(db::Tx& tx, const std::string& condition,
                                                  const std::vector<db::Value>& values) {
    std::vector<Settlement> out;
    TRY(tx.each_row(fmt::format("SELECT {} FROM insurance_settlement st WHERE {}", columns, condition),
                    values, [&](const db::Row& row) -> Result<void> {
                        out.push_back(TRY(read(row)));
                        return {};
                    }));
    return out;
}

constexpr std::string_view lines_from =
    " FROM insurance_settlement_line l JOIN insurance_insured i ON i.id = l.insured_id JOIN insurance_policy "
    "p ON p.id = l.policy_id WHERE l.settlement_id = ? AND ";

/// Who sees a part of it sees the sums of that part.
Result<void> narrow(db::Tx& tx, const Desk& desk, Settlement& out) {
    if (desk.actor.scope(auth::Right::insurance_read).contains(out.area)) return {};
    return tx.each_row(
        "SELECT COUNT(DISTINCT l.policy_id), COUNT(*), COUNT(CASE WHEN l.payable > 0 THEN 1 END), "
        "CAST(COALESCE(SUM(i.units), 0) AS BIGINT), CAST(COALESCE(SUM(i.sum_insured), 0) AS BIGINT), "
        "CAST(COALESCE(SUM(l.payable), 0) AS BIGINT)" +
            std::string(lines_from) + TRY(visible(tx, desk, auth::Right::insurance_read, "p")),
        std::vector<db::Value>{out.id}, [&](const db::Row& row) -> Result<void> {
            out.policies = row.integer(0);
            out.insured = row.integer(1);
            out.paying = row.integer(2);
            out.units = from_ten_thousandths(row.integer(3));
            out.sum_insured = row.money(4);
            out.payable = row.money(5);
            if (out.state == SettlementState::paid) out.paid = out.payable;
            return {};
        });
}

}  // namespace

Result<std::string> concerns(db::Tx& tx, const Desk& desk, auth::Right right, std::string_view alias) {
    return fmt::format(
        "({0} OR EXISTS (SELECT 1 FROM insurance_policy p WHERE p.insurer_id = {1}.insurer_id AND p.product = "
        "{1}.product AND p.season = {1}.season AND {2} AND EXISTS (SELECT 1 FROM insurance_settlement_line l "
        "WHERE l.settlement_id = {1}.id AND l.policy_id = p.id)))",
        TRY(visible(tx, desk, right, alias)), alias, TRY(visible(tx, desk, right, "p")));
}

Result<std::string> settlement_visible(db::Tx& tx, const Desk& desk, std::string_view alias) {
    return concerns(tx, desk, auth::Right::insurance_read, alias);
}

Result<Settlement> whole_settlement(db::Tx& tx, const Desk&, const std::string& condition, SettlementId id) {
    auto found = TRY(settlements_where(tx, "st.id = ? AND " + condition, {id}));
    if (found.empty()) return not_found("insurance.no_such_settlement");
    return std::move(found.front());
}

Result<Settlement> load_settlement(db::Tx& tx, const Desk& desk, SettlementId id) {
    auto out = TRY(whole_settlement(tx, desk, TRY(settlement_visible(tx, desk, "st")), id));
    TRY(narrow(tx, desk, out));
    return out;
}

Result<std::vector<Settlement>> settlements(db::Tx& tx, const Desk& desk, std::string_view state,
                                            std::int64_t offset, std::int64_t limit, std::int64_t* total) {
    std::string condition = TRY(settlement_visible(tx, desk, "st"));
    std::vector<db::Value> values;
    if (!state.empty()) condition += " AND st.state = ?", values.emplace_back(state);
    if (total)
        TRY(tx.each_row("SELECT COUNT(*) FROM insurance_settlement st WHERE " + condition, values,
                        [&](const db::Row& row) -> Result<void> {
                            *total = row.integer(0);
                            return {};
                        }));
    values.emplace_back(limit);
    values.emplace_back(offset);
    auto out = TRY(settlements_where(tx, condition + " ORDER BY st.id DESC LIMIT ? OFFSET ?", values));
    for (auto& one : out) TRY(narrow(tx, desk, one));
    return out;
}

Result<void> advance(db::Tx& tx, const Settlement& before, std::int64_t version, SettlementState to,
                     Date today) {
    const Date entered = to == before.state ? before.entered_on : today;
    if (version != before.version ||
        TRY(tx.exec("UPDATE insurance_settlement SET state = ?, entered_on = ?, version = version + 1 WHERE "
                    "id = ? AND version = ?",
                    name_of(to), entered, before.id, before.version)) == 0)
        return conflict("insurance.changed_meanwhile");
    return {};
}

Result<SettlementMoment> moment_of(db::Tx& tx, const Desk& desk, const Settlement& settlement) {
    const auto* product = TRY(desk.book.product(settlement.product));
    SettlementMoment out;
    out.state = settlement.state;
    out.calculated = settlement.calculated;
    // Terms of the sale stay as they were; a policy without them takes those of the day, whatever they are by then.
    out.terms_differ =
        product->version != settlement.terms_hash &&
        (!settlement.of_sale ||
         TRY(tx.number("SELECT COUNT(*) FROM insurance_settlement_line l JOIN insurance_policy p ON p.id = l.policy_id "
                       "WHERE l.settlement_id = ? AND NOT EXISTS (SELECT 1 FROM insurance_terms t WHERE t.hash = "
                       "p.terms_hash)",
                       {settlement.id})) > 0);
    out.revised = TRY(tx.number("SELECT COUNT(*) FROM insurance_series_value v JOIN "
                                "insurance_settlement_series ss ON ss.series_id = v.series_id WHERE "
                                "ss.settlement_id = ? AND v.revision > ss.revision AND v.day BETWEEN ? AND ?",
                                {settlement.id, settlement.outcome.window.first,
                                 settlement.outcome.window.last})) > 0;
    out.posted_on = settlement.posted_on;
    out.publicity_days =
        TRY(desk.book.days("publicity_days", settlement.posted_on.value_or(desk.today), settlement.area));
    out.today = desk.today;
    return out;
}

namespace {

Result<std::vector<SettledFrom>> frozen(db::Tx& tx, const std::string& sql,
                                        const std::vector<db::Value>& values, const Period& days) {
    std::vector<SettledFrom> out;
    TRY(tx.each_row(sql, values, [&](const db::Row& row) -> Result<void> {
        SettledFrom one;
        one.series.id = row.id<SeriesId>(0);
        one.series.area = row.area(1);
        one.series.insurer = row.id<InsurerId>(2);
        one.series.key = {TRY(series_kind_named(row.text(3))), std::string(row.text(4)),
                          std::string(row.text(5))};
        one.revision = one.series.revision = row.integer(6);
        one.frozen.code = one.series.key.code;
        one.frozen.variable = one.series.key.variable;
        out.push_back(std::move(one));
        return {};
    }));
    for (auto& one : out) one.frozen.values = TRY(values_at(tx, one.series.id, one.revision, days));
    return out;
}

}  // namespace

Result<std::vector<SettledFrom>> settled_from(db::Tx& tx, const Settlement& settlement) {
    return frozen(tx,
                  "SELECT s.id, s.area_code, s.insurer_id, s.kind, s.code, s.variable, ss.revision FROM "
                  "insurance_settlement_series ss JOIN insurance_series s ON s.id = ss.series_id WHERE "
                  "ss.settlement_id = ? ORDER BY ss.place",
                  {settlement.id}, settlement.outcome.window);
}

Result<std::vector<SettledFrom>> freeze(db::Tx& tx, const Desk&, const Product& product,
                                        std::string_view condition, const Period& days) {
    std::vector<SettledFrom> out;
    for (const auto& needed : needed_series(product)) {
        auto found = TRY(frozen(tx,
                                fmt::format("SELECT s.id, s.area_code, s.insurer_id, s.kind, s.code, "
                                            "s.variable, s.revision FROM insurance_series s WHERE "
                                            "s.revision > 0 AND s.kind = ? AND s.code = ? AND s.variable = ? "
                                            "AND {} ORDER BY s.id LIMIT 1",
                                            condition),
                                {name_of(needed.kind), needed.code, needed.variable}, days));
        for (auto& one : found) out.push_back(std::move(one));
    }
    return out;
}

Result<void> note_job(db::Tx& tx, SettlementId id, std::int64_t job) {
    TRY(tx.exec("UPDATE insurance_settlement SET job_id = ? WHERE id = ?", job, id));
    return {};
}

Result<std::vector<SettlementLine>> settlement_lines(db::Tx& tx, const Desk& desk,
                                                     const Settlement& settlement, std::int64_t offset,
                                                     std::int64_t limit) {
    std::vector<SettlementLine> out;
    TRY(tx.each_row("SELECT p.policy_no, p.area_code, i.line, i.facts, i.units, i.amount, i.sum_insured, "
                    "l.days, l.payable" +
                        std::string(lines_from) + TRY(visible(tx, desk, auth::Right::insurance_read, "p")) +
                        " ORDER BY l.policy_id, i.line LIMIT ? OFFSET ?",
                    std::vector<db::Value>{settlement.id, limit, offset},
                    [&](const db::Row& row) -> Result<void> {
                        const auto facts = TRY(opened(desk.vault, row.bytes(3)));
                        out.push_back({std::string(row.text(0)), row.area(1), row.integer(2),
                                       masked_name(facts.name), from_ten_thousandths(row.integer(4)),
                                       Decimal::yuan(row.money(5)), row.money(6),
                                       static_cast<int>(row.integer(7)), row.money(8)});
                        return {};
                    }));
    return out;
}

Result<void> write_settlement(db::Tx& tx, const Desk& desk, const Settlement& settlement,
                              const std::string& path, words::Language language) {
    using Type = table::Writer::Type;
    const auto* product = TRY(desk.book.product(settlement.product));
    const auto say = [&](const char* id) { return words::say(std::string("insurance.sheet.") + id, language); };
    auto writer = TRY(table::Writer::create(path, table::Format::xlsx));
    const std::vector<table::Writer::Column> columns{
        {say("policy"), Type::text, 26},      {say("area"), Type::text, 16},
        {say("line"), Type::number, 8},       {say("name"), Type::text, 12},
        {say("units"), Type::number, 12},     {say("amount"), Type::money, 12},
        {say("sum_insured"), Type::money, 14}, {say("days"), Type::number, 10},
        {say("payable"), Type::money, 14}};
    TRY(writer->sheet(
        say("title"), columns,
        words::say("insurance.sheet.head", language,
                   {{"number", settlement.number},
                    {"product", language == words::Language::zh ? product->title.zh : product->title.en},
                    {"index", settlement.outcome.index.rounded(4).plain()},
                    {"payable", settlement.payable.formatted()}})));
    constexpr std::int64_t page = 5'000;
    for (std::int64_t at = 0;; at += page) {
        const auto lines = TRY(settlement_lines(tx, desk, settlement, at, page));
        for (const auto& line : lines) {
            const auto place = desk.division.get(line.area);
            TRY(writer->row({line.policy_number,
                             place ? std::string(place->name) : std::string(line.area.digits()),
                             std::to_string(line.line), line.name, line.units.plain(), line.amount.plain(),
                             line.sum_insured.plain(), std::to_string(line.counted_days),
                             line.payable.plain()}));
        }
        if (std::ssize(lines) < page) break;
    }
    return writer->finish();
}

}  // namespace ballast::insurance
