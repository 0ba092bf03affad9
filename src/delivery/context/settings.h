/// A county's data directory and the settings in it.
///
///   DIR/ballast.toml   settings; every one has a default, so the file may be absent
///   DIR/key            the key file (0600); settings may name another place
///   DIR/county.db      the SQLite database, unless settings name another address
///   DIR/files          received files, encrypted        DIR/samples  invented files to try with
///   DIR/spool          uploads under way; emptied at every start
///   DIR/lock           held by the one server that may use the directory
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/area_code.h"
#include "base/result.h"

namespace ballast::delivery {

struct Paths {
    std::string root;
    std::string settings, spool, files, samples, lock;

    static Paths under(const std::string& root);
};

/// An account that the sign-in page offers; only in a demo county, whose people are invented.
struct DemoAccount {
    std::string account, password, title;
};

struct Settings {
    std::string database;  // "sqlite:DIR/county.db"
    std::string key;       // path of the key file
    AreaCode area;         // the county
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080;
    bool https = false;  // behind a proxy that speaks TLS: cookies are marked Secure
    std::vector<DemoAccount> demo_accounts;
};

/// The settings of a directory, defaults where it says nothing.
/// Errors: not_found "app.no_directory" {path}; invalid "app.settings_malformed" {path, line},
/// "app.setting_unknown" {path, name}, "app.setting_wrong" {path, name}.
Result<Settings> read_settings(const Paths& paths);
/// unavailable "app.cannot_write" {path}.
Result<void> write_settings(const Paths& paths, const Settings& settings);

}  // namespace ballast::delivery
