#include "employment/indicators.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace ballast::employment {
namespace {

#define BALLAST_LIVE                                                                                       \
    "EXISTS (SELECT 1 FROM employment_placement w WHERE w.person_id = r.id AND w.started_on <= '{today}' " \
    "AND (w.ended_on IS "                                                                                  \
    "NULL OR w.ended_on >= '{today}')"

// Domain specification 6.1. Who is willing means: to be trained for the first rate, to work for the others
// [assumed]. {today}, {stable}, {first} and {last} are filled in below.
constexpr std::array all{
    Indicator{"train_rate", Unit::people, 100, "p.wants_training = 1",
              "EXISTS (SELECT 1 FROM employment_attendance a WHERE a.person_id = r.id AND a.passed = 1)"},
    Indicator{
        "offer_rate", Unit::people, 100, "p.wants_job = 1",
        "(EXISTS (SELECT 1 FROM employment_placement w WHERE w.person_id = r.id) OR EXISTS (SELECT 1 FROM "
        "employment_proposal o WHERE o.person_id = r.id AND o.state = 'refused' AND o.reason = "
        "'person_declined'))"},
    Indicator{
        "transfer_rate", Unit::people, 50, "p.wants_job = 1",
        "EXISTS (SELECT 1 FROM employment_placement w WHERE w.person_id = r.id AND w.destination <> '')"},
    Indicator{"household_employment", Unit::households, 100,
              "EXISTS (SELECT 1 FROM employment_v_labour_household l WHERE l.household_id = h.id)",
              "EXISTS (SELECT 1 FROM employment_v_labour_household l WHERE l.household_id = h.id AND "
              "l.at_work = 1)"},
    Indicator{"income_every_month", Unit::people, 100, BALLAST_LIVE ")",
              "(SELECT COUNT(DISTINCT y.month) FROM employment_pay y JOIN employment_placement w ON w.id = "
              "y.placement_id WHERE "
              "w.person_id = r.id AND y.fen > 0 AND y.month >= '{first}' AND y.month <= '{last}') = 12"},
    Indicator{"stable", Unit::people, 0, BALLAST_LIVE ")", BALLAST_LIVE " AND w.started_on <= '{stable}')"},
};

using Places = std::vector<std::pair<std::string_view, std::string>>;

std::string filled(std::string_view condition, const Places& places) {
    std::string out(condition);
    for (const auto& [place, value] : places)
        for (auto at = out.find(place); at != std::string::npos; at = out.find(place, at + value.size()))
            out.replace(at, place.size(), value);
    return out;
}

/// Dates of our own making only: nothing typed comes near the text.
std::string dated(const Desk& desk, std::string_view condition) {
    const auto last = desk.today.first_of_month().plus_days(-1);
    return filled(condition,
                  {{"{today}", desk.today.iso()},
                   {"{stable}", desk.today.plus_months(-static_cast<int>(desk.terms.stable_months)).iso()},
                   {"{first}", last.first_of_month().plus_months(-11).iso().substr(0, 7)},
                   {"{last}", last.iso().substr(0, 7)}});
}

std::string inside(const Desk& desk, AreaCode area, Group group, std::string_view column) {
    std::string out = desk.actor.scope(may_read).intersect(auth::Scope({area})).sql(column);
    if (group == Group::registered) out += " AND h.household_kind IN ('02', '03')";
    return out;
}

constexpr std::string_view from_people =
    " FROM registry_v_person r JOIN registry_v_household h ON h.id = r.household_id LEFT JOIN "
    "employment_profile p ON "
    "p.person_id = r.id WHERE ";
/// A household's line is its head's, of several the first.
constexpr std::string_view from_households =
    " FROM registry_v_household h JOIN registry_v_person r ON r.id = (SELECT MIN(x.id) FROM "
    "registry_v_person x WHERE "
    "x.household_id = h.id AND x.member_status = '1' AND x.relation = (SELECT MIN(z.relation) FROM "
    "registry_v_person z WHERE "
    "z.household_id = h.id AND z.member_status = '1')) LEFT JOIN employment_profile p ON p.person_id = r.id "
    "WHERE ";

std::string source(const Desk& desk, const Indicator& of, AreaCode area, Group group) {
    if (of.unit == Unit::households)
        return std::string(from_households) + inside(desk, area, group, "h.village_code") + " AND " +
               dated(desk, of.denominator);
    return std::string(from_people) + inside(desk, area, group, "r.village_code") +
           " AND r.member_status = '1' AND " + dated(desk, of.denominator);
}

}  // namespace

std::string_view name_of(Unit unit) {
    constexpr std::array<std::string_view, 4> names{"people", "person_times", "households", "posts"};
    return names.at(static_cast<std::size_t>(unit));
}

Result<std::optional<Decimal>> percent(const Count& part, const Count& whole) {
    if (part.unit != whole.unit)
        return invalid("employment.unlike_units")
            .with("above", std::string(name_of(part.unit)))
            .with("below", std::string(name_of(whole.unit)));
    if (whole.n == 0) return std::optional<Decimal>();
    return std::optional((Decimal(part.n) * Decimal(100)).divided_by(Decimal(whole.n), 2, Rounding::half_up));
}

std::span<const Indicator> indicators() { return all; }

const Indicator* indicator_named(std::string_view name) {
    const auto found = std::ranges::find(all, name, &Indicator::name);
    return found == all.end() ? nullptr : &*found;
}

