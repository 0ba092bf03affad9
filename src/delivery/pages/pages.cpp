#include "pages/pages.h"

#include <algorithm>
#include <cstdio>
#include <map>

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

http::Reply with_head(const File& start, std::string_view head) {
    std::string page(start.plain);
    page.insert(std::min(page.find("</head>"), page.size()), head);
    return {.headers = {{"Content-Type", "text/html; charset=utf-8"}, {"Cache-Control", "no-cache"}},
            .body = std::move(page)};
}

}  // namespace

std::optional<http::Reply> find(const http::Request& request, std::string_view head) {
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
    if (name == "index.html" && !head.empty()) return with_head(file, head);
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
