// WordprocessingML (ECMA-376, transitional): one writer over the tree, its parts packed as a zip.
#include <fmt/format.h>

#include <algorithm>

#include "document/docx_styles.h"
#include "document/drawing.h"
#include "document/handles.h"
#include "document/printable.h"
#include "document/render.h"
#include "document/zip_writer.h"

namespace ballast::document {
namespace {

constexpr std::string_view head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
constexpr std::string_view spaces =
    "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" "
    "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" "
    "xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" "
    "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" "
    "xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"";
constexpr std::string_view office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

int twips(double mm) { return static_cast<int>(mm * 1440 / 25.4 + 0.5); }
std::int64_t emu(double mm) { return static_cast<std::int64_t>(mm * 36000); }

/// A QR code as a picture of its own.
std::string picture_of(const QrCode& code) {
    constexpr int dots = 600;
    const Surface surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, dots, dots));
    {
        const Canvas canvas(cairo_create(surface.get()));
        cairo_set_source_rgb(canvas.get(), 1, 1, 1);
        cairo_paint(canvas.get());
        cairo_set_source_rgb(canvas.get(), 0, 0, 0);
        draw_qr(code.content, canvas.get(), 0, 0, dots);
    }
    return png_of(surface.get());
}

class Writer {
public:
    Writer(const Document& document, std::vector<std::size_t> heading_pages)
        : document_(document), heading_pages_(std::move(heading_pages)) {}

    std::string run() {
        for (const Block& block : document_.blocks) std::visit([&](const auto& one) { write(one); }, block);
        return packed();
    }

private:
    struct Media {
        std::string name, bytes;
    };

    // ---- text

    static std::string text_of(std::string_view words) {
        std::string out;
        std::size_t from = 0;
        const std::string safe = escaped(words);
        for (std::size_t at = 0; at <= safe.size(); ++at) {
            if (at < safe.size() && safe[at] != '\n') continue;
            if (from > 0) out += "<w:br/>";
            out += "<w:t xml:space=\"preserve\">" + safe.substr(from, at - from) + "</w:t>";
            from = at + 1;
        }
        return out;
    }

    static std::string run_of(std::string_view words, std::string_view properties) {
        std::string out = "<w:r>";
        if (!properties.empty()) out += "<w:rPr>" + std::string(properties) + "</w:rPr>";
        return out + text_of(words) + "</w:r>";
    }

    std::string runs_of(const std::vector<Run>& runs, Face face, bool bold = false) {
        std::string out;
        for (const Run& run : runs) {
            std::string properties;
            if (face == Face::hei) properties += "<w:rFonts " + fonts_of(face) + "/>";
            if (run.bold || bold) properties += "<w:b/>";
            if (run.underlined || run.kind == Run::Kind::blank) properties += "<w:u w:val=\"single\"/>";
            switch (run.kind) {
                case Run::Kind::text:
                    out += run_of(run.text, properties);
                    break;
                case Run::Kind::box:
                    out += run_of("☐" + run.text, properties);
                    break;
                case Run::Kind::ticked:
                    out += run_of("☑" + run.text, properties);
                    break;
                case Run::Kind::blank: {
                    std::string line;
                    for (int i = 0; i < 2 * run.ems; ++i) line += "\u00A0";
                    out += run_of(line, properties);
                    break;
                }
            }
            if (run.note.empty()) continue;
            notes_.push_back(run.note);
            out += fmt::format(
                "<w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr><w:footnoteReference "
                "w:id=\"{}\"/></w:r>",
                notes_.size());
        }
        return out;
    }

    /// One paragraph; `properties` are those beside its style.
    void add(std::string_view style, std::string_view properties, std::string_view content) {
        body_ += "<w:p><w:pPr><w:pStyle w:val=\"" + std::string(style) + "\"/>";
        if (std::exchange(new_page_, false)) body_ += "<w:pageBreakBefore/>";
        body_ += properties;
        body_ += "</w:pPr>";
        body_ += content;
        body_ += "</w:p>";
    }

    static std::string alignment(Align align) {
        return align == Align::centre  ? "<w:jc w:val=\"center\"/>"
               : align == Align::right ? "<w:jc w:val=\"right\"/>"
                                       : "";
    }

    // ---- blocks

