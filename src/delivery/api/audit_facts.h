/// What a recorded event says besides who, when and of what: its details, field by field, in words. They hold
/// ids, counts and codes, never a value of a person.
#pragma once

#include "api/json.h"
#include "audit/audit.h"

namespace ballast::api {

/// [{name, label, value}] in the order of the record; an unknown name is its own label, an unknown code its
/// own value, so that nothing which was recorded is ever left out.
Json audit_facts(const Call& call, const audit::Event& event);

}  // namespace ballast::api
