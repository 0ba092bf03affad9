/// A pack checked whole before it is used: it reads, its parameters have no gaps in their dates, its tables
/// fit its facts and parameters and have no faults of their own, every rule has words and cases, and every
/// case comes out as it says.
///
/// What is found are errors with sentences, each with "file" and "line" (of a whole file: 1): those of
/// packs.h and dmn/model.h, and
///   "pack_check.date_gap"       "key" has no value from "from" to "to" in "area"
///   "pack_check.unknown_input"  a table asks for "name", which is neither fact nor parameter
///   "pack_check.input_type"     the table takes "name" for "found", the pack says "expected"
///   "pack_check.unused_fact"    no table asks for "name"
///   "pack_check.gap", ".overlap", ".never_matches", ".hidden", ".unreachable"
///                               faults of a table, as in dmn/table_checks.h: "table", "rule", "other",
///                               "column", "value", "example"
///   "pack_check.unknown_rule", "pack_check.unknown_clearing"
///                               a table puts out "name", for which rules.toml has no words
///   "pack_check.rule_without_row"  no table puts out the rule "name"
///   "pack_check.no_cases"       the "kind" cases of the rule "name" are not there; kind "ordinary": the
///                               household from which cases differ
///   "pack_check.bad_case"       "key" is absent or of the wrong kind
///   "pack_check.case_differs"   the case "case" expects "expected", the tables say "found"
///   "pack_check.good_case_silent", "pack_check.bad_case_warns"
///                               the case "case" of the rule "key" shows the contrary of what its folder says
#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "packs/packs.h"

namespace ballast::pack_check {

struct Report {
    std::vector<Error> findings;
    std::size_t parameters = 0, tables = 0, rules = 0, cases = 0;
    std::size_t not_judged = 0;  // rules with a cell that the checks of tables cannot judge
};

/// `files`: the whole pack, its cases as "cases/good/R01.toml". `also`: where a parameter is looked up that
/// the pack lacks, as comparison does with pack "screening"; may be nullptr.
Report check(std::string_view name, const std::vector<packs::File>& files, const packs::Pack* also);
/// The folder is the pack's own; beside it, or inside the program, is "screening".
Report check(const std::filesystem::path& folder);

}  // namespace ballast::pack_check
