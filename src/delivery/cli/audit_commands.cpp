#include <array>
#include <nlohmann/json.hpp>

#include "audit/audit.h"
#include "cli/commands.h"

namespace ballast::cli {
namespace {

Result<Output> verify(Invocation& in) {
    const auto* context = TRY(in.context());
    const auto verdict =
        TRY(context->database.read([&](db::Tx& tx) { return audit::verify(tx, context->vault); }));
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
    out.json =
        nlohmann::ordered_json{{"chains", verdict.chains}, {"entries", verdict.entries}, {"breaks", breaks}}
            .dump();
    if (!breaks.empty()) out.exit_code = exit_code_of(ErrorKind::corrupt);
    return out;
}

constexpr std::array table{Command{"audit", "verify", "cli.audit.verify", {}, verify}};

}  // namespace

const Commands audit_commands = table;

}  // namespace ballast::cli
