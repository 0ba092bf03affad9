#include "document/zip_writer.h"

#include <minizip/zip.h>

#include <algorithm>
#include <cstring>

namespace ballast::document {

/// minizip writes through these as if into a file.
struct MemoryFile {
    using Memory = ZipWriter::Memory;
    static Memory& of(voidpf opaque) { return *static_cast<Memory*>(opaque); }

    static voidpf open(voidpf opaque, const void*, int) { return opaque; }
    static uLong read(voidpf, voidpf stream, void* to, uLong size) {
        Memory& memory = of(stream);
        const std::size_t count = std::min<std::size_t>(size, memory.bytes.size() - memory.at);
        std::memcpy(to, memory.bytes.data() + memory.at, count);
        memory.at += count;
        return static_cast<uLong>(count);
    }
    static uLong write(voidpf, voidpf stream, const void* from, uLong size) {
        Memory& memory = of(stream);
        if (memory.bytes.size() < memory.at + size) memory.bytes.resize(memory.at + size);
        std::memcpy(memory.bytes.data() + memory.at, from, size);
        memory.at += size;
        return size;
    }
    static ZPOS64_T tell(voidpf, voidpf stream) { return of(stream).at; }
    static long seek(voidpf, voidpf stream, ZPOS64_T offset, int origin) {
        Memory& memory = of(stream);
        const std::size_t from = origin == ZLIB_FILEFUNC_SEEK_CUR   ? memory.at
                                 : origin == ZLIB_FILEFUNC_SEEK_END ? memory.bytes.size()
                                                                    : 0;
        if (from + offset > memory.bytes.size()) return -1;
        memory.at = static_cast<std::size_t>(from + offset);
        return 0;
    }
    static int close(voidpf, voidpf) { return 0; }
    static int error(voidpf, voidpf) { return 0; }
};

ZipWriter::ZipWriter(Date day) : day_(day) {
    zlib_filefunc64_def functions{};
    functions.zopen64_file = MemoryFile::open;
    functions.zread_file = MemoryFile::read;
    functions.zwrite_file = MemoryFile::write;
    functions.ztell64_file = MemoryFile::tell;
    functions.zseek64_file = MemoryFile::seek;
    functions.zclose_file = MemoryFile::close;
    functions.zerror_file = MemoryFile::error;
    functions.opaque = &memory_;
    zip_ = zipOpen2_64("memory", APPEND_STATUS_CREATE, nullptr, &functions);
    INVARIANT(zip_ != nullptr);
}

ZipWriter::~ZipWriter() {
    if (zip_ != nullptr) zipClose(zip_, nullptr);
}

void ZipWriter::add(const std::string& name, std::string_view bytes, Packing packing) {
    INVARIANT(zip_ != nullptr);
    zip_fileinfo info{};
    info.tmz_date.tm_year = static_cast<uInt>(std::max(day_.year(), 1980));  // as far back as a zip goes
    info.tmz_date.tm_mon = static_cast<uInt>(day_.month() - 1);
    info.tmz_date.tm_mday = static_cast<uInt>(day_.day());
    const bool opened = zipOpenNewFileInZip64(zip_, name.c_str(), &info, nullptr, 0, nullptr, 0, nullptr,
                                              packing == Packing::deflated ? Z_DEFLATED : 0, 6, 0) == ZIP_OK;
    INVARIANT(opened);
    const bool written =
        zipWriteInFileInZip(zip_, bytes.data(), static_cast<unsigned>(bytes.size())) == ZIP_OK &&
        zipCloseFileInZip(zip_) == ZIP_OK;
    INVARIANT(written);
}

std::string ZipWriter::finish() {
    INVARIANT(zip_ != nullptr);
    const bool closed = zipClose(zip_, nullptr) == ZIP_OK;
    zip_ = nullptr;
    INVARIANT(closed);
    return std::move(memory_.bytes);
}

}  // namespace ballast::document
