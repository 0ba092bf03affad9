/// Paragraphs broken into lines, by Pango. All lengths are points.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "document/document.h"
#include "document/handles.h"

namespace ballast::document {

constexpr double points(double mm) { return mm * 72 / 25.4; }
double points(Size size);

/// One line of text, ready to be drawn.
struct Line {
    std::shared_ptr<PangoLayout> owner = {};
    PangoLayoutLine* line = nullptr;  // belongs to `owner`
    double x = 0;                     // from the left edge of the paragraph
    double width = 0;                 // of its words
    double ascent = 0;                // from the top of the line to where the letters stand
    double height = 0;
    double before = 0;  // space above it
    std::vector<std::string> notes = {};
    int first_note = 0;  // the number of the first of them

    void draw(cairo_t* canvas, double left, double top) const;
};

double height_of(const std::vector<Line>& lines);
/// One below the other.
void draw(const std::vector<Line>& lines, cairo_t* canvas, double left, double top);

/// Breaks paragraphs; counts the notes of one document. One per document and thread.
class LineBreaker {
public:
    explicit LineBreaker(words::Language language);

    struct Look {
        double size = 12;
        bool bold = false;
        bool spread = false;   // to both margins
        double spacing = 1.0;  // of lines, in heights of a line
    };
    std::vector<Line> lines(const Paragraph& paragraph, double width);
    std::vector<Line> lines(const Paragraph& paragraph, double width, const Look& look);
    /// In as few lines as fit, of about the same length, in the middle.
    std::vector<Line> balanced(const std::string& text, double width, const Look& look, Face face);

    words::Language language() const { return language_; }

    /// Whether a Chinese character has a font here.
    bool writes_chinese() const;
    /// The characters of a text that no font here has, each once; combining marks and emoji count by their
    /// code points.
    std::vector<char32_t> without_glyph(std::string_view text) const;

private:
    std::shared_ptr<PangoLayout> layout(const Paragraph& paragraph, double width, const Look& look,
                                        std::vector<std::pair<int, std::string>>& notes);
    Context context_;
    words::Language language_;
    int notes_ = 0;
};

}  // namespace ballast::document
