/// TOML as people write it: the one door to toml++.
///
/// Every source that reads TOML includes this header and never the library, whose two switches must be alike in
/// all of the program:
///   - without exceptions its types differ from those with them, under the same names to the linker's eye; both in
///     one program crash when a file has a fault;
///   - its assertions are off. It asserts that a name follows "[" where it has not looked, so that a file with
///     `[标题]` or `[+]` ended the process; without the assertion the same function refuses the file and says where
///     (toml++ 3.3, parser.inl, parse_key).
#pragma once

#define TOML_EXCEPTIONS 0
#define TOML_ASSERT(expr) static_cast<void>(0)
#include <toml++/toml.h>

#include <string>
#include <string_view>

#include "base/result.h"

namespace ballast {

/// The file as a table. `file` is how people know it, as "environment/programme.toml".
/// Errors: invalid "packs.malformed" {file, line, key ""}, the library's sentence as detail.
inline Result<toml::table> toml_table(std::string_view text, std::string_view file) {
    auto parsed = toml::parse(text, file);
    if (parsed) return std::move(parsed).table();
    return invalid("packs.malformed", std::string(parsed.error().description()))
        .with("file", std::string(file))
        .with("line", std::to_string(parsed.error().source().begin.line))
        .with("key", "");
}

}  // namespace ballast
