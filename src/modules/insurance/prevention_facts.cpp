#include "insurance/prevention_facts.h"

#include <nlohmann/json.hpp>

namespace ballast::insurance {
namespace {

using Json = nlohmann::ordered_json;
constexpr std::string_view case_context = "insurance_prevention_case.facts";
constexpr std::string_view expense_context = "insurance_prevention_expense.facts";

// One member after the other, both ways.
template <class Facts, class Each>
void members(Facts& facts, Each&& each) requires requires {
    facts.told;
}
{
    each("told", facts.told);
    each("found", facts.found);
    each("surveyor", facts.surveyor);
    each("assistant", facts.assistant);
    each("holder", facts.holder);
    each("bank", facts.bank);
    each("account", facts.account);
}
template <class Facts, class Each>
void members(Facts& facts, Each&& each) requires requires {
    facts.bill;
}
{
    each("person", facts.person);
    each("what", facts.what);
    each("payee", facts.payee);
    each("bill", facts.bill);
}

template <class Facts>
crypto::Bytes seal(const crypto::Vault& vault, std::string_view context, const Facts& facts) {
    Json out = Json::object();
    members(facts, [&](const char* name, const std::string& value) {
        if (!value.empty()) out[name] = value;
    });
    return vault.seal(context, out.dump());
}

template <class Facts>
Result<Facts> open(const crypto::Vault& vault, std::string_view context,
                   std::span<const std::uint8_t> bytes) {
    const auto json = Json::parse(TRY(vault.open(context, bytes)), nullptr, false);
    INVARIANT(json.is_object());
    Facts out;
    members(out, [&](const char* name, std::string& value) { value = json.value(name, std::string()); });
    return out;
}

/// To the fen, or as far as it goes beyond.
std::string exact(Decimal yuan) {
    const Decimal fen = yuan.rounded(2, Rounding::down);
    if (fen == yuan) return fen.plain();
    std::string out = yuan.plain();
    return out.substr(0, out.find_last_not_of('0') + 1);
}

}  // namespace

crypto::Bytes sealed(const crypto::Vault& vault, const PreventionFacts& facts) {
    return seal(vault, case_context, facts);
}
Result<PreventionFacts> opened_prevention(const crypto::Vault& vault, std::span<const std::uint8_t> bytes) {
    return open<PreventionFacts>(vault, case_context, bytes);
}
crypto::Bytes sealed(const crypto::Vault& vault, const ExpenseFacts& facts) {
    return seal(vault, expense_context, facts);
}
Result<ExpenseFacts> opened_expense(const crypto::Vault& vault, std::span<const std::uint8_t> bytes) {
    return open<ExpenseFacts>(vault, expense_context, bytes);
}

std::string written(const Reckoning& reckoning, std::string_view pack_hash, std::string_view authority) {
    Json slices = Json::array();
    for (const auto& slice : reckoning.slices)
        slices.push_back(
            {{"amount_fen", slice.amount.fen()}, {"rate", slice.rate.plain()}, {"part", exact(slice.part)}});
    const auto& terms = reckoning.terms;
    return Json{{"self_paid_fen", reckoning.loss.self_paid.fen()},
                {"excluded_fen", reckoning.loss.excluded.fen()},
                {"compensated_fen", reckoning.loss.compensated.fen()},
                {"borne_before_fen", reckoning.loss.borne_before.fen()},
                {"borne_fen", reckoning.borne.fen()},
                {"warning_line_fen", terms.warning_line.fen()},
                {"deductible_fen", terms.deductible.fen()},
                {"mode", terms.mode == TierMode::excess ? "excess" : "whole"},
                {"crossed", reckoning.crossed},
                {"counted_fen", reckoning.counted.fen()},
                {"slices", slices},
                {"by_tiers_fen", reckoning.by_tiers.fen()},
                {"annual_cap_fen", terms.annual_cap ? Json(terms.annual_cap->fen()) : Json(nullptr)},
                {"limited_fen", reckoning.limited.fen()},
                {"paid_this_year_fen", reckoning.loss.paid_this_year.fen()},
                {"payable_fen", reckoning.payable.fen()},
                {"pack_hash", pack_hash},
                {"authority", authority},
                {"assumed", authority.starts_with("assumed")}}
        .dump();
}

}  // namespace ballast::insurance
