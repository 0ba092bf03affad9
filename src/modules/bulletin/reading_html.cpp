#include <libxml/HTMLparser.h>
#include <libxml/HTMLtree.h>

#include <algorithm>
#include <array>
#include <memory>

#include "base/text.h"
#include "bulletin/reading.h"

namespace ballast::bulletin {
namespace {

struct FreeDocument {
    void operator()(xmlDoc* document) const { xmlFreeDoc(document); }
};

template <std::size_t n>
bool one_of(std::string_view name, const std::array<std::string_view, n>& names) {
    return std::ranges::find(names, name) != names.end();
}

// Their content is no text of the page.
constexpr std::array<std::string_view, 10> left_out{"script", "style", "noscript", "iframe", "object",
                                                    "embed",  "form",  "template", "svg",    "head"};
constexpr std::array<std::string_view, 24> blocks{
    "p",      "div",        "h1",     "h2",         "h3",      "h4",      "h5",      "h6",
    "li",     "ul",         "ol",     "tr",         "table",   "section", "article", "header",
    "footer", "blockquote", "figure", "figcaption", "address", "main",    "dt",      "dd"};

class Page {
public:
    void walk(const xmlNode* node, int depth = 0) {
        constexpr int deepest = 200;  // deeper is no page that somebody wrote
        for (; node != nullptr; node = node->next) {
            if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) {
                add(reinterpret_cast<const char*>(node->content));
                continue;
            }
            if (node->type != XML_ELEMENT_NODE) continue;
            const std::string_view name(reinterpret_cast<const char*>(node->name));
            if (name == "title" && title_.empty()) title_ = content_of(node);
            if (one_of(name, left_out)) {
                if (name == "head") find_title(node->children);
                if (name == "script" || name == "iframe" || name == "object" || name == "embed") ++active_;
                continue;
            }
            for (const xmlAttr* attribute = node->properties; attribute != nullptr;
                 attribute = attribute->next)
                if (std::string_view(reinterpret_cast<const char*>(attribute->name)).starts_with("on"))
                    ++active_;
            if (name == "br" || name == "hr") {
                end_line();
                continue;
            }
            const bool block = one_of(name, blocks);
            if (block) end_line();
            if (name == "td" || name == "th") add(" ");
            if (depth < deepest) walk(node->children, depth + 1);
            if (block) end_line();
        }
    }

    Reading finished() {
        end_line();
        Reading out{.format = "html", .text = std::move(out_), .title = std::move(title_), .notes = {}};
        if (active_ > 0)
            out.notes.push_back({"bulletin.note.scripts_removed", {{"count", std::to_string(active_)}}});
        return out;
    }

private:
    static std::string content_of(const xmlNode* node) {
        xmlChar* const content = xmlNodeGetContent(node);
        std::string out(content ? reinterpret_cast<const char*>(content) : "");
        xmlFree(content);
        return std::string(text::trimmed(out));
    }
    void find_title(const xmlNode* node) {
        for (; node != nullptr; node = node->next)
            if (node->type == XML_ELEMENT_NODE && xmlStrEqual(node->name, BAD_CAST "title"))
                title_ = content_of(node);
    }

    /// White space of the source is one blank, none between Han characters that a line end parts.
    void add(const char* words) {
        for (const char* c = words; *c != '\0'; ++c) {
            if (*c == ' ' || *c == '\n' || *c == '\r' || *c == '\t') {
                blank_ = !line_.empty();
                continue;
            }
            if (blank_) line_ += ' ';
            blank_ = false;
            line_ += *c;
        }
    }
    void end_line() {
        const auto words = text::trimmed(line_);
        if (!words.empty()) {
            out_ += words;
            out_ += "\n\n";
        }
        line_.clear();
        blank_ = false;
    }

    std::string out_, line_, title_;
    bool blank_ = false;
    int active_ = 0;
};

}  // namespace

Result<Reading> read_html(std::string_view bytes) {
    // What the page says of its encoding is often wrong; what the bytes are is not.
    auto decoded = TRY(read_text(bytes));
    const int options = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET;
    xmlResetLastError();
    const std::unique_ptr<xmlDoc, FreeDocument> document(htmlReadMemory(
        decoded.text.data(), static_cast<int>(decoded.text.size()), nullptr, "UTF-8", options));
    // Short of a fatal fault (elements nested 256 deep) the parser mends what is wrong, and loses no text.
    const auto* const fault = xmlGetLastError();
    if (!document || (fault && fault->level == XML_ERR_FATAL)) return invalid("bulletin.html_broken");
    Page page;
    page.walk(xmlDocGetRootElement(document.get()));
    auto out = page.finished();
    std::ranges::move(decoded.notes, std::back_inserter(out.notes));
    return out;
}

}  // namespace ballast::bulletin
