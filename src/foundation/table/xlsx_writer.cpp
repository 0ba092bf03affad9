#include <xlsxwriter.h>

#include <cmath>
#include <cstdlib>
#include <set>

#include "base/date.h"
#include "base/text.h"
#include "table/refusal.h"
#include "table/writers.h"

namespace ballast::table {

namespace {

constexpr std::int64_t most_rows = LXW_ROW_MAX;
constexpr std::int64_t most_characters = 32'767;  // of a cell

bool is_escape(std::string_view text) {
    constexpr std::size_t length = 7;  // _xHHHH_
    return text.size() >= length && text[length - 1] == '_' &&
           text.substr(2, 4).find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

/// Writes as _xHHHH_ what XML may not hold, and protects a text that looks like that already (the reader's
/// `unescape` is the inverse).
std::string escaped(std::string_view text) {
    static constexpr char hex[] = "0123456789ABCDEF";
    std::string safe;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto c = static_cast<unsigned char>(text[at]);
        if (c < 0x20 && c != '\t' && c != '\n') {
            safe += {'_', 'x', '0', '0', hex[c >> 4], hex[c & 15], '_'};
        } else if (text.substr(at, 3) == "\xEF\xBF\xBE" || text.substr(at, 3) == "\xEF\xBF\xBF") {
            safe += text[at + 2] == '\xBE' ? "_xFFFE_" : "_xFFFF_";
            at += 2;
        } else if (text.substr(at, 2) == "_x" && is_escape(text.substr(at))) {
            safe += "_x005F_";
        } else {
            safe += text[at];
        }
    }
    return safe;
}

/// The day number of the 1900 system; none before March 1900, where that system is a day off.
std::optional<std::int32_t> serial_of(const std::string& text) {
    const auto date = Date::parse(text);
    const auto first = Date::from(1900, 3, 1);
    if (!date || *date < *first) return std::nullopt;
    constexpr std::int32_t epoch = 25'569;  // 1970-01-01
    return date->days() + epoch;
}

struct FreeBook {
    void operator()(lxw_workbook* book) const { lxw_workbook_free(book); }
};

class XlsxWriter : public Writer {
public:
    explicit XlsxWriter(NewFile file) : file_(std::move(file)), folder_(file_.folder()) {
        // The rows wait in a file beside the result: where there is room for one there may be for two, while
        // /tmp may be small or memory.
        lxw_workbook_options options{
            .constant_memory = LXW_TRUE, .tmpdir = folder_.data(), .use_zip64 = LXW_TRUE};
        book_.reset(workbook_new_opt(file_.temporary().c_str(), &options));
        INVARIANT(book_ != nullptr);
        text_ = format("@");
        money_ = format("#,##0.00");
        date_ = format("yyyy-mm-dd");
        head_ = format("@");
        format_set_bold(head_);
        format_set_text_wrap(head_);
        format_set_bg_color(head_, 0xEEF2F6);
        format_set_border(head_, LXW_BORDER_THIN);
        format_set_border_color(head_, 0xB8C4D0);
        format_set_align(head_, LXW_ALIGN_VERTICAL_CENTER);
        title_ = format("@");
        format_set_bold(title_);
        format_set_font_size(title_, 14);
    }

    Result<void> sheet(const std::string& name, std::span<const Column> columns,
                       std::string_view title) override {
        INVARIANT(!columns.empty());
        end_sheet();
        sheets_.push_back({.name = allowed_name(name), .columns = {columns.begin(), columns.end()}});
        at_ = workbook_add_worksheet(book_.get(), sheets_.back().name.c_str());
        if (!at_) return file_.cannot_write("a temporary file");
        lxw_col_t number = 0;
        for (const auto& column : columns) {
            worksheet_set_column(at_, number, number, column.width, format_of(column.type));
            ++number;
        }
        if (!title.empty()) {
            TRY(write_text(0, std::string(title), title_));
            ++next_row_;
        }
        for (std::size_t column = 0; column < columns.size(); ++column)
            TRY(write_text(column, columns[column].title, head_));
        head_row_ = next_row_++;
        worksheet_freeze_panes(at_, next_row_, 0);
        worksheet_repeat_rows(at_, head_row_, head_row_);
        return {};
    }

    Result<void> row(std::span<const std::string> cells) override {
        INVARIANT(at_ && cells.size() <= sheets_.back().columns.size());
        if (next_row_ == most_rows) return refusal_over("table.too_many_rows", most_rows, place());
        for (std::size_t column = 0; column < cells.size(); ++column)
            if (!cells[column].empty()) TRY(write(column, cells[column]));
        ++next_row_;
        return {};
    }

