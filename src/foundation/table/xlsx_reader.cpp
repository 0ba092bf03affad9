#include <atomic>
#include <charconv>
#include <optional>

#include "base/date.h"
#include "base/text.h"
#include "table/readers.h"
#include "table/refusal.h"
#include "table/workbook.h"
#include "table/xml_part.h"

namespace ballast::table {

namespace {

// What the format allows (ECMA-376; every known program).
constexpr std::int64_t last_row = 1'048'576;
constexpr std::int64_t last_column = 16'384;

using EachRow = std::function<Result<void>(const Row&)>;

/// "BC12": column 54 counted from 0, row 12. Either may be missing.
struct Reference {
    std::optional<std::int64_t> column, row;
};

Reference parse_reference(std::string_view text) {
    Reference found;
    std::size_t at = 0;
    std::int64_t column = 0;
    for (; at < text.size() && at < 4; ++at) {
        const char c = text[at] & ~0x20;  // upper case
        if (c < 'A' || c > 'Z') break;
        column = column * 26 + (c - 'A' + 1);
    }
    if (at > 0) found.column = column - 1;
    std::int64_t row = 0;
    const auto [end, fault] = std::from_chars(text.data() + at, text.data() + text.size(), row);
    if (fault == std::errc{} && end == text.data() + text.size()) found.row = row;
    return found;
}

/// One sheet's XML, turned into rows.
class SheetVisitor : public XmlVisitor {
public:
    SheetVisitor(const Workbook& workbook, const SharedStrings& strings, const Limits& limits, Place& place,
                 const EachRow& each)
        : workbook_(workbook), strings_(strings), limits_(limits), place_(place), each_(each) {}

    void start(std::string_view element, const Attributes& attributes) override {
        if (!in_data_) {
            in_data_ = element == "sheetData";
        } else if (element == "c") {
            start_cell(attributes);
        } else if (element == "v") {
            in_value_ = true;
            has_value_ = true;
        } else if (element == "row") {
            start_row(attributes);
        } else if (element == "t") {
            in_value_ = !phonetic_;
        } else if (element == "f") {
            formula_ = true;
        } else if (element == "rPh") {
            phonetic_ = true;
        }
    }

    void end(std::string_view element) override {
        if (!in_data_) return;
        if (element == "c") {
            end_cell();
        } else if (element == "v" || element == "t") {
            in_value_ = false;
        } else if (element == "row") {
            end_row();
        } else if (element == "rPh") {
            phonetic_ = false;
        } else if (element == "sheetData") {
            in_data_ = false;
        }
    }

    void text(std::string_view piece) override {
        if (!in_value_) return;
        text_ += piece;
        if (static_cast<std::int64_t>(text_.size()) > limits_.line_bytes)
            refuse(refusal_over("table.line_too_long", limits_.line_bytes, place_));
    }

private:
    void malformed(const char* detail, bool in_cell = false) {
        Place where = place_;
        if (in_cell) where.column = column_letters(static_cast<std::size_t>(column_));
        refuse(refusal("table.malformed", where, detail));
    }

    void set_row(std::int64_t row) {
        if (row <= previous_row_ || row > last_row) return malformed("row out of order");
        place_.row = row;
    }

    void start_row(const Attributes& attributes) {
        previous_row_ = place_.row;
        column_ = -1;
        const auto stated = attributes["r"];
        row_is_stated_ = stated.has_value();
        if (!stated) return set_row(previous_row_ + 1);
        set_row(parse_reference(*stated).row.value_or(0));
    }

    void start_cell(const Attributes& attributes) {
        const auto reference = parse_reference(attributes["r"].value_or(""));
        // A row that does not say its number may have cells that do.
        if (!row_is_stated_ && reference.row) {
            row_is_stated_ = true;
            set_row(*reference.row);
        }
        const auto column = reference.column.value_or(column_ + 1);
        if (column <= column_ || column >= last_column) return malformed("column out of order");
        column_ = column;
        type_ = attributes["t"].value_or("n");
        style_ = 0;
        if (const auto style = attributes["s"])
            std::from_chars(style->data(), style->data() + style->size(), style_);
        formula_ = has_value_ = false;
        cell_from_ = text_.size();
    }

