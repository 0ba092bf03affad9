#include "casework/notice.h"

#include "words/words.h"

namespace ballast::casework {

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
