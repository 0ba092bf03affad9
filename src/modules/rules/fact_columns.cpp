#include "rules/fact_columns.h"

#include <utility>

namespace ballast::rules {

dmn::Column column_of(const packs::Fact& fact) {
    dmn::Column out;
    switch (fact.kind) {
        case packs::FactKind::boolean:
            out.kind = feel::Kind::boolean;
            break;
        case packs::FactKind::money:
            out.kind = feel::Kind::number;
            out.scale = 2;
            break;
        case packs::FactKind::count:
            out.kind = feel::Kind::number;
            break;
        case packs::FactKind::text:
            out.kind = feel::Kind::string;
            break;
    }
    return out;
}

std::int64_t FactColumn::written(const screening::FactValue& value) {
    if (const auto* truth = std::get_if<bool>(&value)) return *truth ? 1 : 0;
    if (const auto* count = std::get_if<std::int64_t>(&value)) return *count;
    if (const auto* amount = std::get_if<Money>(&value)) return amount->fen();
    const auto& text = std::get<std::string>(value);
    const auto [place, is_new] = places_.try_emplace(text, static_cast<std::int64_t>(column_.texts.size()));
    if (is_new) column_.texts.push_back(text);
    return place->second;
}

void FactColumn::add(const screening::Facts& facts) {
    const auto fact = facts.find(name_);
    column_.absent.push_back(fact == facts.end());
    column_.values.push_back(fact == facts.end() ? 0 : written(fact->second.value));
}

dmn::Column FactColumn::take() {
    dmn::Column out = std::move(column_);
    out.shrink();
    column_ = {.kind = out.kind, .scale = out.scale};
    places_.clear();
    return out;
}

}  // namespace ballast::rules
