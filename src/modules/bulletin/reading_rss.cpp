// RSS 2.0, RSS 1.0 and Atom: each entry is an article. What an entry says of itself is HTML more often than
// not.
#include <algorithm>
#include <array>
#include <charconv>
#include <pugixml.hpp>

#include "base/text.h"
#include "bulletin/reading.h"

namespace ballast::bulletin {
namespace {

std::string_view without_prefix(const char* name) {
    const std::string_view whole(name);
    const auto colon = whole.find(':');
    return colon == std::string_view::npos ? whole : whole.substr(colon + 1);
}

/// Of the first child of such a name that says something; `content:encoded` before `description`.
std::string content_of(const pugi::xml_node& node, std::initializer_list<std::string_view> names) {
    for (const auto name : names)
        for (const auto& child : node.children()) {
            if (name !=
                (name.find(':') == std::string_view::npos ? without_prefix(child.name()) : child.name()))
                continue;
            const std::string words(text::trimmed(child.text().get()));
            if (!words.empty()) return words;
        }
    return "";
}

std::string address_of(const pugi::xml_node& item) {
    std::string address = content_of(item, {"link"});
    for (const auto& link : item.children("link"))
        if (address.empty()) address = link.attribute("href").value();
    const bool web = address.starts_with("http://") || address.starts_with("https://");
    return web ? address : std::string();
}

std::optional<int> number_in(std::string_view digits) {
    int out = 0;
    const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), out);
    return failed == std::errc() && end == digits.data() + digits.size() ? std::optional(out) : std::nullopt;
}

/// "Sun, 20 Jun 2021 08:00:00 +0800", or as Atom has it; the day as it is written there.
std::optional<Date> day_of(std::string_view written) {
    if (const auto iso = Date::parse(written.substr(0, 10))) return *iso;
    constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    if (const auto comma = written.find(','); comma != std::string_view::npos)
        written.remove_prefix(comma + 1);
    std::vector<std::string_view> parts;
    for (const auto part : text::split(text::trimmed(written), ' '))
        if (!part.empty()) parts.push_back(part);
    if (parts.size() < 3) return {};
    const auto month = std::ranges::find(months, parts[1].substr(0, 3));
    const auto day = number_in(parts[0]), year = number_in(parts[2]);
    if (month == months.end() || !day || !year) return {};
    return Date::from(*year, static_cast<int>(month - months.begin()) + 1, *day);
}

std::string line_at(std::string_view text, std::ptrdiff_t offset) {
    const auto upto = text.substr(0, static_cast<std::size_t>(std::max<std::ptrdiff_t>(offset, 0)));
    return std::to_string(1 + std::ranges::count(upto, '\n'));
}

}  // namespace

Result<Reading> read_rss(std::string_view bytes, const std::string& name) {
    auto decoded = TRY(read_text(bytes));
    pugi::xml_document document;
    // Entities of a document type are not expanded, and nothing is fetched.
    const auto parsed = document.load_buffer(decoded.text.data(), decoded.text.size(), pugi::parse_default,
                                             pugi::encoding_utf8);
    if (!parsed)
        return invalid("bulletin.rss_broken")
            .with("name", name)
            .with("line", line_at(decoded.text, parsed.offset));
    const auto root = document.document_element();
    const auto channel = root.child("channel") ? root.child("channel") : root;
    Reading out{.format = "rss", .text = {}, .title = content_of(channel, {"title"}), .notes = decoded.notes};
    int active = 0;
    // RSS 1.0 has its items beside the channel, the others inside it.
    std::vector<pugi::xml_node> entries;
    for (const auto& parent : root == channel ? std::vector{root} : std::vector{channel, root})
        for (const auto& child : parent.children())
            if (const auto kind = without_prefix(child.name()); kind == "item" || kind == "entry")
                entries.push_back(child);
    for (const auto& entry : entries) {
        Reading::Item one;
        one.headline = content_of(entry, {"title"});
        const auto body = TRY(
            read_html("<div>" + content_of(entry, {"content:encoded", "content", "description", "summary"}) +
                      "</div>"));
        one.body = body.text;
        for (const auto& note : body.notes)
            if (note.id == "bulletin.note.scripts_removed")
                active += number_in(note.places.front().second).value_or(0);
        one.source_url = address_of(entry);
        one.source_name = content_of(entry, {"source"});
        if (one.source_name.empty()) one.source_name = out.title;
        one.date = day_of(content_of(entry, {"pubDate", "date", "published", "updated"}));
        out.text += one.headline + "\n\n" + one.body;
        out.items.push_back(std::move(one));
    }
    if (active > 0)
        out.notes.push_back({"bulletin.note.scripts_removed", {{"count", std::to_string(active)}}});
    return out;
}

}  // namespace ballast::bulletin
