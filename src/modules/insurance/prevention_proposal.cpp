// Who comes into the cover, from what screening and casework know or by hand; and who goes back to casework.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "audit/audit.h"
#include "base/masking.h"
#include "base/text.h"
#include "casework/clue_receive.h"
#include "insurance/policy_store.h"
#include "insurance/prevention_store.h"
#include "registry/household_file.h"

namespace ballast::insurance {
namespace {

using auth::Right;

constexpr std::array<std::string_view, 4> sources{"hand", "warning", "clue", "case"};
constexpr std::int64_t most_candidates = 100;
// A household has few open warnings, clues and cases at once.
constexpr std::int64_t most_sources = 8;

/// The village and the township, or the county.
Right proposing(const auth::Actor& actor) {
    return actor.may(Right::insurance_confirm) ? Right::insurance_confirm : Right::insurance_subsidy;
}

/// What a household is proposed by must be there, and be about this household.
Result<void> check_source(db::Tx& tx, const auth::Scope& scope, const Proposed& wanted) {
    if (std::ranges::find(sources, wanted.source) == sources.end() ||
        wanted.source_id.has_value() != (wanted.source == "clue" || wanted.source == "case"))
        return invalid("insurance.no_such_source");
    if (wanted.source == "hand") return {};
    std::string sql =
        "SELECT COUNT(*) FROM screening_v_open s WHERE s.household_id = ? AND " + scope.sql("s.village_code");
    std::vector<db::Value> values{wanted.household};
    if (wanted.source == "clue")
        sql = "SELECT COUNT(*) FROM casework_v_open_clue s WHERE s.household_id = ? AND s.id = ? AND " +
              scope.sql("s.area_code");
    if (wanted.source == "case")
        sql = "SELECT COUNT(*) FROM casework_v_case s WHERE s.household_id = ? AND s.id = ? AND " +
              scope.sql("s.village_code");
    if (wanted.source_id) values.emplace_back(*wanted.source_id);
    std::int64_t found = 0;
    TRY(tx.each_row(sql, values, [&](const db::Row& row) -> Result<void> {
        found = row.integer(0);
        return {};
    }));
    return found > 0 ? Result<void>() : Result<void>(invalid("insurance.no_such_source"));
}

/// The year that covers the county on that day, still open.
Result<PreventionYear> year_for(db::Tx& tx, AreaCode village, Date happened_on) {
    auto year = TRY(year_of_county(tx, village.at(AreaLevel::county), happened_on.year()));
    if (!year)
        return conflict("insurance.no_prevention_year").with("year", std::to_string(happened_on.year()));
    if (year->closed_on) return conflict("insurance.year_closed").with("year", std::to_string(year->year));
    return std::move(*year);
}

Result<void> check_alone(db::Tx& tx, const PreventionYear& year, const Proposed& wanted) {
    const auto other =
        TRY(tx.first("SELECT case_no FROM insurance_prevention_case WHERE year_id = ? AND household_id = ? "
                     "AND cause = ? AND live = 1",
                     {year.id, wanted.household, wanted.cause},
                     [](const db::Row& row) { return std::string(row.text(0)); }));
    if (other) return conflict("insurance.prevention_case_exists").with("number", *other);
    return {};
}

/// The cause to which a risk of casework leads; the first of several.
std::string cause_of(const PreventionScheme& scheme, std::string_view risks) {
    for (const auto& cause : scheme.causes)
        for (const auto& risk : cause.risks)
            if (risks.find(risk) != std::string_view::npos) return cause.name;
    return "";
}

}  // namespace

std::span<const std::string_view> proposal_sources() { return sources; }

Result<PreventionCaseId> propose(db::Tx& tx, const Desk& desk, const Proposed& wanted) {
    const auto right = proposing(desk.actor);
    TRY(auth::require(desk.actor, right));
    if (!wanted.key.empty())
        if (const auto before =
                TRY(tx.first("SELECT id FROM insurance_prevention_case WHERE account = ? AND sender_key = ?",
                             {desk.actor.account, wanted.key},
                             [](const db::Row& row) { return row.id<PreventionCaseId>(0); })))
            return *before;
    const auto scope = desk.actor.scope(right);
    const auto home = TRY(registry::household(tx, desk.vault, scope, wanted.household, desk.today)).household;
    if (wanted.happened_on > desk.today) return invalid("insurance.loss_in_future");
    const auto year = TRY(year_for(tx, home.village, wanted.happened_on));
    const auto* scheme = TRY(scheme_of(desk, year.product));
    const auto* group = scheme->group_of(home.values[registry::HouseholdField::household_kind]);
    if (!group) return invalid("insurance.not_of_the_group");
    if (!scheme->cause(wanted.cause, group->name))
        return invalid("insurance.no_such_cause").with("name", wanted.cause);
    TRY(check_source(tx, scope, wanted));
    TRY(check_alone(tx, year, wanted));
    PreventionFacts facts;
    facts.told = TRY(needed_text("told", wanted.told));

    const PreventionCaseId id(TRY(tx.reserve_ids("insurance_prevention_case", 1)));
    const auto number =
        fmt::format("FP{}{}{:06}", home.village.digits().substr(0, 6), year.year, id.number());
    TRY(tx.exec(
        "INSERT INTO insurance_prevention_case (id, case_no, year_id, insurer_id, area_code, household_id, "
        "cause, group_name, "
        "source, source_id, happened_on, reported_on, state, entered_on, live, version, borne, payable, "
        "paid, facts, reckoning, at, "
        "account, sender_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'proposed', ?, 1, 1, 0, 0, 0, ?, "
        "?, ?, ?, ?)",
        id, number, year.id, year.insurer, home.village, wanted.household, wanted.cause, group->name,
        wanted.source, wanted.source_id, wanted.happened_on, desk.today, desk.today,
        blob(sealed(desk.vault, facts)), blob(desk.vault.seal("insurance_prevention_case.reckoning", "")),
        desk.now.ms, desk.actor.account, wanted.key.empty() ? db::Value(db::Null{}) : db::Value(wanted.key)));
    TRY(keep_step(tx, desk, {"prevention", id.number(), 1, "propose", "", "proposed", "", home.village}));
    return id;
}

Result<std::vector<Candidate>> candidates(db::Tx& tx, const Desk& desk) {
    const auto right = proposing(desk.actor);
    if (!desk.actor.may(right)) return std::vector<Candidate>();
    const auto scope = desk.actor.scope(right);
    const auto* scheme = TRY(scheme_of(desk, NewPreventionYear{}.product));
    std::vector<Candidate> out;
    std::vector<registry::HouseholdId> households;
    const auto without_case = [](const char* column) {
        return fmt::format(
            "{0} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM insurance_prevention_case p JOIN "
            "insurance_prevention_year y ON y.id = p.year_id WHERE p.household_id = {0} AND y.year = ?)",
            column);
    };
    const int year = desk.today.year();
    TRY(tx.each_row(
        fmt::format("SELECT * FROM (SELECT 'warning' AS source, 0 AS id, w.household_id AS household, "
                    "w.village_code AS area, w.risk "
                    "AS risks, w.raised_on AS since FROM screening_v_open w WHERE {} AND {} UNION ALL SELECT "
                    "'clue', c.id, "
                    "c.household_id, c.area_code, c.risks, c.created_on FROM casework_v_open_clue c WHERE "
                    "c.state <> 'case_opened' "
                    "AND {} AND {} UNION ALL SELECT 'case', k.id, k.household_id, k.village_code, '', "
                    "k.opened_on FROM "
                    "casework_v_case k WHERE k.live = 1 AND {} AND {}) found ORDER BY since DESC, household, "
                    "source LIMIT ?",
                    scope.sql("w.village_code"), without_case("w.household_id"), scope.sql("c.area_code"),
                    without_case("c.household_id"), scope.sql("k.village_code"),
                    without_case("k.household_id")),
        std::vector<db::Value>{year, year, year, most_candidates * most_sources}, [&](const db::Row& row) -> Result<void> {
            const std::string source(row.text(0));
            Candidate found{source, source == "warning" ? std::nullopt : std::optional(row.integer(1)), {},
                            row.id<registry::HouseholdId>(2), "", "", row.area(3),
                            cause_of(*scheme, row.text(4)), row.date(5)};
            const auto before = std::ranges::find(out, found.household, &Candidate::household);
            if (before == out.end()) {
                if (std::ssize(out) == most_candidates) return {};
                households.push_back(found.household);
                found.sources = {source};
                out.push_back(std::move(found));
                return {};
            }
            before->sources.insert(source);
            if (!before->cause.empty() || found.cause.empty()) return {};
            found.sources = std::move(before->sources);
            *before = std::move(found);
            return {};
        }));
    const auto known = TRY(shown(tx, scope, households));
    for (auto& one : out)
        if (const auto at = known.find(one.household); at != known.end()) {
            one.household_no = at->second.household_no;
            one.head = masked_name(at->second.head);
        }
    return out;
}

Result<std::string> hand_over(db::Tx& tx, const Desk& desk, PreventionCaseId id, std::string_view note,
                              const packs::Store& packs) {
    TRY(auth::require(desk.actor, Right::clues_write));
    const auto of = TRY(load_prevention_case(tx, desk, Right::insurance_read, id));
    if (!desk.actor.scope(Right::clues_write).contains(of.area))
        return not_found("insurance.no_such_prevention_case");
    if (of.state != PreventionState::paid)
        return conflict("insurance.wrong_state")
            .with("state", std::string(name_of(of.state)))
            .with("action", "hand_over");
    if (of.clue) return conflict("insurance.handed_over");
    const auto why = text::trimmed(note);
    if (why.empty()) return invalid("insurance.note_missing");
    const auto* cause = TRY(scheme_of(desk, of.product))->cause(of.cause, of.group);
    casework::Report report;
    report.county = of.area.at(AreaLevel::county);
    report.source = casework::Source::grassroots_check;
    report.channel = "programme";
    report.household = of.household;
    report.risks = cause && !cause->risks.empty() ? cause->risks.front() : "99";
    report.told.text = std::string(why);
    report.told.teller = "officer";
    report.told.teller_name = desk.actor.name;
    report.key = fmt::format("prevention:{}", id.number());
    const auto terms = TRY(casework::clue_terms(packs, of.area, desk.today));
    const casework::ClueDesk clues{desk.vault, desk.division, desk.actor, desk.today, desk.now};
    const auto received = TRY(casework::receive(tx, clues, terms, report));
    TRY(advance(tx, of, of.version, of.state, desk.today));
    TRY(tx.exec("UPDATE insurance_prevention_case SET clue_id = ? WHERE id = ?", received.clue, id));
    TRY(keep_prevention_step(tx, desk, of, "hand_over", of.state, ""));
    return received.number;
}

}  // namespace ballast::insurance
