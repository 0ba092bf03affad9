/// A document as a tree of plain values: built by whoever has something to say on paper, turned by render.h
/// into paged PDF and HTML. Nothing here knows what the paper is about.
///
/// Texts are UTF-8 and may hold anything a stranger typed: control characters, marks that turn the direction
/// of writing and malformed bytes do not reach the page (printable.h), the rest is printed as it stands.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/date.h"
#include "document/picture.h"
#include "words/words.h"

namespace ballast::document {

enum class Align : std::uint8_t { left, centre, right };
/// The sizes of Chinese official papers, in points.
enum class Size : std::uint8_t {
    note,    // 小五, 9
    table,   // 五号, 10.5
    body,    // 小四, 12
    letter,  // 三号, 16: the text of an official letter
    title,   // 二号, 22
};
enum class Face : std::uint8_t {
    song,  // 宋体, serif: text
    hei,   // 黑体, sans: headings and labels
};

/// A stretch of text of one kind.
struct Run {
    enum class Kind : std::uint8_t {
        text,
        box,     // an empty check box; `text` is its label, on the same line
        ticked,  // a ticked one
        blank,   // a line to write on, `ems` characters wide
    };
    Kind kind = Kind::text;
    std::string text = {};  // a line feed begins a new line
    bool bold = false;
    bool underlined = false;
    int ems = 0;
    std::string note = {};  // stands at the foot of the page where the run ends, under a number
};

struct Paragraph {
    std::vector<Run> runs = {};
    Align align = Align::left;
    Size size = Size::body;
    Face face = Face::song;
    bool indented = false;        // the first line by two characters
    int inset_right = 0;          // characters kept free at the right
    bool keep_with_next = false;  // never the last thing on a page
    double space_before_mm = 0;
};

/// 版头 of an official letter (GB/T 9704): who sends it, in red, as large as the line allows; the number of
/// the letter; a red rule.
struct Letterhead {
    std::string issuer = {};
    std::string number = {};  // 昭乡振告〔2026〕12号; "" for none
};

/// The name of the paper, centred; a long one is broken into lines of about the same length.
struct Title {
    std::string text = {};
    std::string subtitle = {};  // centred below, smaller; "" for none
};

/// Never the last thing on a page; an entry of the PDF's outline.
struct Heading {
    std::string text = {};
    int level = 1;  // 1..3
};

struct Cell {
    enum class Role : std::uint8_t {
        value,
        label,   // says what the cell beside it is
        number,  // a value, to the right
    };
    std::vector<Paragraph> paragraphs = {};
    Role role = Role::value;
    int columns = 1;  // how many it spans
    int rows = 1;
    std::vector<Paragraph> foot = {};  // at the bottom of the cell: signature, seal, date
};

struct Row {
    std::vector<Cell> cells = {};  // those that begin here, from left to right
    double min_height_mm = 0;
};

/// A sheet of labels and values, or a table of data. A row is not split between pages unless it is higher
/// than one.
struct Table {
    std::vector<double> widths =
        {};  // of the columns, relative to each other; the cells of each row fill them exactly
    std::size_t header_rows = 0;  // repeated at the top of each page
    std::vector<Row> rows = {};
    std::string caption = {};  // for those who hear the page; not printed
};

struct List {
    bool numbered = false;
    std::vector<std::vector<Run>> items = {};
    Size size = Size::body;
};

/// Lines for signatures, side by side: 户主（签字）：______  ____年__月__日
struct Signatures {
    struct Signature {
        std::string label = {};
        std::string name = {};         // "" leaves a line to sign on
        std::optional<Date> day = {};  // empty leaves blanks
    };
    std::vector<Signature> signatures = {};
    int columns = 1;
};

struct Image {
    Picture picture;
    double width_mm = 80;          // at most the page's; the height follows
    std::string alternative = {};  // what it shows, for those who do not see it
    std::string caption = {};      // printed below
};

struct QrCode {
    std::string content = {};  // at most 1,000 bytes
    double width_mm = 30;
    std::string caption = {};
    double space_before_mm = 0;  // at least what stands between blocks
};

struct PageBreak {};

/// The headings of the document down to a level, each with its page on paper and as a link on a screen.
struct Contents {
    std::string title = {};  // "" for none
    int levels = 2;
};

using Block = std::variant<Letterhead, Title, Heading, Paragraph, Table, List, Signatures, Image, QrCode,
                           PageBreak, Contents>;

struct Margins {
    double top_mm = 25, right_mm = 22, bottom_mm = 22, left_mm = 22;
};
/// Of an official letter (GB/T 9704): a text area of 156 by 225.
inline constexpr Margins letter_margins{.top_mm = 37, .right_mm = 26, .bottom_mm = 35, .left_mm = 28};

struct Document {
    std::string title = {};  // of the file; the page's comes from a Title block
    words::Language language = words::Language::zh;
    Date created = {};        // stands in the file's properties; the same tree gives the same bytes
    std::string header = {};  // at the top of every page; "" for none
    std::string footer = {};  // beside the page number
    bool landscape = false;   // A4 on its side
    Margins margins = {};
    /// What a page in HTML says of itself to other programs: a description, properties (og:title), the
    /// address of a feed. Not printed.
    std::string description = {};
    std::vector<std::pair<std::string, std::string>> properties = {};
    std::string feed = {};
    std::vector<Block> blocks = {};
};

/// The headings that a contents list names, in their order.
std::vector<const Heading*> headings_of(const Document& document, int levels);

/// Short ways to say common things.
Run text(std::string what);
Run bold(std::string what);
Run blank(int ems);
Run box(bool ticked, std::string label);
/// `what`, underlined as if written on the line; a blank of `ems` when there is nothing to write.
Run written(std::string what, int ems);
Paragraph paragraph(std::string what);
Paragraph centred(std::string what);
Cell label(std::string what, int columns = 1, int rows = 1);
Cell value(std::string what, int columns = 1, int rows = 1);
Cell number(std::string what, int columns = 1);
/// Each `_` of the pattern is one character of a line to write on: "___年__月__日".
std::vector<Run> with_blanks(std::string_view pattern);
/// 2026年11月23日, or blanks before 年, 月 and 日.
std::vector<Run> day(const std::optional<Date>& date, words::Language language);

}  // namespace ballast::document
