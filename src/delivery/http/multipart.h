/// Reads multipart/form-data (RFC 7578) piece by piece: text fields into memory, files to disk. Holds some
/// kilobytes however large the file is.
#pragma once

#include <cstdio>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.h"

namespace ballast::http {

class Multipart {
public:
    /// The boundary of a Content-Type header. invalid "http.bad_form".
    static Result<std::string> boundary_of(std::string_view content_type);

    Multipart(std::string boundary, std::string spool_folder);

    /// invalid "http.bad_form"; unavailable "http.spool_full".
    Result<void> feed(std::string_view bytes);
    /// After the last piece: invalid "http.bad_form" when the end is missing.
    Result<void> finish();

    std::map<std::string, std::string, std::less<>> take_form() { return std::move(form_); }
    std::vector<Upload> take_uploads() { return std::move(uploads_); }

private:
    enum class At : std::uint8_t { before, after_boundary, headers, content, end };
    struct Close {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };

    Result<void> begin_part(std::string_view headers);
    Result<void> add_content(std::string_view bytes);
    Result<void> end_part();

    std::string delimiter_;  // CRLF -- boundary
    std::string spool_;
    std::string pending_;
    At at_ = At::before;
    int parts_ = 0;
    std::string field_;
    std::unique_ptr<std::FILE, Close> file_;
    std::map<std::string, std::string, std::less<>> form_;
    std::vector<Upload> uploads_;
};

}  // namespace ballast::http
