/// Issues, articles and findings as JSON, for the routes of those who make them and for the public ones.
#pragma once

#include "api/json.h"
#include "bulletin/archive.h"
#include "bulletin/findings.h"
#include "bulletin/import.h"

namespace ballast::api {

/// {code, label}; the label is the word bulletin.<kind>.<code>.
Json bulletin_coded(const Call& call, std::string_view kind, std::string_view code);
/// Published, and the user may correct it.
bool correctable(const Call& call, const bulletin::Issue& issue);
Json imprint_json(const bulletin::Imprint& imprint);
Json issue_json(const Call& call, const bulletin::Issue& issue);
Json article_line_json(const Call& call, const bulletin::Article& article);
Json article_text_json(const Call& call, const bulletin::Article& article);
Json columns_json(const std::vector<bulletin::Column>& columns);
Json contents_json(const std::vector<bulletin::ContentsDifference>& differences);
Json corrections_json(const std::vector<bulletin::Correction>& corrections);
Json finding_json(const Call& call, const bulletin::Finding& finding);
Json figures_json(const std::vector<bulletin::ArticleFigure>& figures);
Json notes_json(const Call& call, const std::vector<bulletin::Reading::Note>& notes);

/// https://host, as the reader wrote it; "" when the request does not say.
std::string site_of(const http::Request& request);
/// The column that the words of an article speak for, with those words; null without one.
Json suggestion_json(const bulletin::Article& article, const std::vector<bulletin::Column>& columns);

/// The edition as a file: pdf, docx, html or txt. invalid "http.bad_parameter".
Result<Reply> edition_file(Call& call, const bulletin::Edition& edition,
                           const std::vector<bulletin::Correction>& corrections, std::string_view format,
                           bool for_everybody);

}  // namespace ballast::api
