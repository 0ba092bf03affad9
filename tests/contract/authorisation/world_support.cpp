// Funds, a policy with its claim, and somebody's work: made as their users make them, through the routes.
#include <fstream>
#include <nlohmann/json.hpp>

#include "insurance/settlement.h"
#include "rules/versions.h"
#include "surveillance/run.h"
#include "tasks/photos.h"
#include "world.h"

namespace ballast::contract {

using nlohmann::json;

namespace {

Instant noon(std::string_view day) { return FixedClock(must(Date::parse(day))).now(); }

}  // namespace

json World::does(const auth::Session& session, http::Method method, const std::string& path,
                 const std::string& body) {
    const auto reply = send(session, method, path, body, "");
    if (reply.status >= 300)
        throw std::runtime_error(path + " " + std::to_string(reply.status) + " " + reply.body);
    return reply.body.empty() ? json() : json::parse(reply.body);
}

http::Reply World::send(const auth::Session& session, http::Method method, std::string path, std::string body,
                        const std::string& upload) {
    fill(path);
    fill(body);
    http::Request request;
    request.method = method;
    must(request.set_target(path));
    request.body = std::move(body);
    request.headers["content-type"] = "application/json";
    request.headers["cookie"] = std::string(http::session_cookie) + "=" + session.token;
    request.headers["x-csrf"] = session.csrf;
    if (!upload.empty()) {
        const auto spooled = std::filesystem::path(paths_.spool) / std::to_string(++uploads_);
        std::ofstream(spooled, std::ios::binary) << upload;
        request.uploads.emplace_back("file", "清单.csv", spooled.string());
    }
    auto admitted = service_->admit(request);
    if (auto* reply = std::get_if<http::Reply>(&admitted)) return std::move(*reply);
    return service_->answer(std::move(std::get<http::Service::Admission>(admitted)), request);
}

void World::employment_in() {
    using enum http::Method;
    const auto officer = signed_in(auth::Role::county_officer, county);
    for (const auto* path :
         {"/api/employment/people/{person}/profile", "/api/employment/people/{worker}/profile"})
        does(officer, put, path,
             R"({"wants_training": true, "wants_job": true, "wants_startup": true, "wanted_trade": "",
             "skills": [], "reach": "county", "wage_fen": 100000, "home_daily": false, "bears": "light",
             "asked_on": "2025-03-10", "version": 0})");
    const auto made = [&](const std::string& path, const std::string& body) {
        return does(officer, post, path, body).at("id").get<std::string>();
    };
    ids_["{class}"] =
        made("/api/employment/classes",
             R"({"area": "{village}", "trade": "cooking", "title": "厨师班", "organiser": "人社局",
             "venue": "村委会", "hours": 40, "begins_on": "2025-03-03", "ends_on": "2025-03-07", "capacity": 30,
             "funds_fen": 0, "key": "c"})");
    ids_["{post}"] = made("/api/employment/posts",
                          R"({"area": "{village}", "kind": "flexible", "employer": "合作社", "title": "采摘",
             "trade": "general", "load": "light", "wage_fen": 200000, "openings": 3, "from_day": "2025-03-01",
             "key": "p"})");
    ids_["{startup}"] =
        made("/api/employment/startups", R"({"person": "{person}", "project": "养鸡", "key": "s"})");
    const auto matching = does(officer, post, "/api/employment/matchings", R"({"area": "{village}"})");
    ids_["{matching}"] = matching.at("id").get<std::string>();
    ids_["{proposal}"] = matching.at("proposals").at(0).at("id").get<std::string>();
    ids_["{placement}"] =
        made("/api/employment/placements",
             R"({"person": "{person}", "post": "{post}", "started_on": "2025-03-10", "key": "w"})");
}

void World::rules_in() {
    const auto actor = auth::system_actor("test");
    const packs::Store packs;
    const rules::Desk desk{*vault_, actor, packs, clock_.today(), clock_.now()};
    const rules::Draft draft{"screening", county, "提高住院门槛", "县文件", must(Date::parse("2025-04-01")),
                             false,       {}};
    const auto id = must(database_.write([&](db::Tx& tx) { return rules::draft(tx, desk, draft); }));
    ids_["{rule_version}"] = std::to_string(id.number());
}

