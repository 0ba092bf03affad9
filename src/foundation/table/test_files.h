/// Files for the tests of `table`: a folder that goes away, bytes on disk, workbooks put together by hand.
#pragma once

#include <minizip/zip.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "table/table.h"

namespace ballast::table {

class TemporaryFolder {
public:
    TemporaryFolder() {
        std::string name = (std::filesystem::temp_directory_path() / "ballast-table-XXXXXX").string();
        INVARIANT(::mkdtemp(name.data()) != nullptr);
        path_ = name;
    }
    ~TemporaryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    std::string operator/(const std::string& name) const { return (path_ / name).string(); }
    std::size_t files() const {
        const std::filesystem::directory_iterator all(path_);
        return static_cast<std::size_t>(std::distance(begin(all), end(all)));
    }
    std::string put(const std::string& name, std::string_view bytes) const {
        std::ofstream(path_ / name, std::ios::binary)
            .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        return *this / name;
    }

private:
    std::filesystem::path path_;
};

inline std::string bytes_of(const std::string& path) {
    std::ostringstream all;
    all << std::ifstream(path, std::ios::binary).rdbuf();
    return all.str();
}

/// Members and their contents, packed into a zip.
using Parts = std::map<std::string, std::string>;

inline std::string put_zip(const std::string& path, const Parts& parts) {
    zipFile zip = zipOpen64(path.c_str(), APPEND_STATUS_CREATE);
    INVARIANT(zip != nullptr);
    for (const auto& [name, bytes] : parts) {
        INVARIANT(zipOpenNewFileInZip(zip, name.c_str(), nullptr, nullptr, 0, nullptr, 0, nullptr, Z_DEFLATED,
                                      6) == ZIP_OK);
        INVARIANT(zipWriteInFileInZip(zip, bytes.data(), static_cast<unsigned>(bytes.size())) == ZIP_OK);
        INVARIANT(zipCloseFileInZip(zip) == ZIP_OK);
    }
    INVARIANT(zipClose(zip, nullptr) == ZIP_OK);
    return path;
}

/// A workbook of one sheet named 名单 with these rows of XML; tests change what they are about.
inline Parts workbook_parts(const std::string& sheet_data) {
    const std::string relationship = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
    const std::string main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const std::string packages = "http://schemas.openxmlformats.org/package/2006/relationships";
    return {
        {"_rels/.rels", "<Relationships xmlns='" + packages + "'><Relationship Id='rId1' Type='" +
                            relationship + "officeDocument' Target='xl/workbook.xml'/></Relationships>"},
        {"xl/workbook.xml", "<?xml version='1.0' encoding='UTF-8'?><workbook xmlns='" + main + "' xmlns:r='" +
                                relationship +
                                "'><sheets><sheet name='名单' sheetId='1' r:id='rId1'/></sheets></workbook>"},
        {"xl/_rels/workbook.xml.rels",
         "<Relationships xmlns='" + packages + "'><Relationship Id='rId1' Type='" + relationship +
             "worksheet' Target='worksheets/sheet1.xml'/><Relationship Id='rId2' Type='" + relationship +
             "styles' Target='styles.xml'/><Relationship Id='rId3' Type='" + relationship +
             "sharedStrings' Target='/xl/sharedStrings.xml'/></Relationships>"},
        {"xl/worksheets/sheet1.xml", "<?xml version='1.0' encoding='UTF-8'?><worksheet xmlns='" + main +
                                         "'><sheetData>" + sheet_data + "</sheetData></worksheet>"},
    };
}

inline void replace(std::string& text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    INVARIANT(at != std::string::npos);
    text.replace(at, from.size(), to);
}

/// "text", or with a mark of its kind: "#12" number, "#!12" damaged, "@2026-11-23" date, "?TRUE", "=" formula
/// without value, "!#N/A"; "=>" before what a formula gave.
inline std::string shown(const Cell& cell) {
    std::string mark;
    switch (cell.kind) {
        case Cell::Kind::empty:
            return "";
        case Cell::Kind::text:
            break;
        case Cell::Kind::number:
            mark = cell.digits_damaged ? "#!" : "#";
            break;
        case Cell::Kind::date:
            mark = "@";
            break;
        case Cell::Kind::truth:
            mark = "?";
            break;
        case Cell::Kind::formula_without_value:
            return "=";
        case Cell::Kind::error:
            mark = "!";
            break;
    }
    return (cell.from_formula ? "=>" : "") + mark + std::string(cell.text);
}

using Rows = std::vector<std::vector<std::string>>;

/// All rows of a sheet; the numbers must run from 1.
inline Result<Rows> rows_of(const std::string& path, const Limits& limits = {}, std::size_t sheet = 0) {
    auto reader = TRY(Reader::open(path, std::filesystem::path(path).filename().string(), limits));
    Rows rows;
    TRY(reader->read(sheet, [&](const Row& row) -> Result<void> {
        rows.emplace_back();
        INVARIANT(row.number == static_cast<std::int64_t>(rows.size()));
        for (const auto& cell : row.cells) rows.back().push_back(shown(cell));
        return {};
    }));
    return rows;
}

/// "table.encoding file=a.csv sheet= row=2", or "accepted".
template <class T>
std::string refusal_of(const Result<T>& result) {
    if (result) return "accepted";
    std::string text = result.error().id;
    for (const auto& [name, value] : result.error().args) text += " " + name + "=" + value;
    return text;
}

}  // namespace ballast::table
