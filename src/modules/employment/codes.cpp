#include "employment/codes.h"

#include <algorithm>
#include <array>

#include "words/words.h"

namespace ballast::employment {

namespace codes {
namespace {

// Trades of the vocational courses that counties hold most. [assumed; the national list has some 1,600
// occupations]
constexpr std::array<std::string_view, 14> trades{
    "general", "masonry", "welding",  "electrician", "garment",  "electronics", "cooking",
    "care",    "driving", "security", "planting",    "breeding", "embroidery",  "commerce"};
constexpr std::array<std::string_view, 5> kinds{"enterprise", "workshop", "public", "away", "flexible"};
constexpr std::array<std::string_view, 5> reaches{"village", "township", "county", "province", "anywhere"};
constexpr std::array<std::string_view, 3> loads{"light", "normal", "heavy"};
constexpr std::array<std::string_view, 7> end_reasons{"term",   "dismissed", "left", "illness",
                                                      "family", "moved",     "death"};
constexpr std::array<std::string_view, 3> end_groups{"over", "gone_moved", "gone_death"};
constexpr std::array<std::string_view, 4> refusals{"person_declined", "employer_declined", "unsuitable",
                                                   "other"};
constexpr std::array<std::string_view, 4> schemes{"guaranteed_loan", "support_loan", "subsidy", "own"};
constexpr std::array<std::string_view, 6> startup_states{"chosen", "planned", "financed",
                                                         "guided", "opened",  "given_up"};

constexpr std::array<const CodeList*, 9> every{&trade,     &kind,    &reach,  &load,         &end_reason,
                                               &end_group, &refusal, &scheme, &startup_state};

}  // namespace

const CodeList trade{"trade", trades};
const CodeList kind{"kind", kinds};
const CodeList reach{"reach", reaches};
const CodeList load{"load", loads};
const CodeList end_reason{"end_reason", end_reasons};
const CodeList end_group{"end_group", end_groups};
const CodeList refusal{"refusal", refusals};
const CodeList scheme{"scheme", schemes};
const CodeList startup_state{"startup_state", startup_states};

std::span<const CodeList* const> all() { return every; }

}  // namespace codes

std::optional<std::size_t> CodeList::place(std::string_view code) const {
    const auto found = std::ranges::find(codes, code);
    if (found == codes.end()) return std::nullopt;
    return static_cast<std::size_t>(found - codes.begin());
}

Result<void> check_code(const CodeList& list, std::string_view code) {
    if (list.place(code)) return {};
    return invalid("employment.no_such_code")
        .with("list", std::string(list.name))
        .with("code", std::string(code));
}

Result<std::string> code_named(const CodeList& list, std::string_view written) {
    for (const auto code : list.codes) {
        const auto id = "employment." + std::string(list.name) + "." + std::string(code);
        if (written == code || written == words::say(id, words::Language::zh) ||
            written == words::say(id, words::Language::en))
            return std::string(code);
    }
    return invalid("employment.no_such_code")
        .with("list", std::string(list.name))
        .with("code", std::string(written));
}

std::vector<std::string> split_codes(std::string_view codes) {
    std::vector<std::string> out;
    while (!codes.empty()) {
        const auto end = std::min(codes.find(' '), codes.size());
        if (end > 0) out.emplace_back(codes.substr(0, end));
        codes.remove_prefix(std::min(end + 1, codes.size()));
    }
    return out;
}

Result<std::string> check_codes(const CodeList& list, std::string_view codes) {
    auto each = split_codes(codes);
    for (const auto& one : each) TRY(check_code(list, one));
    std::ranges::sort(each, {}, [&](const std::string& one) { return list.place(one); });
    const auto again = std::ranges::unique(each);
    each.erase(again.begin(), again.end());
    std::string out;
    for (const auto& one : each) {
        if (!out.empty()) out += ' ';
        out += one;
    }
    return out;
}

}  // namespace ballast::employment
