/// A decision service (DMN 1.5, 6.2.5): some decisions as one function of the inputs and decisions they
/// start from. What lies outside of it does not reach in.
#pragma once

#include <string>
#include <vector>

#include "feel/ast.h"

namespace ballast::dmn {

class ServiceBody final : public feel::Extension {
public:
    struct Step {
        int slot;  // where its value stands
        feel::NodePtr logic;
    };
    std::vector<int> parameters;                       // slots, in the order of the arguments
    std::vector<Step> steps;                           // in the order in which to evaluate them
    std::vector<std::pair<std::string, int>> outputs;  // one is the value, several make a context
    int first_knowledge = 0;                           // slots from here on hold functions and are kept

    feel::Value evaluate(feel::Evaluation& evaluation) const override;
};

}  // namespace ballast::dmn
