/// Which column an article may belong to, by the words it says; the editor decides. The words of each column
/// are a table in suggest.cpp that anybody can read.
#pragma once

#include "bulletin/issue.h"

namespace ballast::bulletin {

struct Suggestion {
    std::string column;              // its code
    std::vector<std::string> words;  // that speak for it, as the text has them
};
/// A word of the headline counts three, one of the text one, each once. Nothing when no column has two, or
/// when two columns have the same. Pure.
std::optional<Suggestion> suggested_column(const Article& article);

}  // namespace ballast::bulletin
