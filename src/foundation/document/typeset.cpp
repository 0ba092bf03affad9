#include "document/typeset.h"

#include <algorithm>

#include "document/drawing.h"

namespace ballast::document {
namespace {

constexpr double block_gap = points(1.2);  // between two blocks

class Typesetter {
public:
    Typesetter(const Document& document, LineBreaker& breaker, double width, double height)
        : document_(document), breaker_(breaker), width_(width), height_(height) {}

    Typeset run() {
        for (const Block& block : document_.blocks) {
            const auto begin = out_.strips.size();
            std::visit([&](const auto& one) { set(one); }, block);
            if (begin < out_.strips.size() && new_page_) {
                out_.strips[begin].new_page = true;
                new_page_ = false;
            }
        }
        return std::move(out_);
    }

private:
    /// Lines as strips of their own, so that a paragraph may continue on the next page, but not by one line.
    void add_lines(std::vector<Line> lines, double before, bool keep_with_next) {
        for (std::size_t i = 0; i < lines.size(); ++i) {
            const std::size_t left = lines.size() - i;  // this one counted
            const bool keep = left == 1 ? keep_with_next : i == 0 || left == 2;
            add_line({lines[i]}, i == 0 ? before : 0, keep);
        }
    }

    /// What is drawn at the height of one line.
    void add_line(std::vector<Line> side_by_side, double before, bool keep) {
        Ink ink;
        double height = 0;
        for (const Line& line : side_by_side) {
            std::ranges::move(notes_of({line}, breaker_, width_), std::back_inserter(ink.notes));
            height = std::max(height, line.height);
        }
        const Strip strip{.height = height,
                          .before = before + side_by_side.front().before,
                          .keep_with_next = keep,
                          .note_height = height_of(ink.notes)};
        ink.draw = [lines = std::move(side_by_side)](cairo_t* canvas, double left, double top) {
            for (const Line& line : lines) line.draw(canvas, left, top);
        };
        out_.add(strip, std::move(ink));
    }

    void set(const Letterhead& head) {
        constexpr double largest = 40, smallest = 22;
        const Paragraph name{.runs = {text(head.issuer)}, .align = Align::centre};
        double size = largest;
        while (size > smallest && breaker_.lines(name, width_, {.size = size, .bold = true}).size() > 1)
            size -= 1;
        for (const Line& line : breaker_.lines(name, width_, {.size = size, .bold = true}))
            add_red({line}, line.height);
        if (!head.number.empty())
            add_lines(
                breaker_.lines({.runs = {text(head.number)}, .align = Align::centre, .size = Size::letter},
                               width_),
                2 * block_gap, true);
        add_red({}, 2 * block_gap);
    }

    /// Lines in red; without any, a rule across the text area.
    void add_red(std::vector<Line> lines, double height) {
        Ink ink;
        ink.draw = [lines = std::move(lines), height, width = width_](cairo_t* canvas, double left,
                                                                      double top) {
            cairo_save(canvas);
            cairo_set_source_rgb(canvas, 0.8, 0, 0);
            for (const Line& line : lines) line.draw(canvas, left, top);
            if (lines.empty()) {
                cairo_set_line_width(canvas, 1.2);
                cairo_move_to(canvas, left, top + height);
                cairo_line_to(canvas, left + width, top + height);
                cairo_stroke(canvas);
            }
            cairo_restore(canvas);
        };
        out_.add({.height = height, .keep_with_next = true}, std::move(ink));
    }

    void set(const Title& title) {
        auto lines =
            breaker_.balanced(title.text, width_, {.size = points(Size::title), .bold = true}, Face::song);
        add_lines(std::move(lines), 2 * block_gap, true);
        if (!title.subtitle.empty())
            add_lines(breaker_.balanced(title.subtitle, width_, {.size = points(Size::body)}, Face::song), 0,
                      true);
        out_.strips.back().height += 2 * block_gap;
    }

    void set(const Heading& heading) {
        INVARIANT(heading.level >= 1 && heading.level <= 3);
        const double size = heading.level == 1 ? 14 : heading.level == 2 ? 12 : 10.5;
        const auto first = out_.strips.size();
        add_lines(breaker_.lines({.runs = {text(heading.text)}, .face = Face::hei}, width_,
                                 {.size = size, .bold = heading.level < 3}),
                  2 * block_gap, true);
        for (auto i = first; i < out_.strips.size(); ++i) out_.strips[i].keep_with_next = true;
        out_.inks[first].heading = heading.text;
        out_.inks[first].level = heading.level;
    }

    void set(const Paragraph& paragraph) {
        add_lines(breaker_.lines(paragraph, width_), block_gap, paragraph.keep_with_next);
    }

    void set(const Table& table) {
        if (!table.rows.empty()) set_table(table, breaker_, width_, height_, Rules::drawn, block_gap, out_);
    }

