#include "registry/records.h"

#include <algorithm>
#include <unordered_map>

#include "base/text.h"
#include "chinese/chinese.h"
#include "registry/fields.h"

namespace ballast::registry {

namespace {

using P = PersonField;
using H = HouseholdField;

constexpr std::string_view facts_context = "registry_person.facts";
constexpr char facts_separator = '\x1f';

std::string context(std::string_view table, const Field& field) {
    return std::string(table) + "." + std::string(field.name);
}

bool whole_number(Kind kind) {
    switch (kind) {
        case Kind::truth:
        case Kind::year:
        case Kind::whole:
        case Kind::tenths:
        case Kind::hundredths:
        case Kind::fen:
        case Kind::micro:
            return true;
        default:
            return false;
    }
}

template <class F>
void add_values(std::vector<db::Value>& row, const crypto::Vault& vault, std::string_view table,
                const Values<F>& values, std::span<const Field> fields) {
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const auto f = static_cast<F>(i);
        if (fields[i].keeping == Keeping::facts) continue;
        if (!values.has(f))
            row.emplace_back(db::Null{});
        else if (fields[i].keeping == Keeping::sealed)
            row.emplace_back(vault.seal(context(table, fields[i]), values[f]));
        else if (whole_number(fields[i].kind))
            row.emplace_back(values.whole(f).value());
        else
            row.emplace_back(values[f]);
    }
}

template <class F>
Result<void> read_values(const db::Row& row, int& column, const crypto::Vault& vault, std::string_view table,
                         std::span<const Field> fields, Values<F>& values) {
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (fields[i].keeping == Keeping::facts) continue;
        const auto f = static_cast<F>(i);
        const int here = column++;
        if (row.null(here)) continue;
        if (fields[i].keeping == Keeping::sealed)
            values[f] = TRY(vault.open(context(table, fields[i]), row.bytes(here)));
        else if (whole_number(fields[i].kind))
            values[f] = std::to_string(row.integer(here));
        else
            values[f] = std::string(row.text(here));
    }
    return {};
}

/// The sensitive facts as one text: their values in the order of the fields, so that the sealed blob is there
/// for everybody and tells nothing by its absence.
std::string facts_of(const PersonValues& values) {
    std::string out;
    for (std::size_t i = 0; i < PersonValues::size; ++i) {
        if (person_fields()[i].keeping != Keeping::facts) continue;
        out += std::string(person_fields()[i].name) + "=" + values[static_cast<P>(i)] + facts_separator;
    }
    return out;
}

void read_facts(std::string_view facts, PersonValues& values) {
    for (const auto part : text::split(facts, facts_separator)) {
        const auto equals = part.find('=');
        if (equals == std::string_view::npos) continue;
        if (const auto field = person_field(part.substr(0, equals))) values[*field] = part.substr(equals + 1);
    }
}

db::Value text_or_null(const std::string& text) {
    return text.empty() ? db::Value(db::Null{}) : db::Value(text);
}

std::vector<std::string_view> with_fields(std::vector<std::string_view> columns,
                                          std::span<const Field> fields) {
    for (const Field& field : fields)
        if (field.keeping != Keeping::facts) columns.push_back(field.name);
    return columns;
}

void add_origin(std::vector<db::Value>& row, const Origin& origin) {
    row.emplace_back(origin.since);
    row.emplace_back(origin.source);
    row.emplace_back(origin.recorded_at.ms);
}

std::vector<db::Value> household_row(const crypto::Vault& vault, const Household& home,
                                     const Origin& origin) {
    std::vector<db::Value> row{home.household_no, home.village.at(AreaLevel::county), home.village,
                               home.version};
    add_origin(row, origin);
    add_values(row, vault, "registry_household", home.values, household_fields());
    return row;
}

std::vector<db::Value> person_row(const crypto::Vault& vault, const Household& home, const Member& member,
                                  const Origin& origin) {
    const auto lookup = [&](std::string_view purpose, P field) {
        return member.values.has(field) ? db::Value(vault.lookup(purpose, member.values[field]))
                                        : db::Value(db::Null{});
    };
    std::vector<db::Value> row{home.id, home.village, chinese::normalised_name(member.values[P::name]),
                               lookup("citizen_id", P::id_number), lookup("phone", P::phone)};
    add_origin(row, origin);
    add_values(row, vault, "registry_person", member.values, person_fields());
    row.emplace_back(vault.seal(facts_context, facts_of(member.values)));
    return row;
}

