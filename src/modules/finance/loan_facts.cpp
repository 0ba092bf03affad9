#include "finance/loan_facts.h"

#include <nlohmann/json.hpp>

namespace ballast::finance {
namespace {

using Json = nlohmann::json;
constexpr std::string_view context = "finance_loan.facts";

// One member after the other, both ways.
template <class Facts, class Each>
void members(Facts& facts, Each&& each) {
    each("name", facts.name);
    each("masked", facts.id_masked);
    each("what", facts.what);
    each("id", facts.id_number);
    each("account", facts.account);
}

}  // namespace

crypto::Bytes sealed(const crypto::Vault& vault, const LoanFacts& facts) {
    Json out = Json::object();
    members(facts, [&](const char* name, const std::string& value) {
        if (!value.empty()) out[name] = value;
    });
    return vault.seal(context, out.dump());
}

Result<LoanFacts> opened_loan(const crypto::Vault& vault, std::span<const std::uint8_t> bytes) {
    const auto json = Json::parse(TRY(vault.open(context, bytes)), nullptr, false);
    INVARIANT(json.is_object());
    LoanFacts out;
    members(out, [&](const char* name, std::string& value) { value = json.value(name, std::string()); });
    return out;
}

}  // namespace ballast::finance
