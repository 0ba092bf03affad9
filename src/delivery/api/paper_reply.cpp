#include "api/paper_reply.h"

#include "document/render.h"

namespace ballast::api {

Result<words::Language> paper_language(const Call& call) {
    const auto language = words::parse_language(TRY(call.query<std::string>("lang")).value_or("zh"));
    if (!language) return invalid("http.bad_parameter").with("name", "lang");
    return *language;
}

Result<Reply> printed_paper(const document::Document& paper, const std::string& file) {
    return Reply{.headers = {{"Content-Type", "application/pdf"},
                             {"Content-Disposition", "inline; filename=\"" + file + ".pdf\""},
                             {"Cache-Control", "private, no-store"}},
                 .body = TRY(document::pdf(paper))};
}

}  // namespace ballast::api
