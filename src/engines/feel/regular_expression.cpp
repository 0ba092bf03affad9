#include "feel/regular_expression.h"

#include <array>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

namespace ballast::feel {

namespace {

constexpr std::uint32_t most_steps = 1'000'000;
constexpr std::uint32_t deepest = 10'000;

Error bad_pattern(std::string_view pattern, std::string detail) {
    return invalid("feel.bad_pattern")
        .with("pattern", std::string(pattern))
        .with("detail", std::move(detail));
}

/// What XPath writes otherwise than PCRE2 does: \i and \c (name characters), blocks, subtraction of classes.
class Translation {
public:
    Translation(std::string_view pattern, bool dot_is_all) : in_(pattern), dot_is_all_(dot_is_all) {}

    Result<std::string> run() {
        while (at_ < in_.size()) {
            const char c = in_[at_];
            if (c == '\\') {
                out_ += TRY(escape(false));
            } else if (c == '.' && !dot_is_all_) {
                out_ += "[^\\n\\r]";
                ++at_;
            } else if (c == '[') {
                out_ += TRY(character_class(0));
            } else if (c == '(' && at_ + 1 < in_.size() && in_[at_ + 1] == '?') {
                // XPath knows no groups but plain ones and (?: ).
                if (in_.substr(at_, 3) != "(?:") return bad_pattern(in_, "(?");
                out_ += "(?:";
                at_ += 3;
            } else {
                out_ += c;
                ++at_;
            }
        }
        return out_;
    }

private:
    Result<std::string> escape(bool in_class) {
        static constexpr std::string_view known = "nrt\\|.?*+(){}[]^$-sSdDwWpPiIcC";
        if (at_ + 1 >= in_.size()) return bad_pattern(in_, "\\");
        const char c = in_[at_ + 1];
        const bool digit = c >= '1' && c <= '9';
        if (known.find(c) == std::string_view::npos && (!digit || in_class))
            return bad_pattern(in_, std::string("\\") + c);
        at_ += 2;
        const auto in_brackets = [&](std::string inside, bool negated) {
            if (in_class) return inside;
            return (negated ? "[^" : "[") + inside + "]";
        };
        switch (c) {
            case 'i':
            case 'I':
                if (c == 'I' && in_class) return bad_pattern(in_, "\\I");
                return in_brackets("\\p{L}_:", c == 'I');
            case 'c':
            case 'C':
                if (c == 'C' && in_class) return bad_pattern(in_, "\\C");
                return in_brackets("\\p{L}\\p{Nd}\\p{Mn}_:.\\-\\x{B7}", c == 'C');
            case 'p':
            case 'P':
                return category(c == 'P');
            default:
                return std::string("\\") + c;
        }
    }

    Result<std::string> category(bool negated) {
        const auto end = in_.find('}', at_);
        if (at_ >= in_.size() || in_[at_] != '{' || end == std::string_view::npos)
            return bad_pattern(in_, "\\p");
        const auto name = in_.substr(at_ + 1, end - at_ - 1);
        at_ = end + 1;
        if (!name.starts_with("Is")) return (negated ? "\\P{" : "\\p{") + std::string(name) + "}";
        struct Block {
            std::string_view name, range;
        };
        static constexpr std::array blocks{Block{"BasicLatin", "\\x{0}-\\x{7F}"},
                                           Block{"Latin-1Supplement", "\\x{80}-\\x{FF}"},
                                           Block{"LatinExtended-A", "\\x{100}-\\x{17F}"},
                                           Block{"LatinExtended-B", "\\x{180}-\\x{24F}"},
                                           Block{"Greek", "\\x{370}-\\x{3FF}"},
                                           Block{"GreekandCoptic", "\\x{370}-\\x{3FF}"},
                                           Block{"Cyrillic", "\\x{400}-\\x{4FF}"},
                                           Block{"CJKSymbolsandPunctuation", "\\x{3000}-\\x{303F}"},
                                           Block{"Hiragana", "\\x{3040}-\\x{309F}"},
                                           Block{"Katakana", "\\x{30A0}-\\x{30FF}"},
                                           Block{"CJKUnifiedIdeographs", "\\x{4E00}-\\x{9FFF}"}};
        for (const auto& block : blocks)
            if (block.name == name.substr(2)) return (negated ? "[^" : "[") + std::string(block.range) + "]";
        return bad_pattern(in_, std::string(name));
    }

