#include "papers/form.h"

#include <algorithm>
#include <array>

namespace ballast::papers {
namespace {

constexpr std::array<std::string_view, 3> category_names{"unstable_ex_poor", "marginal", "sudden_severe"};
constexpr std::array<std::string_view, 16> risk_codes{"01", "02", "03", "04", "05", "06", "07", "08",
                                                      "09", "10", "11", "12", "13", "14", "15", "99"};

bool contains(std::string_view list, std::string_view one) {
    while (!list.empty()) {
        const auto end = std::min(list.find_first_of(", "), list.size());
        if (list.substr(0, end) == one) return true;
        list.remove_prefix(std::min(end + 1, list.size()));
    }
    return false;
}

/// A place of a sentence: its name, and how long a line it is written on; 0 when on none.
struct PlaceName {
    std::string_view name;
    int ems = 0;
};

PlaceName place_of(std::string_view inside) {
    const auto colon = inside.find(':');
    if (colon == std::string_view::npos) return {inside};
    int ems = 0;
    for (const char c : inside.substr(colon + 1)) ems = ems * 10 + (c - '0');
    return {inside.substr(0, colon), ems};
}

}  // namespace

Form::Form(std::string_view title_id, Language language, Date printed_on) : language_(language) {
    document_.title = say(title_id);
    document_.language = language;
    document_.created = printed_on;
}

std::string Form::say(std::string_view id, const words::Places& places) const {
    return words::say("papers." + std::string(id), language_, places);
}

std::vector<Run> Form::phrase(std::string_view id, const words::Places& places) const {
    const std::string sentence = say(id);
    std::vector<Run> runs;
    for (std::string_view left = sentence; !left.empty();) {
        const auto open = std::min(left.find('{'), left.size());
        std::ranges::move(document::with_blanks(left.substr(0, open)), std::back_inserter(runs));
        left.remove_prefix(open);
        const auto close = left.find('}');
        if (close == std::string_view::npos) break;
        const PlaceName place = place_of(left.substr(1, close - 1));
        const auto given = std::ranges::find(places, place.name, &words::Places::value_type::first);
        INVARIANT(given != places.end());
        if (place.ems > 0)
            runs.push_back(document::written(given->second, place.ems));
        else
            runs.push_back(document::text(given->second));
        left.remove_prefix(close + 1);
    }
    return runs;
}

std::string Form::code(std::string_view list, std::string_view code) const {
    if (code.empty()) return "";
    return words::say("registry.code." + std::string(list) + "." + std::string(code), language_);
}

std::string Form::codes(std::string_view list, std::string_view codes) const {
    std::string out;
    while (!codes.empty()) {
        const auto end = std::min(codes.find(','), codes.size());
        out += (out.empty() ? "" : say("and")) + code(list, codes.substr(0, end));
        codes.remove_prefix(std::min(end + 1, codes.size()));
    }
    return out;
}

std::string Form::category(const std::optional<Category>& category) const {
    if (!category) return "";
    return words::say(
        "casework.category." + std::string(category_names.at(static_cast<std::size_t>(*category))),
        language_);
}

std::string Form::risks(const RiskCodes& risks) const {
    std::string out;
    for (const std::string& risk : risks)
        out += (out.empty() ? "" : say("and")) + words::say("screening.risk." + risk, language_);
    return out;
}

std::string Form::place(const Place& place) const {
    if (language_ == Language::zh) return place.county + place.township + place.village + place.group;
    std::string out;
    for (const auto& name : {place.group, place.village, place.township, place.county})
        if (!name.empty()) out += (out.empty() ? "" : ", ") + name;
    return out;
}

std::string Form::day(const std::optional<Date>& day) const {
    if (!day) return "";
    return language_ == Language::zh ? day->chinese() : day->iso();
}

std::string Form::line(const std::optional<Parameter<Money>>& line) const {
    if (!line) return "";
    return say("yuan", {{"amount", line->value.formatted()}}) + assumed(line->assumed);
}

Cell Form::label(std::string_view id, int columns, int rows) const {
    return document::label(say(id), columns, rows);
}

std::vector<Run> Form::boxes(std::string_view prefix, std::span<const std::string_view> options,
                             std::string_view ticked) const {
    std::vector<Run> runs;
    for (const std::string_view option : options) {
        runs.push_back(document::box(contains(ticked, option),
                                     words::say(std::string(prefix) + std::string(option), language_)));
        if (option != options.back()) runs.push_back(document::text("  "));
    }
    return runs;
}

std::vector<Run> Form::yes_no(const Answer& answer) const {
    constexpr std::array<std::string_view, 2> both{"yes", "no"};
    return boxes("papers.", both, !answer ? "" : *answer ? "yes" : "no");
}

std::vector<Run> Form::categories(const std::optional<Category>& chosen) const {
    return boxes("casework.category.", category_names,
                 chosen ? category_names.at(static_cast<std::size_t>(*chosen)) : "");
}

std::vector<Run> Form::risk_boxes(const RiskCodes& risks) const {
    std::string ticked;
    for (const std::string& risk : risks) ticked += risk + ",";
    return boxes("screening.risk.", risk_codes, ticked);
}

Paragraph Form::signature(std::string_view label_id, const Signer& signer) const {
    Paragraph out{
        .runs = {document::text(say(label_id)), document::written(signer.name, 6), document::text("  ")},
        .align = document::Align::right,
        .size = document::Size::table};
    std::ranges::move(document::day(signer.day, language_), std::back_inserter(out.runs));
    return out;
}

void Form::title(std::string_view id, std::string subtitle) {
    add(document::Title{.text = say(id), .subtitle = std::move(subtitle)});
}

void Form::letterhead(const std::string& issuer, const std::string& number) {
    margins(document::letter_margins);
    if (!issuer.empty()) add(document::Letterhead{.issuer = issuer, .number = number});
}

void Form::heading(std::string_view id) { add(document::Heading{.text = say(id), .level = 2}); }

void Form::paragraph(std::vector<Run> runs) {
    add(Paragraph{.runs = std::move(runs), .size = document::Size::table});
}

void Form::letter(std::vector<Run> runs, bool indented) {
    add(Paragraph{.runs = std::move(runs), .size = document::Size::letter, .indented = indented});
}

void Form::letter_end(std::string_view issuer, const std::optional<Date>& day) {
    const bool named = !issuer.empty();
    add(Paragraph{.runs = phrase("issuer", {{"issuer", std::string(issuer)}}),
                  .align = document::Align::right,
                  .size = document::Size::letter,
                  .inset_right = 2,
                  .keep_with_next = true,
                  .space_before_mm = named ? 10.0 : 6.0});
    add(Paragraph{.runs = document::day(day, language_),
                  .align = document::Align::right,
                  .size = document::Size::letter,
                  .inset_right = 4});
}

void Form::numbers_of(const Matter& matter) {
    Paragraph numbers{
        .runs = phrase("numbers", {{"case", matter.case_no}, {"household", matter.household_no}}),
        .size = document::Size::table};
    numbers.keep_with_next = true;
    add(std::move(numbers));
}

Cell ordinal(std::size_t number) {
    Cell out = document::value(std::to_string(number));
    out.paragraphs.front().align = document::Align::centre;
    return out;
}

Cell cell(std::vector<Run> runs, int columns, int rows) {
    return {.paragraphs = {{.runs = std::move(runs), .size = document::Size::table}},
            .columns = columns,
            .rows = rows};
}

std::string text_of(const std::optional<std::int64_t>& number) {
    return number ? std::to_string(*number) : "";
}
std::string text_of(const std::optional<int>& number) { return number ? std::to_string(*number) : ""; }

}  // namespace ballast::papers
