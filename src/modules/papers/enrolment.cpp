#include "papers/enrolment.h"

#include "papers/form.h"

namespace ballast::papers {

using document::value;

document::Document enrolment(const Enrolment& paper, Language language) {
    Form form("kind.enrolment", language, paper.matter.printed_on);
    form.title("kind.enrolment", form.place(paper.matter.place));
    form.numbers_of(paper.matter);
    Cell checks = cell(form.yes_no(paper.checked), 3);
    for (const std::string& failed : paper.checks_failed)
        checks.paragraphs.push_back({.runs = {document::text(failed)}, .size = document::Size::table});
    const std::string primary = paper.risks.empty() ? "" : form.risks({paper.risks.front()});
    const std::string secondary =
        paper.risks.empty() ? "" : form.risks({paper.risks.begin() + 1, paper.risks.end()});
    Cell entered = cell({document::text(form.say("enrolment.entered_text"))}, 3);
    entered.foot = {form.signature("enrolment.officer", paper.officer),
                    form.signature("enrolment.verifier", paper.verifier)};
    form.add(Table{
        .widths = {20, 30, 20, 30},
        .rows = {{.cells = {form.label("head"), value(paper.matter.head), form.label("members"),
                            value(text_of(paper.members))},
                  .min_height_mm = 10},
                 {.cells = {form.label("review.place"), value(form.place(paper.matter.place), 3)},
                  .min_height_mm = 10},
                 {.cells = {form.label("category"), cell(form.categories(paper.category), 3)},
                  .min_height_mm = 10},
                 {.cells = {form.label("visit.primary"), value(primary), form.label("enrolment.secondary"),
                            value(secondary)},
                  .min_height_mm = 10},
                 {.cells = {form.label("enrolment.identified"), value(form.day(paper.identified_on), 3)},
                  .min_height_mm = 10},
                 {.cells = {form.label("enrolment.approval"), value(paper.approval_no),
                            form.label("enrolment.approved_on"), value(form.day(paper.approved_on))},
                  .min_height_mm = 10},
                 {.cells = {form.label("enrolment.helper"), value(paper.helper, 3)}, .min_height_mm = 10},
                 {.cells = {form.label("enrolment.checks"), std::move(checks)}, .min_height_mm = 14},
                 {.cells = {form.label("enrolment.entered"), std::move(entered)}, .min_height_mm = 34}},
        .caption = form.say("kind.enrolment")});
    return std::move(form).finish();
}

}  // namespace ballast::papers
