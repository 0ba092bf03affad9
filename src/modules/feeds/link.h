/// Whom a row means. The rule (domain specification 2.3, 3.6):
///
///   matched    the ID number is in the register and the names agree after normalising
///   candidate  a person must confirm: the ID is in the register under another name; or the ID is missing or
///   fails its check and exactly
///              one person of that place has the name (and the birth date and sex that a damaged number still
///              tells); or the ID is a sound number that the register does not know, and exactly one person
///              of that place has name, birth date and sex
///   unmatched  otherwise
///
/// Place is the village, or the township when no village is given. Pure: the index is filled by the caller.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/area_code.h"
#include "base/citizen_id.h"
#include "base/date.h"
#include "feeds/check.h"
#include "registry/household.h"

namespace ballast::feeds {

/// A registered person as linking sees them.
struct Registered {
    registry::PersonId person;
    registry::HouseholdId household;
    std::string id_lookup;   // the register's keyed hash of the ID number; empty for people without document
    std::string normalised;  // chinese::normalised_name
    AreaCode village;
    Date birth;
    Sex sex = Sex::unknown;
};

class LinkIndex {
public:
    void add(Registered person);
    std::size_t size() const { return people_.size(); }

    const Registered* by_id(std::string_view id_lookup) const;
    /// People of that name in the village or township.
    std::vector<const Registered*> named(std::string_view normalised, AreaCode place) const;

private:
    std::vector<Registered> people_;
    std::unordered_map<std::string, std::uint32_t> by_id_;
    std::unordered_multimap<std::string, std::uint32_t> by_name_;
};

/// Names of townships and villages as people write them, to codes of one county.
class Places {
public:
    void add(AreaCode code, std::string_view name);
    /// The village; else the township; nullopt when neither text is known or a village's name stands in
    /// several townships and none of them was named.
    std::optional<AreaCode> find(std::string_view township, std::string_view village) const;
    /// Out of one text: a code of nine or twelve digits, or 昭觉县新城镇南坪社区.
    std::optional<AreaCode> find_in(std::string_view text) const;

private:
    /// First by the name as people say it (南坪村 is not 南坪社区), then without its kind (城北乡 for what is
    /// 城北镇 today).
    struct Names {
        std::unordered_multimap<std::string, AreaCode> said, bare;
    };
    std::vector<AreaCode> within(const Names& names, std::string_view text) const;
    Names townships_, villages_;
};

enum class State : std::uint8_t { matched, candidate, unmatched, invalid };
std::string_view name_of(State state);
std::optional<State> state_named(std::string_view name);

struct Linked {
    State state = State::unmatched;
    /// "" when matched, else why not: "feeds.name_differs", "feeds.no_id", "feeds.damaged_id",
    /// "feeds.id_unknown_name_known" (candidates); "feeds.not_in_register", "feeds.no_such_name",
    /// "feeds.several_namesakes", "feeds.no_place" (unmatched).
    std::string reason;
    std::vector<const Registered*> people;  // the one matched, or the candidates, likeliest first
};

/// `id_lookup` is the keyed hash of the row's ID number, empty when it has none.
Linked link(const CheckedRow& row, std::string_view id_lookup, const LinkIndex& index, const Places& places);

}  // namespace ballast::feeds
