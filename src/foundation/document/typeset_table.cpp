#include <algorithm>
#include <numeric>

#include "document/typeset.h"

namespace ballast::document {
namespace {

constexpr double padding_x = points(1.3), padding_y = points(1.0);
constexpr double foot_gap = points(2);
constexpr double rule_width = 0.5;

/// A cell with its place in the grid and its text in lines.
struct SetCell {
    std::size_t row = 0;
    int rows = 1;
    double x = 0, width = 0;
    bool middle = true;
    std::vector<Line> lines = {}, foot = {};

    double height() const {
        return height_of(lines) + (foot.empty() ? 0 : foot_gap + height_of(foot)) + 2 * padding_y;
    }
};

class TableSetter {
public:
    TableSetter(const Table& table, LineBreaker& breaker, double width, double page_height, Rules rules,
                Typeset& out)
        : table_(table),
          breaker_(breaker),
          width_(width),
          page_height_(page_height),
          ruled_(rules == Rules::drawn),
          out_(out),
          heights_(table.rows.size()) {}

    void run(double before) {
        place_cells();
        measure();
        std::vector<std::size_t> header;
        double header_height = 0;
        std::size_t cell = 0;
        for (std::size_t first = 0; first < heights_.size();) {
            const std::size_t end = end_of_group(first, cell);
            std::vector<SetCell> group;
            for (; cell < cells_.size() && cells_[cell].row < end; ++cell)
                group.push_back(std::move(cells_[cell]));
            const bool heads = first < table_.header_rows;
            const auto begin = out_.strips.size();
            const double room = page_height_ - header_height;
            if (height_of_rows(first, end - first) <= room)
                add_group(std::move(group), first, end);
            else
                cut_group(std::move(group), first, end, room);
            for (auto i = begin; i < out_.strips.size(); ++i) {
                if (heads) {
                    header.push_back(i);
                    header_height += out_.strips[i].height;
                    out_.strips[i].keep_with_next = true;
                } else if (!header.empty()) {
                    if (!repeated_) repeated_ = std::make_shared<const std::vector<std::size_t>>(header);
                    // The first row stands below the heading itself.
                    if (i != header.back() + 1) out_.strips[i].repeated = repeated_;
                }
            }
            if (first == 0 && begin < out_.strips.size()) out_.strips[begin].before = before;
            first = end;
        }
    }

private:
    void place_cells() {
        const std::size_t columns = table_.widths.size();
        const double sum = std::accumulate(table_.widths.begin(), table_.widths.end(), 0.0);
        INVARIANT(columns > 0 && sum > 0 && table_.header_rows <= table_.rows.size());
        std::vector<double> edges{0};
        for (const double width : table_.widths) edges.push_back(edges.back() + width_ * width / sum);
        std::vector<std::size_t> taken_until(columns, 0);  // the row at which the column is free again
        for (std::size_t row = 0; row < table_.rows.size(); ++row) {
            std::size_t column = 0;
            for (const Cell& cell : table_.rows[row].cells) {
                while (column < columns && taken_until[column] > row) ++column;
                const std::size_t end = column + static_cast<std::size_t>(cell.columns);
                INVARIANT(cell.columns > 0 && cell.rows > 0 && end <= columns);
                INVARIANT(row + static_cast<std::size_t>(cell.rows) <= table_.rows.size());
                cells_.push_back(set(cell, row, edges[column], edges[end] - edges[column]));
                for (; column < end; ++column) {
                    INVARIANT(taken_until[column] <= row);
                    taken_until[column] = row + static_cast<std::size_t>(cell.rows);
                }
            }
            for (const std::size_t until : taken_until) INVARIANT(until > row);
        }
    }

    SetCell set(const Cell& cell, std::size_t row, double x, double width) {
        SetCell out{.row = row, .rows = cell.rows, .x = x, .width = width, .middle = cell.foot.empty()};
        const double inside = width - 2 * padding_x;
        for (const Paragraph& paragraph : cell.paragraphs)
            std::ranges::move(breaker_.lines(paragraph, inside, look_of(paragraph)),
                              std::back_inserter(out.lines));
        for (const Paragraph& paragraph : cell.foot)
            std::ranges::move(breaker_.lines(paragraph, inside, look_of(paragraph)),
                              std::back_inserter(out.foot));
        return out;
    }

    static LineBreaker::Look look_of(const Paragraph& paragraph) { return {.size = points(paragraph.size)}; }

    void measure() {
        for (std::size_t row = 0; row < heights_.size(); ++row)
            heights_[row] = points(table_.rows[row].min_height_mm);
        for (const SetCell& cell : cells_)
            if (cell.rows == 1) heights_[cell.row] = std::max(heights_[cell.row], cell.height());
        for (const SetCell& cell : cells_) {
            const double lacking =
                cell.height() - height_of_rows(cell.row, static_cast<std::size_t>(cell.rows));
            if (lacking > 0) heights_[cell.row + static_cast<std::size_t>(cell.rows) - 1] += lacking;
        }
    }

