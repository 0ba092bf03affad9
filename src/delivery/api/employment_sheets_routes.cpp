// Posts and wishes as sheets: an empty one to fill in, and one taken whole or not at all.
#include "api/employment_json.h"
#include "api/routes.h"
#include "api/workbook_reply.h"
#include "employment/sheets.h"

namespace ballast::api {
namespace {

using namespace employment;

using Write = Result<void>(const std::string& path);
using Take = Result<SheetTaken>(db::Tx&, const Desk&, const std::string& path, const std::string& file);

template <Write write_template>
Result<Reply> blank(Call& call) {
    const auto path = spooled_workbook(call);
    TRY(write_template(path));
    return workbook_reply(path, "employment.xlsx");
}

template <Take take>
Result<Reply> upload(Call& call, db::Tx& tx) {
    const auto& sent = call.request().uploads;
    if (sent.size() != 1) return invalid("employment.one_sheet");
    const auto taken =
        TRY(take(tx, TRY(employment_desk(call)), sent.front().path(), sent.front().file_name()));
    Json faults = Json::array();
    for (const auto& fault : taken.faults)
        faults.push_back(
            {{"row", fault.row}, {"id", fault.what.id}, {"says", words::say(fault.what, call.language())}});
    return ok({{"accepted", taken.accepted()},
               {"rows", taken.rows},
               {"changed", taken.changed},
               {"faults", faults}});
}

constexpr std::array table{
    Route{get, "/api/employment/sheets/posts", may_write, blank<write_post_template>},
    Route{post, "/api/employment/sheets/posts", may_write, upload<take_posts>},
    Route{get, "/api/employment/sheets/wishes", may_write, blank<write_wish_template>},
    Route{post, "/api/employment/sheets/wishes", may_write, upload<take_wishes>},
};

}  // namespace

const Routes employment_sheets_routes = table;

}  // namespace ballast::api