void World::tasks_in() {
    using enum http::Method;
    ids_["{task}"] =
        does(signed_in(auth::Role::township_reviewer, township), post, "/api/tasks",
             R"({"title": "排查住房", "what": "逐户查看", "areas": ["{village}"], "due_on": "2025-04-30",
             "key": "t"})")
            .at("ids")
            .at(0)
            .get<std::string>();
    const auto system = auth::system_actor("test");
    const tasks::Desk desk{*vault_, context_->division, system, clock_.today(), clock_.now()};
    const auto photo = must(database_.write([&](db::Tx& tx) {
        return tasks::add_photo(tx, desk, tasks::TaskId(std::stoll(ids_["{task}"])), "三组", "\xFF\xD8\xFF picture");
    }));
    ids_["{task_photo}"] = std::to_string(photo.number());
}

/// One household of one is enough here.
void World::alarms_in() {
    const auto system = auth::system_actor("test");
    const surveillance::Desk desk{*vault_, context_->division, system, clock_.today(), clock_.now()};
    auto limits = must(surveillance::limits_on("", county, clock_.today()));
    limits.kinds = {"01"};
    limits.group.households = 1;
    must(surveillance::run(database_, desk, county, limits));
    const auto raised = must(database_.read([&](db::Tx& tx) { return surveillance::list(tx, desk, {}); }));
    ids_["{alarm}"] = std::to_string(raised.at(0).id.number());
}

void World::funds_in() {
    using enum http::Method;
    const auto officer = signed_in(auth::Role::county_officer, county);
    ids_["{fund}"] =
        does(officer, post, "/api/funds", R"({"area": "513431", "kind": "guarantee", "name": "保障基金"})")
            .at("id")
            .get<std::string>();
    ids_["{journal}"] =
        does(officer, post, "/api/funds/{fund}/entries",
             R"({"account": "contribution", "on": "2025-03-10", "amount_fen": 500000000, "note":
             "王秀英", "key": "f"})")
            .at("journal")
            .get<std::string>();
}

void World::loans_in() {
    using enum http::Method;
    const auto officer = signed_in(auth::Role::county_officer, county);
    ids_["{bank}"] =
        does(officer, post, "/api/loans/banks", R"({"area": "513431", "name": "农商银行"})")
            .at("id")
            .get<std::string>();
    const auto chen = signed_in(auth::Role::village_officer, village);
    ids_["{loan}"] = does(chen, post, "/api/loans/files", R"({"person": "{person}", "bank": "{bank}",
             "scheme": "startup_support", "amount_fen": 5000000, "months": 12, "use": "production",
             "what": "坝上养猪", "key": "l"})")
                         .at("id")
                         .get<std::string>();
    ids_["{buyer}"] = does(officer, post, "/api/loans/buyers", R"({"area": "513431", "name": "粮油集团"})")
                          .at("id")
                          .get<std::string>();
    ids_["{order}"] = does(chen, post, "/api/loans/orders", R"({"person": "{person}", "buyer": "{buyer}",
             "crop": "水稻", "year": 2025, "mu": "2", "kg": "900", "pricing": "fixed", "price": "2.5",
             "first_day": "2025-06-01", "last_day": "2025-09-30", "account": "6217996510001234564",
             "account_name": "王秀英", "loan": "{loan}", "key": "o"})")
                          .at("id")
                          .get<std::string>();
    ids_["{order_line}"] = does(chen, post, "/api/loans/orders/{order}/lines",
                                R"({"kind": "input", "on": ")" + clock_.today().iso() + R"(", "item": "种子",
             "quantity": "1", "unit": "公斤", "price": "9", "slip": "F-1", "key": "i"})")
                               .at("lines")
                               .front()
                               .at("id")
                               .get<std::string>();
}

