/// Claims: reported by the village or the insurer, taken through the steps of claim_procedure.h, paid row by
/// row and posted in the insurer's book. No sequence of claims pays a row more than its sum insured, nor for
/// more animals than are insured. A row's account was taken in under the farmer's own name alone.
#pragma once

#include "insurance/claim_procedure.h"
#include "insurance/policy.h"

namespace ballast::insurance {

struct Claim {
    ClaimId id;
    std::string number;
    PolicyId policy;
    std::string policy_number, product;
    AreaCode area;
    std::string cause;  // one of causes()
    Date occurred_on, reported_on;
    ClaimState state = ClaimState::reported;
    Date entered_on;
    std::int64_t version = 0;
    std::optional<Date> harvest_on, posted_on, agreed_on, paid_on;
    std::optional<finance::JournalId> journal;
    std::string reporter, place, found, surveyor, assistant;  // phones stay sealed
    std::int64_t rows = 0;
    Money assessed, paid;
};
std::span<const std::string_view> causes();

struct NewClaim {
    PolicyId policy;
    std::string cause;
    Date occurred_on;
    std::string reporter, phone, place, found;
    std::string key;
};
/// Errors: forbidden; not_found "insurance.no_such_policy"; conflict "insurance.not_in_force"; invalid
/// "insurance.no_such_cause" {name}, "insurance.loss_in_future", "insurance.loss_outside_cover" {first,
/// last}, "insurance.text_missing" {name}, "phone.malformed".
Result<ClaimId> report_claim(db::Tx& tx, const Desk& desk, const NewClaim& wanted);

/// A farmer's row of the loss sheet.
struct Loss {
    InsuredId insured;
    std::int64_t line = 0;  // shown
    std::string name;       // shown
    std::string stage;      // of a crop
    Decimal loss;           // 0.46
    Decimal area, planted;  // mu
    std::string body;       // of an animal
    std::int64_t heads = 0;
    Money residual, government;
    std::string disposal;  // number of the proof of harmless disposal
    Money claimed;         // by the formula
    Money assessed;        // of it, what the sum insured still covers
    Money paid;
};
/// Takes the place of the sheet before it. Errors: conflict "insurance.wrong_state",
/// "insurance.changed_meanwhile"; invalid, each with {row}, those of compensation(); "insurance.no_such_row",
/// "insurance.row_twice", "insurance.no_such_stage", "insurance.stage_not_then" {first, last},
/// "insurance.no_such_body", "insurance.too_many_heads" {heads, before, insured};
/// conflict "insurance.row_paid_before": the claim was reopened, and a row that has been paid is missing.
Result<void> enter_losses(db::Tx& tx, const Desk& desk, ClaimId id, std::int64_t version,
                          const std::vector<Loss>& sheet);
Result<std::vector<Loss>> losses(db::Tx& tx, const Desk& desk, ClaimId id);

struct ClaimOrder {
    std::int64_t version = 0;
    ClaimAction action = ClaimAction::survey;
    std::string note = {}, surveyor = {}, assistant = {}, found = {};
    std::optional<Date> harvest_on = {};  // of assess
};
/// Errors: those of decide; forbidden; conflict "insurance.changed_meanwhile"; "insurance.too_many_heads"
/// {row, heads, before, insured} of what is assessed or paid; those of the ledger.
Result<void> take_step(db::Tx& tx, const Desk& desk, ClaimId id, const ClaimOrder& order);
struct NextClaimSteps {
    std::vector<PossibleClaimStep> steps;
    std::vector<PossibleClaimStep> awaited;  // of others
    std::optional<Date> due;
};
Result<NextClaimSteps> next_steps(db::Tx& tx, const Desk& desk, const Claim& claim);

struct ClaimQuery {
    std::optional<PolicyId> policy;
    std::optional<AreaCode> area;
    std::string state;
    std::int64_t offset = 0, limit = 20;
};
Result<std::vector<Claim>> claims(db::Tx& tx, const Desk& desk, const ClaimQuery& query, std::int64_t* total);
/// not_found "insurance.no_such_claim".
Result<Claim> load_claim(db::Tx& tx, const Desk& desk, auth::Right right, ClaimId id);

/// Photos of a survey, sealed. Errors: invalid "insurance.photo_type", "insurance.photo_too_large" {most},
/// "insurance.too_many_photos" {most}; conflict "insurance.wrong_state".
inline constexpr std::int64_t largest_photo = 10 * 1024 * 1024;
Result<PhotoId> add_photo(db::Tx& tx, const Desk& desk, ClaimId id, std::string_view bytes);
Result<std::vector<PhotoId>> photos(db::Tx& tx, const Desk& desk, ClaimId id);
struct Photo {
    std::string type, bytes;
};
Result<Photo> photo(db::Tx& tx, const Desk& desk, ClaimId id, PhotoId which);

}  // namespace ballast::insurance