    Result<void> finish() override {
        INVARIANT(at_);
        end_sheet();
        const auto fault = workbook_close(book_.release());
        if (fault != LXW_NO_ERROR) return file_.cannot_write(lxw_strerror(fault));
        // The library does not look whether its temporary files could be written.
        if (auto whole = read_back(); !whole)
            return file_.cannot_write(whole.error().id + whole.error().detail);
        return file_.publish();
    }

private:
    struct Sheet {
        std::string name;
        std::vector<Column> columns;
        std::int64_t cells = 0;  // not empty
    };

    lxw_format* format(const char* number_format) {
        auto* made = workbook_add_format(book_.get());
        format_set_num_format(made, number_format);
        return made;
    }

    lxw_format* format_of(Type type) const {
        switch (type) {
            case Type::text:
                return text_;
            case Type::money:
                return money_;
            case Type::date:
                return date_;
            case Type::number:
                break;
        }
        return nullptr;
    }

    Place place() const { return {.file = file_.name(), .sheet = sheets_.back().name, .row = next_row_ + 1}; }

    Result<void> write(std::size_t column, const std::string& cell) {
        const auto type = sheets_.back().columns[column].type;
        const auto write_number = [&](double value) -> Result<void> {
            return written(column, worksheet_write_number(at_, next_row_, static_cast<lxw_col_t>(column),
                                                          value, format_of(type)));
        };
        if ((type == Type::money || type == Type::number) && is_exact_number(cell))
            return write_number(std::strtod(cell.c_str(), nullptr));
        if (type == Type::date)
            if (const auto serial = serial_of(cell)) return write_number(*serial);
        return write_text(column, cell, text_);
    }

    Result<void> write_text(std::size_t column, const std::string& text, lxw_format* format) {
        INVARIANT(text::valid_utf8(text));
        if (text.empty()) return {};
        return written(column, worksheet_write_string(at_, next_row_, static_cast<lxw_col_t>(column),
                                                      escaped(text).c_str(), format));
    }

    Result<void> written(std::size_t column, lxw_error fault) {
        if (fault == LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED) {
            auto where = place();
            where.column = column_letters(column);
            return refusal_over("table.cell_too_long", most_characters, where);
        }
        if (fault != LXW_NO_ERROR) return file_.cannot_write(lxw_strerror(fault));
        ++sheets_.back().cells;
        return {};
    }

    void end_sheet() {
        if (!at_) return;
        const auto last_column = static_cast<lxw_col_t>(sheets_.back().columns.size() - 1);
        worksheet_autofilter(at_, head_row_, 0, next_row_ - 1, last_column);
        at_ = nullptr;
        next_row_ = 0;
    }

    Result<void> read_back() {
        auto reader =
            TRY(Reader::open(file_.temporary(), file_.name(),
                             {.line_bytes = 1LL << 40, .columns = LXW_COL_MAX, .unpack_ratio = 2000}));
        for (std::size_t sheet = 0; sheet < sheets_.size(); ++sheet) {
            std::int64_t cells = 0;
            TRY(reader->read(sheet, [&](const Row& row) -> Result<void> {
                for (const auto& cell : row.cells) cells += cell.kind != Cell::Kind::empty;
                return {};
            }));
            if (cells != sheets_[sheet].cells) return corrupt("table.cells_missing");  // no sentence: finish() says table.cannot_write
        }
        return {};
    }

    /// ECMA-376 part 1, 18.2.19 and what spreadsheets refuse.
    std::string allowed_name(const std::string& wanted) {
        constexpr std::size_t most = 31;
        auto points = text::code_points(wanted);
        for (auto& c : points)
            if (c < 0x20 || std::u32string_view(U"[]:*?/\\'").find(c) != std::u32string_view::npos) c = U'_';
        if (points.empty()) points = U"_";
        for (int copy = 1;; ++copy) {
            auto name = points.substr(0, most);
            if (copy > 1) {
                const auto suffix = text::code_points("_" + std::to_string(copy));
                name = points.substr(0, most - suffix.size()) + suffix;
            }
            // Names that differ only in case are one to a spreadsheet.
            auto plain = text::utf8(name);
            for (auto& c : plain)
                if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
            if (names_.insert(plain).second) return text::utf8(name);
        }
    }

    NewFile file_;
    std::string folder_;
    std::unique_ptr<lxw_workbook, FreeBook> book_;
    lxw_format *text_, *money_, *date_, *head_, *title_;
    lxw_worksheet* at_ = nullptr;  // the sheet being written
    lxw_row_t head_row_ = 0;
    lxw_row_t next_row_ = 0;
    std::vector<Sheet> sheets_;
    std::set<std::string> names_;
};

}  // namespace

Result<std::unique_ptr<Writer>> create_xlsx(NewFile file) {
    return std::unique_ptr<Writer>(std::make_unique<XlsxWriter>(std::move(file)));
}

}  // namespace ballast::table
