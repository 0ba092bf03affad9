// A model from a stranger: it is refused, or each of its decisions says something about a household of which
// nothing is known, and about one whose every fact is a number.
#include <cstdint>
#include <string_view>

#include "dmn/model.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace ballast;
    const std::string_view xml(reinterpret_cast<const char*>(bytes), size);
    const auto model = dmn::Model::load(xml, "fuzz.dmn");
    if (!model) return 0;
    const feel::Environment today{*Date::from(2026, 11, 23)};
    for (const auto& fact : {feel::Value(), feel::Value(7)}) {
        const std::vector<feel::Value> facts(model->inputs().size(), fact);
        for (std::size_t i = 0; i < model->decisions().size(); ++i) {
            model->evaluate(i, facts, today).value.text();
            model->explain(i, facts, today);
        }
    }
    return 0;
}
