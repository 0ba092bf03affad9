#include <array>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "demo/make.h"

namespace ballast::cli {
namespace {

constexpr std::array demo_options{
    Option{.name = "area", .help = "cli.demo.area"},
    Option{.name = "county", .help = "cli.demo.county"},
    Option{.name = "people", .help = "cli.demo.people"},
    Option{.name = "seed", .help = "cli.demo.seed"},
    Option{.name = "faults", .help = "cli.demo.faults"},
    Option{.name = "no-serve", .help = "cli.demo.no_serve", .flag = true},
    Option{.name = "port", .help = "cli.serve.port"},
};

Result<Output> make_demo(Invocation& in) {
    demo::Options options;
    options.area = TRY(in.area("area")).value_or(*AreaCode::parse("513431"));
    options.county = TRY(in.area("county"));
    options.people = TRY(in.number("people")).value_or(options.people);
    if (options.people < 100 || options.people > 2'000'000)
        return invalid("cli.bad_option").with("name", "people").with("value", in.text("people"));
    options.seed = static_cast<std::uint64_t>(TRY(in.number("seed")).value_or(1));
    if (in.has("faults")) options.faults = TRY(demo::fault_profile(in.text("faults")));
    const auto made = TRY(demo::make(in.directory(), options, system_clock(),
                                     [&](std::string_view step) { in.tell(in.say(step)); }));
    const words::Places places{{"path", in.directory()},
                               {"households", std::to_string(made.households)},
                               {"people", std::to_string(made.people)},
                               {"files", std::to_string(made.files)},
                               {"rows", std::to_string(made.rows)},
                               {"cases", std::to_string(made.cases)},
                               {"warnings", std::to_string(made.warnings)}};
    in.tell(in.say("cli.demo.made", places));
    if (!in.has("no-serve")) return serve(in);
    return Output{"", nlohmann::ordered_json{{"directory", in.directory()},
                                             {"households", made.households},
                                             {"people", made.people},
                                             {"files", made.files},
                                             {"rows", made.rows},
                                             {"cases", made.cases},
                                             {"warnings", made.warnings}}
                          .dump()};
}

constexpr std::array table{
    Command{"demo", "", "cli.demo", demo_options, make_demo},
};

}  // namespace

const Commands demo_commands = table;

}  // namespace ballast::cli
