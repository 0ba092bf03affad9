/// Policies: drafted by an insurer, filled with an insured list, taken through the steps of
/// policy_procedure.h.
#pragma once

#include "insurance/desk.h"
#include "insurance/insured_list.h"
#include "insurance/list_price.h"
#include "insurance/policy_procedure.h"

namespace ballast::insurance {

enum class Holder : std::uint8_t { village, cooperative, company, farmer };
std::string_view name_of(Holder holder);
Result<Holder> holder_named(std::string_view name);  // invalid "insurance.no_such_holder" {name}

struct Policy {
    PolicyId id;
    std::string number;
    InsurerId insurer;
    std::string product;
    std::string pack_hash;
    std::optional<std::string> terms_hash;  // of the product's own text; unknown of policies from before 0195
    bool terms_kept = false;                // that text is on file (terms.h), and claims and seasons are settled by it
    AreaCode area;  // a village or township
    Holder holder_kind = Holder::village;
    std::string holder;
    int season = 0;  // the year in which the cover begins
    Period cover;
    PolicyState state = PolicyState::draft;
    Date entered_on;  // the state
    std::int64_t version = 0;
    Tariff tariff;  // of the day on which the cover begins
    std::string waiver, authority;
    std::int64_t farmers = 0;  // rows of the list
    Decimal units;
    Money sum_insured, premium;
    std::array<Money, payer_count> parts;
    std::optional<Date> posted_on, effective_on;
    bool subsidy_paid = false;

    /// Whether the product's text is another than when the policy was drafted; nothing where nobody knows.
    std::optional<bool> terms_changed(const Product& now) const {
        if (pack_hash == now.hash) return false;  // the whole pack is the same
        if (!terms_hash) return std::nullopt;
        return *terms_hash != now.version;
    }
    bool assumed() const { return authority.starts_with("assumed"); }
    Money part(Payer payer) const { return parts[static_cast<std::size_t>(payer)]; }
    Money subsidy() const { return premium - part(Payer::farmer); }
};

struct NewPolicy {
    std::string product;
    AreaCode area;
    Holder holder_kind = Holder::village;
    std::string holder;
    int season = 0;
    Decimal heads;  // of a product without a list: how many people the group has
    std::string key;
};
/// Errors: forbidden "auth.not_allowed"; conflict "insurance.no_insurer", "insurance.pool_leads" {lead}, "insurance.not_on_sale" {first,
/// last}; not_found "areas.unknown", "insurance.no_such_product", "insurance.no_rate"; invalid
/// "insurance.holder_missing", "insurance.not_sold_here", "insurance.wrong_area": not a village or township
/// of the insurer's county.
Result<PolicyId> draft_policy(db::Tx& tx, const Desk& desk, const NewPolicy& wanted);

/// A list as it was received: taken whole, or not at all.
struct Taken {
    std::int64_t rows = 0;
    std::vector<RowFinding> findings;
    bool accepted = false;
};
/// Says in the audit that somebody is about to hold a list against the register: in a transaction of its own,
/// before the list is read, so that it stays whatever becomes of the list. Errors: not_found
/// "insurance.no_such_policy"; conflict "insurance.wrong_state", "insurance.changed_meanwhile".
Result<void> announce_list(db::Tx& tx, const Desk& desk, PolicyId id, std::int64_t version);
/// Takes the place of the list before it. Errors: those of announce_list, read_list and price_list.
Result<Taken> take_list(db::Tx& tx, const Desk& desk, PolicyId id, std::int64_t version,
                        const std::string& path, const std::string& file);

/// A farmer's row. What is sealed comes masked, unless `clear`.
struct Insured {
    InsuredId id;
    std::int64_t line = 0;
    std::optional<std::int64_t> household;
    std::string name, id_number, phone, plot, tags, bank, account;
    Decimal units, amount;
    Money sum_insured, premium, farmer;
    std::string remarks;  // ids of remarks, separated by blanks
    bool sampled = false;
    std::optional<Decimal> measured;
    std::optional<Date> paid_on;
    Money paid_claims;
};
struct InsuredQuery {
    bool sampled_only = false;
    std::int64_t offset = 0, limit = 50;
};
Result<std::vector<Insured>> insured_rows(db::Tx& tx, const Desk& desk, PolicyId id,
                                          const InsuredQuery& query);
/// The farmer's account in full, to pay into; audited. invalid "insurance.purpose_missing"; not_found
/// "insurance.no_such_row".
Result<std::string> reveal_account(db::Tx& tx, const Desk& desk, PolicyId id, InsuredId row,
                                   std::string_view purpose);

/// What was found on the spot in a row of the sample. Errors: not_found "insurance.no_such_row"; conflict
/// "insurance.wrong_state"; invalid "insurance.out_of_range".
Result<void> measure(db::Tx& tx, const Desk& desk, PolicyId id, InsuredId row, Decimal measured);
struct Farmers {
    bool all = false;
    std::vector<InsuredId> rows = {};  // otherwise
};
/// Farmers who have paid. Errors: as `measure`; invalid "insurance.paid_in_future", "insurance.rows_or_all":
/// neither or both.
Result<void> record_payments(db::Tx& tx, const Desk& desk, PolicyId id, const Farmers& whom, Date on);
/// Farmers who have been given back what they paid, before it was collected: nothing of it is in the book
/// yet. Errors: as record_payments; invalid "insurance.note_missing".
Result<void> return_payments(db::Tx& tx, const Desk& desk, PolicyId id, const Farmers& whom,
                             std::string_view note);

struct PolicyOrder {
    std::int64_t version = 0;
    PolicyAction action = PolicyAction::submit;
    std::string note;
};
/// Errors: those of decide; forbidden "auth.not_allowed"; conflict "insurance.changed_meanwhile"; those of
/// the ledger: collect posts what the farmers paid into the insurer's book, and a cancellation before the
/// cover begins takes exactly that out again.
Result<void> take_step(db::Tx& tx, const Desk& desk, PolicyId id, const PolicyOrder& order);
struct NextPolicySteps {
    std::vector<PossiblePolicyStep> steps;
    std::vector<PossiblePolicyStep> awaited;  // of others
};
Result<NextPolicySteps> next_steps(db::Tx& tx, const Desk& desk, const Policy& policy);

struct PolicyQuery {
    std::optional<AreaCode> area;
    std::string product, state;
    std::int64_t offset = 0, limit = 20;
};
/// The latest first.
Result<std::vector<Policy>> policies(db::Tx& tx, const Desk& desk, const PolicyQuery& query,
                                     std::int64_t* total);
/// Seen with `right`. not_found "insurance.no_such_policy".
Result<Policy> load_policy(db::Tx& tx, const Desk& desk, auth::Right right, PolicyId id);

}  // namespace ballast::insurance
