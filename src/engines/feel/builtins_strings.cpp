#include <clocale>
#include <cwctype>

#include "base/text.h"
#include "feel/builtins.h"
#include "feel/interpreter.h"
#include "feel/regular_expression.h"

namespace ballast::feel {

namespace {

Value length(In in) { return static_cast<std::int64_t>(text::length(in.string(0))); }

Value substring(In in) {
    const auto points = text::code_points(in.string(0));
    const auto size = static_cast<std::int64_t>(points.size());
    const auto whole = [&](std::size_t i) {
        return in.number(i).rounded(0, Rounding::down).value_or(Number(0)).integer();
    };
    auto from = whole(1).value_or(0);
    if (from < 0 && from >= -size) from = size + from + 1;
    if (from < 1 || from > size)
        return in.refuse("feel.no_position",
                         {{"position", in.number(1).text()}, {"size", std::to_string(size)}});
    auto count = size - from + 1;
    if (in.has(2)) {
        count = std::min(count, whole(2).value_or(size));
        if (count < 1)
            return in.refuse("feel.no_position",
                             {{"position", in.number(2).text()}, {"size", std::to_string(size)}});
    }
    return text::utf8(std::u32string_view(points).substr(static_cast<std::size_t>(from - 1),
                                                         static_cast<std::size_t>(count)));
}

/// Letters of all scripts, one for one.
Value with_case(In in, wint_t (*change)(wint_t, locale_t)) {
    static const locale_t unicode = newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
    auto points = text::code_points(in.string(0));
    for (char32_t& point : points) point = static_cast<char32_t>(change(static_cast<wint_t>(point), unicode));
    return text::utf8(points);
}

Value before(In in) {
    const auto at = in.string(0).find(in.string(1));
    return at == std::string::npos ? std::string() : in.string(0).substr(0, at);
}
Value after(In in) {
    const auto at = in.string(0).find(in.string(1));
    return at == std::string::npos ? std::string() : in.string(0).substr(at + in.string(1).size());
}

/// What can go wrong with a pattern, as the cause.
template <class T>
Value or_bad_pattern(In in, const Result<T>& result) {
    if (result) return *result;
    return in.refuse(result.error().id, result.error().args);
}

Result<RegularExpression> pattern_of(In in, std::size_t flags) {
    return RegularExpression::compile(in.string(1), in.has(flags) ? in.string(flags) : "");
}

Value matches(In in) {
    const auto pattern = pattern_of(in, 2);
    if (!pattern) return or_bad_pattern<bool>(in, pattern.error());
    return or_bad_pattern(in, pattern->matches(in.string(0)));
}
Value replaced(In in) {
    const auto pattern = pattern_of(in, 3);
    if (!pattern) return or_bad_pattern<bool>(in, pattern.error());
    return or_bad_pattern(in, pattern->replace(in.string(0), in.string(2), longest_string));
}
Value split(In in) {
    const auto pattern = pattern_of(in, 2);
    if (!pattern) return or_bad_pattern<bool>(in, pattern.error());
    const auto parts = pattern->split(in.string(0), most_items);
    if (!parts) return or_bad_pattern<bool>(in, parts.error());
    return List(parts->begin(), parts->end());
}

Value joined_strings(In in) {
    std::string out;
    bool first = true;
    for (const Value& item : in.list(0)) {
        if (item.is_null()) continue;
        if (!item.string()) return in.refuse("feel.mixed_list");
        if (!first && in.has(1)) out += in.string(1);
        first = false;
        out += *item.string();
        if (out.size() > longest_string) return in.refuse("feel.too_large");
    }
    return out;
}

}  // namespace

std::vector<Builtin> string_builtins() {
    return {
        {"string length", {"string: string"}, length},
        {"substring", {"string: string, start position: number, length?: number"}, substring},
        {"upper case", {"string: string"}, [](In in) { return with_case(in, towupper_l); }},
        {"lower case", {"string: string"}, [](In in) { return with_case(in, towlower_l); }},
        {"substring before", {"string: string, match: string"}, before},
        {"substring after", {"string: string, match: string"}, after},
        {"contains",
         {"string: string, match: string"},
         [](In in) { return Value(in.string(0).find(in.string(1)) != std::string::npos); }},
        {"starts with",
         {"string: string, match: string"},
         [](In in) { return Value(in.string(0).starts_with(in.string(1))); }},
        {"ends with",
         {"string: string, match: string"},
         [](In in) { return Value(in.string(0).ends_with(in.string(1))); }},
        {"matches", {"input: string, pattern: string, flags?: string"}, matches},
        {"replace", {"input: string, pattern: string, replacement: string, flags?: string"}, replaced},
        {"split", {"string: string, delimiter: string, flags?: string"}, split},
        {"string join", {"list: list, delimiter?: string"}, joined_strings},
    };
}

}  // namespace ballast::feel
