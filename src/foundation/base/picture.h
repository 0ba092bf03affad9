/// What a file is, by its first bytes; its name says nothing.
#pragma once

#include <string_view>

namespace ballast {

/// "image/jpeg", "image/png" or "image/webp"; "" of anything else.
inline std::string_view picture_type(std::string_view bytes) {
    if (bytes.starts_with("\xFF\xD8\xFF")) return "image/jpeg";
    if (bytes.starts_with("\x89PNG\r\n\x1A\n")) return "image/png";
    if (bytes.size() > 12 && bytes.starts_with("RIFF") && bytes.substr(8, 4) == "WEBP") return "image/webp";
    return "";
}

}  // namespace ballast
