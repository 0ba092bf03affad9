#include "casework/case_store.h"

#include <algorithm>

#include "base/text.h"
#include "casework/facts_json.h"
#include "casework/measure.h"

namespace ballast::casework::store {

namespace {

constexpr std::string_view facts_context = "casework_step.facts";

std::string risks_text(const std::vector<std::string>& risks) {
    std::string out;
    for (const auto& one : risks) out += (out.empty() ? "" : " ") + one;
    return out;
}

/// What lists and clocks ask of a case, in the order of the columns below.
constexpr std::string_view derived =
    "version, state, reason, live, entered, risks, awaited, awaited_right, due_on, due_assumed, decide_by, "
    "decide_assumed, paused, green, sampled, forwarded_on, category";
std::vector<db::Value> derived_values(const RiskCase& now, const Terms& terms, Date today) {
    const auto next = awaited(now, terms);
    const Deadline whole = overall_due(terms, now.day_zero, now.extension_days, now.paused_days(today));
    const auto forwarded = std::find_if(now.steps.rbegin(), now.steps.rend(), [](const Step& step) {
        return step.action == Action::township_review;
    });
    const bool was_forwarded = forwarded != now.steps.rend();
    return {now.version,
            name_of(now.state),
            now.reason,
            over(now.state) ? 0 : 1,
            now.entered,
            risks_text(now.risks),
            next ? name_of(next->action) : "",
            next ? auth::name_of(next->who) : "",
            next ? std::optional(next->due.last_day) : std::nullopt,
            next && next->due.assumed ? 1 : 0,
            whole.last_day,
            whole.assumed ? 1 : 0,
            now.paused() ? 1 : 0,
            now.green_help.empty() ? 0 : 1,
            was_forwarded && std::get<TownshipReview>(forwarded->facts).sample_visit ? 1 : 0,
            was_forwarded ? std::optional(forwarded->on) : std::nullopt,
            now.approval ? now.approval->category : ""};
}

std::string repeated(std::string_view what, std::size_t n) {
    std::string out;
    for (std::size_t i = 0; i < n; ++i) out += (i ? ", " : "") + std::string(what);
    return out;
}

Result<void> insert_step(db::Tx& tx, const crypto::Vault& vault, const RiskCase& now) {
    const Step& step = now.steps.back();
    const auto key = step.key.empty() ? std::nullopt : std::optional(step.key);
    TRY(tx.exec(
        "INSERT INTO casework_step (case_id, sequence, action, from_state, to_state, reason, on_day, at, "
        "user_id, account, name, role, sent_key, facts) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        now.id, step.sequence, name_of(step.action), name_of(step.from), name_of(step.to), step.reason,
        step.on, step.at.ms, step.user, step.account, step.name, step.role, key,
        vault.seal(facts_context, to_json(step.facts, Show::whole))));
    return {};
}

Result<Step> read_step(const crypto::Vault& vault, const db::Row& row) {
    const auto action = action_named(row.text(1));
    const auto from = state_named(row.text(2)), to = state_named(row.text(3));
    if (!action || !from || !to) return corrupt("casework.damaged_case");
    auto facts = facts_from(*action, TRY(vault.open(facts_context, row.bytes(12))));
    if (!facts) return corrupt("casework.damaged_case", facts.error().id);
    return Step{row.integer(0),
                *action,
                *from,
                *to,
                std::string(row.text(4)),
                row.date(5),
                Instant{row.integer(6)},
                row.id<auth::UserId>(7),
                std::string(row.text(8)),
                std::string(row.text(9)),
                std::string(row.text(10)),
                row.maybe_text(11).value_or(""),
                std::move(*facts)};
}

}  // namespace

Result<RiskCase> load(db::Tx& tx, const crypto::Vault& vault, const auth::Scope& scope, CaseId id) {
    struct Kept {
        RiskCase begun;
        std::int64_t version;
        std::string state;
    };
    auto kept =
        TRY(tx.first("SELECT number, household_id, village_code, clue_id, source, day_zero, opened_on, "
                     "version, state FROM "
                     "casework_case WHERE id = ? AND " +
                         scope.sql("village_code"),
                     {id}, [&](const db::Row& row) {
                         Kept one;
                         one.begun.id = id;
                         one.begun.number = row.text(0);
                         one.begun.household = row.id<registry::HouseholdId>(1);
                         one.begun.village = row.area(2);
                         if (const auto clue = row.maybe_integer(3)) one.begun.clue = ClueId(*clue);
                         one.begun.source = row.text(4);
                         one.begun.day_zero = row.date(5);
                         one.begun.opened_on = row.date(6);
                         one.version = row.integer(7);
                         one.state = row.text(8);
                         return one;
                     }));
    if (!kept) return not_found("casework.no_such_case");
    RiskCase now = std::move(kept->begun);
    const std::vector<db::Value> of{id};
    TRY(tx.each_row(
        "SELECT sequence, action, from_state, to_state, reason, on_day, at, user_id, account, name, "
        "role, sent_key, facts FROM casework_step WHERE case_id = ? ORDER BY sequence",
        of, [&](const db::Row& row) -> Result<void> {
            now = after(std::move(now), TRY(read_step(vault, row)));
            return {};
        }));
    if (now.version != kept->version || name_of(now.state) != kept->state)
        return corrupt("casework.damaged_case");
    return now;
}

Result<std::optional<CaseId>> opened_with(db::Tx& tx, const auth::Actor& actor, const std::string& key) {
    return tx.first("SELECT case_id FROM casework_step WHERE sequence = 1 AND sent_key = ? AND account = ?",
                    {key, actor.account}, [](const db::Row& row) { return row.id<CaseId>(0); });
}

Result<std::optional<std::string>> under_way(db::Tx& tx, registry::HouseholdId household) {
    return tx.first("SELECT number FROM casework_case WHERE household_id = ? AND live = 1", {household},
                    [](const db::Row& row) { return std::string(row.text(0)); });
}

Result<std::string> next_number(db::Tx& tx, AreaCode county, int year) {
    const auto n = TRY(tx.number(
        "INSERT INTO casework_number (county, year, last) VALUES (?, ?, 1) ON CONFLICT (county, year) "
        "DO UPDATE SET last = casework_number.last + 1 RETURNING last",
        {county, year}));
    std::string digits = std::to_string(n);
    digits.insert(0, digits.size() < 6 ? 6 - digits.size() : 0, '0');
    return std::to_string(year) + "-" + digits;
}

Result<CaseId> insert(db::Tx& tx, const crypto::Vault& vault, const RiskCase& now, const Terms& terms,
                      Date today) {
    std::vector<db::Value> values{now.number,    now.village.at(AreaLevel::county),
                                  now.household, now.village,
                                  now.clue,      now.source,
                                  now.day_zero,  now.opened_on};
    for (auto& value : derived_values(now, terms, today)) values.push_back(std::move(value));
    CaseId id;
    TRY(
        tx.each_row("INSERT INTO casework_case (number, county, household_id, village_code, clue_id, source, "
                    "day_zero, opened_on, " +
                        std::string(derived) + ") VALUES (" + repeated("?", values.size()) + ") RETURNING id",
                    values, [&](const db::Row& row) -> Result<void> {
                        id = row.id<CaseId>(0);
                        return {};
                    }));
    RiskCase numbered = now;
    numbered.id = id;
    TRY(insert_step(tx, vault, numbered));
    return id;
}

Result<void> update(db::Tx& tx, const crypto::Vault& vault, const RiskCase& now, const Terms& terms,
                    Date today) {
    std::string set;
    for (const auto column : text::split(derived, ','))
        set += (set.empty() ? "" : ", ") + std::string(text::trimmed(column)) + " = ?";
    auto values = derived_values(now, terms, today);
    values.emplace_back(now.id);
    values.emplace_back(now.version - 1);
    if (TRY(tx.run("UPDATE casework_case SET " + set + " WHERE id = ? AND version = ?", values)) == 0)
        return conflict("casework.stale").with("version", std::to_string(now.version));
    return insert_step(tx, vault, now);
}

Result<Sampled> sampled(db::Tx& tx, AreaCode township, int year) {
    const auto found = TRY(
        tx.first("SELECT COUNT(*), COALESCE(SUM(sampled), 0) FROM casework_case WHERE forwarded_on >= ? AND "
                 "forwarded_on <= ? AND " +
                     auth::Scope({township}).sql("village_code"),
                 {*Date::from(year, 1, 1), *Date::from(year, 12, 31)}, [](const db::Row& row) {
                     return Sampled{row.integer(0), row.integer(1)};
                 }));
    return found.value_or(Sampled{});
}

Result<void> put_up(db::Tx& tx, const RiskCase& now, const Deadline& publicity) {
    TRY(tx.exec(
        "INSERT INTO casework_notice (case_id, village_code, posted_on, last_day, assumed, text, over_by) "
        "VALUES (?, ?, ?, ?, ?, ?, '')",
        now.id, now.village, now.notice->posted_on, publicity.last_day, publicity.assumed ? 1 : 0,
        now.notice->text));
    return {};
}

Result<void> take_down(db::Tx& tx, const RiskCase& now, Date on, std::string_view by) {
    TRY(tx.exec("UPDATE casework_notice SET over_on = ?, over_by = ? WHERE case_id = ? AND over_on IS NULL",
                on, by, now.id));
    return {};
}

}  // namespace ballast::casework::store
