#include "api/indicators_sheets.h"

#include "audit/audit.h"

namespace ballast::api {

using As = ListColumn::As;

Json value_remark(const Call& call, const Json& line) {
    if (line["hidden"].get<bool>()) return call.say("indicators.hidden");
    if (line["value"].is_null()) return call.say(line.value("counted", false) ? "indicators.not_counted" : "indicators.not_reported");
    const auto reported = line["reported"].get<std::int64_t>(), expected = line["expected"].get<std::int64_t>();
    if (reported >= expected) return nullptr;
    return call.say("indicators.reported_of",
                    {{"reported", std::to_string(reported)}, {"expected", std::to_string(expected)}});
}

Result<void> reading_sheet(const Call& call, ListSheets& sheets, std::string_view name, std::vector<ListColumn> first, Json lines,
                           std::string_view title) {
    const auto head = [&](const char* word) { return call.say(std::string("indicators.column.") + word); };
    auto columns = std::move(first);
    columns.push_back({head("value"), "/value", As::number});
    columns.push_back({head("unit"), "/unit", As::text, 8});
    columns.push_back({head("numerator"), "/numerator", As::number});
    columns.push_back({head("denominator"), "/denominator", As::number});
    columns.push_back({head("target"), "/target", As::number});
    columns.push_back({head("attained"), "/attained_percent", As::text, 12});
    columns.push_back({head("remark"), "/remark", As::text, 24});
    for (auto& line : lines) {
        line["remark"] = value_remark(call, line);
        // A figure without a whole is its own numerator.
        if (line["denominator"].is_null()) line["numerator"] = nullptr;
        if (!line["attained"].is_null()) line["attained_percent"] = line["attained"].get<std::string>() + "%";
    }
    TRY(sheets.sheet(name, std::move(columns), title));
    return sheets.rows(lines);
}

std::vector<ListColumn> thing_columns(const Call& call, std::string_view what) {
    std::vector<ListColumn> out{{call.say("indicators.column.number"), "/id", As::text, 12}, {"", "/area", As::place}};
    if (what == "household") out.push_back({call.say("indicators.column.head"), "/label", As::text, 12});
    return out;
}

Result<void> audit_list(Call& call, db::Tx& tx, const indicators::Figure& figure, AreaCode area, std::int64_t rows) {
    return audit::record(tx, call.vault(), call.actor(),
                         {"indicators.export", figure.name, area, "", Json{{"rows", rows}}.dump()}, call.now());
}

}  // namespace ballast::api
