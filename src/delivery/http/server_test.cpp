// Through real sockets, spoken by hand: what a client library would tidy up is what is tested here.
#include "http/server.h"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <thread>

#include "context/log.h"
#include "db/migrations.h"
#include "db_testing/testing.h"
#include "schema/shipped.h"

namespace ballast::http {
namespace {

namespace fs = std::filesystem;
using auth::Right;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::atomic<bool> hold_handlers{false};

Result<Reply> hello(Call& call) { return Reply::json("{\"day\":\"" + call.today().iso() + "\"}"); }
Result<Reply> tagged(Call&) { return Reply::json(R"({"name":"</script>"})"); }
Result<Reply> size_of_upload(Call& call) {
    std::int64_t bytes = 0;
    for (const auto& upload : call.request().uploads) bytes += upload.size();
    return Reply::json(std::to_string(bytes) + " " + call.request().form["feed"]);
}
Result<Reply> echo(Call& call) { return Reply::json(call.request().body); }
Result<Reply> breaks(Call&) {
    INVARIANT(1 + 1 == 3);
    return Reply::empty();
}
Result<Reply> refuses(Call&) { return conflict("jobs.over").with("what", "\"quoted\""); }
Result<Reply> slow(Call&) {
    while (hold_handlers) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    return Reply::empty();
}
Result<Reply> counts(Call&) {
    Reply reply;
    reply.events = std::make_shared<EventSource>();
    reply.events->next = [n = 0]() mutable -> Result<std::optional<EventSource::Event>> {
        ++n;
        return std::optional(EventSource::Event{"job", std::to_string(n), n == 3});
    };
    return reply;
}

constexpr std::array table{
    Route{Method::get, "/api/hello", Right::anyone, hello},
    Route{Method::get, "/api/tagged", Right::anyone, tagged},
    Route{Method::post, "/api/upload", Right::anyone, size_of_upload},
    Route{Method::post, "/api/echo", Right::anyone, echo},
    Route{Method::get, "/api/breaks", Right::anyone, breaks},
    Route{Method::get, "/api/refuses", Right::anyone, refuses},
    Route{Method::get, "/api/slow", Right::anyone, slow},
    Route{Method::get, "/api/counts", Right::anyone, counts},
    Route{Method::post, "/api/closed", Right::registry_write, hello},
};

class Socket {
public:
    explicit Socket(std::uint16_t port) : descriptor_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(port);
        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        EXPECT_EQ(::connect(descriptor_, reinterpret_cast<sockaddr*>(&to), sizeof to), 0);
        const timeval limit{.tv_sec = 20, .tv_usec = 0};
        ::setsockopt(descriptor_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    }
    ~Socket() { ::close(descriptor_); }
    Socket(const Socket&) = delete;
    Socket& operator=(const Socket&) = delete;

    bool send(std::string_view bytes) {
        while (!bytes.empty()) {
            const auto n = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (n <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(n));
        }
        return true;
    }
    /// Until the server closes.
    std::string rest() {
        std::string all;
        char bytes[65536];
        for (ssize_t n; (n = ::recv(descriptor_, bytes, sizeof bytes, 0)) > 0;)
            all.append(bytes, static_cast<std::size_t>(n));
        return all;
    }
    /// Until `end` has come.
    std::string until(std::string_view end) {
        std::string all;
        char byte;
        while (all.find(end) == std::string::npos && ::recv(descriptor_, &byte, 1, 0) == 1) all += byte;
        return all;
    }

private:
    int descriptor_;
};

class Http : public testing::Test {
protected:
    void start(const Options& changed = {}) {
        delivery::log_only(delivery::LogLevel::nothing);
        ASSERT_TRUE(db::migrate(*database_, schema::shipped_migrations(), clock_.now()));
        spool_ = fs::path(testing::TempDir()) / ("http_spool_" + std::to_string(::getpid()));
        fs::create_directories(spool_);
        Options options = changed;
        options.port = 0;
        options.spool = spool_.string();
        auto started = Server::start(service_, options);
        ASSERT_TRUE(started) << started.error().id;
        server_ = std::move(*started);
    }
    void TearDown() override {
        hold_handlers = false;
        server_.reset();
        fs::remove_all(spool_);
    }
    std::string ask(const std::string& bytes) {
        Socket socket(server_->port());
        EXPECT_TRUE(socket.send(bytes));
        return socket.rest();
    }
    std::string get(const std::string& target, const std::string& headers = "") {
        return ask("GET " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + headers + "\r\n");
    }

