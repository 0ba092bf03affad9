#include "indicators/county_lists.h"

#include <algorithm>
#include <array>
#include <set>

#include "areas/areas.h"
#include "embedded/county_list_files.h"
#include "indicators/file_reader.h"
#include "packs/file_of_each.h"

namespace ballast::indicators {
namespace {

constexpr std::array<std::string_view, 3> kinds{"national_key", "provincial_key", "lifted"};

class ListReader : public FileReader {
public:
    ListReader(std::string file, CountyLists& out) : FileReader(std::move(file)), out_(out) {}

    void read(const toml::table& root) {
        known(root, {"mean", "lists"});
        if (const auto* means = root["mean"].as_array()) {
            for (const auto& one : *means)
                if (const auto* row = one.as_table())
                    read_mean(*row);
                else
                    note(one, wanted("mean", R"({ from = 2021-01-01, value = "simple", authority = "..." })"));
        } else if (root.contains("mean")) {
            missing(root, "mean", "[{ from, value, authority }]");
        }
        if (const auto* lists = root["lists"].as_table()) {
            for (const auto& [name, one] : *lists)
                if (const auto* t = one.as_table())
                    read_list(std::string(name.str()), *t);
                else
                    note(one, wanted(name.str(), "{ kind, area, version, from, authority, counties }"));
        } else if (root.contains("lists")) {
            missing(root, "lists", "[lists.NAME]");
        }
    }

private:
    std::string text(const toml::table& in, std::string_view key, std::string expected) {
        const auto found = in[key].value_or<std::string>("");
        if (found.empty()) missing(in, key, std::move(expected));
        return found;
    }
    std::optional<Date> day(const toml::table& in) {
        const auto typed = in["from"].value<toml::date>();
        const auto found = typed ? Date::from(typed->year, typed->month, typed->day) : std::nullopt;
        if (!found) missing(in, "from", "2021-08-27");
        return found;
    }

    void read_mean(const toml::table& t) {
        known(t, {"from", "value", "authority"});
        const auto from = day(t);
        const auto value = text(t, "value", R"("simple" / "weighted")");
        const auto authority = text(t, "authority", R"("..." / "assumed")");
        if (!value.empty() && value != "simple" && value != "weighted") missing(t, "value", R"("simple" / "weighted")");
        if (from && std::ranges::find(out_.means, *from, &MeanRule::from) != out_.means.end())
            note(t, invalid("indicators.pack_double").with("name", "mean " + from->iso()));
        if (from) out_.means.push_back({*from, value == "weighted" ? Mean::weighted : Mean::simple, authority});
    }

    void read_list(const std::string& name, const toml::table& t) {
        known(t, {"kind", "area", "version", "from", "authority", "counties"});
        const auto kind = std::ranges::find(kinds, text(t, "kind", fmt::format("{}", fmt::join(kinds, " / "))));
        if (kind == kinds.end()) missing(t, "kind", fmt::format("{}", fmt::join(kinds, " / ")));
        const auto area = AreaCode::parse(text(t, "area", R"("51")"));
        if (!area) missing(t, "area", R"("51")");
        const auto from = day(t);
        CountyList made{name, ListKind::national_key, AreaCode{}, text(t, "version", R"("2021")"), from.value_or(Date{}),
                        text(t, "authority", R"("..." / "assumed")"), {}};
        const auto* counties = t["counties"].as_array();
        if (!counties || counties->empty()) missing(t, "counties", R"(["513431"])");
        if (kind == kinds.end() || !area || !from || !counties) return;
        made.kind = static_cast<ListKind>(kind - kinds.begin());
        made.area = *area;
        std::set<AreaCode> seen;
        for (const auto& one : *counties) {
            const auto typed = one.value_or<std::string>("");
            const auto code = AreaCode::parse(typed);
            if (!code || code->level() != AreaLevel::county || !area->contains(*code) ||
                !areas::Division::shipped().exists(*code))
                note(one, invalid("indicators.pack_reference").with("key", "counties").with("name", typed));
            else if (!seen.insert(*code).second)
                note(one, invalid("indicators.pack_double").with("name", typed));
        }
        made.counties.assign(seen.begin(), seen.end());
        for (const auto& other : out_.lists)
            if (other.kind == made.kind && other.area == made.area && other.from == made.from)
                note(t, invalid("indicators.pack_double").with("name", other.name + ", " + name));
        out_.lists.push_back(std::move(made));
    }

    CountyLists& out_;
};

}  // namespace

std::string_view name_of(ListKind kind) { return kinds[static_cast<std::size_t>(kind)]; }

const CountyList* CountyLists::list(ListKind kind, AreaCode area, Date on) const {
    const CountyList* best = nullptr;
    for (const auto& one : lists) {
        if (one.kind != kind || !one.area.contains(area) || on < one.from) continue;
        if (!best || one.area.level() > best->area.level() || (one.area == best->area && one.from > best->from)) best = &one;
    }
    return best;
}
const MeanRule* CountyLists::mean(Date on) const {
    const MeanRule* best = nullptr;
    for (const auto& one : means)
        if (one.from <= on && (!best || one.from > best->from)) best = &one;
    return best;
}

CountyLists read_county_lists(std::span<const packs::File> texts) { return read_files<ListReader, CountyLists>(texts); }

namespace {
constexpr std::string_view file_name = "county_lists.toml";
std::vector<std::pair<std::string, packs::File>> files(const std::filesystem::path& folder) {
    std::vector<packs::File> inside;
    for (const auto& file : embedded::county_list_files())
        inside.push_back({std::string(file.name), std::string(file.bytes)});
    return packs::file_of_each(file_name, std::move(inside), folder);
}
}  // namespace

CountyLists county_lists(const std::filesystem::path& folder) {
    std::vector<packs::File> all;
    for (auto& [pack, file] : files(folder)) all.push_back(std::move(file));
    return read_county_lists(all);
}

std::vector<Finding> check_county_lists(const std::filesystem::path& folder) {
    const auto path = folder / file_name;
    if (!std::filesystem::exists(path)) return {};
    const auto pack = folder.filename().string();
    std::vector<packs::File> all;
    for (auto& [name, file] : files({}))
        if (name != pack) all.push_back(std::move(file));
    all.push_back(packs::file_at(path, pack));
    auto found = read_county_lists(all).findings;
    std::erase_if(found, [&](const auto& one) { return one.file != all.back().name; });
    return found;
}

}  // namespace ballast::indicators
