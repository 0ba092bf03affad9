// Dates as written: 2021年6月10日, 4月底, 10日, 2023年上半年, 二〇二一年, 第一季度, 去年6月, 2021-06-10,
// 8时30分.
#include "base/text.h"
#include "figures/reader.h"

namespace ballast::figures {
namespace {

using Shape = DateParts::Shape;

std::optional<int> small(const std::optional<Numeral>& numeral, int least, int most) {
    if (!numeral || numeral->more || numeral->vague || numeral->small < least || numeral->small > most)
        return std::nullopt;
    return numeral->small;
}

std::optional<Numeral> numeral_at(Text text, std::size_t at) {
    return is_ascii_digit(char_at(text, at)) ? arabic_at(text, at) : chinese_at(text, at);
}

}  // namespace

// 上半年, 前三季度, 第一季度, 一季度: the months and where the words end.
std::optional<std::size_t> Reader::season_of_year(std::size_t start, DateParts& parts) const {
    const auto months = [&](int from, int to, std::size_t end) {
        parts.shape = Shape::months;
        parts.from = from;
        parts.to = to;
        return std::optional<std::size_t>{end};
    };
    if (starts(text_, start, U"上半年")) return months(1, 6, start + 3);
    if (starts(text_, start, U"下半年")) return months(7, 12, start + 3);
    if (starts(text_, start, U"首季度")) return months(1, 3, start + 3);
    std::size_t first = start;
    const bool up_to = at(first) == U'前';
    if (up_to || at(first) == U'第') first = skip_blanks(text_, first + 1);
    const auto numeral = numeral_at(text_, first);
    const auto n = small(numeral, 1, 4);
    if (!n) return std::nullopt;
    const std::size_t end = skip_blanks(text_, numeral->end);
    if (starts(text_, end, U"季度")) return months(up_to ? 1 : *n * 3 - 2, *n * 3, end + 2);
    return std::nullopt;
}

bool Reader::read_quarter(std::size_t start, DateParts parts) {
    const auto end = season_of_year(start, parts);
    if (!end) return false;
    if (one_of(before(start), U"每各") ||
        (at(start) != U'第' && ends_with_one_of(back(start, 2), {U"连续", U"近"})))
        return false;
    add(start, *end, Kind::date).date = parts;
    return true;
}

// `after` is behind 年.
bool Reader::read_year(std::size_t start, int year, std::size_t after) {
    DateParts parts{.shape = Shape::year, .year = year};
    const std::size_t next = skip_blanks(text_, after);
    if (const auto numeral = numeral_at(text_, next))
        if (const auto month = small(numeral, 1, 12))
            if (const auto end = skip_blanks(text_, numeral->end);
                at(end) == U'月' && read_month(start, *month, end + 1, parts))
                return true;
    if (const auto end = season_of_year(next, parts)) return add(start, *end, Kind::date).date = parts, true;
    const std::size_t word = at(next) == U'年' && one_of(at(next + 1), U"底末初中") ? next + 1 : next;
    if (one_of(at(word), U"底末")) {
        parts.shape = Shape::year_end;
        return add(start, word + 1, Kind::date).date = parts, true;
    }
    const char32_t behind = at(word + 1);
    if ((at(word) == U'初' && !one_of(behind, U"中步级心次始衷")) || (at(word) == U'中' && word > next)) {
        parts.shape = Shape::month;
        parts.month = at(word) == U'初' ? 1 : 6;
        return add(start, word + 1, Kind::date).date = parts, true;
    }
    const bool annual = at(after) == U'度' && at(after + 1) != U'过';
    Found& out = add(start, annual ? after + 1 : after, Kind::year);
    out.date = parts;
    out.mention.value = Decimal{year};
    return true;
}

// 3月18前, 4月20起施行: words that only a day takes, so that 日 may be left out. Not 3月20起事故.
bool Reader::bounds_day(std::size_t end) const {
    if (starts(text_, end, U"以前") || starts(text_, end, U"之前") || starts(text_, end, U"左右"))
        return true;
    if (one_of(at(end), U"前止")) return true;
    return at(end) == U'起' && (!text::is_han(at(end + 1)) || one_of(at(end + 1), U"施执实开正试生"));
}

// `after` is behind 月.
bool Reader::read_month(std::size_t start, int month, std::size_t after, DateParts parts) {
    parts.month = month;
    parts.shape = Shape::month;
    std::size_t end = after;
    if (at(end) == U'份' && at(end + 1) != U'额') ++end;
    const std::size_t next = skip_blanks(text_, after);
    const auto days = [&](int from, int to) {
        parts.shape = Shape::days;
        parts.from = from;
        parts.to = to;
        add(start, next + 2, Kind::date).date = parts;
        return true;
    };
    if (starts(text_, next, U"上旬")) return days(1, 10);
    if (starts(text_, next, U"中旬")) return days(11, 20);
    if (starts(text_, next, U"下旬")) return days(21, 31);
    if (one_of(at(next), U"底末")) {
        parts.shape = Shape::month_end;
        return add(start, next + 1, Kind::date).date = parts, true;
    }
    if (at(next) == U'初' && !one_of(at(next + 1), U"步级次"))
        return add(start, next + 1, Kind::date).date = parts, true;
    if (const auto numeral = numeral_at(text_, next))
        if (const auto day = small(numeral, 1, 31)) {
            const auto word = skip_blanks(text_, numeral->end);
            const bool named = one_of(at(word), U"日号");
            if (named || (next == after && !numeral->chinese && bounds_day(numeral->end))) {
                parts.shape = Shape::day;
                parts.day = day;
                return add(start, named ? word + 1 : numeral->end, Kind::date).date = parts, true;
            }
        }
    add(start, end, Kind::date).date = parts;
    return true;
}

// A day alone: 10日. Behind words of lasting, or before 内, it is a duration.
bool Reader::read_day(std::size_t start, int day, std::size_t after) {
    const std::size_t next = skip_blanks(text_, after);
    if (one_of(at(next), U"内常均") || starts(text_, next, U"以内") || starts(text_, next, U"之内") ||
        starts(text_, next, U"以上"))
        return false;
    const Text lead = back(start, 4);
    if (ends_with_one_of(lead, {U"连续", U"为期", U"至少", U"少于", U"满", U"每", U"超过", U"历时", U"共",
                                U"约", U"近", U"不足", U"短短", U"超", U"用时", U"提前", U"仅", U"长达"}))
        return false;
    DateParts parts{.shape = Shape::day, .day = day};
    add(start, after, Kind::date).date = parts;
    return true;
}

// 去年6月, 今年上半年, 去年底: a relative time that a month or season makes a date.
bool Reader::read_relative_date(std::size_t end, const Term& term) {
    if (term.step != 'Y') return false;
    const std::size_t start = pos_, next = skip_blanks(text_, end);
    DateParts parts{.years_away = term.away};
    if (const auto numeral = numeral_at(text_, next))
        if (const auto month = small(numeral, 1, 12))
            if (const auto word = skip_blanks(text_, numeral->end); at(word) == U'月')
                return read_month(start, *month, word + 1, parts);
    if (const auto last = season_of_year(next, parts))
        return add(start, *last, Kind::date).date = parts, true;
    const std::size_t word = at(next) == U'年' ? next + 1 : next;
    if (one_of(at(word), U"底末") || (at(word) == U'初' && !one_of(at(word + 1), U"中步级"))) {
        parts.shape = at(word) == U'初' ? Shape::month : Shape::year_end;
        parts.month = 1;
        return add(start, word + 1, Kind::date).date = parts, true;
    }
    return false;
}

// 8时30分, 上午9点, 14:30: a time of day, no figure.
bool Reader::read_clock(const Numeral& numeral) {
    const auto hour = small(numeral, 0, 24);
    if (!hour) return false;
    std::size_t end = skip_blanks(text_, numeral.end);
    if (at(end) == U':' && is_ascii_digit(at(end + 1)) && is_ascii_digit(at(end + 2)) &&
        !is_ascii_digit(at(end + 3)) && at(end + 3) != U'.' && at(end + 1) < U'6' && !numeral.chinese) {
        end += 3;
        if (at(end) == U':' && is_ascii_digit(at(end + 1)) && is_ascii_digit(at(end + 2))) end += 3;
        return add(numeral.start, end, Kind::reltime), true;
    }
    const bool hour_word = at(end) == U'时' && !one_of(at(end + 1), U"代期候间刻节光段效");
    const bool point =
        at(end) == U'点' && ends_with_one_of(back(numeral.start, 3),
                                             {U"上午", U"下午", U"中午", U"晚上", U"凌晨", U"早上", U"晚",
                                              U"早", U"清晨", U"傍晚", U"深夜", U"夜里", U"上午 ", U"下午 "});
    if (!hour_word && !point) return false;
    ++end;
    if (const auto minutes = numeral_at(text_, end); minutes && small(*minutes, 0, 59)) {
        if (at(minutes->end) == U'分') end = minutes->end + 1;
    } else if (at(end) == U'半') {
        ++end;
    }
    add(numeral.start, end, Kind::reltime);
    return true;
}

// 80年代, 21世纪, 20世纪90年代.
bool Reader::read_decade(const Numeral& numeral) {
    const std::size_t end = skip_blanks(text_, numeral.end);
    const bool century = starts(text_, end, U"世纪"), decade = starts(text_, end, U"年代");
    if (!(century || decade) || numeral.more) return false;
    if (century &&
        (!numeral.value || (at(numeral.start) == U'半' || numeral.vague || *numeral.value < Decimal{15})))
        return false;
    add(numeral.start, end + 2, Kind::period);
    return true;
}

// 2023/24榨季, 2022/2023年度, 2023—2024学年: one season over the turn of the year.
bool Reader::read_two_years(const Numeral& numeral) {
    if (numeral.chinese || numeral.length() != 4) return false;
    const auto year = small(numeral, 1900, 2198);
    const char32_t mark = at(numeral.end);
    if (!year || !one_of(mark, U"/-–—")) return false;
    const std::size_t first = numeral.end + (starts(text_, numeral.end, U"——") ? 2 : 1);
    const auto second = arabic_at(text_, first);
    if (!second || second->more || second->places > 0) return false;
    const bool next = (second->length() == 4 && second->small == *year + 1) ||
                      (second->length() == 2 && second->small == (*year + 1) % 100);
    if (!next) return false;
    std::size_t end = second->end;
    for (const Text word :
         {Text(U"榨季"),     Text(U"学年度"), Text(U"学年"),     Text(U"产季"),     Text(U"赛季"),
          Text(U"雪季"),     Text(U"采暖季"), Text(U"供暖季"),   Text(U"采暖期"),   Text(U"供暖期"),
          Text(U"生产季"),   Text(U"销售季"), Text(U"种植季"),   Text(U"采收季"),   Text(U"收购季"),
          Text(U"制种季"),   Text(U"冬春"),   Text(U"作物年度"), Text(U"棉花年度"), Text(U"生产年度"),
          Text(U"市场年度"), Text(U"财年")})
        if (end == second->end && starts(text_, end, word)) end += word.size();
    if (mark == U'/' && starts(text_, end, U"年度")) end += 2;
    if (mark != U'/' && end == second->end) return false;  // 2023—2024年 is a range
    Found& out = add(numeral.start, end, Kind::period);
    out.mention.date = std::to_string(*year) + "/" + std::to_string(*year + 1);
    return true;
}

bool Reader::read_calendar(const std::optional<Numeral>& numeral) {
    if (!numeral) return false;
    if (read_two_years(*numeral)) return true;
    const std::size_t start = numeral->start, end = skip_blanks(text_, numeral->end);
    if (at(end) == U'年' || (numeral->positional && at(numeral->end) == U'年')) {
        const auto year = small(numeral, 1800, 2199);
        const bool four =
            numeral->chinese ? numeral->positional && numeral->length() == 4 : numeral->length() == 4;
        if (year && four && !one_of(at(end + 1), U"制级")) return read_year(start, *year, end + 1);
    }
    if (!numeral->chinese && numeral->length() == 4) {  // 2021-06-10, 2021/6/10
        const char32_t mark = at(numeral->end);
        const auto year = small(numeral, 1900, 2199);
        if (year && one_of(mark, U"-/")) {
            const auto month = arabic_at(text_, numeral->end + 1);
            if (small(month, 1, 12) && at(month->end) == mark) {
                const auto day = arabic_at(text_, month->end + 1);
                if (small(day, 1, 31)) {
                    add(start, day->end, Kind::date).date = {.shape = Shape::day,
                                                             .year = year,
                                                             .month = small(month, 1, 12),
                                                             .day = small(day, 1, 31)};
                    return true;
                }
            }
        }
    }
    if (at(end) == U'月' && !one_of(at(end + 1), U"龄季均薪嫂子亮")) {
        const auto month = small(numeral, 1, 12);
        const bool each =
            numeral->chinese && month == 1 && one_of(at(end + 1), U"还能可挣赚收就只要才");  // 一月能挣
        if (month && !each && !(numeral->chinese && one_of(before(start), U"正腊")))
            return read_month(start, *month, end + 1, {});
    }
    if (one_of(at(end), U"日号") && (at(end) == U'日' || (!found_.empty() && found_.back().date.month &&
                                                          start - found_.back().mention.span.end <= 2)))
        if (const auto day = small(numeral, 1, 31)) return read_day(start, *day, end + 1);
    if (starts(text_, end, U"季度") || (numeral->chinese && starts(text_, numeral->end, U"季度"))) {
        const std::size_t first = before(start) == U'前' ? start - 1 : start;
        if (read_quarter(first, {})) return true;
    }
    return read_clock(*numeral) || read_decade(*numeral);
}

}  // namespace ballast::figures
