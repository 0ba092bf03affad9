#include "document/lines.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "document/printable.h"

namespace ballast::document {
namespace {

constexpr const char* song = "Noto Serif CJK SC,Noto Serif,serif";
constexpr const char* hei = "Noto Sans CJK SC,Noto Sans,sans-serif";
constexpr const char* with_boxes =
    "DejaVu Sans,Noto Sans Symbols2,Noto Sans CJK SC";  // one drawing of ☐ and ☑

double from_pango(int units) { return static_cast<double>(units) / PANGO_SCALE; }
int to_pango(double length) { return static_cast<int>(length * PANGO_SCALE); }

/// The text of a layout with the attributes of its stretches.
class StyledText {
public:
    StyledText() : attributes_(pango_attr_list_new()) {}

    void add(std::string_view text, std::initializer_list<PangoAttribute*> attributes) {
        const auto start = static_cast<guint>(text_.size());
        text_ += text;
        for (PangoAttribute* one : attributes) {
            if (!one) continue;
            one->start_index = start;
            one->end_index = static_cast<guint>(text_.size());
            pango_attr_list_insert(attributes_.get(), one);
        }
    }
    /// A box and its label, between which no line is broken.
    void add_box(std::string_view box, std::string_view label,
                 std::initializer_list<PangoAttribute*> attributes) {
        const auto start = static_cast<guint>(text_.size());
        add(box, {pango_attr_family_new(with_boxes)});
        add(label, attributes);
        PangoAttribute* const together = pango_attr_allow_breaks_new(FALSE);
        together->start_index = start;
        together->end_index = static_cast<guint>(text_.size());
        pango_attr_list_insert(attributes_.get(), together);
    }
    const std::string& text() const { return text_; }
    PangoAttrList* attributes() const { return attributes_.get(); }

private:
    std::string text_;
    Attributes attributes_;
};

PangoAttribute* when(bool wanted, PangoAttribute* attribute) {
    if (wanted) return attribute;
    pango_attribute_destroy(attribute);
    return nullptr;
}

/// A line to write on, in blanks at which no line is broken; four of them are about one character wide.
std::string line_to_write_on(int ems) {
    std::string out;
    for (int i = 0; i < 4 * ems; ++i) out += "\u00A0";
    return out;
}

/// When a line is spread to both margins, Pango widens its blanks alone, and a number among Chinese
/// characters would stand in a gap. A quarter em there is no blank to it, so that all characters move apart a
/// little.
std::string spreadable(std::string_view words) {
    constexpr char32_t quarter_em = 0x2005;
    std::u32string out = text::code_points(words);
    const auto latin = [](char32_t c) { return c > U' ' && c < 0x7F; };
    for (std::size_t i = 1; i + 1 < out.size(); ++i)
        if (out[i] == U' ' && ((text::is_han(out[i - 1]) && latin(out[i + 1])) ||
                               (latin(out[i - 1]) && text::is_han(out[i + 1]))))
            out[i] = quarter_em;
    return text::utf8(out);
}

std::string_view symbol_of(Run::Kind kind) { return kind == Run::Kind::ticked ? "\u2611" : "\u2610"; }

}  // namespace

double points(Size size) {
    switch (size) {
        case Size::note:
            return 9;
        case Size::table:
            return 10.5;
        case Size::body:
            return 12;
        case Size::letter:
            return 16;
        case Size::title:
            return 22;
    }
    return 12;
}

void Line::draw(cairo_t* canvas, double left, double top) const {
    cairo_move_to(canvas, left + x, top + ascent);
    pango_cairo_show_layout_line(canvas, line);
}

double height_of(const std::vector<Line>& lines) {
    double sum = 0;
    for (const Line& line : lines) sum += line.before + line.height;
    return sum;
}

void draw(const std::vector<Line>& lines, cairo_t* canvas, double left, double top) {
    for (const Line& line : lines) {
        line.draw(canvas, left, top + line.before);
        top += line.before + line.height;
    }
}

LineBreaker::LineBreaker(words::Language language) : language_(language) {
    // The font map belongs to the thread (Pango keeps one for each).
    context_.reset(pango_font_map_create_context(pango_cairo_font_map_get_default()));
    pango_cairo_context_set_resolution(context_.get(), 72);
    // Independent of the process's locale and of what the text begins with.
    pango_context_set_language(context_.get(),
                               pango_language_from_string(language == words::Language::zh ? "zh-cn" : "en"));
    pango_context_set_base_dir(context_.get(), PANGO_DIRECTION_LTR);
    pango_context_set_round_glyph_positions(context_.get(), FALSE);
    cairo_font_options_t* options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context_.get(), options);
    cairo_font_options_destroy(options);
}

bool LineBreaker::writes_chinese() const {
    const std::shared_ptr<PangoLayout> sample(pango_layout_new(context_.get()), g_object_unref);
    const FontDescription font(pango_font_description_from_string(song));
    pango_layout_set_font_description(sample.get(), font.get());
    pango_layout_set_text(sample.get(), "国", -1);
    return pango_layout_get_unknown_glyphs_count(sample.get()) == 0;
}

std::vector<char32_t> LineBreaker::without_glyph(std::string_view words) const {
    const std::shared_ptr<PangoLayout> sample(pango_layout_new(context_.get()), g_object_unref);
    const FontDescription font(pango_font_description_from_string(song));
    pango_layout_set_font_description(sample.get(), font.get());
    const auto unknown = [&](const std::string& text) {
        pango_layout_set_text(sample.get(), text.data(), static_cast<int>(text.size()));
        return pango_layout_get_unknown_glyphs_count(sample.get());
    };
    std::vector<char32_t> out;
    if (unknown(printable(words)) == 0) return out;
    std::set<char32_t> different;
    for (const char32_t c : text::code_points(printable(words)))
        if (c > 0x7F) different.insert(c);
    for (const char32_t c : different)
        if (unknown(text::utf8(std::u32string(1, c))) > 0) out.push_back(c);
    return out;
}

