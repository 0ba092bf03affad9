/// How returns are read from their tables; inside returns only.
#pragma once

#include <map>

#include "returns/return_file.h"

namespace ballast::returns {

inline constexpr std::string_view answer_context = "returns_answer.value";
inline constexpr std::string_view filed_context = "returns_filed.value";
inline constexpr std::string_view note_context = "returns_return.note";
inline constexpr std::string_view reason_context = "returns_return.reason";

struct Answer {
    std::string value, form, term, name;
    std::int64_t version = 0;
    Instant at;
};
/// What was ever asked of the area, by field and period.
Result<std::map<std::pair<std::string, std::string>, Answer>> answers_of(db::Tx& tx, const Desk& desk, AreaCode area);

/// What was submitted for that term, by field; hidden ones are left out. Empty where nothing was.
Result<std::map<std::string, std::string>> filed_values(db::Tx& tx, const Desk& desk, const Form& form, const Term& term,
                                                        AreaCode area);
/// The fields as they were submitted.
Result<std::vector<Filled>> filed(db::Tx& tx, const Desk& desk, const Form& form, ReturnId id);

Result<std::string> opened(const Desk& desk, std::string_view context, const std::optional<db::Blob>& sealed);
db::Value sealed(const Desk& desk, std::string_view context, std::string_view text);

}  // namespace ballast::returns
