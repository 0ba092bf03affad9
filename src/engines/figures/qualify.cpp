// The words before and behind a number that bound it: 不少于300万元, 50亩以上, 增长8.1%, 近20人, 三年多.
#include <array>

#include "figures/reader.h"

namespace ballast::figures {
namespace {

struct Word {
    Text word;
    Qualifier qualifier;
};

// Longer words stand before those they end with.
constexpr std::array before_words{
    Word{U"不少于", Qualifier::ge},     Word{U"不低于", Qualifier::ge},
    Word{U"不小于", Qualifier::ge},     Word{U"至少", Qualifier::ge},
    Word{U"最少", Qualifier::ge},       Word{U"最低", Qualifier::ge},
    Word{U"不超过", Qualifier::le},     Word{U"不高于", Qualifier::le},
    Word{U"不多于", Qualifier::le},     Word{U"不大于", Qualifier::le},
    Word{U"最多", Qualifier::le},       Word{U"至多", Qualifier::le},
    Word{U"最高", Qualifier::le},       Word{U"不得超过", Qualifier::le},
    Word{U"不足", Qualifier::lt},       Word{U"不到", Qualifier::lt},
    Word{U"低于", Qualifier::lt},       Word{U"少于", Qualifier::lt},
    Word{U"小于", Qualifier::lt},       Word{U"未满", Qualifier::lt},
    Word{U"未达", Qualifier::lt},       Word{U"超过", Qualifier::gt},
    Word{U"超出", Qualifier::gt},       Word{U"突破", Qualifier::gt},
    Word{U"高于", Qualifier::gt},       Word{U"多于", Qualifier::gt},
    Word{U"大于", Qualifier::gt},       Word{U"逾", Qualifier::gt},
    Word{U"超", Qualifier::gt},         Word{U"已过", Qualifier::gt},
    Word{U"均过", Qualifier::gt},       Word{U"率过", Qualifier::gt},
    Word{U"数过", Qualifier::gt},       Word{U"接近", Qualifier::near},
    Word{U"将近", Qualifier::near},     Word{U"近", Qualifier::near},
    Word{U"大约", Qualifier::approx},   Word{U"约", Qualifier::approx},
    Word{U"力争", Qualifier::target},   Word{U"确保", Qualifier::target},
    Word{U"目标", Qualifier::target},   Word{U"计划", Qualifier::target},
    Word{U"增长", Qualifier::increase}, Word{U"增加", Qualifier::increase},
    Word{U"提高", Qualifier::increase}, Word{U"上升", Qualifier::increase},
    Word{U"提升", Qualifier::increase}, Word{U"上涨", Qualifier::increase},
    Word{U"扩大", Qualifier::increase}, Word{U"增收", Qualifier::increase},
    Word{U"新增", Qualifier::increase}, Word{U"净增", Qualifier::increase},
    Word{U"多增", Qualifier::increase}, Word{U"增产", Qualifier::increase},
    Word{U"加快", Qualifier::increase}, Word{U"增", Qualifier::increase},
    Word{U"升", Qualifier::increase},   Word{U"下降", Qualifier::decrease},
    Word{U"减少", Qualifier::decrease}, Word{U"降低", Qualifier::decrease},
    Word{U"回落", Qualifier::decrease}, Word{U"下跌", Qualifier::decrease},
    Word{U"收窄", Qualifier::decrease}, Word{U"压减", Qualifier::decrease},
    Word{U"缩减", Qualifier::decrease}, Word{U"少增", Qualifier::decrease},
    Word{U"减产", Qualifier::decrease}, Word{U"减收", Qualifier::decrease},
    Word{U"减支", Qualifier::decrease}, Word{U"下滑", Qualifier::decrease},
    Word{U"降", Qualifier::decrease},   Word{U"减", Qualifier::decrease},
    Word{U"自", Qualifier::from},       Word{U"从", Qualifier::from},
    Word{U"由", Qualifier::from},
};

constexpr std::array behind_words{
    Word{U"及以上", Qualifier::ge},   Word{U"以上", Qualifier::ge},     Word{U"及以下", Qualifier::le},
    Word{U"以下", Qualifier::le},     Word{U"以内", Qualifier::le},     Word{U"之内", Qualifier::le},
    Word{U"左右", Qualifier::approx}, Word{U"上下", Qualifier::approx}, Word{U"多", Qualifier::gt},
    Word{U"余", Qualifier::gt},       Word{U"有余", Qualifier::gt},
};

constexpr std::array fillers{Text(U"有"), Text(U"为"), Text(U"了"), Text(U"达到"),
                             Text(U"达"), Text(U"的"), Text(U"在"), Text(U"约为")};

bool is_time(Kind kind) { return kind == Kind::date || kind == Kind::year; }
bool is_measure(Kind kind) {
    return kind == Kind::quantity || kind == Kind::count || kind == Kind::percent || kind == Kind::pp ||
           kind == Kind::duration;
}

Qualifier behind(Text text, const Mention& m) {
    const std::size_t next = skip_blanks(text, m.span.end);
    if (is_time(m.kind)) {
        for (const Text word : {Text(U"以来"), Text(U"起"), Text(U"开始"), Text(U"以后")})
            if (starts(text, next, word)) return Qualifier::from;
        return Qualifier::none;
    }
    for (const auto& [word, qualifier] : behind_words)
        if (starts(text, next, word)) return qualifier;
    return Qualifier::none;
}

Qualifier ahead(Text text, const Mention& m) {
    Text lead = text.substr(m.span.start - std::min<std::size_t>(m.span.start, 12),
                            std::min<std::size_t>(m.span.start, 12));
    for (int skipped = 0; skipped < 3; ++skipped) {
        while (!lead.empty() && lead.back() == U' ') lead.remove_suffix(1);
        for (const auto& [word, qualifier] : before_words) {
            if (!lead.ends_with(word)) continue;
            if (is_time(m.kind) != (qualifier == Qualifier::from) &&
                !(qualifier == Qualifier::from && skipped == 0))
                continue;
            if (word == U"约" && lead.size() > 1 && one_of(lead[lead.size() - 2], U"民合契条公预违节履签"))
                continue;
            if (qualifier == Qualifier::from && (m.kind == Kind::count || lead.ends_with(U"来自"))) continue;
            if (qualifier == Qualifier::target && text[m.span.start - 1] == U'的') continue;  // 占计划的15%
            if (m.kind == Kind::duration &&
                (qualifier == Qualifier::near || qualifier == Qualifier::increase))
                continue;
            return qualifier;
        }
        bool filler = false;
        for (const Text word : fillers)
            if (!filler && lead.ends_with(word)) lead.remove_suffix(word.size()), filler = true;
        if (!filler) break;
    }
    return Qualifier::none;
}

}  // namespace

void qualify(Text text, std::vector<Found>& found) {
    for (Found& one : found) {
        Mention& m = one.mention;
        if (!(is_measure(m.kind) || is_time(m.kind)) || m.qualifier != Qualifier::none) continue;
        m.qualifier = one.tight_more ? Qualifier::gt : behind(text, m);
        if (m.qualifier == Qualifier::none) m.qualifier = ahead(text, m);
        if (m.qualifier == Qualifier::none && is_measure(m.kind)) m.qualifier = Qualifier::eq;
    }
}

}  // namespace ballast::figures
