/// Whether a model came through another program unharmed: what an editor wrote, held against what it was given.
///
/// Two models mean the same when every element has the same kind, attributes, text and children. What the standard
/// leaves to the writer does not count: prefixes, the version of the namespace (1.3 to 1.5 differ in what they
/// allow, not in what they mean), blank space between elements, the order of children of different kinds, an
/// attribute that says its default, and the drawing (DMNDI). Comments count: somebody wrote them for whoever comes next.
///
/// Pure; from any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace ballast::dmn {

enum class Compared : std::uint8_t {
    all,
    outside_tables,  // what an editor of decision tables has no business with; tables may differ
};

/// Errors: those of parsing (model.h) for either text; otherwise the first difference, invalid, with "file",
/// "line" (of `before`), "element" and "place" (the way there: `decision "R01" / decisionTable / rule 3`):
///   "dmn.lost"     {what}           an element, an attribute or a comment of `before` is gone
///   "dmn.added"    {what}           one that `before` has not
///   "dmn.altered"  {what, was, is}  a text or the value of an attribute
Result<void> same_meaning(std::string before, std::string after, std::string file,
                          Compared compared = Compared::all);

/// `edited` with the namespaces of the version of DMN that `original` is written in: an editor that knows 1.3
/// alone is given 1.3, and what it writes becomes again what it was. Only the root's own declarations change.
std::string with_namespaces_of(std::string_view original, std::string edited);

/// `model` as an editor of DMN 1.3 is given it.
std::string as_dmn_13(std::string model);

}  // namespace ballast::dmn
