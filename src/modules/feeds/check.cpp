#include "feeds/check.h"

#include <algorithm>
#include <charconv>

#include "base/credit_code.h"
#include "base/money.h"
#include "base/text.h"

namespace ballast::feeds {
namespace {

using Kind = table::Cell::Kind;

Error refusal(std::string id, const Column& column) {
    return invalid(std::move(id)).with("column", column.title);
}

std::string ascii_digits(std::string_view text) {
    std::string out;
    for (const char c : text)
        if ((c >= '0' && c <= '9') || c == 'X' || c == 'x') out += c;
    return out;
}

bool has_han(std::string_view text) {
    const auto letters = text::code_points(text);
    return std::any_of(letters.begin(), letters.end(), text::is_han);
}

/// Birth date and sex as far as a number that fails its check still tells them: 18 places, digits 7–14 a day,
/// the 17th a digit.
void salvage(CheckedRow& row, std::string_view digits, Date today) {
    if (digits.size() != 18) return;
    const auto number = [&](std::size_t from, std::size_t n) {
        int out = 0;
        std::from_chars(digits.data() + from, digits.data() + from + n, out);
        return out;
    };
    if (digits.substr(6, 8).find_first_of("Xx") != std::string_view::npos) return;
    const auto birth = Date::from(number(6, 4), number(10, 2), number(12, 2));
    if (birth && birth->year() > 1900 && *birth <= today) row.told_birth = birth;
    if (digits[16] != 'X' && digits[16] != 'x')
        row.told_sex = (digits[16] - '0') % 2 == 1 ? Sex::male : Sex::female;
}

Result<void> read_id(CheckedRow& row, const Column& column, const table::Cell& cell, Date today) {
    const std::string sent(text::trimmed(cell.text));
    row.id_text = sent;
    if (cell.kind == Kind::number && cell.digits_damaged) return refusal("feeds.id_damaged", column);
    if (sent.empty()) return {};
    auto parsed = CitizenId::parse(sent, today);
    if (parsed) {
        row.id = parsed->id;
        return {};
    }
    if (parsed.error().id == "citizen_id.damaged") return refusal("feeds.id_damaged", column);
    salvage(row, ascii_digits(text::half_width(sent)), today);
    return {};
}

/// The first 18 characters of a disability certificate are its holder's ID number (domain specification 3.1).
void id_from_certificate(CheckedRow& row, std::string_view certificate, Date today) {
    const auto digits = ascii_digits(text::half_width(certificate));
    if (digits.size() < 20) return;
    auto parsed = CitizenId::parse(std::string_view(digits).substr(0, 18), today);
    if (parsed) row.id = parsed->id;
}

Result<std::string> month_of(const Column& column, std::string_view sent) {
    auto digits = text::half_width(sent);
    // 2025-03, 2025/3, 2025.03, 202503, 2025年3月: the first of that month, read as a date.
    if (digits.size() == 6 &&
        std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; }))
        digits += "01";
    else if (digits.ends_with("月"))
        digits += "1日";
    else if (std::count_if(digits.begin(), digits.end(),
                           [](char c) { return c == '-' || c == '/' || c == '.'; }) == 1) {
        const char separator = digits[digits.find_first_of("-/.")];
        digits += separator;
        digits += "1";
    }
    auto day = Date::parse_loose(digits, Date::Serials::accept);
    if (!day) return refusal("feeds.bad_month", column);
    return day->iso().substr(0, 7);
}

Result<std::string> choice_of(const Column& column, std::string_view sent) {
    const auto plain = text::half_width(sent);
    std::string allowed;
    for (const auto& [value, ways] : column.choices) {
        for (const auto& way : ways)
            if (text::half_width(way) == plain) return value;
        if (!allowed.empty()) allowed += "、";
        allowed += ways.front();
    }
    if (!column.otherwise.empty()) return column.otherwise;
    return refusal("feeds.unknown_choice", column).with("allowed", allowed);
}

