/// Fills a form of an area and a term from what the platform has: the register, the indicators, programmes, and what was
/// asked before. Reads only.
#pragma once

#include "indicators/desk.h"
#include "returns/form.h"
#include "words/words.h"

namespace ballast::returns {

using indicators::Term;

struct Desk {
    const indicators::Desk& figures;  // who acts, where and when
    const Catalogue& forms;
};

/// Where a value on a form comes from.
enum class Origin : std::uint8_t {
    nothing,     // it must be asked
    registered,  // the household register
    figure,      // an indicator or a figure of it
    programme,   // a programme's register
    remembered,  // asked for another form, or for an earlier term, and still holding
    typed,       // asked for this form
};
std::string_view name_of(Origin origin);
std::optional<Origin> origin_named(std::string_view name);

struct Filled {
    const Field* field = nullptr;
    std::string value;  // of a number in the measure's places; of a choice its code; "" for nothing
    Origin origin = Origin::nothing;
    bool hidden = false;  // a small count above the village, or a text that the reader may not see
    std::string as_of;    // the term or the day for which it stands
    std::string from;     // remembered: the name of the form for which it was asked
    std::string partly;   // of a flow not yet reported for the whole term: what has been, as "2/3"
    std::int64_t version = 0;  // of the answer
    std::string by;
    std::string before;  // what was filed for the term before

    bool spared() const { return origin != Origin::nothing && origin != Origin::typed; }
    bool answered() const { return hidden || !value.empty(); }
};

/// Every field of the form, in its order.
Result<std::vector<Filled>> fill(db::Tx& tx, const Desk& desk, const Form& form, const Term& term, AreaCode area);

/// The key under which an answer is kept: the term, its year, or "" for what holds until it changes.
std::string period_of(const Field& field, const Term& term);

struct Spared {
    std::int64_t known = 0, remembered = 0, typed = 0, missing = 0;
    std::int64_t all() const { return known + remembered + typed + missing; }
    std::int64_t spared() const { return known + remembered; }
};
Spared count(std::span<const Filled> fields);

/// A check of the form that does not hold over these values; one whose figures are not all there says nothing.
struct Broken {
    const Check* check = nullptr;
    std::string printed, computed;
};
std::vector<Broken> broken(const Catalogue& catalogue, const Form& form, std::span<const Filled> fields);

/// What was typed, as it is kept. Errors, invalid: those of indicators::read_value; "returns.no_such_choice" {value};
/// "returns.not_a_date" {value}; "returns.too_long" {most}; "returns.outside" {value, least, most, unit}.
Result<std::string> read_answer(const Field& field, std::string_view typed);
/// As people read it: a choice by its label, the rest as it is.
std::string shown(const Field& field, std::string_view value, words::Language language);

}  // namespace ballast::returns
