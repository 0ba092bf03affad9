#include "programmes/step_rules.h"

#include <charconv>

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

/// Rows that came through this step and did not go back, in the area of who takes it.
Result<void> within_quota(db::Tx& tx, const Programme& programme, const Step& step, const Record& record,
                          const Values& values, Date today) {
    const auto level = step.by == By::township ? AreaLevel::township : AreaLevel::county;
    const auto area = record.area.at(level);
    const auto bound = TRY(programme.pack.bind(step.quota->parameter, today, area));
    const auto digits = bound.value->value.rounded(0, Rounding::half_up).plain();
    std::int64_t most = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), most);
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
            return conflict("programmes.step_holds").with("field", name).with("title", kind.field(name)->title.zh);
    if (!step.passed.empty()) TRY(score_passed(tx, programme, step, record.id));
    if (step.quota) TRY(within_quota(tx, programme, step, record, values, today));
    return {};
}

}  // namespace ballast::programmes
