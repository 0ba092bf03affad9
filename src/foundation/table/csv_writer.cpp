#include <cerrno>
#include <cstdio>
#include <cstring>

#include "table/writers.h"

namespace ballast::table {

namespace {

struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); }
};

/// Whether a spreadsheet would take the text for a formula; also when apostrophes stand before, so that the
/// reader can tell ours from the text's own.
bool would_run(std::string_view text) {
    const auto first = text.find_first_not_of('\'');
    return first != std::string_view::npos &&
           std::string_view("=+-@\t\r\n").find(text[first]) != std::string_view::npos;
}

class CsvWriter : public Writer {
public:
    CsvWriter(NewFile file, std::FILE* out) : file_(std::move(file)), out_(out) {}

    Result<void> sheet(const std::string&, std::span<const Column> columns, std::string_view title) override {
        INVARIANT(types_.empty() && !columns.empty());
        std::vector<std::string> titles;
        for (const auto& column : columns) {
            types_.push_back(Type::text);
            titles.push_back(column.title);
        }
        TRY(write("\xEF\xBB\xBF"));
        if (!title.empty()) {
            const std::string line(title);
            TRY(row(std::span(&line, 1)));
        }
        TRY(row(titles));
        for (std::size_t column = 0; column < columns.size(); ++column) types_[column] = columns[column].type;
        return {};
    }

    Result<void> row(std::span<const std::string> cells) override {
        INVARIANT(!types_.empty() && cells.size() <= types_.size());
        line_.clear();
        for (std::size_t column = 0; column < cells.size(); ++column) {
            if (column > 0) line_ += ',';
            append(cells[column], types_[column]);
        }
        line_ += "\r\n";
        return write(line_);
    }

    Result<void> finish() override {
        const bool closed = std::fclose(out_.release()) == 0;
        if (!closed) return file_.cannot_write(std::strerror(errno));
        return file_.publish();
    }

private:
    void append(const std::string& cell, Type type) {
        const bool number = (type == Type::number || type == Type::money) && is_exact_number(cell);
        const bool guarded = !number && would_run(cell);
        const bool quoted = cell.find_first_of(",;\t\"\r\n") != std::string::npos;
        if (!quoted) {
            line_.append(guarded ? "'" : "").append(cell);
            return;
        }
        line_.append(guarded ? "\"'" : "\"");
        for (const char c : cell) {
            if (c == '"') line_ += '"';
            line_ += c;
        }
        line_ += '"';
    }

    Result<void> write(std::string_view text) {
        if (std::fwrite(text.data(), 1, text.size(), out_.get()) != text.size())
            return file_.cannot_write(std::strerror(errno));
        return {};
    }

    NewFile file_;
    std::unique_ptr<std::FILE, CloseFile> out_;
    std::vector<Type> types_;
    std::string line_;
};

}  // namespace

Result<std::unique_ptr<Writer>> create_csv(NewFile file) {
    std::FILE* out = std::fopen(file.temporary().c_str(), "wb");
    if (!out) return file.cannot_write(std::strerror(errno));
    return std::unique_ptr<Writer>(std::make_unique<CsvWriter>(std::move(file), out));
}

}  // namespace ballast::table
