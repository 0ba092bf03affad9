#include "dmn/service.h"

namespace ballast::dmn {

feel::Value ServiceBody::evaluate(feel::Evaluation& e) const {
    std::vector<feel::Value> slots(e.globals.size());
    for (auto i = static_cast<std::size_t>(first_knowledge); i < slots.size(); ++i) slots[i] = e.globals[i];
    // The arguments are the last locals: a function's body sees nothing else of its caller.
    for (std::size_t i = 0; i < parameters.size(); ++i)
        slots[static_cast<std::size_t>(parameters[i])] = e.locals[e.locals.size() - parameters.size() + i];
    feel::Evaluation inside{slots, e.environment};
    inside.depth = e.depth;
    inside.turns = e.turns;
    for (const Step& step : steps)
        slots[static_cast<std::size_t>(step.slot)] = feel::evaluate(*step.logic, inside);
    e.turns = inside.turns;
    if (outputs.size() == 1) return slots[static_cast<std::size_t>(outputs[0].second)];
    feel::Context out;
    for (const auto& [name, slot] : outputs) out.emplace_back(name, slots[static_cast<std::size_t>(slot)]);
    return out;
}

}  // namespace ballast::dmn
