#include "dmn/model.h"

namespace ballast::dmn {

namespace {

template <class Elements>
std::optional<std::size_t> find(const Elements& elements, std::string_view name_or_id) {
    for (std::size_t i = 0; i < elements.size(); ++i)
        if (elements[i].name == name_or_id) return i;
    for (std::size_t i = 0; i < elements.size(); ++i)
        if (elements[i].id == name_or_id) return i;
    return std::nullopt;
}

}  // namespace

std::optional<std::size_t> Model::input(std::string_view name_or_id) const {
    return find(inputs_, name_or_id);
}
std::optional<std::size_t> Model::decision(std::string_view name_or_id) const {
    return find(decisions_, name_or_id);
}

std::vector<feel::Value> Model::prepared(std::size_t decision, std::span<const feel::Value> facts,
                                         const feel::Environment& environment) const {
    INVARIANT(decision < decisions_.size() && facts.size() == inputs_.size());
    std::vector<feel::Value> slots(inputs_.size() + decisions_.size() + knowledge_.size());
    feel::Evaluation e{slots, environment};
    for (const std::size_t i : decisions_[decision].inputs) {
        const InputData& input = inputs_[i];
        const feel::Value& fact = facts[i];
        if (!fact.is_null() && input.kind.known && fact.kind() != input.kind.kind) {
            slots[i] = feel::null_because("dmn.wrong_kind",
                                          {{"name", input.label},
                                           {"expected", std::string(name_of(input.kind.kind))},
                                           {"found", std::string(name_of(fact.kind()))}},
                                          {}, file_);
            continue;
        }
        slots[i] = fact;
        if (input.allowed && !fact.is_null()) {
            e.locals.assign(1, fact);
            if (!feel::evaluate(*input.allowed, e).is_true())
                slots[i] = feel::null_because("dmn.value_not_allowed", {{"name", input.label}}, {}, file_);
        }
    }
    e.locals.clear();
    const auto first_knowledge = inputs_.size() + decisions_.size();
    for (std::size_t i = 0; i < knowledge_.size(); ++i)
        slots[first_knowledge + i] = feel::evaluate(*knowledge_[i], e);
    for (const std::size_t needed : decisions_[decision].needs)
        slots[inputs_.size() + needed] = feel::evaluate(*decisions_[needed].logic, e);
    return slots;
}

Outcome Model::evaluate(std::size_t decision, std::span<const feel::Value> facts,
                        const feel::Environment& environment) const {
    const auto slots = prepared(decision, facts, environment);
    feel::Evaluation e{slots, environment};
    const Decision& wanted = decisions_[decision];
    if (wanted.table) return wanted.table->decide(e);
    return {feel::evaluate(*wanted.logic, e), {}};
}

std::vector<RuleExplanation> Model::explain(std::size_t decision, std::span<const feel::Value> facts,
                                            const feel::Environment& environment) const {
    const Decision& wanted = decisions_.at(decision);
    if (!wanted.table) return {};
    const auto slots = prepared(decision, facts, environment);
    feel::Evaluation e{slots, environment};
    return wanted.table->explain(e);
}

}  // namespace ballast::dmn
