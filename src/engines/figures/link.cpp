// What a number takes from the one behind it: ranges (1元至5元/人, 3-5万元, 1—5月) and lists
// (800、650和550元).
#include "base/text.h"
#include "figures/reader.h"

namespace ballast::figures {
namespace {

Text gap_between(Text text, const Found& a, const Found& b) {
    Text gap = text.substr(a.mention.span.end, b.mention.span.start - a.mention.span.end);
    while (!gap.empty() && gap.front() == U' ') gap.remove_prefix(1);
    while (!gap.empty() && gap.back() == U' ') gap.remove_suffix(1);
    return gap;
}

bool joins_range(Text gap) {
    for (const Text mark :
         {Text(U"至"), Text(U"到"), Text(U"-"), Text(U"–"), Text(U"—"), Text(U"——"), Text(U"~"), Text(U"～"),
          Text(U"─"), Text(U"−"), Text(U"－"), Text(U"--"), Text(U"∼")})
        if (gap == mark) return true;
    return false;
}

bool joins_list(Text gap) {
    for (const Text mark : {Text(U"、"), Text(U"和"), Text(U"及"), Text(U"与"), Text(U"或"), Text(U"、和"),
                            Text(U"以及"), Text(U"，"), Text(U"或者")})
        if (gap == mark) return true;
    return false;
}

bool measures(Kind kind) {
    return kind == Kind::quantity || kind == Kind::count || kind == Kind::percent || kind == Kind::pp ||
           kind == Kind::duration;
}
bool dates(Kind kind) { return kind == Kind::date || kind == Kind::year; }

std::optional<int> whole(const Found& found, int least, int most) {
    if (!found.mention.value) return std::nullopt;
    for (int i = least; i <= most; ++i)
        if (*found.mention.value == Decimal{i}) return i;
    return std::nullopt;
}

/// `a` has digits only; `b`'s kind and unit are its own too. False when they do not go together.
bool lend(Found& a, const Found& b) {
    Mention& m = a.mention;
    if (dates(b.mention.kind)) {
        if (const auto year = whole(a, 1900, 2199); year && b.date.year && m.span.end - m.span.start == 4) {
            a.date = {.shape = DateParts::Shape::year, .year = year};
            m.kind = Kind::year;
            return true;
        }
        if (const auto month = whole(a, 1, 12);
            month && b.date.month && b.date.shape == DateParts::Shape::month) {
            a.date = b.date;
            a.date.month = month;
        } else if (const auto day = whole(a, 1, 31); day && b.date.day) {
            a.date = b.date;
            a.date.day = day;
        } else {
            return false;
        }
        m.kind = Kind::date;
        m.value = std::nullopt;
        return true;
    }
    if (!measures(b.mention.kind)) return false;
    m.kind = b.mention.kind;
    m.unit = b.mention.unit;
    a.unit_class = b.unit_class;
    if (m.value && b.mention.value && b.mention.scale != Decimal{1} &&
        *m.value * b.mention.scale < *b.mention.value) {
        m.value = *m.value * b.mention.scale;
        m.scale = b.mention.scale;
    }
    return true;
}

void link_range(Found& a, Found& b) {
    Mention &low = a.mention, &high = b.mention;
    if (a.bare && !b.unitless) {
        if (!lend(a, b)) return;
    } else if (a.unitless && measures(high.kind) && !b.unitless) {
        low.kind = high.kind;
        low.unit = high.unit;
    } else if (high.kind == Kind::quantity && low.kind == Kind::quantity &&
               high.unit.starts_with(low.unit + "/")) {
        low.unit = high.unit;  // 1元至5元/人
    } else if (!(low.kind == high.kind || (dates(low.kind) && dates(high.kind)))) {
        return;
    } else if (!measures(low.kind) && !dates(low.kind)) {
        return;
    } else if (measures(low.kind) && low.unit != high.unit) {
        return;
    }
    low.qualifier = Qualifier::range_low;
    high.qualifier = Qualifier::range_high;
    a.bare = b.bare = false;
}

}  // namespace

void link_neighbours(Text text, std::vector<Found>& found) {
    for (std::size_t i = found.size(); i-- > 1;) {  // backwards, so that a unit runs through a list
        Found &a = found[i - 1], &b = found[i];
        const std::size_t apart = b.mention.span.start - a.mention.span.end;
        if (apart > 6) continue;
        const Text gap = gap_between(text, a, b);
        const Mention &first = a.mention, &second = b.mention;
        const bool shared = first.unit == "个" && second.unit.size() > first.unit.size() &&
                            second.unit.starts_with("个") && measures(second.kind);
        if (shared && (joins_range(gap) || joins_list(gap))) {  // 4.1个和5.3个百分点, 3个至5个月
            a.mention.kind = second.kind;
            a.mention.unit = second.unit;
            a.unit_class = b.unit_class;
        }
        if (joins_range(gap)) {
            link_range(a, b);
        } else if (a.bare && joins_list(gap) && !b.bare && gap != U"，") {
            const bool four_digit_year = b.mention.kind == Kind::year;
            if (four_digit_year ? whole(a, 1900, 2199).has_value() : !b.unitless)
                if (lend(a, b)) a.bare = a.unitless = false;
        }
    }
}

}  // namespace ballast::figures
