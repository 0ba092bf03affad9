/// The official papers by name.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "papers/values.h"

namespace ballast::papers {

enum class Kind : std::uint8_t {
    visit_form,
    consent,
    minutes,
    notice,
    review_form,
    approval_form,
    decision_letter,
    rejection_letter,
    announcement,
    enrolment,
};
inline constexpr std::array kinds{
    Kind::visit_form,    Kind::consent,         Kind::minutes,          Kind::notice,       Kind::review_form,
    Kind::approval_form, Kind::decision_letter, Kind::rejection_letter, Kind::announcement, Kind::enrolment};

/// "visit_form", as URLs, commands and the rows of the procedure say.
std::string_view name_of(Kind kind);
std::optional<Kind> kind_of(std::string_view name);
std::string title_of(Kind kind, Language language);

/// The empty form, to be filled in by hand.
document::Document blank(Kind kind, Language language, Date printed_on);

}  // namespace ballast::papers
