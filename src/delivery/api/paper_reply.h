// A paper as a reply.
#pragma once

#include "api/json.h"
#include "document/document.h"
#include "words/words.h"

namespace ballast::api {

/// Of what is signed or hangs in the village: Chinese, whatever the browser speaks, unless `?lang=` asks otherwise.
/// invalid "http.bad_parameter" {name}.
Result<words::Language> paper_language(const Call& call);

/// Shown in the browser, kept by none on the way. `file`: without ending, and naming nobody.
Result<Reply> printed_paper(const document::Document& paper, const std::string& file);

}  // namespace ballast::api
