// The one translation unit that sees Boost.Beast.
#include "http/server.h"

#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <filesystem>
#include <mutex>
#include <thread>
#include <utility>

#include "context/log.h"
#include "http/multipart.h"

namespace ballast::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace bhttp = beast::http;
using asio::ip::tcp;
using boost::system::error_code;
using std::chrono::seconds;

constexpr std::size_t piece = 64 * 1024;

std::optional<Method> method_of(bhttp::verb verb) {
    switch (verb) {
        case bhttp::verb::get:
        case bhttp::verb::head:
            return Method::get;
        case bhttp::verb::post:
            return Method::post;
        case bhttp::verb::put:
            return Method::put;
        case bhttp::verb::patch:
            return Method::patch;
        case bhttp::verb::delete_:
            return Method::del;
        default:
            return {};
    }
}

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

/// A reply that ends the connection: after it, what the client still sends is not looked at.
struct Refused {
    Reply reply;
};

class Running final : public Server {
public:
    Running(const Service& service, const Options& options)
        : service_(service),
          options_(options),
          acceptor_(io_),
          workers_(worker_count(options)),
          spoolers_(2) {}

    Result<void> listen() {
        error_code failed;
        const auto address = asio::ip::make_address(options_.address, failed);
        if (failed) return invalid("app.bad_address").with("address", options_.address);
        const tcp::endpoint endpoint(address, options_.port);
        acceptor_.open(endpoint.protocol(), failed);
        if (!failed) acceptor_.set_option(asio::socket_base::reuse_address(true), failed);
        if (!failed) acceptor_.bind(endpoint, failed);
        if (!failed) acceptor_.listen(asio::socket_base::max_listen_connections, failed);
        if (failed) {
            const auto port = std::to_string(options_.port);
            if (failed == asio::error::access_denied)
                return forbidden("app.port_forbidden").with("port", port);
            if (failed == asio::error::address_in_use) return conflict("app.port_in_use").with("port", port);
            return invalid("app.bad_address", failed.message()).with("address", options_.address);
        }
        port_ = acceptor_.local_endpoint().port();
        asio::co_spawn(io_, accept(), asio::detached);
        thread_ = std::thread([this] { io_.run(); });
        return {};
    }

    ~Running() override { stop(); }

    std::uint16_t port() const override { return port_; }

    void stop() override {
        if (!thread_.joinable()) return;
        stopping_ = true;
        asio::post(io_, [this] {
            error_code ignored;
            acceptor_.close(ignored);
        });
        for (int i = 0; i < 100 && busy_ > 0; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(50));
        io_.stop();
        thread_.join();
        workers_.join();
        spoolers_.join();
    }

private:
    static std::size_t worker_count(const Options& options) {
        if (options.workers > 0) return static_cast<std::size_t>(options.workers);
        return std::max<std::size_t>(4, std::size_t{2} * std::thread::hardware_concurrency());
    }

    /// Runs `work` on a pool and comes back to the connection's own thread with what it gave.
    template <class Work>
    asio::awaitable<std::invoke_result_t<Work>> on(asio::thread_pool& pool, Work work) {
        using Value = std::invoke_result_t<Work>;
        struct Shared {
            std::optional<Value> value;
            std::exception_ptr thrown;
        };
        auto shared = std::make_shared<Shared>();
        asio::steady_timer done(co_await asio::this_coro::executor, asio::steady_timer::time_point::max());
        auto home = done.get_executor();
        asio::post(pool, [shared, &done, home, work = std::move(work)]() mutable {
            try {
                shared->value.emplace(work());
            } catch (...) {
                shared->thrown = std::current_exception();
            }
            asio::post(home, [&done] { done.cancel(); });
        });
        error_code cancelled;
        auto token = asio::redirect_error(asio::use_awaitable, cancelled);
        co_await done.async_wait(token);
        if (shared->thrown) std::rethrow_exception(shared->thrown);
        co_return std::move(*shared->value);
    }

