#include "document/card.h"

#include <cairo.h>

#include "base/text.h"
#include "document/drawing.h"
#include "document/handles.h"
#include "document/lines.h"

namespace ballast::document {
namespace {

constexpr double margin = 72, title_size = 64, text_size = 32, foot_size = 26;
constexpr double edge = 16;  // of the coloured band at the left

struct Colour {
    double red, green, blue;
};
constexpr Colour paper{1, 1, 1}, ink{0.13, 0.14, 0.16}, faint{0.36, 0.39, 0.43}, band{0.06, 0.42, 0.40};

void use(cairo_t* canvas, Colour colour) {
    cairo_set_source_rgb(canvas, colour.red, colour.green, colour.blue);
}

class Writer {
public:
    Writer(cairo_t* canvas, words::Language language) : canvas_(canvas), breaker_(language) {}

    /// The one line that the text has room for, its end left out where it is too long.
    std::vector<Line> fitting(const std::string& text, double size, bool bold, Face face) {
        const auto broken = [&](const std::string& what) {
            return breaker_.lines({.runs = {document::text(what)}, .face = face}, width,
                                  {.size = size, .bold = bold});
        };
        auto whole = broken(text);
        if (whole.size() <= 1) return whole;
        const std::u32string characters = text::code_points(text);
        std::size_t fits = 0, too_many = characters.size();
        while (too_many - fits > 1) {
            const auto middle = fits + (too_many - fits) / 2;
            (broken(text::utf8(characters.substr(0, middle)) + "…").size() <= 1 ? fits : too_many) = middle;
        }
        return broken(text::utf8(characters.substr(0, fits)) + "…");
    }

    void write(const std::vector<Line>& lines, double top, Colour colour) {
        use(canvas_, colour);
        draw(lines, canvas_, margin, top);
    }

    static constexpr double width = card_width - 2 * margin;

private:
    cairo_t* canvas_;
    LineBreaker breaker_;
};

void draw_card(const Card& card, cairo_t* canvas, words::Language language) {
    use(canvas, paper);
    cairo_paint(canvas);
    use(canvas, band);
    cairo_rectangle(canvas, 0, 0, edge, card_height);
    cairo_fill(canvas);

    Writer writer(canvas, language);
    double top = margin;
    const auto next = [&](const std::string& text, double size, bool bold, Face face, Colour colour) {
        const auto line = writer.fitting(text, size, bold, face);
        writer.write(line, top, colour);
        top += height_of(line);
    };
    next(card.title, title_size, true, Face::song, ink);
    if (!card.subtitle.empty()) next(card.subtitle, text_size, false, Face::hei, faint);
    top += text_size;

    const auto foot = writer.fitting(card.foot, foot_size, false, Face::hei);
    const double bottom = card_height - margin - (card.foot.empty() ? 0 : height_of(foot));
    if (!card.foot.empty()) writer.write(foot, bottom, faint);
    for (const auto& text : card.lines) {
        const auto line = writer.fitting(text, text_size, false, Face::song);
        const double gap = text_size / 2;
        if (top + height_of(line) + gap > bottom) break;
        writer.write(line, top, ink);
        top += height_of(line) + gap;
    }
}

}  // namespace

Result<std::string> card_png(const Card& card, words::Language language) {
    if (!LineBreaker(language).writes_chinese()) return unavailable("document.no_font");
    const Surface surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, card_width, card_height));
    {
        const Canvas canvas(cairo_create(surface.get()));
        draw_card(card, canvas.get(), language);
        INVARIANT(cairo_status(canvas.get()) == CAIRO_STATUS_SUCCESS);
    }
    return png_of(surface.get());
}

}  // namespace ballast::document
