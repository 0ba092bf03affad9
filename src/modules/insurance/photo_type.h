/// What a photo is, by its bytes. Inside the module only.
#pragma once

#include <string_view>

namespace ballast::insurance {

/// "image/jpeg", "image/png", "image/webp"; "" for anything else.
inline std::string_view photo_type(std::string_view bytes) {
    using namespace std::string_view_literals;
    if (bytes.starts_with("\xFF\xD8\xFF"sv)) return "image/jpeg";
    if (bytes.starts_with("\x89PNG\r\n\x1A\n"sv)) return "image/png";
    if (bytes.starts_with("RIFF"sv) && bytes.substr(8).starts_with("WEBP"sv)) return "image/webp";
    return "";
}

}  // namespace ballast::insurance
