#include "casework/clue_file.h"

#include <fmt/format.h>

#include <algorithm>

#include "audit/audit.h"
#include "base/text.h"
#include "casework/clue_store.h"
#include "registry/household_file.h"

namespace ballast::casework {
namespace {

using auth::Right;
using enum ClueState;

std::string object_of(ClueId id) { return "clue:" + std::to_string(id.number()); }

struct Where {
    std::string sql;
    std::vector<db::Value> values;
    void also(std::string_view condition, db::Value value) {
        sql += " AND " + std::string(condition);
        values.push_back(std::move(value));
    }
};

Result<Clue> load(db::Tx& tx, const auth::Scope& scope, ClueId id) {
    auto found = TRY(tx.first("SELECT " + std::string(store::clue_columns) +
                                  " FROM casework_clue c WHERE c.id = ? AND " + scope.sql("c.area_code"),
                              {id}, store::clue_of));
    if (!found) return not_found("clues.no_such_clue");
    return std::move(*found);
}

Result<AreaCode> home_of(db::Tx& tx, const auth::Scope& scope, registry::HouseholdId id) {
    const auto village = TRY(tx.first(
        "SELECT village_code FROM registry_v_household WHERE id = ? AND " + scope.sql("village_code"), {id},
        [](const db::Row& row) { return row.area(0); }));
    if (!village) return not_found("registry.no_household");
    return *village;
}

Result<void> record(db::Tx& tx, const ClueDesk& desk, const Clue& before, const Clue& now,
                    std::string_view action, std::string_view reason) {
    return audit::record(
        tx, desk.vault, desk.actor,
        {"clues." + std::string(action), object_of(now.id), now.area, "",
         fmt::format(R"({{"from":"{}","to":"{}","reason":"{}","household":{}}})", name_of(before.state),
                     name_of(now.state), reason, now.household ? now.household->number() : 0)},
        desk.now);
}

/// All that was told of `from` belongs to `into`, with its risks and the earlier of the two deadlines.
Result<void> join(db::Tx& tx, const Clue& from, ClueId into) {
    auto original = TRY(store::locked(tx, into));
    store::add_risks(original.risks, from.risks);
    original.due_on = std::min(original.due_on, from.due_on);
    TRY(store::update(tx, original));
    return store::move_signals(tx, from.id, into);
}

Result<void> close(db::Tx& tx, Clue& clue, const std::string& reason, std::optional<ClueId> into) {
    clue.state = closed;
    clue.closed_reason = reason;
    clue.open = false;
    clue.into = into;
    if (into) TRY(join(tx, clue, *into));
    return {};
}

/// What is told of a household twice belongs together: in its open clue, or in the case that came of it.
Result<void> close_into(db::Tx& tx, Clue& clue, ClueOrder& order, const Clue& other) {
    const bool has_case = other.state == case_opened;
    order.reason = has_case ? "merged_into_case" : "duplicate";
    if (has_case) clue.risk_case = other.risk_case;
    return close(tx, clue, order.reason, other.id);
}

/// The clue after the order, except for what is stored with it.
Result<Clue> applied(db::Tx& tx, const Clue& before, const ClueRow& row, ClueOrder& order,
                     std::optional<AreaCode> home) {
    Clue now = before;
    if (row.to) now.state = *row.to;
    switch (order.action) {
        case ClueAction::dispatch:
            now.area = *order.village;
            break;
        case ClueAction::assign:
            now.household = order.household;
            now.area = *home;
            if (const auto other = TRY(store::open_clue(tx, *order.household))) {
                order.duplicate_of = other->id;
                TRY(close_into(tx, now, order, *other));
            } else if (now.state == fresh) {
                now.state = dispatched;  // it is known now where it belongs
            }
            break;
        case ClueAction::close:
            if (order.reason == "duplicate")
                TRY(close_into(tx, now, order, TRY(store::locked(tx, *order.duplicate_of))));
            else
                TRY(close(tx, now, order.reason, {}));
            break;
        case ClueAction::begin:
        case ClueAction::open_case:
            break;
    }
    return now;
}

Result<ClueMoment> moment_of(db::Tx& tx, const ClueDesk& desk, const Clue& before, const ClueOrder& order,
                             const auth::Scope& scope) {
    ClueMoment moment{before, order};
    if (order.village)
        moment.village_exists = scope.contains(*order.village) && desk.division.exists(*order.village);
    if (order.household)
        moment.home = TRY(home_of(tx, scope, *order.household));
    else if (before.household)
        moment.home = TRY(home_of(tx, auth::Scope::whole_country(), *before.household));
    if (order.duplicate_of) {
        const auto original = load(tx, scope, *order.duplicate_of);
        if (original)
            moment.original = original->state;
        else if (original.error().id != "clues.no_such_clue")
            return original.error();
    }
    return moment;
}

Result<Clue> step(db::Tx& tx, const ClueDesk& desk, const Clue& before, std::string_view key, ClueOrder order,
                  std::optional<CaseId> opened) {
    // Who may take the step at all is asked before anything else is said about it.
    const auto asked = std::ranges::find_if(clue_procedure(), [&](const ClueRow& row) {
        return row.action == order.action && std::ranges::count(row.from, before.state) > 0;
    });
    const Right right = asked == clue_procedure().end() ? Right::clues_write : asked->who;
    TRY(auth::require(desk.actor, right));
    const auto scope = desk.actor.scope(right);
    if (!scope.contains(before.area))
        return forbidden("auth.not_allowed").with("right", std::string(name_of(right)));
    const auto moment = TRY(moment_of(tx, desk, before, order, scope));
    const auto* row = TRY(decide(moment));
    Clue now = TRY(applied(tx, before, *row, order, moment.home));
    if (opened) now.risk_case = opened;
    if (now.state != before.state || now.area != before.area) now.entered_on = desk.today;
    TRY(store::update(tx, now));
    std::optional<AreaCode> village;
    if (now.area != before.area || order.action == ClueAction::dispatch) village = now.area;
    const ClueStep taken{0,
                         std::string(name_of(order.action)),
                         before.state,
                         now.state,
                         order.reason,
                         village,
                         desk.now,
                         desk.actor.account,
                         desk.actor.name,
                         std::string(text::trimmed(order.note))};
    TRY(store::insert(tx, desk.vault, now.id, taken, key));
    TRY(record(tx, desk, before, now, name_of(order.action), order.reason));
    return now;
}

}  // namespace

Result<std::vector<Clue>> clues(db::Tx& tx, const auth::Actor& actor, const ClueQuery& query, Date today,
                                ClueCounts* counts) {
    static const std::string waiting = "c.state IN ('new', 'dispatched', 'verifying')";
    Where where{actor.scope(Right::clues_read).sql("c.area_code"), {}};
    if (query.source) where.also("c.source = ?", name_of(*query.source));
    if (!query.risk.empty()) where.also("' ' || c.risks || ' ' LIKE ?", "% " + query.risk + " %");
    if (query.area) where.sql += " AND " + auth::Scope({*query.area}).sql("c.area_code");
    if (query.household) where.also("c.household_id = ?", *query.household);
    const Where of_all_states = where;
    if (query.state)
        where.also("c.state = ?", name_of(*query.state));
    else if (!query.any_state)
        where.sql += " AND " + waiting;
    if (query.overdue) where.also(waiting + " AND c.due_on < ?", today);
    if (counts) {
        TRY(tx.each_row("SELECT COUNT(*) FROM casework_clue c WHERE " + where.sql, where.values,
                        [&](const db::Row& row) -> Result<void> {
                            counts->total = row.integer(0);
                            return {};
                        }));
        auto values = of_all_states.values;
        values.insert(values.begin(), db::Value(today));
        TRY(
            tx.each_row("SELECT c.state, COUNT(*), SUM(CASE WHEN c.due_on < ? THEN 1 ELSE 0 END) FROM "
                        "casework_clue c WHERE " +
                            of_all_states.sql + " GROUP BY c.state",
                        values, [&](const db::Row& row) -> Result<void> {
                            const auto state = *clue_state_named(row.text(0));
                            counts->by_state[state] = row.integer(1);
                            if (state < case_opened) counts->overdue += row.integer(2);
                            return {};
                        }));
    }
    where.values.emplace_back(query.limit);
    where.values.emplace_back(query.offset);
    std::vector<Clue> out;
    TRY(tx.each_row("SELECT " + std::string(store::clue_columns) + " FROM casework_clue c WHERE " +
                        where.sql +
                        (query.state && *query.state >= case_opened ? " ORDER BY c.entered_on DESC, c.id DESC"
                                                                    : " ORDER BY c.due_on, c.id") +
                        " LIMIT ? OFFSET ?",
                    where.values, [&](const db::Row& row) -> Result<void> {
                        out.push_back(store::clue_of(row));
                        return {};
                    }));
    return out;
}

Result<Clue> load_clue(db::Tx& tx, const auth::Actor& actor, ClueId id) {
    return load(tx, actor.scope(Right::clues_read), id);
}

Result<ClueFile> clue_file(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& actor, ClueId id) {
    ClueFile out;
    out.clue = TRY(load_clue(tx, actor, id));
    out.signals = TRY(store::signals_of(tx, vault, id));
    out.steps = TRY(store::steps_of(tx, vault, id));
    for (auto& signal : out.signals) {
        auto& told = signal.told;
        if (!told.id_number.empty()) told.id_number = registry::masked_id(told.id_number);
        if (!told.phone.empty()) told.phone = registry::masked_phone(told.phone);
        if (!told.teller_phone.empty()) told.teller_phone = registry::masked_phone(told.teller_phone);
    }
    return out;
}

Result<std::map<ClueId, Told>> first_told(db::Tx& tx, const crypto::Vault& vault,
                                          std::span<const ClueId> clues) {
    std::map<ClueId, Told> out;
    for (const auto id : clues)
        for (auto& signal : TRY(store::signals_of(tx, vault, id)))
            if (!out.contains(id))
                out[id] = {"", signal.told.name, "", "", {}, signal.told.place, "", "", ""};
    return out;
}

Result<Matched> candidates(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& actor, const Clue& clue,
                           Date today) {
    if (clue.household) return Matched{};
    const auto signals = TRY(store::signals_of(tx, vault, clue.id));
    if (signals.empty()) return Matched{};
    return match(tx, vault, actor.scope(Right::clues_read), clue.area, signals.front().told, today);
}

Result<std::string> reveal(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& actor, ClueId id,
                           SignalId signal, std::string_view field, std::string_view purpose, Instant now) {
    TRY(auth::require(actor, Right::clues_write));
    const auto clue = TRY(load(tx, actor.scope(Right::clues_write), id));
    if (text::length(text::trimmed(purpose)) < 2) return invalid("clues.purpose_missing");
    const auto signals = TRY(store::signals_of(tx, vault, id));
    const auto found = std::ranges::find(signals, signal, &Signal::id);
    if (found == signals.end()) return not_found("clues.no_such_signal");
    const std::string Told::*member = field == "id_number"      ? &Told::id_number
                                      : field == "phone"        ? &Told::phone
                                      : field == "teller_phone" ? &Told::teller_phone
                                                                : nullptr;
    if (member == nullptr) return invalid("clues.no_field");
    TRY(audit::record(tx, vault, actor,
                      {"clues.unmask", object_of(id), clue.area, std::string(text::trimmed(purpose)),
                       fmt::format(R"({{"signal":{},"field":"{}"}})", signal.number(), field)},
                      now));
    return found->told.*member;
}

Result<Clue> act(db::Tx& tx, const ClueDesk& desk, ClueId id, std::int64_t version, std::string_view key,
                 const ClueOrder& order) {
    const auto before = TRY(load_clue(tx, desk.actor, id));
    if (!key.empty()) {
        const auto done =
            TRY(tx.first("SELECT clue_id FROM casework_clue_step WHERE account = ? AND sender_key = ?",
                         {desk.actor.account, key}, [](const db::Row& row) { return row.id<ClueId>(0); }));
        if (done == id) return before;
        if (done) return conflict("clues.key_used");
    }
    if (before.version != version) return conflict("clues.stale");
    if (order.action == ClueAction::open_case) return conflict("clues.only_by_case");
    return step(tx, desk, before, key, order, {});
}

Result<Clue> hand_over(db::Tx& tx, const ClueDesk& desk, ClueId id, CaseId opened) {
    const auto before = TRY(load_clue(tx, desk.actor, id));
    return step(tx, desk, before, "", {ClueAction::open_case, {}, {}, {}, "", ""}, opened);
}

Result<void> case_over(db::Tx& tx, ClueId id) {
    TRY(tx.exec(
        "UPDATE casework_clue SET is_open = 0, version = version + 1 WHERE id = ? AND state = 'case_opened'",
        id));
    return {};
}

}  // namespace ballast::casework
