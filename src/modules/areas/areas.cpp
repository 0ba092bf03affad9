#include "areas/areas.h"

#include <algorithm>
#include <array>
#include <functional>
#include <mutex>
#include <tuple>
#include <utility>

#include "areas/areas_file.h"
#include "base/text.h"
#include "embedded/areas_data.h"

namespace ballast::areas {

struct Division::State {
    explicit State(std::string_view bytes)
        : file(AreasFile::over(bytes)), opened(std::make_unique<Opened[]>(file.counties())) {}

    struct Opened {
        std::once_flag once;
        County county;
    };
    AreasFile file;
    std::unique_ptr<Opened[]> opened;  // one for each county of the file

    const County& county(std::size_t index) const {
        Opened& place = opened[index];
        std::call_once(place.once, [&] { place.county = file.open(index); });
        return place.county;
    }
};

namespace {

using Each = std::function<void(const Area&)>;

struct Range {
    std::int64_t first;
    std::int64_t last;
    bool contains(std::int64_t code) const { return first <= code && code <= last; }
};

Range within(Range a, Range b) { return {std::max(a.first, b.first), std::min(a.last, b.last)}; }
Range range_of(AreaCode code) { return {code.first(), code.last()}; }

AreaCode code_of(std::int64_t number) {
    const auto code = AreaCode::from_number(number);
    INVARIANT(code);
    return *code;
}

/// Levels that the statistical code needs and nobody lives in.
bool is_a_place(std::string_view name) {
    constexpr std::array<std::string_view, 3> fillers{"市辖区", "省直辖县级行政区划",
                                                      "自治区直辖县级行政区划"};
    return std::ranges::find(fillers, name) == fillers.end();
}

void each_upper(const AreasFile& file, Range range, const Each& each) {
    const auto& upper = file.upper;
    for (std::size_t i = upper.lower_bound(static_cast<std::uint64_t>((range.first + 999) / 1000));
         i < upper.size() && upper.keys[i] * 1000LL <= range.last; ++i)
        each({code_of(upper.keys[i] * 1000LL), upper.name(i)});
}

/// The counties of the file that reach into the range: indexes [first, second).
std::pair<std::size_t, std::size_t> counties_in(const AreasFile& file, Range range) {
    const auto county_of = [](std::int64_t code) { return static_cast<std::uint64_t>(code / 1'000'000); };
    return {file.lower_bound_of_county(county_of(range.first)),
            file.lower_bound_of_county(county_of(range.last) + 1)};
}

template <class CountyAt>
void each_village(const AreasFile& file, Range range, CountyAt county_at, const Each& each) {
    const auto [first, last] = counties_in(file, range);
    for (std::size_t i = first; i < last; ++i) {
        const std::int64_t base = file.county_key(i) * 1'000'000LL;
        const auto& villages = county_at(i).villages;
        auto village = std::ranges::lower_bound(villages, range.first - base, {},
                                                [](const Village& v) { return std::int64_t{v.inside}; });
        for (; village != villages.end() && base + village->inside <= range.last; ++village)
            each({code_of(base + village->inside), village->name});
    }
}

// ---- what people type

enum class Match : std::uint8_t { exact, beginning, inside };

/// How a name answers to what was typed, or not at all.
using Question = std::function<std::optional<Match>(const Area&)>;

bool all_digits(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

bool all_letters(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
}

std::optional<Match> by_name(std::string_view what, std::string_view name) {
    const auto at = name.find(what);
    if (at == std::string_view::npos) return {};
    if (at != 0) return Match::inside;
    return name.size() == what.size() ? Match::exact : Match::beginning;
}

/// `wanted`: one bit for each letter typed.
std::optional<Match> by_initials(const AreasFile& file, const std::vector<std::uint32_t>& wanted,
                                 std::string_view name) {
    if (name.size() < wanted.size()) return {};
    const auto characters = text::code_points(name);
    std::vector<std::uint32_t> have(characters.size());
    std::ranges::transform(characters, have.begin(), [&](char32_t c) { return file.initials_of(c); });

    const auto found = std::ranges::search(have, wanted, [](auto h, auto w) { return (h & w) != 0; });
    if (found.empty()) return {};
    if (found.begin() != have.begin()) return Match::inside;
    return have.size() == wanted.size() ? Match::exact : Match::beginning;
}

std::vector<std::uint32_t> letter_bits(std::string_view letters) {
    std::vector<std::uint32_t> bits;
    for (const char letter : letters) bits.push_back(1U << ((letter | 0x20) - 'a'));
    return bits;
}

/// All codes that begin with these digits.
Range beginning_with(std::string_view digits) {
    std::int64_t unit = 1;
    for (std::size_t i = digits.size(); i < 12; ++i) unit *= 10;
    const std::int64_t first = std::stoll(std::string(digits)) * unit;
    return {first, first + unit - 1};
}

}  // namespace

Division::Division(std::string_view file) : state_(std::make_unique<State>(file)) {}
Division::~Division() = default;

const Division& Division::shipped() {
    static const Division division(embedded::areas_data().front().bytes);
    return division;
}

int Division::year() const { return state_->file.year; }
std::size_t Division::size() const { return state_->file.areas; }

std::optional<Area> Division::find(AreaCode code) const {
    std::optional<Area> found;
    const Range only{code.number(), code.number()};
    const auto keep = [&](const Area& area) { found = area; };
    if (code.level() == AreaLevel::village)
        each_village(state_->file, only, std::bind_front(&State::county, state_.get()), keep);
    else if (code.level() != AreaLevel::nation)
        each_upper(state_->file, only, keep);
    return found;
}

Result<Area> Division::get(AreaCode code) const {
    const auto area = find(code);
    if (!area) return not_found("areas.unknown").with("code", code.short_digits());
    return *area;
}

std::vector<Area> Division::children(AreaCode code) const {
    std::vector<Area> out;
    // The parent of a township of 东莞 is the prefecture, since its county digits are zero.
    const auto keep = [&](const Area& area) {
        if (area.code.parent() == code) out.push_back(area);
    };
    if (code.level() == AreaLevel::village) return out;
    if (code.level() == AreaLevel::township)
        each_village(state_->file, range_of(code), std::bind_front(&State::county, state_.get()), keep);
    else
        each_upper(state_->file, {code.first() + 1, code.last()}, keep);
    return out;
}

std::vector<Area> Division::path(AreaCode code) const {
    std::vector<Area> up;
    for (auto area = find(code); area; area = find(area->code.parent())) up.push_back(*area);
    std::ranges::reverse(up);
    return up;
}

std::string Division::full_name(AreaCode code) const {
    std::string out;
    for (const auto& area : path(code))
        if (is_a_place(area.name)) out += area.name;
    return out;
}

std::vector<Division::Hit> Division::search(std::string_view what, AreaCode within_area,
                                            std::optional<AreaLevel> level, std::size_t limit) const {
    const std::string half = text::half_width(what);
    const std::string typed(text::trimmed(half));
    if (typed.empty() || limit == 0) return {};

    Range range = range_of(within_area);
    Question question;
    if (all_digits(typed)) {
        if (typed.size() > 12) return {};
        const Range codes = beginning_with(typed);
        range = within(range, codes);
        question = [codes](const Area& area) {
            return area.code.number() == codes.first ? Match::exact : Match::beginning;
        };
    } else if (all_letters(typed)) {
        question = [this, bits = letter_bits(typed)](const Area& area) {
            return by_initials(state_->file, bits, area.name);
        };
    } else {
        question = [&typed](const Area& area) { return by_name(typed, area.name); };
    }
    if (range.first > range.last) return {};

    struct Found {
        Match match;
        Area area;
        auto order() const { return std::tuple(match, area.code.level(), area.name.size(), area.code); }
    };
    std::vector<Found> found;
    const auto ask = [&](const Area& area) {
        if (level && area.code.level() != *level) return;
        if (const auto match = question(area)) found.push_back({*match, area});
    };
    const auto [first_county, last_county] = counties_in(state_->file, range);
    if (level != AreaLevel::village) each_upper(state_->file, range, ask);
    if (level == AreaLevel::village || (!level && last_county - first_county <= 1))
        each_village(state_->file, range, std::bind_front(&State::county, state_.get()), ask);

    const auto kept = std::min(limit, found.size());
    std::ranges::partial_sort(found, found.begin() + static_cast<std::ptrdiff_t>(kept), {}, &Found::order);
    std::vector<Hit> hits;
    for (std::size_t i = 0; i < kept; ++i)
        hits.push_back({found[i].area, full_name(found[i].area.code.parent())});
    return hits;
}

std::optional<Division::CountyCode> Division::county_code(std::string_view six_digits) const {
    if (six_digits.size() != 6 || !all_digits(six_digits)) return {};
    const auto key = 2 * std::stoull(std::string(six_digits));
    const auto& codes = state_->file.county_codes;
    const auto at = codes.lower_bound(key);
    if (at == codes.size() || codes.keys[at] / 2 != key / 2) return {};
    return CountyCode{codes.name(at), codes.keys[at] % 2 == 1};
}

std::string everyday_name(std::string_view published) {
    const auto without = [](std::string_view name, std::string_view tail) {
        return name.ends_with(tail) ? name.substr(0, name.size() - tail.size()) : name;
    };
    for (const std::string_view committee : {"民委员会", "委会"}) {
        if (!published.ends_with(committee)) continue;
        // Left are 塘木村村, 谷都村, 城南社区居: a second 村, or the 居 of the residents, belongs to the
        // committee.
        auto name = without(published, committee);
        name = name.ends_with("村村") ? without(name, "村") : without(name, "居");
        if (name != "村" && !name.empty()) return std::string(name);
    }
    return std::string(published);
}

}  // namespace ballast::areas
