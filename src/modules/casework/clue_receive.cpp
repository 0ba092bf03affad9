#include "casework/clue_receive.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "audit/audit.h"
#include "base/citizen_id.h"
#include "base/phone.h"
#include "base/text.h"
#include "casework/clue_match.h"
#include "casework/clue_store.h"
#include "casework/risk.h"

namespace ballast::casework {
namespace {

using auth::Right;
using enum ClueState;

constexpr std::size_t longest_text = 2000, longest_field = 100;
constexpr std::array<std::string_view, 6> tellers{"self",    "kin",        "neighbour",
                                                  "officer", "department", "other"};

// Domain specification 2.2.
const std::array table{
    SourceRow{Source::self_report, {"oral", "paper", "phone", "online"}, Right::clues_write},
    SourceRow{Source::grassroots_check,
              {"daily_visit", "grid", "work_team", "concentrated_check", "must_visit", "programme"},
              Right::clues_write},
    SourceRow{Source::department_screening, {"rule"}, {}},
    SourceRow{
        Source::other, {"petition", "media", "hotline", "inspection", "insurer"}, Right::clues_dispatch},
};

Result<void> fits(const std::string& value, std::string_view field) {
    if (text::length(value) > longest_field)
        return invalid("clues.field_too_long").with("field", std::string(field));
    return {};
}

/// As it is kept: trimmed, numbers in their usual form; or what is wrong with it.
Result<Told> tidied(Told told, Date today) {
    for (auto* one : {&told.text, &told.name, &told.id_number, &told.phone, &told.place, &told.teller_name,
                      &told.teller_phone})
        *one = std::string(text::trimmed(*one));
    if (text::length(told.text) < 2) return invalid("clues.text_missing");
    if (text::length(told.text) > longest_text)
        return invalid("clues.text_too_long").with("most", std::to_string(longest_text));
    TRY(fits(told.name, "name"));
    TRY(fits(told.place, "place"));
    TRY(fits(told.teller_name, "teller_name"));
    if (std::ranges::find(tellers, told.teller) == tellers.end())
        return invalid("clues.no_such_teller").with("teller", told.teller);
    if (told.birth && *told.birth > today) return invalid("clues.birth_in_future");
    if (!told.id_number.empty()) {
        const auto id = TRY(CitizenId::parse(told.id_number, today)).id;
        if (told.birth && *told.birth != id.birth_date()) return invalid("clues.birth_differs");
        told.id_number = id.reveal();
    }
    if (!told.phone.empty()) told.phone = TRY(Phone::parse(told.phone)).reveal();
    if (!told.teller_phone.empty()) told.teller_phone = TRY(Phone::parse(told.teller_phone)).reveal();
    return told;
}

Result<void> check_source(const auth::Actor& actor, const Report& report) {
    const auto row = std::ranges::find(table, report.source, &SourceRow::source);
    if (!row->who) return invalid("clues.source_by_system");
    if (!actor.may(*row->who))
        return forbidden("clues.source_not_yours").with("source", std::string(name_of(report.source)));
    if (std::ranges::find(row->channels, report.channel) == row->channels.end())
        return invalid("clues.no_such_channel").with("channel", report.channel);
    return {};
}

/// Where the clue lies before its household is known.
Result<AreaCode> place_of(const ClueDesk& desk, const Report& report) {
    if (!report.village) {
        // Who has one village means that.
        const auto scope = desk.actor.scope(Right::clues_write);
        if (scope.areas().size() == 1 && report.county.contains(scope.areas().front()))
            return scope.areas().front();
        return report.county;
    }
    if (!report.county.contains(*report.village)) return invalid("clues.outside_county");
    if (!desk.actor.scope(Right::clues_write).contains(*report.village) ||
        !desk.division.exists(*report.village))
        return not_found("clues.no_such_village");
    return *report.village;
}

struct Whose {
    std::optional<registry::HouseholdId> household;
    AreaCode area;
    Match matched;
};
Result<Whose> whose(db::Tx& tx, const ClueDesk& desk, const Report& report, const Told& told) {
    if (report.household) {
        const auto village =
            TRY(tx.first("SELECT village_code FROM registry_v_household WHERE id = ? AND " +
                             desk.actor.scope(Right::clues_write).sql("village_code"),
                         {*report.household}, [](const db::Row& row) { return row.area(0); }));
        if (!village) return not_found("registry.no_household");
        return Whose{report.household, *village, "matched"};
    }
    if (told.name.empty()) return invalid("clues.whom_missing");
    const AreaCode area = TRY(place_of(desk, report));
    // Looked for in the whole county: nothing of what is found is told to who reports it.
    const auto found = TRY(match(tx, desk.vault, auth::Scope({report.county}), area, told, desk.today));
    if (!found.household) return Whose{{}, area, found.how};
    return Whose{found.household->household, found.household->village, found.how};
}

Clue begun(AreaCode county, const Whose& whose, Source source, Date today, Date due) {
    Clue clue;
    clue.county = county;
    clue.area = whose.area;
    clue.household = whose.household;
    clue.source = source;
    clue.state = whose.household ? dispatched : fresh;
    clue.created_on = clue.entered_on = today;
    clue.due_on = due;
    return clue;
}

/// A household's clue goes to its village at once, by the code.
Result<void> dispatch_step(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& actor, const Clue& clue,
                           Instant now) {
    return store::insert(
        tx, vault, clue.id,
        {0, "dispatch", fresh, dispatched, "by_code", clue.area, now, actor.account, actor.name, ""}, "");
}

/// Further evidence may add risks, and make the clue due earlier.
Result<void> further(db::Tx& tx, Clue& clue, const std::vector<std::string>& risks, Date due) {
    clue = TRY(store::locked(tx, clue.id));
    store::add_risks(clue.risks, risks);
    if (!clue.over()) clue.due_on = std::min(clue.due_on, due);
    return store::update(tx, clue);
}

Result<bool> tells(db::Tx& tx, ClueId clue, std::int64_t warning) {
    return TRY(tx.number("SELECT COUNT(*) FROM casework_clue_signal WHERE warning_id = ? AND clue_id = ?",
                         {warning, clue})) > 0;
}

Result<void> record(db::Tx& tx, const ClueDesk& desk, const Clue& clue, const Signal& signal,
                    std::string_view action) {
    return audit::record(
        tx, desk.vault, desk.actor,
        {"clues." + std::string(action), "clue:" + std::to_string(clue.id.number()), clue.area, "",
         fmt::format(
             R"({{"signal":{},"source":"{}","channel":"{}","risks":"{}","matched":"{}","household":{}}})",
             signal.id.number(), name_of(signal.source), signal.channel, fmt::join(signal.risks, " "),
             signal.matched, clue.household ? clue.household->number() : 0)},
        desk.now);
}

Result<std::optional<Received>> received_before(db::Tx& tx, const auth::Actor& actor,
                                                const std::string& key) {
    const auto columns = std::string(store::clue_columns);
    return tx.first("SELECT " + columns +
                        ", s.id, s.matched FROM casework_clue_signal s JOIN casework_clue c ON c.id = "
                        "s.clue_id WHERE s.account = ? AND s.sender_key = ?",
                    {actor.account, key}, [](const db::Row& row) {
                        const auto clue = store::clue_of(row);
                        return Received{clue.id, number_of(clue),          row.id<SignalId>(15), false, false,
                                        true,    std::string(row.text(16))};
                    });
}

}  // namespace

std::span<const SourceRow> sources() { return table; }

Result<ClueTerms> clue_terms(const packs::Store& packs, AreaCode area, Date on) {
    const auto pack = TRY(packs.load("casework", area, on));
    const auto bound = TRY(pack->bind("clue_verify_days", on, area));
    const auto days = bound.value->value.rounded(0, Rounding::half_up);
    if (days != bound.value->value || days < Decimal(0) || days > Decimal(3660))
        return invalid("casework.bad_parameter").with("name", "clue_verify_days");
    return ClueTerms{std::stoi(days.plain()), bound.value->authority, bound.value->assumed()};
}

Result<Received> receive(db::Tx& tx, const ClueDesk& desk, const ClueTerms& terms, const Report& report) {
    TRY(auth::require(desk.actor, Right::clues_write));
    TRY(check_source(desk.actor, report));
    if (!report.key.empty()) {
        const auto before = TRY(received_before(tx, desk.actor, report.key));
        if (before) return *before;
    }
    Signal signal{{},
                  {},
                  {},
                  report.source,
                  report.channel,
                  TRY(risks_of(report.risks)).codes,
                  {},
                  desk.today,
                  desk.now,
                  desk.actor.account,
                  desk.actor.name,
                  {},
                  report.receipt,
                  TRY(tidied(report.told, desk.today))};
    const auto found = TRY(whose(tx, desk, report, signal.told));
    signal.matched = found.matched;

    const Date due = desk.today.plus_days(terms.verify_days);
    auto fresh = begun(report.county, found, report.source, desk.today, due);
    fresh.risks = signal.risks;
    auto [clue, is_new] = TRY(store::take_up(tx, std::move(fresh)));
    Received out{{}, {}, {}, !is_new, false, false, found.matched};
    if (is_new) {
        if (clue.household) TRY(dispatch_step(tx, desk.vault, desk.actor, clue, desk.now));
    } else {
        out.overlaps = std::ranges::any_of(
            signal.risks, [&](const auto& one) { return std::ranges::count(clue.risks, one) > 0; });
        TRY(further(tx, clue, signal.risks, due));
    }
    signal.clue = signal.first_clue = clue.id;
    TRY(store::insert(tx, desk.vault, signal, report.key));
    TRY(record(tx, desk, clue, signal, out.joined ? "attach" : "create"));
    out.clue = clue.id;
    out.number = number_of(clue);
    out.signal = signal.id;
    return out;
}

Result<Taken> take_warnings(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& actor,
                            std::span<const WarningTold> warnings, Date today, Instant now) {
    Taken taken;
    for (const auto& warning : warnings) {
        const bool known = TRY(tx.number("SELECT COUNT(*) FROM casework_clue_signal WHERE warning_id = ?",
                                         {warning.warning})) > 0;
        if (known && !warning.news) continue;
        const std::vector risks{warning.risk};
        auto fresh =
            begun(warning.village.at(AreaLevel::county), {warning.household, warning.village, "matched"},
                  Source::department_screening, today, warning.visit_by);
        fresh.risks = risks;
        auto [clue, is_new] = TRY(store::take_up(tx, std::move(fresh)));
        if (is_new) {
            TRY(dispatch_step(tx, vault, actor, clue, now));
            ++taken.opened;
        } else {
            TRY(further(tx, clue, risks, warning.visit_by));
            if (known && TRY(tells(tx, clue.id, warning.warning))) continue;
            ++taken.joined;
        }
        Signal signal{{},         clue.id,
                      clue.id,    Source::department_screening,
                      "rule",     risks,
                      "matched",  today,
                      now,        actor.account,
                      actor.name, warning.warning,
                      {},         {}};
        TRY(store::insert(tx, vault, signal, ""));
    }
    return taken;
}

Result<void> tell_withdrawn(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& actor,
                            std::int64_t warning, Instant now) {
    const auto open = TRY(tx.all(
        "SELECT DISTINCT c.id FROM casework_clue_signal s JOIN casework_clue c ON c.id = s.clue_id WHERE "
        "s.warning_id = ? AND c.is_open = 1",
        {warning}, [](const db::Row& row) { return row.id<ClueId>(0); }));
    for (const auto id : open) {
        auto clue = TRY(store::locked(tx, id));
        TRY(store::update(tx, clue));  // who is about to act on it looks again
        TRY(store::insert(
            tx, vault, id,
            {0, "withdrawn", clue.state, clue.state, "", {}, now, actor.account, actor.name, ""}, ""));
        TRY(audit::record(tx, vault, actor,
                          {"clues.withdrawn", "clue:" + std::to_string(id.number()), clue.area, "",
                           fmt::format(R"({{"warning":{}}})", warning)},
                          now));
    }
    return {};
}

}  // namespace ballast::casework
