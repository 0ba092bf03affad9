#include "programmes/evidence.h"

#include <algorithm>

namespace ballast::programmes {
namespace {

bool tells(const Evidence& evidence, const Record& record) {
    return std::ranges::all_of(evidence.where, [&](const auto& one) {
        const auto value = record.values.find(one.first);
        return value != record.values.end() && value->second == one.second;
    });
}

}  // namespace

const Evidence* news_of(const Register& kind, const Record* before, const Record& after) {
    if (!kind.evidence || !after.household || !after.live || !tells(*kind.evidence, after)) return nullptr;
    return before && tells(*kind.evidence, *before) ? nullptr : &*kind.evidence;
}

}  // namespace ballast::programmes
