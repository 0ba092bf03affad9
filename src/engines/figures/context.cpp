// What a number counts, where and when: the nearest noun phrase, the place of the headline, the last date
// named.
#include "base/text.h"
#include "figures/reader.h"

namespace ballast::figures {
namespace {

constexpr std::size_t longest_phrase = 14;

bool ends_phrase(char32_t c) { return !text::is_han(c) || is_numeral(c); }

// 2072个贫困村全部出列: behind a measure word stands what is counted.
std::string noun_behind(Text text, std::size_t at) {
    std::size_t first = skip_blanks(text, at), end = first;
    while (end < text.size() && end - first < longest_phrase && !ends_phrase(text[end])) {
        const Text rest = text.substr(end);
        bool verb = false;
        for (const Text word :
             {Text(U"的"), Text(U"全部"), Text(U"实现"), Text(U"开展"), Text(U"完成"), Text(U"设立"),
              Text(U"建立"), Text(U"在"), Text(U"被"), Text(U"已"), Text(U"进行"), Text(U"和"), Text(U"及"),
              Text(U"与"), Text(U"以上"), Text(U"以内"), Text(U"左右"), Text(U"为")})
            verb = verb || rest.starts_with(word);
        if (verb) break;
        ++end;
    }
    return text::utf8(text.substr(first, end - first));
}

// 产量增加1800万斤: before a physical unit stands what is measured.
std::string noun_ahead(Text text, std::size_t start) {
    std::size_t first = start;
    while (first > 0 && text[first - 1] == U' ') --first;
    const std::size_t end = first;
    while (first > 0 && end - first < longest_phrase && !ends_phrase(text[first - 1])) --first;
    return text::utf8(text.substr(first, end - first));
}

bool takes_noun(Kind kind) {
    return kind == Kind::quantity || kind == Kind::count || kind == Kind::percent || kind == Kind::pp ||
           kind == Kind::duration;
}

/// The place of a headline `place | title`, else nothing.
Text place_of(Text line) {
    const auto bar = line.find(U'|');
    if (bar == Text::npos || bar == 0 || line.size() > 120 || line.find(U'。') != Text::npos) return {};
    Text place = line.substr(0, bar);
    while (!place.empty() && place.back() == U' ') place.remove_suffix(1);
    while (!place.empty() && place.front() == U' ') place.remove_prefix(1);
    return place;
}

}  // namespace

void add_context(Text text, std::vector<Found>& found) {
    std::size_t line_start = 0, line_end = 0;
    std::string place, period;
    bool started = false;
    for (Found& one : found) {
        Mention& m = one.mention;
        while (!started || m.span.start > line_end) {
            if (started) line_start = line_end + 1, period.clear();
            started = true;
            line_end = std::min(text.find(U'\n', line_start), text.size());
            if (const Text here = place_of(text.substr(line_start, line_end - line_start)); !here.empty())
                place = text::utf8(here);
            if (line_end == text.size()) break;
        }
        m.place = place;
        if (!m.date.empty()) period = m.date;
        m.period = period;
        if (!takes_noun(m.kind)) continue;
        const bool measure = one.unit_class == UnitClass::measure || one.unit_class == UnitClass::people ||
                             one.unit_class == UnitClass::counted || one.unitless;
        if (measure) m.counts_what = noun_behind(text, m.span.end);
        if (m.counts_what.empty()) m.counts_what = noun_ahead(text, m.span.start);
        if (m.counts_what.empty()) m.counts_what = noun_behind(text, m.span.end);
    }
}

}  // namespace ballast::figures