    asio::awaitable<void> accept() {
        for (;;) {
            error_code failed;
            auto token = asio::redirect_error(asio::use_awaitable, failed);
            tcp::socket socket = co_await acceptor_.async_accept(token);
            if (stopping_) co_return;
            if (failed) {
                // Out of descriptors, most likely: wait for some to come back.
                asio::steady_timer pause(io_, std::chrono::milliseconds(100));
                auto pause_token = asio::redirect_error(asio::use_awaitable, failed);
                co_await pause.async_wait(pause_token);
                continue;
            }
            if (connections_ >= options_.connections) continue;  // closed at once
            asio::co_spawn(io_, converse(std::move(socket)), asio::detached);
        }
    }

    struct Connection {
        beast::tcp_stream stream;
        beast::flat_buffer buffer;
        std::string peer;
        explicit Connection(tcp::socket socket) : stream(std::move(socket)) {}
    };

    struct Count {
        std::atomic<int>& n;
        explicit Count(std::atomic<int>& counted) : n(counted) { ++n; }
        ~Count() { --n; }
        Count(const Count&) = delete;
        Count& operator=(const Count&) = delete;
    };

    asio::awaitable<void> converse(tcp::socket socket) {
        Count counted(connections_);
        error_code failed;
        const auto remote = socket.remote_endpoint(failed);
        socket.set_option(tcp::no_delay(true), failed);
        Connection connection(std::move(socket));
        connection.peer = remote.address().to_string();
        try {
            bool go_on = true;
            while (go_on && !stopping_) go_on = co_await exchange(connection);
        } catch (const std::exception& e) {
            delivery::log_error(std::string("connection: ") + e.what());
        }
        connection.stream.socket().shutdown(tcp::socket::shutdown_send, failed);
    }

    using Parser = bhttp::request_parser<bhttp::buffer_body>;

    /// One request and its reply; true when the connection may carry another.
    asio::awaitable<bool> exchange(Connection& c) {
        Parser parser;
        parser.header_limit(16 * 1024);
        parser.body_limit(static_cast<std::uint64_t>(options_.upload_bytes) + (1 << 20));
        c.stream.expires_after(seconds(options_.head_seconds));
        error_code failed;
        auto token = asio::redirect_error(asio::use_awaitable, failed);
        co_await bhttp::async_read_header(c.stream, c.buffer, parser, token);
        if (failed) co_return co_await head_failed(c, failed);
        Count counted(busy_);
        const auto begun = std::chrono::steady_clock::now();

        const auto& head = parser.get();
        Request request;
        request.peer = c.peer;
        for (const auto& field : head) {
            auto& value = request.headers[lower({field.name_string().data(), field.name_string().size()})];
            if (!value.empty()) value += ", ";
            value.append(field.value().data(), field.value().size());
        }
        const auto method = method_of(head.method());
        request.method = method.value_or(Method::get);
        request.head = head.method() == bhttp::verb::head;
        const bool keep = head.keep_alive() && !stopping_;
        const bool with_body = !parser.is_done();
        const std::string_view target(head.target().data(), head.target().size());

        std::optional<Reply> refused;
        if (!request.set_target(target) || (head.version() >= 11 && request.header("host").empty()))
            refused = service_.refusal(invalid("http.malformed"), request.language(), 400);
        else if (!method)
            refused =
                service_.refusal(invalid("http.method").with("allowed", "GET, POST, PUT, PATCH, DELETE"),
                                 request.language(), 405);
        if (refused) co_return co_await refuse(c, request, std::move(*refused), begun);

        std::optional<Reply> reply;
        if (in_pool_ >= options_.queue + static_cast<int>(worker_count(options_))) {
            reply = service_.refusal(unavailable("http.busy"), request.language(), delivery::fresh_number());
            reply->headers.emplace_back("Retry-After", "2");
        } else if (!with_body) {
            reply = co_await in_workers([this, &request]() -> Reply {
                auto admitted = service_.admit(request);
                if (auto* early = std::get_if<Reply>(&admitted)) return std::move(*early);
                return service_.answer(std::move(std::get<Service::Admission>(admitted)), request);
            });
        } else {
            auto admitted = co_await in_workers([this, &request] { return service_.admit(request); });
            if (auto* early = std::get_if<Reply>(&admitted))
                co_return co_await refuse(c, request, std::move(*early), begun);
            if (auto unread = co_await read_body(c, parser, request))
                co_return co_await refuse(c, request, std::move(*unread), begun);
            reply = co_await in_workers([this, &request, &admitted] {
                return service_.answer(std::move(std::get<Service::Admission>(admitted)), request);
            });
        }
        const bool written = co_await write(c, request, *reply, keep, begun);
        co_return written&& keep && !(with_body && !parser.is_done()) && !reply->events;
    }

