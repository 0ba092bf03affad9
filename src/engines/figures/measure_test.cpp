// How many of the figures of labelled prose are found, and how many of those found are right: by kind.
// passages/labelled.txt was read while rules were written, passages/unseen.txt only once they were.
#include <gtest/gtest.h>

#include <fstream>
#include <map>

#include "base/text.h"
#include "figures/extract.h"
#include "figures/numerals.h"

namespace ballast::figures {
namespace {

const std::string folder = std::string(BALLAST_SOURCE_DIR) + "/src/engines/figures/passages/";

/// What a reader of the conventions says of a figure.
struct Label {
    Span span;
    std::string kind, value, unit;
};

std::string kind_of(std::string_view letter) {
    static const std::map<std::string_view, std::string> names{
        {"q", "quantity"}, {"c", "count"}, {"%", "percent"}, {"p", "pp"},
        {"d", "duration"}, {"D", "date"},  {"Y", "year"},    {"P", "period"}};
    const auto at = names.find(letter);
    return at == names.end() ? "no such kind: " + std::string(letter) : at->second;
}

bool statistical(std::string_view kind) {
    static const std::map<std::string_view, int> kinds{{"quantity", 0}, {"count", 1},    {"percent", 2},
                                                       {"pp", 3},       {"duration", 4}, {"date", 5},
                                                       {"year", 6},     {"period", 7}};
    return kinds.contains(kind);
}

/// "3.6万户": 36000 and 户, read in the plainest way: digits, one scale, the rest.
void read_plainly(std::u32string_view surface, Label& label) {
    std::size_t end = 0;
    std::string digits;
    for (; end < surface.size() && (is_ascii_digit(surface[end]) || one_of(surface[end], U".,")); ++end)
        if (surface[end] != U',') digits.push_back(static_cast<char>(surface[end]));
    Decimal value = *Decimal::parse(digits);
    for (; end < surface.size() && one_of(surface[end], U"万亿 "); ++end)
        if (surface[end] != U' ') value = value * Decimal{surface[end] == U'万' ? 10'000 : 100'000'000};
    label.value = value.plain();
    label.unit = label.kind == "year" ? "" : text::utf8(surface.substr(end));
}

/// A passage with its figures as {surface|kind|value|unit}; value and unit may be left out where the surface
/// says them plainly, and a value "-" is not compared.
struct Passage {
    std::u32string text;
    std::vector<Label> labels;

    explicit Passage(std::string_view marked) {
        while (!marked.empty()) {
            const std::size_t open = marked.find('{');
            text += text::code_points(marked.substr(0, open));
            if (open == std::string_view::npos) return;
            const std::size_t close = marked.find('}', open);
            const auto parts = text::split(marked.substr(open + 1, close - open - 1), '|');
            const std::u32string surface = text::code_points(parts[0]);
            Label label{{text.size(), text.size() + surface.size()},
                        kind_of(parts.size() < 2 ? "%" : parts[1]),
                        {},
                        {}};
            if (parts.size() > 2) {
                label.value = parts[2];
                if (parts.size() > 3) label.unit = parts[3];
            } else {
                read_plainly(surface, label);
            }
            text += surface;
            labels.push_back(std::move(label));
            marked.remove_prefix(close + 1);
        }
    }
};

struct Tally {
    int labelled = 0, found = 0, right = 0;
};

std::string value_said(const Mention& m) {
    return m.kind == Kind::year && m.date.empty() ? std::string{} : value_text(m);
}

bool same_value(const std::string& labelled, const std::string& read) {
    if (labelled == "-" || labelled == read) return true;
    const auto one = Decimal::parse(labelled), other = Decimal::parse(read);
    return one && other && *one == *other;
}

class Measured {
public:
    void read(const Passage& passage) {
        std::map<std::pair<std::size_t, std::size_t>, Mention> read;
        for (const Mention& m : extract(passage.text)) {
            if (!statistical(to_string(m.kind))) continue;
            ++by_kind_[std::string(to_string(m.kind))].found;
            read[{m.span.start, m.span.end}] = m;
        }
        for (const Label& label : passage.labels) {
            Tally& tally = by_kind_[label.kind];
            ++tally.labelled;
            const auto at = read.find({label.span.start, label.span.end});
            if (at != read.end() && label.kind == to_string(at->second.kind) &&
                same_value(label.value, value_said(at->second)) && label.unit == at->second.unit) {
                ++tally.right;
                read.erase(at);
                continue;
            }
            wrong_ += "  missed " + said(passage, label.span) + " " + label.kind + " " + label.value + " " +
                      label.unit + "\n";
        }
        for (const auto& [span, m] : read)
            wrong_ += "  wrong  " + said(passage, m.span) + " " + std::string(to_string(m.kind)) + " " +
                      value_said(m) + " " + m.unit + "\n";
    }

    Tally total() const {
        Tally sum;
        for (const auto& [kind, tally] : by_kind_) {
            sum.labelled += tally.labelled;
            sum.found += tally.found;
            sum.right += tally.right;
        }
        return sum;
    }

    void print(const char* name) const {
        std::printf("%s\n%s", name, wrong_.c_str());
        const auto row = [](const char* kind, const Tally& t) {
            std::printf("  %-10s %5d labelled  recall %6.2f %%  precision %6.2f %%\n", kind, t.labelled,
                        t.labelled == 0 ? 100.0 : 100.0 * t.right / t.labelled,
                        t.found == 0 ? 100.0 : 100.0 * t.right / t.found);
        };
        for (const auto& [kind, tally] : by_kind_) row(kind.c_str(), tally);
        row("all", total());
    }

private:
    static std::string said(const Passage& passage, Span span) {
        const std::size_t from = span.start < 6 ? 0 : span.start - 6;
        const std::u32string_view text = passage.text;
        return text::utf8(text.substr(from, span.start - from)) + "[" +
               text::utf8(text.substr(span.start, span.end - span.start)) + "]" +
               text::utf8(text.substr(span.end, 4));
    }

    std::map<std::string, Tally> by_kind_;
    std::string wrong_;
};

Measured measured(const std::string& file) {
    std::ifstream in(file);
    EXPECT_TRUE(in) << file;
    Measured out;
    for (std::string line; std::getline(in, line);)
        if (!line.empty() && line[0] != '#') out.read(Passage(line));
    out.print(file.c_str());
    return out;
}

TEST(Measure, FindsTheFiguresOfLabelledProse) {
    for (const std::string& file :
         {std::string("labelled.txt"), std::string("fresh.txt"), std::string("unseen.txt")}) {
        const Tally all = measured(folder + file).total();
        EXPECT_GE(all.right, 0.98 * all.labelled) << file;
        EXPECT_GE(all.right, 0.98 * all.found) << file;
    }
}

}  // namespace
}  // namespace ballast::figures
