#include "cli/whole_file.h"

#include <cstdio>
#include <fstream>

namespace ballast::cli {

Result<void> write_whole(const std::string& path, const std::string& bytes) {
    const std::string draft = path + ".part";
    std::ofstream out(draft, std::ios::binary | std::ios::trunc);
    out << bytes;
    out.close();
    if (out && std::rename(draft.c_str(), path.c_str()) == 0) return {};
    std::remove(draft.c_str());
    return unavailable("cli.cannot_write").with("file", path);
}

}  // namespace ballast::cli