    void write(const Letterhead& letterhead) {
        add("Letterhead", "", run_of(letterhead.issuer, ""));
        add("LetterheadNumber", "", run_of(letterhead.number, ""));
    }

    void write(const Title& title) {
        add("Title", "", run_of(title.text, ""));
        if (!title.subtitle.empty()) add("Subtitle", "", run_of(title.subtitle, ""));
    }

    static std::string bookmark(std::size_t heading) {
        return "_Toc" + std::to_string(100'000'000 + heading);
    }

    void write(const Heading& heading) {
        INVARIANT(heading.level >= 1 && heading.level <= 3);
        const auto index = headings_++;
        add("Heading" + std::to_string(heading.level), "",
            fmt::format("<w:bookmarkStart w:id=\"{0}\" w:name=\"{1}\"/>{2}<w:bookmarkEnd w:id=\"{0}\"/>",
                        index, bookmark(index), run_of(heading.text, "")));
    }

    void write(const Paragraph& paragraph) {
        std::string properties;
        if (paragraph.keep_with_next) properties += "<w:keepNext/>";
        if (paragraph.space_before_mm > 0)
            properties += fmt::format("<w:spacing w:before=\"{}\"/>", twips(paragraph.space_before_mm));
        if (paragraph.indented || paragraph.inset_right > 0)
            properties += fmt::format(
                "<w:ind{}{}/>",
                paragraph.inset_right > 0 ? fmt::format(" w:rightChars=\"{}\"", 100 * paragraph.inset_right)
                                          : "",
                paragraph.indented ? " w:firstLineChars=\"200\" w:firstLine=\"480\"" : "");
        properties += paragraph.align == Align::left && paragraph.size == Size::body
                          ? "<w:jc w:val=\"both\"/>"
                          : alignment(paragraph.align);
        add(style_of(paragraph.size), properties, runs_of(paragraph.runs, paragraph.face));
    }

    static std::string field(std::string_view instruction, std::string_view shown) {
        return fmt::format(
            "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> {} "
            "</w:instrText></w:r><w:r>"
            "<w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>{}</w:t></w:r><w:r><w:fldChar "
            "w:fldCharType=\"end\"/></w:r>",
            instruction, shown);
    }

    /// A filled field, so that the list is there before anybody brings it up to date.
    void write(const Contents& contents) {
        body_ +=
            "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val=\"Table of "
            "Contents\"/><w:docPartUnique/></w:docPartObj>"
            "</w:sdtPr><w:sdtContent>";
        if (!contents.title.empty()) add("TOCHeading", "", run_of(contents.title, ""));
        std::string open = fmt::format(
            "<w:r><w:fldChar w:fldCharType=\"begin\" w:dirty=\"true\"/></w:r><w:r><w:instrText "
            "xml:space=\"preserve\"> TOC "
            "\\o \"1-{}\" \\h \\z \\u "
            "</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>",
            contents.levels);
        std::size_t index = 0;
        for (const Block& block : document_.blocks) {
            const auto* heading = std::get_if<Heading>(&block);
            if (!heading) continue;
            const auto here = index++;
            if (heading->level > contents.levels) continue;
            add("TOC" + std::to_string(heading->level), "",
                open + fmt::format("<w:hyperlink w:anchor=\"{0}\" "
                                   "w:history=\"1\">{1}<w:r><w:tab/></w:r>{2}</w:hyperlink>",
                                   bookmark(here), run_of(heading->text, ""),
                                   field("PAGEREF " + bookmark(here) + " \\h",
                                         std::to_string(heading_pages_.at(here)))));
            open.clear();
        }
        add("Normal", "", open + "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>");
        body_ += "</w:sdtContent></w:sdt>";
    }

