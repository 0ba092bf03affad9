#include "feeds/link.h"

#include <algorithm>
#include <functional>

#include "areas/areas.h"
#include "base/text.h"
#include "chinese/chinese.h"

namespace ballast::feeds {
namespace {

std::string said(std::string_view name) { return chinese::normalised_name(areas::everyday_name(name)); }

// 塘木村村民委员会, 塘木村委会, 塘木村 and 塘木 are one village; 城北镇, 城北乡 and 城北 were one township.
std::string bare(std::string_view name) {
    std::string plain = chinese::normalised_name(name);
    static constexpr std::string_view tails[] = {"村民委员会", "居民委员会", "村委会", "居委会", "社区",
                                                 "街道办事处", "街道",       "村",     "镇",     "乡"};
    for (bool again = true; again;) {
        again = false;
        for (const auto tail : tails)
            if (plain.size() > tail.size() && plain.ends_with(tail)) {
                plain.resize(plain.size() - tail.size());
                again = true;
            }
    }
    return plain;
}

std::vector<const Registered*> with_what_is_told(std::vector<const Registered*> people,
                                                 std::optional<Date> birth, Sex sex) {
    std::erase_if(people, [&](const Registered* p) {
        return (birth && p->birth != *birth) || (sex != Sex::unknown && p->sex != sex);
    });
    return people;
}

Linked by_name(std::vector<const Registered*> people, std::string reason, std::string reason_when_none) {
    if (people.size() == 1) return {State::candidate, std::move(reason), std::move(people)};
    return {State::unmatched, people.empty() ? std::move(reason_when_none) : "feeds.several_namesakes", {}};
}

}  // namespace

void LinkIndex::add(Registered person) {
    const auto at = static_cast<std::uint32_t>(people_.size());
    if (!person.id_lookup.empty()) by_id_.emplace(person.id_lookup, at);
    by_name_.emplace(person.normalised, at);
    people_.push_back(std::move(person));
}

const Registered* LinkIndex::by_id(std::string_view id_lookup) const {
    const auto found = by_id_.find(std::string(id_lookup));
    return found == by_id_.end() ? nullptr : &people_[found->second];
}

std::vector<const Registered*> LinkIndex::named(std::string_view normalised, AreaCode place) const {
    std::vector<const Registered*> out;
    const auto [first, last] = by_name_.equal_range(std::string(normalised));
    for (auto it = first; it != last; ++it)
        if (place.contains(people_[it->second].village)) out.push_back(&people_[it->second]);
    return out;
}

void Places::add(AreaCode code, std::string_view name) {
    auto& names = code.level() == AreaLevel::village ? villages_ : townships_;
    names.said.emplace(said(name), code);
    names.bare.emplace(bare(name), code);
}

std::optional<AreaCode> Places::find(std::string_view township, std::string_view village) const {
    using Within = std::function<bool(AreaCode)>;
    const auto look = [](const Names& names, std::string_view name, const Within& within) {
        std::vector<AreaCode> out;
        for (const auto& [map, key] :
             {std::pair(&names.said, said(name)), std::pair(&names.bare, bare(name))}) {
            const auto [first, last] = map->equal_range(key);
            for (auto it = first; it != last; ++it)
                if (within(it->second)) out.push_back(it->second);
            if (!out.empty()) break;
        }
        return out;
    };
    const auto towns = township.empty() ? std::vector<AreaCode>{}
                                        : look(townships_, township, [](AreaCode) { return true; });
    const auto found = village.empty() ? towns : look(villages_, village, [&](AreaCode one) {
        return towns.empty() || std::find(towns.begin(), towns.end(), one.parent()) != towns.end();
    });
    return found.size() == 1 ? std::optional(found.front()) : std::nullopt;
}

/// The areas whose name, as people say it, stands in the text; of overlapping names the longest.
std::vector<AreaCode> Places::within(const Names& names, std::string_view text) const {
    std::vector<AreaCode> out;
    std::size_t longest = 0;
    for (const auto& [name, code] : names.said) {
        if (name.empty() || name.size() < longest || text.find(name) == std::string_view::npos) continue;
        if (name.size() > longest) out.clear();
        longest = name.size();
        out.push_back(code);
    }
    return out;
}

std::optional<AreaCode> Places::find_in(std::string_view text) const {
    const auto plain = text::half_width(text);
    if (const auto code = AreaCode::parse(plain); code && code->level() >= AreaLevel::township) {
        const auto& names = code->level() == AreaLevel::village ? villages_ : townships_;
        for (const auto& [name, known] : names.said)
            if (known == *code) return *code;
        return std::nullopt;
    }
    const auto normal = chinese::normalised_name(plain);
    const auto towns = within(townships_, normal);
    auto villages = within(villages_, normal);
    if (!towns.empty())
        std::erase_if(villages, [&](AreaCode one) {
            return std::find(towns.begin(), towns.end(), one.parent()) == towns.end();
        });
    const auto& found = villages.empty() ? towns : villages;
    return found.size() == 1 ? std::optional(found.front()) : std::nullopt;
}

std::string_view name_of(State state) {
    static constexpr std::string_view names[] = {"matched", "candidate", "unmatched", "invalid"};
    return names[static_cast<int>(state)];
}

std::optional<State> state_named(std::string_view name) {
    for (const auto state : {State::matched, State::candidate, State::unmatched, State::invalid})
        if (name_of(state) == name) return state;
    return std::nullopt;
}

Linked link(const CheckedRow& row, std::string_view id_lookup, const LinkIndex& index, const Places& places) {
    const auto name = chinese::normalised_name(row.name);
    auto place = places.find(row.township, row.village);
    if (!place && !row.area.empty()) place = places.find_in(row.area);
    const auto namesakes = place ? index.named(name, *place) : std::vector<const Registered*>{};
    if (row.id) {
        if (const auto* owner = index.by_id(id_lookup)) {
            if (owner->normalised == name) return {State::matched, "", {owner}};
            Linked out{State::candidate, "feeds.name_differs", {owner}};
            // Perhaps the number is another family member's and the name is right: show that person too.
            if (namesakes.size() == 1 && namesakes.front() != owner) out.people.push_back(namesakes.front());
            return out;
        }
        return by_name(with_what_is_told(namesakes, row.id->birth_date(), row.id->sex()),
                       "feeds.id_unknown_name_known", "feeds.not_in_register");
    }
    if (!place) return {State::unmatched, "feeds.no_place", {}};
    const bool damaged = !row.id_text.empty();
    return by_name(with_what_is_told(namesakes, row.told_birth, row.told_sex),
                   damaged ? "feeds.damaged_id" : "feeds.no_id", "feeds.no_such_name");
}

}  // namespace ballast::feeds
