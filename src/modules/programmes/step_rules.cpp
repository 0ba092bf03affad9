#include "programmes/step_rules.h"

#include <algorithm>
#include <charconv>
#include <map>

#include "programmes/record_rows.h"

namespace ballast::programmes {
namespace {

std::string kept(const Values& values, const std::string& name) {
    const auto found = values.find(name);
    return found == values.end() ? "" : found->second;
}

Result<void> score_passed(db::Tx& tx, const Programme& programme, const Step& step, RecordId id) {
    const auto passed = TRY(tx.first("SELECT score >= pass_score FROM programmes_activity WHERE pack = ? AND kind = ? AND "
                                     "record_id = ? ORDER BY on_day DESC, id DESC LIMIT 1",
                                     {programme.pack.name, step.passed, id},
                                     [](const db::Row& row) { return row.truth(0); }));
    if (passed.value_or(false)) return {};
    return conflict("programmes.not_passed").with("activity", programme.activity(step.passed)->title.zh);
}

Result<std::int64_t> whole(const Programme& programme, const std::string& parameter, Date today, AreaCode area) {
    const auto digits = TRY(programme.pack.bind(parameter, today, area)).value->value.rounded(0, Rounding::half_up).plain();
    std::int64_t out = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), out);
    return out;
}

/// What each has said last: whether it speaks against.
Result<std::map<std::string, bool>> said(db::Tx& tx, const Hearing& hearing, RecordId id) {
    std::map<std::int64_t, Values> rows;
    TRY(tx.each_row("SELECT r.id, v.field, v.value FROM programmes_record r JOIN programmes_value v ON v.record_id = r.id "
                    "WHERE r.parent_id = ? AND r.register = ? AND r.live = 1",
                    std::vector<db::Value>{id, hearing.in}, [&](const db::Row& row) -> Result<void> {
                        rows[row.integer(0)][std::string(row.text(1))] = row.text(2);
                        return {};
                    }));
    std::map<std::string, bool> out;
    for (const auto& [row, values] : rows) {
        const auto who = kept(values, hearing.each);
        if (who.empty()) continue;
        out[who] = !hearing.against.empty() && std::ranges::all_of(hearing.against, [&](const auto& held) {
            return kept(values, held.first) == held.second;
        });
    }
    return out;
}

Result<void> heard(db::Tx& tx, const Programme& programme, const Hearing& hearing, const Record& record, Date today) {
    const auto least = TRY(whole(programme, hearing.parameter, today, record.area));
    const auto spoken = TRY(said(tx, hearing, record.id));
    const auto* below = programme.find_register(hearing.in);
    for (const auto& [who, against] : spoken)
        if (against)
            return conflict("programmes.heard_against")
                .with("who", below->field(hearing.each)->choice(who)->title.zh)
                .with("who.en", below->field(hearing.each)->choice(who)->title.en);
    if (std::ssize(spoken) >= least) return {};
    return conflict("programmes.not_heard")
        .with("title", below->title.zh)
        .with("title.en", below->title.en)
        .with("heard", std::to_string(spoken.size()))
        .with("least", std::to_string(least));
}

/// A row without the date has it among what the step needs.
Result<void> waited(const Programme& programme, const Wait& wait, const Record& record, const Values& values, Date today) {
    const auto since = Date::parse(kept(values, wait.since));
    if (!since) return {};
    const auto days = TRY(whole(programme, wait.parameter, today, record.area));
    const auto earliest = since->plus_days(static_cast<int>(days));
    if (today >= earliest) return {};
    return conflict("programmes.too_early").with("days", std::to_string(days)).with("on", earliest.iso());
}

/// Rows that came through this step and did not go back, in the area of who takes it.
Result<void> within_quota(db::Tx& tx, const Programme& programme, const Step& step, const Record& record,
                          const Values& values, Date today) {
    const auto level = step.by == By::township ? AreaLevel::township : AreaLevel::county;
    const auto area = record.area.at(level);
    const auto most = TRY(whole(programme, step.quota->parameter, today, area));
    std::string condition = "r.pack = ? AND r.register = ? AND r.id <> ? AND r.live = 1 AND " +
                            auth::Scope({area}).sql(rows::area) +
                            " AND EXISTS (SELECT 1 FROM programmes_change c WHERE c.record_id = r.id AND c.action = ?)";
    std::vector<db::Value> with{programme.pack.name, record.kind, record.id, step.action};
    for (const auto& from : step.from) {
        condition += " AND r.state <> ?";
        with.emplace_back(from);
    }
    for (const auto& by : step.quota->by) {
        condition += " AND EXISTS (SELECT 1 FROM programmes_value v WHERE v.record_id = r.id AND v.field = ? AND v.value = ?)";
        with.emplace_back(by);
        with.emplace_back(kept(values, by));
    }
    std::int64_t through = 0;
    TRY(tx.each_row("SELECT COUNT(*)" + std::string(rows::from) + condition, with, [&](const db::Row& row) -> Result<void> {
        through = row.integer(0);
        return {};
    }));
    if (through < most) return {};
    return conflict("programmes.quota_full").with("quota", std::to_string(most));
}

}  // namespace

Result<void> step_allowed(db::Tx& tx, const Programme& programme, const Register& kind, const Step& step,
                          const Record& record, const Values& values, Date today) {
    for (const auto& [name, value] : step.holds)
        if (kept(values, name) != value)
            return conflict("programmes.step_holds")
                .with("field", name)
                .with("title", kind.field(name)->title.zh)
                .with("title.en", kind.field(name)->title.en);
    if (!step.passed.empty()) TRY(score_passed(tx, programme, step, record.id));
    if (step.hearing) TRY(heard(tx, programme, *step.hearing, record, today));
    if (step.wait) TRY(waited(programme, *step.wait, record, values, today));
    if (step.quota) TRY(within_quota(tx, programme, step, record, values, today));
    return {};
}

}  // namespace ballast::programmes