    // A cell that reaches over several rows is said again in each of them.
    void write(const Table& table) {
        if (table.rows.empty()) return;
        if (new_page_) add("Normal", "", "");
        double sum = 0;
        for (const double width : table.widths) sum += width;
        std::vector<int> widths;
        for (const double width : table.widths)
            widths.push_back(static_cast<int>(text_width() * width / sum));
        body_ += "<w:tbl><w:tblPr><w:tblStyle w:val=\"TableGrid\"/><w:tblW w:w=\"" +
                 std::to_string(text_width()) +
                 "\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>";
        for (const int width : widths) body_ += "<w:gridCol w:w=\"" + std::to_string(width) + "\"/>";
        body_ += "</w:tblGrid>";
        struct Below {
            int rows = 0, columns = 0;
        };
        std::vector<Below> below(widths.size());
        for (std::size_t r = 0; r < table.rows.size(); ++r) {
            const Row& row = table.rows[r];
            body_ += "<w:tr><w:trPr><w:cantSplit/>";
            if (row.min_height_mm > 0)
                body_ += "<w:trHeight w:val=\"" + std::to_string(twips(row.min_height_mm)) +
                         "\" w:hRule=\"atLeast\"/>";
            if (r < table.header_rows) body_ += "<w:tblHeader/>";
            body_ += "</w:trPr>";
            std::size_t column = 0;
            auto cell = row.cells.begin();
            while (column < widths.size()) {
                if (below[column].rows > 0) {
                    const int spanned = below[column].columns;
                    write_cell(nullptr, widths, column, spanned, "<w:vMerge/>");
                    --below[column].rows;
                    column += static_cast<std::size_t>(spanned);
                    continue;
                }
                INVARIANT(cell != row.cells.end());
                if (cell->rows > 1) below[column] = {cell->rows - 1, cell->columns};
                write_cell(&*cell, widths, column, cell->columns,
                           cell->rows > 1 ? "<w:vMerge w:val=\"restart\"/>" : "");
                column += static_cast<std::size_t>(cell->columns);
                ++cell;
            }
            body_ += "</w:tr>";
        }
        body_ += "</w:tbl>";
    }

    void write_cell(const Cell* cell, const std::vector<int>& widths, std::size_t column, int columns,
                    std::string_view merge) {
        int width = 0;
        for (std::size_t i = column; i < std::min(widths.size(), column + static_cast<std::size_t>(columns));
             ++i)
            width += widths[i];
        body_ += fmt::format(
            "<w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/>{}{}<w:vAlign w:val=\"center\"/></w:tcPr>",
            width, columns > 1 ? fmt::format("<w:gridSpan w:val=\"{}\"/>", columns) : "", merge);
        if (cell) {
            for (const Paragraph& paragraph : cell->paragraphs) write(paragraph);
            for (const Paragraph& paragraph : cell->foot) write(paragraph);
        }
        if (!cell || (cell->paragraphs.empty() && cell->foot.empty())) add("TableText", "", "");
        body_ += "</w:tc>";
    }

    void write(const List& list) {
        int number = 0;
        for (const auto& item : list.items) {
            if (!list.numbered) {
                add("ListBullet", "", runs_of(item, Face::song));
                continue;
            }
            add(style_of(list.size), "<w:ind w:left=\"480\" w:hanging=\"480\"/>",
                run_of(std::to_string(++number) + ".\u00A0", "") + runs_of(item, Face::song));
        }
    }

    void write(const Signatures& block) {
        for (const auto& one : block.signatures) {
            std::vector<Run> runs{text(one.label), written(one.name, 6), text("  ")};
            std::ranges::move(day(one.day, document_.language), std::back_inserter(runs));
            add("Normal", "<w:spacing w:before=\"240\"/>", runs_of(runs, Face::song));
        }
    }

    void write(const Image& image) {
        const bool sideways = image.picture.turn() == Picture::Turn::quarter ||
                              image.picture.turn() == Picture::Turn::three_quarters;
        const double across = std::min(image.width_mm, text_width() * 25.4 / 1440);
        const double ratio = static_cast<double>(image.picture.height()) / image.picture.width();
        // As stored; what was taken sideways is turned.
        const double width = sideways ? across / ratio : across;
        picture(image.picture.bytes(), image.picture.format() == Picture::Format::png ? "png" : "jpeg", width,
                width * ratio, static_cast<int>(image.picture.turn()), image.alternative,
                !image.caption.empty());
        if (!image.caption.empty()) add("Caption", "", run_of(image.caption, ""));
    }

    void write(const QrCode& code) {
        picture(picture_of(code), "png", code.width_mm, code.width_mm, 0, "QR", !code.caption.empty(),
                code.space_before_mm);
        if (!code.caption.empty()) add("Caption", "<w:keepNext/>", run_of(code.caption, ""));
    }

