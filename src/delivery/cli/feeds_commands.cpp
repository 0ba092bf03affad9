#include <array>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "app/screen_batch.h"
#include "cli/commands.h"
#include "feeds/calendar.h"
#include "feeds/evaluation.h"
#include "feeds/reply.h"

namespace ballast::cli {
namespace {

using Json = nlohmann::ordered_json;
using feeds::Batch;

std::string number(std::int64_t n) { return std::to_string(n); }

Json batch_json(const Invocation& in, const Batch& batch) {
    const auto& c = batch.counts;
    Json json{{"batch", number(batch.id.number())},
              {"file", batch.file},
              {"feed", batch.feed},
              {"period", batch.period},
              {"state", feeds::name_of(batch.state)},
              {"rows", c.rows()},
              {"accepted", c.accepted()},
              {"matched", c.matched},
              {"candidate", c.candidate},
              {"unmatched", c.unmatched},
              {"invalid", c.invalid},
              {"totals_dropped", c.totals_dropped}};
    if (batch.replaces) json["replaces"] = number(batch.replaces->number());
    if (batch.error)
        json["error"] = {{"id", batch.error->id}, {"message", words::say(*batch.error, in.language())}};
    return json;
}

std::string line_of(const Invocation& in, const Batch& batch) {
    if (batch.error)
        return in.say("feeds.cli.refused",
                      {{"file", batch.file}, {"reason", words::say(*batch.error, in.language())}}) +
               "\n";
    const auto& c = batch.counts;
    std::string out = in.say("feeds.cli.receipt", {{"file", batch.file},
                                                   {"rows", number(c.rows())},
                                                   {"accepted", number(c.accepted())},
                                                   {"matched", number(c.matched)},
                                                   {"candidate", number(c.candidate)},
                                                   {"unmatched", number(c.unmatched)},
                                                   {"invalid", number(c.invalid)},
                                                   {"totals_dropped", number(c.totals_dropped)}}) +
                      "\n";
    if (batch.replaces)
        out += in.say("feeds.cli.replaces", {{"batch", number(batch.replaces->number())}}) + "\n";
    return out;
}

constexpr std::array receive_options{
    Option{
        .name = "file", .help = "cli.feeds.receive.file", .positional = true, .required = true, .many = true},
    Option{.name = "feed", .help = "cli.feeds.receive.feed"},
    Option{.name = "period", .help = "cli.feeds.receive.period"},
    Option{.name = "rejects", .help = "cli.feeds.receive.rejects"},
};

/// Each file by itself: one that is refused does not keep the others out. The exit code is the first
/// refusal's.
Result<Output> receive(Invocation& in) {
    const auto& context = *TRY(in.context());
    const auto actor = auth::system_actor("cli");
    const AreaCode county = context.settings.area;
    const auto reg = TRY(context.database.read(
        [&](db::Tx& tx) { return feeds::load_register(tx, auth::Scope({county}), county); }));
    Output out;
    Json files = Json::array();
    for (const auto& path : in.all("file")) {
        const auto name = std::filesystem::path(path).filename();
        const auto batch = TRY(feeds::receive(
            context.database, context.vault, actor,
            {path, name.string(), county, in.text("feed"), in.text("period")}, reg, context.clock.now(),
            [&](double share) {
                in.tell(in.say(
                    "feeds.cli.progress",
                    {{"file", name.string()}, {"percent", number(static_cast<std::int64_t>(share * 100))}}));
                return true;
            }));
        Json json = batch_json(in, batch);
        out.text += line_of(in, batch);
        if (in.has("rejects") && batch.counts.invalid > 0 && batch.state == Batch::State::applied) {
            std::error_code failed;
            std::filesystem::create_directories(in.text("rejects"), failed);
            const auto rejects =
                std::filesystem::path(in.text("rejects")) / (name.stem().string() + "_rejects.xlsx");
            TRY(feeds::write_rejects(context.database, context.vault, actor, batch.id, rejects.string(),
                                     in.language(), context.clock.now()));
            out.text += in.say("feeds.cli.rejects", {{"file", rejects.string()}}) + "\n";
            json["rejects"] = rejects.string();
        }
        if (batch.error && out.exit_code == 0) out.exit_code = exit_code_of(batch.error->kind);
        if (batch.state == Batch::State::applied) {
            const auto run = TRY(app::screen_batch(context, county, batch.id));
            out.text += in.say("feeds.cli.screened",
                               {{"households", number(run.households)}, {"raised", number(run.raised)}}) +
                        "\n";
            json["screened"] = {{"households", run.households}, {"raised", run.raised}};
        }
        files.push_back(std::move(json));
    }
    out.json = Json{{"files", files}}.dump();
    return out;
}

constexpr std::array list_options{Option{.name = "feed", .help = "cli.feeds.list.feed"}};

Result<Output> list(Invocation& in) {
    const auto& context = *TRY(in.context());
    const auto actor = auth::system_actor("cli");
    constexpr std::int64_t most = 1'000;
    const auto batches = TRY(context.database.read([&](db::Tx& tx) {
        return feeds::batches(tx, actor, {in.text("feed"), 0, most}, nullptr);
    }));
    Output out;
    Json items = Json::array();
    for (const auto& batch : batches) {
        items.push_back(batch_json(in, batch));
        out.text += "#" + number(batch.id.number()) + "  " + batch.period + "  " + line_of(in, batch);
    }
    if (batches.empty()) out.text = in.say("feeds.cli.none");
    out.json = Json{{"batches", items}}.dump();
    return out;
}

Result<Output> contracts(Invocation& in) {
    Output out;
    Json items = Json::array();
    const bool english = in.language() == words::Language::en;
    for (const auto& agreed : feeds::contracts()) {
        Json columns = Json::array();
        std::string titles;
        for (const auto& column : agreed.columns) {
            const bool required = column.need != feeds::Column::Need::optional;
            columns.push_back(
                {{"title", column.title}, {"required", required}, {"type", feeds::name_of(column.type)}});
            titles += (titles.empty() ? "" : ", ") + column.title + (required ? "*" : "");
        }
        items.push_back({{"id", agreed.id},
                         {"department", agreed.department},
                         {"title", english ? agreed.title_en : agreed.title_zh},
                         {"columns", columns}});
        out.text += agreed.id + "  " +
                    (english ? agreed.department_en + ": " + agreed.title_en
                             : agreed.department_zh + " " + agreed.title_zh) +
                    "\n    " + titles + "\n";
    }
    out.json = Json{{"contracts", items}}.dump();
    return out;
}

constexpr std::array calendar_options{Option{.name = "months", .help = "cli.feeds.calendar.months"}};

/// What wants somebody's attention, line by line; 1 when there is any.
Result<Output> calendar(Invocation& in) {
    const auto& context = *TRY(in.context());
    const auto months = TRY(in.number("months")).value_or(12);
    if (months < 1 || months > 24)
        return invalid("cli.bad_option").with("name", "months").with("value", in.text("months"));
    const AreaCode county = context.settings.area;
    const Date today = context.clock.today();
    const auto limits = TRY(feeds::CalendarLimits::load(county, today, TRY(context.packs.now())));
    const auto shown = TRY(context.database.read([&](db::Tx& tx) {
        return feeds::calendar(tx, auth::system_actor("cli"), county, today, static_cast<int>(months),
                               limits);
    }));
    const bool english = in.language() == words::Language::en;
    Output out;
    Json alarms = Json::array();
    const auto tell = [&](const feeds::CalendarLine& line, const feeds::Cell& cell, const char* kind) {
        const auto& agreed = *line.contract;
        out.text += in.say(std::string("feeds.cli.calendar.") + kind,
                           {{"sheet", english ? agreed.department_en + ": " + agreed.title_en
                                              : agreed.department_zh + " " + agreed.title_zh},
                            {"period", cell.period},
                            {"due", cell.due ? cell.due->iso() : ""},
                            {"days", number(cell.days_late)},
                            {"rows", number(cell.rows)},
                            {"usual", number(cell.usual.value_or(0))}}) +
                    "\n";
        alarms.push_back({{"alarm", kind},
                          {"feed", agreed.id},
                          {"period", cell.period},
                          {"due", cell.due ? Json(cell.due->iso()) : Json(nullptr)},
                          {"days_late", cell.days_late},
                          {"rows", cell.rows},
                          {"usual", cell.usual ? Json(*cell.usual) : Json(nullptr)}});
    };
    for (const auto& line : shown.lines)
        for (const auto& cell : line.cells) {
            if (cell.state == feeds::Cell::State::overdue) tell(line, cell, "overdue");
            if (cell.state == feeds::Cell::State::due_soon) tell(line, cell, "due_soon");
            if (cell.usual) tell(line, cell, "short");
        }
    out.text += in.say("feeds.cli.calendar", {{"overdue", number(shown.overdue)},
                                              {"due_soon", number(shown.due_soon)},
                                              {"short", number(shown.short_ones)}}) +
                "\n";
    out.json = Json{
        {"overdue", shown.overdue},
        {"due_soon", shown.due_soon},
        {"short", shown.short_ones},
        {"alarms",
         alarms}}.dump();
    if (shown.overdue + shown.short_ones > 0) out.exit_code = 1;
    return out;
}

constexpr std::array reply_options{
    Option{.name = "batch", .help = "cli.feeds.reply.batch", .required = true},
    Option{.name = "file", .help = "cli.feeds.reply.file", .positional = true, .required = true},
};

Result<Output> reply(Invocation& in) {
    const auto& context = *TRY(in.context());
    const auto id = TRY(in.number("batch")).value_or(0);
    const auto counts =
        TRY(feeds::write_reply(context.database, context.vault, auth::system_actor("cli"), feeds::BatchId(id),
                               in.text("file"), in.language(), context.clock.now()));
    return Output{in.say("feeds.cli.reply", {{"file", in.text("file")},
                                             {"rows", number(counts.rows())},
                                             {"matched", number(counts.matched)},
                                             {"candidate", number(counts.candidate)},
                                             {"unmatched", number(counts.unmatched)},
                                             {"invalid", number(counts.invalid)}}) +
                      "\n",
                  Json{{"file", in.text("file")},
                       {"rows", counts.rows()},
                       {"matched", counts.matched},
                       {"candidate", counts.candidate},
                       {"unmatched", counts.unmatched},
                       {"invalid", counts.invalid}}
                      .dump()};
}

constexpr std::array evaluate_options{
    Option{.name = "truth", .help = "cli.feeds.evaluate.truth", .required = true},
};

std::string percent(std::int64_t ten_thousandths) {
    const auto rest = number(ten_thousandths % 100);
    return number(ten_thousandths / 100) + "." + (rest.size() == 1 ? "0" : "") + rest + "%";
}

/// 0 when every row has the verdict that it should have.
Result<Output> evaluate(Invocation& in) {
    const auto& context = *TRY(in.context());
    const AreaCode county = context.settings.area;
    const auto result = TRY(context.database.read([&](db::Tx& tx) -> Result<feeds::Evaluation> {
        const auto reg = TRY(feeds::load_register(tx, auth::Scope({county}), county));
        return feeds::evaluate(tx, context.vault, auth::system_actor("cli"), reg, in.text("truth"));
    }));
    Output out;
    Json json{{"files", result.files}, {"rows", result.rows}, {"not_received", result.not_received}};
    out.text = in.say("feeds.cli.evaluated", {{"files", number(result.files)},
                                              {"rows", number(result.rows)},
                                              {"not_received", number(result.not_received)}}) +
               "\n";
    for (const auto& [name, quality] :
         {std::pair("matched", result.matched), std::pair("candidate", result.candidate)}) {
        json[name] = {{"found", quality.found},
                      {"right", quality.right},
                      {"expected", quality.expected},
                      {"precision", percent(quality.precision())},
                      {"recall", percent(quality.recall())}};
        out.text += in.say("feeds.cli.quality", {{"verdict", in.say(std::string("feeds.state.") + name)},
                                                 {"found", number(quality.found)},
                                                 {"expected", number(quality.expected)},
                                                 {"precision", percent(quality.precision())},
                                                 {"recall", percent(quality.recall())}}) +
                    "\n";
    }
    json["disagreements"] = Json::object();
    for (const auto& [what, count] : result.disagreements) {
        json["disagreements"][what] = count;
        out.text += "    " + what + "  " + number(count) + "\n";
    }
    out.json = json.dump();
    if (!result.disagreements.empty() || result.not_received > 0) out.exit_code = 1;
    return out;
}

constexpr std::array table{
    Command{"feeds", "receive", "cli.feeds.receive", receive_options, receive},
    Command{"feeds", "list", "cli.feeds.list", list_options, list},
    Command{"feeds", "contracts", "cli.feeds.contracts", {}, contracts, Command::Data::none},
    Command{"feeds", "calendar", "cli.feeds.calendar", calendar_options, calendar},
    Command{"feeds", "reply", "cli.feeds.reply", reply_options, reply},
    Command{"feeds", "evaluate", "cli.feeds.evaluate", evaluate_options, evaluate},
};

}  // namespace

const Commands feeds_commands = table;

}  // namespace ballast::cli
