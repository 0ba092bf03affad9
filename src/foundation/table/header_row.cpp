#include "table/header_row.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace ballast::table {

namespace {

bool is_blank(char32_t c) {
    return c <= 0x20 || c == 0x7F || c == 0xA0 || (c >= 0x2000 && c <= 0x200F) || c == 0x2028 ||
           c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x2060 || c == 0x3000 || c == 0xFEFF;
}

/// In half width, without blanks of any kind.
std::string compact(std::string_view text) {
    std::u32string kept;
    for (const auto c : text::code_points(text::half_width(text)))
        if (!is_blank(c)) kept += c == U'【' || c == U'〔' ? U'(' : c == U'】' || c == U'〕' ? U')' : c;
    return text::utf8(kept);
}

bool drop_end(std::string& text, std::string_view end) {
    if (text.size() <= end.size() || !text.ends_with(end)) return false;
    text.resize(text.size() - end.size());
    return true;
}

std::size_t digits_in(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }));
}

std::string joined(const std::vector<std::string>& parts) {
    std::string text;
    for (const auto& part : parts) text.append(text.empty() ? "" : ", ").append(part);
    return text.empty() ? "-" : text;
}

std::string shortened(std::string_view title) {
    constexpr std::size_t most = 20;
    auto points = text::code_points(compact(title));
    if (points.size() > most) points = points.substr(0, most) + U"…";
    return text::utf8(points);
}

constexpr std::array<std::string_view, 5> total_words{"合计", "总计", "小计", "共计", "累计"};

/// `text` is compact.
bool says_total(std::string_view text) {
    return std::any_of(total_words.begin(), total_words.end(), [&](std::string_view word) {
        if (!text.starts_with(word)) return false;
        const auto rest = text.substr(word.size());
        return rest.empty() || std::string_view(":(0123456789").find(rest.front()) != std::string_view::npos;
    });
}

bool ends_in_total(std::string_view text) {
    return std::any_of(total_words.begin(), total_words.end(), [&](std::string_view word) {
        return text.ends_with(word) ||
               (text.ends_with(':') && text.substr(0, text.size() - 1).ends_with(word));
    });
}

}  // namespace

std::string plain_title(std::string_view title) {
    auto plain = compact(title);
    std::erase(plain, '*');
    for (auto& c : plain)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
    while (drop_end(plain, ":") || drop_end(plain, "(必填)") || drop_end(plain, "(选填)") ||
           drop_end(plain, "(元)")) {
    }
    return plain;
}

std::size_t Header::known() const {
    return static_cast<std::size_t>(std::count_if(positions.begin(), positions.end(),
                                                  [](const auto& places) { return !places.empty(); }));
}

std::optional<std::size_t> Header::position(std::size_t column) const {
    if (column >= positions.size() || positions[column].empty()) return std::nullopt;
    return positions[column].front();
}

const Cell& Header::cell(const Row& of, std::size_t column) const {
    static const Cell empty;
    const auto place = position(column);
    return place && *place < of.cells.size() ? of.cells[*place] : empty;
}

HeaderSearch::HeaderSearch(std::span<const KnownColumn> columns, std::int64_t within_rows)
    : columns_(columns.begin(), columns.end()), within_rows_(within_rows) {
    for (std::size_t column = 0; column < columns_.size(); ++column) {
        titles_.push_back({plain_title(columns_[column].title), column});
        for (const auto& synonym : columns_[column].synonyms)
            titles_.push_back({plain_title(synonym), column});
    }
    std::sort(titles_.begin(), titles_.end(),
              [](const Title& a, const Title& b) { return a.plain < b.plain; });
    for (std::size_t at = 1; at < titles_.size(); ++at)
        INVARIANT(titles_[at - 1].plain != titles_[at].plain || titles_[at - 1].column == titles_[at].column);
}

void HeaderSearch::look_at(const Row& row) {
    if (row.number > within_rows_) return;
    Header header{
        .row = row.number, .titles = {}, .positions = {columns_.size(), std::vector<std::size_t>{}}};
    for (std::size_t place = 0; place < row.cells.size(); ++place) {
        const auto& cell = row.cells[place];
        header.titles.emplace_back(text::trimmed(cell.text));
        if (cell.kind != Cell::Kind::text) continue;
        const auto plain = plain_title(cell.text);
        const auto found =
            std::lower_bound(titles_.begin(), titles_.end(), plain,
                             [](const Title& title, const std::string& text) { return title.plain < text; });
        if (found != titles_.end() && found->plain == plain) header.positions[found->column].push_back(place);
    }
    const auto needed = std::min<std::size_t>(2, columns_.size());
    if (header.known() >= std::max(needed, best_.known() + 1)) best_ = std::move(header);
}

Result<Header> HeaderSearch::checked(std::string_view sheet) const {
    std::vector<std::string> missing;
    for (std::size_t column = 0; column < columns_.size(); ++column)
        if (columns_[column].required && !best_.position(column)) missing.push_back(columns_[column].title);
    if (!missing.empty() || best_.row == 0) {
        std::vector<std::string> found;
        for (const auto& title : best_.titles)
            if (!title.empty() && digits_in(title) < 4) found.push_back(shortened(title));
        return invalid("table.missing_columns")
            .with("sheet", std::string(sheet))
            .with("columns", joined(missing))
            .with("found", joined(found));
    }
    for (std::size_t column = 0; column < columns_.size(); ++column) {
        const auto& places = best_.positions[column];
        if (places.size() < 2) continue;
        std::vector<std::string> letters;
        for (const auto place : places) letters.push_back(column_letters(place));
        return invalid("table.doubled_column")
            .with("sheet", std::string(sheet))
            .with("column", columns_[column].title)
            .with("letters", joined(letters));
    }
    return best_;
}

Result<Header> find_header(Reader& reader, std::size_t sheet, std::span<const KnownColumn> columns,
                           std::int64_t within_rows) {
    HeaderSearch search(columns, within_rows);
    bool enough = false;
    const auto result = reader.read(sheet, [&](const Row& row) -> Result<void> {
        enough = row.number > within_rows;
        if (enough) return invalid("table.enough");  // no sentence: ends the reading, goes no further
        search.look_at(row);
        return {};
    });
    if (!result && !enough) return result.error();
    auto header = search.checked(reader.sheets()[sheet]);
    if (!header) return std::move(header).error().with("file", reader.name());
    return header;
}

bool is_total_row(std::span<const Cell> cells) {
    constexpr std::size_t digits_of_an_id = 15;
    bool total = false;
    int filled = 0;
    for (const auto& cell : cells) {
        if (digits_in(cell.text) >= digits_of_an_id) return false;
        if (filled >= 2 || cell.kind == Cell::Kind::empty) continue;
        const auto text = compact(cell.text);
        if (text.empty()) continue;
        ++filled;
        total |= says_total(text) || (filled == 1 && ends_in_total(text));
    }
    return total;
}

}  // namespace ballast::table
