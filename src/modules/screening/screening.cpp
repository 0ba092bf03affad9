#include "screening/screening.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "audit/audit.h"
#include "casework/clue_receive.h"
#include "registry/household_file.h"
#include "screening/ending.h"
#include "screening/evidence_json.h"
#include "screening/own_records.h"

namespace ballast::screening {
namespace {

// So many households' warnings change in one transaction.
constexpr std::int64_t piece = 500;
constexpr std::size_t few_villages = 10, few_households = 50;

/// A warning that is on file and not cleared: what was raised in error silences nothing.
struct Known {
    WarningId id;
    std::string rule;
    Level level;
    bool open;
    bool lapsed;
    Date visit_by;
    Date quiet_since;             // when it was last met, or dealt with
    std::optional<Money> amount;  // as last told
    std::vector<feeds::RowId> rows;
};

/// What was found about one household and is still to be stored.
struct Found {
    registry::HouseholdId household;
    AreaCode village;
    std::vector<Hit> hits;
    std::vector<std::string> departments;  // of each hit
};

class Screening {
public:
    Screening(db::Database& database, const crypto::Vault& vault, const auth::Actor& actor,
              const Rules& rules, const Order& order, Instant now)
        : database_(database),
          vault_(vault),
          actor_(actor),
          rules_(rules),
          order_(order),
          now_(now),
          today_(rules.as_of()),
          scope_(order.within.empty() ? std::vector{order.county} : order.within) {}

    Result<Run> run(const Progress& progress) {
        TRY(database_.read([&](db::Tx& tx) { return gather(tx); }));
        TRY(database_.write([&](db::Tx& tx) { return begin(tx); }));
        for (const auto place : places_) {
            TRY(database_.read([&](db::Tx& tx) { return evaluate(tx, place, progress); }));
            TRY(store());
        }
        TRY(database_.write([&](db::Tx& tx) { return finish(tx); }));
        return run_;
    }

private:
    Result<void> gather(db::Tx& tx) {
        if (order_.households) {
            std::set<AreaCode> places;
            for (const auto& one : *order_.households) {
                if (!scope_.contains(one.village)) continue;
                wanted_.insert(one.household);
                places.insert(one.village);
            }
            places_.assign(places.begin(), places.end());
            expected_ = static_cast<std::int64_t>(wanted_.size());
        } else {
            places_.assign(scope_.areas().begin(), scope_.areas().end());
            expected_ = TRY(
                tx.number("SELECT COUNT(*) FROM registry_v_household WHERE " + scope_.sql("village_code")));
        }
        // The register gives a whole county in less time than its villages one by one.
        if (order_.households && places_.size() > few_villages)
            places_.assign(scope_.areas().begin(), scope_.areas().end());
        const auto since = today_.plus_months(-months_back).iso().substr(0, 7);
        const auto keep = [&](const feeds::Fact& fact) -> Result<void> {
            if (wanted(fact.household)) facts_[fact.household].push_back(fact);
            return {};
        };
        if (order_.households && wanted_.size() <= few_households)
            for (const auto household : wanted_)
                TRY(feeds::each_fact(tx, vault_, scope_, since, keep, household));
        else
            TRY(feeds::each_fact(tx, vault_, scope_, since, keep));
        own_ = TRY(own_records_of(tx, scope_));
        for (const auto id :
             TRY(tx.all("SELECT DISTINCT household_id FROM screening_warning WHERE state = 'open' AND " +
                            scope_.sql("village_code"),
                        {}, [](const db::Row& row) { return row.id<registry::HouseholdId>(0); })))
            warned_.insert(id);
        return {};
    }

    bool wanted(registry::HouseholdId id) const { return !order_.households || wanted_.contains(id); }

