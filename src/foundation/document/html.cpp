#include <algorithm>

#include "document/printable.h"
#include "document/qr.h"
#include "document/render.h"

namespace ballast::document {
namespace {

constexpr std::string_view style = R"(
@page{size:A4;margin:25mm 22mm 22mm}
body{font:12pt/1.6 "Noto Serif CJK SC","Source Han Serif SC",SimSun,serif;max-width:166mm;margin:1em auto;padding:0 1em;color:#000;background:#fff;overflow-wrap:anywhere}
h1{font-size:22pt;line-height:1.4;text-align:center;margin:.6em 0;text-wrap:balance}
h2,h3,h4,th{font-family:"Noto Sans CJK SC","Source Han Sans SC",SimHei,sans-serif}
h2{font-size:14pt}h3{font-size:12pt}h4{font-size:10.5pt}
h1,h2,h3,h4,caption{break-after:avoid}
p{margin:.3em 0}.subtitle{text-align:center}
.note{font-size:9pt}.table{font-size:10.5pt}.letter{font-size:16pt}.title{font-size:22pt}
.hei{font-family:"Noto Sans CJK SC","Source Han Sans SC",SimHei,sans-serif}
.centre{text-align:center}.right{text-align:right}.indented{text-indent:2em}.keep{break-after:avoid}
.letterhead{color:#c00;text-align:center;font-size:30pt;font-weight:bold;line-height:1.3;margin:0 0 .3em;text-wrap:balance}
.letterhead-number{text-align:center;border-bottom:2px solid #c00;padding-bottom:.3em;margin-bottom:1.5em}
.whole{white-space:nowrap}.blank,.written{border-bottom:1px solid}.blank{display:inline-block;max-width:100%;line-height:1.3;text-indent:0}
table{border-collapse:collapse;width:100%;margin:.5em 0;table-layout:fixed}
th,td{border:1px solid;padding:1mm 1.3mm;font-size:10.5pt;line-height:1.45}
th{font-weight:normal;text-align:center}.number{text-align:right}
thead{display:table-header-group}tr{break-inside:avoid}
.foot{margin-top:1em}.signatures{display:flex;flex-wrap:wrap;gap:1em 3em;list-style:none;padding:0}
figure{margin:1em 0;text-align:center;break-inside:avoid}img{max-width:100%}
.page-break{break-before:page}.notes{border-top:1px solid;font-size:9pt;margin-top:2em}
.pages{color:#555;font-size:9pt}
.contents ul{list-style:none;padding:0}.contents li{margin:.25em 0}.contents a{color:inherit;text-decoration:none}
.contents a:hover{text-decoration:underline}.contents .level-1{font-weight:bold;margin-top:.8em}
.contents .level-2{margin-left:1em}.contents .level-3{margin-left:2em}
@media (max-width:600px){table{table-layout:auto}.wide{overflow-x:auto}th,td{overflow-wrap:break-word;padding:.5mm .8mm;font-size:9pt}td .whole{white-space:normal}body{padding:0 .5em}h1{font-size:17pt}.letterhead{font-size:20pt}
.cards thead{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden}
.cards table,.cards tbody,.cards tr{display:block}.cards colgroup{display:none}.cards tr{border:1px solid;margin:.5em 0}
.cards td,.cards th{display:flex;gap:1em;border:0;border-bottom:1px dotted;text-align:start}.cards tr>:last-child{border:0}
.cards td:empty{display:none}.cards [data-column]::before{content:attr(data-column);flex:0 0 8em}}
)";

constexpr std::string_view caption_hidden =
    "position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden";

std::string_view class_of(Size size) {
    switch (size) {
        case Size::note:
            return " note";
        case Size::table:
            return " table";
        case Size::body:
            return "";
        case Size::letter:
            return " letter";
        case Size::title:
            return " title";
    }
    return "";
}

std::string base64(std::string_view bytes) {
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
        unsigned group = 0;
        for (std::size_t k = 0; k < 3; ++k)
            group = group << 8 | (k < count ? static_cast<unsigned char>(bytes[i + k]) : 0U);
        for (std::size_t k = 0; k < 4; ++k) out += k <= count ? letters[group >> (18 - 6 * k) & 63] : '=';
    }
    return out;
}

class Page {
public:
    explicit Page(const Document& document) : document_(document) {
        for (const Heading* heading : headings_of(document, 3))
            highest_heading_ = std::min(highest_heading_, heading->level);
    }

    std::string run() {
        const std::string language = document_.language == words::Language::zh ? "zh-CN" : "en";
        out_ = "<!DOCTYPE html>\n<html lang=\"" + language +
               "\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, "
               "initial-scale=1\">\n<title>" +
               escaped(document_.title) + "</title>\n" + html_head(document_) + "<style>" +
               std::string(style) + "</style>\n</head>\n<body>\n";
        if (!document_.header.empty())
            out_ += "<header class=\"note\">" + lines(document_.header) + "</header>\n";
        out_ += "<main>\n";
        for (const Block& block : document_.blocks) std::visit([&](const auto& one) { write(one); }, block);
        notes();
        out_ += "</main>\n";
        if (!document_.footer.empty())
            out_ += "<footer class=\"note\">" + lines(document_.footer) + "</footer>\n";
        out_ += "</body>\n</html>\n";
        return std::move(out_);
    }

private:
    static std::string lines(std::string_view text) {
        std::string out;
        for (const char c : escaped(text))
            if (c == '\n')
                out += "<br>";
            else
                out += c;
        return out;
    }

    std::string inline_of(const std::vector<Run>& runs) {
        std::string out;
        for (const Run& run : runs) {
            std::string one;
            switch (run.kind) {
                case Run::Kind::text:
                    one = lines(run.text);
                    break;
                case Run::Kind::box:
                    one = "<span class=\"whole\">☐" + lines(run.text) + "</span>";
                    break;
                case Run::Kind::ticked:
                    one = "<span class=\"whole\">☑" + lines(run.text) + "</span>";
                    break;
                case Run::Kind::blank:
                    // A box: spaces would hang over the edge. What follows, a full stop perhaps, stays with
                    // it.
                    one = "<span class=\"blank\" style=\"width:" + std::to_string(run.ems) +
                          "em\">\u00a0</span>\u2060";
                    break;
            }
            if (run.bold) one = "<strong>" + one + "</strong>";
            if (run.underlined) one = "<span class=\"written\">" + one + "</span>";
            out += one;
            if (run.note.empty()) continue;
            notes_.push_back(run.note);
            const std::string number = std::to_string(notes_.size());
            out +=
                "<sup><a id=\"see-" + number + "\" href=\"#note-" + number + "\">[" + number + "]</a></sup>";
        }
        return out;
    }

    void write(const Paragraph& paragraph) {
        std::string classes(class_of(paragraph.size));
        if (paragraph.face == Face::hei) classes += " hei";
        if (paragraph.align == Align::centre) classes += " centre";
        if (paragraph.align == Align::right) classes += " right";
        if (paragraph.indented) classes += " indented";
        if (paragraph.keep_with_next) classes += " keep";
        element("p", classes, inline_of(paragraph.runs));
    }

    void element(const std::string& tag, std::string_view classes, const std::string& content,
                 const std::string& attributes = {}) {
        out_ += "<" + tag + attributes;
        if (break_)
            classes_to_break(classes);
        else if (!classes.empty())
            out_ += " class=\"" + std::string(classes.substr(1)) + "\"";
        out_ += ">" + content + "</" + tag + ">\n";
    }

    void classes_to_break(std::string_view classes) {
        out_ += " class=\"page-break" + std::string(classes) + "\"";
        break_ = false;
    }

    void write(const Letterhead& head) {
        element("p", " letterhead", lines(head.issuer));
        element("p", " letterhead-number", lines(head.number));
    }

    void write(const Title& title) {
        element("h1", "", lines(title.text));
        if (!title.subtitle.empty()) element("p", " subtitle", lines(title.subtitle));
    }

    void write(const Heading& heading) {
        INVARIANT(heading.level >= 1 && heading.level <= 3);
        // The highest heading of a paper is h2, below its title, so that no level is left out for who
        // listens.
        element("h" + std::to_string(heading.level + 2 - highest_heading_), "", lines(heading.text),
                " id=\"heading-" + std::to_string(headings_++) + "\"");
    }

    void write(const Contents& contents) {
        std::string inside;
        if (!contents.title.empty()) inside += "<p class=\"hei\">" + lines(contents.title) + "</p>\n";
        inside += "<ul>\n";
        std::size_t index = 0;
        for (const Block& block : document_.blocks)
            if (const auto* heading = std::get_if<Heading>(&block)) {
                if (heading->level <= contents.levels)
                    inside += "<li class=\"level-" + std::to_string(heading->level) +
                              "\"><a href=\"#heading-" + std::to_string(index) + "\">" +
                              lines(heading->text) + "</a></li>\n";
                ++index;
            }
        element("nav", " contents", inside + "</ul>\n");
    }

    void write(const Table& table) {
        std::string body;
        std::string columns = "<colgroup>";
        double sum = 0;
        for (const double width : table.widths) sum += width;
        for (const double width : table.widths)
            columns += "<col width=\"" + std::to_string(static_cast<int>(width * 100 / sum + 0.5)) + "%\">";
        columns += "</colgroup>\n";
        if (!table.caption.empty())
            body += "<caption style=\"" + std::string(caption_hidden) + "\">" + lines(table.caption) +
                    "</caption>\n";
        body += columns;
        const bool cards = becomes_cards(table);
        const std::vector<std::string> names =
            cards ? names_of(table.rows.front()) : std::vector<std::string>{};
        const std::string group = cards ? " role=\"rowgroup\">\n" : ">\n";
        for (std::size_t i = 0; i < table.rows.size(); ++i) {
            const bool heads = i < table.header_rows;
            if (heads && i == 0) body += "<thead" + group;
            if (i == table.header_rows) body += (heads || i > 0 ? "</thead>\n<tbody" : "<tbody") + group;
            body += row(table.rows[i], heads, names);
        }
        body += table.rows.size() > table.header_rows ? "</tbody>\n" : "</thead>\n";
        element("div", cards ? " wide cards" : " wide",
                (cards ? "<table role=\"table\">\n" : "<table>\n") + body + "</table>");
    }

    /// On a phone a row of many columns stands as a card: each cell on a line of its own, under its column's
    /// name. The roles tell that it is still a table.
    static bool becomes_cards(const Table& table) {
        constexpr std::size_t columns_of_a_phone = 5;
        return table.header_rows == 1 && table.widths.size() > columns_of_a_phone &&
               std::ranges::all_of(table.rows,
                                   [&](const Row& row) { return row.cells.size() == table.widths.size(); });
    }
    static std::vector<std::string> names_of(const Row& head) {
        std::vector<std::string> out;
        for (const Cell& cell : head.cells) {
            std::string name;
            for (const Paragraph& paragraph : cell.paragraphs)
                for (const Run& run : paragraph.runs) name += run.text;
            out.push_back(escaped(name));
        }
        return out;
    }

    /// With the names of the columns when it may stand as a card.
    std::string row(const Row& row, bool heads, const std::vector<std::string>& columns) {
        std::string out = columns.empty() ? "<tr>" : "<tr role=\"row\">";
        for (std::size_t i = 0; i < row.cells.size(); ++i) {
            const Cell& cell = row.cells[i];
            const bool names = heads || cell.role == Cell::Role::label;
            const std::string tag = names ? "th" : "td";
            out += "<" + tag;
            if (names) out += heads ? " scope=\"col\"" : " scope=\"row\"";
            if (!columns.empty())
                out += heads ? " role=\"columnheader\"" : names ? " role=\"rowheader\"" : " role=\"cell\"";
            if (!columns.empty() && !heads) out += " data-column=\"" + columns[i] + "\"";
            if (cell.role == Cell::Role::number) out += " class=\"number\"";
            if (cell.columns > 1) out += " colspan=\"" + std::to_string(cell.columns) + "\"";
            if (cell.rows > 1) out += " rowspan=\"" + std::to_string(cell.rows) + "\"";
            out += ">" + inside(cell.paragraphs);
            if (!cell.foot.empty()) out += "<div class=\"foot\">" + inside(cell.foot) + "</div>";
            out += "</" + tag + ">";
        }
        return out + "</tr>\n";
    }

    std::string inside(const std::vector<Paragraph>& paragraphs) {
        if (paragraphs.size() == 1 && paragraphs[0].align != Align::right)
            return inline_of(paragraphs[0].runs);
        std::string before = std::move(out_);
        out_.clear();
        for (const Paragraph& paragraph : paragraphs) write(paragraph);
        std::string written = std::move(out_);
        out_ = std::move(before);
        return written;
    }

    void write(const List& list) {
        std::string items = "\n";
        for (const auto& item : list.items) items += "<li>" + inline_of(item) + "</li>\n";
        element(list.numbered ? "ol" : "ul", class_of(list.size), items);
    }

    void write(const Signatures& block) {
        std::string items = "\n";
        for (const auto& one : block.signatures) {
            std::vector<Run> runs{text(one.label), written(one.name, 6), text("  ")};
            std::ranges::move(day(one.day, document_.language), std::back_inserter(runs));
            items += "<li>" + inline_of(runs) + "</li>\n";
        }
        element("ul", " signatures", items);
    }

    void write(const Image& image) {
        const std::string kind = image.picture.format() == Picture::Format::png ? "png" : "jpeg";
        std::string inside = "<img alt=\"" + escaped(image.alternative) + "\" width=\"" +
                             pixels(image.width_mm) + "\" src=\"data:image/" + kind + ";base64," +
                             base64(image.picture.bytes()) + "\">";
        if (!image.caption.empty()) inside += "<figcaption>" + lines(image.caption) + "</figcaption>";
        element("figure", "", inside);
    }

    void write(const QrCode& code) {
        const QrSquares squares = qr_squares(code.content);
        const std::string width = std::to_string(squares.width);
        std::string path;
        for (int y = 0; y < squares.width; ++y)
            for (int x = 0; x < squares.width; ++x)
                if (squares.black[static_cast<std::size_t>(y * squares.width + x)])
                    path += "M" + std::to_string(x) + " " + std::to_string(y) + "h1v1h-1z";
        const std::string spoken = code.caption.empty() ? "QR" : code.caption;
        std::string inside = "<svg role=\"img\" aria-label=\"" + escaped(spoken) + "\" width=\"" +
                             pixels(code.width_mm) + "\" viewBox=\"0 0 " + width + " " + width +
                             "\"><path d=\"" + path + "\"/></svg>";
        if (!code.caption.empty()) inside += "<figcaption>" + lines(code.caption) + "</figcaption>";
        element("figure", "", inside);
    }

    void write(const PageBreak&) { break_ = true; }

    static std::string pixels(double mm) { return std::to_string(static_cast<int>(mm * 96 / 25.4)); }

    void notes() {
        if (notes_.empty()) return;
        out_ += "<ol class=\"notes\">\n";
        for (std::size_t i = 0; i < notes_.size(); ++i) {
            const std::string number = std::to_string(i + 1);
            out_ += "<li id=\"note-" + number + "\">" + lines(notes_[i]) + " <a href=\"#see-" + number +
                    "\">↑</a></li>\n";
        }
        out_ += "</ol>\n";
    }

    const Document& document_;
    std::string out_;
    std::vector<std::string> notes_;
    bool break_ = false;
    std::size_t headings_ = 0;
    int highest_heading_ = 3;
};

}  // namespace

std::string html_head(const Document& document) {
    std::string out;
    if (!document.description.empty())
        out += "<meta name=\"description\" content=\"" + escaped(document.description) + "\">\n";
    for (const auto& [property, content] : document.properties)
        out += "<meta property=\"" + escaped(property) + "\" content=\"" + escaped(content) + "\">\n";
    if (!document.feed.empty())
        out +=
            "<link rel=\"alternate\" type=\"application/rss+xml\" href=\"" + escaped(document.feed) + "\">\n";
    return out;
}

std::string html(const Document& document) { return Page(document).run(); }

}  // namespace ballast::document
