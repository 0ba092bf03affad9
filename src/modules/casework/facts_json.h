/// The forms of a case as JSON: read from what somebody sends, kept (sealed) with the step, shown on the
/// timeline. Each form is described once, in facts_fields.h.
#pragma once

#include <string>
#include <string_view>

#include "casework/risk_case.h"

namespace ballast::casework {

enum class Show : std::uint8_t {
    whole,   // for keeping
    masked,  // for people: numbers of documents and phones with their middle hidden
};
std::string to_json(const Facts& facts, Show show);

/// The form of that action. Absent texts and lists are empty; dates and numbers must be there.
///
/// Errors, all invalid, with {field} as in "investigators.1.post": "casework.not_a_form",
/// "casework.field_missing", "casework.field_wrong", "casework.field_unknown" (so that a slip of the pen is
/// not lost), "casework.text_too_long" {most}, "casework.list_too_long" {most}.
Result<Facts> facts_from(Action action, std::string_view json);

}  // namespace ballast::casework
