#include "document/paging.h"

namespace ballast::document {
namespace {

class Pager {
public:
    Pager(const std::vector<Strip>& strips, double height, double note_gap)
        : strips_(strips), height_(height), note_gap_(note_gap) {}

    std::vector<Page> run() {
        pages_.emplace_back();
        for (std::size_t first = 0; first < strips_.size();) {
            const std::size_t end = end_of_group(first);
            if (strips_[first].new_page && !pages_.back().empty()) turn();
            if (!fits(first, end) && !pages_.back().empty() && fits_alone(first, end)) turn();
            for (; first < end; ++first) {
                if (!fits(first, first + 1) && !pages_.back().empty()) turn();
                place(first);
            }
        }
        return std::move(pages_);
    }

private:
    std::size_t end_of_group(std::size_t first) const {
        std::size_t end = first;
        while (end + 1 < strips_.size() && strips_[end].keep_with_next && !strips_[end + 1].new_page) ++end;
        return end + 1;
    }

    double repeated_height(std::size_t strip) const {
        double sum = 0;
        if (strips_[strip].repeated)
            for (const std::size_t header : *strips_[strip].repeated) sum += strips_[header].height;
        return sum;
    }

    bool fits(std::size_t first, std::size_t end) const {
        return room_for(first, end, y_, notes_, pages_.back().empty());
    }
    bool fits_alone(std::size_t first, std::size_t end) const { return room_for(first, end, 0, 0, true); }

    bool room_for(std::size_t first, std::size_t end, double y, double notes, bool top) const {
        constexpr double rounding = 0.01;
        if (top) y += repeated_height(first);
        for (std::size_t i = first; i < end; ++i) {
            y += strips_[i].height + (top && i == first ? 0 : strips_[i].before);
            notes += strips_[i].note_height;
        }
        return y + notes + (notes > 0 ? note_gap_ : 0) <= height_ + rounding;
    }

    void place(std::size_t strip) {
        const bool top = pages_.back().empty();
        if (top && strips_[strip].repeated)
            for (const std::size_t header : *strips_[strip].repeated) {
                pages_.back().push_back({header, y_, true});
                y_ += strips_[header].height;
            }
        if (!top) y_ += strips_[strip].before;
        pages_.back().push_back({strip, y_});
        y_ += strips_[strip].height;
        notes_ += strips_[strip].note_height;
    }

    void turn() {
        pages_.emplace_back();
        y_ = notes_ = 0;
    }

    const std::vector<Strip>& strips_;
    const double height_, note_gap_;
    std::vector<Page> pages_;
    double y_ = 0, notes_ = 0;
};

}  // namespace

std::vector<Page> paged(const std::vector<Strip>& strips, double height, double note_gap) {
    return Pager(strips, height, note_gap).run();
}

}  // namespace ballast::document