Result<std::string> value_of(const Column& column, std::string_view sent) {
    switch (column.type) {
        case Type::date: {
            auto day = Date::parse_loose(sent, Date::Serials::accept);
            if (!day) return refusal("feeds.bad_date", column);
            return day->iso();
        }
        case Type::month:
            return month_of(column, sent);
        case Type::year: {
            const auto digits = ascii_digits(text::half_width(sent));
            if (digits.size() != 4 || digits < "1900" || digits > "2199")
                return refusal("feeds.bad_year", column);
            return digits;
        }
        case Type::money: {
            // 12.5 under 万元 is 125,000.00 yuan; 12.5万 and 125000元 say so themselves.
            const bool plain = !sent.ends_with("万") && !sent.ends_with("元");
            auto amount = Money::parse(column.in_wan && plain ? std::string(sent) + "万" : std::string(sent));
            if (!amount) return refusal("feeds.bad_money", column);
            return std::to_string(amount->fen());
        }
        case Type::integer:
        case Type::decimal: {
            const auto plain = text::half_width(sent);
            const bool digits =
                plain.find_first_not_of("0123456789.") == std::string::npos &&
                std::count(plain.begin(), plain.end(), '.') <= (column.type == Type::decimal ? 1 : 0);
            if (!digits || plain == ".") return refusal("feeds.bad_number", column);
            return plain;
        }
        case Type::choice:
            return choice_of(column, sent);
        case Type::credit_code: {
            const auto code = CreditCode::parse(sent);
            if (!code) return refusal("feeds.bad_credit_code", column);
            return code->text();
        }
        default:
            return std::string(sent);
    }
}

/// What is said to have happened to somebody before their birth is about somebody else, or on another day. (A
/// firm may be older than whom it belongs to: what lasts is not asked.) A month counts to its end.
Result<void> after_birth(const Contract& contract, const CheckedRow& row) {
    if (contract.lasting) return {};
    const auto born = row.id->birth_date().iso();
    for (const auto place : contract.date_field)
        if (const auto& day = row.values[place]; !day.empty() && day < born.substr(0, day.size()))
            return refusal("feeds.before_birth", contract.columns[place]);
    return {};
}

}  // namespace

Result<CheckedRow> check(const Contract& contract, std::span<const table::Cell* const> cells, Date today) {
    INVARIANT(cells.size() == contract.columns.size());
    CheckedRow row;
    row.values.resize(contract.columns.size());
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const Column& column = contract.columns[i];
        const table::Cell& cell = *cells[i];
        if (cell.kind == Kind::error) return refusal("feeds.error_cell", column);
        if (cell.kind == Kind::formula_without_value) return refusal("feeds.formula_without_value", column);
        if (column.type == Type::citizen_id) {
            // A name among the digits' column and digits among the names': somebody sorted one column without
            // the other.
            const auto& name = *cells[contract.name_column()];
            if (has_han(cell.text) && ascii_digits(text::half_width(name.text)).size() >= 15)
                return refusal("feeds.fields_swapped", column);
            TRY(read_id(row, column, cell, today));
            continue;
        }
        const auto sent = text::trimmed(cell.text);
        if (sent.empty()) {
            if (column.type == Type::name) return refusal("feeds.name_missing", column);
            if (column.need == Column::Need::value) return refusal("feeds.value_missing", column);
            continue;
        }
        row.values[i] = TRY(value_of(column, sent));
        if (column.type == Type::name) row.name = row.values[i];
        if (column.field == "township") row.township = row.values[i];
        if (column.field == "village") row.village = row.values[i];
        if (column.field == "area") row.area = row.values[i];
        if (column.type == Type::disability_certificate && row.id_text.empty())
            id_from_certificate(row, sent, today);
    }
    row.happened_on = happened_on(contract, row.values);
    if (row.id) TRY(after_birth(contract, row));
    return row;
}

std::optional<Date> happened_on(const Contract& contract, std::span<const std::string> values) {
    for (const auto place : contract.date_field)
        if (const auto& value = values[place]; !value.empty())
            return *Date::parse(value.size() == 7 ? value + "-01" : value);
    return std::nullopt;
}

}  // namespace ballast::feeds