    template <class Work>
    asio::awaitable<std::invoke_result_t<Work>> in_workers(Work work) {
        Count counted(in_pool_);
        co_return co_await on(workers_, std::move(work));
    }

    asio::awaitable<bool> head_failed(Connection& c, error_code failed) {
        int status = 0;
        if (failed == bhttp::error::header_limit)
            status = 431;
        else if (failed == bhttp::error::body_limit)
            status = 413;
        else if (failed != bhttp::error::end_of_stream && failed != bhttp::error::partial_message &&
                 failed.category() == bhttp::make_error_code(bhttp::error::bad_method).category())
            status = 400;
        if (status == 0) co_return false;  // gone, or too slow
        const char* id = status == 431   ? "http.long_head"
                         : status == 413 ? "http.too_large"
                                         : "http.malformed";
        Error error = invalid(id);
        if (status == 413) error = std::move(error).with("limit", megabytes(options_.upload_bytes));
        Request unknown;
        unknown.peer = c.peer;
        co_return co_await refuse(c, unknown, service_.refusal(error, unknown.language(), status),
                                  std::chrono::steady_clock::now());
    }

    static std::string megabytes(std::int64_t bytes) {
        const auto mb = bytes >> 20;
        return mb >= 1024 ? std::to_string(mb >> 10) + " GB" : std::to_string(mb) + " MB";
    }

    /// Reads the body into the request; a reply when it is refused.
    asio::awaitable<std::optional<Reply>> read_body(Connection& c, Parser& parser, Request& request) {
        const auto type = request.header("content-type");
        const std::string kind = lower(type.substr(0, type.find(';')));
        const bool upload = kind == "multipart/form-data";
        if (!upload && kind != "application/json")
            co_return service_.refusal(invalid("http.content_type"), request.language(), 415);
        const std::int64_t limit = upload ? options_.upload_bytes : options_.json_bytes;
        const auto too_large = [&] {
            return service_.refusal(invalid("http.too_large").with("limit", megabytes(limit)),
                                    request.language(), 413);
        };
        if (const auto length = parser.content_length();
            length && *length > static_cast<std::uint64_t>(limit))
            co_return too_large();

        std::optional<Multipart> form;
        if (upload) {
            auto boundary = Multipart::boundary_of(type);
            if (!boundary) co_return service_.refusal(boundary.error(), request.language(), 400);
            form.emplace(std::move(*boundary), options_.spool);
        }
        error_code failed;
        if (lower(request.header("expect")) == "100-continue") {
            bhttp::response<bhttp::empty_body> go_on(bhttp::status::continue_, 11);
            auto token = asio::redirect_error(asio::use_awaitable, failed);
            co_await bhttp::async_write(c.stream, go_on, token);
        }
        std::vector<char> bytes(piece);
        std::int64_t received = 0;
        while (!parser.is_done()) {
            parser.get().body() = {bytes.data(), bytes.size(), true};
            c.stream.expires_after(seconds(options_.step_seconds));
            auto token = asio::redirect_error(asio::use_awaitable, failed);
            co_await bhttp::async_read(c.stream, c.buffer, parser, token);
            if (failed == bhttp::error::need_buffer) failed = {};
            if (failed == bhttp::error::body_limit) co_return too_large();
            if (failed == beast::error::timeout)
                co_return service_.refusal(invalid("http.too_slow"), request.language(), 408);
            if (failed) co_return service_.refusal(invalid("http.malformed"), request.language(), 400);
            const std::size_t n = bytes.size() - parser.get().body().size;
            received += static_cast<std::int64_t>(n);
            if (received > limit) co_return too_large();
            if (!form) {
                request.body.append(bytes.data(), n);
                continue;
            }
            auto fed = co_await on(spoolers_, [&form, &bytes, n] { return form->feed({bytes.data(), n}); });
            if (!fed) co_return form_refused(fed.error(), request);
        }
        if (form) {
            auto finished = form->finish();
            if (!finished) co_return form_refused(finished.error(), request);
            request.form = form->take_form();
            request.uploads = form->take_uploads();
        }
        co_return std::nullopt;
    }