    Result<void> begin(db::Tx& tx) {
        const auto closed = TRY(close_ended(tx));
        run_ = {{}, order_.county,      now_, today_, actor_.account, order_.cause, 0, 0, 0, 0,
                0,  rules_.pack_hash(), {}};
        run_.id = RunId(TRY(
            tx.number("INSERT INTO screening_run (county, at, as_of, account, cause, households, "
                      "raised, merged, "
                      "suppressed, cleared, pack_hash) VALUES (?, ?, ?, ?, ?, 0, 0, 0, 0, 0, ?) "
                      "RETURNING id",
                      {order_.county, now_.ms, today_, actor_.account, order_.cause, rules_.pack_hash()})));
        return record(tx, "screening.begin",
                      fmt::format(R"({{"cause":"{}","as_of":"{}","pack":"{}","closed":{}}})", run_.cause,
                                  today_.iso(), run_.pack_hash, closed));
    }

    /// Of the households that this run looks at: another's warnings are not its business.
    Result<std::int64_t> close_ended(db::Tx& tx) {
        if (!order_.households) return ending::close(tx, scope_, {}, today_);
        std::int64_t closed = 0;
        for (const auto household : warned_)
            if (wanted(household)) closed += TRY(ending::close(tx, scope_, household, today_));
        return closed;
    }

    Result<void> finish(db::Tx& tx) {
        TRY(tx.exec("UPDATE screening_run SET households = ? WHERE id = ?", run_.households, run_.id));
        return record(
            tx, "screening.run",
            fmt::format(
                R"({{"households":{},"raised":{},"merged":{},"suppressed":{},"cleared":{},"clues":{},"joined":{}}})",
                run_.households, run_.raised, run_.merged, run_.suppressed, run_.cleared, run_.clues,
                run_.joined));
    }

    Result<void> record(db::Tx& tx, std::string action, std::string details) {
        return audit::record(tx, vault_, actor_,
                             {std::move(action), "run:" + std::to_string(run_.id.number()), order_.county, "",
                              std::move(details)},
                             now_);
    }

    Result<void> evaluate(db::Tx& tx, AreaCode place, const Progress& progress) {
        return registry::each_household(
            tx, vault_, scope_, place, [&](const registry::Household& household) -> Result<void> {
                if (!wanted(household.id)) return {};
                ++run_.households;
                if (progress && run_.households % piece == 0 && !progress(run_.households, expected_))
                    return conflict("screening.stopped");
                static const std::vector<feeds::Fact> no_rows;
                const auto rows = facts_.find(household.id);
                const auto& sent = rows == facts_.end() ? no_rows : rows->second;
                Found found{household.id, household.village, {}, {}};
                static const OwnRecords nothing;
                const auto own = own_.find(household.id);
                found.hits = rules_.evaluate(facts_of(household, sent, today_, rules_.windows(),
                                                      own == own_.end() ? nothing : own->second));
                if (found.hits.empty() && !warned_.contains(household.id)) return {};
                for (const auto& hit : found.hits) found.departments.push_back(departments_of(hit, sent));
                found_.push_back(std::move(found));
                return {};
            });
    }

    /// ",medical_insurance,education,": who sent the rows, for a clerk's view.
    static std::string departments_of(const Hit& hit, const std::vector<feeds::Fact>& sent) {
        std::set<std::string> out;
        for (const auto& row : sent)
            if (std::binary_search(hit.evidence.rows.begin(), hit.evidence.rows.end(), row.row))
                out.insert(feeds::contract(row.feed).value()->department);
        std::string text = ",";
        for (const auto& one : out) text += one + ",";
        return text;
    }

    Result<void> store() {
        for (std::size_t from = 0; from < found_.size(); from += piece)
            TRY(store(std::span(found_).subspan(from, std::min<std::size_t>(piece, found_.size() - from))));
        found_.clear();
        return {};
    }

    Result<void> store(std::span<const Found> some) {
        const Run before = run_;
        auto stored = database_.write([&](db::Tx& tx) -> Result<void> {
            // Runs of one county store one after the other: each sees what the other has raised.
            TRY(tx.exec(
                "INSERT INTO screening_storing (county, run_id) VALUES (?, ?) ON CONFLICT (county) DO UPDATE "
                "SET run_id = excluded.run_id",
                order_.county, run_.id));
            auto known = TRY(on_file(tx, some));
            told_.clear();
            for (const auto& found : some) TRY(store(tx, found, known[found.household]));
            const auto taken = TRY(casework::take_warnings(tx, vault_, actor_, told_, today_, now_));
            run_.clues += taken.opened;
            run_.joined += taken.joined;
            TRY(
                tx.exec("UPDATE screening_run SET households = ?, raised = ?, merged = ?, suppressed = ?, "
                        "cleared = ? "
                        "WHERE id = ?",
                        run_.households, run_.raised, run_.merged, run_.suppressed, run_.cleared, run_.id));
            return {};
        });
        if (!stored) run_ = before;
        return stored;
    }