std::shared_ptr<PangoLayout> LineBreaker::layout(const Paragraph& paragraph, double width, const Look& look,
                                                 std::vector<std::pair<int, std::string>>& notes) {
    StyledText styled;
    for (const Run& run : paragraph.runs) {
        PangoAttribute* const underline = when(run.underlined || run.kind == Run::Kind::blank,
                                               pango_attr_underline_new(PANGO_UNDERLINE_SINGLE));
        PangoAttribute* const weight = when(run.bold || look.bold, pango_attr_weight_new(PANGO_WEIGHT_BOLD));
        switch (run.kind) {
            case Run::Kind::text:
                styled.add(look.spread ? spreadable(printable(run.text)) : printable(run.text),
                           {underline, weight});
                break;
            case Run::Kind::blank:
                styled.add(line_to_write_on(run.ems), {underline, weight});
                break;
            case Run::Kind::box:
            case Run::Kind::ticked:
                styled.add_box(symbol_of(run.kind), printable(run.text), {underline, weight});
                break;
        }
        if (run.note.empty()) continue;
        styled.add("[" + std::to_string(++notes_) + "]",
                   {pango_attr_scale_new(0.65), pango_attr_rise_new(to_pango(look.size * 0.35))});
        notes.emplace_back(static_cast<int>(styled.text().size()), run.note);
    }

    std::shared_ptr<PangoLayout> layout(pango_layout_new(context_.get()), g_object_unref);
    const FontDescription font(pango_font_description_from_string(paragraph.face == Face::hei ? hei : song));
    pango_font_description_set_absolute_size(font.get(), look.size * PANGO_SCALE);
    pango_layout_set_font_description(layout.get(), font.get());
    pango_layout_set_auto_dir(layout.get(), FALSE);
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    const double inset = paragraph.inset_right * look.size;
    pango_layout_set_width(layout.get(), to_pango(std::max(width - inset, look.size)));
    pango_layout_set_line_spacing(layout.get(), static_cast<float>(look.spacing));
    pango_layout_set_justify(layout.get(), look.spread);
    if (paragraph.indented) pango_layout_set_indent(layout.get(), to_pango(2 * look.size));
    pango_layout_set_alignment(layout.get(), paragraph.align == Align::centre  ? PANGO_ALIGN_CENTER
                                             : paragraph.align == Align::right ? PANGO_ALIGN_RIGHT
                                                                               : PANGO_ALIGN_LEFT);
    pango_layout_set_text(layout.get(), styled.text().data(), static_cast<int>(styled.text().size()));
    pango_layout_set_attributes(layout.get(), styled.attributes());
    return layout;
}

std::vector<Line> LineBreaker::lines(const Paragraph& paragraph, double width) {
    const bool roomy = paragraph.size == Size::letter || paragraph.size == Size::body;
    // What is written on a line stays whole if it can; the line above would be drawn out to nothing but gaps.
    const bool plain = std::ranges::none_of(
        paragraph.runs, [](const Run& run) { return run.kind == Run::Kind::blank || run.underlined; });
    return lines(
        paragraph, width,
        {.size = points(paragraph.size),
         .spread = roomy && plain && paragraph.align == Align::left && language_ == words::Language::zh,
         .spacing = paragraph.size == Size::letter ? 1.2
                    : roomy                        ? 1.1
                                                   : 1.0});
}

std::vector<Line> LineBreaker::lines(const Paragraph& paragraph, double width, const Look& look) {
    const int first_note = notes_ + 1;
    std::vector<std::pair<int, std::string>> notes;
    const auto owner = layout(paragraph, width, look, notes);
    std::vector<Line> out;
    const LineIterator at(pango_layout_get_iter(owner.get()));
    std::size_t note = 0;
    do {
        PangoRectangle box;
        pango_layout_iter_get_line_extents(at.get(), nullptr, &box);
        int top = 0, bottom = 0;
        pango_layout_iter_get_line_yrange(at.get(), &top, &bottom);
        Line line{.owner = owner, .line = pango_layout_iter_get_line(at.get())};
        line.x = from_pango(box.x);
        line.width = from_pango(box.width);
        line.ascent = from_pango(pango_layout_iter_get_baseline(at.get()) - top);
        line.height = from_pango(bottom - top);
        line.first_note = first_note + static_cast<int>(note);
        const int end =
            pango_layout_line_get_start_index(line.line) + pango_layout_line_get_length(line.line);
        for (; note < notes.size() && notes[note].first <= end; ++note)
            line.notes.push_back(notes[note].second);
        out.push_back(std::move(line));
    } while (pango_layout_iter_next_line(at.get()));
    out.front().before = points(paragraph.space_before_mm);
    return out;
}

std::vector<Line> LineBreaker::balanced(const std::string& words, double width, const Look& look, Face face) {
    const Paragraph paragraph{.runs = {text(words)}, .align = Align::centre, .face = face};
    auto best = lines(paragraph, width, look);
    double narrow = width / 2, wide = width;
    while (best.size() > 1 && wide - narrow > look.size / 2) {
        const double middle = (narrow + wide) / 2;
        auto tried = lines(paragraph, middle, look);
        if (tried.size() == best.size()) {
            best = std::move(tried);
            wide = middle;
        } else {
            narrow = middle;
        }
    }
    for (Line& line : best) line.x += (width - wide) / 2;
    return best;
}

}  // namespace ballast::document
