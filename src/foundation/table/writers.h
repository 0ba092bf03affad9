/// What the two writers share. Internal to `table`.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "table/table.h"

namespace ballast::table {

/// A file that appears under its name only when it is whole. Readable by its owner alone: it may hold
/// personal data.
class NewFile {
public:
    static Result<NewFile> create(const std::string& path);
    NewFile(NewFile&&) = default;
    NewFile& operator=(NewFile&&) = delete;
    ~NewFile();

    const std::string& temporary() const { return temporary_; }
    /// The last part of the path, for messages.
    std::string name() const;
    std::string folder() const;
    /// Puts what lies under the temporary name on disk and gives it its own name.
    Result<void> publish();
    Error cannot_write(std::string detail) const;

private:
    NewFile(std::string path, std::string temporary)
        : path_(std::move(path)), temporary_(std::move(temporary)) {}
    std::string path_;
    std::string temporary_;  // empty once published (or moved from)
};

/// Digits, one point, a leading minus; at most 15 significant digits, which a spreadsheet keeps and shows as
/// they are.
bool is_exact_number(std::string_view text);

Result<std::unique_ptr<Writer>> create_csv(NewFile file);
Result<std::unique_ptr<Writer>> create_xlsx(NewFile file);

}  // namespace ballast::table