void World::insurance_in() {
    using enum http::Method;
    const auto officer = signed_in(auth::Role::county_officer, county);
    ids_["{insurer}"] =
        does(officer, post, "/api/insurance/insurers", R"({"area": "513431", "name": "财险支公司"})")
            .at("id")
            .get<std::string>();
    ids_["{home_township}"] = township.digits();
    const auto network = does(officer, post, "/api/insurance/insurers/{insurer}/network",
                              R"({"first_day": "2025-01-01", "points": [{"area": "{home_township}", "name": "服务站",
                              "assistant": "周工"}]})");
    for (const auto& served : network.at("items"))
        if (!served.at("station").is_null()) ids_["{service_point}"] = served.at("station").at("id").get<std::string>();
    const auto back = clock_.now();
    const auto insurer = signed_in(auth::Role::insurer_operator, county);
    ids_["{policy}"] = does(insurer, post, "/api/insurance/policies",
                            R"({"product": "rice_full_cost", "area": "{village}", "holder_kind": "village",
             "holder": "村民委员会", "season": 2025, "key": "p"})")
                           .at("id")
                           .get<std::string>();
    const auto taken =
        send(insurer, post, "/api/insurance/policies/{policy}/list?version=1", "",
             "姓名,身份证号,联系电话,地块名称,投保数量,流转面积,地块坐标,开户银行,银行账号,户名,签字\n"
             "王秀英,513431195002030345,13800000000,坝上,12.30,,102.80 28.01; 102.81 28.01; 102.81 "
             "28.02; 102.80 28.02,邮储银行,6217996510001234564,王秀英,是\n");
    if (!json::parse(taken.body).value("accepted", false)) throw std::runtime_error(taken.body);
    const auto rows = does(insurer, get, "/api/insurance/policies/{policy}/rows", "");
    ids_["{insured}"] = rows.at("items").at(0).at("id").get<std::string>();
    const auto step = [&](const auth::Session& who, const std::string& action) {
        const auto version = does(who, get, "/api/insurance/policies/{policy}", "").at("version").get<int>();
        does(who, post, "/api/insurance/policies/{policy}/steps",
             json{{"version", version}, {"action", action}}.dump());
    };
    step(insurer, "submit");
    const auto chen = signed_in(auth::Role::village_officer, village);
    does(chen, post, "/api/insurance/policies/{policy}/rows/{insured}/measure", R"({"measured": "12.30"})");
    step(chen, "inspect");
    step(chen, "publicise");
    clock_.set(noon("2025-03-20"));
    const auto later = signed_in(auth::Role::insurer_operator, county);
    does(later, post, "/api/insurance/policies/{policy}/payments",
         R"({"rows": ["{insured}"], "on": "2025-03-20"})");
    step(later, "collect");
    step(later, "activate");
    clock_.set(noon("2025-05-10"));
    does(signed_in(auth::Role::insurer_operator, county), post, "/api/insurance/policies/{policy}/endorsements",
         R"({"from": "2025-06-01", "reason": "面积有误", "key": "e",
             "changes": [{"kind": "change", "row": "{insured}", "units": "12.00"}]})");
    clock_.set(noon("2025-08-05"));
    const auto summer = signed_in(auth::Role::village_officer, village);
    ids_["{claim}"] =
        does(summer, post, "/api/insurance/claims",
             R"({"policy": "{policy}", "cause": "drought", "occurred_on": "2025-08-04", "reporter":
             "陈信息", "phone": "13900000000", "place": "坝上", "found": "叶黄", "key": "c"})")
            .at("id")
            .get<std::string>();
    const auto photo = send(summer, post, "/api/insurance/claims/{claim}/photos", "", "\xFF\xD8\xFF picture");
    const auto shown = does(summer, get, "/api/insurance/claims/{claim}", "");
    if (photo.status >= 300) throw std::runtime_error(photo.body);
    ids_["{claim_photo}"] = shown.at("photos").at(0).get<std::string>();
    does(signed_in(auth::Role::insurer_operator, county), http::Method::put, "/api/insurance/claims/{claim}/losses",
         json{{"version", shown.at("version")},
              {"losses", {{{"insured", ids_.at("{insured}")}, {"stage", "booting"}, {"loss", "0.83"},
                           {"area", "12.30"}, {"planted", "12.30"}}}}}
             .dump());
    clock_.set(back);
}

