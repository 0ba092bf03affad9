#include "figures/mention.h"

#include <array>

namespace ballast::figures {

std::string_view to_string(Kind kind) {
    constexpr std::array<std::string_view, 16> names{
        "quantity", "count",      "percent", "pp",   "duration", "date", "year",    "reltime",
        "fixed",    "indefinite", "ordinal", "name", "lexical",  "enum", "address", "period"};
    return names[static_cast<std::size_t>(kind)];
}

std::string_view to_string(Qualifier qualifier) {
    constexpr std::array<std::string_view, 14> names{
        "",       "eq",     "ge",       "gt",       "le",        "lt",         "near",
        "approx", "target", "increase", "decrease", "range_low", "range_high", "from"};
    return names[static_cast<std::size_t>(qualifier)];
}

std::string value_text(const Mention& mention) {
    if (mention.kind == Kind::date || mention.kind == Kind::period || mention.kind == Kind::reltime)
        return mention.date;
    if (!mention.value) return {};
    std::string out = mention.value->plain();
    if (out.find('.') == std::string::npos) return out;
    out.erase(out.find_last_not_of('0') + 1);
    if (out.back() == '.') out.pop_back();
    return out;
}

}  // namespace ballast::figures
