// CSV after RFC 4180, read leniently: any line end, text after a closing quote is kept, a quote inside an
// unquoted field is a character like others.
#include <array>
#include <atomic>
#include <filesystem>
#include <map>

#include "table/readers.h"
#include "table/refusal.h"
#include "table/text_stream.h"

namespace ballast::table {

namespace {

// The full-width comma and semicolon of Chinese text are data.
constexpr std::string_view separators = ",\t;";

/// Separators of each kind per line, outside quotes, in the first lines of a file.
char sniff_separator(std::string_view start, bool whole_file) {
    constexpr std::size_t lines_to_look_at = 50;
    std::array<std::map<std::int64_t, std::int64_t>, separators.size()> lines_with;  // count -> lines
    std::array<std::int64_t, separators.size()> in_line{};
    bool in_quotes = false;
    std::size_t lines = 0;
    const auto end_line = [&] {
        for (std::size_t kind = 0; kind < separators.size(); ++kind)
            if (in_line[kind] > 0) ++lines_with[kind][in_line[kind]];
        in_line.fill(0);
        ++lines;
    };
    for (const char c : start) {
        if (c == '"') in_quotes = !in_quotes;
        if (in_quotes) continue;
        if (c == '\n' || c == '\r') {
            end_line();
            if (lines == lines_to_look_at) break;
        } else if (const auto kind = separators.find(c); kind != std::string_view::npos) {
            ++in_line[kind];
        }
    }
    // A line that was cut counts only when there is no other.
    if (whole_file || lines == 0) end_line();

    // The right one splits the most lines alike; of two that do, the one that makes more columns.
    std::pair<std::int64_t, std::int64_t> best{0, 0};
    char separator = separators.front();
    for (std::size_t kind = 0; kind < separators.size(); ++kind) {
        for (const auto& [count, alike] : lines_with[kind]) {
            if (std::pair(alike, count) > best) best = {alike, count}, separator = separators[kind];
        }
    }
    return separator;
}

/// Takes off the apostrophe that Writer puts before a text that a spreadsheet would run as a formula.
std::string_view without_guard(std::string_view text) {
    if (text.empty() || text.front() != '\'') return text;
    const auto first = text.find_first_not_of('\'');
    const bool guarded = first != std::string_view::npos &&
                         std::string_view("=+-@\t\r\n").find(text[first]) != std::string_view::npos;
    return guarded ? text.substr(1) : text;
}

/// Cuts text into rows of fields; keeps one row at a time.
class RowCutter {
public:
    RowCutter(char separator, Place place, const Limits& limits,
              const std::function<Result<void>(const Row&)>& each)
        : place_(std::move(place)), limits_(limits), each_(each) {
        for (const char c : {separator, '"', '\r', '\n'}) special_[static_cast<unsigned char>(c)] = true;
        place_.row = 1;
        separator_ = separator;
        starts_.push_back(0);
    }

    Result<void> take(std::string_view piece) {
        for (std::size_t at = 0; at < piece.size();) {
            const std::size_t from = at;
            if (state_ == State::quoted) {
                at = std::min(piece.find('"', at), piece.size());
            } else {
                while (at < piece.size() && !special_[static_cast<unsigned char>(piece[at])]) ++at;
            }
            if (at > from) {
                after_carriage_return_ = false;
                if (state_ != State::quoted) state_ = State::plain;
                TRY(keep(piece.substr(from, at - from)));
            }
            if (at < piece.size()) TRY(special(piece[at++]));
        }
        return {};
    }

    Result<void> finish() {
        if (state_ == State::quoted) return quote_open();
        if (!text_.empty() || starts_.size() > 1) TRY(end_row());
        return {};
    }

private:
    enum class State : std::uint8_t { field_start, plain, quoted, quote_in_quoted };

    Result<void> special(char c) {
        const bool after_carriage_return = std::exchange(after_carriage_return_, false);
        if (c == '"') {
            switch (state_) {
                case State::field_start:
                    state_ = State::quoted;
                    return {};
                case State::quoted:
                    state_ = State::quote_in_quoted;
                    return {};
                case State::quote_in_quoted:
                    state_ = State::quoted;
                    return keep("\"");
                case State::plain:
                    return keep("\"");
            }
        }
        state_ = State::field_start;
        if (c == separator_) {
            starts_.push_back(text_.size());
            return line_is_short_enough();
        }
        if (c == '\n' && after_carriage_return) return {};
        after_carriage_return_ = c == '\r';
        return end_row();
    }

