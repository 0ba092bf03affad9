#include "casework/leak.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.h"

namespace ballast::casework {

namespace {
constexpr std::array<std::string_view, 8> telling{"病", "残", "癌", "HIV", "AIDS", "艾滋", "精神", "低保"};
constexpr std::size_t shortest_number = 11;  // a mobile phone; documents and cards are longer
}  // namespace

bool leaks(std::string_view written) {
    const std::string plain = text::half_width(written);
    if (std::ranges::any_of(telling, [&](std::string_view word) { return plain.find(word) != plain.npos; }))
        return true;
    // Digits in groups are the same number: 138 1234 5678.
    std::size_t run = 0;
    for (const char c : plain) {
        if (c >= '0' && c <= '9') {
            if (++run >= shortest_number) return true;
        } else if (c != ' ' && c != '*') {
            run = 0;
        }
    }
    return false;
}

}  // namespace ballast::casework
