#include "programmes/expiry.h"

#include <array>
#include <charconv>

namespace ballast::programmes {

std::string_view name_of(Mark mark) {
    constexpr std::array<std::string_view, 4> names{"", "yellow", "orange", "red"};
    return names.at(static_cast<std::size_t>(mark));
}

Result<WarningDays> warning_days(const packs::Pack& pack, AreaCode area, Date on) {
    WarningDays out;
    const auto read = [&](std::string_view name, int& into) -> Result<void> {
        const auto bound = TRY(pack.bind(name, on, area));
        const auto text = bound.value->value.rounded(0, Rounding::half_up).plain();
        std::from_chars(text.data(), text.data() + text.size(), into);
        out.assumed = out.assumed || bound.value->assumed();
        return {};
    };
    TRY(read("contract_warning_first", out.first));
    TRY(read("contract_warning_second", out.second));
    TRY(read("contract_warning_last", out.last));
    if (out.first <= out.second || out.second <= out.last) return invalid("programmes.warning_order");
    return out;
}

Mark expiry_mark(const WarningDays& days, Date ends_on, Date today) {
    const int left = ends_on - today;
    if (left <= days.last) return Mark::red;
    if (left <= days.second) return Mark::orange;
    if (left <= days.first) return Mark::yellow;
    return Mark::none;
}

}  // namespace ballast::programmes
