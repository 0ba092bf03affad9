#include "feeds/stored.h"

#include <nlohmann/json.hpp>

#include "chinese/chinese.h"

namespace ballast::feeds::stored {

using nlohmann::json;

namespace {
constexpr std::string_view content_context = "feeds_row.content";

// Where a value is what was sent (most texts are), it is not kept twice.
json packed(const Content& content) {
    json values = json::array();
    for (std::size_t i = 0; i < content.values.size(); ++i)
        values.push_back(i < content.sent.size() && content.values[i] == content.sent[i]
                             ? json(nullptr)
                             : json(content.values[i]));
    return {{"s", content.sent}, {"v", std::move(values)}};
}
}  // namespace

crypto::Bytes row_alike(const crypto::Vault& vault, std::string_view department, std::string_view id_text,
                        std::string_view name, std::string_view place) {
    // A name as it is compared elsewhere, the rest as it was sent.
    const std::string alike = chinese::normalised_name(name);
    std::string all;
    for (const std::string_view part : {department, id_text, std::string_view(alike), place}) {
        all += part;
        all += '\x1f';
    }
    return vault.lookup("feeds_row_alike", all);
}

crypto::Bytes seal_content(const crypto::Vault& vault, const Content& content) {
    return vault.seal(content_context, packed(content).dump(-1, ' ', false, json::error_handler_t::replace));
}

Result<Content> open_content(const crypto::Vault& vault, std::span<const std::uint8_t> sealed) {
    const json read = json::parse(TRY(vault.open(content_context, sealed)));
    Content content;
    content.sent = read.at("s").get<std::vector<std::string>>();
    const auto& values = read.at("v");
    for (std::size_t i = 0; i < values.size(); ++i)
        content.values.push_back(values[i].is_null() ? content.sent[i] : values[i].get<std::string>());
    return content;
}

std::string text(const Args& args) {
    json out = json::array();
    for (const auto& [name, value] : args) out.push_back({name, value});
    return out.dump(-1, ' ', false, json::error_handler_t::replace);
}
Args args(std::string_view stored) {
    Args out;
    for (const auto& pair : json::parse(stored)) out.emplace_back(pair.at(0), pair.at(1));
    return out;
}
std::string text(const Error& error) {
    return json{
        {"kind", static_cast<int>(error.kind)}, {"id", error.id}, {"args", json::parse(text(error.args))}}
        .dump();
}
Error error(std::string_view stored) {
    const json read = json::parse(stored);
    return Error{
        static_cast<ErrorKind>(read.at("kind").get<int>()), read.at("id"), args(read.at("args").dump()), {}};
}

}  // namespace ballast::feeds::stored
