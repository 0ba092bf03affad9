#include "insurance/policy.h"

#include <fmt/format.h>

#include <algorithm>

#include "audit/audit.h"
#include "base/rng.h"
#include "base/text.h"
#include "insurance/policy_store.h"
#include "insurance/terms.h"
#include "insurance/pool_month.h"

namespace ballast::insurance {
namespace {

constexpr std::array<std::string_view, 4> holders{"village", "cooperative", "company", "farmer"};

std::string shares_text(const PremiumShares& shares) {
    std::string out;
    for (const auto& share : shares) out += (out.empty() ? "" : " ") + share.plain();
    return out;
}

Result<std::optional<PolicyId>> drafted_before(db::Tx& tx, const Desk& desk, const std::string& key) {
    if (key.empty()) return std::optional<PolicyId>();
    return tx.first("SELECT id FROM insurance_policy WHERE account = ? AND sender_key = ?",
                    {desk.actor.account, key}, [](const db::Row& row) { return row.id<PolicyId>(0); });
}

Result<void> check_place(const Desk& desk, const Insurer& insurer, const Product& product, AreaCode area,
                         Date first) {
    const auto scope = desk.actor.scope(auth::Right::insurance_write);
    if (!scope.contains(area)) return not_found("areas.unknown").with("code", area.digits());
    TRY(desk.division.get(area));
    const bool small = area.level() == AreaLevel::village || area.level() == AreaLevel::township ||
                       (!product.has_list() && area == insurer.area);
    if (!small || !insurer.area.contains(area)) return invalid("insurance.wrong_area");
    if (!product.holds_in(area, first))
        return invalid("insurance.not_sold_here").with("product", product.title.zh);
    return {};
}

/// A season may be sold within its window, which may lie in the year before its cover begins.
Result<void> check_sale(const Product& product, Date first, Date today) {
    Period window = TRY(product.sales.beginning_in(first.year()));
    if (window.first > first) window = TRY(product.sales.beginning_in(first.year() - 1));
    if (today < window.first || today > window.last)
        return conflict("insurance.not_on_sale")
            .with("first", window.first.iso())
            .with("last", window.last.iso());
    return {};
}

/// With eight digits by lot: whoever has seen one number cannot tell another, and ask for it in public.
Result<std::string> fresh_number(db::Tx& tx, AreaCode county, int season) {
    while (true) {
        auto out =
            fmt::format("PL{}{}{:08}", county.digits().substr(0, 6), season, fresh_seed() % 100'000'000);
        if (TRY(tx.number("SELECT COUNT(*) FROM insurance_policy WHERE policy_no = ?", {out})) == 0)
            return out;
    }
}

}  // namespace

std::string_view name_of(Holder holder) { return holders.at(static_cast<std::size_t>(holder)); }

Result<Holder> holder_named(std::string_view name) {
    const auto at = std::ranges::find(holders, name);
    if (at == holders.end()) return invalid("insurance.no_such_holder").with("name", std::string(name));
    return static_cast<Holder>(at - holders.begin());
}

Result<PolicyId> draft_policy(db::Tx& tx, const Desk& desk, const NewPolicy& wanted) {
    TRY(auth::require(desk.actor, auth::Right::insurance_write));
    if (const auto before = TRY(drafted_before(tx, desk, wanted.key))) return *before;
    const auto insurer = TRY(own_insurer(tx, desk));
    const auto* product = TRY(desk.book.product(wanted.product));
    if (wanted.season < 2000 || wanted.season > 2150) return invalid("insurance.bad_season");
    const Period cover = TRY(product->cover_days.beginning_in(wanted.season));
    TRY(check_place(desk, insurer, *product, wanted.area, cover.first));
    TRY(check_sale(*product, cover.first, desk.today));
    TRY(check_may_write(tx, insurer, product->name, cover.first));
    const std::string holder(text::trimmed(wanted.holder));
    if (text::length(holder) < 2 || text::length(holder) > 60) return invalid("insurance.holder_missing");
    const auto* rate = TRY(product->rate(wanted.area, cover.first));

    Quote quoted;
    if (!product->has_list()) quoted = TRY(quote(rate->tariff, wanted.heads));
    const auto& tariff = rate->tariff;
    const PolicyId id(TRY(tx.reserve_ids("insurance_policy", 1)));
    const auto number = TRY(fresh_number(tx, insurer.area, wanted.season));
    const std::optional<std::int64_t> threshold =
        tariff.scale ? std::optional(ten_thousandths(tariff.scale->threshold)) : std::nullopt;
    const std::optional<Money> scale_amount =
        tariff.scale ? std::optional(tariff.scale->amount.to_money(Rounding::half_up)) : std::nullopt;
    TRY(tx.exec(
        "INSERT INTO insurance_policy (id, policy_no, insurer_id, product, pack_hash, terms_hash, area_code, "
        "holder_kind, holder, "
        "season, first_day, last_day, state, entered_on, version, amount, scale_threshold, scale_amount, "
        "rate, shares, "
        "waiver, authority, farmers, units, sum_insured, premium, central, province, prefecture, county, "
        "farmer, draw_seed, "
        "at, account, sender_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'draft', ?, 1, ?, ?, ?, ?, ?, ?, "
        "?, 0, ?, ?, ?, "
        "?, ?, ?, ?, ?, 0, ?, ?, ?)",
        id, number, insurer.id, product->name, product->hash, product->version, wanted.area, name_of(wanted.holder_kind),
        blob(desk.vault.seal("insurance_policy.holder", holder)), wanted.season, cover.first, cover.last,
        desk.today, tariff.amount.to_money(Rounding::half_up), threshold, scale_amount, tariff.rate.plain(),
        shares_text(tariff.shares), rate->waiver, rate->authority,
        ten_thousandths(product->has_list() ? Decimal() : wanted.heads), quoted.sum_insured, quoted.premium,
        quoted.part(Payer::central), quoted.part(Payer::province), quoted.part(Payer::prefecture),
        quoted.part(Payer::county), quoted.part(Payer::farmer), desk.now.ms, desk.actor.account,
        wanted.key.empty() ? db::Value(db::Null{}) : db::Value(wanted.key)));
    TRY(keep_terms(tx, desk, *product));
    TRY(keep_step(tx, desk, {"policy", id.number(), 1, "draft", "", "draft", "", wanted.area}));
    return id;
}

namespace {

/// The farmers' part that was collected, in full: no cover has begun.
Result<void> give_back(db::Tx& tx, const Desk& desk, const Policy& policy) {
    const Money farmers = policy.part(Payer::farmer);
    if (policy.state != PolicyState::paid || farmers == Money()) return {};
    const auto insurer = TRY(own_insurer(tx, desk));
    TRY(finance::post(tx, desk.ledger(auth::Right::insurance_write),
                      {desk.today, finance::money_out(insurer.fund, finance::Account::contribution, farmers),
                       "policy:" + std::to_string(policy.id.number()), ""},
                      "policy-refund-" + std::to_string(policy.id.number())));
    TRY(tx.exec("UPDATE insurance_insured SET paid_on = NULL WHERE policy_id = ?", policy.id));
    return {};
}

/// What a step does besides moving the policy on.
Result<void> carry_out(db::Tx& tx, const Desk& desk, const Policy& policy, PolicyAction action) {
    switch (action) {
        case PolicyAction::publicise:
            TRY(tx.exec("UPDATE insurance_policy SET posted_on = ? WHERE id = ?", desk.today, policy.id));
            return {};
        case PolicyAction::send_back:
            TRY(tx.exec("UPDATE insurance_policy SET posted_on = NULL WHERE id = ?", policy.id));
            return {};
        case PolicyAction::collect: {
            const Money farmers = policy.part(Payer::farmer);
            if (farmers == Money()) return {};
            const auto insurer = TRY(own_insurer(tx, desk));
            TRY(finance::post(
                tx, desk.ledger(auth::Right::insurance_write),
                {desk.today, finance::money_in(insurer.fund, finance::Account::contribution, farmers),
                 "policy:" + std::to_string(policy.id.number()), ""},
                "policy-collect-" + std::to_string(policy.id.number())));
            return {};
        }
        case PolicyAction::activate:
            // From the first hour of a day on: the next one, or that on which the season begins.
            TRY(tx.exec("UPDATE insurance_policy SET effective_on = ? WHERE id = ?",
                        std::max(policy.cover.first, desk.today.plus_days(1)), policy.id));
            return {};
        case PolicyAction::submit:
        case PolicyAction::inspect:
        case PolicyAction::expire:
            return {};
        case PolicyAction::cancel:
            return give_back(tx, desk, policy);
    }
    return {};
}

}  // namespace

Result<void> take_step(db::Tx& tx, const Desk& desk, PolicyId id, const PolicyOrder& order) {
    const auto before = TRY(load_policy(tx, desk, auth::Right::insurance_read, id));
    auto moment = TRY(moment_of(tx, desk, before));
    moment.note = order.note;
    const auto* row = TRY(decide(moment, order.action));
    TRY(auth::require(desk.actor, row->who));
    TRY(load_policy(tx, desk, row->who, id));  // within the areas of that right
    TRY(advance(tx, before, order.version, row->to, desk.today));
    // Looked at again now that everybody else waits: a payment or a measure may have come in between.
    moment = TRY(moment_of(tx, desk, before));
    moment.note = order.note;
    TRY(decide(moment, order.action));
    TRY(carry_out(tx, desk, before, order.action));
    return keep_step(tx, desk,
                     {"policy", id.number(), before.version + 1, name_of(order.action), name_of(before.state),
                      name_of(row->to), order.note, before.area});
}

Result<NextPolicySteps> next_steps(db::Tx& tx, const Desk& desk, const Policy& policy) {
    const auto moment = TRY(moment_of(tx, desk, policy));
    NextPolicySteps out{{}, awaited(moment, desk.actor)};
    for (auto& step : possible(moment, desk.actor))
        if (desk.actor.scope(step.row->who).contains(policy.area)) out.steps.push_back(std::move(step));
    return out;
}

}  // namespace ballast::insurance
