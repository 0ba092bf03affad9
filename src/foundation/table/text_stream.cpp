#include "table/text_stream.h"

#include <unicode/ucnv.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace ballast::table {

namespace {

constexpr std::size_t piece_bytes = 64 << 10;

const char* converter_name(Encoding encoding) {
    switch (encoding) {
        case Encoding::gb18030:
            return "GB18030";
        case Encoding::utf16_little:
            return "UTF-16LE";
        case Encoding::utf16_big:
            return "UTF-16BE";
        case Encoding::utf8:
            break;
    }
    return "UTF-8";
}

std::string_view byte_order_mark(Encoding encoding) {
    switch (encoding) {
        case Encoding::utf8:
            return "\xEF\xBB\xBF";
        case Encoding::utf16_little:
            return "\xFF\xFE";
        case Encoding::utf16_big:
            return "\xFE\xFF";
        case Encoding::gb18030:
            return "\x84\x31\x95\x33";
    }
    return {};
}

Error cannot_read(const std::string& name) {
    return unavailable("table.cannot_read", std::strerror(errno)).with("file", name);
}

Result<void> drain(TextStream& stream) {
    while (!TRY(stream.next()).empty()) {
    }
    return {};
}

std::int64_t row_of(const Error& error) {
    for (const auto& [name, value] : error.args)
        if (name == "row") return std::atoll(value.c_str());
    return 0;
}

}  // namespace

bool TextStream::Utf8Check::accept(unsigned char byte) {
    if (waiting_ > 0) {
        if (byte < low_ || byte > high_) return false;
        low_ = 0x80, high_ = 0xBF;
        --waiting_;
        return true;
    }
    if (byte < 0x80) return true;
    if (byte < 0xC2 || byte > 0xF4) return false;
    waiting_ = byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : 3;
    // The second byte of these decides whether the form is overlong, a surrogate or beyond U+10FFFF.
    if (byte == 0xE0) low_ = 0xA0;
    if (byte == 0xED) high_ = 0x9F;
    if (byte == 0xF0) low_ = 0x90;
    if (byte == 0xF4) high_ = 0x8F;
    return true;
}

void TextStream::CloseConverter::operator()(UConverter* converter) const { ucnv_close(converter); }

Result<TextStream> TextStream::open(const std::string& path, Encoding encoding, const std::string& name) {
    TextStream stream;
    stream.encoding_ = encoding;
    stream.name_ = name;
    stream.file_.reset(std::fopen(path.c_str(), "rb"));
    if (!stream.file_) return cannot_read(name);
    stream.bytes_.resize(piece_bytes);
    const auto mark = byte_order_mark(encoding);
    std::string start(mark.size(), '\0');
    if (std::fread(start.data(), 1, start.size(), stream.file_.get()) == mark.size() && start == mark)
        stream.bytes_read_ = static_cast<std::int64_t>(mark.size());
    else
        std::rewind(stream.file_.get());

    if (encoding != Encoding::utf8) {
        UErrorCode status = U_ZERO_ERROR;
        stream.from_.reset(ucnv_open(converter_name(encoding), &status));
        stream.to_.reset(ucnv_open("UTF-8", &status));
        if (stream.from_) {
            ucnv_setToUCallBack(stream.from_.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr,
                                &status);
        }
        if (U_FAILURE(status))
            return unavailable("table.cannot_read", u_errorName(status)).with("file", name);
        stream.pivot_.resize(piece_bytes);
        stream.pivot_source_ = stream.pivot_target_ = stream.pivot_.data();
    }
    return stream;
}

Result<std::string_view> TextStream::next() {
    while (!ended_) {
        const auto count = std::fread(bytes_.data(), 1, bytes_.size(), file_.get());
        if (std::ferror(file_.get())) return cannot_read(name_);
        bytes_read_ += static_cast<std::int64_t>(count);
        ended_ = count < bytes_.size();
        const std::string_view raw(bytes_.data(), count);
        const auto piece = TRY(encoding_ == Encoding::utf8 ? check(raw, ended_) : convert(raw, ended_));
        if (const auto nul = piece.find('\0'); nul != std::string_view::npos) {
            count_rows(piece.substr(0, nul));
            return fault("table.nul");
        }
        count_rows(piece);
        if (!piece.empty()) return piece;
    }
    return std::string_view{};
}

Result<std::string_view> TextStream::check(std::string_view piece, bool last) {
    for (std::size_t at = 0; at < piece.size(); ++at) {
        if (!utf8_.accept(static_cast<unsigned char>(piece[at]))) {
            count_rows(piece.substr(0, at));
            return fault(piece.substr(0, at).find('\0') == std::string_view::npos ? "table.encoding"
                                                                                  : "table.nul");
        }
    }
    if (last && !utf8_.complete()) {
        count_rows(piece);
        return fault("table.encoding");
    }
    return piece;
}

Result<std::string_view> TextStream::convert(std::string_view piece, bool last) {
    // Two bytes of either encoding become at most three; the rest is room for what the converter held back.
    converted_.resize(piece.size() * 2 + 64);
    char* target = converted_.data();
    const char* source = piece.data();
    UErrorCode status = U_ZERO_ERROR;
    ucnv_convertEx(to_.get(), from_.get(), &target, converted_.data() + converted_.size(), &source,
                   piece.data() + piece.size(), pivot_.data(), &pivot_source_, &pivot_target_,
                   pivot_.data() + pivot_.size(), /*reset*/ false, last, &status);
    const std::string_view text(converted_.data(), static_cast<std::size_t>(target - converted_.data()));
    if (U_FAILURE(status)) {
        INVARIANT(status != U_BUFFER_OVERFLOW_ERROR);
        count_rows(text);
        return fault("table.encoding");
    }
    return text;
}

void TextStream::count_rows(std::string_view piece) {
    for (const char c : piece) {
        if (c == '"') in_quotes_ = !in_quotes_;
        if (!in_quotes_ && (c == '\r' || (c == '\n' && previous_ != '\r'))) ++row_;
        previous_ = c;
    }
}

Error TextStream::fault(const char* id) const { return refusal(id, Place{.file = name_, .row = row_}); }

Result<Encoding> detect_encoding(const std::string& path, const std::string& name) {
    for (const auto marked : {Encoding::utf16_little, Encoding::utf16_big}) {
        auto stream = TRY(TextStream::open(path, marked, name));
        if (stream.bytes_read() == 0) continue;
        TRY(drain(stream));
        return marked;
    }
    auto utf8 = TRY(TextStream::open(path, Encoding::utf8, name));
    auto as_utf8 = drain(utf8);
    if (as_utf8) return Encoding::utf8;
    if (as_utf8.error().id != "table.encoding") return std::move(as_utf8).error();

    auto gb18030 = TRY(TextStream::open(path, Encoding::gb18030, name));
    auto as_gb18030 = drain(gb18030);
    if (as_gb18030) return Encoding::gb18030;
    if (as_gb18030.error().id != "table.encoding") return std::move(as_gb18030).error();
    return row_of(as_utf8.error()) > row_of(as_gb18030.error()) ? std::move(as_utf8).error()
                                                                : std::move(as_gb18030).error();
}

}  // namespace ballast::table