    Reply form_refused(const Error& error, const Request& request) {
        auto reply = service_.refusal(error, request.language(), delivery::fresh_number());
        if (error.kind == ErrorKind::invalid) reply.status = 400;
        return reply;
    }

    /// Answers without having read the body. What still comes is thrown away for a moment: closing with
    /// unread bytes would make the kernel reset the connection before the client has read why.
    asio::awaitable<bool> refuse(Connection& c, const Request& request, Reply reply,
                                 std::chrono::steady_clock::time_point begun) {
        if (!co_await write(c, request, reply, false, begun)) co_return false;
        error_code failed;
        c.stream.socket().shutdown(tcp::socket::shutdown_send, failed);
        c.stream.expires_after(seconds(2));
        std::vector<char> bytes(piece);
        for (std::int64_t left = 256 << 20; left > 0 && !failed;) {
            auto token = asio::redirect_error(asio::use_awaitable, failed);
            left -= static_cast<std::int64_t>(co_await c.stream.async_read_some(asio::buffer(bytes), token));
        }
        co_return false;
    }

    static void set_common(bhttp::fields& fields, const Reply& reply) {
        fields.set("Content-Security-Policy",
                   "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; "
                   "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
        fields.set("X-Content-Type-Options", "nosniff");
        fields.set("X-Frame-Options", "DENY");
        fields.set("Referrer-Policy", "no-referrer");
        for (const auto& [name, value] : reply.headers) fields.insert(name, value);
    }

    asio::awaitable<bool> write(Connection& c, const Request& request, Reply& reply, bool keep,
                                std::chrono::steady_clock::time_point begun) {
        bool whole = false;
        if (reply.events) {
            whole = co_await write_events(c, reply);
        } else if (!reply.file.empty()) {
            whole = co_await write_file(c, request, reply, keep);
        } else {
            whole = co_await write_bytes(c, request, reply, keep);
        }
        const auto ms =
            std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begun)
                .count();
        // A file of the front end is not worth a line.
        if (reply.fixed.empty() || !reply.trouble.empty()) {
            std::string line(name_of(request.method));
            line += reply.status == 404 ? " -" : " " + request.path();
            line += " " + std::to_string(reply.status) + " " + std::to_string(ms) + " ms";
            if (!reply.trouble.empty()) line += "  " + reply.trouble;
            if (!whole) line += "  (the client left)";
            delivery::log_info(line);
        }
        co_return whole;
    }

    asio::awaitable<bool> write_bytes(Connection& c, const Request& request, const Reply& reply, bool keep) {
        using Body = bhttp::span_body<const char>;
        bhttp::response<Body> response;
        response.version(11);
        response.result(static_cast<unsigned>(reply.status));
        set_common(response, reply);
        const std::string_view bytes = reply.fixed.empty() ? std::string_view(reply.body) : reply.fixed;
        const bool bodiless = reply.status == 204 || reply.status == 304;
        if (!bodiless) response.set(bhttp::field::content_length, std::to_string(bytes.size()));
        if (!bodiless && !request.head) response.body() = {bytes.data(), bytes.size()};
        response.keep_alive(keep);
        c.stream.expires_after(seconds(options_.step_seconds + static_cast<int>(bytes.size() / (16 << 10))));
        error_code failed;
        auto token = asio::redirect_error(asio::use_awaitable, failed);
        co_await bhttp::async_write(c.stream, response, token);
        co_return !failed;
    }

    /// Sends the headers of a reply whose body follows by hand.
    asio::awaitable<bool> write_head(Connection& c, bhttp::response<bhttp::empty_body>& response) {
        bhttp::response_serializer<bhttp::empty_body> serializer(response);
        c.stream.expires_after(seconds(options_.step_seconds));
        error_code failed;
        auto token = asio::redirect_error(asio::use_awaitable, failed);
        co_await bhttp::async_write_header(c.stream, serializer, token);
        co_return !failed;
    }

