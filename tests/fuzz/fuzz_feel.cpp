// An expression, and a cell, from a stranger: refused with a place, or a value (null with its cause).
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "feel/expression.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace ballast::feel;
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    static const Scope scope = [] {
        Scope out;
        for (const char* name : {"a", "年度累计自付", "Monthly Salary"}) out.declare(name);
        return out;
    }();
    static const Environment today{*ballast::Date::from(2026, 11, 23)};
    static const std::vector<Value> slots{7, "text", List{1, 2, Value()}};
    if (const auto expression = Expression::compile(text, scope, "fuzz")) {
        const Value value = expression->evaluate(slots, today);
        if (value.is_null() && !value.null()->cause) std::abort();  // a silent null
        value.text();
    }
    if (const auto tests = Expression::compile_tests(text, scope, "fuzz")) tests->test(3, slots, today);
    return 0;
}
