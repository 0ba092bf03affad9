#include <minizip/unzip.h>

#include <memory>
#include <optional>
#include <pugixml.hpp>

#include "base/text.h"
#include "bulletin/reading.h"

namespace ballast::bulletin {
namespace {

constexpr std::size_t most_unpacked = 64U << 20;

struct CloseArchive {
    void operator()(void* archive) const { unzClose(archive); }
};

std::optional<std::string> member(const std::string& path, const char* name) {
    const std::unique_ptr<void, CloseArchive> archive(unzOpen64(path.c_str()));
    if (!archive || unzLocateFile(archive.get(), name, 2) != UNZ_OK ||
        unzOpenCurrentFile(archive.get()) != UNZ_OK)
        return std::nullopt;
    std::string out;
    char piece[1 << 16];
    int count = 0;
    while ((count = unzReadCurrentFile(archive.get(), piece, sizeof piece)) > 0 &&
           out.size() <= most_unpacked)
        out.append(piece, static_cast<std::size_t>(count));
    const bool whole = unzCloseCurrentFile(archive.get()) == UNZ_OK && count == 0;
    if (!whole || out.size() > most_unpacked) return std::nullopt;
    return out;
}

std::string_view local_name(const pugi::xml_node& node) {
    const std::string_view name = node.name();
    const auto colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

class Body {
public:
    void walk(const pugi::xml_node& node) {
        for (const auto& child : node.children()) {
            const auto name = local_name(child);
            if (name == "p")
                paragraph(child);
            else if (name == "tr")
                table_row(child);
            else if (name != "Fallback" && name != "del" && name != "sectPr")
                walk(child);
        }
    }
    std::string out;
    int pictures = 0;

private:
    void paragraph(const pugi::xml_node& node) {
        std::string line;
        bool listed = false;
        for (const auto& child : node.children())
            if (local_name(child) == "pPr")
                for (const auto& one : child.children())
                    if (local_name(one) == "pStyle") listed = is_contents(one);
        words(node, line);
        // 标题 <tab> 3: the page that a contents list names.
        if (const auto tab = line.rfind('\t'); listed && tab != std::string::npos) line.resize(tab);
        end(line);
    }

    static bool is_contents(const pugi::xml_node& style) {
        for (const auto& attribute : style.attributes()) {
            std::string value = attribute.value();
            for (char& c : value)
                if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
            if (value.starts_with("toc") && value != "tocheading") return true;
        }
        return false;
    }

    void table_row(const pugi::xml_node& row) {
        std::string line;
        for (const auto& cell : row.children()) {
            if (local_name(cell) != "tc") continue;
            if (!line.empty()) line += "\t";
            words(cell, line);
        }
        end(line);
    }

    void words(const pugi::xml_node& node, std::string& line) {
        for (const auto& child : node.children()) {
            const auto name = local_name(child);
            if (name == "t")
                line += child.text().get();
            else if (name == "tab")
                line += '\t';
            else if (name == "br" || name == "cr")
                line += '\n';
            else if (name == "noBreakHyphen")
                line += '-';
            else if (name == "blip")
                ++pictures;
            else if (name != "Fallback" && name != "del" && name != "instrText" && name != "pPr" &&
                     name != "rPr")
                words(child, line);
        }
    }

    void end(const std::string& line) {
        for (const auto part : text::split(line, '\n')) {
            const auto kept = text::trimmed(part);
            if (!kept.empty()) out += std::string(kept) + "\n\n";
        }
    }
};

}  // namespace

Result<Reading> read_docx(const std::string& path, const std::string& name) {
    const auto xml = member(path, "word/document.xml");
    if (!xml) return invalid("bulletin.docx_broken").with("name", name);
    pugi::xml_document document;
    const auto parsed =
        document.load_buffer(xml->data(), xml->size(), pugi::parse_default | pugi::parse_ws_pcdata);
    if (!parsed) return invalid("bulletin.docx_broken").with("name", name);
    Body body;
    body.walk(document);
    if (!text::valid_utf8(body.out)) return invalid("bulletin.docx_broken").with("name", name);
    Reading out{.format = "docx", .text = std::move(body.out), .title = {}, .notes = {}};
    if (text::trimmed(out.text).empty()) return invalid("bulletin.file_empty").with("name", name);
    if (body.pictures > 0)
        out.notes.push_back({"bulletin.note.pictures_left_out", {{"count", std::to_string(body.pictures)}}});
    return out;
}

}  // namespace ballast::bulletin