    void picture(const std::string& bytes, std::string_view kind, double width, double height, int quarters,
                 const std::string& alternative, bool with_caption, double space_before_mm = 0) {
        const auto number = media_.size() + 1;
        media_.push_back({fmt::format("media/image{}.{}", number, kind), bytes});
        add("Normal",
            std::string(with_caption ? "<w:keepNext/>" : "") +
                (space_before_mm > 0 ? fmt::format("<w:spacing w:before=\"{}\"/>", twips(space_before_mm))
                                     : "") +
                "<w:jc w:val=\"center\"/>",
            fmt::format("<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" "
                        "distR=\"0\"><wp:extent cx=\"{0}\" cy=\"{1}\"/>"
                        "<wp:docPr id=\"{2}\" name=\"image{2}\" descr=\"{3}\"/><a:graphic><a:graphicData "
                        "uri=\"http://schemas.openxmlformats.org/drawingml/2006/"
                        "picture\"><pic:pic><pic:nvPicPr><pic:cNvPr id=\"{2}\" "
                        "name=\"image{2}\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip "
                        "r:embed=\"image{2}\"/><a:stretch><a:fillRect/>"
                        "</a:stretch></pic:blipFill><pic:spPr><a:xfrm rot=\"{4}\"><a:off x=\"0\" "
                        "y=\"0\"/><a:ext cx=\"{0}\" cy=\"{1}\"/></a:xfrm>"
                        "<a:prstGeom "
                        "prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></"
                        "a:graphic></wp:inline>"
                        "</w:drawing></w:r>",
                        emu(width), emu(height), number, escaped(alternative), quarters * 5'400'000));
    }

    void write(const PageBreak&) { new_page_ = true; }

    // ---- the package

    int text_width() const {
        const double page = document_.landscape ? 297 : 210;
        return twips(page - document_.margins.left_mm - document_.margins.right_mm);
    }

    std::string section() const {
        const int shorter = 11906, longer = 16838;
        const auto& margins = document_.margins;
        return fmt::format(
            "<w:sectPr>{}<w:footerReference w:type=\"default\" r:id=\"footer\"/><w:pgSz w:w=\"{}\" "
            "w:h=\"{}\"{}/><w:pgMar w:top=\"{}\" "
            "w:right=\"{}\" w:bottom=\"{}\" w:left=\"{}\" w:header=\"720\" w:footer=\"720\" "
            "w:gutter=\"0\"/></w:sectPr>",
            document_.header.empty() ? "" : "<w:headerReference w:type=\"default\" r:id=\"header\"/>",
            document_.landscape ? longer : shorter, document_.landscape ? shorter : longer,
            document_.landscape ? " w:orient=\"landscape\"" : "", twips(margins.top_mm),
            twips(margins.right_mm), twips(margins.bottom_mm), twips(margins.left_mm));
    }

    /// "第 1 页 共 2 页" with fields in its places.
    std::string footer() const {
        const std::string sentence =
            words::say("document.page", document_.language, {{"page", "\x01"}, {"pages", "\x02"}});
        std::string content =
            document_.footer.empty() ? "" : run_of(document_.footer, "") + "<w:r><w:tab/></w:r>";
        std::size_t from = 0;
        for (std::size_t at = 0; at <= sentence.size(); ++at) {
            const bool place = at < sentence.size() && (sentence[at] == '\x01' || sentence[at] == '\x02');
            if (at < sentence.size() && !place) continue;
            if (at > from) content += run_of(std::string_view(sentence).substr(from, at - from), "");
            if (place) content += field(sentence[at] == '\x01' ? "PAGE" : "NUMPAGES", "1");
            from = at + 1;
        }
        return std::string(head) + "<w:ftr " + std::string(spaces) +
               "><w:p><w:pPr><w:pStyle w:val=\"Footer\"/>" +
               (document_.footer.empty() ? "<w:jc w:val=\"center\"/>" : "") + "</w:pPr>" + content +
               "</w:p></w:ftr>";
    }

