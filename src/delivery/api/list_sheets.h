/// A screen's list as a workbook: the lines that the screen gets as JSON, under heads in words.
#pragma once

#include <functional>
#include <memory>

#include "api/json.h"
#include "table/table.h"

namespace ballast::api {

struct ListColumn {
    enum class As : std::uint8_t {
        text,
        number,  // an integer, or a decimal as text
        fen,     // integer fen, written as yuan
        yuan,    // decimal text
        day,     // ISO
        truth,   // yes or no in words; empty when it is null
        place,   // an `area_json`: two columns without a title of their own: township or larger, and village
    };
    std::string title;
    std::string at;  // JSON pointer into a line; null, or nothing there, is an empty cell
    As as = As::text;
    double width = 14;
};

class ListSheets {
public:
    /// Errors: unavailable "table.cannot_write".
    static Result<ListSheets> open(const Call& call);
    ListSheets(ListSheets&&) noexcept;
    ListSheets& operator=(ListSheets&&) noexcept;
    ~ListSheets();

    /// Begins a sheet. The words come from the caller, in the language of the call.
    Result<void> sheet(std::string_view name, std::vector<ListColumn> columns, std::string_view title = {});
    /// A JSON array of lines.
    Result<void> rows(const Json& lines);
    /// Lines by the page, until one is empty.
    Result<void> pages(const std::function<Result<Json>(std::int64_t offset, std::int64_t limit)>& page);
    /// Of all sheets so far.
    std::int64_t written() const;
    /// `file`: without its ending, and naming nobody. Nothing written: not_found "api.nothing_to_export".
    Result<Reply> reply(const std::string& file);

private:
    explicit ListSheets(const Call& call);
    struct State;
    std::unique_ptr<State> state_;
};

/// What a list of people that leaves the platform is to the audit.
struct TakenList {
    std::string action;  // "employment.export"
    std::string object;  // "class:1"
    AreaCode area;
    std::string file;  // as of `reply`
    std::optional<std::int64_t> rows = {};  // of the list itself, where there are other sheets beside it
};
/// A workbook of people. `act` fills it in a transaction that only reads, however long that takes; then the audit is told, in a
/// short one of its own, who took it, how many rows, and what was asked for. Errors: those of `act` and of `reply`.
Result<Reply> audited_sheets(Call& call, const std::function<Result<TakenList>(db::Tx&, ListSheets&)>& act);

}  // namespace ballast::api