    double height_of_rows(std::size_t first, std::size_t count) const {
        const auto begin = heights_.begin() + static_cast<std::ptrdiff_t>(first);
        return std::accumulate(begin, begin + static_cast<std::ptrdiff_t>(count), 0.0);
    }

    /// Rows that a cell spans stay together.
    std::size_t end_of_group(std::size_t first, std::size_t cell) const {
        std::size_t end = first + 1;
        for (; cell < cells_.size() && cells_[cell].row < end; ++cell)
            end = std::max(end, cells_[cell].row + static_cast<std::size_t>(cells_[cell].rows));
        return end;
    }

    void add_group(std::vector<SetCell> group, std::size_t first, std::size_t end) {
        std::vector<double> tops{0};
        for (std::size_t row = first; row < end; ++row) tops.push_back(tops.back() + heights_[row]);
        Ink ink;
        for (const SetCell& cell : group)
            for (const auto* lines : {&cell.lines, &cell.foot})
                std::ranges::move(notes_of(*lines, breaker_, width_), std::back_inserter(ink.notes));
        const double height = tops.back(), note_height = height_of(ink.notes);
        ink.draw = [group = std::move(group), tops = std::move(tops), first, ruled = ruled_](
                       cairo_t* canvas, double left, double top) {
            for (const SetCell& cell : group) {
                const std::size_t row = cell.row - first;
                draw_cell(cell, canvas, left + cell.x, top + tops[row],
                          tops[row + static_cast<std::size_t>(cell.rows)] - tops[row], ruled);
            }
        };
        out_.add({.height = height, .note_height = note_height}, std::move(ink));
    }

    static void draw_cell(const SetCell& cell, cairo_t* canvas, double x, double y, double height,
                          bool ruled) {
        if (ruled) {
            cairo_set_line_width(canvas, rule_width);
            cairo_rectangle(canvas, x, y, cell.width, height);
            cairo_stroke(canvas);
        }
        const double spare = height - cell.height();
        draw(cell.lines, canvas, x + padding_x, y + padding_y + (cell.middle ? spare / 2 : 0));
        draw(cell.foot, canvas, x + padding_x, y + height - padding_y - height_of(cell.foot));
    }

    /// A group that is higher than a page: its rows apart, cells that span them in their first row; a row
    /// that is still higher is cut between lines, each cell for itself.
    void cut_group(std::vector<SetCell> group, std::size_t first, std::size_t end, double room) {
        const std::vector<SetCell> spanning = [&] {
            std::vector<SetCell> out;
            for (const SetCell& cell : group)
                if (cell.rows > 1) out.push_back(cell);
            return out;
        }();
        for (std::size_t row = first; row < end; ++row) {
            std::vector<SetCell> own;
            for (SetCell& cell : group)
                if (cell.row == row) own.push_back(std::move(cell)), own.back().rows = 1;
            for (const SetCell& above : spanning)
                if (above.row < row && row < above.row + static_cast<std::size_t>(above.rows))
                    own.push_back({.row = row, .x = above.x, .width = above.width});
            for (SetCell& cell : own) {
                std::ranges::move(cell.foot, std::back_inserter(cell.lines));
                cell.foot.clear();
                cell.middle = false;
            }
            while (!own.empty()) {
                std::vector<SetCell> piece = head_of(own, room - 2 * padding_y);
                heights_[row] = points(6);
                for (const SetCell& cell : piece) heights_[row] = std::max(heights_[row], cell.height());
                add_group(std::move(piece), row, row + 1);
                if (std::ranges::all_of(own, [](const SetCell& cell) { return cell.lines.empty(); }))
                    own.clear();
            }
        }
    }

    /// Takes the lines that fit, at least one of each cell.
    static std::vector<SetCell> head_of(std::vector<SetCell>& row, double room) {
        std::vector<SetCell> head = row;
        for (std::size_t i = 0; i < row.size(); ++i) {
            auto& all = row[i].lines;
            std::size_t count = 0;
            for (double sum = 0; count < all.size(); ++count) {
                sum += all[count].before + all[count].height;
                if (sum > room && count > 0) break;
            }
            const auto cut = static_cast<std::ptrdiff_t>(count);
            head[i].lines.assign(all.begin(), all.begin() + cut);
            all.erase(all.begin(), all.begin() + cut);
        }
        return head;
    }

    const Table& table_;
    LineBreaker& breaker_;
    const double width_, page_height_;
    const bool ruled_;
    Typeset& out_;
    std::vector<SetCell> cells_ = {};
    std::vector<double> heights_ = {};
    std::shared_ptr<const std::vector<std::size_t>> repeated_ = {};
};

}  // namespace

void set_table(const Table& table, LineBreaker& breaker, double width, double page_height, Rules rules,
               double before, Typeset& out) {
    TableSetter(table, breaker, width, page_height, rules, out).run(before);
}

}  // namespace ballast::document
