/// The layout of areas.bin, which tools/make_areas.mjs writes and the program carries. Everything above the
/// village lies open and sorted, so that it is searched where it lies; the villages of each county are one
/// deflated block.
#pragma once

#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>
#include <vector>

namespace ballast::areas {

/// Whole numbers of four bytes, little-endian as on every machine that we build for.
class Column {
public:
    Column() = default;
    explicit Column(std::string_view bytes) : bytes_(bytes) {}
    std::size_t size() const { return bytes_.size() / 4; }
    std::uint32_t operator[](std::size_t index) const {
        std::uint32_t number;
        std::memcpy(&number, bytes_.data() + 4 * index, 4);
        return number;
    }

private:
    std::string_view bytes_;
};

/// Ascending keys, each with a name.
struct Names {
    Column keys;
    Column ends;  // where each name begins; one more than there are keys
    std::string_view text;

    std::size_t size() const { return keys.size(); }
    std::string_view name(std::size_t index) const {
        return text.substr(ends[index], ends[index + 1] - ends[index]);
    }
    /// The first index whose key is not below.
    std::size_t lower_bound(std::uint64_t key) const;
};

struct Village {
    std::uint32_t inside;  // the last six digits of the code: township and village
    std::string_view name;
};

/// The villages of one county, ascending; the names lie in `text`.
struct County {
    std::vector<char> text;  // not a string, whose short texts would move with it
    std::vector<Village> villages;
};

struct AreasFile {
    int year;
    std::size_t areas;   // of all levels
    Names upper;         // province to township; key: the first nine digits of the code
    Names county_codes;  // of all years; key: twice the six digits, plus one when in force
    Column masks;        // sets of pinyin initials, bit 0 is 'a'
    std::string_view initials;

    /// A file of another version, or a damaged one, breaks an INVARIANT: it is part of the program.
    static AreasFile over(std::string_view bytes);

    std::size_t counties() const { return blocks.size() / 4; }
    std::uint32_t county_key(std::size_t index) const { return blocks[4 * index]; }  // the first six digits
    /// The first index whose county is not below.
    std::size_t lower_bound_of_county(std::uint64_t key) const;
    County open(std::size_t index) const;

    /// The pinyin initials that the character may have; 0 for what has none.
    std::uint32_t initials_of(char32_t character) const;

    Column blocks;  // four numbers each: county, offset, packed size, plain size
    std::string_view packed;
};

}  // namespace ballast::areas
