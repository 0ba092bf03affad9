// Issues from the command line: a file becomes one, and one becomes a file.
#include <algorithm>
#include <array>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "auth/auth.h"
#include "base/text.h"
#include "bulletin/import.h"
#include "bulletin/pages.h"
#include "cli/commands.h"
#include "cli/whole_file.h"
#include "document/render.h"

namespace ballast::cli {
namespace {

using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;

struct Office {
    const delivery::Context& context;
    auth::Actor actor = auth::system_actor("command line");
    bulletin::Desk desk() const {
        return {context.vault, context.division, actor, context.clock.today(), context.clock.now()};
    }
};

constexpr std::array import_options{
    Option{.name = "file", .help = "cli.bulletin.import.file", .positional = true, .required = true},
    Option{.name = "issue", .help = "cli.bulletin.import.issue"},
};

Result<Output> import(Invocation& in) {
    const Office office{*TRY(in.context())};
    const std::string path = in.text("file"), name = fs::path(path).filename().string();
    bulletin::ImportOrder order{.area = office.context.settings.area};
    if (const auto into = TRY(in.number("issue"))) order.into = bulletin::IssueId(*into);
    const auto reading = TRY(bulletin::read_file(path, name));
    const auto done = TRY(office.context.database.write(
        [&](db::Tx& tx) { return bulletin::import_reading(tx, office.desk(), order, reading, name); }));

    Output out;
    const std::string id = std::to_string(done.issue.id.number());
    out.text = in.say("cli.bulletin.import.done", {{"issue", id},
                                                   {"articles", std::to_string(done.articles.size())},
                                                   {"joined", std::to_string(done.joined)}}) +
               "\n";
    Json notes = Json::array(), contents = Json::array(), like = Json::array();
    for (const auto& note : done.notes) {
        out.text += in.say(note.id, note.places) + "\n";
        notes.push_back(in.say(note.id, note.places));
    }
    for (const auto& one : done.contents) {
        out.text +=
            in.say("cli.bulletin.import.contents", {{"listed", one.listed}, {"printed", one.printed}}) + "\n";
        contents.push_back({{"listed", one.listed}, {"printed", one.printed}});
    }
    for (const auto& place : done.unknown_places)
        out.text += in.say("cli.bulletin.import.place", {{"place", place}}) + "\n";
    for (const auto& one : done.duplicates) {
        out.text +=
            in.say("cli.bulletin.import.duplicate", {{"article", std::to_string(one.article.number())},
                                                     {"of", std::to_string(one.of.number())},
                                                     {"percent", std::to_string(one.percent)}}) +
            "\n";
        like.push_back(
            {{"article", one.article.number()}, {"of", one.of.number()}, {"percent", one.percent}});
    }
    if (done.issue.date_inferred && done.issue.date)
        out.text += in.say("cli.bulletin.import.date", {{"date", done.issue.date->iso()}}) + "\n";
    out.json = Json{
        {"issue", done.issue.id.number()},
        {"articles", done.articles.size()},
        {"joined", done.joined},
        {"date", done.issue.date ? Json(done.issue.date->iso()) : Json(nullptr)},
        {"date_inferred", done.issue.date_inferred},
        {"notes", notes},
        {"contents", contents},
        {"new_columns", done.new_columns},
        {"unknown_places", done.unknown_places},
        {"duplicates",
         like}}.dump();
    return out;
}

constexpr std::array build_options{
    Option{.name = "issue", .help = "cli.bulletin.build.issue", .positional = true, .required = true},
    Option{.name = "format", .help = "cli.bulletin.build.format", .required = true},
    Option{.name = "output", .help = "cli.bulletin.build.output", .required = true},
    Option{.name = "site", .help = "cli.bulletin.build.site"},
};

std::u32string without_font(const bulletin::Edition& edition) {
    const auto characters = document::unprintable(words::Language::zh, bulletin::text_of(edition));
    return {characters.begin(), characters.end()};
}

Result<Output> build(Invocation& in) {
    const std::string format = in.text("format"), file = in.text("output");
    constexpr std::array<std::string_view, 4> formats{"pdf", "docx", "html", "txt"};
    if (std::ranges::find(formats, format) == formats.end())
        return invalid("cli.bulletin.no_such_format").with("format", format);
    const std::string site = in.text("site");
    if (!site.empty() &&
        (!(site.starts_with("http://") || site.starts_with("https://")) || site.ends_with('/')))
        return invalid("cli.bulletin.bad_site").with("site", site);
    const auto number = TRY(in.number("issue"));
    const Office office{*TRY(in.context())};
    struct Loaded {
        bulletin::Edition edition;
        std::vector<bulletin::Correction> corrections;
    };
    const auto loaded = TRY(office.context.database.read([&](db::Tx& tx) -> Result<Loaded> {
        auto edition = TRY(bulletin::load_edition(tx, office.actor, bulletin::IssueId(*number)));
        auto corrections = TRY(bulletin::corrections(tx, edition.issue.id));
        return Loaded{std::move(edition), std::move(corrections)};
    }));
    std::string bytes;
    if (format == "txt") {
        bytes = bulletin::text_of(loaded.edition);
    } else {
        const auto tree = bulletin::pages(bulletin::with_qr_link(loaded.edition, site), loaded.corrections,
                                          words::Language::zh,
                                          bulletin::public_address(site, loaded.edition.issue.id));
        bytes = format == "pdf"    ? TRY(document::pdf(tree))
                : format == "docx" ? TRY(document::docx(tree))
                                   : document::html(tree);
    }
    TRY(write_whole(file, bytes));
    // Only on paper: a screen and Word look for fonts of their own.
    const std::string missing = format == "pdf" ? text::utf8(without_font(loaded.edition)) : std::string();
    std::string told = in.say("cli.bulletin.build.done", {{"file", file}});
    if (!missing.empty()) told += "\n" + in.say("cli.bulletin.build.no_glyph", {{"characters", missing}});
    return Output{told, Json{{"issue", *number},
                             {"format", format},
                             {"file", file},
                             {"bytes", bytes.size()},
                             {"without_font", missing}}
                            .dump()};
}

constexpr std::array table{
    Command{"bulletin", "import", "cli.bulletin.import", import_options, import},
    Command{"bulletin", "build", "cli.bulletin.build", build_options, build},
};

}  // namespace

const Commands bulletin_issue_commands = table;

}  // namespace ballast::cli
