#include "http/message.h"

#include <filesystem>
#include <system_error>

#include "base/text.h"

namespace ballast::http {

std::string_view name_of(Method method) {
    constexpr std::string_view names[] = {"GET", "POST", "PUT", "PATCH", "DELETE"};
    return names[static_cast<int>(method)];
}

Upload::~Upload() {
    std::error_code gone_already;
    if (!path_.empty()) std::filesystem::remove(path_, gone_already);
}

std::int64_t Upload::size() const {
    std::error_code failed;
    const auto bytes = std::filesystem::file_size(path_, failed);
    return failed ? 0 : static_cast<std::int64_t>(bytes);
}

std::string_view Request::header(std::string_view name) const {
    const auto found = headers.find(name);
    return found == headers.end() ? std::string_view{} : found->second;
}

std::string_view Request::cookie(std::string_view name) const {
    std::string_view rest = header("cookie");
    while (!rest.empty()) {
        const auto end = rest.find(';');
        auto one = rest.substr(0, end);
        rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
        while (one.starts_with(' ')) one.remove_prefix(1);
        const auto equals = one.find('=');
        if (equals != std::string_view::npos && one.substr(0, equals) == name) return one.substr(equals + 1);
    }
    return {};
}

std::string Request::path() const {
    std::string out;
    for (const auto& segment : segments) out += "/" + segment;
    return out.empty() ? "/" : out;
}

words::Language Request::language() const {
    for (const auto& [name, value] : query)
        if (name == "lang")
            if (const auto language = words::parse_language(value)) return *language;
    for (auto tag : text::split(header("accept-language"), ','))
        if (const auto language = words::parse_language(text::trimmed(tag.substr(0, tag.find(';')))))
            return *language;
    return words::Language::zh;
}

Result<void> Request::set_target(std::string_view target) {
    if (!target.starts_with('/')) return invalid("http.bad_target");
    const auto question = target.find('?');
    std::string_view rest = target.substr(1, question == std::string_view::npos ? question : question - 1);
    while (!rest.empty()) {
        const auto slash = rest.find('/');
        auto segment = percent_decoded(rest.substr(0, slash), Plus::is_plus);
        if (!segment) return invalid("http.bad_target");
        if (!segment->empty()) segments.push_back(std::move(*segment));
        if (slash == std::string_view::npos) break;
        rest.remove_prefix(slash + 1);
    }
    if (question == std::string_view::npos) return {};
    rest = target.substr(question + 1);
    while (!rest.empty()) {
        const auto end = rest.find('&');
        const auto one = rest.substr(0, end);
        rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
        if (one.empty()) continue;
        const auto equals = one.find('=');
        auto name = percent_decoded(one.substr(0, equals), Plus::is_space);
        auto value = equals == std::string_view::npos
                         ? std::optional<std::string>("")
                         : percent_decoded(one.substr(equals + 1), Plus::is_space);
        if (!name || !value) return invalid("http.bad_target");
        query.emplace_back(std::move(*name), std::move(*value));
    }
    return {};
}

Reply Reply::json(std::string text, int status) {
    Reply reply{.status = status, .body = std::move(text)};
    reply.headers.emplace_back("Content-Type", "application/json; charset=utf-8");
    reply.headers.emplace_back("Cache-Control", "no-store");
    return reply;
}

Reply Reply::download(std::string path, const std::string& name, const std::string& content_type) {
    Reply reply;
    reply.file = std::move(path);
    reply.headers = {{"Content-Type", content_type},
                     {"Content-Disposition", "attachment; filename*=UTF-8''" + percent_encoded(name)},
                     {"Cache-Control", "no-store"}};
    return reply;
}

namespace {

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

}  // namespace

std::optional<std::string> percent_decoded(std::string_view text, Plus plus) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (c == '+' && plus == Plus::is_space) {
            c = ' ';
        } else if (c == '%') {
            if (i + 2 >= text.size()) return {};
            const int high = hex_digit(text[i + 1]), low = hex_digit(text[i + 2]);
            if (high < 0 || low < 0) return {};
            c = static_cast<char>(high * 16 + low);
            i += 2;
        }
        if (c == '\0') return {};
        out += c;
    }
    return out;
}

std::string percent_encoded(std::string_view text) {
    static constexpr std::string_view hex = "0123456789ABCDEF";
    std::string out;
    for (const unsigned char c : text) {
        const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           c == '-' || c == '.' || c == '_' || c == '~';
        if (plain) {
            out += static_cast<char>(c);
        } else {
            out += '%';
            out += hex[c >> 4];
            out += hex[c & 15];
        }
    }
    return out;
}

}  // namespace ballast::http
