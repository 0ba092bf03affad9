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

/// 由1.2提升到2.8千伏安: from one level to another.
bool moves(Text gap) {
    if (gap.size() < 2 || !one_of(gap.back(), U"到至为成")) return false;
    const Text verb = gap.substr(0, gap.size() - 1);
    for (const Text word : {Text(U"提升"), Text(U"提高"), Text(U"增加"), Text(U"增长"), Text(U"上升"),
                            Text(U"上涨"), Text(U"上调"), Text(U"扩大"), Text(U"下降"), Text(U"下调"),
                            Text(U"降低"), Text(U"减少"), Text(U"缩短"), Text(U"缩小"), Text(U"压缩"),
                            Text(U"压减"), Text(U"缩减"), Text(U"调整"), Text(U"发展"), Text(U"增"),
                            Text(U"升"),   Text(U"降"),   Text(U"减"),   Text(U"提"),   Text(U"变")})
        if (verb.ends_with(word)) return true;
    return false;
}

/// A number without a unit counts what the one before it in the sentence counts, where the words lead from
/// one to the other: 贫困人口有610万，其中山区86.4万; 由3.2亿元增加到4.5亿; 由41人降为0.
class Carrier {
public:
    explicit Carrier(Text text) : text_(text) {}

    void read(Found& one) {
        Mention& m = one.mention;
        const Text gap = text_.substr(seen_, m.span.start - seen_);
        seen_ = m.span.end;
        if (gap.size() > 80 || gap.find_first_of(U"。\n！？；") != Text::npos) from_ = nullptr;
        if (gap.find(U"其中") != Text::npos) inside_ = true;
        if (m.kind != Kind::quantity || !m.value) return;
        if (!one.unitless) {
            unitless_ = false;
            from_ = &one;
            inside_ = false;
            return;
        }
        // 收入比由2.08缩小到2.02: the number that moves has no unit, nor has the other.
        const bool of_none = moves(gap) && unitless_;
        unitless_ = true;
        if (of_none || from_ == nullptr || !carries(one, gap)) return;
        unitless_ = false;
        m.unit = from_->mention.unit;
        one.unit_class = from_->unit_class;
        one.unitless = one.bare = false;
    }

private:
    bool carries(const Found& one, Text gap) const {
        const Text last = gap.substr(gap.size() - std::min<std::size_t>(gap.size(), 6));
        if (moves(last)) return true;
        if (one.mention.scale == Decimal{1} || from_->mention.scale == Decimal{1}) return false;
        return inside_ || ends_with_one_of(gap, {U"到", U"至", U"达"}) ||
               from_->unit_class == UnitClass::people;
    }

    Text text_;
    std::size_t seen_ = 0;
    const Found* from_ = nullptr;
    bool inside_ = false;    // 其中 stands between
    bool unitless_ = false;  // so was the number before
};

// 结构为9.3、41.0、49.6: three and more shares of one whole, whose mark is left out.
void mark_shares(Text text, std::vector<Found>& found) {
    std::size_t last = 0;
    for (std::size_t first = 0; first < found.size(); first = std::max(last, first + 1)) {
        last = first;
        bool places = false;
        const auto share = [&](const Found& one) {
            return one.bare && one.unitless && one.mention.kind == Kind::quantity && one.mention.value &&
                   *one.mention.value < Decimal{100};
        };
        while (last < found.size() && share(found[last]) &&
               (last == first || joins_list(gap_between(text, found[last - 1], found[last]))))
            places = found[last++].mention.places > 0 || places;
        if (last - first < 3 || !places) continue;
        const std::size_t start = found[first].mention.span.start;
        const Text lead =
            text.substr(start - std::min<std::size_t>(start, 16), std::min<std::size_t>(start, 16));
        const std::size_t cut = lead.find_last_of(U"，。；\n");
        const Text clause = cut == Text::npos ? lead : lead.substr(cut + 1);
        const bool said = ends_with_one_of(clause, {U"为", U"是", U"由", U"达", U"的"}) &&
                          (clause.find(U"结构") != Text::npos || clause.find(U"构成") != Text::npos ||
                           clause.find(U"比重") != Text::npos || clause.find(U"占比") != Text::npos);
        const bool changed = first > 0 && found[first - 1].mention.kind == Kind::percent &&
                             ends_with_one_of(clause, {U"调整为", U"变为", U"优化为", U"变化为", U"转变为"});
        if (said || changed)
            for (std::size_t k = first; k < last; ++k) {
                found[k].mention.kind = Kind::percent;
                found[k].mention.unit = std::string("%");
                found[k].bare = found[k].unitless = false;
                found[k].unit_class = UnitClass::percent;
            }
    }
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
        } else if (a.bare && a.unitless && !b.unitless && moves(gap) && measures(b.mention.kind)) {
            if (lend(a, b)) a.bare = a.unitless = false;
        } else if (a.bare && joins_list(gap) && !b.bare && gap != U"，") {
            const bool four_digit_year = b.mention.kind == Kind::year;
            if (four_digit_year ? whole(a, 1900, 2199).has_value() : !b.unitless)
                if (lend(a, b)) a.bare = a.unitless = false;
        }
    }
    mark_shares(text, found);
    Carrier carrier(text);
    for (Found& one : found) carrier.read(one);
}

}  // namespace ballast::figures
