/// A county with one household of which everything is on file: what the routes show of it, and to whom.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "api/routes.h"
#include "casework/case_file.h"
#include "db_testing/testing.h"
#include "http/service.h"
#include "registry/household.h"

namespace ballast::contract {

template <class T>
T must(Result<T> result) {
    if (!result) throw std::runtime_error(result.error().id + " " + result.error().detail);
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

class World {
public:
    explicit World(db::Database& database);
    ~World();

    /// Who signs in with one role over one area.
    auth::Session signed_in(auth::Role role, AreaCode area);
    /// What the route answers to that request, as the server would.
    http::Reply ask(const http::Route& route, const auth::Session* session);

    static const AreaCode county, township, village;
    static const AreaCode other_county, other_township, other_village;
    /// What no reply to somebody of elsewhere may hold.
    static const std::vector<std::string> private_words;

private:
    void register_in();
    void thread_in();
    void bulletin_in();
    void programmes_in();
    void employment_in();
    void tasks_in();
    void rules_in();
    void alarms_in();
    void funds_in();
    void insurance_in();
    void season_in();
    void prevention_in();
    void loans_in();
    /// What a user does through the routes; throws when it is refused.
    nlohmann::json does(const auth::Session& session, http::Method method, const std::string& path,
                        const std::string& body);
    http::Reply send(const auth::Session& session, http::Method method, std::string path, std::string body,
                     const std::string& upload);
    void figures_in();
    http::Request request_for(const http::Route& route);
    void fill(std::string& text) const;

    db::Database& database_;
    std::unique_ptr<crypto::Vault> vault_;
    std::filesystem::path folder_;
    delivery::Settings settings_;
    delivery::Paths paths_;
    FixedClock clock_;
    std::unique_ptr<delivery::PackShelf> packs_;
    std::unique_ptr<delivery::Context> context_;
    std::unique_ptr<http::Service> service_;
    std::map<std::string, std::string> ids_;  // "{case}" -> "1"
    int users_ = 0, uploads_ = 0;
};

}  // namespace ballast::contract
