/// The decision tables of a rule set as people read them: what stands in each cell, with the names of facts
/// and parameters by their titles.
#pragma once

#include <string>
#include <vector>

#include "packs/packs.h"

namespace ballast::rules {

struct TableView {
    std::string file;        // "screening/illness.dmn"
    std::string name;        // 因病预警
    std::string hit_policy;  // as DMN writes it: "COLLECT"
    std::vector<std::string> inputs, outputs;  // how columns are headed
    std::vector<std::string> decides;          // the outputs by name: "level"
    std::vector<std::string> reads;  // the facts and parameters that the model asks for, by name
    struct Row {
        std::string id;
        std::vector<std::string> cells, outputs;
    };
    std::vector<Row> rows;
};

/// Every decision that is a table. Errors: those of dmn.
Result<std::vector<TableView>> tables_of(const packs::Pack& pack, bool english);

/// Names that the pack knows by their titles: ">= hosp_limit_others" becomes ">=
/// 住院年度自付阈值（一般农户）".
std::string with_titles(const packs::Pack& pack, std::string_view cell, bool english);

}  // namespace ballast::rules
