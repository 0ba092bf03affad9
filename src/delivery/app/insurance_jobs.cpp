#include <nlohmann/json.hpp>

#include "app/kinds.h"
#include "insurance/settlement.h"

namespace ballast::app {
namespace {

using namespace insurance;
using Json = nlohmann::json;

/// One transaction: killed, it leaves nothing; begun again, it does the whole.
Result<std::string> work(jobs::JobContext& job, std::string_view stage,
                         Result<void> (*what)(db::Tx&, const Desk&, SettlementId, const Progress&)) {
    const auto& context = job.context();
    const SettlementId id(Json::parse(job.payload()).at("settlement").get<std::int64_t>());
    const auto book = TRY(load_book(context.paths.root + "/packs"));
    const Desk desk{context.vault, context.division,      book,
                    job.actor(),   context.clock.today(), job.now()};
    TRY(context.database.write([&](db::Tx& tx) {
        return what(tx, desk, id, [&](std::int64_t done, std::int64_t total) {
            job.progress(done, total, "rows", stage);
        });
    }));
    return Json{{"settlement", std::to_string(id.number())}}.dump();
}

Result<std::string> calculate_rows(jobs::JobContext& job) {
    return work(job, "insurance.stage.calculating", calculate);
}
Result<std::string> pay(jobs::JobContext& job) { return work(job, "insurance.stage.paying", pay_settlement); }

}  // namespace

void add_insurance_jobs(jobs::Kinds& kinds) {
    kinds.emplace("insurance.calculate", calculate_rows);
    kinds.emplace("insurance.pay", pay);
}

}  // namespace ballast::app
