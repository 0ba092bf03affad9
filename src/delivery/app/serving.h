/// A county being served: its installation, its jobs, its address.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/clock.h"
#include "context/installation.h"

namespace ballast::app {

class Serving {
public:
    struct Where {
        std::optional<std::string> address;  // in place of the settings'
        std::optional<std::uint16_t> port;   // 0: any free one
        std::optional<bool> nightly;  // does each night's work unless false: where a test moves the clock
    };
    /// Holds the directory's lock and serves until it is destroyed. Errors: those of Installation::open,
    /// DirectoryLock::take and http::Server::start.
    static Result<std::unique_ptr<Serving>> start(const std::string& directory, const Where& where = {},
                                                  const Clock& clock = system_clock());
    virtual ~Serving() = default;
    virtual std::string address() const = 0;  // "http://127.0.0.1:8080"
    virtual const delivery::Context& context() const = 0;
};

}  // namespace ballast::app