std::string worker_sql(const Desk& desk) {
    const auto years = [&](std::int64_t n) {
        return desk.today.plus_months(-12 * static_cast<int>(n)).iso();
    };
    return fmt::format(
        "r.member_status = '1' AND r.labour IN ('1', '2', '3') AND r.birth <= '{}' AND r.birth > '{}'",
        years(desk.terms.labour_age_from), years(desk.terms.labour_age_to));
}

std::string_view employed_sql() {
    return "EXISTS (SELECT 1 FROM employment_v_at_work k WHERE k.person_id = r.id)";
}

Result<std::vector<Rate>> rates(db::Tx& tx, const Desk& desk, AreaCode area, Group group) {
    std::vector<Rate> out;
    for (const auto& one : all) {
        const auto below = "SELECT COUNT(*)" + source(desk, one, area, group);
        out.push_back({&one,
                       {TRY(tx.number(below + " AND " + dated(desk, one.numerator))), one.unit},
                       {TRY(tx.number(below)), one.unit}});
    }
    return out;
}

Result<std::vector<Figure>> figures(db::Tx& tx, const Desk& desk, AreaCode area, Group group) {
    const std::string people_here = std::string(from_people) + inside(desk, area, group, "r.village_code");
    const auto joined = [&](std::string_view what, std::string_view table, std::string_view condition) {
        std::string sql = "SELECT " + std::string(what) + people_here;
        sql.insert(sql.find(" WHERE "), " JOIN " + std::string(table) + " x ON x.person_id = r.id");
        return tx.number(sql + std::string(condition));
    };
    const std::string post_area = desk.actor.scope(may_read).intersect(auth::Scope({area})).sql("area_code");
    return std::vector<Figure>{
        {"workers",
         {TRY(tx.number("SELECT COUNT(*)" + people_here + " AND " + worker_sql(desk))), Unit::people}},
        {"asked",
         {TRY(tx.number("SELECT COUNT(*)" + people_here +
                        " AND r.member_status = '1' AND p.person_id IS NOT NULL")),
          Unit::people}},
        {"trained_times", {TRY(joined("COUNT(*)", "employment_attendance", "")), Unit::person_times}},
        {"trained_people", {TRY(joined("COUNT(DISTINCT r.id)", "employment_attendance", "")), Unit::people}},
        {"placed_people", {TRY(joined("COUNT(DISTINCT r.id)", "employment_placement", "")), Unit::people}},
        {"working",
         {TRY(tx.number("SELECT COUNT(*)" + people_here + " AND r.member_status = '1' AND " +
                        dated(desk, BALLAST_LIVE ")"))),
          Unit::people}},
        {"started",
         {TRY(joined("COUNT(DISTINCT r.id)", "employment_startup", " AND x.state = 'opened'")),
          Unit::people}},
        {"openings",
         {TRY(tx.number("SELECT CAST(COALESCE(SUM(openings), 0) AS BIGINT) FROM employment_post WHERE "
                        "closed_on IS NULL AND "
                        "(to_day IS NULL OR to_day >= ?) AND " +
                            post_area,
                        {desk.today})),
          Unit::posts}},
    };
}

Result<std::vector<PersonLine>> people(db::Tx& tx, const Desk& desk, const PeopleQuery& query,
                                       std::int64_t* total) {
    std::string where;
    if (query.indicator) {
        where = source(desk, *query.indicator, query.area, query.group);
        const auto reached = dated(desk, query.indicator->numerator);
        if (query.part == PeopleQuery::Part::reached) where += " AND " + reached;
        if (query.part == PeopleQuery::Part::missing) where += " AND NOT (" + reached + ")";
    } else {
        where = std::string(from_people) + inside(desk, query.area, query.group, "r.village_code") + " AND " +
                worker_sql(desk);
        if (query.state == "working") where += " AND " + std::string(employed_sql());
        if (query.state == "idle") where += " AND NOT " + std::string(employed_sql());
        if (query.state == "wants_job") where += " AND p.wants_job = 1";
        if (query.state == "not_asked") where += " AND p.person_id IS NULL";
    }
    if (total) *total = TRY(tx.number("SELECT COUNT(*)" + where));
    const auto title =
        dated(desk,
              "(SELECT MAX(q.title) FROM employment_post q JOIN employment_placement w ON w.post_id = q.id "
              "WHERE w.person_id = "
              "r.id AND w.started_on <= '{today}' AND (w.ended_on IS NULL OR w.ended_on >= '{today}'))");
    const auto select =
        "SELECT r.id, r.household_id, r.village_code, r.name, r.birth, r.labour, p.wants_training, "
        "p.wants_job, "
        "p.wants_startup, " +
        title + ", CASE WHEN " + std::string(employed_sql()) + " THEN 1 ELSE 0 END";
    return tx.all(
        select + where + " ORDER BY r.village_code, r.household_id, r.id LIMIT ? OFFSET ?",
        {query.limit, query.offset}, [](const db::Row& row) {
            PersonLine out;
            out.who = {
                row.id<PersonId>(0), row.id<HouseholdId>(1),         row.area(2), std::string(row.text(3)),
                row.maybe_date(4),   row.maybe_text(5).value_or(""), true,        {}};
            out.asked = !row.null(6);
            out.wants_training = out.asked && row.truth(6);
            out.wants_job = out.asked && row.truth(7);
            out.wants_startup = out.asked && row.truth(8);
            out.post = row.maybe_text(9).value_or("");
            out.working = !out.post.empty();
            out.said_to_work = !out.working && row.truth(10);
            return out;
        });
}

}  // namespace ballast::employment
