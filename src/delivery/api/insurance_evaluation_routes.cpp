// The yearly evaluation of insurers: figures as they stand or were closed, what is entered, the steps, the workbook;
// and the service network behind two of the figures.
#include "api/insurance_json.h"
#include "api/insurance_tables.h"
#include "api/workbook_reply.h"
#include "insurance/evaluation_year.h"
#include "insurance/service_sheet.h"
#include "table/table.h"

namespace ballast::api {
namespace {

using namespace insurance;

std::string measured(Decimal value, Measure measure) {
    if (measure == Measure::yuan) return value.rounded(2, Rounding::down).plain();
    return measure == Measure::count ? value.rounded(0, Rounding::down).plain() : units_text(value);
}

Json maybe_rate(const Figure& figure) {
    return figure.standing == Standing::rated ? Json(figure.rate.plain()) : Json(nullptr);
}

Json entry_json(const Entry& entry, Measure measure) {
    return {{"part", measured(entry.amounts.part, measure)},
            {"whole", measured(entry.amounts.whole, measure)},
            {"weight", entry.weight ? Json(entry.weight->plain()) : Json(nullptr)},
            {"answers", entry.answers ? Json(*entry.answers) : Json(nullptr)},
            {"evidence", entry.evidence},
            {"by_insurer", entry.by_insurer},
            {"by", entry.name},
            {"on", entry.on->iso()}};
}
Json entry_of(const Evaluation& one, Item item, std::string_view product) {
    for (const auto& entry : one.entries)
        if (entry.item == item && entry.product == product) return entry_json(entry, row_of(item).measure);
    return nullptr;
}

Json item_json(const Call& call, const Desk& desk, const Evaluation& one, const Figure& figure) {
    const auto& row = row_of(figure.item);
    const auto of = [&](Decimal value) { return measured(value, row.measure); };
    Json out = coded_insurance(call, "evaluation_item", row.name);
    out["how"] = call.say("insurance.evaluation_how." + std::string(row.name));
    out["measure"] = row.measure == Measure::kinds ? "kinds" : row.measure == Measure::yuan ? "yuan" : "count";
    out["platform_part"] = of(figure.platform.part);
    out["platform_whole"] = of(figure.platform.whole);
    out["part"] = of(figure.sum().part);
    out["whole"] = of(figure.sum().whole);
    out["standing"] = coded_insurance(call, "standing", name_of(figure.standing));
    out["fault"] = figure.fault ? Json(words::say(*figure.fault, call.language())) : Json(nullptr);
    out["rate"] = maybe_rate(figure);
    out["weight"] = figure.weight.plain();
    out["target"] = figure.target.plain();
    out["assumed"] = figure.assumed;
    out["points"] = figure.standing == Standing::rated ? Json(figure.points.plain()) : Json(nullptr);
    out["by_county"] = row.by_county;
    out["may_enter"] = one.state == EvaluationState::open && may_enter(desk, one.insurer, row);
    out["entry"] = row.measure == Measure::kinds ? Json(nullptr) : entry_of(one, figure.item, "");
    return out;
}

std::string product_title(const Call& call, const Book& book, const std::string& code) {
    const auto product = book.product(code);
    return product ? title_in(call, (*product)->title) : code;
}

Json kind_json(const Call& call, const Book& book, const Evaluation& one, const KindFigure& kind) {
    const auto product = book.product(kind.product);
    return {{"product", {{"code", kind.product}, {"label", product_title(call, book, kind.product)}}},
            {"unit", product ? coded_insurance(call, "unit", name_of((*product)->unit)) : Json(nullptr)},
            {"platform", units_text(kind.platform)},
            {"insured", units_text(kind.platform + kind.outside)},
            {"insurable", kind.insurable ? Json(units_text(*kind.insurable)) : Json(nullptr)},
            {"weight", kind.weight ? Json(kind.weight->plain()) : Json(nullptr)},
            {"premium_fen", kind.premium.fen()},
            {"rate", kind.rate ? Json(kind.rate->plain()) : Json(nullptr)},
            {"entry", entry_of(one, Item::insured, kind.product)}};
}

Json band_json(const Call& call, std::string_view band) {
    return band.empty() ? Json(nullptr) : coded_insurance(call, "band", band);
}

Json head_json(const Call& call, const Evaluation& one) {
    const auto& score = one.figures.score;
    return {{"insurer", text(one.insurer.id)},
            {"name", one.insurer.name},
            {"area", area_json(call, one.insurer.area)},
            {"year", one.year},
            {"state", coded_insurance(call, "evaluation_state", name_of(one.state))},
            {"version", one.version},
            {"as_of", one.as_of.iso()},
            {"total", score.total ? Json(score.total->plain()) : Json(nullptr)},
            {"band", band_json(call, score.band)},
            {"assumed", one.figures.bands_assumed},
            {"missing", score.missing},
            {"wrong", score.wrong}};
}

Result<Json> whole(Call& call, db::Tx& tx, const Desk& desk, InsurerId id, int year) {
    const auto one = TRY(load_evaluation(tx, desk, id, year));
    Json out = head_json(call, one);
    out["items"] = Json::array();
    for (const auto& item : one.figures.items) out["items"].push_back(item_json(call, desk, one, item));
    out["kinds"] = Json::array();
    for (const auto& kind : one.figures.kinds) out["kinds"].push_back(kind_json(call, desk.book, one, kind));
    out["by_premium"] = one.figures.by_premium;
    out["earned"] = one.figures.score.earned.plain();
    out["weights"] = one.figures.score.weights.plain();
    out["mean_score"] = one.figures.mean_score.is_zero() ? Json(nullptr) : Json(one.figures.mean_score.plain());
    out["farmers"] = one.farmers;
    out["bands"] = Json::array();
    for (std::size_t i = 0; i < one.figures.bands.size(); ++i) {
        Json band = band_json(call, band_names.at(i));
        band["least"] = one.figures.bands.at(i).plain();
        out["bands"].push_back(band);
    }
    out["closings"] = Json::array();
    for (const auto& closing : one.closings)
        out["closings"].push_back({{"on", closing.on.iso()},
                                   {"by", closing.name},
                                   {"total", closing.total.plain()},
                                   {"band", band_json(call, closing.band)}});
    put_steps(out, call, "evaluation_action", next_steps(desk, one));
    out["history"] = Json::array();
    if (one.id)
        for (const auto& step : TRY(steps(tx, desk, "evaluation", *one.id))) {
            Json line = step_json(step);
            line["label"] = call.say("insurance.evaluation_action." + step.action);
            out["history"].push_back(line);
        }
    return out;
}

Result<int> year_in(const Call& call) {
    const auto year = TRY(call.path<std::int64_t>("year"));
    // What no calendar has would not fit either.
    if (year < 1 || year > 9999) return invalid("insurance.evaluation_year").with("year", std::to_string(year));
    return static_cast<int>(year);
}

Result<Reply> list(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    const auto desk = desk_of(call, book);
    const auto asked = call.query<std::int64_t>("year");
    const auto year = TRY(asked).value_or(desk.today.year());
    if (year < 1 || year > 9999) return invalid("insurance.evaluation_year").with("year", std::to_string(year));
    Json items = Json::array();
    for (const auto& one : TRY(evaluations(tx, desk, static_cast<int>(year)))) {
        Json line = head_json(call, one);
        line["rates"] = Json::object();
        for (const auto& figure : one.figures.items)
            line["rates"][std::string(row_of(figure.item).name)] = maybe_rate(figure);
        items.push_back(line);
    }
    return ok({{"year", year}, {"items", items}});
}

Result<Reply> one(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    return ok(TRY(whole(call, tx, desk_of(call, book), TRY(call.path<InsurerId>("id")), TRY(year_in(call)))));
}

Result<Decimal> number_of(const Json& asked, const char* name) {
    if (!asked.contains(name) || asked.at(name).is_null()) return Decimal();
    return decimal_of(asked, name);
}

Result<Entry> entry_in(const Json& asked) {
    Entry out;
    const auto item = item_named(TRY(field<std::string>(asked, "item")));
    if (!item) return invalid("insurance.item_not_entered");
    out.item = *item;
    out.product = TRY(optional_field<std::string>(asked, "product")).value_or("");
    out.amounts = {TRY(number_of(asked, "part")), TRY(number_of(asked, "whole"))};
    if (asked.contains("weight") && !asked.at("weight").is_null()) out.weight = TRY(decimal_of(asked, "weight"));
    if (asked.contains("answers") && !asked.at("answers").is_null()) {
        const auto given = TRY(field<Json>(asked, "answers"));
        Answers answers{};
        if (given.size() != answers.size()) return invalid("insurance.answers_missing");
        for (std::size_t i = 0; i < answers.size(); ++i) {
            if (!given[i].is_number_integer()) return invalid("http.wrong_type").with("name", "answers");
            answers.at(i) = given[i].get<std::int64_t>();
        }
        out.answers = answers;
    }
    out.evidence = TRY(field<std::string>(asked, "evidence"));
    return out;
}

Result<Reply> entry_put(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    const auto desk = desk_of(call, book);
    const auto id = TRY(call.path<InsurerId>("id"));
    const auto year = TRY(year_in(call));
    const Json asked = TRY(body(call));
    TRY(enter(tx, desk, id, year, TRY(field<std::int64_t>(asked, "version")), TRY(entry_in(asked))));
    return ok(TRY(whole(call, tx, desk, id, year)));
}

Result<Reply> step(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    const auto desk = desk_of(call, book);
    const auto id = TRY(call.path<InsurerId>("id"));
    const auto year = TRY(year_in(call));
    const Json asked = TRY(body(call));
    const auto action = evaluation_action_named(TRY(field<std::string>(asked, "action")));
    if (!action) return invalid("http.wrong_type").with("name", "action");
    TRY(take_step(tx, desk, id, year,
                  {TRY(field<std::int64_t>(asked, "version")), *action,
                   TRY(optional_field<std::string>(asked, "note")).value_or("")}));
    return ok(TRY(whole(call, tx, desk, id, year)));
}

/// 0.975743 as 97.5743, exactly.
std::string percent(Decimal rate) { return (rate * 100).rounded(4, Rounding::half_up).plain(); }

Result<void> write_workbook(Call& call, const Book& book, const Evaluation& one, const std::string& path) {
    using Type = table::Writer::Type;
    auto writer = TRY(table::Writer::create(path, table::Format::xlsx));
    const auto said = [&](const std::string& id) { return call.say("insurance." + id); };
    const auto sheet = [&](const char* id) { return said(std::string("evaluation_sheet.") + id); };
    const auto& figures = one.figures;
    const std::string state = said("evaluation_state." + std::string(name_of(one.state)));
    const auto title = one.insurer.name + " " + std::to_string(one.year) + " " + state + " " + one.as_of.iso();
    const auto authority = [&](bool assumed) { return assumed ? sheet("assumed") : std::string(); };
    const std::vector<table::Writer::Column> by_item{
        {sheet("item"), Type::text, 26},    {sheet("part"), Type::number, 18},  {sheet("whole"), Type::number, 18},
        {sheet("rate"), Type::number, 12},  {sheet("target"), Type::number, 12}, {sheet("weight"), Type::number, 8},
        {sheet("points"), Type::number, 8}, {sheet("standing"), Type::text, 14}, {sheet("authority"), Type::text, 10},
        {sheet("evidence"), Type::text, 40}, {sheet("by"), Type::text, 20}};
    TRY(writer->sheet(sheet("items"), by_item, title));
    for (const auto& figure : figures.items) {
        const auto& row = row_of(figure.item);
        const bool rated = figure.standing == Standing::rated;
        const bool kinds = row.measure == Measure::kinds;
        std::string evidence, by;
        if (!kinds)
            for (const auto& entry : one.entries)
                if (entry.item == figure.item) {
                    evidence = entry.evidence;
                    by = entry.name + " " + entry.on->iso() + (entry.by_insurer ? sheet("by_insurer") : "");
                }
        TRY(writer->row({said("evaluation_item." + std::string(row.name)),
                         kinds ? "" : measured(figure.sum().part, row.measure),
                         kinds ? "" : measured(figure.sum().whole, row.measure), rated ? percent(figure.rate) : "",
                         percent(figure.target), figure.weight.plain(), rated ? figure.points.plain() : "",
                         said("standing." + std::string(name_of(figure.standing))), authority(figure.assumed), evidence,
                         by}));
    }
    const auto& score = figures.score;
    TRY(writer->row({sheet("total"), "", "", "", "", score.weights.plain(), score.earned.plain(),
                     score.total ? score.total->plain() + " " + said("band." + score.band) : sheet("no_total"),
                     authority(figures.bands_assumed), "", ""}));
    const std::vector<table::Writer::Column> by_kind{
        {sheet("product"), Type::text, 26},     {sheet("unit"), Type::text, 8},
        {sheet("insured"), Type::number, 16},   {sheet("insurable"), Type::number, 16},
        {sheet("rate"), Type::number, 12},      {sheet(figures.by_premium ? "premium" : "share"), Type::number, 16},
        {sheet("evidence"), Type::text, 40},    {sheet("by"), Type::text, 20}};
    TRY(writer->sheet(sheet("kinds"), by_kind, title));
    for (const auto& kind : figures.kinds) {
        const auto product = book.product(kind.product);
        std::string evidence, by;
        for (const auto& entry : one.entries)
            if (entry.item == Item::insured && entry.product == kind.product) {
                evidence = entry.evidence;
                by = entry.name + " " + entry.on->iso();
            }
        TRY(writer->row({product_title(call, book, kind.product),
                         product ? said("unit." + std::string(name_of((*product)->unit))) : "",
                         units_text(kind.platform + kind.outside),
                         kind.insurable ? units_text(*kind.insurable) : "", kind.rate ? percent(*kind.rate) : "",
                         kind.weight ? kind.weight->plain() : kind.premium.plain(), evidence, by}));
    }
    return writer->finish();
}

Result<Reply> workbook(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    const auto desk = desk_of(call, book);
    const auto found = TRY(load_evaluation(tx, desk, TRY(call.path<InsurerId>("id")), TRY(year_in(call))));
    const auto path = spooled_workbook(call);
    TRY(write_workbook(call, book, found, path));
    return workbook_reply(path, "evaluation-" + text(found.insurer.id) + "-" + std::to_string(found.year) + ".xlsx");
}

Json point_json(const std::optional<ServicePoint>& point) {
    if (!point) return nullptr;
    return {{"id", text(point->id)},
            {"name", point->name},
            {"assistant", point->assistant},
            {"first_day", point->first_day.iso()},
            {"last_day", point->last_day ? Json(point->last_day->iso()) : Json(nullptr)}};
}

Json coverage_json(Amounts covered) {
    const auto told = rate("stations", covered.part, covered.whole);
    return {{"part", measured(covered.part, Measure::count)},
            {"whole", measured(covered.whole, Measure::count)},
            {"rate", told ? Json(told->plain()) : Json(nullptr)}};
}

Result<Json> network(const Call& call, db::Tx& tx, const Desk& desk, InsurerId id, Date on) {
    const auto insurer = TRY(evaluated_insurer(tx, desk, id));
    const auto covered = TRY(coverage(tx, desk, insurer, on));
    Json items = Json::array();
    for (const auto& one : TRY(served_townships(tx, desk, id, on)))
        items.push_back({{"area", area_json(call, one.area.code)},
                         {"villages", one.villages},
                         {"covered", one.covered},
                         {"station", point_json(one.station)}});
    return Json{{"insurer", text(id)},
                {"name", insurer.name},
                {"on", on.iso()},
                {"stations", coverage_json(covered.stations)},
                {"points", coverage_json(covered.points)},
                {"may_enter", insurer_to_write_of(tx, desk, id).has_value()},
                {"items", items}};
}

Result<Reply> network_one(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    return ok(TRY(network(call, tx, desk_of(call, book), TRY(call.path<InsurerId>("id")), call.today())));
}

Result<Reply> network_township(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    Json items = Json::array();
    for (const auto& one : TRY(served_villages(tx, desk_of(call, book), TRY(call.path<InsurerId>("id")),
                                               TRY(call.path<AreaCode>("township")), call.today())))
        items.push_back({{"area", area_json(call, one.area.code)}, {"point", point_json(one.point)}});
    return ok({{"items", items}});
}

Result<Reply> network_add(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    const auto desk = desk_of(call, book);
    const auto id = TRY(call.path<InsurerId>("id"));
    const Json asked = TRY(body(call));
    const auto first = TRY(day_of(asked, "first_day"));
    std::vector<NewServicePoint> points;
    for (const auto& one : TRY(field<Json>(asked, "points"))) {
        if (!one.is_object()) return invalid("http.wrong_type").with("name", "points");
        points.push_back({TRY(area_of(one, "area")), TRY(field<std::string>(one, "name")),
                          TRY(field<std::string>(one, "assistant")), first});
    }
    if (points.empty() || points.size() > 5'000) return invalid("http.wrong_type").with("name", "points");
    TRY(add_service_points(tx, desk, id, points));
    return created(TRY(network(call, tx, desk, id, desk.today)));
}

Result<Reply> network_end(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    const auto desk = desk_of(call, book);
    const auto id = TRY(call.path<InsurerId>("id"));
    TRY(end_service_point(tx, desk, id, TRY(call.path<ServicePointId>("point")), TRY(day_of(TRY(body(call)), "on"))));
    return ok(TRY(network(call, tx, desk, id, desk.today)));
}

Result<Reply> network_sheet(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    const auto id = TRY(call.path<InsurerId>("id"));
    const auto path = spooled_workbook(call);
    TRY(write_network_sheet(tx, desk_of(call, book), id, path, call.language()));
    return workbook_reply(path, "network-" + text(id) + "-" + call.today().iso() + ".xlsx");
}

Result<Reply> network_take(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    const auto& sent = call.request().uploads;
    if (sent.size() != 1) return invalid("insurance.one_network_sheet");
    const auto taken = TRY(take_network_sheet(tx, desk_of(call, book), TRY(call.path<InsurerId>("id")), sent.front().path(),
                                              sent.front().file_name()));
    Json faults = Json::array();
    for (const auto& one : taken.findings)
        faults.push_back({{"row", one.row}, {"id", one.what.id}, {"says", words::say(one.what, call.language())}});
    return ok({{"accepted", faults.empty()}, {"rows", taken.rows}, {"changed", taken.added}, {"faults", faults}});
}

constexpr std::array table_of_evaluations{
    Route{get, "/api/insurance/evaluations", Right::insurance_read, list},
    Route{get, "/api/insurance/insurers/{id}/evaluations/{year}", Right::insurance_read, one},
    Route{put, "/api/insurance/insurers/{id}/evaluations/{year}/entries", Right::insurance_read, entry_put},
    Route{post, "/api/insurance/insurers/{id}/evaluations/{year}/steps", Right::insurance_read, step},
    Route{get, "/api/insurance/insurers/{id}/evaluations/{year}/sheet", Right::insurance_read, workbook},
    Route{get, "/api/insurance/insurers/{id}/network", Right::insurance_read, network_one},
    Route{post, "/api/insurance/insurers/{id}/network", Right::insurance_read, network_add},
    Route{get, "/api/insurance/insurers/{id}/network/sheet", Right::insurance_read, network_sheet},
    Route{post, "/api/insurance/insurers/{id}/network/sheet", Right::insurance_read, network_take},
    Route{get, "/api/insurance/insurers/{id}/network/{township}", Right::insurance_read, network_township},
    Route{post, "/api/insurance/insurers/{id}/network/points/{point}/end", Right::insurance_read, network_end},
};

}  // namespace

const Routes insurance_evaluation_routes = table_of_evaluations;

}  // namespace ballast::api
