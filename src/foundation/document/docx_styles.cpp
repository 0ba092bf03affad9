#include "document/docx_styles.h"

#include <fmt/format.h>

#include <array>

#include "document/lines.h"

namespace ballast::document {
namespace {

constexpr std::string_view space = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

struct Style {
    std::string_view id, name, based_on, paragraph;
    Face face;
    double points;
    bool bold = false;
    std::string_view run = {};
};

// As Word calls them, so that its own lists of styles and contents know them.
constexpr std::array styles{
    Style{"Title", "Title", "Normal",
          "<w:keepNext/><w:spacing w:before=\"240\" w:after=\"240\"/><w:jc w:val=\"center\"/>", Face::song,
          22, true},
    Style{"Subtitle", "Subtitle", "Normal", "<w:spacing w:after=\"120\"/><w:jc w:val=\"center\"/>",
          Face::song, 12},
    Style{
        "Heading1", "heading 1", "Normal",
        "<w:keepNext/><w:keepLines/><w:spacing w:before=\"240\" w:after=\"80\"/><w:outlineLvl w:val=\"0\"/>",
        Face::hei, 14, true},
    Style{
        "Heading2", "heading 2", "Normal",
        "<w:keepNext/><w:keepLines/><w:spacing w:before=\"160\" w:after=\"60\"/><w:outlineLvl w:val=\"1\"/>",
        Face::hei, 12, true},
    Style{
        "Heading3", "heading 3", "Normal",
        "<w:keepNext/><w:keepLines/><w:spacing w:before=\"120\" w:after=\"40\"/><w:outlineLvl w:val=\"2\"/>",
        Face::hei, 10.5},
    Style{"TOCHeading", "TOC Heading", "Normal",
          "<w:keepNext/><w:spacing w:before=\"240\" w:after=\"120\"/><w:jc w:val=\"center\"/>", Face::hei, 14,
          true},
    Style{"TOC1", "toc 1", "Normal",
          "<w:keepNext/><w:tabs><w:tab w:val=\"right\" w:leader=\"dot\" w:pos=\"9400\"/></w:tabs><w:spacing "
          "w:before=\"120\"/>",
          Face::hei, 12, true},
    Style{"TOC2", "toc 2", "Normal",
          "<w:tabs><w:tab w:val=\"right\" w:leader=\"dot\" w:pos=\"9400\"/></w:tabs><w:ind w:left=\"240\"/>",
          Face::song, 10.5},
    Style{"TOC3", "toc 3", "Normal",
          "<w:tabs><w:tab w:val=\"right\" w:leader=\"dot\" w:pos=\"9400\"/></w:tabs><w:ind w:left=\"480\"/>",
          Face::song, 10.5},
    Style{"Letterhead", "Letterhead", "Normal", "<w:keepNext/><w:jc w:val=\"center\"/>", Face::song, 36, true,
          "<w:color w:val=\"CC0000\"/>"},
    Style{"LetterheadNumber", "Letterhead Number", "Normal",
          "<w:pBdr><w:bottom w:val=\"single\" w:sz=\"12\" w:space=\"6\" "
          "w:color=\"CC0000\"/></w:pBdr><w:spacing w:after=\"240\"/>"
          "<w:jc w:val=\"center\"/>",
          Face::song, 12},
    Style{"Letter", "Letter Text", "Normal", "<w:spacing w:line=\"360\" w:lineRule=\"auto\"/>", Face::song,
          16},
    Style{"TableText", "Table Text", "Normal",
          "<w:spacing w:before=\"20\" w:after=\"20\" w:line=\"264\" w:lineRule=\"auto\"/>", Face::song, 10.5},
    Style{"Note", "Note", "Normal", "", Face::song, 9},
    Style{"LargeText", "Large Text", "Normal", "", Face::song, 22},
    Style{"ListBullet", "List Bullet", "Normal",
          "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr>", Face::song, 12},
    Style{"Caption", "caption", "Normal", "<w:jc w:val=\"center\"/>", Face::song, 10.5},
    Style{"FootnoteText", "footnote text", "Normal", "", Face::song, 9},
    Style{"Header", "header", "Normal",
          "<w:pBdr><w:bottom w:val=\"single\" w:sz=\"4\" w:space=\"1\" w:color=\"auto\"/></w:pBdr>",
          Face::song, 9},
    Style{"Footer", "footer", "Normal", "<w:tabs><w:tab w:val=\"right\" w:pos=\"9400\"/></w:tabs>",
          Face::song, 9},
};

}  // namespace

int half_points(Size size) { return static_cast<int>(points(size) * 2); }

std::string_view style_of(Size size) {
    switch (size) {
        case Size::note:
            return "Note";
        case Size::table:
            return "TableText";
        case Size::body:
            return "Normal";
        case Size::letter:
            return "Letter";
        case Size::title:
            return "LargeText";
    }
    return "Normal";
}

std::string fonts_of(Face face) {
    return face == Face::hei ? "w:ascii=\"Arial\" w:hAnsi=\"Arial\" w:eastAsia=\"黑体\" w:cs=\"Arial\""
                             : "w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"宋体\" "
                               "w:cs=\"Times New Roman\"";
}

std::string docx_styles(words::Language language) {
    std::string out = fmt::format(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:styles "
        "{}><w:docDefaults><w:rPrDefault><w:rPr>"
        "<w:rFonts {}/><w:kern w:val=\"2\"/><w:sz w:val=\"24\"/><w:szCs w:val=\"24\"/><w:lang "
        "w:val=\"en-GB\" w:eastAsia=\"{}\"/>"
        "</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:line=\"312\" "
        "w:lineRule=\"auto\"/></w:pPr></w:pPrDefault>"
        "</w:docDefaults><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name "
        "w:val=\"Normal\"/><w:qFormat/>"
        "<w:pPr><w:widowControl/></w:pPr></w:style>"
        "<w:style w:type=\"character\" w:default=\"1\" w:styleId=\"DefaultParagraphFont\"><w:name "
        "w:val=\"Default Paragraph Font\"/>"
        "</w:style><w:style w:type=\"character\" w:styleId=\"Hyperlink\"><w:name "
        "w:val=\"Hyperlink\"/></w:style>"
        "<w:style w:type=\"character\" w:styleId=\"FootnoteReference\"><w:name w:val=\"footnote "
        "reference\"/><w:rPr>"
        "<w:vertAlign w:val=\"superscript\"/></w:rPr></w:style>"
        "<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal "
        "Table\"/><w:tblPr><w:tblCellMar>"
        "<w:top w:w=\"40\" w:type=\"dxa\"/><w:left w:w=\"80\" w:type=\"dxa\"/><w:bottom w:w=\"40\" "
        "w:type=\"dxa\"/>"
        "<w:right w:w=\"80\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>"
        "<w:style w:type=\"table\" w:styleId=\"TableGrid\"><w:name w:val=\"Table Grid\"/><w:basedOn "
        "w:val=\"TableNormal\"/><w:tblPr>"
        "<w:tblBorders>",
        space, fonts_of(Face::song), language == words::Language::zh ? "zh-CN" : "en-GB");
    for (const char* side : {"top", "left", "bottom", "right", "insideH", "insideV"})
        out += fmt::format("<w:{} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>", side);
    out += "</w:tblBorders></w:tblPr></w:style>";
    for (const auto& style : styles) {
        const int size = static_cast<int>(style.points * 2);
        out += fmt::format(
            "<w:style w:type=\"paragraph\" w:styleId=\"{}\"><w:name w:val=\"{}\"/><w:basedOn "
            "w:val=\"{}\"/><w:qFormat/><w:pPr>{}"
            "</w:pPr><w:rPr><w:rFonts {}/>{}{}<w:sz w:val=\"{}\"/><w:szCs w:val=\"{}\"/></w:rPr></w:style>",
            style.id, style.name, style.based_on, style.paragraph, fonts_of(style.face),
            style.bold ? "<w:b/>" : "", style.run, size, size);
    }
    return out + "</w:styles>";
}

std::string docx_numbering() {
    return fmt::format(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:numbering {}><w:abstractNum "
        "w:abstractNumId=\"0\"><w:lvl "
        "w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"bullet\"/><w:lvlText "
        "w:val=\"•\"/><w:pPr><w:ind w:left=\"360\" "
        "w:hanging=\"360\"/></w:pPr></w:lvl></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId "
        "w:val=\"0\"/></w:num></w:numbering>",
        space);
}

}  // namespace ballast::document
