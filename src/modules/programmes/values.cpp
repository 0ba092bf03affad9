#include "programmes/values.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "base/money.h"
#include "base/phone.h"
#include "base/text.h"

namespace ballast::programmes {
namespace {

constexpr std::size_t longest_text = 500;

Error refuse(const Field& field, std::string id) {
    return invalid(std::move(id)).with("field", field.name).with("title", field.title.zh).with("title.en", field.title.en);
}

/// Fen read as yuan where the field is money.
std::string bound(const Field& field, std::int64_t n) {
    return field.type == Type::money ? Money::fen(n).formatted() : std::to_string(n);
}
Result<void> within(const Field& field, const Decimal& value) {
    if (field.least && value < Decimal(*field.least))
        return refuse(field, "programmes.too_small").with("least", bound(field, *field.least));
    if (field.most && value > Decimal(*field.most))
        return refuse(field, "programmes.too_large").with("most", bound(field, *field.most));
    return {};
}

Result<std::string> whole(const Field& field, std::string_view typed) {
    const auto digits = text::half_width(typed);
    std::int64_t n = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), n);
    if (read.ec != std::errc{} || read.ptr != digits.data() + digits.size())
        return refuse(field, "programmes.not_a_number").with("unit", field.unit);
    TRY(within(field, Decimal(n)));
    return std::to_string(n);
}
Result<std::string> decimal(const Field& field, std::string_view typed) {
    const auto value = Decimal::parse(typed);
    if (!value) return refuse(field, "programmes.not_a_number").with("unit", field.unit);
    TRY(within(field, *value));
    return value->plain();
}
Result<std::string> money(const Field& field, std::string_view typed) {
    const auto value = Money::parse(typed);
    if (!value) return refuse(field, "programmes.not_a_number").with("unit", field.unit);
    TRY(within(field, Decimal(value->fen())));
    return std::to_string(value->fen());
}
Result<std::string> date(const Field& field, std::string_view typed, Date today) {
    const auto value = Date::parse_loose(typed, Date::Serials::refuse);
    if (!value) return refuse(field, "programmes.not_a_date");
    if (field.not_future && *value > today) return refuse(field, "programmes.in_future");
    return value->iso();
}

}  // namespace

Result<std::string> checked(const Field& field, std::string_view typed, Date today) {
    switch (field.type) {
        case Type::integer:
            return whole(field, typed);
        case Type::decimal:
            return decimal(field, typed);
        case Type::money:
            return money(field, typed);
        case Type::date:
            return date(field, typed, today);
        case Type::choice:
            if (!field.choice(typed)) return refuse(field, "programmes.not_a_choice");
            return std::string(typed);
        case Type::truth:
            if (typed != "yes" && typed != "no") return refuse(field, "programmes.not_a_choice");
            return std::string(typed);
        case Type::phone:
            if (!Phone::parse(typed)) return refuse(field, "programmes.not_a_phone");
            return Phone::parse(typed)->reveal();
        case Type::text:
            break;
    }
    if (text::length(typed) > longest_text)
        return refuse(field, "programmes.too_long").with("most", std::to_string(longest_text));
    return std::string(typed);
}

Result<Values> checked(const std::vector<Field>& fields, const Values& typed, Date today, Values before) {
    for (const auto& [name, value] : typed)
        if (std::ranges::none_of(fields, [&](const Field& field) { return field.name == name; }))
            return invalid("programmes.no_such_field").with("field", name).with("title", name);
    for (const auto& field : fields) {
        if (const auto found = typed.find(field.name); found != typed.end()) {
            const auto value = text::trimmed(found->second);
            before.erase(field.name);
            if (!value.empty()) before[field.name] = TRY(checked(field, value, today));
        }
        if (field.required && !before.contains(field.name)) return refuse(field, "programmes.required");
    }
    return before;
}

Result<void> after_birth(const std::vector<Field>& fields, const Values& kept, Date birth) {
    for (const auto& field : fields)
        if (const auto found = kept.find(field.name);
            field.type == Type::date && found != kept.end() && found->second < birth.iso())
            return refuse(field, "programmes.before_birth");
    return {};
}

std::string to_json(const Values& values) { return nlohmann::json(values).dump(); }

Result<Values> from_json(std::string_view json) {
    const auto parsed = nlohmann::json::parse(json, nullptr, false);
    if (!parsed.is_object()) return corrupt("programmes.values_damaged");
    Values out;
    for (const auto& [name, value] : parsed.items()) {
        if (!value.is_string()) return corrupt("programmes.values_damaged");
        out[name] = value.get<std::string>();
    }
    return out;
}

std::string shown(const Field& field, const std::string& kept) {
    if (field.type != Type::money) return kept;
    std::int64_t fen = 0;
    std::from_chars(kept.data(), kept.data() + kept.size(), fen);
    return Money::fen(fen).plain();
}

std::string masked(const Field& field, std::string_view kept) {
    if (field.type == Type::phone)
        if (const auto phone = Phone::parse(kept)) return phone->masked();
    const auto points = text::code_points(kept);
    if (points.empty()) return "";
    return text::utf8(std::u32string_view(points).substr(0, 1)) + "**";
}

feel::Value as_fact(const Field& field, const std::string* kept) {
    if (!kept) return {};
    switch (field.type) {
        case Type::truth:
            return *kept == "yes";
        case Type::date:
            return *Date::parse(*kept);
        case Type::integer:
        case Type::decimal:
            return *feel::Number::parse(*kept);
        case Type::money:
            return *feel::Number::parse(shown(field, *kept));
        default:
            return *kept;
    }
}

}  // namespace ballast::programmes