    void end_cell() {
        Cell cell;
        cell.from_formula = formula_;
        if (!read_value(cell)) return;
        if (formula_ && !has_value_) cell.kind = Cell::Kind::formula_without_value;
        if (cell.kind == Cell::Kind::empty) return;
        if (column_ >= limits_.columns)
            return refuse(refusal_over("table.too_many_columns", limits_.columns, place_));
        const auto column = static_cast<std::size_t>(column_);
        cells_.resize(column + 1);
        own_text_.resize(column + 1, {0, 0});
        cells_[column] = cell;
        // text_ may yet move; the views into it are made at the end of the row.
        own_text_[column] = cell.text.empty() ? std::pair(cell_from_, text_.size() - cell_from_)
                                              : std::pair(std::size_t{0}, std::size_t{0});
    }

    /// False when it refused. Leaves the text in text_ from cell_from_ on, or a shared string in cell.text.
    bool read_value(Cell& cell) {
        const auto value = std::string_view(text_).substr(cell_from_);
        if (type_ == "inlineStr" || type_ == "str") {
            unescape(text_, cell_from_);
            cell.kind = text_.size() > cell_from_ ? Cell::Kind::text : Cell::Kind::empty;
            return true;
        }
        if (!has_value_ || value.empty()) {
            has_value_ = false;
            return true;
        }
        if (type_ == "s") return shared_string(cell, value);
        if (type_ == "b") {
            cell.kind = Cell::Kind::truth;
            replace_text(value == "1" || value == "true" ? "TRUE" : "FALSE");
            return true;
        }
        if (type_ == "e") {
            cell.kind = Cell::Kind::error;
            return true;
        }
        if (type_ == "d") {
            // ISO 8601, with or without a time of day; a time alone stays a text.
            const auto date = Date::parse(value.substr(0, std::string_view("2026-11-23").size()));
            cell.kind = date ? Cell::Kind::date : Cell::Kind::text;
            if (date) replace_text(date->iso());
            return true;
        }
        if (type_ != "n") return malformed("unknown type of cell", true), false;
        return number(cell, value);
    }

    bool shared_string(Cell& cell, std::string_view value) {
        std::size_t index = 0;
        const auto [end, fault] = std::from_chars(value.data(), value.data() + value.size(), index);
        if (fault != std::errc{} || end != value.data() + value.size() || index >= strings_.strings.size())
            return malformed("no such shared string", true), false;
        cell.text = strings_.strings[index];
        cell.kind = cell.text.empty() ? Cell::Kind::empty : Cell::Kind::text;
        text_.resize(cell_from_);
        return true;
    }

    bool number(Cell& cell, std::string_view value) {
        const auto trimmed = text::trimmed(value);
        if (style_ < workbook_.style_is_date.size() && workbook_.style_is_date[style_]) {
            if (auto date = date_of_serial(trimmed, workbook_.date_system)) {
                cell.kind = Cell::Kind::date;
                replace_text(*std::move(date));
                return true;
            }
        }
        auto stored = stored_number(trimmed);
        if (!stored) return malformed("not a number", true), false;
        cell.kind = Cell::Kind::number;
        cell.digits_damaged = stored->digits_damaged;
        replace_text(std::move(stored->text));
        return true;
    }

    void replace_text(std::string text) { text_.replace(cell_from_, std::string::npos, text); }

    void end_row() {
        for (std::size_t column = 0; column < cells_.size(); ++column) {
            const auto [from, size] = own_text_[column];
            if (size > 0) cells_[column].text = std::string_view(text_).substr(from, size);
        }
        if (!cells_.empty()) {
            while (++told_ < place_.row)
                if (!tell({})) return;
            if (!tell(cells_)) return;
        }
        text_.clear();
        cells_.clear();
        own_text_.clear();
    }

