/// Which printed numbers of an article are figures of the platform. A number is one when its value and unit
/// are, and what the figure is of stands before it; whoever changes either by hand cuts it off from its list.
#pragma once

#include "bulletin/findings.h"
#include "bulletin/platform_data.h"

namespace ballast::bulletin {

struct Traced {
    figures::Span span;  // of the number, in the body
    SnapshotId snapshot;
    std::string key;  // of the figure within it; `whole`, `together`
    friend bool operator==(const Traced&, const Traced&) = default;
};
/// In the order of the text; every figure of a snapshot at most once. Pure.
std::vector<Traced> traced(const areas::Division& division, const Article& article,
                           const std::vector<ArticleFigure>& figures, const std::vector<Snapshot>& snapshots);

}  // namespace ballast::bulletin
