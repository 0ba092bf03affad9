#include "bulletin/reading.h"

#include <unicode/ucnv.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>

#include "base/text.h"

namespace ballast::bulletin {
namespace {

struct CloseConverter {
    void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, CloseConverter>;

/// Nothing when the bytes are not wholly of that encoding.
std::optional<std::string> converted(const char* encoding, std::string_view bytes) {
    UErrorCode error = U_ZERO_ERROR;
    const Converter from(ucnv_open(encoding, &error));
    const Converter to(ucnv_open("UTF-8", &error));
    if (U_FAILURE(error)) return std::nullopt;
    ucnv_setToUCallBack(from.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &error);
    std::string out(bytes.size() * 3 + 16, '\0');
    char* target = out.data();
    const char* source = bytes.data();
    ucnv_convertEx(to.get(), from.get(), &target, out.data() + out.size(), &source,
                   bytes.data() + bytes.size(), nullptr, nullptr, nullptr, nullptr, true, true, &error);
    if (U_FAILURE(error)) return std::nullopt;
    out.resize(static_cast<std::size_t>(target - out.data()));
    return out;
}

/// Lines of UTF-8 that hold Chinese: by accident two characters of GB18030 may look so, whole lines do not.
bool surely_utf8(std::string_view line) {
    if (!text::valid_utf8(line)) return false;
    std::size_t han = 0;
    for (const char32_t c : text::code_points(line)) han += text::is_han(c) ? 1 : 0;
    return han >= 2;
}

/// Line ends as \n; form feeds and other control characters as blanks, tabs stay.
std::string plain_lines(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\r') {
            if (i + 1 == text.size() || text[i + 1] != '\n') out += '\n';
        } else if (c == '\f') {
            out += '\n';
        } else if (static_cast<unsigned char>(c) < ' ' && c != '\n' && c != '\t') {
            out += ' ';
        } else {
            out += c;
        }
    }
    return out;
}

/// Files that were put together of two: some lines are UTF-8, the others GB18030.
Result<Reading> read_mixed(std::string_view bytes) {
    Reading out{.format = "txt", .text = {}, .title = {}, .notes = {}};
    std::size_t number = 0, others = 0;
    for (const auto line : text::split(bytes, '\n')) {
        ++number;
        if (text::valid_utf8(line)) {
            out.text += line;
        } else if (const auto gb = converted("GB18030", line)) {
            out.text += *gb;
            ++others;
        } else {
            return invalid("bulletin.encoding").with("line", std::to_string(number));
        }
        out.text += '\n';
    }
    if (!bytes.ends_with('\n')) out.text.pop_back();
    out.notes.push_back({"bulletin.note.mixed_encodings", {{"count", std::to_string(others)}}});
    return out;
}

std::string lower_head(std::string_view bytes) {
    auto head = std::string(text::trimmed(bytes.substr(0, 2048)));
    for (char& c : head)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
    return head;
}

bool looks_like_feed(std::string_view bytes) {
    const auto head = lower_head(bytes);
    if (head.find("<html") != std::string::npos) return false;
    return head.find("<rss") != std::string::npos || head.find("<rdf:rdf") != std::string::npos ||
           head.find("<feed") != std::string::npos;
}

bool looks_like_html(std::string_view bytes) {
    const auto head = lower_head(bytes);
    return head.starts_with("<!doctype html") || head.find("<html") != std::string::npos ||
           head.find("<body") != std::string::npos || head.starts_with("<p") || head.starts_with("<div") ||
           head.starts_with("<h1") || head.starts_with("<article");
}

bool turns(char32_t c) {
    return c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

void leave_turning_marks_out(Reading& reading) {
    std::size_t marks = 0;
    const auto from = [&](std::string& text) {
        std::string kept = without_turning_marks(text);
        marks += (text.size() - kept.size()) / 3;  // each has three bytes
        text = std::move(kept);
    };
    from(reading.text);
    from(reading.title);
    for (auto& item : reading.items)
        for (auto* field : {&item.headline, &item.body, &item.source_name, &item.source_url}) from(*field);
    if (marks > 0) reading.notes.push_back({"bulletin.note.turning_marks", {{"count", std::to_string(marks)}}});
}

Result<Reading> read_bytes(std::string_view bytes, const std::string& path, const std::string& name) {
    if (bytes.starts_with("PK\x03\x04")) return read_docx(path, name);
    if (looks_like_feed(bytes)) return read_rss(bytes, name);
    if (looks_like_html(bytes)) return read_html(bytes);
    return read_text(bytes);
}

bool is_other_format(std::string_view bytes) {
    using namespace std::string_view_literals;
    for (const auto mark : {"%PDF-"sv, "\x89PNG"sv, "\xFF\xD8\xFF"sv, "GIF8"sv, "\xD0\xCF\x11\xE0"sv,
                            "{\\rtf"sv, "Rar!"sv, "7z\xBC\xAF"sv, "\x1F\x8B"sv})
        if (bytes.starts_with(mark)) return true;
    return false;
}

}  // namespace

std::string without_turning_marks(std::string_view utf8) {
    // Both lead bytes of all of them; texts without either are most.
    if (utf8.find("\xE2\x80") == std::string_view::npos && utf8.find("\xE2\x81") == std::string_view::npos)
        return std::string(utf8);
    auto text = text::code_points(utf8);
    std::erase_if(text, turns);
    return text::utf8(text);
}

Result<Reading> read_text(std::string_view bytes) {
    using namespace std::string_view_literals;
    Reading out{.format = "txt", .text = {}, .title = {}, .notes = {}};
    const auto as = [&](const char* encoding, std::string_view label) -> Result<Reading> {
        auto text = converted(encoding, bytes);
        if (!text) return invalid("bulletin.encoding").with("line", "1");
        out.text = plain_lines(std::string_view(*text).substr(text->starts_with("\xEF\xBB\xBF") ? 3 : 0));
        out.notes.push_back({"bulletin.note.encoding", {{"encoding", std::string(label)}}});
        return out;
    };
    if (bytes.starts_with("\xFF\xFE"sv)) return as("UTF-16LE", "UTF-16");
    if (bytes.starts_with("\xFE\xFF"sv)) return as("UTF-16BE", "UTF-16");
    if (bytes.starts_with("\xEF\xBB\xBF"sv)) bytes.remove_prefix(3);
    if (bytes.find('\0') != std::string_view::npos)
        return invalid("bulletin.encoding")
            .with("line", std::to_string(1 + std::ranges::count(bytes.substr(0, bytes.find('\0')), '\n')));
    if (text::valid_utf8(bytes)) {
        out.text = plain_lines(bytes);
        return out;
    }
    bool mixed = false;
    for (const auto line : text::split(bytes, '\n')) mixed = mixed || surely_utf8(line);
    if (!mixed && converted("GB18030", bytes)) return as("GB18030", "GB18030");
    auto pieced = TRY(read_mixed(bytes));
    pieced.text = plain_lines(pieced.text);
    return pieced;
}

Result<Reading> read_file(const std::string& path, const std::string& name) {
    std::error_code failed;
    const auto size = static_cast<std::int64_t>(std::filesystem::file_size(path, failed));
    if (failed) return unavailable("bulletin.cannot_read").with("name", name);
    if (size == 0) return invalid("bulletin.file_empty").with("name", name);
    if (size > largest_file)
        return invalid("bulletin.file_too_large")
            .with("size", std::to_string((size + 1024 * 1024 - 1) / (1024 * 1024)))
            .with("most", std::to_string(largest_file / (1024 * 1024)));
    std::string bytes(static_cast<std::size_t>(size), '\0');
    std::ifstream in(path, std::ios::binary);
    if (!in.read(bytes.data(), size)) return unavailable("bulletin.cannot_read").with("name", name);
    if (is_other_format(bytes)) return invalid("bulletin.file_unknown").with("name", name);
    auto out = TRY(read_bytes(bytes, path, name));
    leave_turning_marks_out(out);
    if (text::trimmed(out.text).empty()) return invalid("bulletin.file_empty").with("name", name);
    return out;
}

}  // namespace ballast::bulletin
