/// Files that people have, as text: TXT in whatever encoding, HTML without its scripts, DOCX, RSS and Atom.
/// Each paragraph is a line, with a blank line after it; nothing is joined or left out here but what is not
/// text.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/result.h"

namespace ballast::bulletin {

inline constexpr std::int64_t largest_file = 8 * 1024 * 1024;  // [assumed: a bulletin is some 100 KB]

struct Reading {
    std::string format;  // txt | html | docx | rss
    std::string text;    // UTF-8, lines end with \n
    std::string title;   // of the file, when it says one
    /// What the importer is to tell: word ids with their places.
    struct Note {
        std::string id;
        std::vector<std::pair<std::string, std::string>> places;
    };
    std::vector<Note> notes;
    /// The entries of a feed, each an article of its own; of other files none.
    struct Item {
        std::string headline, body, source_name, source_url;
        std::optional<Date> date;
    };
    std::vector<Item> items = {};
};

/// The format is told by what is in the file, not by its name. Marks that turn the direction of writing are
/// left out, with a note.
///
/// Errors: invalid "bulletin.file_empty", "bulletin.file_too_large" {size, most}, "bulletin.file_unknown"
/// {name} (a picture, a PDF, a DOC of before 2007), "bulletin.encoding" {line}, "bulletin.docx_broken"
/// {name}, "bulletin.rss_broken" {name, line}; unavailable "bulletin.cannot_read".
Result<Reading> read_file(const std::string& path, const std::string& name);

/// Without the invisible marks that turn the direction of writing (U+200E, U+200F, U+202A..U+202E,
/// U+2066..U+2069): with one of them 1200 is seen as 0021, while 1200 is checked. Right-to-left letters need
/// none.
std::string without_turning_marks(std::string_view utf8);

/// The readers behind it.
Result<Reading> read_text(std::string_view bytes);
Result<Reading> read_html(std::string_view bytes);
Result<Reading> read_rss(std::string_view bytes, const std::string& name);
Result<Reading> read_docx(const std::string& path, const std::string& name);

}  // namespace ballast::bulletin