    std::string footnotes() const {
        std::string out =
            std::string(head) + "<w:footnotes " + std::string(spaces) +
            "><w:footnote w:type=\"separator\" w:id=\"-1\"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>"
            "<w:footnote w:type=\"continuationSeparator\" "
            "w:id=\"0\"><w:p><w:r><w:continuationSeparator/></w:r></w:p>"
            "</w:footnote>";
        for (std::size_t i = 0; i < notes_.size(); ++i)
            out += fmt::format(
                "<w:footnote w:id=\"{}\"><w:p><w:pPr><w:pStyle "
                "w:val=\"FootnoteText\"/></w:pPr><w:r><w:rPr><w:rStyle "
                "w:val=\"FootnoteReference\"/></w:rPr><w:footnoteRef/></w:r>{}</w:p></w:footnote>",
                i + 1, run_of(" " + notes_[i], ""));
        return out + "</w:footnotes>";
    }

    std::string packed() {
        // Of the standard library's order: first what the others are named in.
        ZipWriter zip(document_.created);
        constexpr std::string_view word = "application/vnd.openxmlformats-officedocument.wordprocessingml.";
        std::string types =
            std::string(head) +
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default "
            "Extension=\"rels\" "
            "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default "
            "Extension=\"xml\" ContentType=\"application/xml\"/><Default Extension=\"png\" "
            "ContentType=\"image/png\"/>"
            "<Default Extension=\"jpeg\" ContentType=\"image/jpeg\"/><Override "
            "PartName=\"/docProps/core.xml\" "
            "ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>";
        std::string relations =
            std::string(head) +
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
        const auto relation = [&](std::string_view id, std::string_view kind, std::string_view target) {
            relations += fmt::format("<Relationship Id=\"{}\" Type=\"{}{}\" Target=\"{}\"/>", id, office,
                                     kind, target);
        };
        std::vector<std::pair<std::string, std::string>> parts{
            {"document", std::string(head) + "<w:document " + std::string(spaces) + "><w:body>" + body_ +
                             section() + "</w:body></w:document>"},
            {"styles", docx_styles(document_.language)},
            {"numbering", docx_numbering()},
            {"footer", footer()}};
        if (!document_.header.empty())
            parts.emplace_back("header", std::string(head) + "<w:hdr " + std::string(spaces) +
                                             "><w:p><w:pPr><w:pStyle w:val=\"Header\"/></w:pPr>" +
                                             run_of(document_.header, "") + "</w:p></w:hdr>");
        if (!notes_.empty()) parts.emplace_back("footnotes", footnotes());
        for (const auto& [name, bytes] : parts) {
            types += fmt::format("<Override PartName=\"/word/{}.xml\" ContentType=\"{}{}+xml\"/>", name, word,
                                 name == "document" ? "document.main" : name);
            if (name != "document") relation(name, name, name + ".xml");
        }
        for (std::size_t i = 0; i < media_.size(); ++i)
            relation("image" + std::to_string(i + 1), "image", media_[i].name);
        zip.add("[Content_Types].xml", types + "</Types>");
        zip.add("_rels/.rels", std::string(head) +
                                   "<Relationships "
                                   "xmlns=\"http://schemas.openxmlformats.org/package/2006/"
                                   "relationships\"><Relationship Id=\"document\" "
                                   "Type=\"" +
                                   std::string(office) +
                                   "officeDocument\" Target=\"word/document.xml\"/><Relationship Id=\"core\" "
                                   "Type=\"http://schemas.openxmlformats.org/package/2006/relationships/"
                                   "metadata/core-properties\" "
                                   "Target=\"docProps/core.xml\"/></Relationships>");
        zip.add(
            "docProps/core.xml",
            std::string(head) +
                "<cp:coreProperties "
                "xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" "
                "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" "
                "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>" +
                escaped(document_.title) + "</dc:title><dcterms:created xsi:type=\"dcterms:W3CDTF\">" +
                document_.created.iso() + "T00:00:00Z</dcterms:created></cp:coreProperties>");
        for (const auto& [name, bytes] : parts) zip.add("word/" + name + ".xml", bytes);
        zip.add("word/_rels/document.xml.rels", relations + "</Relationships>");
        for (const auto& media : media_)
            zip.add("word/" + media.name, media.bytes, ZipWriter::Packing::stored);
        return zip.finish();
    }

    const Document& document_;
    const std::vector<std::size_t> heading_pages_;
    std::string body_;
    std::vector<std::string> notes_;
    std::vector<Media> media_;
    std::size_t headings_ = 0;
    bool new_page_ = false;
};

}  // namespace

Result<std::string> docx(const Document& document) {
    return Writer(document, TRY(heading_pages(document))).run();
}

}  // namespace ballast::document