    asio::awaitable<bool> write_file(Connection& c, const Request& request, const Reply& reply, bool keep) {
        struct Remove {
            const Reply& reply;
            ~Remove() {
                std::error_code gone_already;
                if (reply.remove_file) std::filesystem::remove(reply.file, gone_already);
            }
        } remove{reply};
        std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(reply.file.c_str(), "rbe"),
                                                             std::fclose);
        std::error_code unreadable;
        const auto size = std::filesystem::file_size(reply.file, unreadable);
        if (!file || unreadable) {
            const auto lost = service_.refusal(corrupt("http.broken", "a reply's file cannot be read"),
                                               request.language(), delivery::fresh_number());
            delivery::log_error(lost.trouble);
            co_return co_await write_bytes(c, request, lost, keep);
        }
        bhttp::response<bhttp::empty_body> response;
        response.version(11);
        response.result(static_cast<unsigned>(reply.status));
        set_common(response, reply);
        response.set(bhttp::field::content_length, std::to_string(size));
        response.keep_alive(keep);
        if (!co_await write_head(c, response)) co_return false;
        if (request.head) co_return true;
        std::vector<char> bytes(piece);
        for (std::uintmax_t left = size; left > 0;) {
            const auto n = co_await on(spoolers_, [&] {
                return std::fread(bytes.data(), 1, std::min<std::uintmax_t>(bytes.size(), left), file.get());
            });
            if (n == 0) co_return false;  // it shrank: the client sees that bytes are missing
            c.stream.expires_after(seconds(options_.step_seconds));
            error_code failed;
            auto token = asio::redirect_error(asio::use_awaitable, failed);
            co_await asio::async_write(c.stream, asio::buffer(bytes.data(), n), token);
            if (failed) co_return false;
            left -= n;
        }
        co_return true;
    }

    asio::awaitable<bool> write_events(Connection& c, const Reply& reply) {
        bhttp::response<bhttp::empty_body> response;
        response.version(11);
        set_common(response, reply);
        response.set(bhttp::field::content_type, "text/event-stream");
        response.set(bhttp::field::cache_control, "no-store");
        response.keep_alive(false);  // the end of the stream is the end of the connection
        if (!co_await write_head(c, response)) co_return false;
        asio::steady_timer pause(io_);
        for (int quiet = 0; !stopping_; ++quiet) {
            auto event = co_await on(workers_, [&reply] { return reply.events->next(); });
            if (!event && event.error().kind != ErrorKind::unavailable) co_return false;
            std::string text;
            const bool news = event && event->has_value();
            if (news)
                text = "event: " + (*event)->name + "\ndata: " + (*event)->data + "\n\n";
            else if (quiet >= 50)
                text = ": still here\n\n";  // finds out whether the client is
            if (!text.empty()) {
                quiet = 0;
                c.stream.expires_after(seconds(options_.step_seconds));
                error_code failed;
                auto token = asio::redirect_error(asio::use_awaitable, failed);
                co_await asio::async_write(c.stream, asio::buffer(text), token);
                if (failed) co_return false;
            }
            if (news && (*event)->last) co_return true;
            pause.expires_after(std::chrono::milliseconds(300));
            error_code ignored;
            auto token = asio::redirect_error(asio::use_awaitable, ignored);
            co_await pause.async_wait(token);
        }
        co_return true;
    }

    const Service& service_;
    const Options options_;
    asio::io_context io_{1};
    tcp::acceptor acceptor_;
    asio::thread_pool workers_;
    asio::thread_pool spoolers_;
    std::thread thread_;
    std::uint16_t port_ = 0;
    std::atomic<bool> stopping_{false};
    std::atomic<int> connections_{0}, busy_{0}, in_pool_{0};
};

}  // namespace

Result<std::unique_ptr<Server>> Server::start(const Service& service, const Options& options) {
    auto server = std::make_unique<Running>(service, options);
    TRY(server->listen());
    return std::unique_ptr<Server>(std::move(server));
}

}  // namespace ballast::http