    Result<void> keep(std::string_view text) {
        text_ += text;
        return line_is_short_enough();
    }

    Result<void> line_is_short_enough() const {
        if (static_cast<std::int64_t>(text_.size() + starts_.size()) <= limits_.line_bytes) return {};
        if (state_ == State::quoted) return quote_open();
        return refusal_over("table.line_too_long", limits_.line_bytes, place_);
    }

    Error quote_open() const { return refusal("table.quote_open", place_); }

    Result<void> end_row() {
        cells_.clear();
        std::size_t used = 0;
        for (std::size_t field = 0; field < starts_.size(); ++field) {
            const auto end = field + 1 < starts_.size() ? starts_[field + 1] : text_.size();
            const auto text =
                without_guard(std::string_view(text_).substr(starts_[field], end - starts_[field]));
            cells_.push_back({.kind = text.empty() ? Cell::Kind::empty : Cell::Kind::text, .text = text});
            if (!text.empty()) used = field + 1;
        }
        cells_.resize(used);
        if (static_cast<std::int64_t>(used) > limits_.columns)
            return refusal_over("table.too_many_columns", limits_.columns, place_);
        if (used > 0) {
            for (; empty_rows_ > 0; --empty_rows_) TRY(each_(Row{{}, place_.row - empty_rows_, {}}));
            TRY(each_(Row{{}, place_.row, cells_}));
        } else {
            ++empty_rows_;
        }
        ++place_.row;
        text_.clear();
        starts_.assign(1, 0);
        return {};
    }

    Place place_;  // the row being cut
    const Limits& limits_;
    const std::function<Result<void>(const Row&)>& each_;
    std::array<bool, 256> special_{};
    char separator_;
    State state_ = State::field_start;
    bool after_carriage_return_ = false;
    std::string text_;                 // of the row, fields end to end
    std::vector<std::size_t> starts_;  // of the fields in text_
    std::vector<Cell> cells_;
    std::int64_t empty_rows_ = 0;  // held back until a row with something in it comes
};

class CsvReader : public Reader {
public:
    CsvReader(std::string path, std::string name, const Limits& limits, Encoding encoding, char separator,
              std::int64_t size)
        : path_(std::move(path)),
          name_(std::move(name)),
          limits_(limits),
          encoding_(encoding),
          separator_(separator),
          size_(size) {}

    Format format() const override { return Format::csv; }
    const std::string& name() const override { return name_; }
    std::vector<std::string> sheets() const override { return {""}; }
    double progress() const override {
        return std::min(1.0, static_cast<double>(read_) / static_cast<double>(size_));
    }

    Result<void> read(std::size_t sheet, const std::function<Result<void>(const Row&)>& each) override {
        INVARIANT(sheet == 0);
        auto stream = TRY(TextStream::open(path_, encoding_, name_));
        RowCutter cutter(separator_, Place{.file = name_}, limits_, each);
        while (true) {
            const auto piece = TRY(stream.next());
            if (piece.empty()) break;
            TRY(cutter.take(piece));
            read_ = stream.bytes_read();
        }
        return cutter.finish();
    }

private:
    std::string path_;
    std::string name_;
    Limits limits_;
    Encoding encoding_;
    char separator_;
    std::int64_t size_;
    std::atomic<std::int64_t> read_ = 0;
};

}  // namespace

Result<std::unique_ptr<Reader>> open_csv(const std::string& path, std::string name, const Limits& limits) {
    const auto encoding = TRY(detect_encoding(path, name));
    auto stream = TRY(TextStream::open(path, encoding, name));
    const std::string start(TRY(stream.next()));
    if (start.empty()) return refusal("table.empty", Place{.file = name});
    const bool whole_file = TRY(stream.next()).empty();
    const auto size = static_cast<std::int64_t>(std::filesystem::file_size(path));
    return std::unique_ptr<Reader>(std::make_unique<CsvReader>(path, std::move(name), limits, encoding,
                                                               sniff_separator(start, whole_file), size));
}

}  // namespace ballast::table
