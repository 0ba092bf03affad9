#include "insurance/plot.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/geometry.hpp>
#include <boost/geometry/geometries/point_xy.hpp>
#include <boost/geometry/geometries/polygon.hpp>
#include <charconv>
#include <optional>

#include "base/text.h"

namespace ballast::insurance {
namespace {

namespace bg = boost::geometry;
using Polygon = bg::model::polygon<bg::model::d2::point_xy<double>>;

// On a plot's few hundred metres degrees are flat enough to ask what two have in common.
Polygon polygon_of(const Ring& ring) {
    Polygon out;
    for (const auto& [x, y] : ring) bg::append(out.outer(), bg::model::d2::point_xy<double>(x, y));
    bg::correct(out);
    return out;
}

std::optional<double> degrees(std::string_view text) {
    double out = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), out);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size()) return std::nullopt;
    return out;
}

std::optional<std::int64_t> tag(std::string_view text) {
    std::int64_t out = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), out);
    if (text.size() != 15 || read.ec != std::errc{} || read.ptr != text.data() + text.size())
        return std::nullopt;
    return out;
}

}  // namespace

Result<Ring> parse_ring(std::string_view given) {
    const std::string narrow = text::half_width(given);
    Ring out;
    for (const auto corner : text::split(narrow, ';')) {
        const auto one = text::trimmed(corner);
        if (one.empty()) continue;
        const auto gap = one.find_first_of(" ,");
        if (gap == std::string_view::npos) return invalid("insurance.bad_ring");
        const auto x = degrees(text::trimmed(one.substr(0, gap)));
        const auto y = degrees(text::trimmed(one.substr(gap + 1)));
        if (!x || !y || *x < 73 || *x > 136 || *y < 3 || *y > 54) return invalid("insurance.bad_ring");
        out.emplace_back(*x, *y);
    }
    if (out.size() < 3 || !bg::is_valid(polygon_of(out))) return invalid("insurance.bad_ring");
    return out;
}

std::string written(const Ring& ring) {
    std::string out;
    for (const auto& [x, y] : ring) out += fmt::format("{}{} {}", out.empty() ? "" : "; ", x, y);
    return out;
}

namespace {

struct Box {
    double west = 180, south = 90, east = -180, north = -90;
};
Box box_of(const Ring& ring) {
    Box out;
    for (const auto& [x, y] : ring)
        out = {std::min(out.west, x), std::min(out.south, y), std::max(out.east, x), std::max(out.north, y)};
    return out;
}
bool apart(const Box& a, const Box& b) {
    return a.east <= b.west || b.east <= a.west || a.north <= b.south || b.north <= a.south;
}

}  // namespace

bool overlap(const Ring& a, const Ring& b, double sliver) {
    if (apart(box_of(a), box_of(b))) return false;
    const auto first = polygon_of(a), second = polygon_of(b);
    std::vector<Polygon> common;
    bg::intersection(first, second, common);
    double area = 0;
    for (const auto& part : common) area += bg::area(part);
    return area > sliver * std::min(bg::area(first), bg::area(second));
}

Result<std::vector<TagRange>> parse_tags(std::string_view given) {
    std::string narrow = text::half_width(given);
    std::ranges::replace_if(
        narrow, [](char c) { return c == ';' || c == '\n' || c == ' '; }, ',');
    std::vector<TagRange> out;
    for (const auto part : text::split(narrow, ',')) {
        const auto one = text::trimmed(part);
        if (one.empty()) continue;
        const auto dash = one.find('-');
        const auto from = tag(one.substr(0, dash));
        const auto to = dash == std::string_view::npos ? from : tag(one.substr(dash + 1));
        if (!from || !to || *to < *from || *to - *from >= 1'000'000) return invalid("insurance.bad_tags");
        out.push_back({*from, *to});
    }
    std::ranges::sort(out, {}, &TagRange::from);
    for (std::size_t i = 1; i < out.size(); ++i)
        if (out[i].from <= out[i - 1].to) return invalid("insurance.bad_tags");
    return out;
}

std::string written(const std::vector<TagRange>& tags) {
    std::string out;
    for (const auto& one : tags) {
        if (!out.empty()) out += ", ";
        out += one.from == one.to ? fmt::format("{}", one.from) : fmt::format("{}-{}", one.from, one.to);
    }
    return out;
}

bool overlap(const std::vector<TagRange>& a, const std::vector<TagRange>& b) {
    return std::ranges::any_of(a, [&](const TagRange& one) {
        return std::ranges::any_of(
            b, [&](const TagRange& other) { return one.from <= other.to && other.from <= one.to; });
    });
}

std::int64_t count(const std::vector<TagRange>& tags) {
    std::int64_t out = 0;
    for (const auto& one : tags) out += one.count();
    return out;
}

}  // namespace ballast::insurance
