#include "papers/decision.h"

#include "papers/form.h"

namespace ballast::papers {
namespace {

void reasons(Form& form, const Decision& paper) {
    form.letter(form.phrase("decision.reasons"));
    if (paper.reasons.empty()) {
        for (int i = 0; i < 3; ++i) form.letter({document::blank(27)}, false);
        return;
    }
    document::List list{.numbered = true, .size = document::Size::letter};
    for (const std::string& reason : paper.reasons) list.items.push_back({document::text(reason)});
    form.add(std::move(list));
}

void remedies_and_end(Form& form, const Decision& paper) {
    const std::string days = paper.objection_days ? std::to_string(paper.objection_days->value) +
                                                        form.assumed(paper.objection_days->assumed)
                                                  : "";
    form.letter(form.phrase("decision.objection",
                            {{"days", days}, {"to", paper.objection_to}, {"phone", paper.phone}}));
    form.letter_end(paper.decided_by, paper.decided_on);
    form.add(document::Signatures{
        .signatures = {{.label = form.say("decision.received"), .day = paper.served_on},
                       {.label = form.say("decision.served_by"), .day = paper.served_on}},
        .columns = 1});
}

void opening(Form& form, std::string_view title, const Decision& paper) {
    form.letterhead(paper.decided_by, paper.number);
    form.title(title);
    form.letter(form.phrase("decision.to", {{"head", paper.matter.head}}), false);
}

}  // namespace

document::Document decision_letter(const Decision& paper, Language language) {
    Form form("kind.decision_letter", language, paper.matter.printed_on);
    opening(form, "kind.decision_letter", paper);
    form.letter(form.phrase("decision.enrolled", {{"place", form.place(paper.matter.place)},
                                                  {"applied", form.day(paper.applied_on)},
                                                  {"category", form.category(paper.category)}}));
    reasons(form, paper);
    form.letter(form.phrase("decision.next", {{"helper", paper.helper}}));
    remedies_and_end(form, paper);
    return std::move(form).finish();
}

document::Document rejection_letter(const Decision& paper, Language language) {
    Form form("kind.rejection_letter", language, paper.matter.printed_on);
    opening(form, "kind.rejection_letter", paper);
    form.letter(form.phrase("decision.not_enrolled", {{"place", form.place(paper.matter.place)},
                                                      {"applied", form.day(paper.applied_on)}}));
    reasons(form, paper);
    form.letter(form.phrase("decision.again"));
    remedies_and_end(form, paper);
    return std::move(form).finish();
}

}  // namespace ballast::papers
