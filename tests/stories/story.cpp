// Runs one story (see README.md beside this file): story ENGINE FILE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>
#include <thread>

#include "app/serving.h"
#include "audit/users.h"
#include "base/text.h"
#include "context/log.h"
#include "db_testing/testing.h"
#include "table/table.h"

namespace ballast::story {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

/// The story says one thing, the program another.
struct Broken : std::runtime_error {
    using std::runtime_error::runtime_error;
};

template <class T>
T must(Result<T> result) {
    if (!result) throw Broken("refused: " + result.error().id + " " + result.error().detail);
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

/// Whether each sheet of a workbook that is named has each of these rows: the cells named, in that order.
bool has_rows(const Json& workbook, const Json& wanted) {
    for (const auto& [name, rows] : wanted.items()) {
        if (!workbook.contains(name)) return false;
        for (const auto& row : rows)
            if (std::ranges::none_of(workbook[name], [&](const Json& whole) {
                    auto at = whole.begin();
                    for (const auto& cell : row) {
                        at = std::find(at, whole.end(), cell);
                        if (at == whole.end()) return false;
                        ++at;
                    }
                    return true;
                }))
                return false;
    }
    return true;
}

struct Answer {
    int status = 0;
    std::string head, body;
    std::string header(const std::string& name) const {
        const auto at = head.find("\r\n" + name + ": ");
        if (at == std::string::npos) return {};
        const auto begin = at + name.size() + 4;
        return head.substr(begin, head.find("\r\n", begin) - begin);
    }
};

Answer converse(std::uint16_t port, const std::string& bytes) {
    const int descriptor = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(descriptor, reinterpret_cast<sockaddr*>(&to), sizeof to) != 0)
        throw Broken("cannot connect");
    for (std::string_view rest = bytes; !rest.empty();) {
        const auto n = ::send(descriptor, rest.data(), rest.size(), MSG_NOSIGNAL);
        if (n <= 0) break;
        rest.remove_prefix(static_cast<std::size_t>(n));
    }
    std::string all;
    char piece[65536];
    for (ssize_t n; (n = ::recv(descriptor, piece, sizeof piece, 0)) > 0;)
        all.append(piece, static_cast<std::size_t>(n));
    ::close(descriptor);
    const auto end = all.find("\r\n\r\n");
    if (!all.starts_with("HTTP/1.1 ") || end == std::string::npos)
        throw Broken("no answer: " + all.substr(0, 200));
    return {std::stoi(all.substr(9, 3)), all.substr(0, end + 2), all.substr(end + 4)};
}

/// Whether `whole` holds `part`: of an object the members, of a list some element for each.
bool holds(const Json& whole, const Json& part) {
    if (part.is_object()) {
        if (!whole.is_object()) return false;
        for (const auto& [name, value] : part.items())
            if (!whole.contains(name) || !holds(whole[name], value)) return false;
        return true;
    }
    if (part.is_array()) {
        if (!whole.is_array() || (part.empty() && !whole.empty())) return false;
        return std::ranges::all_of(part, [&](const Json& wanted) {
            return std::ranges::any_of(whole, [&](const Json& one) { return holds(one, wanted); });
        });
    }
    return whole == part;
}

std::string word(std::string& line) {
    line = std::string(text::trimmed(line));
    const auto end = std::min(line.find_first_of(" \t"), line.size());
    std::string first = line.substr(0, end);
    line = std::string(text::trimmed(std::string_view(line).substr(end)));
    return first;
}

std::string encoded(const std::string& target) {
    std::string out;
    for (const unsigned char c : target) {
        char hex[4];
        std::snprintf(hex, sizeof hex, "%%%02X", c);
        out += c > 0x20 && c < 0x7f ? std::string(1, static_cast<char>(c)) : hex;
    }
    return out;
}

class Story {
public:
    explicit Story(db::Engine engine) : engine_(engine), database_(engine) {
        directory_ = fs::temp_directory_path() / ("ballast-story-" + std::to_string(::getpid()));
    }
    ~Story() {
        serving_.reset();
        std::error_code ignored;
        fs::remove_all(directory_, ignored);
    }

