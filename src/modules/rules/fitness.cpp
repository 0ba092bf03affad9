#include "rules/fitness.h"

#include "casework/clock.h"
#include "pack_check/pack_check.h"
#include "rules/rule_columns.h"
#include "screening/comparison.h"

namespace ballast::rules {

namespace {

/// Every number that the program's own pack has there, with its unit.
void ask_for_parameters(const packs::Pack& pack, const packs::Pack& shipped, AreaCode area, Date day,
                        std::vector<Error>& out) {
    for (const auto& asked : shipped.parameters) {
        const auto* found = pack.parameter(asked.name);
        if (!found) {
            out.push_back(invalid("rules.parameter_missing").with("name", asked.name));
            continue;
        }
        if (found->unit != asked.unit)
            out.push_back(invalid("rules.parameter_unit")
                              .with("name", asked.name)
                              .with("expected", std::string(packs::name_of(asked.unit))));
        if (!shipped.bind(asked.name, day, area)) continue;
        if (auto bound = pack.bind(asked.name, day, area); !bound) out.push_back(std::move(bound).error());
    }
}

template <class T>
void ask(Result<T> made, std::vector<Error>& out) {
    if (!made) out.push_back(std::move(made).error());
}

/// Made as a run would make it.
void try_out(const packs::Pack& pack, const packs::Pack& screening, AreaCode area, Date day,
             std::vector<Error>& out) {
    if (pack.name == "screening") {
        ask(screening::Rules::of(pack, area, day), out);
        ask(RuleColumns::of(pack, area, day), out);
    } else if (pack.name == "negative") {
        ask(screening::NegativeRules::of(pack, screening, area, day), out);
    } else if (pack.name == "casework") {
        ask(casework::Terms::in_force(pack, area, day), out);
    }
}

}  // namespace

std::vector<Error> unfit(std::string_view name, const std::vector<packs::File>& files,
                         const packs::Store& packs, AreaCode area, Date day) {
    const auto screening = packs.load("screening", area, day);
    if (!screening) return {screening.error()};
    auto out = pack_check::check(name, files, name == "screening" ? nullptr : screening->get()).findings;
    const auto pack = packs::read(name, packs::top_level(files));
    const auto shipped = packs::load(name);
    if (!pack || !shipped) return out;  // said already
    ask_for_parameters(*pack, *shipped, area, day, out);
    if (out.empty()) try_out(*pack, **screening, area, day, out);
    return out;
}

}  // namespace ballast::rules