std::vector<db::Value> income_row(const Household& home, const IncomeLine& line, const Origin& origin) {
    std::optional<PersonId> person;
    if (line.member) person = home.members[*line.member].id;
    std::vector<db::Value> row{
        home.id,  person,     line.window.first, line.window.last, std::string(code_of(line.item)),
        line.sub, line.amount};
    add_origin(row, origin);
    return row;
}

std::vector<db::Value> guarantee_row(const Household& home, const Guarantee& one, const Origin& origin) {
    std::vector<db::Value> row{home.id,
                               one.item,
                               one.status,
                               text_or_null(one.assessed_by),
                               one.assessed_on,
                               one.expires_on,
                               text_or_null(one.evidence)};
    add_origin(row, origin);
    return row;
}

std::vector<db::Value> history_row(const crypto::Vault& vault, const Household& home, const Change& change,
                                   const Origin& origin) {
    const auto sealed = [&](const std::string& value) {
        return change.sensitive && !value.empty() ? db::Value(vault.seal("registry_field_history", value))
                                                  : db::Value(db::Null{});
    };
    const auto clear = [&](const std::string& value) {
        return change.sensitive ? db::Value(db::Null{}) : text_or_null(value);
    };
    std::optional<PersonId> person;
    if (change.member) person = home.members[*change.member].id;
    return {home.id,
            person,
            change.field,
            clear(change.before),
            clear(change.after),
            sealed(change.before),
            sealed(change.after),
            origin.since,
            origin.source,
            origin.account,
            origin.recorded_at.ms};
}

Result<void> plan_history(Ids& ids, const crypto::Vault& vault, const Household& home, const Change& change,
                          const Origin& origin, Writes& writes) {
    const auto id = TRY(ids.next(Table::field_history));
    writes[static_cast<std::size_t>(Table::field_history)].push_back(
        {Action::add, id, home.id.number(), history_row(vault, home, change, origin)});
    return {};
}

void plan_grams(const Household& home, const Member& member, const std::string& name, Action action,
                Writes& writes) {
    for (const auto gram : name_grams(chinese::normalised_name(name)))
        writes[static_cast<std::size_t>(Table::name_gram)].push_back(
            {action, member.id.number(), home.id.number(), {gram, member.id}});
}

}  // namespace

std::string_view name_of(Table table) {
    constexpr std::array<std::string_view, table_count> names{"registry_household",     "registry_person",
                                                              "registry_income",        "registry_guarantee",
                                                              "registry_field_history", "registry_name_gram"};
    return names[static_cast<std::size_t>(table)];
}

std::string_view stage_of(Table table) {
    constexpr std::array<std::string_view, table_count> names{
        "registry_stage_household", "registry_stage_person",        "registry_stage_income",
        "registry_stage_guarantee", "registry_stage_field_history", "registry_stage_name_gram"};
    return names[static_cast<std::size_t>(table)];
}

const std::vector<std::string_view>& columns_of(Table table) {
    static const auto all = [] {
        std::array<std::vector<std::string_view>, table_count> out;
        out[0] = with_fields(
            {"household_no", "county_code", "village_code", "version", "since", "source", "recorded_at"},
            household_fields());
        out[1] = with_fields({"household_id", "village_code", "name_key", "id_lookup", "phone_lookup",
                              "since", "source", "recorded_at"},
                             person_fields());
        out[1].push_back("facts");
        out[2] = {"household_id", "person_id", "first_day", "last_day", "item",
                  "sub_item",     "fen",       "since",     "source",   "recorded_at"};
        out[3] = {"household_id", "item",     "status", "assessed_by", "assessed_on",
                  "expires_on",   "evidence", "since",  "source",      "recorded_at"};
        out[4] = {"household_id", "person_id", "field",  "old_value", "new_value",  "old_sealed",
                  "new_sealed",   "since",     "source", "account",   "recorded_at"};
        out[5] = {"gram", "person_id"};
        return out;
    }();
    return all[static_cast<std::size_t>(table)];
}

std::vector<std::string_view> changeable_columns(Table table) {
    std::vector<std::string_view> out;
    for (const auto column : columns_of(table))
        if (column != "since" && column != "source" && column != "recorded_at") out.push_back(column);
    return out;
}

