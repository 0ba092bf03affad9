/// Which counties are counted: the lists of key counties and of those lifted out of poverty, each version with its day, area and
/// authority; data, from packs/*/county_lists.toml (packs/regulator/README.md). A list is never guessed: where none covers an
/// area there is none.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "base/area_code.h"
#include "base/date.h"
#include "indicators/catalogue.h"
#include "indicators/credit_rules.h"

namespace ballast::indicators {

enum class ListKind : std::uint8_t { national_key, provincial_key, lifted };
std::string_view name_of(ListKind kind);

struct CountyList {
    std::string name;
    ListKind kind = ListKind::national_key;
    AreaCode area;  // whose counties it tells, all of them
    std::string version;
    Date from;
    std::string authority;  // "assumed...": nobody has checked it
    std::vector<AreaCode> counties;
};
/// How growth is averaged in Q3, from a day on.
struct MeanRule {
    Date from;
    Mean mean = Mean::simple;
    std::string authority;
};
struct CountyLists {
    std::vector<CountyList> lists;
    std::vector<MeanRule> means;
    std::vector<Finding> findings;  // of files that are not used

    /// The one for an area on a day: the list of the nearest area around it, of its versions the newest that holds; null without one.
    const CountyList* list(ListKind kind, AreaCode area, Date on) const;
    const MeanRule* mean(Date on) const;
};

/// Errors of a finding: "indicators.pack_malformed"; "indicators.pack_unknown_key" {key, known}; "indicators.pack_missing" {key,
/// expected}; "indicators.pack_reference" {key, name}: a code of no county that there is, or of one outside the list's area;
/// "indicators.pack_double" {name}: a county twice, or two versions of one kind and area, or two ways to average, from one day. A file
/// with a finding is left out whole.
CountyLists read_county_lists(std::span<const packs::File> texts);
/// Those inside the program, and those of the operator's folder, which go before them pack by pack.
CountyLists county_lists(const std::filesystem::path& folder);
/// What `ballast pack check` says of the lists in that folder, beside those inside; nothing where it has no county_lists.toml.
std::vector<Finding> check_county_lists(const std::filesystem::path& folder);

}  // namespace ballast::indicators
