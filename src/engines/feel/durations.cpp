// Durations: ISO 8601 texts and back.
#include <array>

#include "feel/temporal.h"

namespace ballast::feel {

namespace {

/// One number with its letter from the front of `text`; `fraction` gets nine digits after a point.
struct Part {
    std::int64_t count = 0;
    std::int64_t fraction = 0;
    bool has_fraction = false;
    char letter = 0;
};
std::optional<Part> take(std::string_view& text) {
    Part out;
    std::size_t i = 0;
    for (; i < text.size() && text[i] >= '0' && text[i] <= '9'; ++i)
        out.count = out.count * 10 + (text[i] - '0');
    if (i == 0 || i > 17) return std::nullopt;
    if (i < text.size() && text[i] == '.') {
        out.has_fraction = true;
        std::int64_t unit = 100'000'000;
        for (++i; i < text.size() && text[i] >= '0' && text[i] <= '9'; ++i, unit /= 10)
            out.fraction += (text[i] - '0') * unit;
    }
    if (i >= text.size()) return std::nullopt;
    out.letter = text[i];
    text.remove_prefix(i + 1);
    return out;
}

bool take_sign(std::string_view& text) {
    const bool negative = !text.empty() && text.front() == '-';
    if (negative) text.remove_prefix(1);
    return negative;
}

/// The parts in the order of `letters`, each at most once.
template <class Use>
bool read(std::string_view& text, std::string_view letters, Use use) {
    std::size_t next = 0;
    while (!text.empty() && text.front() != 'T') {
        const auto part = take(text);
        if (!part) return false;
        const auto at = letters.find(part->letter, next);
        if (at == std::string_view::npos || (part->has_fraction && part->letter != 'S')) return false;
        next = at + 1;
        use(*part);
    }
    return true;
}

std::string text_of(Nanoseconds n) {
    if (n == 0) return "0";
    std::string out;
    for (; n > 0; n /= 10) out.insert(out.begin(), static_cast<char>('0' + static_cast<int>(n % 10)));
    return out;
}

}  // namespace

std::optional<Months> Months::of(Nanoseconds count) {
    if (count < -most_months || count > most_months) return std::nullopt;
    return Months{static_cast<std::int64_t>(count)};
}

std::optional<Span> Span::of(Nanoseconds nanoseconds) {
    if (nanoseconds < -longest_span || nanoseconds > longest_span) return std::nullopt;
    return Span{nanoseconds};
}

std::optional<Months> Months::parse(std::string_view text) {
    const bool negative = take_sign(text);
    if (text.size() < 3 || text.front() != 'P') return std::nullopt;
    text.remove_prefix(1);
    Nanoseconds months = 0;
    if (!read(text, "YM",
              [&](const Part& part) { months += Nanoseconds{part.count} * (part.letter == 'Y' ? 12 : 1); }) ||
        !text.empty())
        return std::nullopt;
    return of(negative ? -months : months);
}

std::string Months::iso() const {
    const auto all = count < 0 ? -count : count;
    std::string out = count < 0 ? "-P" : "P";
    if (all / 12) out += std::to_string(all / 12) + "Y";
    if (all % 12 || all == 0) out += std::to_string(all % 12) + "M";
    return out;
}

std::optional<Span> Span::parse(std::string_view text) {
    const bool negative = take_sign(text);
    if (text.size() < 3 || text.front() != 'P') return std::nullopt;
    text.remove_prefix(1);
    Nanoseconds all = 0;
    const auto add = [&](const Part& part) {
        const std::int64_t seconds = part.letter == 'D'   ? 86'400
                                     : part.letter == 'H' ? 3600
                                     : part.letter == 'M' ? 60
                                                          : 1;
        all += Nanoseconds{part.count} * seconds * per_second + part.fraction;
    };
    if (!read(text, "D", add)) return std::nullopt;
    if (!text.empty()) {
        text.remove_prefix(1);
        if (text.empty() || !read(text, "HMS", add) || !text.empty()) return std::nullopt;
    }
    return of(negative ? -all : all);
}

std::string Span::iso() const {
    std::string out = nanoseconds < 0 ? "-P" : "P";
    const Nanoseconds all = nanoseconds < 0 ? -nanoseconds : nanoseconds;
    const Nanoseconds seconds = all / per_second;
    if (seconds / 86'400) out += text_of(seconds / 86'400) + "D";
    std::string time;
    if (seconds / 3600 % 24) time += text_of(seconds / 3600 % 24) + "H";
    if (seconds / 60 % 60) time += text_of(seconds / 60 % 60) + "M";
    const auto fraction = all % per_second;
    if (seconds % 60 || fraction) {
        time += text_of(seconds % 60);
        if (fraction) {
            std::string places = text_of(fraction);
            places.insert(0, 9 - places.size(), '0');
            while (places.back() == '0') places.pop_back();
            time += "." + places;
        }
        time += "S";
    }
    if (!time.empty()) return out + "T" + time;
    return all == 0 ? "PT0S" : out;
}

}  // namespace ballast::feel
