#include "demo/snow.h"

#include <fstream>

#include "base/rng.h"
#include "base/working_calendar.h"
#include "demo/insured_sheet.h"
#include "insurance/settlement.h"

namespace ballast::demo {
namespace {

using namespace insurance;
using auth::Right;
using HF = registry::HouseholdField;

constexpr std::string_view source = "演示数据，不是观测记录";

/// The last season of snow that is over.
int last_season(Date today) {
    return today > *Date::from(today.year(), 5, 3) ? today.year() - 1 : today.year() - 2;
}

class Snow {
public:
    Snow(const delivery::Context& context, const County& county, const Staff& staff, const Book& book, Instant now)
        : context_(context),
          county_(county),
          village_code_(county.households.front().village),
          book_(book),
          insurer_(staff.who(Right::insurance_write, village_code_)),
          village_(staff.who(Right::insurance_confirm, village_code_)),
          officer_(staff.who(Right::insurance_subsidy, county.area)),
          now_(now),
          last_(last_season(civil_date(now))) {}

    Result<void> fall() {
        const auto list =
            TRY(write_insured_sheet(context_, county_, village_code_, "牦牛投保清单.xlsx", [](const auto& home) {
                return std::to_string(4 + *home.values.whole(HF::land_arable) % 23);
            }));
        const auto days = TRY(write_days()), prices = TRY(write_prices());
        return context_.database.write([&](db::Tx& tx) -> Result<void> {
            for (const int season : {last_ - 1, last_}) TRY(insure(tx, list, season));
            TRY(take(tx, {SeriesKind::weather, "56137", "snowfall"}, days));
            TRY(take(tx, {SeriesKind::exchange, "LH", "price"}, prices));
            TRY(deposit(tx, desk(insurer_, *Date::from(last_, 4, 10)), Money::yuan(300'000), "总公司拨款", ""));
            TRY(pay(tx, TRY(settle(tx, last_ - 1))));
            TRY(settle(tx, last_));
            return {};
        });
    }

private:
    Desk desk(const auth::Actor& who, Date on) const {
        const Instant at{now_.ms - (civil_date(now_) - on) * 86'400'000LL};
        return {context_.vault, context_.division, book_, who, on, at};
    }

    Result<std::string> written(const std::string& name, const std::string& rows) const {
        const std::string path = context_.paths.samples + "/insurance/" + name;
        std::ofstream out(path, std::ios::binary);
        out << "日期,数值\n" << rows;
        out.close();
        if (!out) return unavailable("app.cannot_write").with("path", path);
        return path;
    }

    /// Tenths of a millimetre. What fell in each season, in six falls; the last two reach the 35 and the 50 mm step.
    Result<std::string> write_days() const {
        constexpr std::array totals{182, 96, 388, 251, 140, 734, 203, 301, 417, 536};
        std::string rows;
        for (std::size_t i = 0; i < totals.size(); ++i) {
            const int season = last_ - static_cast<int>(totals.size()) + 1 + static_cast<int>(i);
            const Date first = *Date::from(season, 10, 1), last = *Date::from(season + 1, 4, 30);
            for (Date on = first; on <= last; on = on.plus_days(1)) {
                const int at = on - first;
                // The last fall brings what the others left over.
                int fell = 0;
                if (at % 33 == 20) fell = at > 180 ? totals.at(i) - 5 * (totals.at(i) / 6) : totals.at(i) / 6;
                rows += on.iso() + "," + Decimal::from_parts(fell, 1).plain() + "\n";
            }
        }
        return written("降雪量_56137.csv", rows);
    }

    /// A walk of yuan a tonne from one trading day to the next.
    Result<std::string> write_prices() const {
        Rng rng(61);
        std::int64_t price = 17'900;
        std::string rows;
        const Date last = std::min(civil_date(now_).plus_days(-1), *Date::from(last_ + 1, 12, 31));
        for (const Date on : pricing::trading_days({*Date::from(last_ - 1, 8, 3), last}, china_calendar())) {
            rows += on.iso() + "," + std::to_string(price) + "\n";
            price += rng.between(-36, 32) * 5;
        }
        return written("生猪期货结算价_LH.csv", rows);
    }

    Result<void> take(db::Tx& tx, const SeriesKey& key, const std::string& path) const {
        const auto taken =
            TRY(take_series(tx, desk(insurer_, civil_date(now_)),
                            {key, county_.area.at(AreaLevel::county), std::string(source), ""}, path, key.code));
        if (!taken.accepted) return taken.findings.front().what;
        return {};
    }

    Result<void> step(db::Tx& tx, const auth::Actor& who, Date on, PolicyId id, PolicyAction action) const {
        const auto by = desk(who, on);
        const auto version = TRY(load_policy(tx, by, Right::insurance_read, id)).version;
        return take_step(tx, by, id, PolicyOrder{version, action, ""});
    }

    Result<void> insure(db::Tx& tx, const std::string& list, int season) const {
        const auto day = [&](int month, int number) { return *Date::from(season, month, number); };
        const auto by = desk(insurer_, day(8, 10));
        const auto id = TRY(draft_policy(tx, by, {"snow_index", village_code_, Holder::village, "村民委员会", season, {}, ""}));
        const auto taken = TRY(take_list(tx, by, id, 1, list, "牦牛投保清单.xlsx"));
        if (!taken.accepted) return taken.findings.front().what;
        TRY(step(tx, insurer_, day(8, 10), id, PolicyAction::submit));
        const auto here = desk(village_, day(8, 12));
        for (const auto& row : TRY(insured_rows(tx, here, id, {true, 0, 200})))
            TRY(measure(tx, here, id, row.id, row.units));
        TRY(step(tx, village_, day(8, 12), id, PolicyAction::inspect));
        TRY(step(tx, village_, day(8, 12), id, PolicyAction::publicise));
        const auto later = desk(insurer_, day(8, 20));
        TRY(record_payments(tx, later, id, {.all = true}, later.today));
        TRY(step(tx, insurer_, day(8, 20), id, PolicyAction::collect));
        return step(tx, insurer_, day(8, 20), id, PolicyAction::activate);
    }

    Result<SettlementId> settle(db::Tx& tx, int season) const {
        const auto by = desk(insurer_, *Date::from(season + 1, 5, 2));
        const auto id = TRY(draft_settlement(tx, by, {"snow_index", village_code_, season, ""}));
        TRY(calculate(tx, by, id));
        return id;
    }

    Result<void> pay(db::Tx& tx, SettlementId id) const {
        const auto day = [&](int number) { return *Date::from(last_, 5, number); };
        const auto go = [&](const auth::Actor& who, Date on, SettlementAction action) -> Result<void> {
            const auto by = desk(who, on);
            const auto version = TRY(load_settlement(tx, by, id)).version;
            return take_step(tx, by, id, SettlementOrder{version, action, ""});
        };
        TRY(go(officer_, day(6), SettlementAction::check));
        TRY(go(insurer_, day(7), SettlementAction::publicise));
        TRY(go(officer_, day(12), SettlementAction::confirm));
        return pay_settlement(tx, desk(insurer_, day(14)), id);
    }

    const delivery::Context& context_;
    const County& county_;
    AreaCode village_code_;
    const Book& book_;
    const auth::Actor &insurer_, &village_, &officer_;
    Instant now_;
    int last_;
};

}  // namespace

Date snow_begins(Date today) { return *Date::from(last_season(today) - 1, 4, 10); }

Result<void> write_snow(const delivery::Context& context, const County& county, const Staff& staff,
                        const Book& book, Instant now) {
    return Snow(context, county, staff, book, now).fall();
}

}  // namespace ballast::demo