    /// `[a-z-[aeiou]]` becomes (?![aeiou])[a-z].
    Result<std::string> character_class(int depth) {
        if (depth > 20) return bad_pattern(in_, "[");
        std::string inside = "[";
        std::string except;
        ++at_;
        if (at_ < in_.size() && in_[at_] == '^') inside += '^', ++at_;
        const auto first = at_;
        while (at_ < in_.size() && in_[at_] != ']') {
            const char c = in_[at_];
            if (c == '-' && at_ + 1 < in_.size() && in_[at_ + 1] == '[' && at_ > first) {
                ++at_;
                except = "(?!" + TRY(character_class(depth + 1)) + ")";
                break;
            }
            if (c == '[') return bad_pattern(in_, "[");
            if (c == '\\') {
                inside += TRY(escape(true));
                continue;
            }
            inside += c;
            ++at_;
        }
        if (at_ >= in_.size() || in_[at_] != ']' || at_ == first) return bad_pattern(in_, "[");
        ++at_;
        return "(?:" + except + inside + "])";
    }

    std::string_view in_;
    bool dot_is_all_;
    std::size_t at_ = 0;
    std::string out_;
};

/// Flag x: white space counts only inside brackets.
std::string without_spaces(std::string_view pattern) {
    std::string out;
    int open = 0;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const char c = pattern[i];
        const bool escaped = i > 0 && pattern[i - 1] == '\\';
        if (c == '[' && !escaped) ++open;
        if (c == ']' && !escaped && open > 0) --open;
        if (open > 0 || std::string_view(" \t\n\r").find(c) == std::string_view::npos) out += c;
    }
    return out;
}

std::string message(int code) {
    std::array<PCRE2_UCHAR, 200> text{};
    pcre2_get_error_message(code, text.data(), text.size());
    return reinterpret_cast<const char*>(text.data());
}

}  // namespace

Result<RegularExpression> RegularExpression::compile(std::string_view pattern, std::string_view flags) {
    std::uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_DOLLAR_ENDONLY | PCRE2_NEVER_BACKSLASH_C;
    bool spaces_ignored = false;
    RegularExpression out;
    for (const char flag : flags) {
        if (flag == 's')
            options |= PCRE2_DOTALL;
        else if (flag == 'm')
            options |= PCRE2_MULTILINE;
        else if (flag == 'i')
            options |= PCRE2_CASELESS;
        else if (flag == 'x')
            spaces_ignored = true;
        else if (flag == 'q')
            out.literal_ = true;
        else
            return bad_pattern(pattern, std::string(flags));
    }
    std::string translated(pattern);
    if (out.literal_)
        options = (options & (PCRE2_UTF | PCRE2_CASELESS)) | PCRE2_LITERAL;
    else
        translated = TRY(
            Translation(spaces_ignored ? without_spaces(pattern) : translated, (options & PCRE2_DOTALL) != 0)
                .run());
    int error = 0;
    PCRE2_SIZE at = 0;
    pcre2_code* code = pcre2_compile(reinterpret_cast<PCRE2_SPTR>(translated.data()), translated.size(),
                                     options, &error, &at, nullptr);
    if (!code) return bad_pattern(pattern, message(error));
    out.code_ = std::shared_ptr<const void>(code, [](const void* p) {
        pcre2_code_free(const_cast<pcre2_code*>(static_cast<const pcre2_code*>(p)));
    });
    return out;
}

