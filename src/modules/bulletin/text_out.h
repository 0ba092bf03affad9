/// An issue as plain text in the layout of the example: contents list, columns, `place | headline`,
/// paragraphs parted by blank lines, imprint. What is printed where is said too, so that a finding in the
/// text can be shown in its article.
#pragma once

#include "bulletin/issue.h"

namespace ballast::bulletin {

/// A stretch of the printed text. Offsets are code points.
struct Stretch {
    enum class Part : std::uint8_t { contents, column, headline, body };
    Part part = Part::body;
    std::size_t start = 0, end = 0;
    std::size_t article = 0;  // index into the edition's articles; of headline and body
    std::size_t paragraph = 0;
};
std::string_view name_of(Stretch::Part part);

struct Printed {
    std::u32string text;
    std::vector<Stretch> stretches;  // in order
};
/// The list is made of the articles, or is the one that was imported, where there was one.
enum class Contents : std::uint8_t { of_the_articles, as_imported };
/// Masthead, number, date and imprint.
enum class Around : std::uint8_t { printed, left_out };
Printed printed(const Edition& edition, Contents contents, Around around);

/// UTF-8, with the contents list of the articles.
std::string text_of(const Edition& edition);

/// The lines of the contents list as the articles make it: names of columns, printed headlines.
std::vector<std::string> contents_of(const Edition& edition);
/// Where the imported contents list says otherwise than the articles: line by line.
struct ContentsDifference {
    std::string listed, printed;  // "" where one of the two has no such line
};
std::vector<ContentsDifference> contents_differences(const Edition& edition);

}  // namespace ballast::bulletin