/// A year of prevention cover with the household's case and its proof, and the insurer's pool.
void World::prevention_in() {
    using enum http::Method;
    const auto id_of = [&](const auth::Session& who, const std::string& path, const std::string& body) {
        return does(who, post, path, body).at("id").get<std::string>();
    };
    const auto officer = signed_in(auth::Role::county_officer, county);
    ids_["{prevention_year}"] = id_of(officer, "/api/insurance/prevention/years",
                                      R"({"insurer": "{insurer}", "year": 2025, "heads": 100})");
    ids_["{pool}"] = id_of(officer, "/api/insurance/pools",
                           R"({"area": "513431", "name": "水稻共保体", "product": "rice_full_cost", "first_day":
                           "2025-01-01", "last_day": "2025-12-31", "members": [{"insurer": "{insurer}", "share": "1"}],
                           "key": "p"})");
    const auto chen = signed_in(auth::Role::village_officer, village);
    ids_["{prevention_case}"] = id_of(chen, "/api/insurance/prevention/cases",
                                      R"({"household": "{household}", "cause": "medical", "happened_on":
                                      "2025-03-05", "told": "住院", "key": "c"})");
    const auto insurer = signed_in(auth::Role::insurer_operator, county);
    const auto photo = send(insurer, post, "/api/insurance/prevention/cases/{prevention_case}/proofs", "",
                            "\xFF\xD8\xFF picture");
    if (photo.status >= 300) throw std::runtime_error(photo.body);
    ids_["{proof_photo}"] = json::parse(photo.body).at("proofs").at(0).get<std::string>();
}

/// A season of snow that is settled: a herd of the household, the station's series, a draft with its row.
void World::season_in() {
    using enum http::Method;
    const auto back = clock_.now();
    clock_.set(noon("2025-08-10"));
    const auto insurer = signed_in(auth::Role::insurer_operator, county);
    const auto policy = does(insurer, post, "/api/insurance/policies",
                             R"({"product": "snow_index", "area": "{village}", "holder_kind": "village",
             "holder": "村民委员会", "season": 2025, "key": "snow"})")
                            .at("id")
                            .get<std::string>();
    const std::string path = "/api/insurance/policies/" + policy;
    const auto taken = send(insurer, post, path + "/list?version=1", "",
                            "姓名,身份证号,联系电话,地块名称,投保数量,开户银行,银行账号,户名,签字\n"
                            "王秀英,513431195002030345,13800000000,坝上,12,邮储银行,6217996510001234564,王秀英,是\n");
    if (!json::parse(taken.body).value("accepted", false)) throw std::runtime_error(taken.body);
    const auto step = [&](const auth::Session& who, const std::string& action) {
        const auto version = does(who, get, path, "").at("version").get<int>();
        does(who, post, path + "/steps", json{{"version", version}, {"action", action}}.dump());
    };
    step(insurer, "submit");
    const auto chen = signed_in(auth::Role::village_officer, village);
    const auto row = does(chen, get, path + "/rows", "").at("items").at(0).at("id").get<std::string>();
    does(chen, post, path + "/rows/" + row + "/measure", R"({"measured": "12"})");
    step(chen, "inspect");
    step(chen, "publicise");
    clock_.set(noon("2025-08-20"));
    const auto later = signed_in(auth::Role::insurer_operator, county);
    does(later, post, path + "/payments", R"({"all": true, "on": "2025-08-20"})");
    step(later, "collect");
    step(later, "activate");

    clock_.set(noon("2026-05-04"));
    const auto sheet = folder_ / "56137.csv";
    std::ofstream out(sheet);
    out << "日期,数值\n";
    for (Date day = must(Date::parse("2025-10-01")); day <= must(Date::parse("2026-04-30"));
         day = day.plus_days(1))
        out << day.iso() << (day.day() == 15 ? ",6\n" : ",0\n");
    out.close();
    const auto book = must(insurance::load_book());
    const auth::Actor system = auth::system_actor("test");
    const insurance::Desk desk{*vault_, context_->division, book, system, clock_.today(), clock_.now()};
    const insurance::InsurerId whose(std::stoll(ids_.at("{insurer}")));
    must(database_.write([&](db::Tx& tx) -> Result<void> {
        const auto series = TRY(insurance::take_series(
            tx, desk, {{insurance::SeriesKind::weather, "56137", "snowfall"}, county, "县气象局", ""},
            sheet.string(), "56137.csv", whose));
        const auto settlement =
            TRY(insurance::draft_settlement(tx, desk, {"snow_index", village, 2025, ""}, whose));
        TRY(insurance::calculate(tx, desk, settlement));
        ids_["{series}"] = std::to_string(series.id->number());
        ids_["{settlement}"] = std::to_string(settlement.number());
        return {};
    }));
    clock_.set(back);
}

}  // namespace ballast::contract
