// Numerals with and without units, and what they are: quantity, count, percent, duration, indefinite ...
#include <array>

#include "base/text.h"
#include "figures/reader.h"

namespace ballast::figures {
namespace {

const Decimal half = Decimal::from_parts(5, 1);

}  // namespace

bool Reader::read_arabic() {
    if (read_arabic_mark() || read_code_of_digits()) return true;
    const std::size_t start = pos_;
    const auto numeral = arabic_at(text_, start);
    if (read_calendar(numeral)) return true;
    if (read_formula(*numeral) || read_ratio(*numeral) || read_arabic_fraction(*numeral)) return true;
    const std::size_t before_number = found_.size();
    read_number(*numeral);
    if (found_.size() > before_number) read_sign(start, found_.back());
    return true;
}

// -2.41‰, 零下5℃. A dash behind another number is no sign.
void Reader::read_sign(std::size_t start, Found& one) {
    const Mention* last = found_.size() > 1 ? &found_[found_.size() - 2].mention : nullptr;
    const std::size_t behind = last != nullptr && last->kind != Kind::enumeration ? last->span.end : 0;
    const bool minus = one_of(before(start), U"-−") && behind < start - 1 &&
                       (start < 2 || !(is_latin(text_[start - 2]) || is_ascii_digit(text_[start - 2])));
    const bool below = back(start, 2) == U"零下";
    if (!(minus || below) || !one.mention.value) return;
    Found signed_one = std::move(one);
    found_.pop_back();
    const std::size_t from = start - (minus ? 1 : 2);
    if (below && !found_.empty() && found_.back().mention.span.end > from) found_.pop_back();  // the 零
    Mention& m = signed_one.mention;
    m.value = -*m.value;
    m.span.start = from;
    m.surface = text::utf8(original_.substr(from, m.span.end - from));
    found_.push_back(std::move(signed_one));
}

// 十三五, 十四五: a five-year plan, also in quotation marks.
bool Reader::read_five_year_plan() {
    const auto n = [&](std::size_t i) { return digit_of(at(i)) > 0 && at(i) != U'两' ? digit_of(at(i)) : 0; };
    int plan = 0;
    std::size_t end = 0;
    if (at(pos_) == U'十' && n(pos_ + 1) > 0 && at(pos_ + 2) == U'五')
        plan = 10 + n(pos_ + 1), end = pos_ + 3;
    const std::size_t next = end != 0 ? end : pos_ + 2;
    const bool named = starts(text_, next, U"计划") || starts(text_, next, U"时期") ||
                       starts(text_, next, U"规划") || starts(text_, next, U"期间") ||
                       starts(text_, next, U"”时期") || starts(text_, next, U"”期间") ||
                       starts(text_, next, U"”计划") || starts(text_, next, U"”规划");
    if (plan == 0 && named && at(pos_ + 1) == U'五' && (at(pos_) == U'十' || n(pos_) > 0))
        plan = at(pos_) == U'十' ? 10 : n(pos_), end = pos_ + 2;
    if (plan == 0) return false;
    Found& out = add(pos_, end, Kind::period);
    const int first = 1953 + 5 * (plan - 1) + (plan > 2 ? 3 : 0);  // the third began three years late
    out.mention.date = std::to_string(first) + "/" + std::to_string(first + 4);
    return true;
}

// 一村一品, 三县四乡: figures of speech in pairs.
bool Reader::read_pair() {
    const auto single = [&](std::size_t i) { return digit_of(at(i)) > 0 || at(i) == U'多'; };
    if (!(single(pos_) && single(pos_ + 2)) || at(pos_) == U'多') return false;
    const char32_t first = at(pos_ + 1), second = at(pos_ + 3);
    if (!text::is_han(first) || !text::is_han(second) || is_numeral(first) || is_numeral(second) ||
        at(pos_ + 2) == first)
        return false;
    if (one_of(first, U"、至到和或是") || (at(pos_ + 2) == U'多' && at(pos_) != U'一')) return false;
    const bool ones = at(pos_) == U'一' && (at(pos_ + 2) == U'一' || at(pos_ + 2) == U'多');
    const auto unit = unit_at(text_, pos_ + 1);
    if (!ones && unit && unit->unit_class != UnitClass::body) return false;
    const auto second_unit = unit_at(text_, pos_ + 3);
    if (ones && first == U'年' && second_unit && second_unit->unit_class != UnitClass::measure) return false;
    if (!ones && second_unit && second_unit->unit_class != UnitClass::body) return false;
    if (!ones && (first == U'个' || is_numeral(at(pos_ + 3)))) return false;
    const std::size_t start = pos_;
    for (const std::size_t i : {start, start + 2})
        if (at(i) != U'多') add(i, i + 1, Kind::fixed).mention.value = Decimal{digit_of(at(i))};
    pos_ = start + 4;
    return true;
}

bool Reader::read_chinese() {
    DateParts parts;
    const char32_t c = text_[pos_];
    if (one_of(c, U"上下首前") && season_of_year(pos_, parts)) return read_quarter(pos_, parts);
    if (!is_numeral(c)) return false;
    const auto term = lexicon().terms.longest(text_, pos_);
    if (read_fraction() || read_five_year_plan()) return true;
    auto numeral = chinese_at(text_, pos_);
    if (here(U"一刻钟")) return read_number(*numeral), true;
    if (numeral && at(numeral->end) == U'番' && ends_with_one_of(back(pos_, 2), {U"翻", U"翻了"})) {
        read_number(*numeral);  // 翻一番
        return true;
    }
    const bool numeral_is_longer =
        numeral && numeral->length() > 1 && term && term.length <= numeral->length();
    if (term && !numeral_is_longer && !divides_into(numeral, term.length) &&
        !(numeral && numeral->length() == 1 && c != U'一' && term.length == 2 &&
          unit_at(text_, numeral->end) && unit_at(text_, numeral->end)->end > pos_ + term.length))
        if (!here(U"半") || !unit_at(text_, pos_ + 1) ||
            unit_at(text_, pos_ + 1)->unit_class != UnitClass::time)
            return read_term();
    if (read_half() || read_calendar(numeral) || read_pair()) return true;
    if (!numeral) {
        if (c == U'几') {
            const auto unit = unit_at(text_, pos_ + 1);
            add(pos_, unit ? unit->end : pos_ + 1, Kind::indefinite);
        } else {
            add(pos_, pos_ + 1, Kind::lexical);
        }
        return true;
    }
    read_number(*numeral);
    return true;
}

void Reader::read_number(const Numeral& numeral) {
    const auto unit = unit_at(text_, numeral.end);
    if (unit && unit->word == "线" &&
        ends_with_one_of(back(numeral.start, 2), {U"国道", U"省道", U"县道", U"乡道"})) {
        add_number(numeral, unit->end, Kind::name);
        return;
    }
    const bool session =
        at(numeral.end) == U'次' && numeral.chinese &&
        (starts(text_, numeral.end + 1, U"全会") || starts(text_, numeral.end + 1, U"全体会议") ||
         starts(text_, numeral.end + 1, U"会议") || starts(text_, numeral.end + 1, U"党代会"));
    if (session && before(numeral.start) == U'届') {  // 六届二十四次全会
        add_number(numeral, numeral.end + 1, Kind::ordinal, "次");
        return;
    }
    if (at(numeral.end) == U'届' && numeral.value) {  // 十四届三中全会
        add_number(numeral, numeral.end + 1, Kind::ordinal, "届");
        return;
    }
    if (numeral.vague) {
        const auto end = unit && unit->unit_class != UnitClass::body ? unit->end : numeral.end;
        add(numeral.start, end, Kind::indefinite);
        return;
    }
    if (numeral.chinese && numeral.positional) {
        if (numeral.length() == 2 && unit &&
            digit_of(at(numeral.start + 1)) == digit_of(at(numeral.start)) + 1) {  // 七八个
            add(numeral.start, unit->end, Kind::indefinite);
        } else if (numeral.places > 0 && unit) {
            read_with_unit(numeral, *unit);
        } else {
            add(numeral.start, numeral.end, Kind::fixed);
        }
        return;
    }
    if (numeral.chinese && (numeral.bare_scale || numeral.digits.end - numeral.digits.start == 1) &&
        numeral.places == 0)
        return read_single_chinese(numeral, unit);
    if (unit && !(unit->unit_class == UnitClass::body && numeral.scale != Decimal{1}))
        return read_with_unit(numeral, *unit);  // not 55万乡村人口
    read_without_unit(numeral);
}

// 每户一人, 至少一名: one that is meant as a number.
bool Reader::quantified(std::size_t start) const {
    return ends_with_one_of(
        back(start, 4), {U"至少", U"少于", U"超过", U"不足", U"不到", U"仅有",   U"只有", U"增加", U"减少",
                         U"达到", U"低于", U"高于", U"近",   U"逾",   U"约",     U"共",   U"每户", U"每村",
                         U"每人", U"每乡", U"每县", U"每校", U"每组", U"至少有", U"为期", U"高出", U"提前"});
}

void Reader::read_single_chinese(const Numeral& numeral, const std::optional<UnitRead>& unit) {
    const char32_t c = at(numeral.start);
    const bool bound =
        quantified(numeral.start) ||
        ends_with_one_of(back(numeral.start, 2), {U"已过", U"超过", U"数过", U"超", U"破", U"满"});
    if (numeral.bare_scale) {
        const bool figure =
            numeral.length() > 1 && (one_of(c, U"百千万") && one_of(at(numeral.start + 1), U"万亿"));
        if (figure && unit) return read_with_unit(numeral, *unit);
        if (bound || (numeral.more && unit)) {
            if (unit) return read_with_unit(numeral, *unit);
            return read_without_unit(numeral);
        }
        add(numeral.start, numeral.end,
            unit && unit->unit_class != UnitClass::body ? Kind::indefinite : Kind::lexical);
        return;
    }
    if (c == U'零' || c == U'〇') {
        if (unit) return read_with_unit(numeral, *unit);
        add(numeral.start, numeral.end, Kind::lexical);
        return;
    }
    if (before(numeral.start) == U'前' && unit &&
        (unit->word == "人" || unit->word == "位" || unit->word == "届" || unit->word == "期" ||
         unit->word == "批")) {
        add_number(numeral, unit->end, Kind::ordinal, unit->word);  // 前三名
        return;
    }
    if (unit && unit->word == "期" && !one_of(before(numeral.start), U"分共办了")) {  // 二期工程
        add_number(numeral, unit->end, Kind::ordinal, unit->word);
        return;
    }
    constexpr std::array<std::string_view, 8> ranked{"类", "组", "班", "队", "层", "档", "批", "轮"};
    const bool rank = c == U'二' && unit && std::ranges::find(ranked, unit->word) != ranked.end();
    if (rank) {  // 二类, 二组: two things are 两
        add_number(numeral, unit->end, Kind::ordinal, unit->word);
        return;
    }
    if (c != U'一') {
        if (unit && !(unit->unit_class == UnitClass::body && text::is_han(at(unit->end)) &&
                      !one_of(at(unit->end), U"、的和及与共均已在")))
            return read_with_unit(numeral, *unit);
        return read_without_unit(numeral);
    }
    if (!unit || unit->unit_class == UnitClass::body) {
        add(numeral.start, numeral.end, Kind::lexical);
        return;
    }
    const bool and_half = unit->word == "个" && at(unit->end) == U'半';  // 走一个半小时
    if (unit->word == "番") return read_with_unit(numeral, *unit);
    if (and_half && unit_at(text_, unit->end + 1)) return read_with_unit(numeral, *unit);
    switch (unit->unit_class) {
        case UnitClass::time:
            if (unit->word == "日" || unit->word == "代" || one_of(before(numeral.start), U"有某那"))
                add(numeral.start, numeral.end, Kind::lexical);
            else
                read_with_unit(numeral, *unit);
            return;
        case UnitClass::physical:
        case UnitClass::rate:
        case UnitClass::points:
        case UnitClass::percent:
            return read_with_unit(numeral, *unit);
        case UnitClass::counted_apart:
            add(numeral.start, numeral.end, Kind::lexical);
            return;
        default:
            if (bound) return read_with_unit(numeral, *unit);
            const bool this_one = one_of(before(numeral.start), U"这那某另每任同新下上前后哪");
            Found& out = add(numeral.start, unit->end, this_one ? Kind::lexical : Kind::indefinite);
            out.mention.value = Decimal{1};
            out.mention.unit = unit->word;
    }
}

// 重点帮扶村, 示范工程项目: the noun only says which villages or projects.
bool Reader::names_things(std::size_t at_end) const {
    for (std::size_t i = at_end; i < at_end + 5 && text::is_han(at(i)) && !is_numeral(at(i)); ++i) {
        if (one_of(at(i), U"的和与及是在")) return false;
        if (one_of(at(i), U"村县乡镇户校企园区")) return true;
        if (starts(text_, i, U"项目") || starts(text_, i, U"单位")) return true;
    }
    return false;
}

// Whether what follows the measure word is one of an enumeration (五个方面) and not a thing (五个乡镇).
bool Reader::counts_something(std::size_t after, bool chinese) const {
    const std::size_t next = skip_blanks(text_, after);
    std::size_t from = one_of(at(next), U"“‘") ? next + 1 : next;
    for (int skipped = 0; skipped < (chinese ? 3 : 1); ++skipped, ++from)
        if (std::size_t end = 0; const auto noun = noun_at(text_, from, &end))
            return *noun == NounClass::counted && !names_things(end);
        else if (!text::is_han(at(from)) || is_numeral(at(from)))
            break;
    return at(next) == U'“';
}

// 一年零三个月 is 15个月, 1小时20分钟 80分钟: of units of which one is so many of the other.
bool Reader::read_two_times(const Numeral& numeral, const UnitRead& unit) {
    struct Within {
        std::string_view large, small;
        int times;
    };
    constexpr std::array within{
        Within{"年", "个月", 12},   Within{"年", "月", 12},       Within{"周年", "个月", 12},
        Within{"天", "小时", 24},   Within{"天", "个小时", 24},   Within{"小时", "分钟", 60},
        Within{"小时", "分", 60},   Within{"个小时", "分钟", 60}, Within{"分钟", "秒", 60},
        Within{"分钟", "秒钟", 60}, Within{"个星期", "天", 7}};
    if (!numeral.value || numeral.places > 0 || numeral.more || numeral.scale != Decimal{1}) return false;
    const bool joined = one_of(at(unit.end), U"零又");
    const std::size_t first = joined ? unit.end + 1 : unit.end;
    const auto rest = is_ascii_digit(at(first)) ? arabic_at(text_, first) : chinese_at(text_, first);
    // 一年三个月在外 is three months of a year: only 零, or digits, make them one.
    if (!rest || !rest->value || rest->more || rest->vague || rest->scale != Decimal{1} ||
        (!joined && (numeral.chinese || rest->chinese)))
        return false;
    const auto part = unit_at(text_, rest->end);
    if (!part) return false;
    for (const Within& one : within) {
        if (one.large != unit.word || one.small != part->word || *rest->value >= Decimal{one.times}) continue;
        Found& out = add_number(numeral, part->end, Kind::duration, part->word);
        out.mention.value = *numeral.value * Decimal{one.times} + *rest->value;
        out.mention.digits.end = rest->digits.end;
        out.unit_class = UnitClass::time;
        return true;
    }
    return false;
}

// 两条分拣线, 三条产业路: things that run, not lines of thought (三条主线, 五条路径).
bool Reader::lines_of(std::size_t at_end) const {
    for (std::size_t i = at_end; i < at_end + 5 && text::is_han(at(i)); ++i) {
        if (one_of(at(i), U"的主底红战界准措")) return false;
        if (one_of(at(i), U"线路河渠沟街道管鱼船桥") && !one_of(at(i + 1), U"径子线")) return i > at_end;
    }
    return false;
}

void Reader::read_with_unit(const Numeral& numeral, const UnitRead& unit) {
    const auto named = [&](std::size_t end, Kind kind) -> Found& {
        Found& out = add_number(numeral, end, kind, unit.word);
        out.unit_class = unit.unit_class;
        return out;
    };
    switch (unit.unit_class) {
        case UnitClass::percent:
            named(unit.end, Kind::percent);
            return;
        case UnitClass::points:
            named(unit.end, Kind::pp);
            return;
        case UnitClass::time: {
            if (read_two_times(numeral, unit)) return;
            Found& out = named(unit.end, Kind::duration);
            if (at(unit.end) == U'半' && numeral.value && !unit_at(text_, unit.end + 1)) {  // 三年半
                out.mention.value = *numeral.value + half;
                out.mention.span.end = pos_ = unit.end + 1;
                out.mention.surface = text::utf8(original_.substr(numeral.start, pos_ - numeral.start));
            }
            return;
        }
        case UnitClass::counted: {
            if (unit.word == "档" && is_ascii_digit(at(unit.end))) {  // 三档2000元
                named(unit.end, Kind::ordinal);
                return;
            }
            const bool things =
                unit.word == "条" && (!text::is_han(at(unit.end)) || lines_of(unit.end));  // 示范街六条，
            const bool counted = (numeral.chinese && !things) || counts_something(unit.end, numeral.chinese);
            named(unit.end, counted ? Kind::count : Kind::quantity);
            return;
        }
        case UnitClass::counted_apart:
            if (unit.word == "级" &&
                !one_of(before(numeral.start), U"省市县乡镇村区州组户央地)、和上各下")) {  // 三级公路
                named(unit.end, Kind::ordinal);
                return;
            }
            named(numeral.chinese ? numeral.end : unit.end,
                  numeral.chinese || unit.word == "大" || unit.word == "方面" ? Kind::count : Kind::quantity);
            return;
        case UnitClass::rate:
            if (unit.word == "成") {  // 六成五
                std::size_t end = unit.end;
                std::optional<Decimal> value = numeral.value;
                if (value) value = *value * Decimal{10};
                if (const int digit = digit_of(at(end)); digit > 0 && value && at(end) != U'两')
                    value = *value + Decimal{digit}, ++end;
                if (at(end) == U'半' && value) value = *value + Decimal{5}, ++end;
                Found& out = named(end, Kind::percent);
                out.mention.value = value;
                out.mention.unit = "%";
                return;
            }
            named(unit.end, Kind::quantity);
            return;
        default:
            break;
    }
    if (unit.word == "个" && at(unit.end) == U'半') {  // 一个半小时
        if (const auto time = unit_at(text_, unit.end + 1);
            time && time->unit_class == UnitClass::time && numeral.value) {
            Found& out = add_number(numeral, time->end, Kind::duration, time->word);
            out.mention.value = *numeral.value + half;
            return;
        }
    }
    const bool of_money = unit.word == "块" || unit.word == "元";
    if (const int tenth = digit_of(at(unit.end)); of_money && tenth > 0 && numeral.value &&
                                                  numeral.scale == Decimal{1} && numeral.places == 0 &&
                                                  !text::is_han(at(unit.end + 1))) {
        named(unit.end + 1, Kind::quantity).mention.value =
            *numeral.value + Decimal::from_parts(tenth, 1);  // 四块五
        return;
    }
    const bool counted = unit.word == "个" && counts_something(unit.end, numeral.chinese);
    const bool and_half = unit.unit_class == UnitClass::physical && at(unit.end) == U'半' && numeral.value &&
                          !text::is_han(at(unit.end + 1));
    Found& out = named(unit.end + (and_half ? 1 : 0), counted ? Kind::count : Kind::quantity);  // 一亩半
    if (and_half) out.mention.value = *numeral.value + half * numeral.scale;
}

// 受益人口达3.2万: whether the noun before the number, or before a word of reaching, is of persons.
bool Reader::persons_before(std::size_t start) const {
    Text lead = back(start, 12);
    for (const Text word :
         {Text(U"超过"), Text(U"突破"), Text(U"达到"), Text(U"达"), Text(U"约"), Text(U"近"), Text(U"超"),
          Text(U"逾"), Text(U"共"), Text(U"已"), Text(U"有"), Text(U"为"), Text(U"增加了"), Text(U"减少了"),
          Text(U"增加"), Text(U"减少"), Text(U"增至"), Text(U"增加到"), Text(U"减少到")})
        if (lead.ends_with(word)) lead.remove_suffix(word.size());
    for (std::size_t n = 2; n <= std::min<std::size_t>(4, lead.size()); ++n)
        if (std::size_t end = 0;
            noun_at(lead, lead.size() - n, &end) == NounClass::people && end == lead.size())
            return true;
    const Text clause = back(start, 30);  // 贫困人口由2018年的172万减少到43万
    const std::size_t cut = clause.find_last_of(U"，。；：,;\n、");
    const Text within = cut == Text::npos ? clause : clause.substr(cut + 1);
    const std::size_t people = within.rfind(U"人口");
    return lead.ends_with(U"人数") ||
           (people != Text::npos && one_of(char_at(within, people + 2), U"由从总达已约超近共为增减数"));
}

void Reader::read_without_unit(const Numeral& numeral) {
    std::size_t noun_end = 0;
    const std::size_t next = skip_blanks(text_, numeral.end);
    const auto noun = noun_at(text_, next, &noun_end);
    const bool small_chinese = numeral.chinese && numeral.length() == 1;
    if (noun == NounClass::bodies && numeral.scale == Decimal{1}) {
        add_number(numeral, numeral.end, Kind::count, "个" + text::utf8(text_.substr(next, noun_end - next)));
        return;
    }
    const bool plain = !numeral.chinese && numeral.scale == Decimal{1};
    if (plain && at(next) == U'号' && text::is_han(before(numeral.start))) {  // 扬稻1号
        add_number(numeral, next + 1, Kind::name);
        return;
    }
    if (plain && one_of(before(numeral.start), U"粳籼优糯麦豆薯杂")) {  // 南粳46
        add_number(numeral, numeral.end, Kind::name);
        return;
    }
    if (plain &&
        (starts(text_, next, U"国道") || starts(text_, next, U"省道") || starts(text_, next, U"县道"))) {
        add_number(numeral, numeral.end, Kind::name);
        return;
    }
    if (plain && (starts(text_, next, U"行动") || starts(text_, next, U"工程") ||
                  starts(text_, next, U"计划"))) {  // 文明100行动
        add_number(numeral, numeral.end, Kind::fixed);
        return;
    }
    if (small_chinese && noun == NounClass::counted) {
        add_number(numeral, numeral.end, Kind::count);
        return;
    }
    if (small_chinese && at(numeral.start) != U'万' && at(numeral.start) != U'亿') {
        const bool counts = one_of(at(numeral.start), U"两") && !text::is_han(at(numeral.end));
        add_number(numeral, numeral.end,
                   counts                       ? Kind::quantity
                   : at(numeral.start) == U'十' ? Kind::lexical
                                                : Kind::fixed);
        return;
    }
    const bool four = !numeral.chinese && numeral.length() == 4 && numeral.value &&
                      *numeral.value >= Decimal{1900} && *numeral.value < Decimal{2100};
    const bool years_follow = starts(text_, numeral.end + 1, U"年") && digit_of(at(numeral.end)) > 0;
    const bool names_event = text::is_han(at(numeral.end)) &&
                             (numeral.start == 0 || one_of(before(numeral.start), U"\n 。，；“《"));
    if (four && (years_follow || names_event)) {  // 2019、2020两年; 2024某某大会
        Found& year = add_number(numeral, numeral.end, Kind::year);
        int n = 0;
        for (const char32_t c : text_.substr(numeral.start, 4)) n = n * 10 + static_cast<int>(c - U'0');
        year.date = {.shape = DateParts::Shape::year, .year = n};
        return;
    }
    if (at(numeral.end) == U'/' &&
        !is_ascii_digit(at(numeral.end + 1))) {  // 2000/头, 3000/月: the currency is left out
        const std::size_t of = numeral.end + 1;
        const auto per = unit_at(text_, of);
        const std::size_t end = per ? per->end : one_of(at(of), U"月日年季") ? of + 1 : 0;
        if (end != 0 && (!per || per->unit_class != UnitClass::percent)) {
            Found& out = add_number(numeral, end, Kind::quantity,
                                    text::utf8(text_.substr(numeral.end, end - numeral.end)));
            out.unit_class = UnitClass::physical;
            return;
        }
    }
    Found& out = add_number(numeral, numeral.end, Kind::quantity);
    out.unitless = true;
    out.bare = numeral.scale == Decimal{1} && !numeral.more;
    const bool large =
        numeral.scale != Decimal{1} || (numeral.chinese && numeral.value && *numeral.value >= Decimal{1000});
    if (large && persons_before(numeral.start)) {  // 受益人口3.2万
        out.mention.unit = "人";
        out.unitless = false;
        out.unit_class = UnitClass::people;
        return;
    }
    // 35.32万搬迁群众: persons, as the noun says
    for (std::size_t i = next;
         i < std::min(next + 12, text_.size()) && text::is_han(text_[i]) && !one_of(text_[i], U"的在是"); ++i)
        if (const auto of = large ? noun_at(text_, i) : std::nullopt;
            of == NounClass::people || of == NounClass::households) {
            out.mention.unit = of == NounClass::people ? "人" : "户";
            out.unitless = false;
            out.unit_class = UnitClass::people;
            break;
        }
}

}  // namespace ballast::figures
