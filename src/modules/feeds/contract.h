/// What a department agreed to send: the columns of one sheet and what each must hold. Read from
/// packs/feeds/*.toml, which travel inside the program; README.md there says what each key means.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

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
    choice
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
};

struct Contract {
    std::string id;  // "medical.expenses"
    std::string department;
    std::string department_zh, department_en;
    std::string title_zh, title_en;
    std::vector<std::string> titles;  // as in file names and title rows
    std::string period;               // "monthly", "term", "yearly"
    int due_day = 0;
    std::string authority;
    std::vector<Column> columns;
    /// What a row is about, besides the person: these columns, and its period when that is named or when no
    /// date places the row in time.
    std::vector<std::size_t> row_key;
    bool key_has_period = false;
    std::vector<std::size_t> date_field;  // the first filled one places the row in time

    std::optional<std::size_t> column(std::string_view field) const;
    std::size_t name_column() const;
    std::size_t id_column() const;
};

/// Error: corrupt "feeds.bad_contract" {file} {what}.
Result<Contract> parse_contract(std::string_view toml, std::string_view file);

/// All contracts inside the program, by id. A broken one is a bug in the program's own data.
std::span<const Contract> contracts();
/// not_found "feeds.no_such_feed" {feed}.
Result<const Contract*> contract(std::string_view id);

}  // namespace ballast::feeds
