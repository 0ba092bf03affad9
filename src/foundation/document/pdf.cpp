#include <cairo-pdf.h>

#include <algorithm>

#include "document/drawing.h"
#include "document/printable.h"
#include "document/render.h"
#include "document/typeset.h"

namespace ballast::document {
namespace {

constexpr double a4_short = points(210), a4_long = points(297);
constexpr double note_gap = points(3);

/// One document being drawn.
class Sheets {
public:
    Sheets(const Document& document, LineBreaker& breaker)
        : document_(document),
          breaker_(breaker),
          page_width_(document.landscape ? a4_long : a4_short),
          page_height_(document.landscape ? a4_short : a4_long),
          left_(points(document.margins.left_mm)),
          top_(points(document.margins.top_mm)),
          width_(page_width_ - left_ - points(document.margins.right_mm)),
          height_(page_height_ - top_ - points(document.margins.bottom_mm)) {
        INVARIANT(width_ > 0 && height_ > 0);
    }

    std::string run() {
        const Typeset set = typeset(document_, breaker_, width_, height_);
        const std::vector<Page> pages = paged(set.strips, height_, note_gap);
        std::string bytes;
        const Surface surface(cairo_pdf_surface_create_for_stream(append, &bytes, page_width_, page_height_));
        describe(surface.get());
        {
            const Canvas canvas(cairo_create(surface.get()));
            number_headings(set, pages);
            for (std::size_t i = 0; i < pages.size(); ++i) {
                draw_page(set, pages[i], canvas.get());
                outline(set, pages[i], i + 1, surface.get());
                frame(i + 1, pages.size(), canvas.get());
                cairo_show_page(canvas.get());
            }
            INVARIANT(cairo_status(canvas.get()) == CAIRO_STATUS_SUCCESS);
        }
        cairo_surface_finish(surface.get());
        INVARIANT(cairo_surface_status(surface.get()) == CAIRO_STATUS_SUCCESS);
        return bytes;
    }

    std::size_t count() {
        return paged(typeset(document_, breaker_, width_, height_).strips, height_, note_gap).size();
    }

    Result<std::string> png(std::size_t number, int dots_per_inch) {
        const Typeset set = typeset(document_, breaker_, width_, height_);
        const std::vector<Page> pages = paged(set.strips, height_, note_gap);
        if (number < 1 || number > pages.size())
            return not_found("document.no_such_page")
                .with("page", std::to_string(number))
                .with("pages", std::to_string(pages.size()));
        const double scale = dots_per_inch / 72.0;
        const Surface surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24,
                                                         static_cast<int>(page_width_ * scale),
                                                         static_cast<int>(page_height_ * scale)));
        {
            const Canvas canvas(cairo_create(surface.get()));
            cairo_set_source_rgb(canvas.get(), 1, 1, 1);
            cairo_paint(canvas.get());
            cairo_set_source_rgb(canvas.get(), 0, 0, 0);
            cairo_scale(canvas.get(), scale, scale);
            number_headings(set, pages);
            draw_page(set, pages[number - 1], canvas.get());
            frame(number, pages.size(), canvas.get());
            INVARIANT(cairo_status(canvas.get()) == CAIRO_STATUS_SUCCESS);
        }
        return png_of(surface.get());
    }

