#include "feel/value.h"

namespace ballast::feel {

namespace {

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

Nanoseconds utc(const Time& time) { return time.since_midnight() - time.offset().value_or(0) * per_second; }

template <class T>
int sign_of(const T& a, const T& b) {
    return a < b ? -1 : b < a ? 1 : 0;
}

}  // namespace

std::string_view name_of(Kind kind) {
    constexpr std::string_view names[] = {"null",
                                          "boolean",
                                          "number",
                                          "string",
                                          "date",
                                          "time",
                                          "date and time",
                                          "days and time duration",
                                          "years and months duration",
                                          "list",
                                          "context",
                                          "range",
                                          "function"};
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
        case Kind::time:
            return time()->iso();
        case Kind::date_time:
            return date_time()->iso();
        case Kind::span:
            return span()->iso();
        case Kind::months:
            return months()->iso();
        case Kind::function:
            return "function";
        case Kind::range: {
            const Range& r = *range();
            if (r.form != Range::Form::between)
                return (r.form == Range::Form::equal ? "(=" : "(!=") + r.low.text() + ")";
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
                out += (out.size() > 1 ? ", " : "") +
                       (key.find_first_of("{}:,\"") == std::string::npos ? key : quoted(key)) + ": " +
                       value.text();
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
        case Kind::time:
        case Kind::date_time:
        case Kind::span:
        case Kind::months: {
            // Equality looks no closer than a millisecond (10.3.2.3.4).
            constexpr Nanoseconds grain = 1'000'000;
            if (a.time() && !a.time()->zone.local() == !b.time()->zone.local())
                return utc(*a.time()) / grain == utc(*b.time()) / grain;
            if (a.date_time() && !a.date_time()->time.zone.local() == !b.date_time()->time.zone.local())
                return a.date_time()->instant() / grain == b.date_time()->instant() / grain;
            const auto order = ordered(a, b);
            return order ? std::optional(*order == 0) : std::nullopt;
        }
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
            if (r.low_included != s.low_included || r.high_included != s.high_included || r.form != s.form)
                return false;
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
            return sign_of(*a.date(), *b.date());
        case Kind::span:
            return sign_of(*a.span(), *b.span());
        case Kind::months:
            return sign_of(*a.months(), *b.months());
        case Kind::time: {
            // A clock without zone and one with cannot be compared.
            const Time &s = *a.time(), &t = *b.time();
            if (s.zone.local() != t.zone.local()) return std::nullopt;
            return sign_of(utc(s), utc(t));
        }
        case Kind::date_time:
            if (a.date_time()->time.zone.local() != b.date_time()->time.zone.local()) return std::nullopt;
            return sign_of(a.date_time()->instant(), b.date_time()->instant());
        default:
            return std::nullopt;
    }
}

std::optional<bool> contains(const Range& range, const Value& value) {
    if (range.form == Range::Form::unequal) {
        const auto same = equal(range.low, value);
        return same ? std::optional(!*same) : std::nullopt;
    }
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
