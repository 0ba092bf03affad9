// The regulator's indicators Q1 to Q6 of a quarter: what they are made of, over which list of counties, why there is no verdict.
#include "api/indicators_credit_routes.h"

#include "api/indicators_json.h"
#include "api/workbook_reply.h"
#include "indicators/credit_board.h"

namespace ballast::api {
namespace {

using namespace indicators;

constexpr std::array<std::string_view, 3> standings{"reached", "missed", "unknown"};

Json number_json(const std::optional<Decimal>& value) { return value ? Json(value->plain()) : Json(nullptr); }
std::string_view standing_of(Standing one) { return standings[static_cast<std::size_t>(one)]; }

/// The quarter of the query; the last one that is over without one.
Result<Term> asked_quarter(const Call& call) {
    const auto term = TRY(call.query<std::string>("term"));
    if (!term) return Term::of(TermKind::quarter, call.today()).plus(-1);
    const auto found = TRY(term_of(TermKind::quarter, *term));
    if (found.first() > call.today()) return invalid("indicators.future_term").with("term", found.text());
    return found;
}

Json line_json(const Call& call, const CreditBoard& board, const CreditLine& line) {
    const auto language = call.language();
    const auto& outcome = line.outcome;
    Json parts = Json::array();
    for (const auto& one : outcome.parts)
        parts.push_back({{"area", area_json(call, one.county)},
                         {"standing", standing_of(one.standing)},
                         {"verdict", verdict_of(one, language)},
                         {"before", number_json(one.before)},
                         {"after", number_json(one.after)},
                         {"value", number_json(one.value)}});
    return {{"id", line.id},
            {"title", indicators::title_of(line, language)},
            {"standing", standing_of(outcome.standing)},
            {"doubt", indicators::name_of(outcome.doubt)},
            {"verdict", verdict_of(line, language)},
            {"value", number_json(outcome.value)},
            {"unit", indicators::unit_of(line, language)},
            {"criterion", criterion_of(line, language)},
            {"against", number_json(outcome.against)},
            {"numerator", number_json(outcome.numerator)},
            {"numerator_is", numerator_of(line, language)},
            {"numerator_unit", line.numerator_unit},
            {"denominator", number_json(outcome.denominator)},
            {"denominator_is", denominator_of(line, language)},
            {"denominator_unit", line.denominator_unit},
            {"list", list_of(board, line, language)},
            {"list_name", line.list ? Json(list_name_of(*line.list, language)) : Json(nullptr)},
            {"list_version", line.list ? Json(line.list->version) : Json(nullptr)},
            {"list_authority", line.list ? Json(authority_of(line.list->authority, language)) : Json(nullptr)},
            {"remark", remark_of(line, language)},
            {"listed", outcome.listed},
            {"counted", outcome.counted},
            {"amount_unit", amount_unit_of(line)},
            {"part_unit", part_unit_of(line, language)},
            {"parts", parts}};
}

Result<Reply> credit_one(Call& call, db::Tx& tx) {
    const FigureDesk at(call);
    const auto area = TRY(asked_area(call));
    const auto term = TRY(asked_quarter(call));
    const auto board = TRY(credit_board(tx, at.desk, county_lists(call.context().paths.root + "/packs"), area, term));
    Json items = Json::array(), broken = Json::array();
    for (const auto& one : board->lines) items.push_back(line_json(call, *board, one));
    for (const auto& one : board->lists.findings)
        broken.push_back({{"file", one.file}, {"line", one.line}, {"what", words::say(one.what, call.language())}});
    return ok({{"area", area_json(call, area)},
               {"term", term.text()},
               {"before", term.plus(-1).text()},
               {"after", term.plus(1).first() > call.today() ? Json(nullptr) : Json(term.plus(1).text())},
               {"form", credit_form},
               {"reported", board->reported},
               {"broken", broken},
               {"items", items}});
}

Result<Reply> credit_sheet(Call& call, db::Tx& tx) {
    const FigureDesk at(call);
    const auto area = TRY(asked_area(call));
    const auto term = TRY(asked_quarter(call));
    const auto board = TRY(credit_board(tx, at.desk, county_lists(call.context().paths.root + "/packs"), area, term));
    const auto path = spooled_workbook(call);
    TRY(write_credit_board(at.desk, *board, path, call.language()));
    return workbook_reply(path, "credit-" + area.short_digits() + "-" + term.text() + ".xlsx");
}

constexpr std::array table{
    Route{get, "/api/indicators/credit", Right::indicators_read, credit_one},
    Route{get, "/api/indicators/credit/sheet", Right::indicators_read, credit_sheet},
};

}  // namespace

const Routes indicators_credit_routes = table;

}  // namespace ballast::api
