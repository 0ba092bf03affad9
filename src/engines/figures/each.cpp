#include "figures/each.h"

#include "base/text.h"

namespace ballast::figures {

std::optional<Each> each_of(Text label) {
    std::size_t at = label.rfind(U'均');
    if (at != Text::npos && at > 0 && Text(U"人户亩村校吨县镇乡所班").find(label[at - 1]) != Text::npos)
        return Each{label[at - 1], bare(label.substr(at + 1))};
    at = label.rfind(U"平均每");
    if (at == Text::npos || at + 3 >= label.size()) return std::nullopt;
    std::size_t noun = at + 3;
    if (Text(U"个名所").find(label[noun]) != Text::npos && noun + 1 < label.size()) ++noun;
    return Each{label[noun], bare(label.substr(noun + 1))};
}

std::optional<char32_t> rate_of(Text label) {
    std::size_t at = label.rfind(U'每');
    if (at != Text::npos && at > 0 && label.substr(at).starts_with(U"每年"))  // 每名每年补助
        if (const std::size_t earlier = label.rfind(U'每', at - 1);
            earlier != Text::npos && at - earlier <= 4)
            label.remove_suffix(label.size() - at), at = earlier;
    if (at == Text::npos) {
        const auto mean = each_of(label);
        return mean ? std::optional(mean->each) : std::nullopt;
    }
    if (at + 1 >= label.size() || label.size() - at > 8) return std::nullopt;
    std::size_t noun = at + 1;
    if (label[noun] == U'名' || label[noun] == U'位') return U'人';
    if (label[noun] == U'个' && noun + 1 < label.size() && text::is_han(label[noun + 1])) ++noun;
    if (Text(U"日周次").find(label[noun]) != Text::npos) return std::nullopt;
    return label[noun];
}

bool counts_each(const Prose& prose, Index i, char32_t each) {
    const std::string unit = text::utf8(Text(&each, 1));
    if (prose.unit(i) == unit) return true;
    const Text behind = bare(prose.tail(i));
    if (prose.unit(i) == "个") return contains(behind.substr(0, 5), Text(&each, 1));
    return each == U'校' && prose.unit(i) == "所";
}

}  // namespace ballast::figures
