#include <algorithm>

#include "base/text.h"
#include "casework/case_file.h"

namespace ballast::casework {

namespace {

/// SQL that holds for cases whose next step this user may take.
std::string waiting_for(const auth::Actor& actor) {
    std::string any = "(1=0)";
    for (const auto right : auth::all_rights())
        if (actor.may(right))
            any += " OR (awaited_right = '" + std::string(auth::name_of(right)) + "' AND " +
                   actor.scope(right).sql("village_code") + ")";
    return "(" + any + ")";
}

struct Filter {
    std::string sql;
    std::vector<db::Value> values;
    void add(std::string_view condition, std::initializer_list<db::Value> of = {}) {
        sql += " AND " + std::string(condition);
        values.insert(values.end(), of.begin(), of.end());
    }
};
Filter filter_of(const auth::Actor& actor, const CaseQuery& query) {
    Filter filter{actor.scope(auth::Right::cases_read).sql("village_code"), {}};
    if (query.area) filter.add(auth::Scope({*query.area}).sql("village_code"));
    if (query.household) filter.add("household_id = ?", {*query.household});
    if (query.live) filter.add("live = ?", {*query.live ? 1 : 0});
    if (query.mine) filter.add("live = 1 AND paused = 0 AND " + waiting_for(actor));
    if (query.due_by) filter.add("live = 1 AND due_on <= ?", {*query.due_by});
    if (query.due_on) filter.add("live = 1 AND due_on = ?", {*query.due_on});
    return filter;
}

CaseLine read_line(const db::Row& row) {
    CaseLine line;
    line.id = row.id<CaseId>(0);
    line.number = row.text(1);
    line.household = row.id<registry::HouseholdId>(2);
    line.village = row.area(3);
    line.source = row.text(4);
    line.day_zero = row.date(5);
    line.version = row.integer(6);
    line.state = state_named(row.text(7)).value();
    line.reason = row.text(8);
    line.opened_on = row.date(9);
    line.entered = row.date(10);
    for (const auto risk : text::split(row.text(11), ' '))
        if (!risk.empty()) line.risks.emplace_back(risk);
    line.awaited = action_named(row.text(12));
    if (const auto day = row.maybe_date(13)) line.due = Deadline{*day, row.truth(14)};
    line.decide_by = {row.date(15), row.truth(16)};
    line.paused = row.truth(17);
    line.green = row.truth(18);
    line.category = row.text(19);
    return line;
}

Result<void> count(db::Tx& tx, const Filter& filter, const CaseQuery& query, CaseCounts& counts) {
    TRY(tx.each_row(
        "SELECT state, COUNT(*) FROM casework_case WHERE " + filter.sql + " GROUP BY state ORDER BY state",
        filter.values, [&](const db::Row& row) -> Result<void> {
            const State state = state_named(row.text(0)).value();
            counts.by_state.emplace_back(state, row.integer(1));
            if (!query.state || *query.state == state) counts.total += row.integer(1);
            return {};
        }));
    std::ranges::sort(counts.by_state);
    return {};
}

}  // namespace

Result<std::vector<CaseLine>> cases(db::Tx& tx, const auth::Actor& actor, const CaseQuery& query,
                                    CaseCounts* counts) {
    Filter filter = filter_of(actor, query);
    if (counts) TRY(count(tx, filter, query, *counts));
    if (query.state) filter.add("state = ?", {name_of(*query.state)});
    filter.values.insert(filter.values.end(), {query.limit, query.offset});
    std::vector<CaseLine> out;
    TRY(
        tx.each_row("SELECT id, number, household_id, village_code, source, day_zero, version, state, "
                    "reason, opened_on, entered, "
                    "risks, awaited, due_on, due_assumed, decide_by, decide_assumed, paused, green, category "
                    "FROM casework_case "
                    "WHERE " +
                        filter.sql +
                        " ORDER BY live DESC, CASE WHEN live = 1 THEN due_on ELSE '' END, entered DESC, id "
                        "DESC LIMIT ? OFFSET ?",
                    filter.values, [&](const db::Row& row) -> Result<void> {
                        out.push_back(read_line(row));
                        return {};
                    }));
    return out;
}

}  // namespace ballast::casework
