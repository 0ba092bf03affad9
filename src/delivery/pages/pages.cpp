#include "pages/pages.h"

#include <algorithm>
#include <cstdio>
#include <map>

#include "base/text.h"
#include "embedded/web.h"

namespace ballast::pages {
namespace {

struct File {
    std::string_view plain, compressed;
    std::string etag;
};

std::string etag_of(std::string_view bytes) {
    std::uint64_t h = 14695981039346656037ULL;  // FNV-1a: names a version, defends nothing
    for (const unsigned char c : bytes) h = (h ^ c) * 1099511628211ULL;
    char text[20];
    std::snprintf(text, sizeof text, "\"%016llx\"", static_cast<unsigned long long>(h));
    return text;
}

const std::map<std::string, File, std::less<>>& files() {
    static const auto all = [] {
        std::map<std::string, File, std::less<>> made;
        for (const auto& file : embedded::web()) {
            const bool compressed = file.name.ends_with(".gz");
            auto& entry = made[std::string(file.name.substr(0, file.name.size() - (compressed ? 3 : 0)))];
            (compressed ? entry.compressed : entry.plain) = file.bytes;
            if (!compressed) entry.etag = etag_of(file.bytes);
        }
        return made;
    }();
    return all;
}

std::string_view type_of(std::string_view name) {
    constexpr std::pair<std::string_view, std::string_view> types[] = {
        {".html", "text/html; charset=utf-8"},
        {".js", "text/javascript; charset=utf-8"},
        {".css", "text/css; charset=utf-8"},
        {".json", "application/json; charset=utf-8"},
        {".svg", "image/svg+xml"},
        {".png", "image/png"},
        {".ico", "image/x-icon"},
        {".woff2", "font/woff2"},
        {".webmanifest", "application/manifest+json"},
    };
    for (const auto& [ending, type] : types)
        if (name.ends_with(ending)) return type;
    return "application/octet-stream";
}

http::Reply with_head(const File& start, std::string_view head, bool personal) {
    std::string page(start.plain);
    page.insert(std::min(page.find("</head>"), page.size()), head);
    return {.headers = {{"Content-Type", "text/html; charset=utf-8"},
                        {"Cache-Control", personal ? "private, no-store" : "no-cache"}},
            .body = std::move(page)};
}

/// A line of .vite/ahead.txt; its form is told in web/vite.config.ts.
struct Page {
    std::vector<std::string> steps;
    std::string address;
    std::string links;
};

std::vector<std::string> parts_of(std::string_view text, char mark) {
    std::vector<std::string> parts;
    for (const auto part : text::split(text, mark))
        if (!part.empty()) parts.emplace_back(part);
    return parts;
}

const std::vector<Page>& known_pages() {
    static const auto all = [] {
        std::vector<Page> pages;
        const auto list = files().find(".vite/ahead.txt");
        if (list == files().end()) return pages;
        for (const auto line : text::split(list->second.plain, '\n')) {
            const auto cells = text::split(line, '\t');
            if (cells.size() != 3) continue;
            Page page{parts_of(cells[0], '/'), std::string(cells[1]), {}};
            for (const auto& file : parts_of(cells[2], ' '))
                page.links += file.ends_with(".css")
                                  ? "<link rel=\"stylesheet\" crossorigin href=\"/" + file + "\">"
                                  : "<link rel=\"modulepreload\" crossorigin href=\"/" + file + "\">";
            pages.push_back(std::move(page));
        }
        return pages;
    }();
    return all;
}

bool is_number(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool fits(const Page& page, const std::vector<std::string>& steps) {
    return std::equal(page.steps.begin(), page.steps.end(), steps.begin(), steps.end(),
                      [](const std::string& wanted, const std::string& step) {
                          return wanted == "*" || wanted == step || (wanted == "#" && is_number(step));
                      });
}

const std::string* value_of(const http::Request& request, std::string_view name) {
    for (const auto& [found, value] : request.query)
        if (found == name && !value.empty()) return &value;
    return nullptr;
}

}  // namespace

std::optional<Start> start_of(const http::Request& request) {
    const auto& pages = known_pages();
    const auto page =
        std::ranges::find_if(pages, [&](const Page& one) { return fits(one, request.segments); });
    if (page == pages.end()) return {};
    Start start{{"/api/session", "/api/meta"}, page->links};
    if (!page->address.empty() && !value_of(request, "tab")) {
        const auto mark = std::min(page->address.find('?'), page->address.size());
        std::string address = page->address.substr(0, mark);
        for (const auto& name : parts_of(std::string_view(page->address).substr(mark), '&')) {
            const std::string_view bare = std::string_view(name).substr(name.starts_with('?') ? 1 : 0);
            if (const auto* value = value_of(request, bare))
                address += (address.size() == mark ? "?" : "&") + std::string(bare) + "=" +
                           http::percent_encoded(*value);
        }
        start.addresses.push_back(std::move(address));
    }
    return start;
}

std::optional<http::Reply> find(const http::Request& request, std::string_view head, bool personal) {
    std::string name = request.path().substr(1);
    auto found = files().find(name);
    if (found == files().end()) {
        const bool looks_like_a_file = name.find('.', name.rfind('/') + 1) != std::string::npos;
        if (looks_like_a_file) return {};
        name = "index.html";
        found = files().find(name);
        if (found == files().end()) return {};
    }
    const File& file = found->second;
    if (name == "index.html" && !head.empty()) return with_head(file, head, personal);
    http::Reply reply;
    // What Vite puts under assets/ has its content's hash in its name and never changes.
    const bool forever = name.starts_with("assets/");
    reply.headers = {{"Content-Type", std::string(type_of(name))},
                     {"ETag", file.etag},
                     {"Vary", "Accept-Encoding"},
                     {"Cache-Control", forever ? "public, max-age=31536000, immutable" : "no-cache"}};
    reply.fixed = file.plain;
    if (request.header("if-none-match").find(file.etag) != std::string_view::npos) {
        reply.status = 304;
    } else if (!file.compressed.empty() &&
               request.header("accept-encoding").find("gzip") != std::string_view::npos) {
        reply.fixed = file.compressed;
        reply.headers.emplace_back("Content-Encoding", "gzip");
    }
    return reply;
}

}  // namespace ballast::pages
