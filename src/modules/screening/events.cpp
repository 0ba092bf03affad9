#include "screening/events.h"

#include <algorithm>
#include <array>
#include <map>

#include "base/decimal.h"
#include "screening/sheet.h"

namespace ballast::screening {
namespace {

using HF = registry::HouseholdField;
using PF = registry::PersonField;
using registry::Member;
using registry::PersonId;

/// A loan that left the ledger has been paid: only what a ledger of these months says counts.
constexpr int ledger_months = 3;
constexpr int project_months = 12;

class Events {
public:
    Events(Facts& facts, const registry::Household& household, const Sources& sources, Date as_of,
           const Windows& windows)
        : facts_(facts),
          home_(household),
          rows_(sources.rows),
          lent_(sources.loans),
          as_of_(as_of),
          windows_(windows),
          recent_from_(as_of.plus_days(-windows.recent_days)) {}

    void all() {
        illness();
        disasters();
        accidents();
        deaths();
        projects();
        livestock();
        loans();
        water();
        calls();
    }

private:
    void say(std::string_view name, FactValue value, Rows rows = {}) {
        facts_.insert_or_assign(std::string(name), Fact{std::move(value), std::move(rows)});
    }
    void say_whether(std::string_view name, Rows rows) {
        const bool any = !rows.empty();
        say(name, any, std::move(rows));
    }
    Sheet sheet(std::string_view feed) const { return {feed, rows_, as_of_}; }
    bool recent(Date day) const { return day >= recent_from_ && day <= as_of_; }
    bool recent(const feeds::Fact& row) const {
        return recent(row.happened_on.value_or(Sheet::month_of(row)));
    }
    /// Who is of the household; of those who have left it, only the dead.
    const Member* member(PersonId id) const {
        for (const auto& one : home_.members)
            if (one.id == id && (one.active() || one.values.is(PF::member_status, "2"))) return &one;
        return nullptr;
    }
    static bool works(const Member& one) {
        const auto months = [&](PF field) { return one.values.whole(field).value_or(0) > 0; };
        return one.values.is(PF::labour, "1") || one.values.is(PF::labour, "2") || earns(one) ||
               months(PF::public_post_months);
    }
    static bool earns(const Member& one) {
        return one.values.whole(PF::work_months).value_or(0) > 0 ||
               one.values.whole(PF::public_post_months).value_or(0) > 0;
    }

    // The special list of serious illnesses, as the contract has it, or the sender's own word that it is one.
    void illness() {
        const auto found = sheet("health.new_diseases");
        Rows rows;
        for (const auto* row : found.rows())
            if (member(row->person) && recent(*row) &&
                (found.text(*row, "disease") == "special_list" ||
                 found.text(*row, "special_treatment") == "yes"))
                rows.push_back(row->row);
        say_whether("new_major_disease", std::move(rows));
    }

    /// Hundredths of a mu.
    static std::int64_t mu(const Sheet& sheet, const feeds::Fact& row, std::string_view field) {
        const auto written = Decimal::parse(sheet.text(row, field));
        if (!written) return 0;
        return std::stoll((*written * Decimal(100)).rounded(0, Rounding::down).plain());
    }

    void disasters() {
        const auto losses = sheet("emergency.disasters");
        const auto appraisals = sheet("housing.dangerous");
        Rows house, crop;
        std::optional<Date> first;
        std::int64_t lost = 0;  // hundredths of a mu, of percent
        for (const auto* row : losses.rows()) {
            if (!recent(*row)) continue;
            first = std::min(first.value_or(*row->happened_on), *row->happened_on);
            if (losses.whole(*row, "rooms").value_or(0) > 0) house.push_back(row->row);
            const auto whole = mu(losses, *row, "crop_lost");
            const auto affected = std::max(mu(losses, *row, "crop_affected"), whole);
            if (affected == 0) continue;
            lost += whole * 100 + (affected - whole) * windows_.affected_crop_percent;
            crop.push_back(row->row);
        }
        for (const auto* row : appraisals.rows())
            if (first && row->happened_on && *row->happened_on >= *first && *row->happened_on <= as_of_ &&
                appraisals.text(*row, "grade") == "D" && appraisals.text(*row, "rebuild_state") != "done")
                house.push_back(row->row);
        say_whether("disaster_house_damage", std::move(house));
        const auto land = home_.values.whole(HF::land_arable).value_or(0);
        if (!crop.empty() && land > 0)
            say("crop_loss_percent", std::min<std::int64_t>(100, lost / land), std::move(crop));
    }

    void accidents() {
        const auto accidents = sheet("police.accidents");
        Rows rows;
        for (const auto* row : accidents.rows()) {
            const auto* who = member(row->person);
            const auto& harm = accidents.text(*row, "harm");
            if (who && works(*who) && recent(*row) && (harm == "death" || harm == "disabled"))
                rows.push_back(row->row);
        }
        say_whether("accident_of_worker", std::move(rows));
    }

    void deaths() {
        const auto changes = sheet("police.registration");
        Rows rows;
        for (const auto* row : changes.rows()) {
            const auto* who = member(row->person);
            const auto& change = changes.text(*row, "change");
            if (who && (who->head() || earns(*who)) && recent(*row) &&
                (change == "death" || change == "imprisoned"))
                rows.push_back(row->row);
        }
        say_whether("head_or_earner_gone", std::move(rows));
    }

