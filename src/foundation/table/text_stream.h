/// A text file as UTF-8, piece by piece, whatever its encoding. Internal to `table`.
#pragma once

#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "table/refusal.h"

struct UConverter;

namespace ballast::table {

enum class Encoding : std::uint8_t { utf8, gb18030, utf16_little, utf16_big };

class TextStream {
public:
    static Result<TextStream> open(const std::string& path, Encoding encoding, const std::string& name);

    /// The next bytes, empty at the end; they live until the next call. A piece may end inside a character.
    /// Errors: "table.encoding", "table.nul" with the row; unavailable "table.cannot_read".
    Result<std::string_view> next();
    std::int64_t bytes_read() const { return bytes_read_; }

private:
    /// Accepts UTF-8 byte by byte (RFC 3629: no surrogates, no overlong forms).
    class Utf8Check {
    public:
        bool accept(unsigned char byte);
        bool complete() const { return waiting_ == 0; }

    private:
        int waiting_ = 0;  // continuation bytes still to come
        unsigned char low_ = 0x80, high_ = 0xBF;
    };
    struct CloseFile {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    struct CloseConverter {
        void operator()(UConverter* converter) const;
    };

    TextStream() = default;
    Result<std::string_view> check(std::string_view piece, bool last);
    Result<std::string_view> convert(std::string_view piece, bool last);
    void count_rows(std::string_view piece);
    Error fault(const char* id) const;

    Encoding encoding_ = Encoding::utf8;
    std::string name_;
    std::unique_ptr<std::FILE, CloseFile> file_;
    std::vector<char> bytes_;
    std::int64_t bytes_read_ = 0;
    bool ended_ = false;
    Utf8Check utf8_;
    std::unique_ptr<UConverter, CloseConverter> from_, to_;
    std::vector<char16_t> pivot_;
    char16_t* pivot_source_ = nullptr;
    char16_t* pivot_target_ = nullptr;
    std::string converted_;
    std::int64_t row_ = 1;  // of the next byte, for messages: line ends outside quotes
    bool in_quotes_ = false;
    char previous_ = 0;
};

/// By byte-order mark, else the first that the whole file is valid in: UTF-8, GB18030. The file is read
/// through, so that a wrong byte is refused before the first row is used. Errors: those of TextStream::next;
/// of the two encodings, the one that went further names the row.
Result<Encoding> detect_encoding(const std::string& path, const std::string& name);

}  // namespace ballast::table
