#include "employment/seekers.h"

#include <set>

#include "employment/profiles.h"

namespace ballast::employment {
namespace {

/// Ids out of a query of one column.
Result<std::set<std::int64_t>> ids(db::Tx& tx, const std::string& sql) {
    std::set<std::int64_t> out;
    const std::vector<db::Value> none;
    TRY(tx.each_row(sql, none, [&](const db::Row& row) -> Result<void> {
        out.insert(row.integer(0));
        return {};
    }));
    return out;
}

/// Households where somebody under six or of eighty and more lives.
Result<std::set<std::int64_t>> with_care(db::Tx& tx, const Desk& desk, const std::string& here) {
    return ids(tx,
               "SELECT DISTINCT r.household_id FROM registry_v_person r WHERE r.member_status = '1' AND "
               "(r.birth > '" +
                   desk.today.plus_months(-6 * 12).iso() + "' OR r.birth <= '" +
                   desk.today.plus_months(-80 * 12).iso() + "') AND " + here);
}

/// Households that hold as many public-welfare posts as they may.
Result<std::set<std::int64_t>> welfare_full(db::Tx& tx, const Desk& desk, const std::string& here) {
    return ids(
        tx,
        "SELECT r.household_id FROM employment_placement w JOIN employment_post q ON q.id = w.post_id JOIN "
        "registry_v_person r ON r.id = w.person_id WHERE q.kind = 'public' AND w.ended_on IS NULL AND " +
            here +
            " GROUP BY r.household_id HAVING COUNT(*) >= " + std::to_string(desk.terms.public_per_household));
}

/// Trades that people learned in classes, beside those that they named.
Result<std::map<PersonId, std::vector<std::string>>> learned(db::Tx& tx, const std::string& here) {
    std::map<PersonId, std::vector<std::string>> out;
    const std::vector<db::Value> none;
    TRY(tx.each_row(
        "SELECT DISTINCT a.person_id, c.trade FROM employment_attendance a JOIN employment_class c ON c.id = "
        "a.class_id JOIN registry_v_person r ON r.id = a.person_id WHERE a.passed = 1 AND " +
            here,
        none, [&](const db::Row& row) -> Result<void> {
            out[row.id<PersonId>(0)].emplace_back(row.text(1));
            return {};
        }));
    return out;
}

Result<std::vector<LabourHousehold>> households(db::Tx& tx, const auth::Scope& scope) {
    return tx.all(
        "SELECT l.household_id, l.at_work, CASE WHEN EXISTS (SELECT 1 FROM registry_v_person r JOIN "
        "employment_profile p ON p.person_id = r.id WHERE r.household_id = l.household_id) THEN 1 "
        "ELSE 0 END FROM employment_v_labour_household l WHERE " +
            scope.sql("l.village_code") + " ORDER BY l.household_id",
        {}, [](const db::Row& row) {
            return LabourHousehold{row.id<HouseholdId>(0), row.truth(1), row.truth(2)};
        });
}

}  // namespace

Result<Field> field_of(db::Tx& tx, const Desk& desk, AreaCode area) {
    const auto scope = desk.actor.scope(may_decide).intersect(auth::Scope({area}));
    const auto here = scope.sql("r.village_code");
    const auto care = TRY(with_care(tx, desk, here));
    const auto full = TRY(welfare_full(tx, desk, here));
    const auto skills = TRY(learned(tx, here));
    Field out;
    out.households = TRY(households(tx, scope));
    std::map<HouseholdId, std::size_t> place;
    for (std::size_t i = 0; i < out.households.size(); ++i) place[out.households[i].id] = i;
    const std::vector<db::Value> values{desk.today};
    TRY(tx.each_row(
        "SELECT r.id, r.household_id, r.village_code, r.birth, p.skills, p.wanted_trade, p.reach, "
        "p.wage_fen, p.home_daily, "
        "p.bears FROM registry_v_person r JOIN employment_profile p ON p.person_id = r.id WHERE p.wants_job "
        "= 1 AND NOT EXISTS "
        "(SELECT 1 FROM employment_placement w WHERE w.person_id = r.id AND w.full_time = 1 AND (w.ended_on "
        "IS NULL OR "
        "w.ended_on > ?)) AND " +
            worker_sql(desk) + " AND " + here + " ORDER BY r.id",
        values, [&](const db::Row& row) -> Result<void> {
            Candidate one{row.id<PersonId>(0), place.at(row.id<HouseholdId>(1)), {}};
            auto& seeker = one.seeker;
            seeker.village = row.area(2);
            seeker.age = age_on(row.date(3), desk.today);
            seeker.skills = split_codes(row.text(4));
            if (const auto more = skills.find(one.person); more != skills.end())
                seeker.skills.insert(seeker.skills.end(), more->second.begin(), more->second.end());
            seeker.wanted_trade = row.text(5);
            seeker.reach = static_cast<Reach>(codes::reach.place(row.text(6)).value());
            seeker.wage = row.money(7);
            seeker.home_daily = row.truth(8);
            seeker.bears = static_cast<Load>(
                codes::load.place(TRY(open_code(desk, bears_context, row.bytes(9)))).value());
            seeker.care_at_home = care.contains(row.integer(1));
            seeker.public_full = full.contains(row.integer(1));
            out.candidates.push_back(std::move(one));
            return {};
        }));
    PostQuery query;
    query.area = area;
    query.free_only = true;
    query.limit = 100'000;
    out.posts = TRY(posts(tx, desk, query, nullptr));
    return out;
}

}  // namespace ballast::employment
