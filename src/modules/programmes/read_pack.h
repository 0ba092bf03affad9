/// From the files of a pack to a Programme. Everything that is wrong is found in one reading, each with its file,
/// its line and what to do; a pack with a finding is not used, and does not stop the others.
#pragma once

#include <filesystem>
#include <memory>
#include <span>

#include "packs/registers.h"
#include "programmes/programme.h"

namespace ballast::programmes {

struct Finding {
    std::string file;  // "environment/programme.toml"
    std::int64_t line = 0;
    Error what;  // its sentence says what is wrong and what to do
};
/// Where the error says it was; else line 1 of `otherwise`.
Finding finding_of(Error error, const std::string& otherwise);

struct Reading {
    std::string name;
    std::shared_ptr<const Programme> programme;  // absent when something is wrong
    std::vector<Finding> findings;
};

/// `files` are named as in the pack: "pack.toml", "programme.toml", "toilet_grant.dmn".
Reading read_programme(std::string_view name, std::vector<packs::File> files);

/// Every programme there is, by name: those inside the program, and those of the operator's folder, which go
/// before them whole. Broken ones are among them, with their findings.
std::vector<Reading> shelf(const std::filesystem::path& folder);
/// not_found "programmes.no_such_programme" {name}; unavailable "programmes.broken" {name, file, line}.
Result<std::shared_ptr<const Programme>> programme(const std::filesystem::path& folder, std::string_view name);

/// The registers of those that are not broken, as figures and forms may name them.
packs::Registers registers(std::span<const Reading> shelf);

/// The files of a pack's folder that a programme is read from. unavailable "packs.unreadable" {file}.
Result<std::vector<packs::File>> files_of(const std::filesystem::path& folder);

}  // namespace ballast::programmes
