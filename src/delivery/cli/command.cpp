// The one translation unit that sees CLI11.
#include "cli/command.h"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <deque>

#include "context/log.h"
#include "http/service.h"

namespace ballast::cli {

int exit_code_of(ErrorKind kind) {
    constexpr int codes[] = {2, 3, 4, 5, 6, 70};
    return codes[static_cast<int>(kind)];
}

// No argument of a command line can hold it.
constexpr char list_end = '\0';

std::vector<std::string> Invocation::all(std::string_view option) const {
    std::vector<std::string> out;
    const std::string joined = text(option);
    for (std::size_t at = 0; at < joined.size();) {
        const auto end = joined.find(list_end, at);
        out.push_back(joined.substr(at, end - at));
        at = end + 1;
    }
    return out;
}

std::string Invocation::text(std::string_view option) const {
    const auto found = given_.find(option);
    return found == given_.end() ? std::string() : found->second;
}

Result<std::optional<std::int64_t>> Invocation::number(std::string_view option) const {
    if (!has(option)) return std::optional<std::int64_t>();
    const std::string given = text(option);
    std::int64_t n = 0;
    const auto read = std::from_chars(given.data(), given.data() + given.size(), n);
    if (read.ec != std::errc{} || read.ptr != given.data() + given.size())
        return invalid("cli.bad_option").with("name", std::string(option)).with("value", given);
    return std::optional(n);
}

Result<std::optional<AreaCode>> Invocation::area(std::string_view option) const {
    if (!has(option)) return std::optional<AreaCode>();
    return std::optional(TRY(AreaCode::parse(text(option))));
}

void Invocation::tell(std::string_view line) const {
    if (!json_) std::fprintf(stderr, "%.*s\n", static_cast<int>(line.size()), line.data());
}

Result<const delivery::Context*> Invocation::context() {
    if (!installation_) installation_ = TRY(delivery::Installation::open(directory_));
    return &installation_->context();
}

namespace {

/// --lang and --json are wanted before the help texts are made, so they are looked for by hand.
words::Language language_of(int argc, const char* const* argv) {
    for (int i = 1; i < argc; ++i) {
        const std::string_view argument = argv[i];
        std::string_view value;
        if (argument == "--lang" && i + 1 < argc) value = argv[i + 1];
        if (argument.starts_with("--lang=")) value = argument.substr(7);
        if (const auto language = words::parse_language(value)) return *language;
    }
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"})
        if (const char* value = std::getenv(name); value && *value) {
            if (const auto language = words::parse_language(value)) return *language;
            break;
        }
    // A terminal that says nothing may not be able to show Chinese.
    return words::Language::en;
}

struct Bound {
    const Command* command = nullptr;
    CLI::App* app = nullptr;
    std::string directory;
    std::map<std::string, std::string, std::less<>> values;
    std::map<std::string, std::vector<std::string>, std::less<>> lists;
    std::map<std::string, bool, std::less<>> flags;
};

void bind(CLI::App& parent, const Command& command, Bound& bound, words::Language language, bool& json,
          std::string& lang) {
    bound.command = &command;
    CLI::App* noun = &parent;
    if (!command.verb.empty()) {
        const std::string name(command.noun);
        const auto same =
            parent.get_subcommands([&](const CLI::App* one) { return one->get_name() == name; });
        noun = same.empty() ? parent.add_subcommand(name, words::say("cli." + name, language)) : same.front();
        noun->require_subcommand(1);
    }
    const std::string name(command.verb.empty() ? command.noun : command.verb);
    bound.app = noun->add_subcommand(name, words::say(command.help, language));
    bound.app->footer(words::say(std::string(command.help) + ".example", language));
    for (const auto& option : command.options) {
        const std::string key(option.name);
        const std::string help = words::say(option.help, language);
        if (option.flag) {
            bound.app->add_flag("--" + key, bound.flags[key], help);
            continue;
        }
        const std::string name_of = option.positional ? key : "--" + key;
        auto* added = option.many ? bound.app->add_option(name_of, bound.lists[key], help)
                                  : bound.app->add_option(name_of, bound.values[key], help);
        added->required(option.required);
        added->type_name("");
    }
    if (command.data == Command::Data::needed)
        bound.app->add_option("--data", bound.directory, words::say("cli.data", language))->required();
    bound.app->add_flag("--json", json, words::say("cli.json", language));
    bound.app->add_option("--lang", lang, words::say("cli.lang", language))->type_name("zh|en");
}

Invocation invocation_of(const Bound& bound, words::Language language, bool json) {
    std::map<std::string, std::string, std::less<>> given;
    for (const auto& [name, value] : bound.values) {
        const CLI::Option* option = bound.app->get_option_no_throw("--" + name);
        if (!option) option = bound.app->get_option_no_throw(name);
        if (option && option->count() > 0) given.emplace(name, value);
    }
    for (const auto& [name, values] : bound.lists)
        for (const auto& value : values) given[name] += value + list_end;
    for (const auto& [name, set] : bound.flags)
        if (set) given.emplace(name, "");
    return {std::move(given), bound.directory, language, json};
}

int refuse(const Error& error, words::Language language, bool json) {
    const std::string number = delivery::fresh_number();
    const std::string sentence = words::say(error, language);
    if (json) {
        std::printf("{\"error\":%s}\n", http::error_json(error, sentence, number).c_str());
    } else {
        std::fprintf(stderr, "%s\n", sentence.c_str());
    }
    if (!error.detail.empty()) delivery::log_error(number + " " + error.id + ": " + error.detail);
    return exit_code_of(error.kind);
}

}  // namespace

int run(std::span<const Commands> tables, int argc, const char* const* argv) {
    const words::Language language = language_of(argc, argv);
    bool json = false;
    std::string lang;
    CLI::App app(words::say("cli.about", language), "ballast");
    app.set_version_flag("--version", BALLAST_VERSION);
    app.footer(words::say("cli.footer", language));
    app.require_subcommand(1);
    std::deque<Bound> all;
    for (const Commands table : tables)
        for (const Command& command : table) bind(app, command, all.emplace_back(), language, json, lang);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& e) {
        const int code = app.exit(e);
        return code == 0 ? 0 : exit_code_of(ErrorKind::invalid);
    }
    for (const Bound& bound : all) {
        if (!bound.app->parsed()) continue;
        try {
            Invocation invocation = invocation_of(bound, language, json);
            const auto output = bound.command->run(invocation);
            if (!output) return refuse(output.error(), language, json);
            const std::string& said = json ? output->json : output->text;
            if (!said.empty()) std::printf("%s%s", said.c_str(), said.ends_with('\n') ? "" : "\n");
            return output->exit_code;
        } catch (const std::exception& bug) {
            return refuse(corrupt("cli.broken", bug.what()), language, json);
        }
    }
    return exit_code_of(ErrorKind::invalid);
}

}  // namespace ballast::cli
