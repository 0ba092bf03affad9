#include "demo/make.h"

#include <filesystem>
#include <fstream>

#include "demo/alarms.h"
#include "demo/bulletins.h"
#include "demo/checks.h"
#include "demo/doings.h"
#include "demo/evaluation.h"
#include "demo/figures.h"
#include "demo/insurance.h"
#include "demo/loans.h"
#include "demo/past.h"
#include "demo/prevention.h"
#include "demo/tasks.h"
#include "demo/work.h"
#include "feeds/feeds.h"
#include "registry/export.h"
#include "registry/import.h"
#include "screening/screening.h"

namespace ballast::demo {
namespace {

namespace fs = std::filesystem;
constexpr int longest_past = 400;  // days before the county's own

class Making {
public:
    Making(const delivery::Context& context, const Options& options,
           const std::function<void(std::string_view)>& tell)
        : context_(context),
          options_(options),
          tell_(tell),
          now_(context.clock.now()),
          today_(civil_date(now_)),
          actor_(auth::system_actor("demo")) {}

    Result<Made> all() {
        tell_("demo.step.people");
        county_ = TRY(make_county(context_.division, *options_.county, options_.people, options_.seed, today_));
        slip(county_, options_.seed);
        made_.households = static_cast<std::int64_t>(county_.households.size());
        made_.people = static_cast<std::int64_t>(county_.people());
        tell_("demo.step.files");
        std::error_code failed;
        fs::create_directories(context_.paths.samples, failed);
        if (failed) return unavailable("app.cannot_write").with("path", context_.paths.samples);
        TRY(name_the_office());
        TRY(register_in());
        auto past = TRY(Past::begin(context_, county_, options_.seed, now_));
        auto checks = TRY(Checks::begin(context_, county_, past.staff(), options_.seed, now_));
        lived_ = today_.plus_days(-longest_past);
        const auto live_until = [&](Date day) -> Result<void> {
            for (; lived_ < day; lived_ = lived_.plus_days(1)) {
                TRY(past.until(lived_.plus_days(1)));
                TRY(checks.on(lived_.plus_days(1)));
            }
            return {};
        };
        TRY(feeds_in(live_until));
        tell_("demo.step.cases");
        TRY(live_until(today_));
        made_.cases = past.cases();
        tell_("demo.step.programmes");
        made_.doings = TRY(fill_programmes(context_, past.staff(), county_.area, county_.households.front().village, now_));
        tell_("demo.step.loans");
        TRY(write_loans(context_, county_, past.staff(), now_));
        TRY(put_to_work(context_, county_.households.front().village, options_.seed, now_));
        tell_("demo.step.screening");
        const auto rules = TRY(screening::Rules::load(county_.area, today_));
        made_.warnings =
            past.warnings() + TRY(screened(context_, rules, {county_.area, {}, "all"}, now_)).raised;
        tell_("demo.step.insurance");
        TRY(write_insurance(context_, county_, past.staff(), now_));
        TRY(write_prevention(context_, county_, past.staff(), now_));
        TRY(write_evaluation(context_, county_, past.staff(), now_));
        tell_("demo.step.alarms");
        TRY(raise_alarms(context_, past.staff(), county_.households.front().village, now_));
        tell_("demo.step.bulletins");
        TRY(write_bulletins(context_, county_.area, past.staff(), rules.pack_hash(), now_));
        tell_("demo.step.figures");
        TRY(enter_figures(context_, options_.seed, now_));
        tell_("demo.step.tasks");
        TRY(give_tasks(context_, past.staff(), county_.households.front().village, now_));
        return made_;
    }

private:
    Result<void> register_in() {
        std::vector<registry::File> files;
        for (const auto& path : TRY(registry::write_register(
                 county_.households, context_.paths.samples + "/register", table::Format::csv)))
            files.push_back({path, fs::path(path).filename().string()});
        // One village as a workbook, to be opened, changed and sent in again by whoever tries the program.
        const auto first = county_.households.front().village;
        std::vector<registry::Household> village;
        for (const auto& home : county_.households)
            if (home.village == first) village.push_back(home);
        TRY(registry::write_register(village, context_.paths.samples + "/register-one-village",
                                     table::Format::xlsx));

        tell_("demo.step.register");
        const registry::Submission submission{county_.area, "register", "演示数据",
                                              income_window(today_).last};
        const auto id = TRY(
            registry::receive(context_.database, context_.vault, actor_, submission, files, today_, now_));
        TRY(registry::apply(context_.database, context_.vault, actor_, id, now_));
        return {};
    }

