#include "demo/tasks.h"

#include <algorithm>

#include "tasks/task_file.h"

namespace ballast::demo {
namespace {

using namespace tasks;

constexpr std::int64_t day_ms = 86'400'000;

class Giving {
public:
    Giving(const delivery::Context& context, const Staff& staff, AreaCode home, Instant now)
        : context_(context),
          home_(home),
          now_(now),
          system_(auth::system_actor("demo")),
          county_officer_(staff.who(auth::Right::indicators_manage, home)),
          staff_(staff) {
        const auto all = [&](AreaCode area) {
            std::vector<AreaCode> out;
            for (const auto& one : context.division.children(area)) out.push_back(one.code);
            return out;
        };
        // Those of the sign-in page stand first.
        townships_ = all(home.at(AreaLevel::county));
        std::ranges::stable_partition(townships_, [&](AreaCode one) { return one == home.at(AreaLevel::township); });
        villages_ = all(home.at(AreaLevel::township));
        std::ranges::stable_partition(villages_, [&](AreaCode one) { return one == home; });
    }

    Result<void> all() {
        if (townships_.size() < 4 || villages_.size() < 3) return {};
        TRY(search_for_households());
        TRY(mend_toilets());
        TRY(finished_and_withdrawn());
        TRY(commitment());
        const auto terms = TRY(terms_on(context_.paths.root + "/packs", context_.settings.area, civil_date(now_)));
        return context_.database.write([&](db::Tx& tx) -> Result<void> {
            TRY(escalate(tx, desk(system_, 0), home_.at(AreaLevel::county), terms.patience));
            return {};
        });
    }

private:
    Desk desk(const auth::Actor& actor, int days) const {
        const Instant at{now_.ms + days * day_ms};
        return {context_.vault, context_.division, actor, civil_date(at), at};
    }
    Date on(int days) const { return civil_date(now_).plus_days(days); }

    /// Whoever sits in that area; where nobody does in the demo, the system.
    const auth::Actor& doer(AreaCode area) const {
        const auto& nearest = staff_.who(may_read, area);
        const bool sits = std::ranges::any_of(nearest.grants, [&](const auto& one) { return one.area == area; });
        return sits ? nearest : system_;
    }
    Result<std::vector<TaskId>> given(const auth::Actor& by, int days, Wanted wanted) {
        return context_.database.write([&](db::Tx& tx) { return give(tx, desk(by, days), wanted); });
    }
    Result<void> take(const auth::Actor& by, int days, TaskId id, std::string action, Order order = {}) {
        return context_.database.write([&](db::Tx& tx) -> Result<void> {
            order.version = TRY(page(tx, desk(system_, days), id)).line.task.version;
            order.action = std::move(action);
            return step(tx, desk(by, days), id, order);
        });
    }
    Order progress(int percent, std::string note) const {
        Order out;
        out.percent = percent;
        out.note = std::move(note);
        return out;
    }
    Order proof(std::string note, std::string where) const {
        Order out;
        out.note = std::move(note);
        out.proof = std::move(where);
        return out;
    }

    /// To four townships; the first has handed it on to three villages, the third has left a supervision unanswered.
    Result<void> search_for_households() {
        Wanted wanted;
        wanted.title = "防返贫集中排查";
        wanted.what = "逐户核对收入、住房、饮水、医疗和教育，发现风险当日上报线索。";
        wanted.areas = {townships_.begin(), townships_.begin() + 4};
        wanted.due_on = on(20);
        const auto ids = TRY(given(county_officer_, -25, wanted));
        for (std::size_t n = 0; n < 4; ++n) TRY(take(doer(townships_[n]), -24, ids[n], "receive"));
        TRY(take(doer(townships_[1]), -6, ids[1], "report", progress(40, "已排查 40%，新增线索按程序上报。")));
        Order supervise;
        supervise.note = "三周没有进展，请说明原因和补救办法。";
        supervise.until = on(-2);
        TRY(take(county_officer_, -6, ids[2], "supervise", supervise));
        TRY(take(doer(townships_[3]), -3, ids[3], "submit", proof("全部排查完毕。", "排查台账第 1—36 页")));
        Wanted part;
        part.parent = ids[0];
        part.title = wanted.title;
        part.what = "逐户入户，填写排查表。";
        part.areas = {villages_.begin(), villages_.begin() + 3};
        part.due_on = on(10);
        const auto parts = TRY(given(doer(townships_[0]), -23, part));
        TRY(take(doer(villages_[0]), -22, parts[0], "receive"));
        TRY(take(doer(villages_[0]), -5, parts[0], "report", progress(60, "50 户看了 30 户。")));
        TRY(take(doer(villages_[1]), -22, parts[1], "receive"));
        TRY(take(doer(villages_[1]), -8, parts[1], "submit", proof("全村排查完毕。", "排查表 42 份，村委会存")));
        return take(doer(townships_[0]), -7, parts[1], "confirm");
    }

    /// Late by more than the term of the pack: told to the county, then to the prefecture.
    Result<void> mend_toilets() {
        Wanted wanted;
        wanted.title = "户厕问题整改";
        wanted.what = "按摸排清单逐户整改，整改前后各留照片。";
        wanted.areas = {townships_[0]};
        wanted.due_on = on(-10);
        const auto ids = TRY(given(county_officer_, -40, wanted));
        TRY(take(doer(townships_[0]), -39, ids[0], "receive"));
        return take(doer(townships_[0]), -12, ids[0], "report", progress(70, "余下 9 户等材料。"));
    }

    Result<void> finished_and_withdrawn() {
        Wanted wanted;
        wanted.title = "村务公开栏更新";
        wanted.what = "更新第三季度村务、财务公开内容。";
        wanted.areas = {villages_[0], villages_[1]};
        wanted.due_on = on(-15);
        const auto ids = TRY(given(doer(townships_[0]), -30, wanted));
        TRY(take(doer(villages_[0]), -29, ids[0], "receive"));
        TRY(take(doer(villages_[0]), -20, ids[0], "submit", proof("已更新上墙。", "公开栏照片，村委会存")));
        TRY(take(doer(townships_[0]), -19, ids[0], "confirm"));
        Order withdraw;
        withdraw.note = "与上季度合并公开。";
        return take(doer(townships_[0]), -28, ids[1], "withdraw", withdraw);
    }

    Result<void> commitment() {
        Wanted wanted;
        wanted.kind = "commitment";
        wanted.title = "承诺：年底前完成安置点路灯改造";
        wanted.what = "在新闻发布会上承诺：全部安置点主干道路灯改造完成并亮灯。";
        wanted.areas = {home_.at(AreaLevel::county)};
        wanted.due_on = on(30);
        const auto ids = TRY(given(county_officer_, -20, wanted));
        TRY(take(county_officer_, -19, ids[0], "receive"));
        return take(county_officer_, -4, ids[0], "report", progress(55, "已完成 6 个安置点。"));
    }

    const delivery::Context& context_;
    AreaCode home_;
    Instant now_;
    auth::Actor system_;
    const auth::Actor& county_officer_;
    const Staff& staff_;
    std::vector<AreaCode> townships_, villages_;
};

}  // namespace

Result<void> give_tasks(const delivery::Context& context, const Staff& staff, AreaCode home, Instant now) {
    return Giving(context, staff, home, now).all();
}

}  // namespace ballast::demo