    void perform(std::string line) {
        for (const auto& [name, value] : kept_)
            for (auto at = line.find("{" + name + "}"); at != std::string::npos;
                 at = line.find("{" + name + "}"))
                line.replace(at, name.size() + 2, value);
        const std::string verb = word(line);
        if (verb == "story") return;
        if (verb == "given") return given(line);
        if (!serving_) throw Broken("a story begins with `given`");
        if (verb == "user") return user(line);
        if (verb == "packs") return packs(line);
        if (verb == "amend") return amend(line);
        if (verb == "as") return as(line);
        if (verb == "today") return clock_.set(FixedClock(must(Date::parse(line))).now());
        if (verb == "later") return later(line);
        if (verb == "keep") return keep(line);
        if (verb == "wait") return wait(line);
        if (verb == "audit") return audited(line);
        if (verb == "UPLOAD") return upload(line);
        const bool forged = verb == "FORGED";
        const std::string method = forged ? word(line) : verb;
        for (const auto* known : {"GET", "POST", "PUT", "PATCH", "DELETE"})
            if (method == known) return request(method, line, forged);
        throw Broken("unknown word " + verb);
    }

private:
    void given(std::string line) {
        if (word(line) != "county") throw Broken("given county CODE, today DATE");
        auto code = word(line);
        if (code.ends_with(',')) code.pop_back();
        if (word(line) != "today") throw Broken("given county CODE, today DATE");
        clock_.set(FixedClock(must(Date::parse(line))).now());
        county_ = must(AreaCode::parse(code));
        must(delivery::Installation::create(directory_.string(), county_, {}, clock_));
        if (engine_ == db::Engine::postgresql) {
            const auto paths = delivery::Paths::under(directory_.string());
            auto settings = must(delivery::read_settings(paths));
            settings.database = database_.address();
            must(delivery::write_settings(paths, settings));
        }
        serving_ = must(app::Serving::start(directory_.string(),
                                            {.address = "127.0.0.1", .port = 0, .nightly = false}, clock_));
        const auto address = serving_->address();
        port_ = static_cast<std::uint16_t>(std::stoi(address.substr(address.rfind(':') + 1)));
    }

    void user(std::string line) {
        auth::User one;
        one.account = word(line);
        one.name = one.account;
        const auto role = must(auth::role_named(word(line)));
        const auto area = must(AreaCode::parse(word(line)));
        one.grants.push_back({role, area, line});
        one.must_change = false;
        const auto& context = serving_->context();
        must(context.database.write([&](db::Tx& tx) {
            return audit::add_user(tx, context.vault, auth::system_actor("story"), one,
                                   one.account + "-password", clock_.now());
        }));
    }

    void packs(const std::string& from) {
        fs::create_directories(directory_ / "packs");
        for (const auto& entry : fs::directory_iterator(from))
            if (entry.is_directory())
                fs::copy(entry.path(), directory_ / "packs" / entry.path().filename(), fs::copy_options::recursive);
    }

    /// amend insurance/snow_index.toml OLD => NEW: the first place of the county's own packs.
    void amend(std::string line) {
        const auto path = directory_ / "packs" / word(line);
        const auto arrow = line.find(" => ");
        if (arrow == std::string::npos) throw Broken("amend FILE OLD => NEW");
        std::ifstream in(path, std::ios::binary);
        std::string text{std::istreambuf_iterator<char>(in), {}};
        const auto at = text.find(line.substr(0, arrow));
        if (at == std::string::npos) throw Broken("there is no such text in " + path.filename().string());
        text.replace(at, arrow, line.substr(arrow + 4));
        std::ofstream(path, std::ios::binary) << text;
    }

    void as(const std::string& account) {
        cookie_.clear(), csrf_.clear();
        if (account == "nobody") return;
        const Json who{{"account", account}, {"password", account + "-password"}};
        last_ = converse(port_, text_of("POST", "/api/session", who.dump(), "application/json", false));
        if (last_.status != 200) throw Broken("cannot sign in: " + last_.body);
        const auto cookie = last_.header("Set-Cookie");
        cookie_ = cookie.substr(0, cookie.find(';'));
        csrf_ = Json::parse(last_.body).at("csrf");
    }