Result<std::int64_t> Ids::next(Table table) {
    const auto t = static_cast<std::size_t>(table);
    if (next_[t] == end_[t]) {
        next_[t] = TRY(tx_.reserve_ids(name_of(table), block_));
        end_[t] = next_[t] + block_;
    }
    return next_[t]++;
}

std::vector<std::int64_t> name_grams(std::string_view normalised_name) {
    const auto points = text::code_points(normalised_name);
    std::vector<std::int64_t> out;
    for (std::size_t i = 1; i < points.size(); ++i)
        out.push_back(static_cast<std::int64_t>(points[i - 1]) * 2'097'152 +
                      static_cast<std::int64_t>(points[i]));
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

Result<void> plan_writes(Ids& ids, const crypto::Vault& vault, const Household* before, Household& after,
                         const Difference& difference, const Origin& origin, Writes& writes) {
    if (difference.nothing()) return {};
    const auto put = [&](Table table, Action action, std::int64_t id, std::vector<db::Value> values) {
        writes[static_cast<std::size_t>(table)].push_back({action, id, after.id.number(), std::move(values)});
    };
    if (difference.is_new) {
        after.id = HouseholdId(TRY(ids.next(Table::household)));
        if (after.household_no.empty()) {
            // None was given: county, then our own number, which is never used again.
            std::string number = std::to_string(after.id.number());
            number.insert(0, number.size() < 10 ? 10 - number.size() : 0, '0');
            after.household_no = "B" + after.village.digits().substr(0, 6) + number;
        }
    }
    after.version = before ? before->version + 1 : 1;
    put(Table::household, difference.is_new ? Action::add : Action::change, after.id.number(),
        household_row(vault, after, origin));

    for (const auto i : difference.new_members) {
        Member& member = after.members[i];
        member.id = PersonId(TRY(ids.next(Table::person)));
        put(Table::person, Action::add, member.id.number(), person_row(vault, after, member, origin));
        plan_grams(after, member, member.values[P::name], Action::add, writes);
    }
    for (const auto i : difference.changed_members) {
        const Member& member = after.members[i];
        put(Table::person, Action::change, member.id.number(), person_row(vault, after, member, origin));
        const std::string& old_name = before->members[i].values[P::name];
        if (old_name == member.values[P::name]) continue;
        plan_grams(after, member, old_name, Action::remove, writes);
        plan_grams(after, member, member.values[P::name], Action::add, writes);
    }
    for (const auto i : difference.new_income) {
        after.income[i].row = TRY(ids.next(Table::income));
        put(Table::income, Action::add, after.income[i].row, income_row(after, after.income[i], origin));
    }
    for (const auto i : difference.changed_income)
        put(Table::income, Action::change, after.income[i].row, income_row(after, after.income[i], origin));
    for (const auto i : difference.new_guarantees) {
        after.guarantees[i].row = TRY(ids.next(Table::guarantee));
        put(Table::guarantee, Action::add, after.guarantees[i].row,
            guarantee_row(after, after.guarantees[i], origin));
    }
    for (const auto i : difference.changed_guarantees)
        put(Table::guarantee, Action::change, after.guarantees[i].row,
            guarantee_row(after, after.guarantees[i], origin));
    for (const auto& change : difference.changes)
        TRY(plan_history(ids, vault, after, change, origin, writes));
    return {};
}

Result<void> write_now(db::Tx& tx, const Origin& origin, const Writes& writes) {
    for (std::size_t t = 0; t < table_count; ++t) {
        const auto table = static_cast<Table>(t);
        const std::string name(name_of(table));
        const auto& columns = columns_of(table);
        for (const Write& one : writes[t]) {
            std::string sql;
            std::vector<db::Value> values;
            if (table == Table::name_gram) {
                sql = one.action == Action::add
                          ? "INSERT INTO registry_name_gram (gram, person_id) VALUES (?, ?)"
                          : "DELETE FROM registry_name_gram WHERE gram = ? AND person_id = ?";
                values = one.values;
            } else if (one.action == Action::add) {
                std::string places = "?, ?";
                sql = "INSERT INTO " + name + " (id, import_id";
                values = {one.id, origin.import ? db::Value(origin.import) : db::Value(db::Null{})};
                for (std::size_t i = 0; i < columns.size(); ++i) {
                    sql += ", " + std::string(columns[i]);
                    places += ", ?";
                    values.push_back(one.values[i]);
                }
                sql += ") VALUES (" + places + ")";
            } else {
                const auto changeable = changeable_columns(table);
                for (std::size_t i = 0; i < columns.size(); ++i) {
                    if (std::find(changeable.begin(), changeable.end(), columns[i]) == changeable.end())
                        continue;
                    sql +=
                        (sql.empty() ? "UPDATE " + name + " SET " : ", ") + std::string(columns[i]) + " = ?";
                    values.push_back(one.values[i]);
                }
                sql += " WHERE id = ?";
                values.emplace_back(one.id);
            }
            TRY(tx.run(sql, values));
        }
    }
    return {};
}

Result<std::vector<Household>> load_households(db::Tx& tx, const crypto::Vault& vault,
                                               const std::string& where, std::span<const db::Value> values) {
    std::vector<Household> homes;
    std::unordered_map<std::int64_t, std::size_t> at;

    const auto fields = [](std::string_view alias, std::span<const Field> all) {
        std::string sql;
        for (const Field& field : all)
            if (field.keeping != Keeping::facts)
                sql += ", " + std::string(alias) + "." + std::string(field.name);
        return sql;
    };
    static const std::string household_sql = "SELECT h.id, h.household_no, h.village_code, h.version" +
                                             fields("h", household_fields()) +
                                             " FROM registry_household h WHERE ";
    static const std::string person_sql = "SELECT p.household_id, p.id, p.facts" +
                                          fields("p", person_fields()) +
                                          " FROM registry_household h"
                                          " JOIN registry_person p ON p.household_id = h.id WHERE ";
    TRY(tx.each_row(
        household_sql + where + " ORDER BY h.id", values, [&](const db::Row& row) -> Result<void> {
            Household home;
            home.id = row.id<HouseholdId>(0);
            home.household_no = std::string(row.text(1));
            home.village = row.area(2);
            home.version = row.integer(3);
            int column = 4;
            TRY(read_values(row, column, vault, "registry_household", household_fields(), home.values));
            at.emplace(home.id.number(), homes.size());
            homes.push_back(std::move(home));
            return {};
        }));
    TRY(tx.each_row(person_sql + where + " ORDER BY p.id", values, [&](const db::Row& row) -> Result<void> {
        Member member;
        member.id = row.id<PersonId>(1);
        read_facts(TRY(vault.open(facts_context, row.bytes(2))), member.values);
        int column = 3;
        TRY(read_values(row, column, vault, "registry_person", person_fields(), member.values));
        homes[at.at(row.integer(0))].members.push_back(std::move(member));
        return {};
    }));
    TRY(tx.each_row(
        "SELECT i.household_id, i.id, i.person_id, i.first_day, i.last_day, i.item, i.sub_item, i.fen"
        " FROM registry_household h JOIN registry_income i ON i.household_id = h.id WHERE " +
            where + " ORDER BY i.id",
        values, [&](const db::Row& row) -> Result<void> {
            Household& home = homes[at.at(row.integer(0))];
            IncomeLine line;
            line.row = row.integer(1);
            if (!row.null(2)) line.member = home.index_of(row.id<PersonId>(2));
            line.window = {row.date(3), row.date(4)};
            const auto item = income_item(row.text(5));
            INVARIANT(item.has_value());
            line.item = *item;
            line.sub = std::string(row.text(6));
            line.amount = row.money(7);
            home.income.push_back(std::move(line));
            return {};
        }));
    TRY(tx.each_row(
        "SELECT g.household_id, g.id, g.item, g.status, g.assessed_by, g.assessed_on, g.expires_on,"
        " g.evidence FROM registry_household h"
        " JOIN registry_guarantee g ON g.household_id = h.id WHERE " +
            where + " ORDER BY g.id",
        values, [&](const db::Row& row) -> Result<void> {
            homes[at.at(row.integer(0))].guarantees.push_back(
                {std::string(row.text(2)), std::string(row.text(3)), row.maybe_text(4).value_or(""),
                 row.maybe_date(5), row.maybe_date(6), row.maybe_text(7).value_or(""), row.integer(1)});
            return {};
        }));
    return homes;
}

Result<Household> load_household(db::Tx& tx, const crypto::Vault& vault, const auth::Scope& scope,
                                 HouseholdId id) {
    auto found = TRY(
        load_households(tx, vault, "h.id = ? AND " + scope.sql("h.village_code"), std::array{db::Value(id)}));
    if (found.empty()) return not_found("registry.no_household");
    return std::move(found.front());
}

}  // namespace ballast::registry
