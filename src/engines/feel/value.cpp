#include "feel/value.h"

#include <cstdio>

namespace ballast::feel {

namespace {

// Days since 1970-01-01 of the proleptic Gregorian calendar, years of any size.
std::int64_t day_number(std::int64_t year, int month, int day) {
    year -= month <= 2;
    const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
    const auto year_of_era = year - era * 400;
    const auto day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
}

int days_in(std::int64_t year, std::int64_t month) {
    constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

std::string quoted(const std::string& text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        if (c == '\n')
            out += "\\n";
        else
            out += c;
    }
    return out + "\"";
}

}  // namespace

std::optional<Date> Date::from(std::int64_t year, std::int64_t month, std::int64_t day) {
    if (year < -999'999'999 || year > 999'999'999 || month < 1 || month > 12 || day < 1) return std::nullopt;
    if (day > days_in(year, month)) return std::nullopt;
    return Date{static_cast<std::int32_t>(year), static_cast<std::int8_t>(month),
                static_cast<std::int8_t>(day)};
}

std::optional<Date> Date::parse(std::string_view iso) {
    const bool before_christ = !iso.empty() && iso.front() == '-';
    if (before_christ) iso.remove_prefix(1);
    // yyyy-mm-dd; a year of more than four digits has no leading zero.
    if (iso.size() < 10 || iso.size() > 15) return std::nullopt;
    const auto year_length = iso.size() - 6;
    if (year_length > 4 && iso[0] == '0') return std::nullopt;
    std::int64_t parts[3] = {0, 0, 0};
    for (std::size_t i = 0; i < iso.size(); ++i) {
        if (i == year_length || i == year_length + 3) {
            if (iso[i] != '-') return std::nullopt;
        } else {
            if (iso[i] < '0' || iso[i] > '9') return std::nullopt;
            auto& part = parts[i < year_length ? 0 : i < year_length + 3 ? 1 : 2];
            part = part * 10 + (iso[i] - '0');
        }
    }
    return from(before_christ ? -parts[0] : parts[0], parts[1], parts[2]);
}

int Date::weekday() const {
    const auto days = day_number(year, month, day);
    return static_cast<int>(((days + 3) % 7 + 7) % 7) + 1;  // 1970-01-01 was a Thursday
}

std::string Date::iso() const {
    char out[32];
    std::snprintf(out, sizeof out, "%s%04d-%02d-%02d", year < 0 ? "-" : "", year < 0 ? -year : year, month,
                  day);
    return out;
}

std::string_view name_of(Kind kind) {
    constexpr std::string_view names[] = {"null", "boolean", "number", "string",  "date",
                                          "list", "context", "range",  "function"};
    return names[static_cast<int>(kind)];
}

Value::Value() {
    static const auto unset = std::make_shared<const Cause>(Cause{"feel.unset", {}, {}, {}});
    state_ = Null{unset};
}
Value::Value(List list) : state_(std::make_shared<const List>(std::move(list))) {}
Value::Value(Context context) : state_(std::make_shared<const Context>(std::move(context))) {}
Value::Value(Range range) : state_(std::make_shared<const Range>(std::move(range))) {}
Value::Value(Function function) : state_(std::make_shared<const Function>(std::move(function))) {}

const Value* Value::entry(std::string_view name) const {
    if (const Context* entries = context())
        for (const auto& [key, value] : *entries)
            if (key == name) return &value;
    return nullptr;
}

std::string Value::text() const {
    switch (kind()) {
        case Kind::null:
            return "null";
        case Kind::boolean:
            return *boolean() ? "true" : "false";
        case Kind::number:
            return number()->text();
        case Kind::string:
            return quoted(*string());
        case Kind::date:
            return date()->iso();
        case Kind::function:
            return "function";
        case Kind::range: {
            const Range& r = *range();
            return (r.low_included ? "[" : "(") + r.low.text() + ".." + r.high.text() +
                   (r.high_included ? "]" : ")");
        }
        case Kind::list: {
            std::string out = "[";
            for (const Value& item : *list()) out += (out.size() > 1 ? ", " : "") + item.text();
            return out + "]";
        }
        case Kind::context: {
            std::string out = "{";
            for (const auto& [key, value] : *context())
                out += (out.size() > 1 ? ", " : "") + key + ": " + value.text();
            return out + "}";
        }
    }
    return {};
}

Value null_because(std::string id, std::vector<std::pair<std::string, std::string>> args, Place place,
                   std::string_view source) {
    return Null{
        std::make_shared<const Cause>(Cause{std::move(id), std::move(args), place, std::string(source)})};
}

std::optional<bool> equal(const Value& a, const Value& b) {
    if (a.is_null() || b.is_null()) return a.is_null() && b.is_null();
    if (a.kind() != b.kind()) return std::nullopt;
    switch (a.kind()) {
        case Kind::boolean:
            return *a.boolean() == *b.boolean();
        case Kind::number:
            return *a.number() == *b.number();
        case Kind::string:
            return *a.string() == *b.string();
        case Kind::date:
            return *a.date() == *b.date();
        case Kind::list: {
            if (a.list()->size() != b.list()->size()) return false;
            for (std::size_t i = 0; i < a.list()->size(); ++i)
                if (const auto same = equal((*a.list())[i], (*b.list())[i]); !same || !*same) return same;
            return true;
        }
        case Kind::context: {
            if (a.context()->size() != b.context()->size()) return false;
            for (const auto& [key, value] : *a.context()) {
                const Value* other = b.entry(key);
                if (!other) return false;
                if (const auto same = equal(value, *other); !same || !*same) return same;
            }
            return true;
        }
        case Kind::range: {
            const Range &r = *a.range(), &s = *b.range();
            if (r.low_included != s.low_included || r.high_included != s.high_included) return false;
            return equal(r.low, s.low) == std::optional(true) && equal(r.high, s.high) == std::optional(true);
        }
        case Kind::function:
            return a.function() == b.function();
        case Kind::null:
            break;
    }
    return std::nullopt;
}

std::optional<int> ordered(const Value& a, const Value& b) {
    if (a.kind() != b.kind()) return std::nullopt;
    switch (a.kind()) {
        case Kind::number:
            return *a.number() < *b.number() ? -1 : *b.number() < *a.number() ? 1 : 0;
        case Kind::string: {
            // Bytes of UTF-8 sort as code points do.
            const int order = a.string()->compare(*b.string());
            return order < 0 ? -1 : order > 0 ? 1 : 0;
        }
        case Kind::date:
            return *a.date() < *b.date() ? -1 : *b.date() < *a.date() ? 1 : 0;
        default:
            return std::nullopt;
    }
}

std::optional<bool> contains(const Range& range, const Value& value) {
    bool inside = true;
    if (!range.low.is_null()) {
        const auto order = ordered(range.low, value);
        if (!order) return std::nullopt;
        inside = inside && (*order < 0 || (*order == 0 && range.low_included));
    }
    if (!range.high.is_null()) {
        const auto order = ordered(value, range.high);
        if (!order) return std::nullopt;
        inside = inside && (*order < 0 || (*order == 0 && range.high_included));
    }
    return inside;
}

bool identical(const Value& a, const Value& b) { return a.kind() == b.kind() && equal(a, b).value_or(false); }

}  // namespace ballast::feel
