/// Figures in and out: a form's sheet to be filled in and sent back, a board as a workbook, and the dataValueSets of
/// DHIS2. What comes in is looked at whole first; when anything is refused nothing is stored.
#pragma once

#include "indicators/board.h"
#include "indicators/values.h"
#include "words/words.h"

namespace ballast::indicators {

/// What a form asks for, in the order of its columns.
struct Question {
    const Figure* figure = nullptr;
    std::string part;
    std::string title(words::Language language) const;  // 就业技能培训·脱贫劳动力（人次）
};
std::vector<Question> questions(const Catalogue& catalogue, const Form& form);
std::string title_in(words::Language language, const Title& title);

/// A sheet with a row for each area at the form's level inside `area`, and what is known filled in. Errors: those of
/// `area_of` and of table::Writer.
Result<void> write_form(db::Tx& tx, const Desk& desk, const Form& form, const Term& term, AreaCode area,
                        const std::string& path, words::Language language);

struct Refusal {
    std::int64_t row = 0;
    std::string column;
    Error what;
};
struct Imported {
    std::int64_t taken = 0;
    std::vector<Refusal> refused;  // when there is one, nothing was taken
};
/// Errors: those of table::Reader; invalid "table.missing_columns".
Result<Imported> read_form(db::Tx& tx, const Desk& desk, const Form& form, const Term& term, const std::string& path,
                           const std::string& name);

/// What does not fit, or what was explained (`state`), the most urgent first; at most `most_findings` rows.
/// Error: not_found "indicators.no_findings".
Result<void> write_findings(db::Tx& tx, const Desk& desk, AreaCode area, std::string_view state, const std::string& path,
                            words::Language language);

/// As DHIS2 says it: {"dataSet", "period", "orgUnit", "dataValues": [{"dataElement", "period", "orgUnit",
/// "categoryOptionCombo", "value", "storedBy", "lastUpdated"}]}. Data elements are figures, organisation units area
/// codes, option combinations parts; the whole is "default".
Result<std::string> data_value_set(db::Tx& tx, const Desk& desk, const Form& form, const Term& term, AreaCode area);

struct ImportSummary {
    std::int64_t imported = 0, updated = 0, deleted = 0, ignored = 0;
    struct Conflict {
        std::string object;
        Error what;
    };
    std::vector<Conflict> conflicts;  // when there is one, nothing was taken and all are ignored
};
/// `dry`: looks only. invalid "indicators.bad_value_set" {expected}.
Result<ImportSummary> take_value_set(db::Tx& tx, const Desk& desk, std::string_view json, bool dry);

}  // namespace ballast::indicators
