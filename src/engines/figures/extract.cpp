#include "figures/extract.h"

#include "base/text.h"

namespace ballast::figures {

std::vector<Mention> extract(std::u32string_view text, const ReadingContext&) {
    std::vector<Mention> out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] < U'0' || text[i] > U'9') continue;
        const std::size_t start = i;
        while (i < text.size() && ((text[i] >= U'0' && text[i] <= U'9') || text[i] == U'.')) ++i;
        Mention m;
        m.span = m.digits = {start, i};
        m.surface = text::utf8(text.substr(start, i - start));
        out.push_back(m);
    }
    return out;
}

Result<std::u32string> code_points_of(std::string_view bytes) {
    if (!text::valid_utf8(bytes)) return invalid("figures.not_utf8").with("byte", "0");
    return text::code_points(bytes);
}

}  // namespace ballast::figures
