#include "api/list_sheets.h"

#include "api/workbook_reply.h"
#include "audit/audit.h"
#include "base/money.h"

namespace ballast::api {
namespace {

using As = ListColumn::As;
using Type = table::Writer::Type;

Type type_of(As as) {
    switch (as) {
        case As::number: return Type::number;
        case As::fen:
        case As::yuan: return Type::money;
        case As::day: return Type::date;
        default: return Type::text;
    }
}

std::string written_out(const Json& value) {
    if (value.is_null()) return "";
    if (value.is_string()) return value.get<std::string>();
    return value.dump();
}

}  // namespace

struct ListSheets::State {
    const Call& call;
    std::string path;
    std::unique_ptr<table::Writer> writer;
    std::vector<ListColumn> columns = {};
    std::int64_t written = 0;

    std::string cell(const ListColumn& column, const Json& value) const {
        if (value.is_null()) return "";
        switch (column.as) {
            case As::fen: return Money::fen(value.get<std::int64_t>()).plain();
            case As::truth: return call.say(value.get<bool>() ? "api.truth.yes" : "api.truth.no");
            default: return written_out(value);
        }
    }
    /// Whatever is larger than a village stands in the first of the two.
    void place(const Json& area, std::vector<std::string>& cells) const {
        const auto code = area.is_null() ? std::nullopt : Call::parsed<AreaCode>(area["code"].get<std::string>());
        const bool village = code && code->level() == AreaLevel::village;
        const auto name = code ? area["name"].get<std::string>() : std::string();
        cells.push_back(village ? area_json(call, code->parent())["name"].get<std::string>() : name);
        cells.push_back(village ? name : "");
    }
};

ListSheets::ListSheets(const Call& call) : state_(new State{call, spooled_workbook(call), nullptr}) {}
ListSheets::ListSheets(ListSheets&&) noexcept = default;
ListSheets& ListSheets::operator=(ListSheets&&) noexcept = default;
ListSheets::~ListSheets() = default;

Result<ListSheets> ListSheets::open(const Call& call) {
    ListSheets out(call);
    out.state_->writer = TRY(table::Writer::create(out.state_->path, table::Format::xlsx));
    return out;
}

Result<void> ListSheets::sheet(std::string_view name, std::vector<ListColumn> columns, std::string_view title) {
    std::vector<table::Writer::Column> heads;
    for (const auto& one : columns) {
        if (one.as == As::place) {
            heads.push_back({state_->call.say("api.column.township"), Type::text, 14});
            heads.push_back({state_->call.say("api.column.village"), Type::text, 14});
        } else {
            heads.push_back({one.title, type_of(one.as), one.width});
        }
    }
    TRY(state_->writer->sheet(std::string(name), heads, title));
    state_->columns = std::move(columns);
    return {};
}

Result<void> ListSheets::rows(const Json& lines) {
    std::vector<std::string> cells;
    for (const auto& line : lines) {
        cells.clear();
        for (const auto& one : state_->columns) {
            const Json::json_pointer at(one.at);
            const Json value = line.contains(at) ? line.at(at) : Json(nullptr);
            if (one.as == As::place)
                state_->place(value, cells);
            else
                cells.push_back(state_->cell(one, value));
        }
        TRY(state_->writer->row(cells));
        ++state_->written;
    }
    return {};
}

Result<void> ListSheets::pages(const std::function<Result<Json>(std::int64_t, std::int64_t)>& page) {
    constexpr std::int64_t limit = 500;
    for (std::int64_t offset = 0;; offset += limit) {
        const Json lines = TRY(page(offset, limit));
        if (lines.empty()) return {};
        TRY(rows(lines));
    }
}

std::int64_t ListSheets::written() const { return state_->written; }

Result<Reply> ListSheets::reply(const std::string& file) {
    if (state_->written == 0) return not_found("api.nothing_to_export");
    TRY(state_->writer->finish());
    return workbook_reply(state_->path, file + ".xlsx");
}

Result<Reply> audited_sheets(Call& call, const std::function<Result<TakenList>(db::Tx&, ListSheets&)>& act) {
    auto sheets = TRY(ListSheets::open(call));
    const auto taken = TRY(call.database().read([&](db::Tx& tx) { return act(tx, sheets); }));
    if (sheets.written() == 0) return not_found("api.nothing_to_export");
    std::string filter;
    for (const auto& [name, value] : call.request().query)
        if (!value.empty()) filter += (filter.empty() ? "" : " ") + name + "=" + value;
    TRY(call.database().write([&](db::Tx& tx) {
        return audit::record(tx, call.vault(), call.actor(),
                             {taken.action, taken.object, taken.area, "",
                              Json{{"rows", taken.rows.value_or(sheets.written())}, {"filter", filter}}.dump()},
                             call.now());
    }));
    return sheets.reply(taken.file);
}

}  // namespace ballast::api
