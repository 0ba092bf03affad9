#include "papers/review.h"

#include <algorithm>
#include <array>

#include "papers/form.h"

namespace ballast::papers {
namespace {

using document::value;

constexpr std::array<std::string_view, 3> opinions{"agreed", "returned", "rejected"};
constexpr std::array<std::string_view, 5> steps{"visit", "authorisation", "comparison", "review",
                                                "publicity"};

std::vector<Run> opinion_boxes(const Form& form, const std::optional<Opinion>& opinion) {
    return form.boxes("papers.opinion.", opinions,
                      opinion ? opinions.at(static_cast<std::size_t>(*opinion)) : "");
}

/// Boxes above, reasons below them, signature and seal at the foot.
Cell opinion_cell(const Form& form, const std::optional<Opinion>& opinion, const std::string& reasons,
                  const Signer& handler, const Signer& leader, int columns) {
    Cell out = cell(opinion_boxes(form, opinion), columns);
    std::vector<Run> why = form.phrase("review.reasons", {{"reasons", reasons}});
    out.paragraphs.push_back({.runs = std::move(why), .size = document::Size::table, .space_before_mm = 1});
    out.foot = {form.signature("review.handler", handler), form.signature("review.leader", leader)};
    out.foot.push_back({.runs = {document::text(form.say("seal"))},
                        .align = document::Align::right,
                        .size = document::Size::table});
    return out;
}

Table summary(const Form& form, const CaseSummary& known) {
    Table table{
        .widths = {18, 32, 18, 32},
        .rows = {{{form.label("head"), value(known.matter.head), form.label("members"),
                   value(text_of(known.members))}},
                 {{form.label("review.place"), value(form.place(known.matter.place), 3)}},
                 {{form.label("review.per_head"), value(form.money(known.deducted_per_head)),
                   form.label("visit.line"), value(form.line(known.line))}},
                 {{form.label("proposed"), cell(form.categories(known.proposed), 3)}},
                 {{form.label("risks"), value(form.risks(known.risks), 3)}},
                 {.cells = {form.label("visit.reasons"), value(known.risk_reasons, 3)}, .min_height_mm = 16}},
        .caption = form.say("review.summary")};
    return table;
}

Table steps_taken(const Form& form, const CaseSummary& known) {
    Table table{.widths = {22, 22, 24, 32},
                .header_rows = 1,
                .rows = {{{form.label("review.step"), form.label("date"), form.label("review.by"),
                           form.label("review.result")}}},
                .caption = form.say("review.steps")};
    for (const std::string_view step : steps) {
        const auto found = std::ranges::find(known.steps, step, &Step::name);
        const Step one = found == known.steps.end() ? Step{} : *found;
        table.rows.push_back({{form.label("step." + std::string(step)), value(form.day(one.done_on)),
                               value(one.by), value(one.result)}});
    }
    return table;
}

void begin(Form& form, std::string_view title, const CaseSummary& known) {
    form.margins({.top_mm = 22, .right_mm = 20, .bottom_mm = 20, .left_mm = 20});
    form.title(title, form.place(known.matter.place));
    form.numbers_of(known.matter);
    form.add(summary(form, known));
    form.heading("review.steps");
    form.add(steps_taken(form, known));
}

}  // namespace

document::Document township_review(const TownshipReview& paper, Language language) {
    Form form("kind.review_form", language, paper.summary.matter.printed_on);
    begin(form, "kind.review_form", paper.summary);
    form.heading("review.township");
    form.add(Table{
        .widths = {20, 30, 20, 30},
        .rows = {{{form.label("review.complete"), cell(form.yes_no(paper.file_complete)),
                   form.label("review.sampled"), cell(form.yes_no(paper.sampled))}},
                 {.cells = {form.label("review.sample"), value(paper.sample_findings, 3)},
                  .min_height_mm = 14},
                 {.cells = {form.label("review.missing"), value(paper.missing, 3)}, .min_height_mm = 14},
                 {.cells = {form.label("review.township_opinion"),
                            opinion_cell(form, paper.opinion, paper.reasons, paper.handler, paper.leader, 3)},
                  .min_height_mm = 46}},
        .caption = form.say("review.township")});
    return std::move(form).finish();
}

document::Document county_approval(const CountyApproval& paper, Language language) {
    Form form("kind.approval_form", language, paper.summary.matter.printed_on);
    begin(form, "kind.approval_form", paper.summary);
    form.heading("review.county");
    form.add(Table{
        .widths = {20, 80},
        .rows = {{.cells = {form.label("review.township_opinion"), value(paper.township_opinion)},
                  .min_height_mm = 14},
                 {{form.label("review.approved_as"), cell(form.categories(paper.category))}},
                 {.cells = {form.label("review.county_opinion"),
                            opinion_cell(form, paper.opinion, paper.reasons, paper.handler, paper.leader, 1)},
                  .min_height_mm = 50}},
        .caption = form.say("review.county")});
    return std::move(form).finish();
}

}  // namespace ballast::papers
