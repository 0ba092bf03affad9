/// A zip archive made in memory. The same members give the same bytes.
#pragma once

#include <string>
#include <string_view>

#include "base/date.h"

namespace ballast::document {

class ZipWriter {
public:
    /// `day` stands beside every member.
    explicit ZipWriter(Date day);
    ~ZipWriter();
    ZipWriter(const ZipWriter&) = delete;
    ZipWriter& operator=(const ZipWriter&) = delete;

    enum class Packing : std::uint8_t { deflated, stored };
    void add(const std::string& name, std::string_view bytes, Packing packing = Packing::deflated);
    /// Nothing may be added after it.
    std::string finish();

private:
    struct Memory {
        std::string bytes;
        std::size_t at = 0;
    };
    friend struct MemoryFile;

    Memory memory_;
    void* zip_ = nullptr;
    Date day_;
};

}  // namespace ballast::document
