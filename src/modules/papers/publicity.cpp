#include "papers/publicity.h"

#include <algorithm>
#include <array>

#include "base/masking.h"
#include "papers/form.h"

namespace ballast::papers {
namespace {

using document::value;

constexpr std::size_t least_households = 3;

/// A column that stands only when some household has something to say in it.
using Said = std::string (*)(const Form&, const PublicHousehold&);
struct Column {
    std::string_view label;
    double width;
    bool always;
    Said said;
};
constexpr std::array columns{
    Column{"group", 22, true, [](const Form&, const PublicHousehold& one) { return one.group; }},
    Column{"category", 28, false,
           [](const Form& form, const PublicHousehold& one) { return form.category(one.category); }},
    Column{"members", 16, true, [](const Form&, const PublicHousehold& one) { return text_of(one.members); }},
    Column{"publicity.reason", 26, false,
           [](const Form& form, const PublicHousehold& one) {
               return public_reason(one.primary_risk, form.language());
           }},
};

Table households(const Form& form, std::vector<PublicHousehold> all, Names names) {
    Table table{.widths = {10, 24},
                .header_rows = 1,
                .rows = {{{form.label("number"), form.label("head")}}},
                .caption = form.say("publicity.households")};
    if (all.empty()) all.resize(least_households);
    for (const PublicHousehold& one : all)
        table.rows.push_back({.cells = {ordinal(table.rows.size()),
                                        value(names == Names::in_full ? one.head : masked_name(one.head))},
                              .min_height_mm = 9});
    for (const Column& column : columns) {
        const auto says = [&](const PublicHousehold& one) { return !column.said(form, one).empty(); };
        if (!column.always && std::ranges::none_of(all, says)) continue;
        table.widths.push_back(column.width);
        table.rows.front().cells.push_back(form.label(column.label));
        for (std::size_t i = 0; i < all.size(); ++i)
            table.rows[i + 1].cells.push_back(value(column.said(form, all[i])));
    }
    for (Row& row : table.rows)
        for (Cell& cell : row.cells) cell.paragraphs.front().align = document::Align::centre;
    return table;
}

}  // namespace

std::string public_reason(std::string_view risk, Language language) {
    constexpr std::array<std::string_view, 3> about_health{"01", "02", "13"};
    if (risk.empty()) return "";
    if (std::ranges::find(about_health, risk) != about_health.end())
        return words::say("papers.publicity.hardship", language);
    return words::say("screening.risk." + std::string(risk), language);
}

document::Document notice(const Notice& paper, Language language) {
    Form form("kind.notice", language, paper.printed_on);
    form.margins(document::letter_margins);
    form.title("publicity.notice_title");
    form.letter(
        form.phrase("publicity.notice_text", {{"village", paper.place.township + paper.place.village}}));
    form.add(households(form, paper.households, paper.names));
    const std::string days =
        paper.days ? std::to_string(paper.days->value) + form.assumed(paper.days->assumed) : "";
    form.letter(form.phrase(
        paper.working_days ? "publicity.period_working" : "publicity.period",
        {{"days", days}, {"posted", form.day(paper.posted_on)}, {"last", form.day(paper.last_day)}}));
    form.letter(form.phrase("publicity.objections", {{"hotline", paper.hotline}}));
    form.letter_end(paper.issuer, paper.posted_on);
    return std::move(form).finish();
}

document::Document announcement(const Announcement& paper, Language language) {
    Form form("kind.announcement", language, paper.printed_on);
    form.letterhead(paper.issuer, paper.number);
    form.title("publicity.announcement_title");
    form.letter(form.phrase("publicity.announcement_text", {{"county", paper.place.county}}));
    form.add(households(form, paper.households, paper.names));
    form.letter(form.phrase("publicity.questions", {{"hotline", paper.hotline}}));
    form.letter_end(paper.issuer, paper.decided_on);
    return std::move(form).finish();
}

}  // namespace ballast::papers
