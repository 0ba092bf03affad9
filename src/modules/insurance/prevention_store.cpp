#include "insurance/prevention_store.h"

#include <fmt/format.h>

#include "base/masking.h"
#include "base/text.h"
#include "insurance/policy_store.h"
#include "registry/household_file.h"

namespace ballast::insurance {
namespace {

using auth::Right;

constexpr std::string_view columns =
    "c.id, c.case_no, c.year_id, y.year, c.insurer_id, y.product, c.area_code, c.household_id, c.cause, "
    "c.group_name, c.source, "
    "c.source_id, c.happened_on, c.reported_on, c.state, c.entered_on, c.version, c.income_per_head, "
    "c.borne, c.payable, c.paid, "
    "c.posted_on, c.paid_on, c.journal_id, c.clue_id, c.reckoning";
constexpr std::string_view from =
    " FROM insurance_prevention_case c JOIN insurance_prevention_year y ON y.id = c.year_id WHERE ";
constexpr std::string_view reckoning_context = "insurance_prevention_case.reckoning";

Result<PreventionCase> read(const Desk& desk, const db::Row& row) {
    PreventionCase out;
    out.id = row.id<PreventionCaseId>(0);
    out.number = row.text(1);
    out.year_id = row.id<PreventionYearId>(2);
    out.year = static_cast<int>(row.integer(3));
    out.insurer = row.id<InsurerId>(4);
    out.product = row.text(5);
    out.area = row.area(6);
    out.household = row.id<registry::HouseholdId>(7);
    out.cause = row.text(8);
    out.group = row.text(9);
    out.source = row.text(10);
    out.source_id = row.maybe_integer(11);
    out.happened_on = row.date(12);
    out.reported_on = row.date(13);
    out.state = TRY(prevention_state_named(row.text(14)));
    out.entered_on = row.date(15);
    out.version = row.integer(16);
    if (const auto income = row.maybe_integer(17)) out.income_per_head = Money::fen(*income);
    out.borne = row.money(18);
    out.payable = row.money(19);
    out.paid = row.money(20);
    out.posted_on = row.maybe_date(21);
    out.paid_on = row.maybe_date(22);
    if (const auto journal = row.maybe_integer(23)) out.journal = finance::JournalId(*journal);
    out.clue = row.maybe_integer(24);
    out.reckoning = TRY(desk.vault.open(reckoning_context, row.bytes(25)));
    return out;
}

Result<std::vector<PreventionCase>> cases_where(db::Tx& tx, const Desk& desk, const std::string& condition,
                                                const std::vector<db::Value>& values) {
    std::vector<PreventionCase> out;
    TRY(tx.each_row(fmt::format("SELECT {}{}{}", columns, from, condition), values,
                    [&](const db::Row& row) -> Result<void> {
                        out.push_back(TRY(read(desk, row)));
                        return {};
                    }));
    std::vector<registry::HouseholdId> households;
    for (const auto& one : out) households.push_back(one.household);
    const auto known = TRY(shown(tx, desk.actor.scope(Right::insurance_read), households));
    for (auto& one : out)
        if (const auto at = known.find(one.household); at != known.end())
            one.head = masked_name(at->second.head);
    return out;
}

}  // namespace

Result<std::map<registry::HouseholdId, Shown>> shown(db::Tx& tx, const auth::Scope& scope,
                                                     const std::vector<registry::HouseholdId>& households) {
    std::map<registry::HouseholdId, Shown> out;
    if (households.empty()) return out;
    const auto hits = TRY(registry::list_households(
        tx, scope, {.area = AreaCode{}, .kind = "", .ids = households, .limit = std::ssize(households)}));
    for (const auto& hit : hits.items)
        out[hit.household] = {hit.household_no, hit.head_name, hit.group_name, hit.members};
    return out;
}

Result<PreventionCase> load_prevention_case(db::Tx& tx, const Desk& desk, Right right, PreventionCaseId id) {
    auto found = TRY(cases_where(tx, desk, "c.id = ? AND " + TRY(visible(tx, desk, right, "c")), {id}));
    if (found.empty()) return not_found("insurance.no_such_prevention_case");
    return std::move(found.front());
}

Result<std::vector<PreventionCase>> prevention_cases(db::Tx& tx, const Desk& desk,
                                                     const PreventionQuery& query, std::int64_t* total) {
    std::string condition = TRY(visible(tx, desk, Right::insurance_read, "c"));
    std::vector<db::Value> values;
    if (query.year) condition += " AND c.year_id = ?", values.emplace_back(*query.year);
    if (!query.state.empty()) condition += " AND c.state = ?", values.emplace_back(query.state);
    if (!query.cause.empty()) condition += " AND c.cause = ?", values.emplace_back(query.cause);
    if (total)
        TRY(tx.each_row(fmt::format("SELECT COUNT(*){}{}", from, condition), values,
                        [&](const db::Row& row) -> Result<void> {
                            *total = row.integer(0);
                            return {};
                        }));
    values.emplace_back(query.limit);
    values.emplace_back(query.offset);
    return cases_where(tx, desk, condition + " ORDER BY c.id DESC LIMIT ? OFFSET ?", values);
}

Result<void> advance(db::Tx& tx, const PreventionCase& before, std::int64_t version, PreventionState to,
                     Date today) {
    const Date entered = to == before.state ? before.entered_on : today;
    if (version != before.version ||
        TRY(tx.exec("UPDATE insurance_prevention_case SET state = ?, entered_on = ?, live = ?, version = "
                    "version + 1 WHERE id = ? "
                    "AND version = ?",
                    name_of(to), entered, live(to) ? 1 : 0, before.id, before.version)) == 0)
        return conflict("insurance.changed_meanwhile");
    return {};
}

Result<PreventionFacts> facts_of(db::Tx& tx, const Desk& desk, PreventionCaseId id) {
    const auto found = TRY(tx.all("SELECT facts FROM insurance_prevention_case WHERE id = ?", {id},
                                  [](const db::Row& row) { return row.blob(0); }));
    return opened_prevention(desk.vault, found.at(0));
}

Result<void> keep_facts(db::Tx& tx, const Desk& desk, PreventionCaseId id, const PreventionFacts& facts) {
    TRY(tx.exec("UPDATE insurance_prevention_case SET facts = ? WHERE id = ?",
                blob(sealed(desk.vault, facts)), id));
    return {};
}

Result<const PreventionScheme*> scheme_of(const Desk& desk, const std::string& product) {
    const auto* known = TRY(desk.book.product(product));
    const auto* scheme = std::get_if<PreventionScheme>(&known->cover);
    if (!scheme) return not_found("insurance.no_such_product").with("name", product);
    return scheme;
}

Result<PreventionMoment> moment_of(db::Tx& tx, const Desk& desk, const PreventionCase& of) {
    const auto* scheme = TRY(scheme_of(desk, of.product));
    PreventionMoment out;
    out.state = of.state;
    out.today = desk.today;
    out.income_per_head = of.income_per_head;
    out.payable = of.payable;
    out.posted_on = of.posted_on;
    out.publicity_days =
        TRY(desk.book.days("prevention_publicity_days", of.posted_on.value_or(desk.today), of.area));
    const Date last_year = *Date::from(of.year - 1, 12, 31);
    out.income_limit =
        (TRY(desk.book.limit("prevention_national_line", last_year, of.area)) * scheme->income_multiple)
            .to_money(Rounding::half_up);
    out.account_known = !TRY(facts_of(tx, desk, of.id)).account.empty();
    out.expenses =
        TRY(tx.number("SELECT COUNT(*) FROM insurance_prevention_expense WHERE case_id = ?", {of.id}));
    out.proofs = TRY(tx.number("SELECT COUNT(*) FROM insurance_prevention_proof WHERE case_id = ?", {of.id}));
    const auto did = [&](const char* actions) -> Result<bool> {
        return TRY(tx.number(
                   fmt::format(
                       "SELECT COUNT(*) FROM insurance_step WHERE about = 'prevention' AND about_id = ? AND "
                       "account = ? AND action IN ({})",
                       actions),
                   {of.id, desk.actor.account})) > 0;
    };
    out.took_part = TRY(did("'propose', 'bills', 'account', 'proof', 'survey', 'assess', 'publicise'"));
    out.approved_it = TRY(did("'approve'"));
    return out;
}

Result<void> keep_prevention_step(db::Tx& tx, const Desk& desk, const PreventionCase& before,
                                  std::string_view action, PreventionState to, std::string_view note) {
    return keep_step(tx, desk,
                     {"prevention", before.id.number(), before.version + 1, action, name_of(before.state),
                      name_of(to), note, before.area});
}

Result<std::string> needed_text(std::string_view name, std::string_view given) {
    std::string out(text::trimmed(given));
    if (out.empty() || text::length(out) > 500)
        return invalid("insurance.text_missing").with("name", std::string(name));
    return out;
}

}  // namespace ballast::insurance
