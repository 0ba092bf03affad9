#include "papers/kinds.h"

#include <algorithm>

#include "papers/authorisation.h"
#include "papers/decision.h"
#include "papers/enrolment.h"
#include "papers/minutes.h"
#include "papers/publicity.h"
#include "papers/review.h"
#include "papers/visit_form.h"

namespace ballast::papers {
namespace {

constexpr std::array<std::string_view, kinds.size()> names{
    "visit_form",    "consent",         "minutes",          "notice",       "review_form",
    "approval_form", "decision_letter", "rejection_letter", "announcement", "enrolment"};

}  // namespace

std::string_view name_of(Kind kind) { return names.at(static_cast<std::size_t>(kind)); }

std::optional<Kind> kind_of(std::string_view name) {
    const auto found = std::ranges::find(names, name);
    if (found == names.end()) return std::nullopt;
    return kinds.at(static_cast<std::size_t>(found - names.begin()));
}

std::string title_of(Kind kind, Language language) {
    return words::say("papers.kind." + std::string(name_of(kind)), language);
}

document::Document blank(Kind kind, Language language, Date printed_on) {
    const Matter matter{.printed_on = printed_on};
    switch (kind) {
        case Kind::visit_form:
            return visit_form({.matter = matter}, language);
        case Kind::consent:
            return authorisation({.matter = matter}, language);
        case Kind::minutes:
            return minutes({.matter = matter}, language);
        case Kind::notice:
            return notice({.printed_on = printed_on}, language);
        case Kind::review_form:
            return township_review({.summary = {.matter = matter}}, language);
        case Kind::approval_form:
            return county_approval({.summary = {.matter = matter}}, language);
        case Kind::decision_letter:
            return decision_letter({.matter = matter}, language);
        case Kind::rejection_letter:
            return rejection_letter({.matter = matter}, language);
        case Kind::announcement:
            return announcement({.printed_on = printed_on}, language);
        case Kind::enrolment:
            return enrolment({.matter = matter}, language);
    }
    INVARIANT(false);
    return {};
}

}  // namespace ballast::papers
