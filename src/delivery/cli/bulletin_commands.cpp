#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/whole_file.h"
#include "figures/check.h"
#include "figures/extract.h"

namespace ballast::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::uintmax_t largest_text = 64 << 20;  // bytes

/// The whole of a text file as code points.
Result<std::u32string> text_of(const std::string& file) {
    std::error_code unseen;
    if (!std::filesystem::is_regular_file(file, unseen))
        return not_found("cli.bulletin.no_file").with("file", file);
    std::ifstream in(file, std::ios::binary | std::ios::ate);
    if (!in || in.tellg() < 0) return not_found("cli.bulletin.no_file").with("file", file);
    const auto size = static_cast<std::uintmax_t>(in.tellg());
    if (size > largest_text)
        return invalid("cli.bulletin.too_large")
            .with("file", file)
            .with("megabytes", std::to_string(largest_text >> 20));
    std::string bytes(size, '\0');
    in.seekg(0);
    if (!in.read(bytes.data(), static_cast<std::streamsize>(size)))
        return not_found("cli.bulletin.no_file").with("file", file);
    auto read = figures::code_points_of(bytes);
    if (!read) return std::move(read).error().with("file", file);
    if (std::all_of(read->begin(), read->end(), [](char32_t c) {
            return text::trimmed(text::utf8({&c, 1})).empty();
        }))
        return invalid("cli.bulletin.empty").with("file", file);
    return read;
}

// --- check
// ---------------------------------------------------------------------------------------------------------

words::Places places_of(const figures::Finding& finding) {
    return {{"printed", finding.printed}, {"computed", finding.computed}};
}

Json json_of(const figures::Finding& finding, const std::string& message) {
    Json where = Json::array();
    for (const figures::Span span : finding.where) where.push_back({span.start, span.end});
    return {{"verdict", figures::to_string(finding.verdict)},
            {"check", finding.check},
            {"where", where},
            {"printed", finding.printed},
            {"computed", finding.computed},
            {"candidates", finding.candidates},
            {"message", message}};
}

Result<Output> check(Invocation& in) {
    const std::u32string text = TRY(text_of(in.text("file")));
    const auto findings = figures::check(text, figures::extract(text));
    Output out;
    Json list = Json::array();
    std::size_t fails = 0, warnings = 0, line = 1, at = 0;
    for (const figures::Finding& finding : findings) {
        const std::string message = in.say(finding.reason, places_of(finding));
        list.push_back(json_of(finding, message));
        const bool failed = finding.verdict == figures::Verdict::fails;
        if (!failed && finding.verdict != figures::Verdict::warn) continue;
        (failed ? fails : warnings) += 1;
        const std::size_t start = finding.where.empty() ? at : finding.where.front().start;
        for (; at < start; ++at) line += text[at] == U'\n' ? 1 : 0;
        std::string words;
        for (const std::string& candidate : finding.candidates)
            words += (words.empty() ? "" : ", ") + candidate;
        out.text += in.say(
            "cli.bulletin.check.finding",
            {{"line", std::to_string(line)},
             {"verdict", in.say("cli.bulletin.check." + std::string(figures::to_string(finding.verdict)))},
             {"check", finding.check},
             {"message", message}});
        if (!words.empty())
            out.text += " " + in.say("cli.bulletin.check.candidates", {{"candidates", words}});
        out.text += "\n";
    }
    out.text += in.say("cli.bulletin.check.done", {{"relations", std::to_string(findings.size())},
                                                   {"fails", std::to_string(fails)},
                                                   {"warnings", std::to_string(warnings)}}) +
                "\n";
    out.json = Json{{"findings", list}}.dump();
    if (fails > 0) out.exit_code = 1;
    return out;
}

// --- figures
// -------------------------------------------------------------------------------------------------------

std::string cell(const std::string& text) {
    if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
    std::string out = "\"";
    for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + "\"";
}

std::string row_of(const figures::Mention& mention) {
    std::string out = std::to_string(mention.span.start) + "," + std::to_string(mention.span.end);
    for (const std::string& column :
         {mention.surface, std::string(figures::to_string(mention.kind)), figures::value_text(mention),
          mention.unit, std::string(figures::to_string(mention.qualifier)), mention.counts_what,
          mention.place, mention.period})
        out += "," + cell(column);
    return out + "\n";
}

Result<Output> list_figures(Invocation& in) {
    const std::string file = in.text("output");
    std::error_code missing;  // two names of one file: the text would be lost
    if (std::filesystem::equivalent(in.text("file"), file, missing))
        return invalid("cli.bulletin.figures.over_text").with("file", file);
    const std::u32string text = TRY(text_of(in.text("file")));
    figures::ReadingContext context;
    if (in.has("issued")) context.issued = TRY(Date::parse(in.text("issued")));
    const auto mentions = figures::extract(text, context);
    std::string rows = "start,end,surface,kind,value,unit,qualifier,counts_what,place,period\n";
    for (const figures::Mention& mention : mentions) rows += row_of(mention);
    TRY(write_whole(file, rows));
    Output done;
    done.text =
        in.say("cli.bulletin.figures.done", {{"count", std::to_string(mentions.size())}, {"file", file}}) +
        "\n";
    done.json = Json{{"mentions", mentions.size()}, {"file", file}}.dump();
    return done;
}

constexpr std::array figures_options{
    Option{.name = "file", .help = "cli.bulletin.file", .positional = true, .required = true},
    Option{.name = "output", .help = "cli.bulletin.figures.output", .required = true},
    Option{.name = "issued", .help = "cli.bulletin.figures.issued"},
};

constexpr std::array check_options{
    Option{.name = "file", .help = "cli.bulletin.file", .positional = true, .required = true},
};

constexpr std::array table{
    Command{"bulletin", "figures", "cli.bulletin.figures", figures_options, list_figures,
            Command::Data::none},
    Command{"bulletin", "check", "cli.bulletin.check", check_options, check, Command::Data::none},
};

}  // namespace

const Commands bulletin_commands = table;

}  // namespace ballast::cli
