#include "api/comparison.h"

#include <algorithm>
#include <set>

#include "casework/consent.h"
#include "feeds/feeds.h"
#include "screening/comparison.h"

namespace ballast::api {
namespace {

using casework::CaseFile;
using casework::ConsentProof;

/// Who and what is asked about; nothing when the authorisation does not cover it.
std::optional<screening::ComparisonOrder> order_of(const Call& call, const CaseFile& file, const Json& form) {
    const auto proof = ConsentProof::of(file.now, call.today());
    if (!proof) return {};
    screening::ComparisonOrder order;
    order.county = file.now.village.at(AreaLevel::county);
    order.day = call.today();
    order.members = std::max<std::int64_t>(1, std::ssize(file.around.members));
    for (const auto& item : form.value("items", Json::array())) {
        if (!item.is_string() || !proof->allows(item.get<std::string>())) return {};
        order.items.push_back(item);
    }
    std::set<std::int64_t> wanted;
    for (const auto& person : form.value("persons", Json::array())) {
        if (!person.is_number_integer()) return {};
        wanted.insert(person.get<std::int64_t>());
    }
    for (const auto& one : proof->persons()) {
        if (one.person == 0) {  // outside: has signed in person for just this
            const auto id = CitizenId::parse(one.id_number, call.today());
            order.persons.push_back({{}, one.name, id ? std::optional(id->id) : std::nullopt});
        } else if (wanted.erase(one.person) > 0) {
            order.persons.push_back({registry::PersonId(one.person), "", {}});
        }
    }
    if (!wanted.empty()) return {};
    return order;
}

/// In Chinese, as all that a case keeps.
std::string summary_of(const screening::NegativeHit& hit) {
    std::string facts;
    for (const auto& fact : hit.facts) {
        if (fact.kind == "boolean") continue;
        facts += (facts.empty() ? "：" : "，") + fact.title_zh + " " +
                 (fact.kind == "money" ? Money::fen(std::stoll(fact.value)).formatted() : fact.value);
    }
    return hit.title_zh + facts;
}

std::string source_of(const screening::NegativeHit& hit, const screening::Compared& found) {
    for (const auto& row : found.rows)
        if (std::ranges::find(hit.rows, row.row) != hit.rows.end())
            if (const auto agreed = feeds::contract(row.feed)) return (*agreed)->department_zh;
    return "";
}

bool typed_already(const Json& hits, const Json& hit) {
    return std::ranges::any_of(hits, [&](const Json& one) {
        return one.is_object() && one.value("rule", Json()) == hit["rule"] &&
               one.value("person", Json(nullptr)) == hit["person"];
    });
}

}  // namespace

Result<Json> with_findings(Call& call, const casework::Rulebook& rules, casework::CaseId id, Json form) {
    TRY(auth::require(call.actor(), Right::cases_compare));
    return call.database().read([&](db::Tx& tx) -> Result<Json> {
        const auto file = TRY(casework::case_file(tx, call.vault(), call.actor(), rules, id, call.today()));
        const auto order = order_of(call, file, form);
        if (!order || order->persons.empty() || order->items.empty()) return std::move(form);
        const auto negative = TRY(screening::NegativeRules::load(order->county, call.today(),
                                                                 call.packs()));
        const auto found = TRY(screening::compare(tx, call.vault(), negative, *order));
        if (!form.contains("hits") || !form["hits"].is_array()) form["hits"] = Json::array();
        for (const auto& hit : found.hits) {
            Json rows = Json::array();
            for (const auto row : hit.rows) rows.push_back(row.number());
            const auto person = hit.person ? order->persons.at(*hit.person).person : registry::PersonId{};
            const Json json{{"rule", hit.rule},
                            {"severity", screening::name_of(hit.severity)},
                            {"person", person ? Json(person.number()) : Json(nullptr)},
                            {"summary", summary_of(hit)},
                            {"source", source_of(hit, found)},
                            {"rows", rows}};
            if (!typed_already(form["hits"], json)) form["hits"].push_back(json);
        }
        return std::move(form);
    });
}

}  // namespace ballast::api
