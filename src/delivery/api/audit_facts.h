/// What a recorded event says besides who, when and of what: its details, field by field, in words. They hold
/// ids, counts and codes, never a value of a person.
#pragma once

#include "api/json.h"
#include "audit/audit.h"

namespace ballast::api {

/// [{name, label, value}] in the order of the record; an unknown name is its own label, an unknown code its
/// own value, so that nothing which was recorded is ever left out.
Json audit_facts(const Call& call, const audit::Event& event);

/// An action in words: its own, or its object's and its step's ("保单：验标通过"). Nothing where neither is known.
std::optional<std::string> audit_label(const Call& call, std::string_view action);

}  // namespace ballast::api
