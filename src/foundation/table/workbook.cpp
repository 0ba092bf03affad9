#include "table/workbook.h"

#include <charconv>
#include <cstring>
#include <map>
#include <unordered_map>

#include "base/text.h"
#include "table/xml_part.h"

namespace ballast::table {

namespace {

// The parts that are kept in memory, save the shared strings. A workbook of 60,000 styles has some 10 MB.
constexpr std::int64_t small_part_bytes = 64LL << 20;

struct Relationship {
    std::string type;  // the last word of its address
    std::string target;
};
using Relationships = std::unordered_map<std::string, Relationship>;

std::int64_t number(std::optional<std::string_view> text, std::int64_t otherwise) {
    std::int64_t value = otherwise;
    if (text) std::from_chars(text->data(), text->data() + text->size(), value);
    return value;
}

bool truth(std::optional<std::string_view> text) { return text == "1" || text == "true" || text == "on"; }

/// `target` as seen from the folder of `part`, without leading slash, "." and "..".
std::string resolve(std::string_view part, std::string_view target) {
    std::string path;
    if (target.starts_with('/')) {
        path = target.substr(1);
    } else {
        const auto slash = part.rfind('/');
        path.append(slash == std::string_view::npos ? "" : part.substr(0, slash + 1)).append(target);
    }
    std::vector<std::string_view> steps;
    for (const auto step : text::split(path, '/')) {
        if (step == "." || step.empty()) continue;
        if (step == "..") {
            if (!steps.empty()) steps.pop_back();
        } else {
            steps.push_back(step);
        }
    }
    std::string resolved;
    for (const auto step : steps) resolved.append(resolved.empty() ? "" : "/").append(step);
    return resolved;
}

std::string relationships_part(const std::string& part) {
    const auto slash = part.rfind('/');
    const auto name = slash == std::string::npos ? 0 : slash + 1;
    return part.substr(0, name) + "_rels/" + part.substr(name) + ".rels";
}

class RelationshipsVisitor : public XmlVisitor {
public:
    explicit RelationshipsVisitor(std::string part) : part_(std::move(part)) {}
    void start(std::string_view element, const Attributes& attributes) override {
        if (element != "Relationship" || attributes["TargetMode"] == "External") return;
        const auto id = attributes["Id"], type = attributes["Type"], target = attributes["Target"];
        if (!id || !type || !target) return;
        const auto word = type->substr(type->rfind('/') + 1);
        found[std::string(*id)] = {std::string(word), resolve(part_, *target)};
    }
    const std::string* first_of(std::string_view type) const {
        for (const auto& [id, relationship] : found)
            if (relationship.type == type) return &relationship.target;
        return nullptr;
    }
    Relationships found;

private:
    std::string part_;
};

class WorkbookVisitor : public XmlVisitor {
public:
    struct Entry {
        std::string name, relationship;
        bool hidden;
    };
    void start(std::string_view element, const Attributes& attributes) override {
        if (!root_seen_) is_workbook = element == "workbook";
        root_seen_ = true;
        if (element == "workbookPr" && truth(attributes["date1904"])) date_system = DateSystem::from_1904;
        if (element == "sheet") {
            const auto state = attributes["state"].value_or("visible");
            entries.push_back({std::string(attributes["name"].value_or("")),
                               std::string(attributes["id"].value_or("")), state != "visible"});
        }
    }
    bool is_workbook = false;
    DateSystem date_system = DateSystem::from_1900;
    std::vector<Entry> entries;

private:
    bool root_seen_ = false;
};

class StylesVisitor : public XmlVisitor {
public:
    void start(std::string_view element, const Attributes& attributes) override {
        if (element == "cellXfs") in_cell_styles_ = true;
        if (element == "numFmts") in_formats_ = true;
        if (element == "numFmt" && in_formats_)
            own_formats_[number(attributes["numFmtId"], -1)] =
                is_date_format(attributes["formatCode"].value_or(""));
        if (element == "xf" && in_cell_styles_)
            formats_of_styles_.push_back(number(attributes["numFmtId"], 0));
    }
    void end(std::string_view element) override {
        if (element == "cellXfs") in_cell_styles_ = false;
        if (element == "numFmts") in_formats_ = false;
    }
    std::vector<bool> style_is_date() const {
        std::vector<bool> dates;
        for (const auto format : formats_of_styles_) {
            const auto own = own_formats_.find(format);
            dates.push_back(own != own_formats_.end() ? own->second : is_builtin_date_format(format));
        }
        return dates;
    }

private:
    bool in_cell_styles_ = false;
    bool in_formats_ = false;
    std::map<std::int64_t, bool> own_formats_;
    std::vector<std::int64_t> formats_of_styles_;
};

class StringsVisitor : public XmlVisitor {
public:
    StringsVisitor(const Limits& limits, const Place& place) : limits_(limits), place_(place) {}
    void start(std::string_view element, const Attributes&) override {
        if (element == "si") text_.clear();
        if (element == "rPh") phonetic_ = true;
        in_text_ = element == "t" && !phonetic_;
    }
    void end(std::string_view element) override {
        in_text_ = false;
        if (element == "rPh") phonetic_ = false;
        if (element != "si") return;
        unescape(text_);
        found.strings.push_back(found.arena.add(text_));
        check(0);
    }
    void text(std::string_view piece) override {
        if (!in_text_) return;
        check(text_.size() + piece.size());
        text_ += piece;
    }
    SharedStrings found;

private:
    void check(std::size_t in_hand) {
        const auto held = found.arena.bytes() + static_cast<std::int64_t>(in_hand) +
                          static_cast<std::int64_t>(found.strings.size() * sizeof(std::string_view));
        if (held > limits_.shared_strings_bytes)
            refuse(refusal_over("table.bomb", limits_.shared_strings_bytes >> 20, place_));
    }
    const Limits& limits_;
    const Place& place_;
    std::string text_;
    bool in_text_ = false;
    bool phonetic_ = false;
};

Result<void> read_part(ZipFile& zip, const std::string& part, std::int64_t most_bytes, const Place& place,
                       XmlVisitor& visitor) {
    return read_xml(zip, part, most_bytes, place, visitor, [&](XmlFault, std::string detail) {
        return refusal("table.part_malformed", place, std::move(detail)).with("part", part);
    });
}

}  // namespace

std::string_view StringArena::add(std::string_view text) {
    constexpr std::size_t block = 1 << 20;
    if (text.empty()) return {};
    if (text.size() > left_) {
        left_ = std::max(block, text.size());
        blocks_.push_back(std::make_unique_for_overwrite<char[]>(left_));
        next_ = blocks_.back().get();
        bytes_ += static_cast<std::int64_t>(left_);
    }
    std::memcpy(next_, text.data(), text.size());
    const std::string_view kept(next_, text.size());
    next_ += text.size();
    left_ -= text.size();
    return kept;
}

void unescape(std::string& text, std::size_t from) {
    constexpr std::size_t length = 7;  // _xHHHH_
    for (auto at = text.find("_x", from); at != std::string::npos; at = text.find("_x", at)) {
        unsigned code = 0;
        const bool whole = at + length <= text.size() && text[at + length - 1] == '_';
        const char* digits = text.data() + at + 2;
        if (!whole || std::from_chars(digits, digits + 4, code, 16).ptr != digits + 4 || code == 0 ||
            (code >= 0xD800 && code <= 0xDFFF)) {
            at += 2;
            continue;
        }
        const auto character = text::utf8(std::u32string(1, static_cast<char32_t>(code)));
        text.replace(at, length, character);
        at += character.size();
    }
}

Result<Workbook> read_workbook(ZipFile& zip, const std::string& name) {
    const Place place{.file = name};
    std::string part = "xl/workbook.xml";
    if (zip.has("_rels/.rels")) {
        RelationshipsVisitor package("");
        TRY(read_part(zip, "_rels/.rels", small_part_bytes, place, package));
        if (const auto* document = package.first_of("officeDocument")) part = *document;
    }
    if (!zip.has(part) || !part.ends_with(".xml")) return refusal("table.not_xlsx", place);

    WorkbookVisitor book;
    TRY(read_part(zip, part, small_part_bytes, place, book));
    if (!book.is_workbook) return refusal("table.not_xlsx", place);
    RelationshipsVisitor relationships(part);
    TRY(read_part(zip, relationships_part(part), small_part_bytes, place, relationships));

    Workbook workbook;
    workbook.date_system = book.date_system;
    for (auto& entry : book.entries) {
        const auto target = relationships.found.find(entry.relationship);
        if (target == relationships.found.end())
            return refusal("table.part_malformed", place, "a sheet without a part").with("part", part);
        if (entry.hidden || target->second.type != "worksheet") continue;
        if (!zip.has(target->second.target)) return refusal("table.truncated", place, "a sheet is missing");
        workbook.sheets.push_back({std::move(entry.name), target->second.target});
    }
    if (workbook.sheets.empty()) return refusal("table.no_sheet", place);

    if (const auto* styles = relationships.first_of("styles"); styles && zip.has(*styles)) {
        StylesVisitor visitor;
        TRY(read_part(zip, *styles, small_part_bytes, place, visitor));
        workbook.style_is_date = visitor.style_is_date();
    }
    if (const auto* strings = relationships.first_of("sharedStrings"); strings && zip.has(*strings))
        workbook.shared_strings_part = *strings;
    return workbook;
}

Result<SharedStrings> read_shared_strings(ZipFile& zip, const Workbook& workbook, const std::string& name,
                                          const Limits& limits) {
    const Place place{.file = name};
    StringsVisitor visitor(limits, place);
    if (!workbook.shared_strings_part.empty())
        TRY(read_part(zip, workbook.shared_strings_part, limits.unpacked_bytes, place, visitor));
    return std::move(visitor.found);
}

}  // namespace ballast::table