    db_testing::FreshDatabase database_{db::Engine::sqlite};
    std::unique_ptr<crypto::Vault> vault_ = crypto::test_vault("http");
    FixedClock clock_{*Date::from(2025, 3, 3)};
    delivery::Settings settings_;
    delivery::Paths paths_;
    delivery::PackShelf packs_{*database_, *vault_, settings_.area, "", clock_};
    delivery::Context context_{*database_, *vault_, areas::Division::shipped(), clock_, settings_, paths_, packs_};
    std::array<Routes, 1> tables_{Routes(table)};
    Service service_{context_, tables_, nullptr};
    fs::path spool_;
    std::unique_ptr<Server> server_;
};

TEST_F(Http, AnswersWithTheDayOfTheCall) {
    start();
    const auto reply = get("/api/hello");
    EXPECT_THAT(reply, StartsWith("HTTP/1.1 200"));
    EXPECT_THAT(reply, HasSubstr("{\"day\":\"2025-03-03\"}"));
    EXPECT_THAT(reply, HasSubstr("X-Content-Type-Options: nosniff"));
    EXPECT_THAT(reply, HasSubstr("X-Frame-Options: DENY"));
    EXPECT_THAT(reply, HasSubstr("Content-Security-Policy: default-src 'self'"));
}

TEST_F(Http, KeepsTheConnectionForTheNextRequest) {
    start();
    Socket socket(server_->port());
    for (int i = 0; i < 3; ++i) {
        ASSERT_TRUE(socket.send("GET /api/hello HTTP/1.1\r\nHost: x\r\n\r\n"));
        EXPECT_THAT(socket.until("}"), StartsWith("HTTP/1.1 200"));
    }
}

TEST_F(Http, AnswersHeadWithoutABody) {
    start();
    const auto reply = ask("HEAD /api/hello HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    EXPECT_THAT(reply, HasSubstr("Content-Length: 20\r\n"));
    EXPECT_TRUE(reply.ends_with("\r\n\r\n"));
}

TEST_F(Http, RefusesInTheUsersLanguageWithANumber) {
    start();
    const auto chinese = get("/api/refuses");
    EXPECT_THAT(chinese, StartsWith("HTTP/1.1 409"));
    EXPECT_THAT(chinese, HasSubstr("\"id\":\"jobs.over\",\"kind\":\"conflict\""));
    EXPECT_THAT(chinese, HasSubstr("这项任务已经结束"));
    EXPECT_THAT(chinese, HasSubstr("\"args\":{\"what\":\"\\\"quoted\\\"\"}"));
    EXPECT_THAT(chinese, testing::ContainsRegex("\"number\":\"[0-9A-Z]{8}\""));
    EXPECT_THAT(get("/api/refuses", "Accept-Language: en-US\r\n"), HasSubstr("The job has ended already"));
}

TEST_F(Http, SaysNoSuchPathAndNoSuchMethod) {
    start();
    EXPECT_THAT(get("/api/nothing"), StartsWith("HTTP/1.1 404"));
    const auto reply = ask("DELETE /api/hello HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    EXPECT_THAT(reply, StartsWith("HTTP/1.1 405"));
    EXPECT_THAT(reply, HasSubstr("Allow: GET"));
    EXPECT_THAT(ask("BREW /api/hello HTTP/1.1\r\nHost: x\r\n\r\n"), StartsWith("HTTP/1.1 405"));
}

TEST_F(Http, ABugIsAnsweredAndTheServerGoesOn) {
    start();
    const auto reply = get("/api/breaks");
    EXPECT_THAT(reply, StartsWith("HTTP/1.1 500"));
    EXPECT_THAT(reply, HasSubstr("http.broken"));
    EXPECT_THAT(reply, Not(HasSubstr("1 + 1")));
    EXPECT_THAT(get("/api/hello"), StartsWith("HTTP/1.1 200"));
}

TEST_F(Http, RefusesWhatIsMalformed) {
    start();
    EXPECT_THAT(ask("nonsense\r\n\r\n"), StartsWith("HTTP/1.1 400"));
    EXPECT_THAT(ask("GET /api/hello HTTP/1.1\r\n\r\n"), StartsWith("HTTP/1.1 400"));  // no Host
    EXPECT_THAT(ask("GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n"), StartsWith("HTTP/1.1 400"));
    EXPECT_THAT(ask("POST /api/echo HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n"),
                StartsWith("HTTP/1.1 400"));
    const std::string long_head = "GET /api/hello HTTP/1.1\r\nHost: x\r\nX: " + std::string(20'000, 'x');
    EXPECT_THAT(ask(long_head + "\r\n\r\n"), StartsWith("HTTP/1.1 431"));
}

TEST_F(Http, TakesJsonUpToItsLimitAndNoMore) {
    Options options;
    options.json_bytes = 1000;
    start(options);
    const auto with = [&](std::size_t n, const std::string& type) {
        return ask("POST /api/echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: " + type +
                   "\r\nContent-Length: " + std::to_string(n) + "\r\n\r\n" + std::string(n, '1'));
    };
    EXPECT_THAT(with(1000, "application/json"), StartsWith("HTTP/1.1 200"));
    EXPECT_THAT(with(1001, "application/json; charset=utf-8"), StartsWith("HTTP/1.1 413"));
    EXPECT_THAT(with(10, "text/plain"), StartsWith("HTTP/1.1 415"));
    // Without a length, the limit holds too.
    std::string chunked =
        "POST /api/echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        "Transfer-Encoding: chunked\r\n\r\n";
    for (int i = 0; i < 3; ++i) chunked += "1f4\r\n" + std::string(500, '1') + "\r\n";
    EXPECT_THAT(ask(chunked + "0\r\n\r\n"), StartsWith("HTTP/1.1 413"));
}

TEST_F(Http, DoesNotReadTheBodyOfWhoeverIsNotSignedIn) {
    start();
    const auto reply =
        ask("POST /api/closed HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            "Content-Length: 1000000\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_THAT(reply, StartsWith("HTTP/1.1 401"));
    EXPECT_THAT(reply, HasSubstr("auth.signed_out"));
}

std::int64_t resident_kb() {
    std::ifstream in("/proc/self/status");
    for (std::string line; std::getline(in, line);)
        if (line.starts_with("VmRSS:")) return std::stoll(line.substr(6));
    return 0;
}

TEST_F(Http, StreamsALargeUploadInBoundedMemory) {
    start();
    const std::string begin =
        "--b\r\nContent-Disposition: form-data; name=\"feed\"\r\n\r\nmedical\r\n"
        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n";
    const std::string end = "\r\n--b--\r\n";
    const std::string mb(1 << 20, 'x');
    const std::size_t n = 100;
    Socket socket(server_->port());
    ASSERT_TRUE(
        socket.send("POST /api/upload HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                    "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: " +
                    std::to_string(begin.size() + n * mb.size() + end.size()) + "\r\n\r\n" + begin));
    const auto before = resident_kb();
    std::int64_t most = before;
    for (std::size_t i = 0; i < n; ++i) {
        ASSERT_TRUE(socket.send(mb));
        most = std::max(most, resident_kb());
    }
    ASSERT_TRUE(socket.send(end));
    EXPECT_THAT(socket.rest(), HasSubstr("\r\n\r\n104857600 medical"));
    EXPECT_LT(most - before, 16 * 1024);
    EXPECT_TRUE(fs::is_empty(spool_));
}

TEST_F(Http, AnUploadThatIsBrokenOffLeavesNothing) {
    start();
    {
        Socket socket(server_->port());
        ASSERT_TRUE(
            socket.send("POST /api/upload HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n"
                        "Content-Type: multipart/form-data; boundary=b\r\n\r\n"
                        "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a\"\r\n\r\nxxxx"));
    }
    for (int i = 0; i < 200 && !fs::is_empty(spool_); ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    EXPECT_TRUE(fs::is_empty(spool_));
    EXPECT_THAT(get("/api/hello"), StartsWith("HTTP/1.1 200"));
}

TEST_F(Http, SlowClientsDoNotKeepOthersWaiting) {
    start();
    std::vector<std::unique_ptr<Socket>> slow_ones;
    for (int i = 0; i < 200; ++i) {
        slow_ones.push_back(std::make_unique<Socket>(server_->port()));
        ASSERT_TRUE(slow_ones.back()->send("GET /api/hello HTTP/1.1\r\nHo"));
    }
    EXPECT_THAT(get("/api/hello"), StartsWith("HTTP/1.1 200"));
}

TEST_F(Http, GivesUpOnAHeadThatDoesNotEnd) {
    Options options;
    options.head_seconds = 1;
    start(options);
    EXPECT_EQ(ask("GET /api/hello HTTP/1.1\r\nHo"), "");
}

TEST_F(Http, SaysBusyWhenTheQueueIsFull) {
    Options options;
    options.workers = 1;
    options.queue = 1;
    start(options);
    hold_handlers = true;
    std::vector<std::unique_ptr<Socket>> held;
    for (int i = 0; i < 2; ++i) {
        held.push_back(std::make_unique<Socket>(server_->port()));
        ASSERT_TRUE(held.back()->send("GET /api/slow HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
    }
    std::string third;
    for (int i = 0; i < 100 && !third.starts_with("HTTP/1.1 503"); ++i) {
        // The two may not have arrived yet; a /api/hello that got in would wait behind them.
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        third = get("/api/nothing");
    }
    EXPECT_THAT(third, StartsWith("HTTP/1.1 503"));
    EXPECT_THAT(third, HasSubstr("Retry-After: 2"));
    hold_handlers = false;
    for (auto& socket : held) EXPECT_THAT(socket->rest(), StartsWith("HTTP/1.1 204"));
}

TEST_F(Http, SendsEventsUntilTheLast) {
    start();
    const auto reply = get("/api/counts");
    EXPECT_THAT(reply, HasSubstr("Content-Type: text/event-stream"));
    EXPECT_THAT(reply, HasSubstr("event: job\ndata: 1\n\nevent: job\ndata: 2\n\nevent: job\ndata: 3\n\n"));
}

TEST_F(Http, AnswersAheadWhatAPageBeginsWithAndNothingThatIsRefused) {
    start();
    const std::vector<std::string> addresses{"/api/hello", "/api/tagged", "/api/refuses", "/api/closed", "/api/nowhere"};
    Request page;
    ASSERT_TRUE(page.set_target("/indicators?lang=en"));
    EXPECT_EQ(service_.answers_ahead(page, addresses), "");
    page.headers = {{"cookie", std::string(session_cookie) + "=of-nobody"}};
    EXPECT_EQ(service_.answers_ahead(page, addresses),
              R"({"language":"en","answers":{"/api/hello":{"day":"2025-03-03"},"/api/tagged":{"name":"\u003c/script>"}}})");
}

TEST_F(Http, NamesThePortThatIsInUse) {
    start();
    Options same;
    same.port = server_->port();
    same.spool = spool_.string();
    const auto second = Server::start(service_, same);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().id, "app.port_in_use");
    EXPECT_EQ(second.error().args[0].second, std::to_string(server_->port()));
}

}  // namespace
}  // namespace ballast::http
