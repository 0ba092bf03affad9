#include "casework/notice.h"

#include "base/text.h"
#include "words/words.h"

namespace ballast::casework {

std::string masked_name(std::string_view name) {
    std::u32string signs = text::code_points(text::trimmed(name));
    const std::size_t kept_at_end = signs.size() > 2 ? 1 : 0;
    for (std::size_t i = 1; i + kept_at_end < signs.size(); ++i) signs[i] = U'*';
    return text::utf8(signs);
}

std::string Shown::text() const {
    return village + "\n" + group + "\n" + head + "\n" + std::to_string(members);
}

std::string notice_text(const Shown& shown, Date posted_on, const Deadline& publicity,
                        std::string_view hotline) {
    return words::say("casework.notice", words::Language::zh,
                      {{"village", shown.village},
                       {"group", shown.group},
                       {"head", shown.head},
                       {"members", std::to_string(shown.members)},
                       {"from", posted_on.iso()},
                       {"to", publicity.last_day.iso()},
                       {"hotline", std::string(hotline)}});
}

}  // namespace ballast::casework
