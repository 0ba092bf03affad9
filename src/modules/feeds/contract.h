/// What a department agreed to send: the columns of one sheet and what each must hold. Read from
/// packs/feeds/*.toml, which travel inside the program; README.md there says what each key means.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/date.h"
#include "base/result.h"

namespace ballast::feeds {

enum class Type : std::uint8_t {
    name,
    citizen_id,
    disability_certificate,
    text,
    date,
    month,
    year,
    money,
    integer,
    decimal,
    choice,
    credit_code
};

std::string_view name_of(Type type);  // "citizen_id"

struct Column {
    enum class Need : std::uint8_t { optional, heading, value };
    std::string field;  // "self_paid": the name that rules use
    std::string title;  // "个人自付(元)"
    std::vector<std::string> synonyms;
    Type type = Type::text;
    Need need = Need::optional;
    bool sealed = false;
    std::vector<std::pair<std::string, std::vector<std::string>>> choices;  // value, the ways to write it
    std::string otherwise;  // of a choice: the value of every other word; "" refuses them
    bool in_wan = false;    // of money: the heading says 万元
};

/// How often a sheet is due.
enum class Period : std::uint8_t { daily, monthly, quarterly, term, yearly, event, on_request };
std::string_view name_of(Period period);  // "on_request"

/// By which day of the following month (of the following working day, for a daily one) a sheet is due.
struct Due {
    Date from;  // since when that is agreed
    int day = 0;
    std::string authority;
    bool assumed() const { return authority.starts_with("assumed"); }
};

struct Contract {
    std::string id;  // "medical.expenses"
    std::string department;
    std::string department_zh, department_en;
    std::string title_zh, title_en;
    std::vector<std::string> titles;  // as in file names and title rows
    Period period = Period::monthly;
    std::vector<int> months;  // of a quarterly, term or yearly one: the months that carry a period
    std::vector<Due> due;     // by day; none for sheets that come after an event or on request
    std::string authority;
    /// What a household must have agreed to before a row of this sheet may be read: "vehicle",
    /// "real_estate" ... "" for the sheets that screening reads.
    std::string consent;
    std::vector<Column> columns;
    /// What a row is about, besides the person: these columns, and its period when that is named or when no
    /// date places the row in time.
    std::vector<std::size_t> row_key;
    bool key_has_period = false;
    bool lasting = false;                 // about a thing that lasts (a car, a house): never about a period
    std::vector<std::size_t> date_field;  // the first filled one places the row in time

    std::optional<std::size_t> column(std::string_view field) const;
    std::size_t name_column() const;
    std::size_t id_column() const;
    /// What is agreed on that day; nothing for a sheet without a deadline.
    const Due* due_on(Date day) const;
};

/// Error: corrupt "feeds.bad_contract" {file} {what}.
Result<Contract> parse_contract(std::string_view toml, std::string_view file);

/// All contracts inside the program, by id. A broken one is a bug in the program's own data.
std::span<const Contract> contracts();
/// not_found "feeds.no_such_feed" {feed}.
Result<const Contract*> contract(std::string_view id);

}  // namespace ballast::feeds
