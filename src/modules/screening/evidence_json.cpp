#include "screening/evidence_json.h"

#include <nlohmann/json.hpp>

namespace ballast::screening {

using nlohmann::json;

std::string to_json(const Evidence& evidence) {
    json facts = json::array(), parameters = json::array(), rows = json::array();
    for (const auto& f : evidence.facts)
        facts.push_back(
            {{"name", f.name}, {"zh", f.title_zh}, {"en", f.title_en}, {"kind", f.kind}, {"value", f.value}});
    for (const auto& p : evidence.parameters)
        parameters.push_back({{"name", p.name},
                              {"zh", p.title_zh},
                              {"en", p.title_en},
                              {"value", p.value},
                              {"unit", p.unit},
                              {"from", p.from.iso()},
                              {"authority", p.authority},
                              {"assumed", p.assumed}});
    for (const auto row : evidence.rows) rows.push_back(row.number());
    return json{{"table", evidence.table},
                {"decision", evidence.decision},
                {"row", evidence.row},
                {"facts", facts},
                {"parameters", parameters},
                {"rows", rows},
                {"title", {evidence.title_zh, evidence.title_en}},
                {"clears", {evidence.clears_zh, evidence.clears_en}},
                {"pack", evidence.pack},
                {"hash", evidence.pack_hash}}
        .dump();
}

Result<Evidence> evidence_from(std::string_view text) try {
    const json read = json::parse(text);
    Evidence out;
    out.table = read.at("table");
    out.decision = read.at("decision");
    out.row = read.at("row");
    out.title_zh = read.at("title").at(0);
    out.title_en = read.at("title").at(1);
    out.clears_zh = read.at("clears").at(0);
    out.clears_en = read.at("clears").at(1);
    out.pack = read.at("pack");
    out.pack_hash = read.at("hash");
    for (const auto& f : read.at("facts"))
        out.facts.push_back({f.at("name"), f.at("zh"), f.at("en"), f.at("kind"), f.at("value")});
    for (const auto& p : read.at("parameters"))
        out.parameters.push_back({p.at("name"), p.at("zh"), p.at("en"), p.at("value"), p.at("unit"),
                                  *Date::parse(p.at("from").get<std::string>()), p.at("authority"),
                                  p.at("assumed")});
    for (const auto& row : read.at("rows")) out.rows.emplace_back(row.get<std::int64_t>());
    return out;
} catch (const json::exception&) {
    return corrupt("screening.damaged_evidence");
}

}  // namespace ballast::screening
