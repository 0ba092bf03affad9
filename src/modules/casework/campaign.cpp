#include "casework/campaign.h"

#include <fmt/format.h>

#include "audit/audit.h"
#include "base/text.h"
#include "registry/codes.h"

namespace ballast::casework {
namespace {

using auth::Right;

constexpr int longest_campaign_days = 366;
constexpr std::string_view columns =
    "c.id, c.area_code, c.name, c.household_kind, c.begins_on, c.ends_on, c.account";

Campaign campaign_of(const db::Row& row) {
    return {row.id<CampaignId>(0), row.area(1), std::string(row.text(2)), std::string(row.text(3)),
            row.date(4),           row.date(5), std::string(row.text(6))};
}

/// Its area lies in one of the actor's, or one of the actor's lies in it.
bool concerns(const Campaign& campaign, const auth::Scope& scope) {
    if (scope.contains(campaign.area)) return true;
    for (const auto area : scope.areas())
        if (campaign.area.contains(area)) return true;
    return false;
}

/// A condition over registry_v_household h: meant by the campaign and seen by the actor.
struct Meant {
    std::string sql;
    std::vector<db::Value> values;
};
Meant meant(const Campaign& campaign, const auth::Scope& scope, AreaCode within) {
    Meant out{scope.sql("h.village_code") + " AND " + auth::Scope({campaign.area}).sql("h.village_code") +
                  " AND " + auth::Scope({within}).sql("h.village_code"),
              {}};
    if (!campaign.household_kind.empty()) {
        out.sql += " AND h.household_kind = ?";
        out.values.emplace_back(campaign.household_kind);
    }
    return out;
}

constexpr std::string_view with_checks =
    " FROM registry_v_household h LEFT JOIN casework_campaign_check k ON k.household_id = h.id AND "
    "k.campaign_id = ? "
    "WHERE ";

/// "h.village_code / 1000 * 1000" and the like: the area of the level below.
std::int64_t unit_below(AreaCode within) {
    switch (within.level()) {
        case AreaLevel::nation:
            return 10'000'000'000;
        case AreaLevel::province:
            return 100'000'000;
        case AreaLevel::prefecture:
            return 1'000'000;
        case AreaLevel::county:
            return 1'000;
        default:
            return 1;
    }
}

Result<Coverage> coverage_of(db::Tx& tx, const Campaign& campaign, const auth::Scope& scope) {
    auto condition = meant(campaign, scope, campaign.area);
    condition.values.insert(condition.values.begin(), db::Value(campaign.id));
    Coverage out;
    TRY(tx.each_row(
        "SELECT COUNT(*), COUNT(k.household_id), COUNT(k.clue_id)" + std::string(with_checks) + condition.sql,
        condition.values, [&](const db::Row& row) -> Result<void> {
            out = {row.integer(0), row.integer(1), row.integer(2)};
            return {};
        }));
    return out;
}

Result<Campaign> load(db::Tx& tx, const auth::Scope& scope, CampaignId id) {
    const auto found = TRY(tx.first(
        "SELECT " + std::string(columns) + " FROM casework_campaign c WHERE c.id = ?", {id}, campaign_of));
    if (!found || !concerns(*found, scope)) return not_found("campaigns.no_such_campaign");
    return *found;
}

Result<void> check(const ClueDesk& desk, const Campaign& campaign) {
    const auto length = text::length(campaign.name);
    if (length < 2 || length > 60) return invalid("campaigns.name_missing");
    if (campaign.ends_on < campaign.begins_on) return invalid("campaigns.ends_before");
    if (campaign.ends_on < desk.today) return invalid("campaigns.ended_already");
    if (campaign.ends_on - campaign.begins_on >= longest_campaign_days) return invalid("campaigns.too_long");
    if (!campaign.household_kind.empty() &&
        registry::codes::household_kind.find(campaign.household_kind) == nullptr)
        return invalid("campaigns.no_such_kind");
    TRY(desk.division.get(campaign.area));
    return {};
}

}  // namespace

Result<Campaign> begin_campaign(db::Tx& tx, const ClueDesk& desk, Campaign campaign, std::string_view key) {
    TRY(auth::require(desk.actor, Right::clues_dispatch));
    if (!desk.actor.scope(Right::clues_dispatch).contains(campaign.area))
        return not_found("areas.unknown").with("code", campaign.area.digits());
    if (!key.empty()) {
        auto before = TRY(tx.first("SELECT " + std::string(columns) +
                                       " FROM casework_campaign c WHERE c.account = ? AND c.sender_key = ?",
                                   {desk.actor.account, key}, campaign_of));
        if (before) return std::move(*before);
    }
    campaign.name = std::string(text::trimmed(campaign.name));
    campaign.account = desk.actor.account;
    TRY(check(desk, campaign));
    campaign.id =
        CampaignId(TRY(tx.number("INSERT INTO casework_campaign (county_code, area_code, name, "
                                 "household_kind, begins_on, ends_on, at, account, "
                                 "sender_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
                                 {campaign.area.at(AreaLevel::county), campaign.area, campaign.name,
                                  campaign.household_kind, campaign.begins_on, campaign.ends_on, desk.now.ms,
                                  campaign.account, key.empty() ? db::Value(db::Null{}) : db::Value(key)})));
    TRY(audit::record(
        tx, desk.vault, desk.actor,
        {"campaigns.begin", "campaign:" + std::to_string(campaign.id.number()), campaign.area, "",
         fmt::format(R"({{"kind":"{}","from":"{}","to":"{}"}})", campaign.household_kind,
                     campaign.begins_on.iso(), campaign.ends_on.iso())},
        desk.now));
    return campaign;
}

Result<std::vector<CampaignLine>> campaigns(db::Tx& tx, const auth::Actor& actor) {
    const auto scope = actor.scope(Right::clues_read);
    std::vector<CampaignLine> out;
    for (auto& one : TRY(tx.all("SELECT " + std::string(columns) +
                                    " FROM casework_campaign c ORDER BY c.begins_on DESC, c.id DESC",
                                {}, campaign_of)))
        if (concerns(one, scope)) {
            const auto coverage = TRY(coverage_of(tx, one, scope));
            out.push_back({std::move(one), coverage});
        }
    return out;
}

Result<CampaignLine> campaign(db::Tx& tx, const auth::Actor& actor, CampaignId id) {
    const auto scope = actor.scope(Right::clues_read);
    auto one = TRY(load(tx, scope, id));
    const auto coverage = TRY(coverage_of(tx, one, scope));
    return CampaignLine{std::move(one), coverage};
}

Result<std::vector<CoverageOfArea>> coverage(db::Tx& tx, const auth::Actor& actor, CampaignId id,
                                             AreaCode within) {
    const auto scope = actor.scope(Right::clues_read);
    const auto one = TRY(load(tx, scope, id));
    auto condition = meant(one, scope, within);
    condition.values.insert(condition.values.begin(), db::Value(id));
    const auto unit = std::to_string(unit_below(within));
    const auto area = "h.village_code / " + unit + " * " + unit;
    std::vector<CoverageOfArea> out;
    TRY(tx.each_row("SELECT " + area + ", COUNT(*), COUNT(k.household_id), COUNT(k.clue_id)" +
                        std::string(with_checks) + condition.sql + " GROUP BY " + area + " ORDER BY " + area,
                    condition.values, [&](const db::Row& row) -> Result<void> {
                        out.push_back({row.area(0), {row.integer(1), row.integer(2), row.integer(3)}});
                        return {};
                    }));
    return out;
}

Result<std::vector<CheckLine>> check_list(db::Tx& tx, const auth::Actor& actor, CampaignId id,
                                          const CheckQuery& query, std::int64_t* total) {
    const auto scope = actor.scope(Right::clues_read);
    const auto one = TRY(load(tx, scope, id));
    auto condition = meant(one, scope, query.area);
    condition.values.insert(condition.values.begin(), db::Value(id));
    condition.sql += query.found     ? " AND k.clue_id IS NOT NULL"
                     : query.checked ? " AND k.household_id IS NOT NULL"
                                     : " AND k.household_id IS NULL";
    if (total)
        TRY(tx.each_row("SELECT COUNT(*)" + std::string(with_checks) + condition.sql, condition.values,
                        [&](const db::Row& row) -> Result<void> {
                            *total = row.integer(0);
                            return {};
                        }));
    condition.values.emplace_back(query.limit);
    condition.values.emplace_back(query.offset);
    std::vector<CheckLine> out;
    TRY(tx.each_row(
        "SELECT h.id, k.checked_on, k.name, k.clue_id" + std::string(with_checks) + condition.sql +
            " ORDER BY h.village_code, h.id LIMIT ? OFFSET ?",
        condition.values, [&](const db::Row& row) -> Result<void> {
            CheckLine line{
                row.id<registry::HouseholdId>(0), row.maybe_date(1), row.maybe_text(2).value_or(""), {}};
            if (const auto clue = row.maybe_integer(3)) line.clue = ClueId(*clue);
            out.push_back(std::move(line));
            return {};
        }));
    return out;
}

Result<Checked> check_household(db::Tx& tx, const ClueDesk& desk, const ClueTerms& terms, CampaignId id,
                                registry::HouseholdId household, std::string_view note,
                                std::optional<Report> found) {
    TRY(auth::require(desk.actor, Right::clues_write));
    const auto scope = desk.actor.scope(Right::clues_write);
    const auto one = TRY(load(tx, scope, id));
    if (desk.today < one.begins_on) return conflict("campaigns.not_begun").with("date", one.begins_on.iso());
    if (desk.today > one.ends_on) return conflict("campaigns.over").with("date", one.ends_on.iso());
    struct Home {
        AreaCode village;
        std::string kind;
    };
    const auto home =
        TRY(tx.first("SELECT village_code, household_kind FROM registry_v_household WHERE id = ? AND " +
                         scope.sql("village_code"),
                     {household}, [](const db::Row& row) {
                         return Home{row.area(0), row.maybe_text(1).value_or("")};
                     }));
    if (!home) return not_found("registry.no_household");
    if (!one.area.contains(home->village) ||
        (!one.household_kind.empty() && home->kind != one.household_kind))
        return conflict("campaigns.not_meant");
    Checked out;
    if (found) {
        found->source = Source::grassroots_check;
        found->channel = "concentrated_check";
        found->household = household;
        out.clue = TRY(receive(tx, desk, terms, *found)).clue;
    }
    const auto sealed = desk.vault.seal("casework_campaign_check.note", text::trimmed(note));
    const auto added = TRY(tx.exec(
        "INSERT INTO casework_campaign_check (campaign_id, household_id, village_code, checked_on, clue_id, "
        "at, account, "
        "name, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (campaign_id, household_id) DO NOTHING",
        id, household, home->village, desk.today, out.clue, desk.now.ms, desk.actor.account, desk.actor.name,
        db::Blob(sealed.begin(), sealed.end())));
    if (added == 0) return conflict("campaigns.checked_before");
    TRY(audit::record(tx, desk.vault, desk.actor,
                      {"campaigns.check", "campaign:" + std::to_string(id.number()), home->village, "",
                       fmt::format(R"({{"household":{},"clue":{}}})", household.number(),
                                   out.clue ? out.clue->number() : 0)},
                      desk.now));
    return out;
}

}  // namespace ballast::casework
