// What-if and back-test as the API shows them.

#include "api/rules_json.h"
#include "api/warnings_json.h"
#include "rules/replay.h"
#include "rules/versions.h"
#include "rules/what_if.h"

namespace ballast::api {
namespace {

using rules::Change;
using rules::CountyFacts;
using rules::History;
using rules::Part;
using rules::RuleBits;

/// What was read of the registers that this program serves; see rules/county_facts.h.
rules::Shelf<CountyFacts>& facts_shelf() {
    static rules::Shelf<CountyFacts> shelf;
    return shelf;
}
rules::Shelf<History>& history_shelf() {
    static rules::Shelf<History> shelf;
    return shelf;
}

rules::Reading reading(const Call& call, db::Tx& tx, bool anew) {
    return {tx, call.vault(), call.context().paths.root, call.context().settings.area, call.now(), anew};
}

/// What every question has in common.
struct Asked {
    std::vector<Change> changes;
    std::optional<rules::VersionId> version;  // in place of what holds
    Part part;
    bool anew = false;
};

Result<std::vector<Change>> changes_in(const Json& asked) {
    std::vector<Change> out;
    const auto list = TRY(optional_field<Json>(asked, "changes"));
    if (!list) return out;
    if (!list->is_array()) return invalid("http.wrong_type").with("name", "changes");
    for (const auto& one : *list) {
        auto parameter = TRY(field<std::string>(one, "parameter"));
        const auto value = Decimal::parse(TRY(field<std::string>(one, "value")));
        if (!value) return invalid("rules.bad_value").with("name", parameter);
        out.push_back({std::move(parameter), *value});
    }
    return out;
}

Result<Asked> asked_in(const Call& call, const packs::Pack& pack, const Json& json) {
    if (pack.name != "screening") return invalid("rules.not_of_the_register").with("name", pack.name);
    const AreaCode county = call.context().settings.area;
    Asked out;
    out.changes = TRY(changes_in(json));
    out.part.scope = call.actor().scope(Right::rules_read).intersect(auth::Scope({county}));
    if (out.part.scope.areas().empty()) return not_found("rules.area_outside");
    // Whoever looks after one area begins with it.
    out.part.area = out.part.scope.areas().size() == 1 ? out.part.scope.areas().front() : county;
    if (const auto area = TRY(optional_field<std::string>(json, "area"))) {
        const auto code = AreaCode::parse(*area);
        if (!code || !auth::Scope({county}).contains(*code) ||
            out.part.scope.intersect(auth::Scope({*code})).areas().empty())
            return not_found("rules.area_outside");
        out.part.area = *code;
    }
    if (const auto rule = TRY(optional_field<std::string>(json, "rule"))) {
        const auto* found = pack.rule(*rule);
        if (!found) return invalid("rules.no_such_rule").with("name", *rule);
        out.part.rule = static_cast<std::size_t>(found - pack.rules.data());
    }
    if (const auto version = TRY(optional_field<std::string>(json, "version"))) {
        out.version = Call::parsed<rules::VersionId>(*version);
        if (!out.version) return not_found("rules.no_such_version");
    }
    out.anew = TRY(optional_field<bool>(json, "anew")).value_or(false);
    return out;
}

struct Paging {
    std::size_t offset = 0, size = 20;
};
Result<Paging> paging_in(const Json& asked) {
    const auto page = TRY(optional_field<std::int64_t>(asked, "page")).value_or(1);
    const auto size = TRY(optional_field<std::int64_t>(asked, "size")).value_or(20);
    if (page < 1 || page > 1'000'000) return invalid("http.bad_parameter").with("name", "page");
    if (size < 1 || size > 200) return invalid("http.bad_parameter").with("name", "size");
    return Paging{static_cast<std::size_t>((page - 1) * size), static_cast<std::size_t>(size)};
}

std::string title(const Call& call, const packs::Rule& rule) {
    return call.language() == words::Language::en ? rule.title.en : rule.title.zh;
}

/// A page of households, each with the rules that mean it.
Result<Json> lines(Call& call, db::Tx& tx, const packs::Pack& pack, const Json& asked,
                   const std::vector<std::size_t>& places, std::span<const registry::HouseholdId> ids,
                   const std::function<RuleBits(std::size_t)>& bits) {
    const auto paging = TRY(paging_in(asked));
    std::vector<registry::HouseholdId> shown;
    for (std::size_t i = paging.offset; i < std::min(places.size(), paging.offset + paging.size); ++i)
        shown.push_back(ids[places[i]]);
    const Json households = TRY(household_lines(call, tx, shown));
    Json items = Json::array();
    for (std::size_t i = 0; i < shown.size(); ++i) {
        const auto household = households.find(text(shown[i]));
        if (household == households.end()) continue;
        Json met = Json::array();
        const RuleBits of = bits(places[paging.offset + i]);
        for (std::size_t rule = 0; rule < pack.rules.size(); ++rule)
            if (of >> rule & 1)
                met.push_back({{"id", pack.rules[rule].id}, {"title", title(call, pack.rules[rule])}});
        items.push_back({{"household", *household}, {"rules", met}});
    }
    return Json{{"total", places.size()}, {"items", items}};
}

// ---- what-if

/// The register as it is, and as it would be.
struct Trial {
    std::shared_ptr<const CountyFacts> now;
    std::vector<RuleBits> after;
};

/// What is tried: the rule set that holds, or a version of it as it will be on its first day, with the
/// thresholds that somebody has changed.
struct Candidate {
    packs::Pack pack;
    std::vector<Change> changes;
};

Result<Candidate> candidate(const Call& call, db::Tx& tx, const packs::Pack& now, const Asked& asked) {
    if (!asked.version) return Candidate{now, asked.changes};
    const rules::Desk desk{call.vault(), call.actor(), call.packs(), call.today(), call.now()};
    const auto file = TRY(rules::version_file(tx, desk, *asked.version));
    if (file.version.pack != now.name) return not_found("rules.no_such_version");
    Candidate out{TRY(file.pack()), {}};
    // A list goes by the place of a rule.
    if (!std::ranges::equal(out.pack.rules, now.rules, {}, &packs::Rule::id, &packs::Rule::id))
        return invalid("rules.other_rules");
    // One that has begun is tried as on its first day as well: what it changed that day holds in every month.
    const Date begins = file.version.starts_on;
    out.changes = rules::until(out.pack, call.context().settings.area,
                               std::min(call.today(), begins.plus_days(-1)), begins);
    out.changes.insert(out.changes.end(), asked.changes.begin(), asked.changes.end());
    return out;
}

Result<Trial> tried(Call& call, db::Tx& tx, const packs::Pack& pack, const Asked& asked) {
    const AreaCode county = call.context().settings.area;
    auto tried = TRY(candidate(call, tx, pack, asked));
    const auto then = TRY(rules::changed(std::move(tried.pack), tried.changes, county, call.today()));
    Trial out;
    out.now = TRY(rules::county_facts(facts_shelf(), reading(call, tx, asked.anew), pack, call.today()));
    // A parameter of which facts are made makes other facts; all others only ask them anew.
    const auto facts = TRY(rules::county_facts(facts_shelf(), reading(call, tx, false), then, call.today()));
    if (facts->households != out.now->households) return conflict("rules.register_changed");
    out.after = facts->columns.met(then);
    return out;
}

Json tally_json(const rules::Tally& tally) {
    return {{"before", tally.before},
            {"after", tally.after},
            {"entering", tally.entering},
            {"leaving", tally.leaving}};
}

// ---- back-test

struct Replay {
    std::shared_ptr<const History> history;
    std::vector<rules::Finding> findings;
};

Result<Replay> replayed(Call& call, db::Tx& tx, const packs::Pack& pack, const Asked& asked,
                        const Json& json) {
    const auto months = TRY(optional_field<std::int64_t>(json, "months")).value_or(6);
    if (months < 1 || months > rules::most_months)
        return invalid("rules.bad_months").with("most", std::to_string(rules::most_months));
    Replay out;
    const auto tried = TRY(candidate(call, tx, pack, asked));
    out.history = TRY(rules::history(history_shelf(), reading(call, tx, asked.anew), tried.pack,
                                     tried.changes, static_cast<int>(months), call.today()));
    out.findings = TRY(rules::findings(tx, call.context().settings.area, *out.history));
    return out;
}

std::string month_text(Date day) { return day.iso().substr(0, 7); }

Json score_json(const rules::Score& score) {
    Json json{{"meant", score.meant}, {"begun", score.begun}};
    for (std::size_t i = 0; i < rules::outcomes; ++i)
        json[std::string(rules::name_of(static_cast<rules::Outcome>(i)))] = score.by_outcome[i];
    return json;
}

}  // namespace

Result<Json> what_if_json(Call& call, const packs::Pack& pack, const Json& json) {
    const auto asked = TRY(asked_in(call, pack, json));
    return call.database().read([&](db::Tx& tx) -> Result<Json> {
        const auto trial = TRY(tried(call, tx, pack, asked));
        const auto compared =
            rules::compare(trial.now->villages, trial.now->met, trial.after, asked.part, pack.rules.size());
        Json by_rule = Json::array(), by_area = Json::array();
        for (std::size_t i = 0; i < pack.rules.size(); ++i) {
            Json row = tally_json(compared.by_rule[i]);
            row["rule"] = pack.rules[i].id;
            row["title"] = title(call, pack.rules[i]);
            by_rule.push_back(std::move(row));
        }
        for (const auto& one : compared.by_area) {
            Json row = tally_json(one.tally);
            row["area"] = area_json(call, one.area);
            row["households"] = one.households;
            by_area.push_back(std::move(row));
        }
        Json out = tally_json(compared.all);
        out["as_of"] = call.today().iso();
        out["read_at"] = iso_instant(trial.now->read_at);
        out["area"] = area_json(call, asked.part.area);
        out["households"] = compared.households;
        out["by_rule"] = std::move(by_rule);
        out["by_area"] = std::move(by_area);
        return out;
    });
}

Result<Json> what_if_lines(Call& call, const packs::Pack& pack, const Json& json) {
    const auto asked = TRY(asked_in(call, pack, json));
    const auto group = rules::group_named(TRY(field<std::string>(json, "group")));
    if (!group) return invalid("http.bad_parameter").with("name", "group");
    return call.database().read([&](db::Tx& tx) -> Result<Json> {
        const auto trial = TRY(tried(call, tx, pack, asked));
        const auto& before = trial.now->met;
        const auto places = rules::behind(trial.now->villages, before, trial.after, asked.part, *group);
        return lines(call, tx, pack, json, places, trial.now->households, [&](std::size_t i) {
            switch (*group) {
                case rules::Group::entering:
                    return trial.after[i] & ~before[i];
                case rules::Group::leaving:
                    return before[i] & ~trial.after[i];
                case rules::Group::after:
                    return trial.after[i];
                case rules::Group::before:
                    break;
            }
            return before[i];
        });
    });
}

Result<Json> back_test_json(Call& call, const packs::Pack& pack, const Json& json) {
    const auto asked = TRY(asked_in(call, pack, json));
    return call.database().read([&](db::Tx& tx) -> Result<Json> {
        const auto replay = TRY(replayed(call, tx, pack, asked, json));
        const auto judged = rules::judge(*replay.history, replay.findings, asked.part);
        Json by_month = Json::array(), by_area = Json::array();
        for (std::size_t i = 0; i < judged.by_month.size(); ++i) {
            Json row = score_json(judged.by_month[i]);
            row["month"] = month_text(replay.history->months[i + 1]);
            by_month.push_back(std::move(row));
        }
        for (const auto& one : judged.by_area) {
            Json row = score_json(one.score);
            row["area"] = area_json(call, one.area);
            row["households"] = one.households;
            row["villages"] = one.villages;
            by_area.push_back(std::move(row));
        }
        Json out = score_json(judged.all);
        out["read_at"] = iso_instant(replay.history->read_at);
        out["area"] = area_json(call, asked.part.area);
        out["households"] = judged.households;
        out["villages"] = judged.villages;
        out["by_month"] = std::move(by_month);
        out["by_area"] = std::move(by_area);
        return out;
    });
}

Result<Json> back_test_lines(Call& call, const packs::Pack& pack, const Json& json) {
    const auto asked = TRY(asked_in(call, pack, json));
    std::optional<rules::Outcome> outcome;
    if (const auto group = TRY(field<std::string>(json, "group")); group != "begun") {
        outcome = rules::outcome_named(group);
        if (!outcome) return invalid("http.bad_parameter").with("name", "group");
    }
    const auto wanted = TRY(optional_field<std::string>(json, "month"));
    return call.database().read([&](db::Tx& tx) -> Result<Json> {
        const auto replay = TRY(replayed(call, tx, pack, asked, json));
        const auto& history = *replay.history;
        std::optional<std::size_t> month;
        for (std::size_t m = 1; wanted && m < history.months.size(); ++m)
            if (month_text(history.months[m]) == *wanted) month = m - 1;
        if (wanted && !month) return invalid("http.bad_parameter").with("name", "month");
        const auto places = rules::behind(history, replay.findings, asked.part, outcome, month);
        return lines(call, tx, pack, json, places, history.households, [&](std::size_t i) {
            RuleBits bits = 0;
            for (std::size_t m = 0; m < history.months.size(); ++m)
                if (!month || m == *month + 1 || outcome) bits |= history.met[m][i];
            return bits;
        });
    });
}

}  // namespace ballast::api
