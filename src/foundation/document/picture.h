/// A photograph or drawing that can be printed: PNG or JPEG, looked at before it is accepted.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"

namespace ballast::document {

class Picture {
public:
    enum class Format : std::uint8_t { png, jpeg };
    /// How far it has to be turned to stand upright (EXIF orientation; phones turn their photographs so).
    enum class Turn : std::uint8_t { none, quarter, half, three_quarters };  // clockwise

    /// Errors: invalid "document.no_picture" (neither PNG nor JPEG, or damaged),
    /// "document.picture_too_large" {limit} (million dots).
    static Result<Picture> parse(std::string bytes);
    static constexpr int most_million_dots = 64;

    Format format() const { return format_; }
    const std::string& bytes() const { return bytes_; }
    /// As stored; a quarter turn swaps them on the page.
    int width() const { return width_; }
    int height() const { return height_; }
    Turn turn() const { return turn_; }

private:
    Picture() = default;
    Format format_ = Format::png;
    std::string bytes_;
    int width_ = 0, height_ = 0;
    Turn turn_ = Turn::none;
};

}  // namespace ballast::document
