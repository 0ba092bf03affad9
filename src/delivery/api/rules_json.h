/// Rule sets, what-if and back-test as the API shows them. Heavy, as json.h is.
#pragma once

#include "api/json.h"
#include "packs/packs.h"
#include "rules/versions.h"

namespace ballast::api {

/// As #/components/schemas/RuleSetHead.
Json set_head(const Call& call, const packs::Pack& pack);
/// As #/components/schemas/RuleSet.
Result<Json> set_json(const Call& call, const packs::Pack& pack);
/// Its rules, parameters and tables; what is in force is that of the area on the day.
Result<Json> contents_json(const Call& call, const packs::Pack& pack, AreaCode area, Date on);
/// As #/components/schemas/RuleDifferences; null where both are the same.
Result<Json> differences_json(const Call& call, const packs::Pack& before, const packs::Pack& pack);
/// Each with its sentence, and its file where it has one.
Json findings_json(const Call& call, std::span<const Error> findings);

/// As #/components/schemas/WhatIf; `asked` as #/components/schemas/WhatIfOrder. Only of the rule set that is
/// asked of every household: invalid "rules.not_of_the_register".
Result<Json> what_if_json(Call& call, const packs::Pack& pack, const Json& asked);
/// A page of the households behind one of its numbers, with the rules that mean them.
Result<Json> what_if_lines(Call& call, const packs::Pack& pack, const Json& asked);

/// As #/components/schemas/BackTest.
Result<Json> back_test_json(Call& call, const packs::Pack& pack, const Json& asked);
Result<Json> back_test_lines(Call& call, const packs::Pack& pack, const Json& asked);

}  // namespace ballast::api
