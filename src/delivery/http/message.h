/// What comes in and what goes out, without a word about sockets.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "words/words.h"

namespace ballast::http {

enum class Method : std::uint8_t { get, post, put, patch, del };
std::string_view name_of(Method method);  // "GET"

/// A received file in the spool; removed with this object.
class Upload {
public:
    Upload(std::string field, std::string file_name, std::string path)
        : field_(std::move(field)), file_name_(std::move(file_name)), path_(std::move(path)) {}
    Upload(Upload&& other) noexcept { swap(other); }
    Upload& operator=(Upload&& other) noexcept {
        swap(other);
        return *this;
    }
    ~Upload();

    const std::string& field() const { return field_; }
    /// As the sender's machine called it, without folders; may hold personal data: never for a log.
    const std::string& file_name() const { return file_name_; }
    const std::string& path() const { return path_; }
    std::int64_t size() const;
    /// The file stays; its path is now the caller's care.
    std::string keep() && { return std::exchange(path_, {}); }

private:
    void swap(Upload& other) noexcept {
        field_.swap(other.field_);
        file_name_.swap(other.file_name_);
        path_.swap(other.path_);
    }
    std::string field_, file_name_, path_;
};

struct Request {
    Method method = Method::get;
    bool head = false;                                        // answered as get, without the body
    std::vector<std::string> segments;                        // of the path, decoded
    std::vector<std::pair<std::string, std::string>> query;   // decoded
    std::map<std::string, std::string, std::less<>> headers;  // names in lower case
    std::string peer;                                         // address of the client
    std::string body;                                         // JSON
    std::map<std::string, std::string, std::less<>> form;     // text fields of an upload
    std::vector<Upload> uploads;

    std::string_view header(std::string_view lower_case_name) const;
    std::string_view cookie(std::string_view name) const;
    std::string path() const;  // "/api/jobs/7"
    /// ?lang=, else the first of Accept-Language that we speak, else Chinese.
    words::Language language() const;

    /// Takes the target of a request line apart. invalid "http.bad_target".
    Result<void> set_target(std::string_view target);
};

/// Asked again and again until it is over: what is new since the last time, if anything.
struct EventSource {
    struct Event {
        std::string name, data;  // data on one line
        bool last = false;
    };
    std::function<Result<std::optional<Event>>()> next;
};

struct Reply {
    int status = 200;
    std::vector<std::pair<std::string, std::string>> headers{};
    std::string body{};
    std::string_view fixed{};  // in place of body: bytes that live as long as the program
    std::string file{};        // in place of body: sent from disk in pieces
    bool remove_file = false;  // once it is sent
    std::shared_ptr<EventSource> events{};
    std::string trouble{};  // for the log only

    static Reply json(std::string text, int status = 200);
    static Reply empty() { return Reply{.status = 204}; }
    /// A file to be saved under `name` (UTF-8).
    static Reply download(std::string path, const std::string& name, const std::string& content_type);
    Reply&& with(std::string name, std::string value) && {
        headers.emplace_back(std::move(name), std::move(value));
        return std::move(*this);
    }
};

/// "%E6%98%AD" decoded; nothing when malformed or when it holds a zero byte.
enum class Plus : std::uint8_t { is_plus, is_space };
std::optional<std::string> percent_decoded(std::string_view text, Plus plus);
std::string percent_encoded(std::string_view text);

}  // namespace ballast::http