    /// By household, oldest first.
    Result<std::unordered_map<registry::HouseholdId, std::vector<Known>>> on_file(
        db::Tx& tx, std::span<const Found> some) {
        std::string ids;
        for (const auto& found : some)
            ids += (ids.empty() ? "" : ",") + std::to_string(found.household.number());
        std::unordered_map<registry::HouseholdId, std::vector<Known>> out;
        const std::vector<db::Value> none;
        TRY(tx.each_row(
            "SELECT household_id, id, rule, level, state, lapsed_on, visit_by, last_hit_on, amount_fen, "
            "evidence, closed_on FROM "
            "screening_warning WHERE state <> 'cleared' AND household_id IN (" +
                ids + ") ORDER BY id",
            none, [&](const db::Row& row) -> Result<void> {
                Known one{row.id<WarningId>(1),
                          std::string(row.text(2)),
                          *level_named(row.text(3)),
                          row.text(4) == "open",
                          !row.null(5),
                          row.date(6),
                          row.date(7),
                          std::nullopt,
                          {}};
                if (const auto fen = row.maybe_integer(8)) one.amount = Money::fen(*fen);
                if (const auto closed = row.maybe_date(10))
                    one.quiet_since = std::max(one.quiet_since, *closed);
                one.rows = TRY(evidence_from(TRY(vault_.open(evidence_context, row.bytes(9))))).rows;
                out[row.id<registry::HouseholdId>(0)].push_back(std::move(one));
                return {};
            }));
        return out;
    }

    Result<void> store(db::Tx& tx, const Found& found, const std::vector<Known>& on_file) {
        std::set<std::string> met;
        for (std::size_t i = 0; i < found.hits.size(); ++i) {
            const auto& hit = found.hits[i];
            met.insert(hit.rule);
            const Known* last = nullptr;  // the open one, else the latest
            for (const auto& known : on_file)
                if (known.rule == hit.rule && (!last || !last->open)) last = &known;
            const bool quiet =
                last && !says_more(hit, *last) && today_ - last->quiet_since < hit.cooldown_days;
            auto& tally = run_.by_rule[hit.rule];
            if (tally.raised + tally.merged + tally.suppressed == 0 || hit.level < tally.level)
                tally.level = hit.level;
            ++(quiet ? tally.suppressed : last && last->open ? tally.merged : tally.raised);
            if (quiet) {
                TRY(suppress(tx, hit, found.departments[i], *last));
                // Raised before there were clues, it still needs somebody to look.
                if (last->open) tell(found, hit, last->id, last->visit_by, false);
            } else if (last && last->open) {
                TRY(merge(tx, found, hit, found.departments[i], *last));
            } else {
                TRY(raise(tx, found, hit, found.departments[i]));
            }
        }
        for (const auto& known : on_file)
            if (known.open && !met.contains(known.rule)) TRY(no_longer_met(tx, known));
        return {};
    }

    /// More urgent, or an amount that has grown by the pack's percentage.
    bool says_more(const Hit& hit, const Known& last) const {
        if (hit.level < last.level) return true;
        return hit.amount && last.amount && rules_.grown(*last.amount, *hit.amount);
    }

    db::Blob sealed(const Evidence& evidence) const {
        const auto bytes = vault_.seal(evidence_context, to_json(evidence));
        return {bytes.begin(), bytes.end()};
    }

    /// Whoever looks after clues hears of it when the household's warnings are stored.
    void tell(const Found& found, const Hit& hit, WarningId warning, Date visit_by, bool news) {
        told_.push_back({warning.number(), found.household, found.village, hit.risk, visit_by, news});
    }

