#include "papers/authorisation.h"

#include <algorithm>
#include <array>

#include "papers/form.h"

namespace ballast::papers {
namespace {

using document::value;

constexpr std::array<std::string_view, 8> items{"vehicle",      "real_estate", "deposits", "market",
                                                "housing_fund", "tax",         "payroll",  "social_security"};
constexpr std::size_t least_adults = 5;

Table adults(const Form& form, const Authorisation& paper) {
    Table table{.widths = {5, 12, 24, 10, 17, 16, 16},
                .header_rows = 1,
                .rows = {{{form.label("number"), form.label("name"), form.label("id_number"),
                           form.label("relation"), form.label("authorisation.signature"),
                           form.label("authorisation.by"), form.label("date")}}},
                .caption = form.say("authorisation.adults")};
    const std::size_t count = std::max(paper.adults.size(), least_adults);
    for (std::size_t i = 0; i < count; ++i) {
        const Authoriser adult = i < paper.adults.size() ? paper.adults[i] : Authoriser{};
        table.rows.push_back({.cells = {ordinal(i + 1), value(adult.name), value(adult.id.text()),
                                        value(form.code("relation", adult.relation)), value(""),
                                        value(adult.signed_by), value(form.day(adult.signed_on))},
                              .min_height_mm = 10});
    }
    return table;
}

}  // namespace

document::Document authorisation(const Authorisation& paper, Language language) {
    Form form("kind.consent", language, paper.matter.printed_on);
    form.margins({.top_mm = 20, .right_mm = 20, .bottom_mm = 20, .left_mm = 20});
    form.title("kind.consent", form.place(paper.matter.place));
    form.numbers_of(paper.matter);
    const auto body = [&](std::vector<Run> runs) {
        form.add(Paragraph{.runs = std::move(runs), .indented = true});
    };
    body(form.phrase("authorisation.opening",
                     {{"head", paper.matter.head}, {"township", paper.matter.place.township}}));
    form.heading("authorisation.promise");
    for (const std::string_view id :
         {"authorisation.promise_1", "authorisation.promise_2", "authorisation.promise_3"})
        body(form.phrase(id));
    form.heading("authorisation.authority");
    body(form.phrase("authorisation.authority_text"));
    std::string ticked;
    for (const std::string& item : paper.items) ticked += item + ",";
    form.add(Paragraph{.runs = form.boxes("casework.consent_item.", items, ticked)});
    const std::string purpose =
        paper.purpose.empty() ? form.say("authorisation.statutory_purpose") : paper.purpose;
    body(form.phrase("authorisation.purpose", {{"purpose", purpose}}));
    const auto from = paper.valid ? form.day(paper.valid->first) : "",
               to = paper.valid ? form.day(paper.valid->last) : "";
    body(form.phrase("authorisation.valid", {{"from", from}, {"to", to}}));
    form.heading("authorisation.rights");
    body(form.phrase("authorisation.withdrawal", {{"contact", paper.withdrawal_contact}}));
    body(form.phrase("authorisation.refusal"));
    form.heading("authorisation.adults");
    form.paragraph(form.phrase("authorisation.minors"));
    form.add(adults(form, paper));
    return std::move(form).finish();
}

}  // namespace ballast::papers
