#include "demo/bulletins.h"

#include "base/text.h"
#include "bulletin/findings.h"
#include "bulletin/import.h"
#include "bulletin/platform_data.h"
#include "embedded/demo_bulletin.h"

namespace ballast::demo {
namespace {

using namespace bulletin;

/// The file as the county's own: its name, its townships', its people's.
std::string text_for(const delivery::Context& context, AreaCode county, std::string text, const auth::Actor& editor,
                     const auth::Actor& reviewer, Date published) {
    const auto townships = context.division.children(county);
    const auto name_of = [&](AreaCode code) { return std::string(context.division.find(code)->name); };
    const auto township = [&](std::size_t i) { return name_of(townships[i % townships.size()].code); };
    const std::pair<std::string, std::string> places[]{
        {"{county}", name_of(county)},
        {"{t1}", township(0)},
        {"{t2}", township(1)},
        {"{t3}", township(2)},
        {"{month}", std::to_string(published.first_of_month().plus_months(-1).month()) + "月"},
        {"{editor}", editor.name},
        {"{reviewer}", reviewer.name}};
    for (const auto& [place, with] : places)
        for (auto at = text.find(place); at != std::string::npos; at = text.find(place, at + with.size()))
            text.replace(at, place.size(), with);
    return text;
}

std::string number_of(Date day) {
    return std::to_string(day.year()) + "年第" + std::to_string(day.month()) + "期";
}

class Office {
public:
    Office(const delivery::Context& context, AreaCode county, const Staff& staff, std::string_view rules, Instant now)
        : context_(context),
          county_(county),
          editor_(staff.who(auth::Right::bulletin_edit, county)),
          reviewer_(staff.who(auth::Right::bulletin_review, county)),
          rules_(rules),
          now_(now) {}

    Result<void> published(db::Tx& tx) const {
        const Date day = civil_date(now_).plus_months(-1);
        const Instant at{now_.ms - (civil_date(now_) - day) * 86'400'000LL};
        const Desk editing = desk(editor_, at), reviewing = desk(reviewer_, at);
        const auto reading = TRY(read_text(text_for(
            context_, county_, std::string(embedded::demo_bulletin().front().bytes), editor_, reviewer_, day)));
        const auto id =
            TRY(import_reading(tx, editing, {.area = county_}, reading, "简报.txt")).issue.id;
        TRY(named(tx, editing, id, day));
        TRY(checked(tx, editing, id));
        for (const auto& finding : TRY(findings(tx, editor_, id, false)))
            TRY(settle(tx, editing, finding.id, "accepted", "已向供稿单位核实，原文如此"));
        TRY(step(tx, editing, id, Action::submit));
        TRY(step(tx, reviewing, id, Action::approve));
        return step(tx, editing, id, Action::publish);
    }

    Result<void> in_the_making(db::Tx& tx) const {
        const Desk editing = desk(editor_, now_);
        const auto id = TRY(begin_issue(tx, editing, {.area = county_})).id;
        TRY(named(tx, editing, id, civil_date(now_)));
        TRY(draft_from_data(tx, editing, id,
                            {.area = county_,
                             .figures = {{"cases_enrolled", Breakdown::month},
                                         {"households_monitored", Breakdown::area},
                                         {"open_warnings", Breakdown::area}},
                             .rules = rules_}));
        TRY(draft_from_data(tx, editing, id,
                            {.area = county_, .figures = {{"sanitary_toilets", Breakdown::area}}}));
        const std::string name(context_.division.find(county_)->name);
        TRY(add_article(
            tx, editing, id,
            {.column = "industry",
             .place = name,
             .headline = "产业奖补资金发放到户",
             .body = "今年以来，" + name +
                     "发放产业奖补资金 86 万元，其中种植 52 万元、养殖 36 万元，惠及 430 户农户。",
             .source_name = "县农业农村局"}));
        TRY(checked(tx, editing, id));
        TRY(add_article(tx, editing, id, {.headline = "冬季送温暖走访记", .body = "入冬以来，"}));
        return {};
    }

private:
    Desk desk(const auth::Actor& who, Instant at) const {
        return {context_.vault, context_.division, who, civil_date(at), at};
    }
    static Result<std::int64_t> version(db::Tx& tx, const Desk& desk, IssueId id) {
        return TRY(load_edition(tx, desk.actor, id)).issue.version;
    }
    static Result<void> step(db::Tx& tx, const Desk& desk, IssueId id, Action action) {
        TRY(act(tx, desk, id, TRY(version(tx, desk, id)), action, ""));
        return {};
    }
    static Result<void> checked(db::Tx& tx, const Desk& desk, IssueId id) {
        TRY(step(tx, desk, id, Action::edit));
        TRY(check_figures(tx, desk, id, TRY(version(tx, desk, id))));
        return {};
    }
    Result<void> named(db::Tx& tx, const Desk& desk, IssueId id, Date day) const {
        IssueChange change;
        change.masthead =
            std::string(context_.division.find(county_)->name) + "防返贫工作简报";
        change.number = number_of(day);
        change.date = std::optional(day);
        TRY(change_issue(tx, desk, id, TRY(version(tx, desk, id)), change));
        return {};
    }

    const delivery::Context& context_;
    const AreaCode county_;
    const auth::Actor& editor_;
    const auth::Actor& reviewer_;
    const std::string rules_;
    const Instant now_;
};

}  // namespace

Result<void> write_bulletins(const delivery::Context& context, AreaCode county, const Staff& staff,
                             std::string_view rules, Instant now) {
    const Office office(context, county, staff, rules, now);
    return context.database.write([&](db::Tx& tx) -> Result<void> {
        TRY(office.published(tx));
        return office.in_the_making(tx);
    });
}

}  // namespace ballast::demo
