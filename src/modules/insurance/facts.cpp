#include "insurance/facts.h"

#include <nlohmann/json.hpp>

namespace ballast::insurance {
namespace {

using Json = nlohmann::json;
constexpr std::string_view insured_context = "insurance_insured.facts";
constexpr std::string_view claim_context = "insurance_claim.facts";

// One member after the other, both ways.
template <class Facts, class Each>
void members(Facts& facts, Each&& each) requires requires {
    facts.id_number;
}
{
    each("name", facts.name);
    each("id", facts.id_number);
    each("phone", facts.phone);
    each("plot", facts.plot);
    each("ring", facts.ring);
    each("tags", facts.tags);
    each("bank", facts.bank);
    each("account", facts.account);
}
template <class Facts, class Each>
void members(Facts& facts, Each&& each) requires requires {
    facts.reporter;
}
{
    each("reporter", facts.reporter);
    each("phone", facts.phone);
    each("place", facts.place);
    each("found", facts.found);
    each("surveyor", facts.surveyor);
    each("assistant", facts.assistant);
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
    const auto text = TRY(vault.open(context, bytes));
    const auto json = Json::parse(text, nullptr, false);
    INVARIANT(json.is_object());
    Facts out;
    members(out, [&](const char* name, std::string& value) { value = json.value(name, std::string()); });
    return out;
}

}  // namespace

InsuredFacts facts_of(const ListRow& row) {
    return {row.name,
            row.id.reveal(),
            row.phone.reveal(),
            row.plot,
            row.ring ? written(*row.ring) : std::string(),
            written(row.tags),
            row.bank,
            row.account.reveal()};
}

crypto::Bytes sealed(const crypto::Vault& vault, const InsuredFacts& facts) {
    return seal(vault, insured_context, facts);
}
Result<InsuredFacts> opened(const crypto::Vault& vault, std::span<const std::uint8_t> bytes) {
    return open<InsuredFacts>(vault, insured_context, bytes);
}
crypto::Bytes sealed(const crypto::Vault& vault, const ClaimFacts& facts) {
    return seal(vault, claim_context, facts);
}
Result<ClaimFacts> opened_claim(const crypto::Vault& vault, std::span<const std::uint8_t> bytes) {
    return open<ClaimFacts>(vault, claim_context, bytes);
}

}  // namespace ballast::insurance
