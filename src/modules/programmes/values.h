/// The values of a row as they were typed, held against the fields of its register. Pure.
#pragma once

#include <map>

#include "feel/value.h"
#include "programmes/programme.h"

namespace ballast::programmes {

/// By field, written as programme.h says; a field without a value is left out.
using Values = std::map<std::string, std::string, std::less<>>;

/// What was typed (money in yuan), as it is kept. Empty text takes a value away.
///
/// Errors, all invalid, with "field" (its name) and "title": "programmes.no_such_field", "programmes.required",
/// "programmes.not_a_number" {unit}, "programmes.too_small" {least}, "programmes.too_large" {most},
/// "programmes.not_a_choice", "programmes.not_a_date", "programmes.in_future", "programmes.too_long" {most},
/// "programmes.not_a_phone".
/// `before`: what is kept already, and stays where nothing was typed.
Result<Values> checked(const std::vector<Field>& fields, const Values& typed, Date today, Values before = {});
Result<std::string> checked(const Field& field, std::string_view typed, Date today);
/// Of a record about a person. invalid "programmes.before_birth".
Result<void> after_birth(const std::vector<Field>& fields, const Values& kept, Date birth);

/// {"field": "value", ...}, for what is sealed.
std::string to_json(const Values& values);
Result<Values> from_json(std::string_view json);

/// As people see it: money in yuan, a choice still its value; a sealed value masked.
std::string shown(const Field& field, const std::string& kept);
std::string masked(const Field& field, std::string_view kept);
/// As a table sees it.
feel::Value as_fact(const Field& field, const std::string* kept);

}  // namespace ballast::programmes
