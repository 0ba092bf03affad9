#include "app/serving.h"

#include <filesystem>

#include "api/broken_packs.h"
#include "api/bulletin_preview.h"
#include "api/routes.h"
#include "app/kinds.h"
#include "feeds/feeds.h"
#include "http/server.h"
#include "pages/pages.h"

namespace ballast::app {
namespace fs = std::filesystem;
namespace {

/// What a killed server left half-received is nobody's; emptied under the lock.
Result<void> empty(const std::string& spool) {
    std::error_code failed;
    for (const auto& left : fs::directory_iterator(spool, failed)) fs::remove_all(left.path(), failed);
    if (failed) return unavailable("app.cannot_write").with("path", spool);
    return {};
}

class Running final : public Serving {
public:
    Running(delivery::DirectoryLock lock, std::unique_ptr<delivery::Installation> installation)
        : lock_(std::move(lock)),
          installation_(std::move(installation)),
          service_(installation_->context(), api::all_routes(), [this](const http::Request& request) {
              return page(request);
          }) {}

    Result<void> begin(const Where& where) {
        const auto& context = installation_->context();
        TRY(empty(context.paths.spool));
        TRY(feeds::sweep(context.database));
        api::log_broken_packs(context);
        http::Options options;
        options.address = where.address.value_or(context.settings.address);
        options.port = where.port.value_or(context.settings.port);
        options.spool = context.paths.spool;
        server_ = TRY(http::Server::start(service_, options));
        address_ = "http://" + options.address + ":" + std::to_string(server_->port());
        runner_ = TRY(
            jobs::Runner::start(context, all_kinds(),
                                where.nightly.value_or(true) ? nightly_kinds() : std::vector<std::string>{}));
        return {};
    }

    std::string address() const override { return address_; }
    const delivery::Context& context() const override { return installation_->context(); }

private:
    /// The front end's file, or its start page with what that page begins with: so its first load waits for nothing in turn.
    std::optional<http::Reply> page(const http::Request& request) const {
        const auto start = pages::start_of(request);
        const auto answers = start ? service_.answers_ahead(request, start->addresses) : std::string();
        // Nobody is signed in: the page leads to where one signs in, and may be kept.
        if (answers.empty()) return pages::find(request, api::preview_of(installation_->context(), request));
        return pages::find(
            request,
            start->links + "<script type=\"application/json\" id=\"ahead\">" + answers + "</script>", true);
    }

    // Destroyed from the last to the first: the runner and the server use what stands above them.
    delivery::DirectoryLock lock_;
    std::unique_ptr<delivery::Installation> installation_;
    http::Service service_;
    std::unique_ptr<http::Server> server_;
    std::unique_ptr<jobs::Runner> runner_;
    std::string address_;
};

}  // namespace

Result<std::unique_ptr<Serving>> Serving::start(const std::string& directory, const Where& where,
                                                const Clock& clock) {
    const auto paths = delivery::Paths::under(directory);
    std::error_code ignored;
    if (!fs::is_directory(paths.root, ignored)) return not_found("app.no_directory").with("path", paths.root);
    auto lock = TRY(delivery::DirectoryLock::take(paths));
    auto installation = TRY(delivery::Installation::open(directory, clock));
    auto serving = std::make_unique<Running>(std::move(lock), std::move(installation));
    TRY(serving->begin(where));
    return std::unique_ptr<Serving>(std::move(serving));
}

}  // namespace ballast::app
