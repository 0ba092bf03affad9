/// The two generated tables (generate/tables.cpp), sorted by character.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace ballast::chinese::tables {

/// A character and the one it is written as in a normalised text. Characters not listed stay.
struct Fold {
    char32_t from;
    char32_t to;
};
std::span<const Fold> folds();

/// A Han character and its commonest reading, an index into syllables().
struct Reading {
    char32_t character;
    std::uint16_t syllable;
};
std::span<const Reading> readings();
/// Without tones; ü is v: "lv".
std::span<const std::string_view> syllables();

}  // namespace ballast::chinese::tables
