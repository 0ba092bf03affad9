#include "api/indicators_sheets.h"

namespace ballast::api {

using As = ListColumn::As;

Json value_remark(const Call& call, const Json& line) {
    if (line["hidden"].get<bool>()) return call.say("indicators.hidden");
    if (line["value"].is_null()) {
        const bool divided_by_nought = line.contains("denominator") && line["denominator"] == "0" && !line["numerator"].is_null();
        return call.say(divided_by_nought      ? "indicators.no_ratio"
                        : line["counted"].get<bool>() ? "indicators.not_counted"
                                                      : "indicators.not_reported");
    }
    if (!line.contains("reported") || line["reported"] >= line["expected"]) return nullptr;
    return call.say("indicators.reported_of", {{"reported", line["reported"].dump()}, {"expected", line["expected"].dump()}});
}

Result<void> reading_sheet(const Call& call, const indicators::Desk& desk, ListSheets& sheets, std::string_view name,
                           std::vector<ListColumn> first, Json lines, std::string_view title) {
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
        // What is no quotient is its own numerator.
        const auto* of = desk.catalogue.indicator(line["indicator"].get<std::string>());
        if (of && of->denominator.empty()) line["numerator"] = nullptr;
        if (!line["attained"].is_null()) line["attained_percent"] = line["attained"].get<std::string>() + "%";
    }
    TRY(sheets.sheet(name, std::move(columns), title));
    return sheets.rows(lines);
}

std::vector<ListColumn> thing_columns(const Call& call, std::string_view what) {
    std::vector<ListColumn> out{{call.say("indicators.column.number"), "/id", As::text, 12}, {"", "/area", As::place}};
    if (what == "household") out.push_back({call.say("indicators.column.head"), "/label", As::text, 12});
    if (what == "person") out.push_back({call.say("indicators.column.name"), "/label", As::text, 12});
    return out;
}

}  // namespace ballast::api
