/// The packs of a county as they hold on a day.
///
/// A pack comes from the first of these that has it:
///   1. versions that were approved: of the area or the nearest above it, the latest that has begun
///   2. the operator's folder; not for packs that are *governed*, which change by versions alone
///   3. the program itself
/// A version that cannot be read is passed over, and named in `passed_over`: it never stops what held before.
///
/// A Store is a value that never changes; copies share what they hold, and any thread may ask.
#pragma once

#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "packs/packs.h"

namespace ballast::packs {

/// What was approved for an area from a day on. Without files: again the program's own.
struct Version {
    std::string name;
    AreaCode area;
    Date from;
    std::int64_t number = 0;  // of two that begin on one day the higher holds
    std::vector<File> files;
};

class Store {
public:
    /// Only the folder and the program; empty: the program alone.
    Store(std::filesystem::path folder = {});
    Store(const std::string& folder) : Store(std::filesystem::path(folder)) {}
    Store(const char* folder) : Store(std::filesystem::path(folder)) {}
    Store(std::filesystem::path folder, std::vector<Version> versions,
          std::set<std::string, std::less<>> governed);

    /// Errors: those of packs.h, of a pack in the folder or of one that is nowhere.
    Result<std::shared_ptr<const Pack>> load(std::string_view name, AreaCode area, Date on) const;
    /// Where the operator keeps packs of their own.
    const std::filesystem::path& folder() const;

    struct Fault {
        std::int64_t number = 0;  // of the version
        Error why;
    };
    const std::vector<Fault>& passed_over() const;

private:
    struct State;
    std::shared_ptr<const State> state_;
};

/// A pack as the program carries it, with the cases by which it is checked.
std::vector<File> shipped_files(std::string_view name);

}  // namespace ballast::packs