    void set(const List& list) {
        const double indent = points(list.size) * (list.numbered ? 2.2 : 1.2);
        int number = 0;
        for (const auto& item : list.items) {
            const std::string mark = list.numbered ? std::to_string(++number) + "." : "•";
            const auto first = breaker_.lines({.runs = {text(mark)}, .size = list.size}, indent);
            auto lines = breaker_.lines({.runs = item, .size = list.size}, width_ - indent);
            for (std::size_t i = 0; i < lines.size(); ++i) {
                lines[i].x += indent;
                const bool keep = lines.size() > 1 && (i == 0 || i + 2 == lines.size());
                if (i == 0)
                    add_line({lines[i], first.front()}, block_gap, keep);
                else
                    add_line({lines[i]}, 0, keep);
            }
        }
    }

    void set(const Signatures& block) {
        Table table{.widths = std::vector<double>(static_cast<std::size_t>(block.columns), 1), .rows = {}};
        for (const auto& one : block.signatures) {
            if (table.rows.empty() || table.rows.back().cells.size() == table.widths.size())
                table.rows.push_back({.cells = {}, .min_height_mm = 10});
            Paragraph line{.runs = {text(one.label), written(one.name, 6), text("  ")}};
            std::ranges::move(day(one.day, language()), std::back_inserter(line.runs));
            table.rows.back().cells.push_back({.paragraphs = {std::move(line)}, .foot = {}});
        }
        while (!table.rows.empty() && table.rows.back().cells.size() < table.widths.size())
            table.rows.back().cells.push_back({.paragraphs = {}, .foot = {}});
        if (!table.rows.empty())
            set_table(table, breaker_, width_, height_, Rules::none, 2 * block_gap, out_);
    }

    void set(const Image& image) {
        const auto caption =
            breaker_.balanced(image.caption, width_, {.size = points(Size::table)}, Face::song);
        const double room = height_ - (image.caption.empty() ? 0 : height_of(caption));
        const PictureOnPage drawn = fitted(image.picture, std::min(points(image.width_mm), width_), room);
        Ink ink{
            .draw =
                [drawn, picture = image.picture, width = width_](cairo_t* canvas, double left, double top) {
                    draw_picture(picture, drawn, canvas, left + (width - drawn.width) / 2, top);
                },
            .notes = {},
            .heading = {}};
        out_.add({.height = drawn.height, .before = block_gap, .keep_with_next = !image.caption.empty()},
                 std::move(ink));
        if (!image.caption.empty()) add_lines(caption, 0, false);
    }

    void set(const QrCode& code) {
        const double width = std::min(points(code.width_mm), width_);
        Ink ink{.draw = [content = code.content, width, all = width_](
                            cairo_t* canvas, double left,
                            double top) { draw_qr(content, canvas, left + (all - width) / 2, top, width); },
                .notes = {},
                .heading = {}};
        out_.add({.height = width,
                  .before = std::max(block_gap, points(code.space_before_mm)),
                  .keep_with_next = !code.caption.empty()},
                 std::move(ink));
        if (!code.caption.empty())
            add_lines(breaker_.balanced(code.caption, width_, {.size = points(Size::table)}, Face::song), 0,
                      false);
    }

    void set(const PageBreak&) { new_page_ = true; }

    /// A line for each heading; its last line gets the page. Room for the number stays free.
    void set(const Contents& contents) {
        constexpr double room_for_number = 30, indent = 12, small = 10.5;
        if (!contents.title.empty())
            add_lines(breaker_.balanced(contents.title, width_, {.size = 14, .bold = true}, Face::hei),
                      2 * block_gap, true);
        std::size_t index = 0;
        for (const Block& block : document_.blocks) {
            const auto* heading = std::get_if<Heading>(&block);
            if (!heading) continue;
            const std::size_t here = index++;
            if (heading->level > contents.levels) continue;
            const bool top = heading->level == 1;
            const double left = (heading->level - 1) * indent;
            auto lines = breaker_.lines({.runs = {text(heading->text)}, .face = top ? Face::hei : Face::song},
                                        width_ - left - room_for_number,
                                        {.size = top ? 12 : small, .bold = top, .spacing = 1.15});
            for (std::size_t i = 0; i < lines.size(); ++i) {
                lines[i].x += left;
                const bool last = i + 1 == lines.size();
                const double end = lines[i].x + lines[i].width, baseline = lines[i].ascent;
                // A column is not parted from its first headline.
                add_line({lines[i]}, i == 0 ? (top ? 2 : 0.5) * block_gap : 0, !last || top);
                if (!last) continue;
                out_.inks.back().names_heading = here;
                out_.inks.back().words_end = end;
                out_.inks.back().baseline = baseline;
            }
        }
    }

    words::Language language() const { return breaker_.language(); }

    const Document& document_;
    LineBreaker& breaker_;
    const double width_, height_;
    Typeset out_;
    bool new_page_ = false;
};

}  // namespace

std::vector<Line> notes_of(const std::vector<Line>& lines, LineBreaker& breaker, double width) {
    std::vector<Line> out;
    for (const Line& line : lines) {
        int number = line.first_note;
        for (const std::string& note : line.notes)
            std::ranges::move(breaker.lines({.runs = {text("[" + std::to_string(number++) + "] " + note)},
                                             .size = Size::note},
                                            width),
                              std::back_inserter(out));
    }
    return out;
}

Typeset typeset(const Document& document, LineBreaker& breaker, double width, double height) {
    return Typesetter(document, breaker, width, height).run();
}

}  // namespace ballast::document