    Result<void> raise(db::Tx& tx, const Found& found, const Hit& hit, const std::string& departments) {
        ++run_.raised;
        const Date visit_by = today_.plus_days(hit.visit_days);
        const WarningId id(TRY(tx.number(
            "INSERT INTO screening_warning (run_id, household_id, village_code, rule, risk, level, "
            "raised_on, "
            "visit_by, state, last_hit_on, amount_fen, departments, evidence) VALUES (?, ?, ?, ?, ?, "
            "?, ?, ?, "
            "'open', ?, ?, ?, ?) RETURNING id",
            {run_.id, found.household, found.village, hit.rule, hit.risk, name_of(hit.level), today_,
             visit_by, today_, hit.amount, departments, sealed(hit.evidence)})));
        tell(found, hit, id, visit_by, true);
        return {};
    }

    Result<void> merge(db::Tx& tx, const Found& found, const Hit& hit, const std::string& departments,
                       const Known& into) {
        ++run_.merged;
        const Date visit_by = std::min(into.visit_by, today_.plus_days(hit.visit_days));
        TRY(
            tx.exec("UPDATE screening_warning SET level = ?, visit_by = ?, last_hit_on = ?, lapsed_on = "
                    "NULL, merged = "
                    "merged + 1, amount_fen = ?, departments = ?, evidence = ? WHERE id = ?",
                    name_of(std::min(hit.level, into.level)), visit_by, today_, hit.amount, departments,
                    sealed(hit.evidence), into.id));
        tell(found, hit, into.id, visit_by, true);
        return {};
    }

    // Nobody is told again, but an open warning speaks of the rows that hold now: some may have been
    // replaced.
    Result<void> suppress(db::Tx& tx, const Hit& hit, const std::string& departments, const Known& last) {
        ++run_.suppressed;
        if (!last.open || (!last.lapsed && last.rows == hit.evidence.rows)) return {};
        TRY(tx.exec(
            "UPDATE screening_warning SET lapsed_on = NULL, departments = ?, evidence = ? WHERE id = ?",
            departments, sealed(hit.evidence), last.id));
        return {};
    }

    /// A year that turns or a month that passes ends no warning: somebody must look. Only when the sender has
    /// replaced the rows behind it, or somebody has taken back whom they mean, was it raised in error.
    Result<void> no_longer_met(db::Tx& tx, const Known& known) {
        if (TRY(feeds::withdrawn(tx, known.rows))) {
            ++run_.cleared;
            TRY(tx.exec("UPDATE screening_warning SET state = 'cleared', cleared_on = ? WHERE id = ?", today_,
                        known.id));
            TRY(casework::tell_withdrawn(tx, vault_, actor_, known.id.number(), now_));
        } else if (!known.lapsed) {
            TRY(tx.exec("UPDATE screening_warning SET lapsed_on = ? WHERE id = ?", today_, known.id));
        }
        return {};
    }

    db::Database& database_;
    const crypto::Vault& vault_;
    const auth::Actor& actor_;
    const Rules& rules_;
    const Order& order_;
    const Instant now_;
    const Date today_;
    const auth::Scope scope_;
    std::unordered_set<registry::HouseholdId> wanted_, warned_;
    std::vector<AreaCode> places_;
    std::int64_t expected_ = 0;
    std::unordered_map<registry::HouseholdId, std::vector<feeds::Fact>> facts_;
    OwnRecordsOf own_;
    std::vector<Found> found_;
    std::vector<casework::WarningTold> told_;  // of the piece that is being stored
    Run run_;
};

}  // namespace

Result<Run> screen(db::Database& database, const crypto::Vault& vault, const auth::Actor& actor,
                   const Rules& rules, const Order& order, Instant now, const Progress& progress) {
    TRY(auth::require(actor, auth::Right::screening_run));
    const auto scope = actor.scope(auth::Right::screening_run);
    if (order.within.empty() && !scope.contains(order.county)) return not_found("screening.no_such_county");
    for (const auto area : order.within)
        if (!auth::Scope({order.county}).contains(area) || !scope.contains(area))
            return not_found("screening.area_outside");
    INVARIANT(rules.county() == order.county);
    return Screening(database, vault, actor, rules, order, now).run(progress);
}

}  // namespace ballast::screening
