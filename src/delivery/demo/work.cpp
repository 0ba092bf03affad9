#include "demo/work.h"

#include <array>

#include "base/rng.h"
#include "employment/indicators.h"
#include "employment/matchings.h"
#include "employment/profiles.h"
#include "employment/startups.h"
#include "employment/training.h"

namespace ballast::demo {
namespace {

using namespace employment;

class Township {
public:
    Township(db::Tx& tx, const Desk& desk, AreaCode village, std::uint64_t seed)
        : tx_(tx), desk_(desk), village_(village), township_(village.at(AreaLevel::township)), rng_(seed) {}

    Result<void> fill() {
        PeopleQuery query;
        query.area = township_;
        query.limit = 400;
        workers_ = TRY(people(tx_, desk_, query, nullptr));
        for (const auto& one : workers_) TRY(ask(one));
        TRY(train());
        TRY(open_posts());
        TRY(place_some());
        TRY(match(tx_, desk_, township_));
        return {};
    }

private:
    Result<void> ask(const PersonLine& one) {
        if (rng_.below(10) == 0) return {};  // not asked yet
        constexpr std::array<const char*, 5> trades{"", "welding", "cooking", "garment", "planting"};
        constexpr std::array<const char*, 4> reaches{"village", "township", "county", "anywhere"};
        Profile wish;
        wish.wants_job = !one.said_to_work && rng_.below(6) != 0;
        wish.wants_training = rng_.below(3) == 0;
        wish.wants_startup = rng_.below(20) == 0;
        wish.wanted_trade = trades.at(rng_.below(trades.size()));
        wish.reach = reaches.at(rng_.below(reaches.size()));
        wish.home_daily = rng_.below(4) == 0;
        wish.wage = Money::yuan(rng_.between(10, 45) * 100);
        wish.asked_on = desk_.today.plus_days(static_cast<int>(-rng_.between(1, 60)));
        if (wish.wants_training) learners_.push_back(one.who.person);
        return save_profile(tx_, desk_, one.who.person, wish);
    }

    Result<void> train() {
        TrainingClass in;
        in.area = township_.at(AreaLevel::county);
        in.trade = "welding";
        in.title = "电焊工技能培训班";
        in.organiser = "县人力资源和社会保障局";
        in.venue = "县职业技术学校";
        in.hours = 80;
        in.begins_on = desk_.today.plus_days(-70);
        in.ends_on = desk_.today.plus_days(-61);
        in.capacity = 40;
        in.funds = Money::yuan(40'000);
        const auto id = TRY(add_class(tx_, desk_, in));
        for (std::size_t i = 0; i < learners_.size() && i < 20; ++i) {
            const bool passed = i % 5 != 4;
            TRY(attend(tx_, desk_, {id, learners_[i], 10, passed, "", passed ? Money::yuan(800) : Money()}));
        }
        return {};
    }

    Result<PostId> open(const char* kind, const char* employer, const char* title, const char* trade,
                        AreaCode area, std::int64_t yuan, std::int64_t openings) {
        Post one;
        one.kind = kind;
        one.employer = employer;
        one.title = title;
        one.trade = trade;
        one.area = area;
        one.wage = Money::yuan(yuan);
        one.openings = openings;
        one.from_day = desk_.today.plus_days(-90);
        if (one.welfare()) {
            one.load = "light";
            one.hours = 60;
            one.to_day = one.from_day.plus_months(11);
        }
        if (one.kind == "away") {
            one.away = "anywhere";
            one.place = "广东佛山";
        }
        one.skilled = one.trade == "welding";
        return add_post(tx_, desk_, one);
    }

    Result<void> open_posts() {
        const auto county = township_.at(AreaLevel::county);
        TRY(open("enterprise", "县钢结构加工厂", "电焊工", "welding", county, 4500, 3));
        TRY(open("flexible", "县城餐饮协会", "帮厨", "cooking", county, 2800, 4));
        away_ = TRY(open("away", "佛山电子装配厂", "装配工", "electronics", county, 5200, 6));
        workshop_ = TRY(open("workshop", "彝绣就业帮扶车间", "绣工", "embroidery", township_, 2200, 5));
        cleaner_ = TRY(open("public", "村民委员会", "保洁员", "general", village_, 800, 3));
        return {};
    }

    Result<PlacementId> work(const PersonLine& who, PostId post, bool transferred) {
        Placement one;
        one.person = who.who.person;
        one.post = post;
        one.started_on = desk_.today.plus_days(-80);
        one.contract = transferred;
        if (post == cleaner_) one.agreed_to = desk_.today.plus_months(6);
        if (transferred) {
            one.destination = "广东佛山";
            one.organiser = "县劳务公司";
            one.transport = Money::yuan(600);
        }
        return TRY(place(tx_, desk_, one, {})).id;
    }

    /// Idle people find work; one has lost it again.
    Result<void> place_some() {
        std::vector<const PersonLine*> idle, here;
        for (const auto& one : workers_)
            if (!one.said_to_work) (one.who.village == village_ ? here : idle).push_back(&one);
        for (std::size_t i = 0; i < idle.size() && i < 5; ++i) {
            const auto id = TRY(work(*idle[i], i < 3 ? away_ : workshop_, i < 3));
            for (const int back : {2, 1})
                TRY(pay(
                    tx_, desk_, id,
                    {desk_.today.first_of_month().plus_months(-back), Money::yuan(i < 3 ? 5200 : 2200), {}}));
            if (i == 4) TRY(end_placement(tx_, desk_, id, {1, desk_.today.plus_days(-12), "dismissed"}));
        }
        if (here.size() < 2) return {};
        const auto id = TRY(work(*here.back(), cleaner_, false));
        TRY(pay(tx_, desk_, id, {desk_.today.first_of_month().plus_months(-1), Money::yuan(800), 22}));
        Startup farm;
        farm.person = here.front()->who.person;
        farm.project = "山羊养殖";
        const auto startup = TRY(begin_startup(tx_, desk_, farm));
        StartupOrder plan;
        plan.version = 1;
        plan.action = "plan";
        plan.text = "年内建圈舍，存栏五十只";
        return step_startup(tx_, desk_, startup, plan);
    }

    db::Tx& tx_;
    const Desk& desk_;
    AreaCode village_, township_;
    Rng rng_;
    std::vector<PersonLine> workers_;
    std::vector<PersonId> learners_;
    PostId away_, workshop_, cleaner_;
};

}  // namespace

Result<void> put_to_work(const delivery::Context& context, AreaCode village, std::uint64_t seed,
                         Instant now) {
    const auto actor = auth::system_actor("demo");
    const Date today = civil_date(now);
    const Desk desk{context.vault, context.division,
                    actor,         today,
                    now,           TRY(terms_on(TRY(context.packs.now()), village, today))};
    return context.database.write([&](db::Tx& tx) { return Township(tx, desk, village, seed).fill(); });
}

}  // namespace ballast::demo
