/// The packs of the county as they are decided now: the program's own, the operator's folder, and the
/// versions of rule sets that were approved.
///
/// The folder is a door for rule sets, not their source: what lies there becomes a version of the county when
/// it is sound (rules::adopt), and what is not sound is said in the log and on the page of the rule set,
/// while the version in force goes on.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "base/clock.h"
#include "crypto/crypto.h"
#include "db/db.h"
#include "packs/store.h"

namespace ballast::delivery {

class PackShelf {
public:
    PackShelf(db::Database& database, const crypto::Vault& vault, AreaCode county, std::string folder,
              const Clock& clock)
        : database_(database), vault_(vault), county_(county), folder_(std::move(folder)), clock_(clock) {}

    /// Asked once for each request, job and command, and never inside a transaction: it asks the database
    /// itself whether something was decided since. Errors: those of the database.
    Result<packs::Store> now();
    /// What is wrong with the rule set in the operator's folder, which is therefore not used.
    std::vector<Error> refused(std::string_view rule_set) const;

private:
    Result<void> refresh();
    Result<bool> look_into_folder();  // whether something is another there
    Result<std::vector<Error>> adopt(std::string_view rule_set);

    db::Database& database_;
    const crypto::Vault& vault_;
    AreaCode county_;
    std::string folder_;
    const Clock& clock_;

    mutable std::mutex mutex_;
    packs::Store held_;
    std::string stamp_ = "nothing yet";
    std::map<std::string, std::string, std::less<>>
        looks_;  // of the folder's rule sets, when looked into last
    std::map<std::string, std::vector<Error>, std::less<>> refused_;
};

}  // namespace ballast::delivery
