#include "figures/extract.h"

#include "base/text.h"
#include "figures/reader.h"

namespace ballast::figures {

std::vector<Mention> extract(std::u32string_view text, const ReadingContext& context) {
    const std::u32string reading = folded(text);
    std::vector<Found> found = Reader(reading, text).read();
    link_neighbours(reading, found);
    qualify(reading, found);
    complete_dates(reading, found, context.issued);
    add_context(reading, found);
    std::vector<Mention> out;
    out.reserve(found.size());
    for (Found& one : found) out.push_back(std::move(one.mention));
    return out;
}

Result<std::u32string> code_points_of(std::string_view bytes) {
    for (std::size_t at = 0; at < bytes.size();) {
        const auto lead = static_cast<unsigned char>(bytes[at]);
        const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if (lead >= 0x80 && !text::valid_utf8(bytes.substr(at, length)))
            return invalid("figures.not_utf8").with("byte", std::to_string(at));
        at += length;
    }
    return text::code_points(bytes);
}

}  // namespace ballast::figures
