#include "registry/household_file.h"

#include <algorithm>
#include <array>
#include <map>

#include "areas/areas.h"
#include "audit/audit.h"
#include "base/text.h"
#include "chinese/chinese.h"
#include "registry/fields.h"
#include "registry/records.h"

namespace ballast::registry {

namespace {

using P = PersonField;
using H = HouseholdField;

constexpr std::string_view hit_columns =
    "SELECT h.id, h.household_no, h.village_code, h.group_name, h.household_kind,"
    " (SELECT MIN(w.name) FROM registry_person w WHERE w.household_id = h.id AND w.relation = '01'"
    " AND w.member_status = '1'),"
    " (SELECT COUNT(*) FROM registry_person m WHERE m.household_id = h.id AND m.member_status = '1')";

Hit read_hit(const db::Row& row) {
    Hit hit;
    hit.household = row.id<HouseholdId>(0);
    hit.household_no = std::string(row.text(1));
    hit.village = row.area(2);
    hit.group_name = row.maybe_text(3).value_or("");
    hit.household_kind = row.maybe_text(4).value_or("");
    hit.head_name = row.maybe_text(5).value_or("");
    hit.members = row.integer(6);
    if (row.width() > 7) {
        hit.person = row.id<PersonId>(7);
        hit.person_name = row.maybe_text(8).value_or("");
        hit.person_relation = row.maybe_text(9).value_or("");
    }
    return hit;
}

Result<std::vector<Hit>> people_where(db::Tx& tx, const auth::Scope& scope, const std::string& joins,
                                      const std::string& where, std::initializer_list<db::Value> values) {
    return tx.all(std::string(hit_columns) + ", p.id, p.name, p.relation FROM " + joins +
                      " JOIN registry_household h ON h.id = p.household_id WHERE " + where + " AND " +
                      scope.sql("p.village_code") + " ORDER BY p.member_status, p.name_key, p.id LIMIT ?",
                  values, read_hit);
}

bool digits_only(std::string_view text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string object_of(HouseholdId id, std::optional<PersonId> person) {
    return person ? "person:" + std::to_string(person->number()) : "household:" + std::to_string(id.number());
}

}  // namespace

std::string masked_id(std::string_view id) {
    if (id.size() != 18) return id.empty() ? "" : "********";
    return std::string(id.substr(0, 6)) + "********" + std::string(id.substr(14));
}

std::string masked_phone(std::string_view phone) {
    if (phone.size() < 8) return phone.empty() ? "" : "****";
    return std::string(phone.substr(0, 3)) + "****" + std::string(phone.substr(phone.size() - 4));
}

std::string masked_account(std::string_view account) {
    if (account.empty()) return "";
    return "**** **** **** " + std::string(account.size() > 4 ? account.substr(account.size() - 4) : "****");
}

void mask(Household& household) {
    auto& account = household.values[H::bank_account];
    account = masked_account(account);
    for (auto& member : household.members) {
        member.values[P::id_number] = masked_id(member.values[P::id_number]);
        member.values[P::phone] = masked_phone(member.values[P::phone]);
        // The certificate's number begins with the ID.
        auto& certificate = member.values[P::disability_certificate];
        if (certificate.size() >= 20)
            certificate = masked_id(certificate.substr(0, 18)) + certificate.substr(18);
        else if (!certificate.empty())
            certificate = "********";
    }
}

Result<std::vector<Hit>> search(db::Tx& tx, const crypto::Vault& vault, const auth::Scope& scope,
                                std::string_view what, Date today, int limit) {
    const std::string wanted = text::half_width(text::trimmed(what));
    const std::string people = "registry_person p";
    if (const auto id = CitizenId::parse(wanted, today))
        return people_where(tx, scope, people, "p.id_lookup = ?",
                            {vault.lookup("citizen_id", id->id.reveal()), limit});
    if (digits_only(wanted) && wanted.size() == 11) {
        auto hits = TRY(
            people_where(tx, scope, people, "p.phone_lookup = ?", {vault.lookup("phone", wanted), limit}));
        if (!hits.empty()) return hits;
    }
    const std::string key = chinese::normalised_name(wanted);
    const auto points = text::code_points(key);
    const bool letters = std::none_of(points.begin(), points.end(), text::is_han);
    if (letters) {
        if (wanted.size() < 3) return invalid("registry.search_too_short");
        return tx.all(
            std::string(hit_columns) +
                " FROM registry_household h WHERE substr(h.household_no, 1, CAST(? AS INTEGER)) = ? AND " +
                scope.sql("h.village_code") + " ORDER BY h.household_no LIMIT ?",
            {wanted.size(), wanted, limit}, read_hit);
    }
    if (points.size() < 2) return invalid("registry.search_too_short");
    // The last pair is the rarest as a rule: family names come first.
    const auto gram = static_cast<std::int64_t>(points[points.size() - 2]) * 2'097'152 + points.back();
    return people_where(tx, scope, "registry_name_gram g JOIN registry_person p ON p.id = g.person_id",
                        "g.gram = ? AND p.name_key LIKE ?", {gram, "%" + key + "%", limit});
}

Result<Hits> list_households(db::Tx& tx, const auth::Scope& scope, const Listing& listing) {
    std::string where =
        " FROM registry_household h WHERE h.village_code BETWEEN ? AND ? AND " + scope.sql("h.village_code");
    std::vector<db::Value> values{listing.area.first(), listing.area.last()};
    if (!listing.kind.empty()) {
        where += " AND h.household_kind = ?";
        values.emplace_back(listing.kind);
    }
    for (std::size_t i = 0; i < listing.ids.size(); ++i) {
        where += i == 0 ? " AND h.id IN (?" : ", ?";
        values.emplace_back(listing.ids[i]);
    }
    if (!listing.ids.empty()) where += ")";
    Hits out;
    TRY(tx.each_row("SELECT COUNT(*)" + where, values, [&](const db::Row& row) -> Result<void> {
        out.total = row.integer(0);
        return {};
    }));
    values.insert(values.end(), {db::Value(listing.limit), db::Value(listing.offset)});
    TRY(tx.each_row(
        std::string(hit_columns) + where + " ORDER BY h.village_code, h.household_no LIMIT ? OFFSET ?",
        values, [&](const db::Row& row) -> Result<void> {
            out.items.push_back(read_hit(row));
            return {};
        }));
    return out;
}

Result<std::vector<Tally>> summary(db::Tx& tx, const auth::Scope& scope, AreaCode area) {
    std::map<std::pair<AreaCode, std::string>, Tally> tallies;
    const auto level = area.level() == AreaLevel::village
                           ? AreaLevel::village
                           : static_cast<AreaLevel>(static_cast<int>(area.level()) + 1);
    // A village's sums first; there are some hundred of them in a county.
    const auto add = [&](std::string_view what, std::int64_t Tally::*figure) {
        return tx.each_row("SELECT h.village_code, COALESCE(h.household_kind, ''), COUNT(*) FROM " +
                               std::string(what) + " WHERE h.village_code BETWEEN ? AND ? AND " +
                               scope.sql("h.village_code") +
                               " GROUP BY h.village_code, COALESCE(h.household_kind, '')",
                           std::array{db::Value(area.first()), db::Value(area.last())},
                           [&](const db::Row& row) -> Result<void> {
                               const auto child = row.area(0).at(level);
                               const std::string kind(row.text(1));
                               Tally& tally = tallies[{child, kind}];
                               tally.area = child;
                               tally.kind = kind;
                               tally.*figure += row.integer(2);
                               return {};
                           });
    };
    TRY(add("registry_household h", &Tally::households));
    TRY(add("registry_household h JOIN registry_person p ON p.household_id = h.id AND p.member_status = '1'",
            &Tally::people));
    std::vector<Tally> out;
    for (const auto& [key, tally] : tallies) out.push_back(tally);
    return out;
}

Result<HouseholdId> household_of(db::Tx& tx, const auth::Scope& scope, PersonId person) {
    const auto found = TRY(tx.first(
        "SELECT p.household_id FROM registry_person p WHERE p.id = ? AND " + scope.sql("p.village_code"),
        {person}, [](const db::Row& row) { return row.id<HouseholdId>(0); }));
    if (!found) return not_found("registry.no_person");
    return *found;
}

Result<HouseholdId> household_numbered(db::Tx& tx, const auth::Scope& scope, AreaCode county,
                                       std::string_view household_no) {
    const auto found =
        TRY(tx.first("SELECT h.id FROM registry_household h WHERE h.county_code = ?"
                     " AND h.household_no = ? AND " +
                         scope.sql("h.village_code"),
                     {county, household_no}, [](const db::Row& row) { return row.id<HouseholdId>(0); }));
    if (!found) return not_found("registry.no_household");
    return *found;
}

Result<HouseholdPage> household(db::Tx& tx, const crypto::Vault& vault, const auth::Scope& scope,
                                HouseholdId id, Date today) {
    HouseholdPage page;
    page.household = TRY(load_household(tx, vault, scope, id));
    page.findings = validate(page.household, today);
    page.area_name = areas::Division::shipped().full_name(page.household.village);
    page.income_window = latest_known_window(page.household.income, today);
    const auto members = page.household.active_members();
    if (page.income_window && members > 0)
        page.income = TRY(income_in(page.household.income, *page.income_window, members));
    struct First {
        Date since;
        std::string source;
    };
    const auto first = TRY(
        tx.first("SELECT since, source FROM registry_household WHERE id = ?", {id}, [](const db::Row& row) {
            return First{row.date(0), std::string(row.text(1))};
        }));
    INVARIANT(first.has_value());
    page.since = first->since;
    page.source = first->source;
    mask(page.household);
    return page;
}

Result<std::string> reveal(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& actor, HouseholdId id,
                           std::optional<PersonId> person, std::string_view field, std::string_view purpose,
                           Instant now) {
    if (!actor.may(auth::Right::registry_unmask)) return forbidden("registry.may_not_unmask");
    if (text::length(text::trimmed(purpose)) < 2) return invalid("registry.purpose_missing");
    const Household home = TRY(load_household(tx, vault, actor.scope(auth::Right::registry_unmask), id));
    std::string value;
    if (person) {
        const auto at = home.index_of(*person);
        if (!at) return not_found("registry.no_person");
        const auto named = person_field(field);
        if (!named || !sensitive(describe(*named)))
            return invalid("registry.no_field").with("field", std::string(field));
        value = written_value(describe(*named), home.members[*at].values[*named]);
    } else {
        const auto named = household_field(field);
        if (!named || !sensitive(describe(*named)))
            return invalid("registry.no_field").with("field", std::string(field));
        value = written_value(describe(*named), home.values[*named]);
    }
    TRY(audit::record(tx, vault, actor,
                      {"registry.unmask", object_of(id, person), home.village,
                       std::string(text::trimmed(purpose)), "{\"field\":\"" + std::string(field) + "\"}"},
                      now));
    return value;
}

Result<std::vector<TimelineEntry>> timeline(db::Tx& tx, const crypto::Vault& vault, const auth::Scope& scope,
                                            HouseholdId id) {
    const Household home = TRY(load_household(tx, vault, scope, id));
    std::vector<TimelineEntry> out;
    const auto add = [&](const db::Row& row, TimelineEntry entry) {
        entry.key = entry.what + std::to_string(out.size());
        entry.since = row.date(0);
        entry.recorded_at = Instant{row.integer(1)};
        entry.source = std::string(row.text(2));
        if (!row.null(3)) entry.person = row.id<PersonId>(3);
        if (entry.person)
            if (const auto at = home.index_of(*entry.person))
                entry.person_name = home.members[*at].values[P::name];
        out.push_back(std::move(entry));
    };
    // What came on file together is one line, not one for each row.
    constexpr std::array firsts{
        std::pair{"household",
                  "SELECT since, recorded_at, source, NULL FROM registry_household WHERE id = ?"},
        std::pair{"person",
                  "SELECT since, recorded_at, source, id FROM registry_person WHERE household_id = ?"},
        std::pair{"income",
                  "SELECT DISTINCT since, recorded_at, source, person_id FROM registry_income"
                  " WHERE household_id = ?"},
        std::pair{"guarantee",
                  "SELECT DISTINCT since, recorded_at, source, NULL FROM registry_guarantee"
                  " WHERE household_id = ?"}};
    for (const auto& [field, sql] : firsts)
        TRY(tx.each_row(sql, std::array{db::Value(id)}, [&](const db::Row& row) -> Result<void> {
            TimelineEntry entry;
            entry.what = "first";
            entry.field = field;
            add(row, std::move(entry));
            return {};
        }));
    TRY(tx.each_row(
        "SELECT since, recorded_at, source, person_id, account, field, old_value, new_value, old_sealed,"
        " new_sealed FROM registry_field_history WHERE household_id = ?",
        std::array{db::Value(id)}, [&](const db::Row& row) -> Result<void> {
            TimelineEntry entry;
            entry.what = "change";
            entry.account = std::string(row.text(4));
            entry.field = std::string(row.text(5));
            entry.before = row.null(8) ? row.maybe_text(6).value_or("") : "***";
            entry.after = row.null(9) ? row.maybe_text(7).value_or("") : "***";
            add(row, std::move(entry));
            return {};
        }));
    std::stable_sort(out.begin(), out.end(),
                     [](const auto& a, const auto& b) { return a.recorded_at > b.recorded_at; });
    return out;
}

Result<void> match_index(db::Tx& tx, const auth::Scope& scope, AreaCode area,
                         const std::function<Result<void>(const MatchEntry&)>& each) {
    return tx.each_row(
        "SELECT p.id, p.household_id, p.village_code, p.id_lookup, p.name_key, p.name, p.birth, p.sex"
        " FROM registry_person p WHERE p.village_code BETWEEN ? AND ? AND p.member_status = '1' AND " +
            scope.sql("p.village_code") + " ORDER BY p.household_id, p.id",
        std::array{db::Value(area.first()), db::Value(area.last())}, [&](const db::Row& row) -> Result<void> {
            MatchEntry entry{row.id<PersonId>(0), row.id<HouseholdId>(1), row.area(2), {}, {}, {}, {},
                             Sex::unknown};
            if (!row.null(3)) entry.id_lookup = row.bytes(3);
            entry.name_key = row.text(4);
            if (!row.null(5)) entry.name = row.text(5);
            entry.birth = row.maybe_date(6);
            if (!row.null(7)) entry.sex = row.text(7) == "1" ? Sex::male : Sex::female;
            return each(entry);
        });
}

Result<void> each_household(db::Tx& tx, const crypto::Vault& vault, const auth::Scope& scope, AreaCode area,
                            const std::function<Result<void>(const Household&)>& each) {
    constexpr int at_once = 1'000;
    for (std::int64_t after = 0;;) {
        const auto last = TRY(tx.first(
            "SELECT MAX(id) FROM (SELECT h.id FROM registry_household h WHERE h.id > ?"
            " AND h.village_code BETWEEN ? AND ? AND " +
                scope.sql("h.village_code") + " ORDER BY h.id LIMIT ?) AS slice HAVING MAX(id) IS NOT NULL",
            {after, area.first(), area.last(), at_once}, [](const db::Row& row) { return row.integer(0); }));
        if (!last) return {};
        const std::array values{db::Value(after), db::Value(*last), db::Value(area.first()),
                                db::Value(area.last())};
        for (const auto& home :
             TRY(load_households(tx, vault,
                                 "h.id > ? AND h.id <= ? AND h.village_code BETWEEN ? AND ? AND " +
                                     scope.sql("h.village_code"),
                                 values)))
            TRY(each(home));
        after = *last;
    }
}

}  // namespace ballast::registry