    /// Whose name stands at the head of its letters: invented, like everybody here.
    Result<void> name_the_office() {
        const std::string folder = context_.paths.root + "/packs";
        std::error_code failed;
        fs::create_directories(folder, failed);
        std::ofstream out(folder + "/offices.toml");
        const auto county = context_.division.find(county_.area);
        out << "[[office]]\narea = \"" << county_.area.digits() << "\"\nfrom = 2021-01-01\nname = \""
            << (county ? std::string(county->name) : "") << "防返贫监测工作专班\"\nphone = \"0834-8300000\"\nauthority = \"assumed\"\n";
        out.close();
        if (failed || !out) return unavailable("app.cannot_write").with("path", folder);
        return {};
    }

    Result<void> feeds_in(const std::function<Result<void>(Date)>& live_until) {
        tell_("demo.step.feeds");
        const auto sent = TRY(
            write_year(county_, context_.division, options_.faults, options_.seed, context_.paths.samples));
        const auto reg = TRY(context_.database.read(
            [&](db::Tx& tx) { return feeds::load_register(tx, auth::Scope({county_.area}), county_.area); }));
        for (const auto& file : sent) {
            const Instant at{std::min(now_.ms, (std::int64_t{file.sent_on.days()} * 24 + 1) * 3'600'000)};
            TRY(live_until(civil_date(at).plus_days(-1)));
            const feeds::Upload upload{context_.paths.samples + "/" + file.path,
                                       fs::path(file.path).filename().string(), county_.area, "", ""};
            const auto batch =
                TRY(feeds::receive(context_.database, context_.vault, actor_, upload, reg, at));
            if (batch.error) return *batch.error;
            ++made_.files;
            made_.rows += batch.counts.rows();
        }
        return {};
    }

    const delivery::Context& context_;
    const Options& options_;
    const std::function<void(std::string_view)>& tell_;
    Instant now_;
    Date today_;
    auth::Actor actor_;
    County county_;
    Made made_;
    Date lived_;  // everything up to the end of that day has happened
};

/// The county whose people are invented.
Result<AreaCode> register_of(const Options& options) {
    const auto& division = areas::Division::shipped();
    const auto inside = [&](AreaCode county) { return options.area.contains(county) && county.level() == AreaLevel::county; };
    if (options.county) {
        if (!inside(*options.county))
            return invalid("demo.county_outside").with("county", options.county->short_digits()).with("area", options.area.short_digits());
        return *options.county;
    }
    if (options.area.level() != AreaLevel::prefecture) return options.area;
    const auto usual = *AreaCode::parse("513431");
    const auto counties = division.children(options.area);
    if (counties.empty()) return invalid("demo.no_villages").with("area", options.area.short_digits());
    return inside(usual) ? usual : counties.front().code;
}

}  // namespace

Result<Made> make(const std::string& directory, const Options& asked, const Clock& clock,
                  const std::function<void(std::string_view)>& tell) {
    Options options = asked;
    options.county = TRY(register_of(asked));
    std::error_code failed;
    const fs::path target = fs::absolute(directory).lexically_normal();
    if (fs::exists(target, failed) && !fs::is_empty(target, failed))
        return conflict("app.directory_not_empty").with("path", directory);
    const std::string making = target.string() + ".making";
    fs::remove_all(making, failed);  // what a killed run left
    Made made;
    {
        const auto installation =
            TRY(delivery::Installation::create(making, options.area, accounts(options.area), clock, AreaLevel::prefecture));
        made = TRY(Making(installation->context(), options, tell).all());
    }
    fs::remove(target, failed);
    fs::rename(making, target, failed);
    if (failed) return unavailable("app.cannot_write").with("path", directory);
    return made;
}

}  // namespace ballast::demo
