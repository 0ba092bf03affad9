#include <array>
#include <charconv>
#include <fstream>
#include <nlohmann/json.hpp>

#include "audit/audit.h"
#include "cli/commands.h"

namespace ballast::cli {
namespace {

/// The heads of an earlier `audit verify --json`.
Result<std::vector<audit::NotedHead>> noted_in(const std::string& file) {
    std::ifstream in(file);
    if (!in) return not_found("cli.audit.verify.no_note").with("file", file);
    const auto json = nlohmann::json::parse(in, nullptr, /*allow_exceptions=*/false);
    const auto bad = [&] { return invalid("cli.audit.verify.bad_note").with("file", file); };
    if (!json.is_object() || !json.contains("heads") || !json["heads"].is_array() || json["heads"].empty())
        return bad();
    std::vector<audit::NotedHead> noted;
    for (const auto& head : json["heads"]) {
        const bool whole = head.is_object() && head.contains("chain") && head["chain"].is_string() &&
                           head.contains("entries") && head["entries"].is_number_integer() &&
                           head.contains("hash") && head["hash"].is_string();
        if (!whole) return bad();
        const auto chain = head["chain"].get<std::string>();
        std::int64_t number = 0;
        const auto read = std::from_chars(chain.data(), chain.data() + chain.size(), number);
        if (read.ec != std::errc{} || read.ptr != chain.data() + chain.size()) return bad();
        noted.push_back({number, head["entries"], head["hash"]});
    }
    return noted;
}

constexpr std::array options{Option{.name = "expect", .help = "cli.audit.verify.expect"}};

Result<Output> verify(Invocation& in) {
    std::vector<audit::NotedHead> noted;
    if (in.has("expect")) noted = TRY(noted_in(in.text("expect")));
    const auto* context = TRY(in.context());
    const auto verdict =
        TRY(context->database.read([&](db::Tx& tx) { return audit::verify(tx, context->vault, noted); }));
    Output out;
    auto breaks = nlohmann::ordered_json::array();
    for (const auto& one : verdict.breaks) {
        out.text += in.say("cli.audit.verify." + one.what, {{"chain", std::to_string(one.chain)},
                                                            {"sequence", std::to_string(one.sequence)}}) +
                    "\n";
        breaks.push_back(
            {{"chain", std::to_string(one.chain)}, {"sequence", one.sequence}, {"what", one.what}});
    }
    out.text += in.say(breaks.empty() ? "cli.audit.verify.holds" : "cli.audit.verify.broken",
                       {{"chains", std::to_string(verdict.chains)},
                        {"entries", std::to_string(verdict.entries)},
                        {"breaks", std::to_string(verdict.breaks.size())}});
    auto heads = nlohmann::ordered_json::array();
    for (const auto& head : verdict.heads) {
        const auto chain = std::to_string(head.chain);
        out.text +=
            "\n" + in.say("cli.audit.verify.head",
                          {{"chain", chain}, {"entries", std::to_string(head.entries)}, {"hash", head.hash}});
        heads.push_back({{"chain", chain}, {"entries", head.entries}, {"hash", head.hash}});
    }
    out.json = nlohmann::ordered_json{
        {"chains", verdict.chains},
        {"entries", verdict.entries},
        {"breaks", breaks},
        {"heads",
         heads}}.dump();
    if (!breaks.empty()) out.exit_code = exit_code_of(ErrorKind::corrupt);
    return out;
}

constexpr std::array table{Command{"audit", "verify", "cli.audit.verify", options, verify}};

}  // namespace

const Commands audit_commands = table;

}  // namespace ballast::cli
