/// A zip archive read member by member, in pieces, with its size held against Limits. Internal to `table`.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "table/refusal.h"
#include "table/table.h"

namespace ballast::table {

class ZipFile {
public:
    /// Error: "table.truncated" when the directory at the end of the archive is missing.
    static Result<ZipFile> open(const std::string& path, const std::string& name, const Limits& limits);

    /// Names are compared without regard to case or the direction of slashes; both are met in the wild.
    bool has(const std::string& member) const;
    /// As the archive says it; not to be relied on.
    std::int64_t claimed_size(const std::string& member) const;

    /// Calls `take` for each piece in turn; `last` with the final, empty one. `most_bytes` bounds the member
    /// further than Limits do. Errors: "table.truncated", "table.encrypted", "table.bomb", what `take`
    /// returns.
    using Take = std::function<Result<void>(std::string_view piece, bool last)>;
    Result<void> stream(const std::string& member, std::int64_t most_bytes, const Place& place,
                        const Take& take);
    /// From now on `told` hears how many bytes of the member at hand have been unpacked.
    void tell_progress(std::function<void(std::int64_t)> told) { progress_ = std::move(told); }

private:
    struct Close {
        void operator()(void* archive) const;
    };
    bool locate(const std::string& member) const;

    std::unique_ptr<void, Close> archive_;
    std::int64_t file_size_ = 0;
    Limits limits_;
    std::function<void(std::int64_t)> progress_;
};

}  // namespace ballast::table