Result<std::vector<RegularExpression::Match>> RegularExpression::all_matches(std::string_view text,
                                                                             std::size_t most) const {
    const auto* code = static_cast<const pcre2_code*>(code_.get());
    const std::unique_ptr<pcre2_match_data, decltype(&pcre2_match_data_free)> data(
        pcre2_match_data_create_from_pattern(code, nullptr), pcre2_match_data_free);
    const std::unique_ptr<pcre2_match_context, decltype(&pcre2_match_context_free)> bounds(
        pcre2_match_context_create(nullptr), pcre2_match_context_free);
    pcre2_set_match_limit(bounds.get(), most_steps);
    pcre2_set_depth_limit(bounds.get(), deepest);
    std::vector<Match> out;
    std::size_t from = 0;
    bool again_here = true;
    while (from <= text.size() && out.size() < most) {
        const std::uint32_t options = again_here ? 0 : PCRE2_NOTEMPTY_ATSTART;
        const int found = pcre2_match(code, reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(), from,
                                      options, data.get(), bounds.get());
        if (found == PCRE2_ERROR_NOMATCH) break;
        if (found < 0) return invalid("feel.pattern_too_slow").with("detail", message(found));
        const PCRE2_SIZE* ends = pcre2_get_ovector_pointer(data.get());
        Match match{ends[0], ends[1], {}};
        for (std::uint32_t i = 0; i < pcre2_get_ovector_count(data.get()); ++i)
            match.groups.emplace_back(static_cast<int>(i) < found ? ends[2 * i] : PCRE2_UNSET,
                                      static_cast<int>(i) < found ? ends[2 * i + 1] : PCRE2_UNSET);
        from = match.last;
        again_here = match.last > match.first;
        out.push_back(std::move(match));
    }
    return out;
}

Result<bool> RegularExpression::matches(std::string_view text) const {
    return !TRY(all_matches(text, 1)).empty();
}

Result<std::string> RegularExpression::replace(std::string_view text, std::string_view replacement,
                                               std::size_t longest) const {
    if (TRY(matches(""))) return invalid("feel.empty_match");
    std::string out;
    std::size_t done = 0;
    for (const Match& match : TRY(all_matches(text, text.size() + 1))) {
        out += text.substr(done, match.first - done);
        done = match.last;
        for (std::size_t i = 0; i < replacement.size(); ++i) {
            const char c = replacement[i];
            const char next = i + 1 < replacement.size() ? replacement[i + 1] : '\0';
            if (literal_ || (c != '\\' && c != '$')) {
                out += c;
            } else if (c == '\\') {
                if (next != '\\' && next != '$') return invalid("feel.bad_replacement");
                out += next;
                ++i;
            } else {
                // As many digits as still name a group.
                if (next < '0' || next > '9') return invalid("feel.bad_replacement");
                auto group = static_cast<std::size_t>(next - '0');
                for (++i;
                     i + 1 < replacement.size() && replacement[i + 1] >= '0' && replacement[i + 1] <= '9';
                     ++i) {
                    const auto longer = group * 10 + static_cast<std::size_t>(replacement[i + 1] - '0');
                    if (longer >= match.groups.size()) break;
                    group = longer;
                }
                if (group < match.groups.size() && match.groups[group].first != PCRE2_UNSET)
                    out += text.substr(match.groups[group].first,
                                       match.groups[group].second - match.groups[group].first);
            }
            if (out.size() > longest) return invalid("feel.too_large");
        }
    }
    return out + std::string(text.substr(done));
}

Result<std::vector<std::string>> RegularExpression::split(std::string_view text, std::size_t most) const {
    if (TRY(matches(""))) return invalid("feel.empty_match");
    std::vector<std::string> out;
    std::size_t done = 0;
    for (const Match& match : TRY(all_matches(text, most))) {
        out.emplace_back(text.substr(done, match.first - done));
        done = match.last;
    }
    out.emplace_back(text.substr(done));
    return out;
}

}  // namespace ballast::feel