    void later(std::string line) {
        const std::int64_t n = std::stoll(word(line));
        const std::int64_t unit = line == "min"    ? 60'000
                                  : line == "h"    ? 3'600'000
                                  : line == "days" ? 86'400'000
                                                   : 0;
        if (unit == 0) throw Broken("later N min | h | days");
        clock_.set({clock_.now().ms + n * unit});
    }

    void keep(std::string line) {
        const auto name = word(line);
        if (word(line) != "=") throw Broken("keep NAME = /pointer");
        const Json value = Json::parse(last_.body).at(Json::json_pointer(line));
        kept_[name] = value.is_string() ? value.get<std::string>() : value.dump();
    }

    void wait(std::string line) {
        const auto job = word(line);
        if (word(line) != "->") throw Broken("wait JOB -> STATE");
        for (int i = 0; i < 1200; ++i, std::this_thread::sleep_for(std::chrono::milliseconds(50))) {
            last_ = converse(port_, text_of("GET", "/api/jobs/" + job, "", "", false));
            const auto state = Json::parse(last_.body).value("state", "");
            if (state == "queued" || state == "running") continue;
            if (state != line) throw Broken("the job is " + state + ": " + last_.body);
            return;
        }
        throw Broken("the job does not end: " + last_.body);
    }

    void audited(std::string line) {
        audit::Query query;
        query.limit = 200;
        if (const auto has = line.find(" has "); has != std::string::npos) {
            query.object = line.substr(0, has);
            line = line.substr(has + 5);
        }
        const auto& context = serving_->context();
        const auto entries = must(context.database.read(
            [&](db::Tx& tx) { return audit::list(tx, auth::Scope::whole_country(), query); }));
        for (const auto part : text::split(line, ',')) {
            const std::string action(text::trimmed(part));
            const bool found = std::ranges::any_of(
                entries, [&](const audit::Entry& entry) { return entry.event.action == action; });
            if (!found) throw Broken("not in the audit: " + action);
        }
    }

    std::string text_of(const std::string& method, const std::string& target, const std::string& body,
                        const std::string& type, bool forged) const {
        std::string out =
            method + " " + encoded(target) + " HTTP/1.1\r\nHost: story\r\nConnection: close\r\n";
        if (!cookie_.empty()) out += "Cookie: " + cookie_ + "\r\n";
        if (!csrf_.empty() && !forged) out += "X-CSRF: " + csrf_ + "\r\n";
        if (!type.empty())
            out += "Content-Type: " + type + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n";
        return out + "\r\n" + body;
    }

    void request(const std::string& method, std::string line, bool forged) {
        const auto arrow = line.rfind(" -> ");
        if (arrow == std::string::npos) throw Broken("-> STATUS is missing");
        std::string expected = line.substr(arrow + 4);
        line.resize(arrow);
        const auto target = word(line);
        last_ =
            converse(port_, text_of(method, target, line, line.empty() ? "" : "application/json", forged));
        expect(expected);
    }

    void upload(std::string line) {
        const auto arrow = line.rfind(" -> ");
        if (arrow == std::string::npos) throw Broken("-> STATUS is missing");
        const std::string expected = line.substr(arrow + 4);
        line.resize(arrow);
        const auto target = word(line);
        std::string body;
        while (!line.empty()) {
            const auto pair = word(line);
            const auto equals = pair.find('=');
            const auto name = pair.substr(0, equals), value = pair.substr(equals + 1);
            body += "--story\r\nContent-Disposition: form-data; name=\"" + name + "\"";
            if (name != "file") {
                body += "\r\n\r\n" + value + "\r\n";
                continue;
            }
            std::ifstream in(value, std::ios::binary);
            if (!in) throw Broken("no file " + value);
            body += "; filename=\"" + fs::path(value).filename().string() + "\"\r\n\r\n";
            body.append(std::istreambuf_iterator<char>(in), {});
            body += "\r\n";
        }
        last_ = converse(port_, text_of("POST", target, body + "--story--\r\n",
                                        "multipart/form-data; boundary=story", false));
        expect(expected);
    }

