#include "http/multipart.h"

#include <algorithm>
#include <cctype>

#include "crypto/crypto.h"

namespace ballast::http {
namespace {

constexpr std::size_t longest_headers = 8 * 1024;
constexpr std::size_t longest_field = 64 * 1024;
constexpr int most_parts = 100;

std::string lower(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(), [](unsigned char c) { return std::tolower(c); });
    return out;
}

/// The value of `name` in "form-data; name=\"file\"; filename=\"a.xlsx\"".
std::optional<std::string> attribute(std::string_view header, std::string_view name) {
    std::size_t at = 0;
    while ((at = header.find(';', at)) != std::string_view::npos) {
        ++at;
        while (at < header.size() && (header[at] == ' ' || header[at] == '\t')) ++at;
        const auto equals = header.find('=', at);
        if (equals == std::string_view::npos) return {};
        const bool wanted = lower(header.substr(at, equals - at)) == name;
        std::string value;
        at = equals + 1;
        if (at < header.size() && header[at] == '"') {
            for (++at; at < header.size() && header[at] != '"'; ++at) {
                // Browsers send %22 for a quotation mark; others escape it.
                if (header[at] == '\\' && at + 1 < header.size() && header[at + 1] == '"') ++at;
                value += header[at];
            }
            if (at >= header.size()) return {};
        } else {
            while (at < header.size() && header[at] != ';') value += header[at++];
            while (value.ends_with(' ')) value.pop_back();
        }
        if (wanted) return value;
    }
    return {};
}

std::string without_folders(const std::string& name) {
    const auto slash = name.find_last_of("/\\");
    return slash == std::string::npos ? name : name.substr(slash + 1);
}

}  // namespace

Result<std::string> Multipart::boundary_of(std::string_view content_type) {
    auto boundary = attribute(content_type, "boundary");
    if (!boundary || boundary->empty() || boundary->size() > 70)
        return invalid("http.bad_form", "no boundary");
    return std::move(*boundary);
}

Multipart::Multipart(std::string boundary, std::string spool_folder)
    : delimiter_("\r\n--" + boundary), spool_(std::move(spool_folder)), pending_("\r\n") {}

Result<void> Multipart::feed(std::string_view bytes) {
    pending_.append(bytes);
    std::size_t used = 0;
    const auto rest = [&] { return std::string_view(pending_).substr(used); };
    for (bool more = true; more;) {
        more = false;
        switch (at_) {
            case At::before:
            case At::content: {
                const auto found = rest().find(delimiter_);
                if (found != std::string_view::npos) {
                    if (at_ == At::content) {
                        TRY(add_content(rest().substr(0, found)));
                        TRY(end_part());
                    }
                    used += found + delimiter_.size();
                    at_ = At::after_boundary;
                    more = true;
                } else if (rest().size() >= delimiter_.size()) {
                    // The last bytes may be the beginning of a delimiter.
                    const auto safe = rest().size() - delimiter_.size() + 1;
                    if (at_ == At::content) TRY(add_content(rest().substr(0, safe)));
                    used += safe;
                }
                break;
            }
            case At::after_boundary:
                if (rest().size() < 2) break;
                if (rest().starts_with("--")) {
                    at_ = At::end;
                } else if (rest().starts_with("\r\n")) {
                    at_ = At::headers;
                } else {
                    return invalid("http.bad_form", "after a boundary");
                }
                more = true;
                break;
            case At::headers: {
                const auto found = rest().find("\r\n\r\n");
                if (found == std::string_view::npos) {
                    if (rest().size() > longest_headers) return invalid("http.bad_form", "long headers");
                    break;
                }
                TRY(begin_part(rest().substr(0, found)));
                used += found + 4;
                at_ = At::content;
                more = true;
                break;
            }
            case At::end:
                used = pending_.size();
                break;
        }
    }
    pending_.erase(0, used);
    return {};
}

Result<void> Multipart::finish() {
    if (at_ != At::end) return invalid("http.bad_form", "cut off");
    return {};
}

Result<void> Multipart::begin_part(std::string_view headers) {
    if (++parts_ > most_parts) return invalid("http.bad_form", "too many parts");
    std::optional<std::string> name, file_name;
    while (!headers.empty()) {
        const auto end = headers.find("\r\n");
        const auto line = headers.substr(0, end);
        headers = end == std::string_view::npos ? std::string_view{} : headers.substr(end + 2);
        const auto colon = line.find(':');
        if (colon == std::string_view::npos || lower(line.substr(0, colon)) != "content-disposition")
            continue;
        name = attribute(line.substr(colon + 1), "name");
        file_name = attribute(line.substr(colon + 1), "filename");
    }
    if (!name) return invalid("http.bad_form", "a part without a name");
    field_ = *name;
    if (!file_name) {
        form_[field_].clear();
        return {};
    }
    const std::string path = spool_ + "/" + crypto::random_token();
    file_.reset(std::fopen(path.c_str(), "wbxe"));
    if (!file_) return unavailable("http.spool_full", "cannot open a spool file");
    uploads_.emplace_back(field_, without_folders(*file_name), path);
    return {};
}

Result<void> Multipart::add_content(std::string_view bytes) {
    if (file_) {
        if (std::fwrite(bytes.data(), 1, bytes.size(), file_.get()) != bytes.size())
            return unavailable("http.spool_full");
        return {};
    }
    auto& field = form_[field_];
    if (field.size() + bytes.size() > longest_field) return invalid("http.bad_form", "a long text field");
    field.append(bytes);
    return {};
}

Result<void> Multipart::end_part() {
    if (!file_) return {};
    // Buffered bytes are written here, and here is where a full disk is noticed last.
    if (std::fclose(file_.release()) != 0) return unavailable("http.spool_full");
    return {};
}

}  // namespace ballast::http
