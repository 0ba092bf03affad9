#include "areas/areas_file.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <ranges>

#include "base/result.h"

namespace ballast::areas {

namespace {

constexpr std::string_view magic = "BLSTAREA";
constexpr std::uint32_t version = 1;
constexpr std::size_t sections = 10;

/// The first index in [0, size) for which `key_at(index) >= key`.
template <class KeyAt>
std::size_t first_not_below(std::size_t size, std::uint64_t key, KeyAt key_at) {
    const auto indexes = std::views::iota(std::size_t{0}, size);
    const auto below = [&](std::size_t index) { return key_at(index) < key; };
    return static_cast<std::size_t>(std::ranges::partition_point(indexes, below) - indexes.begin());
}

std::vector<char> inflated(std::string_view packed, std::size_t plain_size) {
    std::vector<char> plain(plain_size);
    z_stream stream{};
    INVARIANT(inflateInit2(&stream, -MAX_WBITS) == Z_OK);
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    stream.avail_in = static_cast<uInt>(packed.size());
    stream.next_out = reinterpret_cast<Bytef*>(plain.data());
    stream.avail_out = static_cast<uInt>(plain.size());
    const int ended = inflate(&stream, Z_FINISH);
    inflateEnd(&stream);
    INVARIANT(ended == Z_STREAM_END && stream.avail_out == 0);
    return plain;
}

}  // namespace

std::size_t Names::lower_bound(std::uint64_t key) const {
    return first_not_below(size(), key, [&](std::size_t index) { return keys[index]; });
}

AreasFile AreasFile::over(std::string_view bytes) {
    const std::size_t header_size = magic.size() + 4 * (3 + 2 * sections);
    INVARIANT(bytes.size() > header_size && bytes.starts_with(magic));
    const Column header(bytes.substr(magic.size(), header_size - magic.size()));
    INVARIANT(header[0] == version);
    std::array<std::string_view, sections> part;
    for (std::size_t i = 0; i < sections; ++i) {
        const std::size_t at = header[3 + 2 * i];
        const std::size_t size = header[4 + 2 * i];
        INVARIANT(at <= bytes.size() && size <= bytes.size() - at);
        part[i] = bytes.substr(at, size);
    }

    AreasFile file{};
    file.year = static_cast<int>(header[1]);
    file.areas = header[2];
    file.upper = {Column(part[0]), Column(part[1]), part[2]};
    file.blocks = Column(part[3]);
    file.packed = part[4];
    file.county_codes = {Column(part[5]), Column(part[6]), part[7]};
    file.masks = Column(part[8]);
    file.initials = part[9];
    return file;
}

std::size_t AreasFile::lower_bound_of_county(std::uint64_t key) const {
    return first_not_below(counties(), key, [&](std::size_t index) { return county_key(index); });
}

County AreasFile::open(std::size_t index) const {
    County county;
    county.text =
        inflated(packed.substr(blocks[4 * index + 1], blocks[4 * index + 2]), blocks[4 * index + 3]);

    // How many, the steps between the codes, the lengths of the names, the names.
    const std::string_view plain(county.text.data(), county.text.size());
    const Column numbers(plain);
    const std::size_t count = numbers[0];
    county.villages.reserve(count);
    std::uint32_t inside = 0;
    std::size_t at = 4 * (1 + 2 * count);
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t length = numbers[1 + count + i];
        inside += numbers[1 + i];
        county.villages.push_back({inside, plain.substr(at, length)});
        at += length;
    }
    INVARIANT(at == plain.size());
    return county;
}

std::uint32_t AreasFile::initials_of(char32_t character) const {
    constexpr char32_t first = 0x3400;
    if (character < first || character - first >= initials.size()) return 0;
    return masks[static_cast<unsigned char>(initials[character - first])];
}

}  // namespace ballast::areas
