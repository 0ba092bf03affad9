#include "demo/evaluation.h"

#include "demo/names.h"
#include "insurance/evaluation_year.h"

namespace ballast::demo {
namespace {

using namespace insurance;
using auth::Right;

class Evaluated {
public:
    Evaluated(const delivery::Context& context, const County& county, const Staff& staff, const Book& book, Instant now)
        : context_(context),
          county_(county),
          home_(county.households.front().village),
          staff_(staff),
          book_(book),
          now_(now),
          today_(civil_date(now)) {}

    Result<void> live(db::Tx& tx) {
        const auto known = TRY(insurers(tx, desk(Right::insurance_subsidy)));
        if (known.empty()) return {};
        insurer_ = known.front().id;
        TRY(serve(tx));
        const int last = today_.year() - 1;
        TRY(enter_insured(tx, last));
        TRY(enter_counts(tx, last));
        TRY(tell(tx, last, Right::insurance_write, {.item = Item::complaints, .amounts = {11, 12}, .evidence = "投诉台账"}));
        TRY(take_step(tx, desk(Right::insurance_subsidy), insurer_, last,
                      {TRY(version(tx, last)), EvaluationAction::close, ""}));
        TRY(enter_insured(tx, today_.year()));
        return enter_counts(tx, today_.year());
    }

private:
    Desk desk(Right right) const {
        const auto& who = right == Right::insurance_write ? staff_.who(right, home_) : staff_.who(right, county_.area);
        return {context_.vault, context_.division, book_, who, today_, now_};
    }
    Result<std::int64_t> version(db::Tx& tx, int year) const {
        return TRY(load_evaluation(tx, desk(Right::insurance_subsidy), insurer_, year)).version;
    }
    Result<void> tell(db::Tx& tx, int year, Right by, const Entry& entry) const {
        return enter(tx, desk(by), insurer_, year, TRY(version(tx, year)), entry);
    }

    /// Most townships and villages have somebody.
    Result<void> serve(db::Tx& tx) const {
        Rng rng(7);
        std::vector<NewServicePoint> points;
        const auto somebody = [&] { return draw_name(rng, draw_family_name(rng, People::han), Sex::male); };
        int place = 0;
        for (const auto& township : context_.division.children(county_.area)) {
            const Date first = *Date::from(today_.year() - 1, 1, 1);
            if (++place % 7 != 3) points.push_back({township.code, "三农保险服务站", somebody(), first});
            for (const auto& village : context_.division.children(township.code))
                if (++place % 9 != 4) points.push_back({village.code, "三农保险服务点", somebody(), first});
        }
        return add_service_points(tx, desk(Right::insurance_write), insurer_, points);
    }

    /// What could be insured is a third more than what is; last year the policies lay outside the platform.
    Result<void> enter_insured(db::Tx& tx, int year) const {
        const auto one = TRY(load_evaluation(tx, desk(Right::insurance_subsidy), insurer_, year));
        auto kinds = one.figures.kinds;
        if (kinds.empty()) kinds.push_back({"rice_full_cost", {}, 18'230, {}, {}, {}, {}});
        for (const auto& kind : kinds) {
            const Decimal insured = kind.platform + kind.outside;
            const Entry entry{.item = Item::insured,
                              .product = kind.product,
                              .amounts = {kind.outside, (insured * 4).divided_by(3, 2, Rounding::half_up) + 1},
                              .evidence = "县统计年报"};
            TRY(tell(tx, year, Right::insurance_subsidy, entry));
        }
        const Decimal premium = one.figures.items.at(static_cast<std::size_t>(Item::premium)).platform.part;
        const bool outside = premium.is_zero();
        const Decimal written = outside ? Decimal(2'900'000) : premium;
        return tell(tx, year, Right::insurance_subsidy,
                    {.item = Item::premium,
                     .amounts = {outside ? written : Decimal(), (written * 11).divided_by(10, 2, Rounding::half_up)},
                     .evidence = "县农业保险工作计划"});
    }

    Result<void> enter_counts(db::Tx& tx, int year) const {
        const auto by_county = [&](const Entry& entry) { return tell(tx, year, Right::insurance_subsidy, entry); };
        if (year < today_.year()) {
            TRY(by_county({.item = Item::paid,
                           .amounts = {Decimal::parse("1864235.04").value(), 1'910'580},
                           .evidence = "核心系统赔付清单"}));
            TRY(by_county({.item = Item::paid_cases, .amounts = {412, 431}, .evidence = "核心系统赔付清单"}));
            TRY(by_county({.item = Item::surveyed, .amounts = {438, 446}, .evidence = "核心系统报案清单"}));
        }
        TRY(by_county({.item = Item::satisfied, .answers = Answers{31, 14, 4, 1, 1}, .evidence = "第三方电话回访"}));
        return by_county({.item = Item::publicised, .amounts = {58, 60}, .evidence = "县乡抽查表"});
    }

    const delivery::Context& context_;
    const County& county_;
    AreaCode home_;
    const Staff& staff_;
    const Book& book_;
    Instant now_;
    Date today_;
    InsurerId insurer_;
};

}  // namespace

Result<void> write_evaluation(const delivery::Context& context, const County& county, const Staff& staff, Instant now) {
    const auto book = TRY(load_book(context.paths.root + "/packs"));
    Evaluated evaluated(context, county, staff, book, now);
    return context.database.write([&](db::Tx& tx) { return evaluated.live(tx); });
}

}  // namespace ballast::demo
