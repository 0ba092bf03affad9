#include "dmn/model.h"

#include <algorithm>

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

std::optional<std::size_t> Model::service(std::string_view name_or_id) const {
    return find(services_, name_or_id);
}

feel::Value Model::fact(const InputData& input, const feel::Value& given,
                        const feel::Environment& environment) const {
    if (given.is_null() || !input.shape) return given;
    auto fitting = feel::fitted(given, *input.shape, environment);
    if (!fitting.is_null()) return fitting;
    if (feel::is_instance(given, *input.shape, environment))
        return feel::null_because("dmn.value_not_allowed", {{"name", input.label}}, {}, file_);
    return feel::null_because("dmn.wrong_kind",
                              {{"name", input.label},
                               {"expected", input.shape->name},
                               {"found", std::string(name_of(given.kind()))}},
                              {}, file_);
}

std::vector<feel::Value> Model::prepared(std::size_t decision, std::span<const feel::Value> facts,
                                         const feel::Environment& environment,
                                         std::span<const Given> given) const {
    INVARIANT(decision < decisions_.size() && facts.size() == inputs_.size());
    std::vector<feel::Value> slots(inputs_.size() + decisions_.size() + knowledge_.size());
    feel::Evaluation e{slots, environment};
    for (const std::size_t i : decisions_[decision].inputs)
        slots[i] = fact(inputs_[i], facts[i], environment);
    const auto first_knowledge = inputs_.size() + decisions_.size();
    for (std::size_t i = 0; i < knowledge_.size(); ++i)
        slots[first_knowledge + i] = feel::evaluate(*knowledge_[i], e);
    for (const std::size_t needed : decisions_[decision].needs) {
        feel::Value& slot = slots[inputs_.size() + needed];
        const auto known =
            std::find_if(given.begin(), given.end(), [&](const Given& g) { return g.decision == needed; });
        slot = known != given.end() ? known->value : feel::evaluate(*decisions_[needed].logic, e);
        if (const auto& shape = decisions_[needed].shape)
            slot = feel::fitted(slot, *shape, environment, {}, decisions_[needed].label);
    }
    return slots;
}

Outcome Model::evaluate(std::size_t decision, std::span<const feel::Value> facts,
                        const feel::Environment& environment, std::span<const Given> given) const {
    const auto slots = prepared(decision, facts, environment, given);
    feel::Evaluation e{slots, environment};
    const Decision& wanted = decisions_[decision];
    Outcome out;
    if (wanted.table)
        out = wanted.table->decide(e);
    else
        out.value = feel::evaluate(*wanted.logic, e);
    if (wanted.shape) out.value = feel::fitted(out.value, *wanted.shape, environment, {}, wanted.label);
    return out;
}

feel::Value Model::invoke(std::size_t service, std::span<const feel::Value> arguments,
                          const feel::Environment& environment) const {
    INVARIANT(service < services_.size());
    std::vector<feel::Value> slots(inputs_.size() + decisions_.size() + knowledge_.size());
    feel::Evaluation e{slots, environment};
    const auto first_knowledge = inputs_.size() + decisions_.size();
    for (std::size_t i = 0; i < knowledge_.size(); ++i)
        slots[first_knowledge + i] = feel::evaluate(*knowledge_[i], e);
    const auto place = services_[service].knowledge;
    const feel::Value called = slots[first_knowledge + place];
    return feel::call(*called.function(), arguments, e, *knowledge_[place]);
}

std::vector<RuleExplanation> Model::explain(std::size_t decision, std::span<const feel::Value> facts,
                                            const feel::Environment& environment) const {
    const Decision& wanted = decisions_.at(decision);
    if (!wanted.table) return {};
    const auto slots = prepared(decision, facts, environment, {});
    feel::Evaluation e{slots, environment};
    return wanted.table->explain(e);
}

}  // namespace ballast::dmn
