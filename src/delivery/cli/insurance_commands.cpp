#include <array>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "cli/insurance_commands.h"
#include "insurance/settlement.h"

namespace ballast::cli {
namespace {

using namespace insurance;
using Json = nlohmann::ordered_json;

constexpr std::array settle_options{
    Option{.name = "product", .help = "cli.insurance.settle.product", .required = true},
    Option{.name = "area", .help = "cli.insurance.settle.area", .required = true},
    Option{.name = "season", .help = "cli.insurance.settle.season", .required = true},
    Option{.name = "series", .help = "cli.insurance.settle.series", .required = true},
    Option{.name = "source", .help = "cli.insurance.settle.source"},
};

/// What came of it: settlements as drafts, or rows of the file that are wrong.
struct Settled {
    std::vector<Settlement> made;
    std::vector<RowFinding> findings;
    bool accepted = true;
};

/// The drafts of every insurer of the season; nothing of it stays when one of them cannot be made.
Result<Settled> settle_all(db::Tx& tx, const Desk& desk, const NewSettlement& wanted, const std::string& file,
                           const std::string& source, Invocation& in) {
    Settled out;
    const auto* product = TRY(desk.book.product(wanted.product));
    if (!product->from_series())
        return invalid("insurance.not_by_series").with("product", product->title.zh);
    const auto own = needed_series(*product).front();
    const auto concerned = TRY(insurers_of_season(tx, desk, wanted));
    if (concerned.empty()) return conflict("insurance.nothing_to_settle");
    for (const auto id : concerned) {
        const auto name = std::filesystem::path(file).filename().string();
        const auto place = TRY(insurer(tx, desk, id)).area;
        auto taken = TRY(take_series(
            tx, desk, {{own.kind, own.code, own.variable}, place, source.empty() ? name : source, ""}, file,
            name, id));
        out.findings = std::move(taken.findings);
        out.accepted = taken.accepted;
        if (!out.accepted) return out;
        // One for all policies that were sold under the same terms.
        for (bool more = true; more;) {
            const auto drafted = TRY(draft_settlement(tx, desk, wanted, id));
            TRY(calculate(tx, desk, drafted, [&](std::int64_t done, std::int64_t total) {
                if (done % 100'000 == 0)
                    in.tell(in.say("insurance.cli.progress",
                                   {{"done", std::to_string(done)}, {"total", std::to_string(total)}}));
            }));
            out.made.push_back(TRY(load_settlement(tx, desk, drafted)));
            more = TRY(sold_otherwise(tx, desk, out.made.back())) > 0;
        }
    }
    return out;
}

Json settlement_json(const Settlement& one) {
    return {{"settlement", std::to_string(one.id.number())},
            {"number", one.number},
            {"index", one.outcome.index.rounded(4).plain()},
            {"days", one.outcome.days},
            {"substituted", one.substituted},
            {"policies", one.policies},
            {"insured", one.insured},
            {"paying", one.paying},
            {"payable_fen", one.payable.fen()},
            {"series_hash", one.series_hash},
            {"terms_hash", one.terms_hash},
            {"assumed", one.assumed()}};
}

Result<Output> settle(Invocation& in) {
    const auto& context = *TRY(in.context());
    const auto actor = auth::system_actor("cli");
    const auto book = TRY(load_book(context.paths.root + "/packs"));
    const Desk desk{context.vault, context.division,      book,
                    actor,         context.clock.today(), context.clock.now()};
    const NewSettlement wanted{in.text("product"), *TRY(in.area("area")),
                               static_cast<int>(TRY(in.number("season")).value_or(0)), ""};
    const auto settled = TRY(context.database.write([&](db::Tx& tx) {
        return settle_all(tx, desk, wanted, in.text("series"), in.text("source"), in);
    }));
    Output out;
    Json findings = Json::array(), made = Json::array();
    for (const auto& finding : settled.findings) {
        const auto says = words::say(finding.what, in.language());
        findings.push_back(
            {{"row", finding.row}, {"error", finding.error}, {"id", finding.what.id}, {"says", says}});
        out.text +=
            in.say("insurance.cli.finding", {{"row", std::to_string(finding.row)}, {"says", says}}) + "\n";
    }
    for (const auto& one : settled.made) {
        made.push_back(settlement_json(one));
        out.text += in.say("insurance.cli.settled", {{"number", one.number},
                                                     {"index", one.outcome.index.rounded(4).plain()},
                                                     {"policies", std::to_string(one.policies)},
                                                     {"insured", std::to_string(one.insured)},
                                                     {"paying", std::to_string(one.paying)},
                                                     {"payable", one.payable.formatted()}}) +
                    "\n";
    }
    out.json = Json{{"accepted", settled.accepted}, {"settlements", made}, {"findings", findings}}.dump();
    if (!settled.accepted) out.exit_code = exit_code_of(ErrorKind::invalid);
    return out;
}

constexpr std::array table{
    Command{"insurance", "settle", "cli.insurance.settle", settle_options, settle},
};

}  // namespace

const Commands insurance_commands = table;

}  // namespace ballast::cli
