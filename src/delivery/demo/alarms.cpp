#include "demo/alarms.h"

#include <array>
#include <map>
#include <vector>

#include "casework/clue_receive.h"
#include "surveillance/prices.h"
#include "surveillance/run.h"

namespace ballast::demo {
namespace {

constexpr int days_of_flood = 9, months_of_prices = 15;
/// Fen for a kilogram, by the month of the year; invented.
constexpr std::array<std::int64_t, 12> pepper{7200, 7250, 7300, 7300, 7350, 7400, 7600, 7800, 7700, 7500, 7350, 7250};
constexpr std::array<std::int64_t, 12> potato{180, 185, 190, 200, 205, 195, 180, 165, 160, 165, 170, 175};

struct Village {
    std::int64_t on_file = 0;
    std::vector<std::int64_t> quiet;  // households without an open clue
};

class Alarms {
public:
    Alarms(const delivery::Context& context, const Staff& staff, AreaCode home, Instant now)
        : context_(context),
          staff_(staff),
          home_(home),
          county_(home.at(AreaLevel::county)),
          now_(now),
          today_(civil_date(now)),
          system_(auth::system_actor("demo")) {}

    Result<void> all() {
        const auto folder = context_.paths.root + "/packs";
        const auto limits = TRY(surveillance::limits_on(folder, county_, today_));
        TRY(context_.database.write([&](db::Tx& tx) { return prices(tx); }));
        TRY(context_.database.write([&](db::Tx& tx) { return flood(tx, limits.group); }));
        TRY(surveillance::run(context_.database, desk(system_), county_, limits));
        return context_.database.write([&](db::Tx& tx) { return checked(tx, limits.clocks); });
    }

private:
    surveillance::Desk desk(const auth::Actor& who) const { return {context_.vault, context_.division, who, today_, now_}; }

    /// A year and a quarter; in the last three whole months pepper stands a quarter below the year before.
    Result<void> prices(db::Tx& tx) {
        for (int back = months_of_prices; back >= 1; --back) {
            const auto month = today_.first_of_month().plus_months(-back);
            const auto n = static_cast<std::size_t>(month.month() - 1);
            const auto fallen = back <= 3 ? pepper.at(n) * 3 / 4 : pepper.at(n);
            TRY(surveillance::enter_price(tx, desk(system_), {county_, "花椒", month, Money::fen(fallen), "公斤", 0}));
            TRY(surveillance::enter_price(tx, desk(system_), {county_, "马铃薯", month, Money::fen(potato.at(n)), "公斤", 0}));
        }
        return {};
    }

    /// As few as raise an alarm, and two more; where no village has so many households, of the whole township.
    Result<void> flood(db::Tx& tx, const surveillance::GroupLimits& limits) {
        std::map<AreaCode, Village> villages;
        TRY(tx.each_row("SELECT h.village_code, h.id, CASE WHEN EXISTS (SELECT 1 FROM casework_v_open_clue c WHERE c.household_id = h.id) "
                        "THEN 0 ELSE 1 END FROM registry_v_household h WHERE " +
                            auth::Scope({county_}).sql("h.village_code") + " ORDER BY h.village_code, h.id",
                        {}, [&](const db::Row& row) -> Result<void> {
                            auto& village = villages[row.area(0)];
                            ++village.on_file;
                            if (row.truth(2)) village.quiet.push_back(row.integer(1));
                            return {};
                        }));
        const auto township = home_.at(AreaLevel::township);
        for (const bool near : {true, false})
            for (const auto& [code, village] : villages) {
                const auto n = enough(village.on_file, limits);
                if (code == home_ || township.contains(code) != near || std::ssize(village.quiet) < n) continue;
                hit_ = code;
                return tell(tx, village.quiet, n);
            }
        return flood_the_township(tx, villages, limits);
    }
    Result<void> flood_the_township(db::Tx& tx, const std::map<AreaCode, Village>& villages, const surveillance::GroupLimits& limits) {
        std::map<AreaCode, Village> townships;
        for (const auto& [code, village] : villages) {
            auto& township = townships[code.at(AreaLevel::township)];
            township.on_file += village.on_file;
            if (code != home_) township.quiet.insert(township.quiet.end(), village.quiet.begin(), village.quiet.end());
        }
        const auto home = home_.at(AreaLevel::township);
        for (const bool near : {true, false})
            for (const auto& [code, township] : townships) {
                const auto n = enough(township.on_file, limits);
                if ((code == home) != near || std::ssize(township.quiet) < n) continue;
                hit_ = code;
                return tell(tx, township.quiet, n);
            }
        return {};
    }
    static std::int64_t enough(std::int64_t on_file, const surveillance::GroupLimits& limits) {
        std::int64_t n = 1;
        while (n <= on_file && !limits.reached(n, on_file)) ++n;
        return n + 2;
    }
    Result<void> tell(db::Tx& tx, const std::vector<std::int64_t>& households, std::int64_t n) {
        const auto& officer = staff_.who(auth::Right::clues_write, *hit_);
        for (std::int64_t i = 0; i < n; ++i) {
            const int back = static_cast<int>(i % days_of_flood);
            const Instant at{now_.ms - back * 86'400'000LL};
            casework::Report report;
            report.county = county_;
            report.channel = "daily_visit";
            report.household = registry::HouseholdId(households[static_cast<std::size_t>(i)]);
            report.risks = "04";
            report.told.text = "暴雨山洪，房屋进水，部分农田被冲毁";
            report.told.teller = "officer";
            const auto on = civil_date(at);
            const auto terms = TRY(casework::clue_terms(context_.paths.root + "/packs", county_, on));
            TRY(casework::receive(tx, {context_.vault, context_.division, officer, on, at}, terms, report));
        }
        return {};
    }

    Result<void> checked(db::Tx& tx, const surveillance::Clocks& clocks) {
        if (!hit_) return {};
        surveillance::Query query;
        query.rule = surveillance::by_group;
        query.area = hit_;
        for (const auto& alarm : TRY(surveillance::list(tx, desk(system_), query))) {
            if (alarm.subject != "04") continue;
            const auto& officer = staff_.who(surveillance::may_check, *hit_);
            surveillance::Order order;
            order.version = alarm.version;
            order.action = "take_up";
            TRY(surveillance::step(tx, desk(officer), alarm.id, order, clocks));
            order.version = alarm.version + 1;
            order.action = "find";
            order.note = "已逐户查看：房屋进水，未塌；农田部分被冲，正在统计面积";
            TRY(surveillance::step(tx, desk(officer), alarm.id, order, clocks));
        }
        return {};
    }

    const delivery::Context& context_;
    const Staff& staff_;
    AreaCode home_, county_;
    Instant now_;
    Date today_;
    auth::Actor system_;
    std::optional<AreaCode> hit_;
};

}  // namespace

Result<void> raise_alarms(const delivery::Context& context, const Staff& staff, AreaCode home, Instant now) {
    return Alarms(context, staff, home, now).all();
}

}  // namespace ballast::demo
