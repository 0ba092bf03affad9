#include "document/picture.h"

#include <optional>
#include <string_view>

namespace ballast::document {
namespace {

struct Found {
    int width = 0, height = 0;
    Picture::Turn turn = Picture::Turn::none;
};

/// Numbers within bytes that may end anywhere.
class Bytes {
public:
    explicit Bytes(std::string_view bytes, bool little = false) : bytes_(bytes), little_(little) {}
    std::size_t size() const { return bytes_.size(); }
    std::optional<unsigned> at(std::size_t where, std::size_t count) const {
        if (where > bytes_.size() || bytes_.size() - where < count) return std::nullopt;
        unsigned value = 0;
        for (std::size_t i = 0; i < count; ++i)
            value = value << 8 | static_cast<unsigned char>(bytes_[where + (little_ ? count - 1 - i : i)]);
        return value;
    }

private:
    std::string_view bytes_;
    bool little_;
};

std::optional<Found> read_png(std::string_view bytes) {
    if (bytes.substr(12, 4) != "IHDR") return std::nullopt;
    const Bytes in(bytes);
    const auto width = in.at(16, 4), height = in.at(20, 4);
    if (!width || !height || *width > 0x7FFFFFFF || *height > 0x7FFFFFFF) return std::nullopt;
    return Found{static_cast<int>(*width), static_cast<int>(*height), Picture::Turn::none};
}

/// The orientation in an APP1 segment; mirrored ones, which no camera makes, are taken as they lie.
Picture::Turn read_exif(std::string_view segment) {
    if (!segment.starts_with(std::string_view("Exif\0\0", 6))) return Picture::Turn::none;
    const std::string_view tiff = segment.substr(6);
    const Bytes in(tiff, tiff.starts_with("II"));
    const auto directory = in.at(4, 4);
    const auto entries = directory ? in.at(*directory, 2) : std::nullopt;
    for (unsigned i = 0; entries && i < *entries; ++i) {
        const std::size_t entry = *directory + 2 + std::size_t{12} * i;
        const auto tag = in.at(entry, 2);
        if (!tag) break;
        if (*tag != 0x0112) continue;
        switch (in.at(entry + 8, 2).value_or(1)) {
            case 3:
                return Picture::Turn::half;
            case 6:
                return Picture::Turn::quarter;
            case 8:
                return Picture::Turn::three_quarters;
            default:
                return Picture::Turn::none;
        }
    }
    return Picture::Turn::none;
}

/// Walks the segments up to the frame header, which holds the size (ITU-T T.81, B.2.2).
std::optional<Found> read_jpeg(std::string_view bytes) {
    const Bytes in(bytes);
    Found found;
    for (std::size_t at = 2;;) {
        const auto mark = in.at(at, 1), kind = in.at(at + 1, 1);
        if (!kind || *mark != 0xFF) return std::nullopt;
        if (*kind == 0xFF) {  // padding
            ++at;
            continue;
        }
        const auto length = in.at(at + 2, 2);
        if (!length || *length < 2 || *kind == 0xDA || *kind == 0xD9) return std::nullopt;
        if (*kind == 0xE1 && in.size() >= at + 2 + *length)
            found.turn = read_exif(bytes.substr(at + 4, *length - 2));
        const bool frame = *kind >= 0xC0 && *kind <= 0xCF && *kind != 0xC4 && *kind != 0xC8 && *kind != 0xCC;
        if (frame) {
            const auto height = in.at(at + 5, 2), width = in.at(at + 7, 2);
            if (!height || !width) return std::nullopt;
            found.width = static_cast<int>(*width);
            found.height = static_cast<int>(*height);
            return found;
        }
        at += 2 + *length;
    }
}

}  // namespace

Result<Picture> Picture::parse(std::string bytes) {
    Picture picture;
    std::optional<Found> found;
    if (bytes.starts_with("\x89PNG\r\n\x1A\n")) {
        found = read_png(bytes);
        picture.format_ = Format::png;
    } else if (bytes.starts_with("\xFF\xD8\xFF")) {
        found = read_jpeg(bytes);
        picture.format_ = Format::jpeg;
    }
    if (!found || found->width == 0 || found->height == 0) return invalid("document.no_picture");
    if (std::int64_t{found->width} * found->height > std::int64_t{most_million_dots} * 1'000'000)
        return invalid("document.picture_too_large").with("limit", std::to_string(most_million_dots));
    picture.bytes_ = std::move(bytes);
    picture.width_ = found->width;
    picture.height_ = found->height;
    picture.turn_ = found->turn;
    return picture;
}

}  // namespace ballast::document
