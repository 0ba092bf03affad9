#include <algorithm>
#include <map>

#include "api/broken_packs.h"
#include "api/programmes_json.h"
#include "api/programmes_sheet.h"
#include "api/routes.h"
#include "api/warnings_json.h"
#include "casework/clue_receive.h"
#include "programmes/evidence.h"

namespace ballast::api {
namespace {

using namespace programmes;

/// Whom or what rows are about, in words: the head's name, the site's, or the place.
Result<Json> lines_json(Call& call, db::Tx& tx, const Programme& programme, const std::vector<Record>& rows) {
    std::vector<registry::HouseholdId> ids;
    for (const auto& one : rows)
        if (one.household) ids.push_back(*one.household);
    const Json households = ids.empty() ? Json::object() : TRY(household_lines(call, tx, ids));
    Json out = Json::array();
    std::map<RecordId, std::string> above;
    for (const auto& one : rows) {
        if (!programme.find_register(one.kind)) continue;  // of a register that the pack gave up
        std::string about = one.subject;
        // A row below a named one goes by that name: the output of a station.
        if (about.empty() && one.parent && !one.household) {
            if (!above.contains(*one.parent)) above[*one.parent] = TRY(record(tx, call.actor(), programme, *one.parent)).subject;
            about = above[*one.parent];
        }
        if (one.household)
            if (const auto line = households.find(text(*one.household)); line != households.end())
                about = line->value("head_name", "");
        out.push_back(record_json(call, programme, one, about));
    }
    return out;
}

Result<Reply> list(Call& call) {
    Json items = Json::array(), broken = Json::array();
    for (const auto& one : shelf(call.context().paths.root + "/packs")) {
        if (!one.programme || !holds_here(call, *one.programme)) continue;
        const auto& pack = one.programme->pack;
        items.push_back({{"name", pack.name},
                         {"title", title_of(call, {pack.title.zh, pack.title.en})},
                         {"issuer", pack.issuer},
                         {"document", title_of(call, {pack.document.zh, pack.document.en})},
                         {"valid_from", pack.valid_from.iso()},
                         {"registers", one.programme->registers.size()}});
    }
    for (const auto& [name, found] : broken_packs(call.context())) {
        Json findings = Json::array();
        for (const auto& finding : found) findings.push_back(finding_json(call, finding));
        broken.push_back({{"name", name}, {"findings", findings}});
    }
    return ok({{"items", items}, {"broken", broken}});
}

Result<Reply> one(Call& call, db::Tx& tx) {
    const auto programme = TRY(programme_of(call));
    const auto area = TRY(call.query<AreaCode>("area")).value_or(own_area(call, may_read));
    const auto desk = desk_of(call);
    Json out = declared_json(call, *programme);
    for (auto& kind : out["registers"])
        kind["rows"] = TRY(row_count(tx, desk, *programme, kind["name"].get<std::string>(), area));
    Json rates = Json::array();
    for (const auto& counts : TRY(indicators(tx, desk, *programme, area))) {
        const auto percent = counts.percent();
        const auto average = counts.average();
        rates.push_back({{"name", counts.of->name},
                         {"title", title_of(call, counts.of->title)},
                         {"unit", counts.of->unit},
                         {"numerator", counts.numerator},
                         {"denominator", counts.denominator},
                         {"percent", percent ? Json(percent->plain()) : Json(nullptr)},
                         {"per", counts.of->per},
                         {"numerator_in", counts.of->numerator.in},
                         {"denominator_in", counts.of->denominator.in},
                         {"average", average ? Json(average->plain()) : Json(nullptr)}});
    }
    out["indicators"] = rates;
    out["matrices"] = Json::array();
    for (const auto& of : programme->matrices) {
        Json columns = Json::array(), lines = Json::array();
        const auto* field = programme->find_register(of.in)->field(of.column);
        for (const auto& column : of.columns)
            columns.push_back({{"code", column}, {"label", title_of(call, field->choice(column)->title)}});
        for (const auto& line : TRY(matrix(tx, desk, *programme, of, area)))
            lines.push_back({{"area", area_json(call, line.area)}, {"counts", line.counts}});
        out["matrices"].push_back({{"name", of.name},
                                   {"title", title_of(call, of.title)},
                                   {"register", of.in},
                                   {"column", of.column},
                                   {"columns", columns},
                                   {"rows", lines}});
    }
    out["area"] = area_json(call, area);
    return ok(out);
}

/// The rows that the address asks for.
Result<std::vector<Record>> asked_records(Call& call, db::Tx& tx, const Programme& programme, Page page, std::int64_t* total) {
    RecordQuery query;
    query.kind = TRY(call.query<std::string>("register")).value_or("");
    query.area = TRY(call.query<AreaCode>("area"));
    query.state = TRY(call.query<std::string>("state")).value_or("");
    query.household = TRY(call.query<registry::HouseholdId>("household"));
    query.parent = TRY(call.query<RecordId>("parent"));
    if (const auto field = TRY(call.query<std::string>("field")))
        query.where.emplace_back(*field, TRY(call.query<std::string>("value")).value_or(""));
    if (const auto name = TRY(call.query<std::string>("matrix"))) {
        const auto of = std::ranges::find(programme.matrices, *name, &Matrix::name);
        if (of == programme.matrices.end()) return not_found("programmes.no_list");
        query.kind = of->in;
        query.live = true;
        query.where = of->where;
        query.where.emplace_back(of->column, TRY(call.query<std::string>("value")).value_or(""));
    }
    query.page = page;
    if (const auto indicator = TRY(call.query<std::string>("indicator")))
        return counted_records(tx, desk_of(call), programme, *indicator,
                               TRY(call.query<std::string>("side")).value_or("numerator"),
                               query.area.value_or(own_area(call, may_read)), query.page, total);
    return records(tx, call.actor(), programme, query, total);
}

Result<Reply> record_list(Call& call, db::Tx& tx) {
    const auto programme = TRY(programme_of(call));
    const auto page = TRY(call.page());
    std::int64_t total = 0;
    const auto found = TRY(asked_records(call, tx, *programme, {page.offset(), page.size}, &total));
    return ok({{"total", total}, {"items", TRY(lines_json(call, tx, *programme, found))}});
}

/// The whole list as a workbook, whatever the page.
Result<Reply> record_sheet(Call& call) {
    const auto programme = TRY(programme_of(call));
    const auto kind = TRY(call.query<std::string>("register")).value_or("");
    const auto* of = programme->find_register(kind);
    if (!of) return not_found("programmes.no_such_register").with("name", kind);
    return audited_sheets(call, [&](db::Tx& tx, ListSheets& sheets) -> Result<TakenList> {
        TRY(sheets.sheet(call.say("programmes.column.sheet"), register_columns(call, *of), title_of(call, of->title)));
        TRY(sheets.pages([&](std::int64_t offset, std::int64_t limit) -> Result<Json> {
            const auto found = TRY(asked_records(call, tx, *programme, {offset, limit}, nullptr));
            // An indicator or a matrix has a register of its own, whose rows do not fit another's columns.
            if (!found.empty() && found.front().kind != kind) return not_found("programmes.no_list");
            Json lines = TRY(lines_json(call, tx, *programme, found));
            read_values(call, *of, lines);
            return lines;
        }));
        return TakenList{"programmes.export", programme->pack.name + ":" + kind,
                         TRY(call.query<AreaCode>("area")).value_or(own_area(call, may_read)),
                         programme->pack.name + "-" + kind + "-" + call.today().iso()};
    });
}

Result<Json> whole(Call& call, db::Tx& tx, const Programme& programme, RecordId id) {
    const auto found = TRY(record(tx, call.actor(), programme, id));
    const auto& kind = *programme.find_register(found.kind);
    Json out = TRY(lines_json(call, tx, programme, {found}))[0];
    out["masked"] = Json::object();
    for (const auto& [name, value] : TRY(masked_values(tx, call.vault(), kind, id))) out["masked"][name] = value;
    out["steps"] = Json::array();
    for (const auto* step : next_steps(call.actor(), programme, found)) out["steps"].push_back(step->action);
    out["changes"] = Json::array();
    for (const auto& change : TRY(changes(tx, call.vault(), kind, id)))
        out["changes"].push_back(change_json(call, kind, change));
    const auto due = TRY(due_to(tx, desk_of(call), programme, found));
    out["due"] = due ? Json{{"eligible", due->eligible},
                            {"fen", due->amount.fen()},
                            {"reason", title_of(call, due->reason)},
                            {"rule", due->rule},
                            {"assumed", due->assumed}}
                     : Json(nullptr);
    RecordQuery below;
    below.parent = id;
    below.page.limit = 100;
    out["children"] = TRY(lines_json(call, tx, programme, TRY(records(tx, call.actor(), programme, below, nullptr))));
    return out;
}

Result<Reply> record_one(Call& call, db::Tx& tx) {
    const auto programme = TRY(programme_of(call));
    return ok(TRY(whole(call, tx, *programme, TRY(call.path<RecordId>("id")))));
}

/// What a row tells about its household becomes a clue, in the same transaction: told by the register, whoever entered it.
Result<void> tell(Call& call, db::Tx& tx, const Programme& programme, const Record* before, RecordId id) {
    const auto after = TRY(record(tx, call.actor(), programme, id));
    const auto* news = news_of(*programme.find_register(after.kind), before, after);
    if (!news) return {};
    const auto county = after.area.at(AreaLevel::county);
    const auto terms = TRY(casework::clue_terms(call.packs(), county, call.today()));
    const auto told_by = auth::system_actor("programmes");
    casework::Report report;
    report.county = county;
    report.source = casework::Source::grassroots_check;
    report.channel = "programme";
    report.household = after.household;
    report.risks = news->risk;
    report.told.text = news->said.zh;
    report.told.teller = "officer";
    report.told.teller_name = call.actor().name;
    report.key = "programme/" + std::to_string(id.number()) + "/" + std::to_string(after.version);
    TRY(casework::receive(tx, {call.vault(), call.division(), told_by, call.today(), call.now()}, terms, report));
    return {};
}

Result<Reply> record_add(Call& call, db::Tx& tx) {
    const auto programme = TRY(programme_of(call));
    const Json asked = TRY(body(call));
    NewRecord wanted;
    wanted.kind = TRY(field<std::string>(asked, "register"));
    if (TRY(optional_field<std::string>(asked, "area")).value_or("") != "") wanted.area = TRY(area_of(asked, "area"));
    wanted.household = TRY(optional_id<registry::HouseholdId>(asked, "household"));
    wanted.person = TRY(optional_id<registry::PersonId>(asked, "person"));
    wanted.parent = TRY(optional_id<RecordId>(asked, "parent"));
    wanted.subject = TRY(optional_field<std::string>(asked, "subject")).value_or("");
    wanted.typed = TRY(values_of(asked));
    wanted.key = TRY(field<std::string>(asked, "key"));
    const auto id = TRY(enter(tx, desk_of(call), *programme, wanted));
    TRY(tell(call, tx, *programme, nullptr, id));
    return created(TRY(whole(call, tx, *programme, id)));
}

Result<Reply> record_amend(Call& call, db::Tx& tx) {
    const auto programme = TRY(programme_of(call));
    const auto id = TRY(call.path<RecordId>("id"));
    const Json asked = TRY(body(call));
    const auto before = TRY(record(tx, call.actor(), *programme, id));
    TRY(amend(tx, desk_of(call), *programme, id, TRY(field<std::int64_t>(asked, "version")), TRY(values_of(asked))));
    TRY(tell(call, tx, *programme, &before, id));
    return ok(TRY(whole(call, tx, *programme, id)));
}

Result<Reply> record_step(Call& call, db::Tx& tx) {
    const auto programme = TRY(programme_of(call));
    const auto id = TRY(call.path<RecordId>("id"));
    const Json asked = TRY(body(call));
    StepOrder order{TRY(field<std::int64_t>(asked, "version")), TRY(field<std::string>(asked, "action")),
                    TRY(optional_field<std::string>(asked, "note")).value_or(""), TRY(values_of(asked))};
    const auto before = TRY(record(tx, call.actor(), *programme, id));
    TRY(take_step(tx, desk_of(call), *programme, id, order));
    TRY(tell(call, tx, *programme, &before, id));
    return ok(TRY(whole(call, tx, *programme, id)));
}

Result<Reply> record_reveal(Call& call, db::Tx& tx) {
    const auto programme = TRY(programme_of(call));
    const Json asked = TRY(body(call));
    const auto value = TRY(reveal(tx, desk_of(call), *programme, TRY(call.path<RecordId>("id")),
                                  TRY(field<std::string>(asked, "field")), TRY(field<std::string>(asked, "purpose"))));
    return ok({{"value", value}});
}

constexpr std::array table{
    Route{get, "/api/programmes", may_read, list},
    Route{get, "/api/programmes/{programme}", may_read, one},
    Route{get, "/api/programmes/{programme}/records", may_read, record_list},
    Route{post, "/api/programmes/{programme}/sheet", may_read, record_sheet},
    Route{post, "/api/programmes/{programme}/records", may_write, record_add},
    Route{get, "/api/programmes/{programme}/records/{id}", may_read, record_one},
    Route{patch, "/api/programmes/{programme}/records/{id}", may_write, record_amend},
    Route{post, "/api/programmes/{programme}/records/{id}/steps", may_read, record_step},
    Route{post, "/api/programmes/{programme}/records/{id}/reveal", Right::registry_unmask, record_reveal},
};

}  // namespace

const Routes programmes_routes = table;

}  // namespace ballast::api
