/// A form of an area and a term on its way: filled in, submitted, sent back, accepted. The only SQL that writes.
#pragma once

#include <span>

#include "base/id.h"
#include "returns/fill.h"

namespace ballast::returns {

struct ReturnTag;
using ReturnId = Id<ReturnTag>;

inline constexpr auth::Right may_read = auth::Right::indicators_read;
inline constexpr auth::Right may_enter = auth::Right::indicators_enter;

/// Who takes a step: whoever enters figures in the area, or in the area above it, which receives the form.
enum class Side : std::uint8_t { filler, receiver };
struct Step {
    std::string_view action, from, to;
    Side side;
};
/// The procedure. What is not listed is refused.
std::span<const Step> steps();

struct Return {
    ReturnId id;  // 0: nobody has begun
    std::string state = "draft";  // submitted, sent_back, accepted
    Spared spared;
    std::optional<Date> submitted_on;
    std::string account, name;  // who submitted it
    std::string note;           // why what does not fit stands
    std::string reviewer, reason;
    std::int64_t version = 0;
};

/// A form as it is open on a desk: what was submitted stands as it was, until it is sent back.
struct Sheet {
    const Form* form = nullptr;
    Term term;
    AreaCode area;
    Return of;
    std::vector<Filled> fields;
    std::vector<Broken> broken;
    bool may_enter = false;
    std::vector<std::string> next;  // the steps that the actor may take now
};
/// Errors: not_found "returns.no_such_form" {name}; those of indicators::term_of and area_of; invalid "returns.other_level"
/// {form}, "returns.not_valid" {form, from, to}: the form is not asked for that term, "indicators.future_term" {term}.
Result<Sheet> sheet(db::Tx& tx, const Desk& desk, std::string_view form, std::string_view term, AreaCode area);

struct Typed {
    std::string form, term;
    AreaCode area;
    std::string field, value;  // "" takes it back
    std::int64_t version = 0;  // of the answer that was seen
};
/// Kept at once, for this form and all others that ask for the field. Errors: those of `sheet` and read_answer; not_found
/// "returns.not_on_form" {field, form}; conflict "returns.not_asked" {field}: the platform has it, and it is mended where it
/// comes from; "returns.under_way" {form}: it was submitted; "returns.changed_meanwhile" {value, name}.
Result<Filled> answer(db::Tx& tx, const Desk& desk, const Typed& typed);

struct Order {
    std::string form, term;
    AreaCode area;
    std::string action, note, reason;
    std::int64_t version = 0;
};
/// Errors: those of `sheet`; conflict "returns.no_such_step" {action, state}, "returns.changed"; invalid
/// "returns.missing" {fields}, "returns.explain" {checks}: what does not fit needs a note, "returns.reason_missing";
/// forbidden "returns.not_receiver", "returns.own": whoever submitted it does not accept it.
Result<Sheet> act(db::Tx& tx, const Desk& desk, const Order& order);

/// The areas at the form's level inside `area`, each with how far its form is.
struct Line {
    AreaCode area;
    Return of;
    bool overdue = false;
};
Result<std::vector<Line>> lines(db::Tx& tx, const Desk& desk, std::string_view form, std::string_view term, AreaCode area);

/// The form, when there is one of that name; errors as `sheet`.
Result<const Form*> form_of(const Desk& desk, std::string_view name);
/// That of today when none is named.
Result<Term> term_of(const Desk& desk, const Form& form, std::string_view term);

}  // namespace ballast::returns