    void expect(std::string expected) {
        const auto status = std::stoi(word(expected));
        const bool sheets = last_.header("Content-Type").find("spreadsheetml") != std::string::npos;
        const auto said = " but: " + std::to_string(last_.status) + " " + (sheets ? workbook().dump() : last_.body).substr(0, 2000);
        if (last_.status != status) throw Broken("expected " + std::to_string(status) + said);
        if (expected.empty()) return;
        const auto body = sheets ? workbook() : Json::parse(last_.body, nullptr, /*allow_exceptions=*/false);
        if (expected.starts_with('{') || expected.starts_with('[')) {
            const auto wanted = Json::parse(expected);
            if (!(sheets ? has_rows(body, wanted) : holds(body, wanted))) throw Broken("expected " + expected + said);
        } else if (!body.is_object() || body.value(Json::json_pointer("/error/id"), "") != expected) {
            throw Broken("expected " + expected + said);
        }
    }

    /// The reply as {sheet: [row, ...]}, a row being its cells as text.
    Json workbook() const {
        const auto path = (directory_ / "reply.xlsx").string();
        std::ofstream(path, std::ios::binary) << last_.body;
        const auto reader = must(table::Reader::open(path, "reply.xlsx"));
        Json out = Json::object();
        const auto names = reader->sheets();
        for (std::size_t n = 0; n < names.size(); ++n) {
            auto& rows = out[names[n]] = Json::array();
            must(reader->read(n, [&](const table::Row& row) -> Result<void> {
                Json cells = Json::array();
                for (const auto& cell : row.cells) cells.push_back(std::string(cell.text));
                rows.push_back(std::move(cells));
                return {};
            }));
        }
        return out;
    }

    const db::Engine engine_;
    db_testing::FreshDatabase database_;
    fs::path directory_;
    FixedClock clock_{Instant{}};
    AreaCode county_;
    std::unique_ptr<app::Serving> serving_;
    std::uint16_t port_ = 0;
    std::string cookie_, csrf_;
    std::map<std::string, std::string> kept_;
    Answer last_;
};

struct Line {
    std::string file;
    int number;
    std::string text;
};

/// `include FILE`, from the story's folder, stands for the lines of that file.
void add_lines(const fs::path& file, std::vector<Line>& lines) {
    std::ifstream in(file);
    if (!in) throw Broken("no such story: " + file.string());
    int number = 0;
    for (std::string line; std::getline(in, line);) {
        ++number;
        constexpr std::string_view include = "include ";
        if (line.starts_with('#') || text::trimmed(line).empty()) continue;
        const bool goes_on = line.starts_with(' ') && !lines.empty();
        if (goes_on)
            lines.back().text += " " + std::string(text::trimmed(line));
        else if (line.starts_with(include))
            add_lines(file.parent_path() / text::trimmed(std::string_view(line).substr(include.size())),
                      lines);
        else
            lines.push_back({file.string(), number, line});
    }
}

int run(db::Engine engine, const std::string& file) {
    Line at{file, 0, ""};
    try {
        Story story(engine);
        std::vector<Line> lines;
        add_lines(file, lines);
        for (const auto& line : lines) {
            at = line;
            story.perform(line.text);
        }
        return 0;
    } catch (const std::exception& broken) {
        std::fprintf(stderr, "%s:%d: %s\n", at.file.c_str(), at.number, broken.what());
        return 1;
    }
}

}  // namespace
}  // namespace ballast::story

int main(int argc, char** argv) {
    using namespace ballast;
    if (argc != 3) return 2;
    const auto engine =
        std::string_view(argv[1]) == "postgresql" ? db::Engine::postgresql : db::Engine::sqlite;
    if (!db_testing::available(engine)) return 77;  // ctest says "skipped"
    delivery::log_only(delivery::LogLevel::errors);
    return story::run(engine, argv[2]);
}
