/// A command of the program: noun, verb, what it takes, what it does. A table of them per module, in
/// `<module>_commands.cpp`, as routes are. Help texts lie in the word files under the ids named here.
///
///     constexpr std::array find_options{
///         Option{.name = "text", .help = "cli.areas.find.text", .positional = true, .required = true}};
///     const std::array areas_commands_table{
///         Command{"areas", "find", "cli.areas.find", find_options, find}};
///     const Commands areas_commands = areas_commands_table;
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "context/installation.h"
#include "words/words.h"

namespace ballast::cli {

struct Option {
    std::string_view name;  // "port" is written --port PORT; "password-stdin" --password-stdin
    std::string_view help;  // a word id
    bool positional = false;
    bool flag = false;
    bool required = false;
    bool many = false;  // positional, several of them: Invocation::all
};

/// What a command says when it is done: sentences for people, JSON for programs (--json).
struct Output {
    std::string text;
    std::string json = "{}";
    int exit_code = 0;  // other than 0: it found what it was asked to look for
};

/// One call of a command.
class Invocation {
public:
    Invocation(std::map<std::string, std::string, std::less<>> given, std::string directory,
               words::Language language, bool json)
        : given_(std::move(given)), directory_(std::move(directory)), language_(language), json_(json) {}

    bool has(std::string_view option) const { return given_.contains(option); }
    /// "" when it was not given.
    std::string text(std::string_view option) const;
    /// Of an option that takes many.
    std::vector<std::string> all(std::string_view option) const;
    /// invalid "cli.bad_option" {name, value}.
    Result<std::optional<std::int64_t>> number(std::string_view option) const;
    Result<std::optional<AreaCode>> area(std::string_view option) const;

    const std::string& directory() const { return directory_; }  // --data
    words::Language language() const { return language_; }
    bool json() const { return json_; }
    std::string say(std::string_view id, const words::Places& places = {}) const {
        return words::say(id, language_, places);
    }
    /// To people only, at once, on the standard error stream: what long work is doing.
    void tell(std::string_view line) const;

    /// The installation in --data, opened at the first call.
    Result<const delivery::Context*> context();

private:
    std::map<std::string, std::string, std::less<>> given_;
    std::string directory_;
    words::Language language_;
    bool json_;
    std::unique_ptr<delivery::Installation> installation_;
};

struct Command {
    std::string_view noun;  // "areas"
    std::string_view verb;  // "find"; "" for `ballast serve`
    std::string_view help;  // a word id; its first line is the summary
    std::span<const Option> options;
    Result<Output> (*run)(Invocation&);
    enum class Data { needed, none } data = Data::needed;  // whether it takes --data DIR
};
using Commands = std::span<const Command>;

/// Runs one of the commands; the exit code.
int run(std::span<const Commands> tables, int argc, const char* const* argv);

/// By the kind of error: 2 invalid, 3 not_found, 4 forbidden, 5 conflict, 6 unavailable, 70 corrupt or a bug.
int exit_code_of(ErrorKind kind);

}  // namespace ballast::cli
