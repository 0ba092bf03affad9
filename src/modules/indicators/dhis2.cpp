// dataValueSets of DHIS2, in and out.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "indicators/exchange.h"

namespace ballast::indicators {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view whole = "default";

std::string text_of(const Json& object, const char* name, std::string otherwise = {}) {
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : otherwise;
}

/// The form that asks for a figure.
const Form* form_with(const Catalogue& catalogue, std::string_view figure) {
    for (const auto& form : catalogue.forms)
        if (std::ranges::find(form.figures, figure) != form.figures.end()) return &form;
    return nullptr;
}

/// One data value as an entry; what it leaves out comes from the set.
Result<Entry> entry_of(const Desk& desk, const Json& value, const Json& set) {
    Entry out;
    out.figure = text_of(value, "dataElement");
    out.origin = "sent";
    const auto* figure = TRY(figure_of(desk, out.figure));
    out.form = form_with(desk.catalogue, out.figure);
    if (!out.form) return not_found("indicators.not_on_form").with("figure", out.figure).with("form", "");
    out.term = TRY(term_of(figure->term, TRY(Term::parse(text_of(value, "period", text_of(set, "period")))).text())).text();
    out.area = TRY(AreaCode::parse(text_of(value, "orgUnit", text_of(set, "orgUnit"))));
    const auto combination = text_of(value, "categoryOptionCombo", std::string(whole));
    // The identifier of the default combination is the same in every DHIS2.
    out.part = combination == whole || combination == "HllvX50cXC0" ? "" : combination;
    const auto deleted = value.find("deleted");
    if (deleted != value.end() && deleted->is_boolean() && deleted->get<bool>()) return out;
    const auto found = value.find("value");
    if (found == value.end()) return invalid("indicators.bad_value_set").with("expected", "dataValues[].value");
    out.value = found->is_string() ? found->get<std::string>() : found->dump();
    return out;
}

std::string object_of(const Json& value, std::size_t n) {
    return fmt::format("dataValues[{}] {} {}", n, text_of(value, "dataElement"), text_of(value, "orgUnit"));
}

}  // namespace

Result<std::string> data_value_set(db::Tx& tx, const Desk& desk, const Form& form, const Term& term, AreaCode area) {
    Json values = Json::array();
    for (const auto& cell : TRY(cells(tx, desk, form, term, area))) {
        if (cell.value == absent) continue;
        values.push_back({{"dataElement", cell.figure},
                          {"period", term.dhis2()},
                          {"orgUnit", cell.area.digits()},
                          {"categoryOptionCombo", cell.part.empty() ? std::string(whole) : cell.part},
                          {"value", written(desk.catalogue.figure(cell.figure)->measure, cell.value)},
                          {"storedBy", cell.account},
                          {"lastUpdated", iso_instant(cell.at)}});
    }
    return Json{{"dataSet", form.name}, {"period", term.dhis2()}, {"orgUnit", area.digits()}, {"dataValues", values}}.dump();
}

Result<ImportSummary> take_value_set(db::Tx& tx, const Desk& desk, std::string_view json, bool dry) {
    const Json set = Json::parse(json, nullptr, false);
    if (!set.is_object() || !set.contains("dataValues") || !set["dataValues"].is_array())
        return invalid("indicators.bad_value_set").with("expected", "{\"dataValues\": [...]}");
    ImportSummary out;
    const auto changes = TRY(successions(tx));
    std::vector<Entry> entries;
    const auto& values = set["dataValues"];
    for (std::size_t n = 0; n < values.size(); ++n) {
        auto entry = entry_of(desk, values[n], set);
        if (!entry) {
            out.conflicts.push_back({object_of(values[n], n), std::move(entry).error()});
            continue;
        }
        auto fine = would_enter(tx, desk, changes, *entry);
        if (!fine) out.conflicts.push_back({object_of(values[n], n), std::move(fine).error()});
        entries.push_back(*std::move(entry));
    }
    if (!out.conflicts.empty()) {
        out.ignored = std::ssize(values);
        return out;
    }
    for (const auto& entry : entries) {
        const auto there = TRY(tx.number("SELECT COUNT(*) FROM indicators_value WHERE figure = ? AND part = ? AND term = ? AND "
                                         "area_code = ? AND value IS NOT NULL",
                                         {entry.figure, entry.part, entry.term, entry.area}));
        ++(entry.value.empty() ? out.deleted : there ? out.updated : out.imported);
    }
    if (!dry) TRY(enter_all(tx, desk, entries));
    return out;
}

}  // namespace ballast::indicators
