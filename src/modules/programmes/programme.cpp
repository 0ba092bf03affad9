#include "programmes/programme.h"

#include <algorithm>
#include <array>

namespace ballast::programmes {
namespace {

constexpr std::array<std::string_view, 8> types{"text",    "choice", "truth", "integer",
                                                "decimal", "money",  "date",  "phone"};
constexpr std::array<std::string_view, 7> abouts{"household", "person", "village",     "township",
                                                 "school",    "site",   "organisation"};
constexpr std::array<std::string_view, 3> levels{"village", "township", "county"};
constexpr std::array<std::string_view, 3> receivers{"person", "family", "dwelling"};
constexpr std::array<std::string_view, 34> unit_list{"户",   "人",   "人次", "户次", "元",  "亩",  "斤", "公斤",
                                                     "吨",   "座",   "个",   "处",   "次",  "天",  "米", "公里",
                                                     "平方米", "立方米", "吨/天", "分",   "%", "节", "年", "所", "班", "家", "场", "百分点", "件", "册", "台", "株", "千瓦", "度"};
constexpr std::array<std::string_view, 6> facts{"household_kind",  "low_income", "extreme_poverty",
                                                "five_guarantee", "monitored",  "members"};

template <class Enum, class Names>
std::optional<Enum> called(const Names& names, std::string_view name) {
    const auto found = std::ranges::find(names, name);
    if (found == names.end()) return std::nullopt;
    return static_cast<Enum>(found - names.begin());
}
template <class Named>
const Named* find(const std::vector<Named>& all, std::string_view name) {
    const auto found = std::ranges::find(all, name, &Named::name);
    return found == all.end() ? nullptr : &*found;
}

}  // namespace

std::string_view name_of(Type type) { return types.at(static_cast<std::size_t>(type)); }
std::optional<Type> type_named(std::string_view name) { return called<Type>(types, name); }
std::string_view name_of(About about) { return abouts.at(static_cast<std::size_t>(about)); }
std::optional<About> about_named(std::string_view name) { return called<About>(abouts, name); }
std::string_view name_of(By by) { return levels.at(static_cast<std::size_t>(by)); }
std::optional<By> by_named(std::string_view name) { return called<By>(levels, name); }
std::string_view name_of(Benefit::To to) { return receivers.at(static_cast<std::size_t>(to)); }
std::optional<Benefit::To> receiver_named(std::string_view name) { return called<Benefit::To>(receivers, name); }
std::span<const std::string_view> units() { return unit_list; }
bool known_unit(std::string_view unit) {
    if (std::ranges::find(unit_list, unit) != unit_list.end()) return true;
    const auto slash = unit.find('/');  // of a quotient: both are known
    return slash != std::string_view::npos && known_unit(unit.substr(0, slash)) && known_unit(unit.substr(slash + 1));
}
std::span<const std::string_view> household_facts() { return facts; }

const Choice* Field::choice(std::string_view value) const {
    const auto found = std::ranges::find(choices, value, &Choice::value);
    return found == choices.end() ? nullptr : &*found;
}
const Field* Register::field(std::string_view called) const { return find(fields, called); }
const State* Register::state(std::string_view called) const { return find(states, called); }
const Step* Register::step(std::string_view action, std::string_view from) const {
    for (const auto& one : steps)
        if (one.action == action && std::ranges::find(one.from, from) != one.from.end()) return &one;
    return nullptr;
}
std::int64_t ActivityKind::highest() const {
    std::int64_t sum = 0;
    for (const auto& item : items) sum += item.most;
    return sum;
}
const Register* Programme::find_register(std::string_view name) const { return find(registers, name); }
const ActivityKind* Programme::activity(std::string_view name) const { return find(activities, name); }
const ContractKind* Programme::contract(std::string_view name) const { return find(contracts, name); }
const ProjectKind* Programme::project(std::string_view name) const { return find(projects, name); }

Result<dmn::Model> Programme::table(std::string_view file) const {
    for (const auto& one : pack.tables)
        if (one.name == pack.name + "/" + std::string(file)) return dmn::Model::load(one.bytes, one.name);
    return not_found("programmes.no_such_table").with("name", std::string(file));
}

}  // namespace ballast::programmes
