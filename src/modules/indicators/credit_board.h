/// The regulator's indicators Q1 to Q6 (credit_rules.h) of an area and a quarter, from the figures that counties enter or import on the
/// form "credit_quarter" (packs/regulator), with the version of the list that each was reckoned over. Below the county there are none.
///
/// The balance of the province's loans is the published one: every county states the same, and it is taken only where those that
/// count in Q3 agree.
#pragma once

#include "indicators/board.h"
#include "indicators/county_lists.h"
#include "words/words.h"

namespace ballast::indicators {

inline constexpr std::string_view credit_form = "credit_quarter";

struct CreditLine {
    std::string_view id;                                 // q1a, q1b, q2a, q2b, q3, q4, q5, q6a, q6b
    std::string_view numerator_unit, denominator_unit;
    Outcome outcome = {};
    const CountyList* list = nullptr;   // of the board's lists; null without one, and in q1 and q6, which take all counties
    std::string authority = {};         // of the target (who set it, where somebody did) or of how growth is averaged
    std::optional<Mean> mean = {};      // q3
    std::optional<Direction> direction = {};  // q6, where there is a target
    std::optional<Decimal> published = {};    // q1: last year's end as it was reported then, where the start was restated
};
struct CreditBoard {
    AreaCode area;
    Term term;
    CountyLists lists;
    int division_year = 0;  // of the division that says which counties there are
    std::vector<CreditLine> lines;
    bool reported = false;  // some county has told something

    const CreditLine* line(std::string_view id) const;
};

/// Errors: those of `readable` and `term_of`.
Result<std::unique_ptr<CreditBoard>> credit_board(db::Tx& tx, const Desk& desk, CountyLists lists, AreaCode area, const Term& term);

/// In words. A verdict: met or not, or why nobody can say.
std::string title_of(const CreditLine& line, words::Language language);
std::string numerator_of(const CreditLine& line, words::Language language);
std::string denominator_of(const CreditLine& line, words::Language language);
std::string unit_of(const CreditLine& line, words::Language language);
std::string criterion_of(const CreditLine& line, words::Language language);
std::string verdict_of(const CreditLine& line, words::Language language);
std::string verdict_of(const CountyChange& part, words::Language language);
/// Which counties count, and the version of the list that says so.
std::string list_name_of(const CountyList& list, words::Language language);
std::string list_of(const CreditBoard& board, const CreditLine& line, words::Language language);
/// What was restated, how growth was averaged, whose target it is; "" where there is nothing to say.
std::string remark_of(const CreditLine& line, words::Language language);
/// "assumed: ..." in the reader's language; any other as it stands.
std::string authority_of(std::string_view authority, words::Language language);
/// The unit of a county's amounts, and of their change: percent, or kinds.
std::string amount_unit_of(const CreditLine& line);
std::string part_unit_of(const CreditLine& line, words::Language language);

/// Each indicator, and below it its counties. Error: not_found "indicators.credit.nothing" {term} where nobody has reported.
Result<void> write_credit_board(const Desk& desk, const CreditBoard& board, const std::string& path, words::Language language);

}  // namespace ballast::indicators
