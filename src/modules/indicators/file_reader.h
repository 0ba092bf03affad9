/// What the readers of this module's pack files share: a file is read to its end, all that is wrong with it is noted, and
/// one with a fault is left out whole. Inside the module only.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/toml.h"
#include "indicators/catalogue.h"

namespace ballast::indicators {

class FileReader {
public:
    std::vector<Finding> findings;

protected:
    explicit FileReader(std::string file) : file_(std::move(file)) {}

    void note(const toml::node& at, Error what) {
        findings.push_back({file_, at.source().begin.line, std::move(what)});
    }
    static const toml::node& node(const toml::table& in, std::string_view key) {
        const auto* found = in.get(key);
        return found ? *found : static_cast<const toml::node&>(in);
    }
    static Error wanted(std::string_view key, std::string expected) {
        return invalid("indicators.pack_missing").with("key", std::string(key)).with("expected", std::move(expected));
    }
    void missing(const toml::table& in, std::string_view key, std::string expected) {
        note(node(in, key), wanted(key, std::move(expected)));
    }
    void known(const toml::table& in, std::initializer_list<std::string_view> keys) {
        for (const auto& [key, value] : in)
            if (std::ranges::find(keys, key.str()) == keys.end())
                note(value, invalid("indicators.pack_unknown_key")
                                .with("key", std::string(key.str()))
                                .with("known", fmt::format("{}", fmt::join(keys, ", "))));
    }

private:
    std::string file_;
};

/// Each file by a `Reader`, which knows what the files before it gave.
template <class Reader, class Out>
Out read_files(std::span<const packs::File> texts, auto&... known) {
    Out out;
    for (const auto& file : texts) {
        const auto parsed = toml::parse(file.bytes);
        if (!parsed) {
            out.findings.push_back({file.name, parsed.error().source().begin.line, invalid("indicators.pack_malformed")});
            continue;
        }
        Out tried = out;
        Reader reader(file.name, tried, known...);
        reader.read(parsed.table());
        if (reader.findings.empty())
            out = std::move(tried);
        else
            std::ranges::move(reader.findings, std::back_inserter(out.findings));
    }
    return out;
}

}  // namespace ballast::indicators
