#include <array>
#include <nlohmann/json.hpp>

#include "base/clock.h"
#include "cli/commands.h"
#include "cli/whole_file.h"
#include "document/render.h"
#include "papers/kinds.h"

namespace ballast::cli {
namespace {

using Json = nlohmann::ordered_json;

std::string known_kinds() {
    std::string out;
    for (const papers::Kind kind : papers::kinds)
        out += (out.empty() ? "" : ", ") + std::string(papers::name_of(kind));
    return out;
}

constexpr std::array blank_options{
    Option{.name = "kind", .help = "cli.papers.blank.kind", .positional = true, .required = true},
    Option{.name = "output", .help = "cli.papers.blank.output", .required = true},
};

Result<Output> blank(Invocation& in) {
    const auto kind = papers::kind_of(in.text("kind"));
    if (!kind)
        return invalid("cli.papers.no_such_kind").with("kind", in.text("kind")).with("kinds", known_kinds());
    const std::string file = in.text("output");
    const auto paper = papers::blank(*kind, in.language(), system_clock().today());
    const bool page = file.ends_with(".html");
    if (!page && !file.ends_with(".pdf")) return invalid("cli.papers.no_such_format").with("file", file);
    TRY(write_whole(file, page ? document::html(paper) : TRY(document::pdf(paper))));
    const std::string title = papers::title_of(*kind, in.language());
    return Output{in.say("cli.papers.blank.done", {{"title", title}, {"file", file}}),
                  Json{{"kind", papers::name_of(*kind)}, {"title", title}, {"file", file}}.dump()};
}

Result<Output> list(Invocation& in) {
    Output out;
    Json items = Json::array();
    for (const papers::Kind kind : papers::kinds) {
        const std::string name(papers::name_of(kind)), title = papers::title_of(kind, in.language());
        out.text += name + "  " + title + "\n";
        items.push_back({{"kind", name}, {"title", title}});
    }
    out.json = Json{{"papers", items}}.dump();
    return out;
}

constexpr std::array table{
    Command{"papers", "list", "cli.papers.list", {}, list, Command::Data::none},
    Command{"papers", "blank", "cli.papers.blank", blank_options, blank, Command::Data::none},
};

}  // namespace

const Commands papers_commands = table;

}  // namespace ballast::cli
