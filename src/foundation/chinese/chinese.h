/// Chinese names and words for comparing, sorting into search and typing by initials. Works character by
/// character on tables made when Ballast is built (ICU 72, OpenCC), so every function is fast, may be called
/// from any thread, and gives the same answer on every machine.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ballast::chinese {

/// A person's or a place's name as it is compared: half-width, upper-case, simplified characters and common
/// variants, without blanks and without the dot that stands inside Yi, Tibetan or Uyghur names in a dozen
/// forms. "吉克·阿依", "吉克•阿依" and " 吉克 阿依" all become "吉克阿依". For comparing; never shown.
std::string normalised_name(std::string_view utf8);
bool same_name(std::string_view a, std::string_view b);

/// Readings without tones, a blank between syllables, ü as v: "zhao jue xian". Each character has its
/// commonest reading, save for place names known to differ (重庆, 六安). What is not Han stays, in lower
/// case.
std::string pinyin(std::string_view text);
/// The first letter of each syllable, as people type it: "zjx". Letters and digits stay; the rest is dropped.
std::string initials(std::string_view text);
/// Names that are written differently and read the same, tones apart: 王芳 and 汪方.
bool sounds_alike(std::string_view a, std::string_view b);

/// Terms for the full-text index, parted by blanks: each pair of neighbouring characters and the last one
/// alone, so that every character begins a term; words of letters or digits whole. "张三丰" gives "张三 三丰
/// 丰".
std::string bigrams(std::string_view text);
/// The terms that a text must all have to contain `query`. A term of one Han character is to be searched as
/// a prefix, the others exactly.
std::vector<std::string> search_terms(std::string_view query);

}  // namespace ballast::chinese
