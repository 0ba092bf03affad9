#include <array>
#include <csignal>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "app/serving.h"
#include "cli/backup.h"
#include "cli/commands.h"
#include "cli/doctor.h"

namespace ballast::cli {

Result<Output> serve(Invocation& in) {
    // Blocked before any thread starts, so that only the wait below receives them.
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &ends, nullptr);

    app::Serving::Where where;
    if (in.has("address")) where.address = in.text("address");
    if (const auto port = TRY(in.number("port"))) {
        if (*port < 0 || *port > 65535)
            return invalid("cli.bad_option").with("name", "port").with("value", in.text("port"));
        where.port = static_cast<std::uint16_t>(*port);
    }
    const auto serving = TRY(app::Serving::start(in.directory(), where));
    std::string text = in.say("cli.serve.ready", {{"address", serving->address()}}) + "\n";
    const auto& accounts = serving->context().settings.demo_accounts;
    if (!accounts.empty()) text += in.say("cli.serve.accounts") + "\n";
    for (const auto& one : accounts)
        text += "  " + one.account + " / " + one.password + "  " + one.title + "\n";
    const std::string json = nlohmann::ordered_json{{"address", serving->address()}}.dump() + "\n";
    std::fputs(in.json() ? json.c_str() : text.c_str(), stdout);
    std::fflush(stdout);
    int received = 0;
    sigwait(&ends, &received);
    return Output{in.say("cli.serve.over"), ""};
}

namespace {

constexpr std::array serve_options{
    Option{.name = "port", .help = "cli.serve.port"},
    Option{.name = "address", .help = "cli.serve.address"},
};

Result<Output> examine(Invocation& in) {
    Output out;
    auto items = nlohmann::ordered_json::array();
    bool well = true;
    for (const auto& finding : doctor(in.directory())) {
        const auto sentence = in.say(finding.id, finding.places);
        out.text += (finding.well ? "✓ " : "✗ ") + sentence + "\n";
        items.push_back({{"id", finding.id}, {"ok", finding.well}, {"message", sentence}});
        well = well && finding.well;
    }
    out.json = nlohmann::ordered_json{{"ok", well}, {"checks", items}}.dump();
    if (!well) out.exit_code = 1;
    return out;
}

constexpr std::array init_options{
    Option{.name = "area", .help = "cli.init.area", .required = true},
};

Result<Output> init(Invocation& in) {
    const auto area = *TRY(in.area("area"));
    const auto made = TRY(delivery::Installation::create(in.directory(), area));
    const auto& context = made->context();
    const words::Places places{{"path", context.paths.root},
                               {"area", context.division.full_name(area)},
                               {"key", context.settings.key}};
    return Output{in.say("cli.init.done", places),
                  nlohmann::ordered_json{{"directory", context.paths.root}, {"area", area.digits()}}.dump()};
}

constexpr std::array backup_options{
    Option{.name = "file", .help = "cli.backup.file", .positional = true, .required = true},
    Option{.name = "with-key", .help = "cli.backup.with_key", .flag = true},
};

Result<Output> back_up(Invocation& in) {
    const auto* context = TRY(in.context());
    const auto key = in.has("with-key") ? BackupKey::included : BackupKey::left_out;
    const auto bytes = TRY(backup(*context, in.text("file"), key));
    const words::Places places{{"file", in.text("file")}, {"bytes", std::to_string(bytes)}};
    return Output{
        in.say(key == BackupKey::included ? "cli.backup.done_with_key" : "cli.backup.done", places),
        nlohmann::ordered_json{
            {"file", in.text("file")}, {"bytes", bytes}, {"key_included", key == BackupKey::included}}
            .dump()};
}

constexpr std::array restore_options{
    Option{.name = "file", .help = "cli.restore.file", .positional = true, .required = true},
};

Result<Output> bring_back(Invocation& in) {
    const auto key = TRY(restore(in.text("file"), in.directory()));
    const words::Places places{{"path", in.directory()}};
    return Output{
        in.say(key == BackupKey::included ? "cli.restore.done" : "cli.restore.done_without_key", places),
        nlohmann::ordered_json{{"directory", in.directory()}, {"key_included", key == BackupKey::included}}
            .dump()};
}

constexpr std::array table{
    Command{"init", "", "cli.init", init_options, init},
    Command{"serve", "", "cli.serve", serve_options, serve},
    Command{"doctor", "", "cli.doctor", {}, examine},
    Command{"backup", "", "cli.backup", backup_options, back_up},
    Command{"restore", "", "cli.restore", restore_options, bring_back},
};

}  // namespace

const Commands county_commands = table;

}  // namespace ballast::cli
