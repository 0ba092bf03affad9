/// 信息比对: what sheets about property and pay say of the people of a case who have agreed to it, by the
/// rules N1 to N9 of packs/negative (domain specification 3.7). A hit is a question that the household may
/// explain, never a decision.
///
/// Nothing outside the consent is read: a person who has not agreed, an item that is not allowed. Whoever
/// calls `compare` records it, and shows the answer only to who may handle the case.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/citizen_id.h"
#include "feeds/feeds.h"
#include "packs/packs.h"
#include "screening/rules.h"

namespace ballast::screening {

/// What a household may agree to, as casework's form has it.
inline constexpr std::array<std::string_view, 8> comparison_items{
    "vehicle", "real_estate", "deposits", "market", "housing_fund", "tax", "payroll", "social_security"};

/// The proof of consent, as casework makes it out of an authorisation that holds on `day`.
struct ComparisonOrder {
    AreaCode county;
    struct Person {
        registry::PersonId person;    // 0: a spouse or supporting child outside of the register
        std::string name;             // of somebody outside
        std::optional<CitizenId> id;  // of somebody outside
    };
    std::vector<Person> persons;
    std::vector<std::string> items;  // those allowed
    Date day;
    std::int64_t members = 1;  // of the household; at least 1
    /// What the visit found; what is not known asks nothing.
    std::optional<bool> supporters_unwilling, monitored_elsewhere, not_rural;
    std::optional<std::int64_t> absent_months;
};

enum class Severity : std::uint8_t { hard, soft };
std::string_view name_of(Severity severity);

struct NegativeHit {
    std::string rule;  // "N3"
    std::string title_zh, title_en;
    Severity severity = Severity::soft;
    std::optional<std::size_t> person;  // index into the order's persons; none: of all of them together
    std::vector<UsedFact> facts;
    std::vector<UsedParameter> parameters;
    std::vector<packs::Title> explanations;  // what may explain it
    std::vector<feeds::RowId> rows;
};

struct Compared {
    std::vector<NegativeHit> hits;          // hard ones first, then by rule and person
    std::vector<feeds::EvidenceRow> rows;   // those that the hits rest on
    std::vector<std::string> items;         // looked at
    std::vector<std::string> without_data;  // allowed, but no sheet about it has come to the county
    std::vector<std::string> not_allowed;   // not looked at
    std::string pack_hash;
};

/// Facts of one person, or of all together (those that concern the household).
struct PersonFacts {
    std::optional<std::size_t> person;
    Facts facts;
};

class NegativeRules {
public:
    /// As Rules::load, for pack "negative"; the monitoring line is that of pack "screening".
    /// Errors: those of packs and dmn; invalid "screening.no_warnings_table", "screening.unknown_input",
    /// "screening.no_output", "screening.bad_output".
    static Result<NegativeRules> load(AreaCode county, Date day, const packs::Store& packs = {});
    /// Of a pack that is not the one in force.
    static Result<NegativeRules> of(packs::Pack pack, packs::Pack screening, AreaCode county, Date day);

    /// Pure. Of one rule and person the graver hit.
    std::vector<NegativeHit> evaluate(const std::vector<PersonFacts>& facts) const;
    const std::string& pack_hash() const;
    AreaCode county() const;
    Date day() const;

private:
    struct State;
    std::shared_ptr<const State> state_;
};

/// Reads and evaluates. invalid "screening.unknown_item" {item}; the errors of the database.
Result<Compared> compare(db::Tx& tx, const crypto::Vault& vault, const NegativeRules& rules,
                         const ComparisonOrder& order);

}  // namespace ballast::screening