    /// Row number told_.
    bool tell(std::span<const Cell> cells) {
        auto result = each_(Row{place_.sheet, told_, cells});
        if (!result) refuse(std::move(result).error());
        return !refused();
    }

    const Workbook& workbook_;
    const SharedStrings& strings_;
    const Limits& limits_;
    Place& place_;  // its row is the one being read
    const EachRow& each_;

    bool in_data_ = false;
    std::int64_t previous_row_ = 0;
    std::int64_t told_ = 0;  // the last row that the caller has seen
    bool row_is_stated_ = false;
    std::string text_;  // of the row's cells, end to end
    std::vector<Cell> cells_;
    std::vector<std::pair<std::size_t, std::size_t>> own_text_;  // from and size in text_

    std::int64_t column_ = -1;
    std::string type_;
    std::size_t style_ = 0;
    std::size_t cell_from_ = 0;  // in text_
    bool formula_ = false;
    bool has_value_ = false;
    bool in_value_ = false;
    bool phonetic_ = false;
};

class XlsxReader : public Reader {
public:
    XlsxReader(ZipFile zip, Workbook workbook, std::string name, const Limits& limits)
        : zip_(std::move(zip)), workbook_(std::move(workbook)), name_(std::move(name)), limits_(limits) {}

    Format format() const override { return Format::xlsx; }
    const std::string& name() const override { return name_; }
    std::vector<std::string> sheets() const override {
        std::vector<std::string> names;
        for (const auto& sheet : workbook_.sheets) names.push_back(sheet.name);
        return names;
    }
    double progress() const override { return progress_; }

    Result<void> read(std::size_t sheet, const EachRow& each) override {
        INVARIANT(sheet < workbook_.sheets.size() && !reading_);
        struct Reading {
            explicit Reading(bool& flag) : on(flag) { on = true; }
            ~Reading() { on = false; }
            bool& on;
        } reading(reading_);
        return read_sheet(sheet, each);
    }

private:
    Result<void> read_sheet(std::size_t sheet, const EachRow& each) {
        if (!strings_) strings_ = TRY(read_shared_strings(zip_, workbook_, name_, limits_));
        const auto& part = workbook_.sheets[sheet].part;
        Place place{.file = name_, .sheet = workbook_.sheets[sheet].name};
        SheetVisitor visitor(workbook_, *strings_, limits_, place, each);
        std::int64_t before = 0, total = 0;
        for (std::size_t other = 0; other < workbook_.sheets.size(); ++other) {
            const auto size = zip_.claimed_size(workbook_.sheets[other].part);
            if (other < sheet) before += size;
            total += size;
        }
        zip_.tell_progress([this, before, total](std::int64_t unpacked) {
            const auto share = static_cast<double>(before + unpacked) /
                               static_cast<double>(std::max(total, before + unpacked));
            progress_ = share;
        });
        return read_xml(
            zip_, part, limits_.unpacked_bytes, place, visitor, [&](XmlFault fault, std::string detail) {
                place.row = std::max<std::int64_t>(place.row, 1);
                return refusal(fault == XmlFault::ends_early ? "table.truncated" : "table.malformed", place,
                               std::move(detail));
            });
    }

    ZipFile zip_;
    Workbook workbook_;
    std::string name_;
    Limits limits_;
    std::optional<SharedStrings> strings_;
    bool reading_ = false;
    std::atomic<double> progress_ = 0;
};

}  // namespace

Result<std::unique_ptr<Reader>> open_xlsx(const std::string& path, std::string name, const Limits& limits) {
    auto zip = TRY(ZipFile::open(path, name, limits));
    auto workbook = TRY(read_workbook(zip, name));
    return std::unique_ptr<Reader>(
        std::make_unique<XlsxReader>(std::move(zip), std::move(workbook), std::move(name), limits));
}

}  // namespace ballast::table
