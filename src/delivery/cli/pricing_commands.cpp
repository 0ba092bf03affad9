#include <fmt/format.h>

#include <array>
#include <charconv>
#include <nlohmann/json.hpp>

#include "base/rng.h"
#include "base/text.h"
#include "cli/commands.h"
#include "pricing/asian_put.h"

namespace ballast::cli {
namespace {

constexpr std::array asian_put_options{
    Option{.name = "futures", .help = "cli.pricing.asian_put.futures", .required = true},
    Option{.name = "strike", .help = "cli.pricing.asian_put.strike", .required = true},
    Option{.name = "rate", .help = "cli.pricing.asian_put.rate", .required = true},
    Option{.name = "volatility", .help = "cli.pricing.asian_put.volatility", .required = true},
    Option{.name = "valuation", .help = "cli.pricing.asian_put.valuation", .required = true},
    Option{.name = "fixings", .help = "cli.pricing.asian_put.fixings", .required = true},
    Option{.name = "settled", .help = "cli.pricing.asian_put.settled"},
    Option{.name = "method", .help = "cli.pricing.asian_put.method"},
    Option{.name = "samples", .help = "cli.pricing.asian_put.samples"},
    Option{.name = "seed", .help = "cli.pricing.asian_put.seed"},
};

Error bad_option(std::string_view name, std::string_view value) {
    return invalid("cli.bad_option").with("name", std::string(name)).with("value", std::string(value));
}

Result<double> real(std::string_view name, std::string_view given) {
    double out = 0;
    const auto read = std::from_chars(given.data(), given.data() + given.size(), out);
    if (read.ec != std::errc{} || read.ptr != given.data() + given.size()) return bad_option(name, given);
    return out;
}

Result<double> real(const Invocation& in, std::string_view name) { return real(name, in.text(name)); }

Result<std::vector<pricing::Fixing>> fixings_of(const Invocation& in) {
    std::vector<pricing::Fixing> out;
    const std::string days = in.text("fixings"), prices = in.text("settled");
    for (const auto day : text::split(days, ','))
        out.push_back({TRY(Date::parse(text::trimmed(day))), std::nullopt});
    if (prices.empty()) return out;
    std::size_t at = 0;
    for (const auto price : text::split(prices, ',')) {
        if (at == out.size()) return bad_option("settled", prices);
        out[at++].settled = TRY(real("settled", text::trimmed(price)));
    }
    return out;
}

Result<Output> asian_put(Invocation& in) {
    pricing::AsianPut put{.futures = TRY(real(in, "futures")),
                          .strike = TRY(real(in, "strike")),
                          .rate = TRY(real(in, "rate")),
                          .volatility = TRY(real(in, "volatility")),
                          .valuation = TRY(Date::parse(in.text("valuation"))),
                          .fixings = TRY(fixings_of(in))};
    const std::string method = in.has("method") ? in.text("method") : "two-moment";
    if (method != "two-moment" && method != "monte-carlo") return bad_option("method", method);
    const auto samples = TRY(in.number("samples")).value_or(200'000);
    const auto seed = TRY(in.number("seed")).value_or(1);

    pricing::Valuation value;
    if (method == "two-moment") {
        value = TRY(pricing::two_moment(put));
    } else {
        Rng rng(static_cast<std::uint64_t>(seed));
        value = TRY(pricing::monte_carlo(put, samples, rng));
    }

    Output out;
    out.json = nlohmann::ordered_json{{"price", value.price},
                                      {"standard_error", value.standard_error},
                                      {"method", method},
                                      {"delta", value.delta}}
                   .dump();
    out.text =
        in.say(method == "two-moment" ? "cli.pricing.asian_put.approximated" : "cli.pricing.asian_put.drawn",
               {{"price", fmt::format("{:.4f}", value.price)},
                {"error", fmt::format("{:.4f}", value.standard_error)},
                {"delta", fmt::format("{:.4f}", value.delta)},
                {"samples", std::to_string(samples)},
                {"seed", std::to_string(seed)}});
    return out;
}

constexpr std::array table{
    Command{"pricing", "asian-put", "cli.pricing.asian_put", asian_put_options, asian_put,
            Command::Data::none},
};

}  // namespace

const Commands pricing_commands = table;

}  // namespace ballast::cli
