/// The OMG's DMN Technology Compatibility Kit: models and test cases with their expected results, run
/// against this engine. Reads the folder it is given; evaluates for a fixed day.
#pragma once

#include <string>
#include <vector>

#include "base/date.h"
#include "base/result.h"

namespace ballast::dmn_tck {

enum class Verdict { passed, failed, unsupported };

/// One test case. `reason` says what was expected and found, or what is not supported; "" when it passed.
struct Case {
    std::string file;  // of the test, without its folder
    std::string id;
    Verdict verdict = Verdict::passed;
    std::string reason;
};

/// The cases of one folder with a model.
struct Folder {
    std::string level;  // "compliance-level-2", "compliance-level-3", "non-compliant"
    std::string name;   // "0004-lending"
    std::vector<Case> cases;
    int count(Verdict verdict) const;
    /// Whether it counts for the kit's goal; what is `non-compliant` is shown apart.
    bool counts() const { return level != "non-compliant"; }
};

struct Report {
    std::vector<Folder> folders;  // by level and name
    int cases() const;            // of the folders that count
    int count(Verdict verdict) const;
    /// One line a folder and one for each case that did not pass.
    std::string text() const;
};

/// `folder` is the kit, its TestCases, or any folder below. Errors: not_found "dmn_tck.no_cases" {folder};
/// invalid "dmn_tck.malformed" {file, detail}.
Result<Report> run(const std::string& folder, Date today);

}  // namespace ballast::dmn_tck