    std::vector<std::size_t> heading_pages() {
        const Typeset set = typeset(document_, breaker_, width_, height_);
        number_headings(set, paged(set.strips, height_, note_gap));
        return page_of_heading_;
    }

private:
    static cairo_status_t append(void* to, const unsigned char* data, unsigned size) {
        static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(data), size);
        return CAIRO_STATUS_SUCCESS;
    }

    void describe(cairo_surface_t* surface) const {
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, printable(document_.title).c_str());
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "Ballast");
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE,
                                       (document_.created.iso() + "T00:00:00+08:00").c_str());
    }

    /// The page on which each heading stands.
    void number_headings(const Typeset& set, const std::vector<Page>& pages) {
        for (std::size_t i = 0; i < pages.size(); ++i)
            for (const Placed& placed : pages[i])
                if (set.inks[placed.strip].level > 0 && !placed.again) page_of_heading_.push_back(i + 1);
    }

    static std::string name_of_heading(std::size_t index) { return "'heading" + std::to_string(index) + "'"; }

    /// A line of the contents list, its dots and the page; the whole of it leads there.
    void draw_entry(const Ink& ink, double top, cairo_t* canvas) {
        const std::size_t heading = *ink.names_heading;
        cairo_tag_begin(canvas, CAIRO_TAG_LINK, ("dest=" + name_of_heading(heading)).c_str());
        ink.draw(canvas, left_, top);
        const auto number =
            breaker_
                .lines({.runs = {text(std::to_string(page_of_heading_.at(heading)))}, .align = Align::right},
                       width_, {.size = 10.5})
                .front();
        number.draw(canvas, left_, top + ink.baseline - number.ascent);
        const double from = left_ + ink.words_end + points(2), to = left_ + number.x - points(1.5);
        if (from < to) {
            constexpr double dots[] = {0, 3.6};
            cairo_save(canvas);
            cairo_set_line_width(canvas, 0.8);
            cairo_set_line_cap(canvas, CAIRO_LINE_CAP_ROUND);
            cairo_set_dash(canvas, dots, 2, 0);
            cairo_move_to(canvas, from, top + ink.baseline - 1);
            cairo_line_to(canvas, to, top + ink.baseline - 1);
            cairo_stroke(canvas);
            cairo_restore(canvas);
        }
        cairo_tag_end(canvas, CAIRO_TAG_LINK);
    }

    void draw_strip(const Ink& ink, const Placed& placed, cairo_t* canvas) {
        const double top = top_ + placed.y;
        if (ink.names_heading) return draw_entry(ink, top, canvas);
        const bool heads = ink.level > 0 && !placed.again;
        if (heads)
            cairo_tag_begin(canvas, CAIRO_TAG_DEST, ("name=" + name_of_heading(headings_drawn_++)).c_str());
        ink.draw(canvas, left_, top);
        if (heads) cairo_tag_end(canvas, CAIRO_TAG_DEST);
    }

    void draw_page(const Typeset& set, const Page& page, cairo_t* canvas) {
        std::vector<const Line*> notes;
        double note_height = 0;
        for (const Placed& placed : page) {
            const Ink& ink = set.inks[placed.strip];
            draw_strip(ink, placed, canvas);
            if (placed.again) continue;
            for (const Line& note : ink.notes) {
                notes.push_back(&note);
                note_height += note.height;
            }
        }
        if (notes.empty()) return;
        double y = top_ + height_ - note_height;
        rule(canvas, left_, y - points(1), points(50));
        for (const Line* note : notes) {
            note->draw(canvas, left_, y);
            y += note->height;
        }
    }

    void outline(const Typeset& set, const Page& page, std::size_t number, cairo_surface_t* surface) {
        for (const Placed& placed : page) {
            const Ink& ink = set.inks[placed.strip];
            if (ink.level == 0 || placed.again) continue;
            int parent = CAIRO_PDF_OUTLINE_ROOT;
            for (int level = 1; level < ink.level; ++level)
                if (entries_[level] != 0) parent = entries_[level];
            const std::string where = "page=" + std::to_string(number) + " pos=[" + whole(left_) + " " +
                                      whole(top_ + placed.y) + "]";
            entries_[ink.level] = cairo_pdf_surface_add_outline(
                surface, parent, printable(ink.heading).c_str(), where.c_str(), CAIRO_PDF_OUTLINE_FLAG_OPEN);
            for (int level = ink.level + 1; level <= 3; ++level) entries_[level] = 0;
        }
    }

    static std::string whole(double length) { return std::to_string(static_cast<int>(length)); }

    /// What stands around the text area.
    void frame(std::size_t number, std::size_t count, cairo_t* canvas) {
        if (!document_.header.empty()) {
            const auto line = one_line(document_.header, Align::left);
            line.draw(canvas, left_, top_ - points(4) - line.height);
            rule(canvas, left_, top_ - points(3), width_);
        }
        const double y = page_height_ - points(document_.margins.bottom_mm) + points(5);
        one_line(words::say("document.page", document_.language,
                            {{"page", std::to_string(number)}, {"pages", std::to_string(count)}}),
                 document_.footer.empty() ? Align::centre : Align::right)
            .draw(canvas, left_, y);
        if (!document_.footer.empty()) one_line(document_.footer, Align::left).draw(canvas, left_, y);
    }

    Line one_line(const std::string& words, Align align) {
        return breaker_.lines({.runs = {text(words)}, .align = align, .size = Size::note}, width_).front();
    }

    static void rule(cairo_t* canvas, double x, double y, double width) {
        cairo_set_line_width(canvas, 0.4);
        cairo_move_to(canvas, x, y);
        cairo_line_to(canvas, x + width, y);
        cairo_stroke(canvas);
    }

    const Document& document_;
    LineBreaker& breaker_;
    const double page_width_, page_height_, left_, top_, width_, height_;
    int entries_[4] = {};  // of the outline, by level: the last one
    std::vector<std::size_t> page_of_heading_;
    std::size_t headings_drawn_ = 0;
};

}  // namespace

Result<std::size_t> page_count(const Document& document) {
    LineBreaker breaker(document.language);
    if (!breaker.writes_chinese()) return unavailable("document.no_font");
    return Sheets(document, breaker).count();
}

Result<std::string> page_png(const Document& document, std::size_t page, int dots_per_inch) {
    LineBreaker breaker(document.language);
    if (!breaker.writes_chinese()) return unavailable("document.no_font");
    return Sheets(document, breaker).png(page, dots_per_inch);
}

Result<std::vector<std::size_t>> heading_pages(const Document& document) {
    LineBreaker breaker(document.language);
    if (!breaker.writes_chinese()) return unavailable("document.no_font");
    return Sheets(document, breaker).heading_pages();
}

std::vector<char32_t> unprintable(words::Language language, std::string_view text) {
    return LineBreaker(language).without_glyph(text);
}

Result<std::string> pdf(const Document& document) {
    LineBreaker breaker(document.language);
    if (!breaker.writes_chinese()) return unavailable("document.no_font");
    return Sheets(document, breaker).run();
}

}  // namespace ballast::document
