// Figures as they were published: frozen, shown with what stood behind them, recomputed.
#include "api/indicators_sheets.h"
#include "api/routes.h"
#include "indicators/snapshots.h"

namespace ballast::api {
namespace {

using namespace indicators;
using As = ListColumn::As;

Json snapshot_json(const Call& call, const Snapshot& one) {
    return {{"id", text(one.id)},          {"area", area_json(call, one.area)}, {"term", one.term},
            {"title", one.title},          {"on", civil_date(one.at).iso()},    {"by", one.name},
            {"catalogue", one.catalogue.substr(0, 12)}, {"division_year", one.division_year}};
}

Result<Reply> snapshot_list(Call& call, db::Tx& tx) {
    const FigureDesk at(call);
    Json items = Json::array();
    for (const auto& one : TRY(snapshots(tx, at.desk))) items.push_back(snapshot_json(call, one));
    return ok({{"items", items}});
}

Result<Reply> snapshot_add(Call& call, db::Tx& tx) {
    const FigureDesk at(call);
    const Json asked = TRY(body(call));
    const auto id = TRY(freeze(tx, at.desk, TRY(area_of(asked, "area")), TRY(Term::parse(TRY(field<std::string>(asked, "term")))),
                               TRY(field<std::string>(asked, "title"))));
    return created(snapshot_json(call, TRY(snapshot(tx, at.desk, id))));
}

/// The figures of a snapshot in an area, a line each for a figure's parts.
Result<Json> frozen_json(const Call& call, db::Tx& tx, const Desk& desk, SnapshotId id, AreaCode area) {
    Json out = Json::array();
    for (const auto& one : TRY(frozen(tx, desk, id, area))) {
        const auto* figure = desk.catalogue.figure(one.figure);
        if (!figure) continue;
        const auto* part = figure->part(one.part);
        out.push_back({{"figure", one.figure},
                       {"part", one.part},
                       {"title", title_of(call, figure->title) + (part ? " · " + title_of(call, part->title) : "")},
                       {"unit", figure->measure.unit},
                       {"value", one.sum.hidden ? Json(nullptr) : value_or_null(figure->measure, one.sum.value)},
                       {"hidden", one.sum.hidden},
                       {"counted", figure->source != Source::entered},
                       {"reported", one.sum.reported},
                       {"expected", one.sum.expected}});
    }
    return out;
}

Result<Reply> snapshot_one(Call& call, db::Tx& tx) {
    const FigureDesk at(call);
    const auto found = TRY(snapshot(tx, at.desk, TRY(call.path<SnapshotId>("id"))));
    const auto area = TRY(call.query<AreaCode>("area")).value_or(found.area);
    Json out = snapshot_json(call, found);
    out["of"] = area_json(call, area);
    out["items"] = TRY(frozen_json(call, tx, at.desk, found.id, area));
    return ok(out);
}

Result<Reply> snapshot_sheet(Call& call, db::Tx& tx) {
    const FigureDesk at(call);
    const auto found = TRY(snapshot(tx, at.desk, TRY(call.path<SnapshotId>("id"))));
    const auto area = TRY(call.query<AreaCode>("area")).value_or(found.area);
    const auto head = [&](const char* word) { return call.say(std::string("indicators.column.") + word); };
    auto sheets = TRY(ListSheets::open(call));
    TRY(sheets.sheet(head("snapshot"),
                     {{head("figure"), "/title", As::text, 34},
                      {head("value"), "/value", As::number},
                      {head("unit"), "/unit", As::text, 8},
                      {head("remark"), "/remark", As::text, 24}},
                     found.title + " " + area_json(call, area)["name"].get<std::string>() + " " + found.term));
    Json lines = TRY(frozen_json(call, tx, at.desk, found.id, area));
    for (auto& line : lines) line["remark"] = value_remark(call, line);
    TRY(sheets.rows(lines));
    return sheets.reply("snapshot-" + text(found.id) + "-" + area.short_digits());
}

/// What stood behind one figure of a snapshot.
struct FrozenList {
    const indicators::Figure* figure = nullptr;
    SnapshotId id;
    AreaCode area;
    std::string part;
};
Result<FrozenList> frozen_list(Call& call, db::Tx& tx, const Desk& desk) {
    FrozenList out;
    out.figure = TRY(figure_of(desk, TRY(call.path<std::string>("figure"))));
    out.id = TRY(call.path<SnapshotId>("id"));
    out.area = TRY(call.query<AreaCode>("area")).value_or(TRY(snapshot(tx, desk, out.id)).area);
    out.part = TRY(call.query<std::string>("part")).value_or("");
    for (const auto& one : TRY(frozen(tx, desk, out.id, out.area)))
        if (one.figure == out.figure->name && one.part == out.part)
            TRY(may_list(call, *out.figure, out.area, one.sum.hidden));
    return out;
}
Result<Json> frozen_page(Call& call, db::Tx& tx, const Desk& desk, const FrozenList& of, std::int64_t offset, std::int64_t limit,
                         std::int64_t* total, std::int64_t* sum) {
    const auto rows = TRY(frozen_rows(tx, desk, of.id, of.figure->name, of.part, of.area, offset, limit, total, sum));
    std::vector<Behind> things;
    for (const auto& one : rows) things.push_back({one.object, one.area});
    Json items = TRY(things_json(call, tx, about(*of.figure), things));
    for (std::size_t n = 0; n < rows.size(); ++n) items[n]["value"] = written(of.figure->measure, rows[n].value);
    return items;
}

Result<Reply> snapshot_rows(Call& call, db::Tx& tx) {
    const FigureDesk at(call);
    const auto page = TRY(call.page());
    const auto of = TRY(frozen_list(call, tx, at.desk));
    std::int64_t total = 0, sum = 0;
    Json items = TRY(frozen_page(call, tx, at.desk, of, page.offset(), page.size, &total, &sum));
    return ok({{"figure", of.figure->name},
               {"area", area_json(call, of.area)},
               {"title", title_of(call, of.figure->title)},
               {"unit", of.figure->measure.unit},
               {"about", about(*of.figure)},
               {"sum", written(of.figure->measure, sum)},
               {"total", total},
               {"items", std::move(items)}});
}

/// The whole list, whatever the page. Of a figure that was entered, a line is an area and what it entered.
Result<Reply> snapshot_rows_sheet(Call& call) {
    const FigureDesk at(call);
    return audited_sheets(call, [&](db::Tx& tx, ListSheets& sheets) -> Result<TakenList> {
        const auto of = TRY(frozen_list(call, tx, at.desk));
        std::vector<ListColumn> columns{{"", "/area", As::place}};
        if (!about(*of.figure).empty()) columns = thing_columns(call, about(*of.figure));
        columns.push_back({call.say("indicators.column.value"), "/value", As::number});
        TRY(sheets.sheet(call.say("indicators.column.list"), std::move(columns),
                         title_of(call, of.figure->title) + " " + TRY(snapshot(tx, at.desk, of.id)).title));
        TRY(sheets.pages([&](std::int64_t offset, std::int64_t limit) {
            return frozen_page(call, tx, at.desk, of, offset, limit, nullptr, nullptr);
        }));
        return TakenList{"indicators.export", of.figure->name + ":snapshot:" + text(of.id), of.area,
                         "snapshot-" + text(of.id) + "-" + of.figure->name};
    });
}

Result<Reply> snapshot_recompute(Call& call, db::Tx& tx) {
    const FigureDesk at(call);
    const auto found = TRY(recompute(tx, at.desk, TRY(call.path<SnapshotId>("id"))));
    Json differences = Json::array();
    for (const auto& one : found.differences) {
        const auto* figure = at.desk.catalogue.figure(one.figure);
        const Measure measure = figure ? figure->measure : Measure{};
        differences.push_back({{"figure", one.figure},
                               {"area", area_json(call, one.area)},
                               {"printed", value_or_null(measure, one.printed)},
                               {"computed", value_or_null(measure, one.computed)}});
    }
    return ok({{"sums", found.sums}, {"equal", differences.empty()}, {"differences", differences}});
}

constexpr std::array table{
    Route{get, "/api/indicators/snapshots", Right::indicators_read, snapshot_list},
    Route{post, "/api/indicators/snapshots", Right::indicators_manage, snapshot_add},
    Route{get, "/api/indicators/snapshots/{id}", Right::indicators_read, snapshot_one},
    Route{get, "/api/indicators/snapshots/{id}/sheet", Right::indicators_read, snapshot_sheet},
    Route{get, "/api/indicators/snapshots/{id}/rows/{figure}", Right::indicators_read, snapshot_rows},
    Route{post, "/api/indicators/snapshots/{id}/rows/{figure}/sheet", Right::indicators_read, snapshot_rows_sheet},
    Route{get, "/api/indicators/snapshots/{id}/recomputed", Right::indicators_read, snapshot_recompute},
};

}  // namespace

const Routes indicators_snapshots_routes = table;

}  // namespace ballast::api
