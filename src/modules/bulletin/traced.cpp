#include "bulletin/traced.h"

#include <algorithm>

#include "base/text.h"

namespace ballast::bulletin {
namespace {

/// Something that the article should say, as it was frozen.
struct Frozen {
    SnapshotId snapshot;
    std::string key, value;
    std::string_view unit;
    std::u32string label;  // stands right before it; empty where only the value tells
};

std::vector<Frozen> frozen_in(const areas::Division& division, const std::vector<Snapshot>& snapshots) {
    std::vector<Frozen> out;
    for (const auto& snapshot : snapshots) {
        const auto* query = data_query(snapshot.query);
        if (!query) continue;
        const auto add = [&](std::string_view key, std::int64_t value, std::u32string label) {
            out.push_back(
                {snapshot.id, std::string(key), std::to_string(value), query->unit, std::move(label)});
        };
        for (const auto& one : snapshot.figures)
            if (one.told) add(one.key, one.value, text::code_points(label_of(division, snapshot, one.key)));
        add(whole, snapshot.total, {});
        if (snapshot.kept_back() > 0) add(together, snapshot.kept_back(), {});
    }
    return out;
}

bool ends_with(std::u32string_view before, std::u32string_view label) {
    while (!before.empty() && before.back() == U' ') before.remove_suffix(1);
    return before.ends_with(label);
}

}  // namespace

std::vector<Traced> traced(const areas::Division& division, const Article& article,
                           const std::vector<ArticleFigure>& figures,
                           const std::vector<Snapshot>& snapshots) {
    std::vector<Traced> out;
    const std::u32string body = text::code_points(article.body());
    std::vector<bool> taken(figures.size(), false);
    for (const auto& frozen : frozen_in(division, snapshots))
        for (std::size_t i = 0; i < figures.size(); ++i) {
            const auto& [part, mention] = figures[i];
            if (taken[i] || part != "body" || mention.unit != frozen.unit ||
                value_of(mention) != frozen.value)
                continue;
            const auto before = std::u32string_view(body).substr(0, mention.span.start);
            if (!frozen.label.empty() && !ends_with(before, frozen.label)) continue;
            taken[i] = true;
            out.push_back({mention.span, frozen.snapshot, frozen.key});
            break;
        }
    std::ranges::sort(out, {}, [](const Traced& one) { return one.span.start; });
    return out;
}

}  // namespace ballast::bulletin
