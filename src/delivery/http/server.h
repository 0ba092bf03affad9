/// The server: sockets in, Service asked, replies out. Slow clients cost no thread; whatever blocks runs on
/// its own pool with a bounded queue (full: 503 "http.busy").
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "http/service.h"

namespace ballast::http {

struct Options {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080;  // 0: any free one
    std::string spool;          // folder for uploads under way
    int workers = 0;            // 0: twice the cores, at least four
    int queue = 256;            // calls that may wait for a worker
    int connections = 4'000;
    std::int64_t json_bytes = 1 << 20;
    std::int64_t upload_bytes = std::int64_t{4} << 30;
    int head_seconds = 15;  // for a whole head; also how long an idle connection is kept
    int step_seconds = 30;  // between two pieces of a body, in or out
};

class Server {
public:
    /// Begins to answer. conflict "app.port_in_use" {port}; invalid "app.bad_address" {address};
    /// forbidden "app.port_forbidden" {port}.
    static Result<std::unique_ptr<Server>> start(const Service& service, const Options& options);
    virtual ~Server() = default;  // stops
    virtual std::uint16_t port() const = 0;
    /// Takes no new requests, gives those under way five seconds, and ends.
    virtual void stop() = 0;
};

}  // namespace ballast::http
