#include "papers/minutes.h"

#include <algorithm>

#include "papers/form.h"

namespace ballast::papers {
namespace {

using document::value;

constexpr std::size_t least_attending = 12;

std::string share(const Form& form, const std::optional<Parameter<std::string>>& parameter) {
    return parameter ? parameter->value + form.assumed(parameter->assumed) : "";
}

std::string joined(const Form& form, const std::vector<std::string>& names) {
    std::string out;
    for (const std::string& name : names) out += (out.empty() ? "" : form.say("and")) + name;
    return out;
}

Table attending(const Form& form, const Minutes& paper) {
    Table table{.widths = {6, 14, 16, 14, 6, 14, 16, 14},
                .header_rows = 1,
                .rows = {{.cells = {}}},
                .caption = form.say("minutes.attending")};
    for (int i = 0; i < 2; ++i)
        for (const std::string_view id : {"number", "name", "minutes.post", "minutes.signature"})
            table.rows[0].cells.push_back(form.label(id));
    const std::size_t count = std::max((paper.attending.size() + 1) / 2 * 2, least_attending);
    for (std::size_t i = 0; i < count; ++i) {
        if (i % 2 == 0) table.rows.push_back({.cells = {}, .min_height_mm = 8});
        const Signer signer = i < paper.attending.size() ? paper.attending[i] : Signer{};
        table.rows.back().cells.push_back(ordinal(i + 1));
        for (const std::string& text : {signer.name, signer.post, std::string()})
            table.rows.back().cells.push_back(value(text));
    }
    return table;
}

}  // namespace

document::Document minutes(const Minutes& paper, Language language) {
    Form form("kind.minutes", language, paper.matter.printed_on);
    form.margins({.top_mm = 22, .right_mm = 20, .bottom_mm = 20, .left_mm = 20});
    form.title("kind.minutes", form.place(paper.matter.place));
    form.numbers_of(paper.matter);
    form.add(Table{
        .widths = {16, 34, 16, 34},
        .rows = {{{form.label("minutes.held_on"), value(form.day(paper.held_on)), form.label("minutes.at"),
                   value(paper.at)}},
                 {{form.label("minutes.chair"), value(paper.chair), form.label("minutes.recorder"),
                   value(paper.recorder)}},
                 {{form.label("minutes.presence"),
                   cell(form.phrase("minutes.presence_of", {{"entitled", text_of(paper.entitled)},
                                                            {"present", text_of(paper.present)},
                                                            {"quorum", share(form, paper.quorum)}}),
                        3)}},
                 {{form.label("minutes.abstaining"), value(joined(form, paper.abstaining), 3)}},
                 {{form.label("head"), value(paper.matter.head), form.label("minutes.read_out"),
                   cell(form.yes_no(paper.comparison_read_out))}},
                 {.cells = {form.label("minutes.situation"), value(paper.situation, 3)}, .min_height_mm = 26},
                 {.cells = {form.label("minutes.discussion"), value(paper.discussion, 3)},
                  .min_height_mm = 34},
                 {{form.label("minutes.votes"),
                   cell(form.phrase("minutes.votes_of", {{"for", text_of(paper.votes_for)},
                                                         {"against", text_of(paper.votes_against)},
                                                         {"abstained", text_of(paper.votes_abstained)},
                                                         {"majority", share(form, paper.majority)}}),
                        3)}},
                 {{form.label("minutes.passed"), cell(form.yes_no(paper.passed)), form.label("proposed"),
                   cell(form.categories(paper.proposed))}}},
        .caption = form.say("kind.minutes")});
    form.heading("minutes.attending");
    form.add(attending(form, paper));
    form.add(document::Signatures{.signatures = {{.label = form.say("minutes.chair_signs")},
                                                 {.label = form.say("minutes.recorder_signs")}},
                                  .columns = 1});
    return std::move(form).finish();
}

}  // namespace ballast::papers
