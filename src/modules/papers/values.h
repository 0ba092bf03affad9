/// What several papers say: where, who, how much. Plain values; whatever is empty is printed as a blank to be
/// filled in by hand, so the same function prints the form for the field and the finished paper.
///
/// Codes are those of the register, of screening and of casework ("02", "illness" is "01"); their labels come
/// from the word files
/// ("registry.code.relation.02", "screening.risk.01").
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/citizen_id.h"
#include "base/date.h"
#include "base/money.h"
#include "document/document.h"
#include "words/words.h"

namespace ballast::papers {

using words::Language;

/// An ID number as it stands on a paper: masked, unless the law needs it in full and the caller has revealed
/// it, which is an audited act.
class IdNumber {
public:
    IdNumber() = default;  // not known: a blank
    IdNumber(const CitizenId& id) : text_(id.masked()) {}
    /// A text that is masked already, or that somebody revealed.
    static IdNumber as_shown(std::string text) {
        IdNumber out;
        out.text_ = std::move(text);
        return out;
    }
    const std::string& text() const { return text_; }

private:
    std::string text_;
};

/// Names, from the county down: "昭觉县", "解放沟镇", "火普村", "三组".
struct Place {
    std::string county = {}, township = {}, village = {}, group = {};
};

/// What stands on every paper of one case.
struct Matter {
    std::string case_no = {};
    std::string household_no = {};
    std::string head = {};  // the householder's name
    Place place = {};
    Date printed_on = {};  // goes into the file's properties; not printed
};

/// A number that the procedure takes from a pack: days, a share, a line. Printed with （假设值） when nobody
/// has decided it yet.
template <class T>
struct Parameter {
    T value = {};
    bool assumed = false;
    std::string authority = {};
};

enum class Category : std::uint8_t { unstable_ex_poor, marginal, sudden_severe };

/// Primary first.
using RiskCodes = std::vector<std::string>;

struct Signer {
    std::string name = {};
    std::string post = {};  // where from, what as
    std::optional<Date> day = {};
};

/// Yes, no, or not asked.
using Answer = std::optional<bool>;

}  // namespace ballast::papers