    // Of a project the latest word counts: what failed in spring and runs again has not failed.
    void projects() {
        const auto projects = sheet("agriculture.projects");
        std::map<std::pair<PersonId, std::string>, const feeds::Fact*> latest;
        for (const auto* row : projects.rows())
            if (Sheet::month_of(*row) >= as_of_.first_of_month().plus_months(-project_months))
                latest[{row->person, projects.text(*row, "project")}] = row;
        Sum lost;
        for (const auto& [project, row] : latest)
            if (projects.text(*row, "state") == "failed")
                lost.add(projects.money(*row, "loss").value_or(Money()), row->row);
        say("project_failed_loss", lost.amount, lost.rows);
    }

    void livestock() {
        const auto deaths = sheet("agriculture.livestock_deaths");
        const auto claims = sheet("insurer.claims");
        static constexpr std::array<std::string_view, 5> animals{"养殖", "牲畜", "牛", "羊", "猪"};
        const bool claimed = std::any_of(claims.rows().begin(), claims.rows().end(), [&](const auto* row) {
            return recent(*row) && std::any_of(animals.begin(), animals.end(), [&](auto word) {
                       return claims.text(*row, "kind").find(word) != std::string::npos;
                   });
        });
        std::int64_t large = 0, small = 0;
        Rows large_rows, small_rows;
        for (const auto* row : deaths.rows()) {
            const auto& insured = deaths.text(*row, "insured");
            // Where the sheet leaves it open, a claim paid to the household says that they were.
            if (!recent(*row) || insured == "yes" || (insured.empty() && claimed)) continue;
            const auto& species = deaths.text(*row, "species");
            const auto died = deaths.whole(*row, "died").value_or(0);
            if (species == "large") {
                large += died;
                large_rows.push_back(row->row);
            } else if (species == "small") {
                small += died;
                small_rows.push_back(row->row);
            }
        }
        say("livestock_large_dead", large, std::move(large_rows));
        say("livestock_small_dead", small, std::move(small_rows));
    }

    void loans() {
        const auto ledger = sheet("bank.microloans");
        const auto key = [](PersonId person, std::string_view on, const std::string& fen) {
            return std::to_string(person.number()) + " " + std::string(on) + " " + fen;
        };
        std::map<std::string, const feeds::Fact*> latest;  // by borrower, day and amount
        for (const auto* row : ledger.rows())
            if (Sheet::month_of(*row) >= as_of_.first_of_month().plus_months(-ledger_months))
                latest[key(row->person, ledger.text(*row, "lent_on"), ledger.text(*row, "amount"))] = row;
        std::optional<std::int64_t> longest;
        Rows rows;
        // Our own book is kept by the day: of a loan that stands in both, the bank's monthly ledger is not asked.
        for (const auto& loan : lent_) {
            if (loan.known_since > as_of_) continue;
            latest.erase(key(loan.person, loan.on.iso(), std::to_string(loan.amount.fen())));
            const int days = loan.next_due && *loan.next_due < as_of_ ? as_of_ - *loan.next_due : 0;
            longest = std::max<std::int64_t>(longest.value_or(0), days);
        }
        for (const auto& [loan, row] : latest) {
            const auto days = ledger.whole(*row, "overdue_days").value_or(0);
            if (longest && days <= *longest) continue;
            longest = days;
            rows = {row->row};
        }
        if (longest) say("microloan_overdue_days", *longest, std::move(rows));
    }

    void water() {
        const auto problems = sheet("water.problems");
        std::int64_t longest = 0;
        Rows outage, quality;
        for (const auto* row : problems.rows()) {
            if (!recent(*row)) continue;
            const auto& problem = problems.text(*row, "problem");
            if (problem == "quality") quality.push_back(row->row);
            if (problem != "outage") continue;
            // Without a number of days it has not been said that the water is back.
            const auto since = problems.date(*row, "from");
            const auto days = problems.whole(*row, "outage_days")
                                  .value_or(since ? std::int64_t{as_of_ - *since} : std::int64_t{0});
            if (days <= longest) continue;
            longest = days;
            outage = {row->row};
        }
        say("water_outage_days", longest, std::move(outage));
        say_whether("water_quality_bad", std::move(quality));
    }

    void calls() {
        const auto orders = sheet("hotline.orders");
        Rows rows;
        for (const auto* row : orders.rows())
            if (recent(*row) && orders.text(*row, "category") == "hardship") rows.push_back(row->row);
        say_whether("hotline_hardship", std::move(rows));
    }

    Facts& facts_;
    const registry::Household& home_;
    const std::vector<feeds::Fact>& rows_;
    const std::vector<Lent>& lent_;
    const Date as_of_;
    const Windows windows_;
    const Date recent_from_;
};

}  // namespace

void add_events(Facts& facts, const registry::Household& household, const Sources& sources, Date as_of,
                const Windows& windows) {
    Events(facts, household, sources, as_of, windows).all();
}

}  // namespace ballast::screening
