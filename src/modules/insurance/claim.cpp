#include "insurance/claim.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "insurance/claim_store.h"
#include "insurance/facts.h"
#include "insurance/policy_store.h"
#include "insurance/terms.h"

namespace ballast::insurance {
namespace {

constexpr std::array<std::string_view, 9> all_causes{"drought", "flood",   "hail", "wind", "frost",
                                                     "pests",   "disease", "fire", "other"};
constexpr std::size_t longest_text = 500;

Result<std::string> needed(std::string_view name, std::string_view given) {
    const std::string out(text::trimmed(given));
    if (out.empty() || text::length(out) > longest_text)
        return invalid("insurance.text_missing").with("name", std::string(name));
    return out;
}

/// The village that reports, or the insurer itself.
Result<Policy> policy_to_claim(db::Tx& tx, const Desk& desk, PolicyId id) {
    const auto right = desk.actor.may(auth::Right::insurance_confirm) ? auth::Right::insurance_confirm
                                                                      : auth::Right::insurance_write;
    TRY(auth::require(desk.actor, right));
    return load_policy(tx, desk, right, id);
}

Result<void> check_cover(const Policy& policy, const Product& product, Date occurred_on, Date today) {
    if (!policy.effective_on ||
        (policy.state != PolicyState::effective && policy.state != PolicyState::expired))
        return conflict("insurance.not_in_force");
    if (occurred_on > today) return invalid("insurance.loss_in_future");
    const Date first = policy.effective_on->plus_days(product.waiting_days);
    if (occurred_on < first || occurred_on > policy.cover.last)
        return invalid("insurance.loss_outside_cover")
            .with("first", first.iso())
            .with("last", policy.cover.last.iso());
    return {};
}

}  // namespace

std::span<const std::string_view> causes() { return all_causes; }

Result<ClaimId> report_claim(db::Tx& tx, const Desk& desk, const NewClaim& wanted) {
    const auto policy = TRY(policy_to_claim(tx, desk, wanted.policy));
    if (!wanted.key.empty())
        if (const auto before = TRY(tx.first(
                "SELECT id FROM insurance_claim WHERE account = ? AND sender_key = ?",
                {desk.actor.account, wanted.key}, [](const db::Row& row) { return row.id<ClaimId>(0); })))
            return *before;
    const auto product = TRY(terms_of(tx, desk, policy.id)).product;
    const bool by_survey = std::holds_alternative<CropCover>(product.cover) ||
                           std::holds_alternative<LivestockCover>(product.cover);
    if (!by_survey) return invalid("insurance.not_by_survey").with("product", product.title.zh);
    TRY(check_cover(policy, product, wanted.occurred_on, desk.today));
    if (std::ranges::find(all_causes, wanted.cause) == all_causes.end())
        return invalid("insurance.no_such_cause").with("name", wanted.cause);
    const ClaimFacts facts{TRY(needed("reporter", wanted.reporter)),
                           TRY(Phone::parse(wanted.phone)).reveal(),
                           TRY(needed("place", wanted.place)),
                           TRY(needed("found", wanted.found)),
                           "",
                           ""};
    const ClaimId id(TRY(tx.reserve_ids("insurance_claim", 1)));
    const auto number =
        fmt::format("CL{}{}{:06}", policy.area.digits().substr(0, 6), desk.today.year(), id.number());
    TRY(
        tx.exec("INSERT INTO insurance_claim (id, claim_no, policy_id, area_code, cause, occurred_on, "
                "reported_on, state, "
                "entered_on, version, facts, at, account, sender_key) VALUES (?, ?, ?, ?, ?, ?, ?, "
                "'reported', ?, 1, ?, ?, ?, "
                "?)",
                id, number, policy.id, policy.area, wanted.cause, wanted.occurred_on, desk.today, desk.today,
                blob(sealed(desk.vault, facts)), desk.now.ms, desk.actor.account,
                wanted.key.empty() ? db::Value(db::Null{}) : db::Value(wanted.key)));
    TRY(keep_step(tx, desk, {"claim", id.number(), 1, "report", "", "reported", "", policy.area}));
    return id;
}

namespace {

Result<void> sign(db::Tx& tx, const Desk& desk, const Claim& claim, const ClaimOrder& order) {
    const auto found = TRY(tx.all("SELECT facts FROM insurance_claim WHERE id = ?", {claim.id},
                                  [](const db::Row& row) { return row.blob(0); }));
    auto facts = TRY(opened_claim(desk.vault, found.at(0)));
    facts.surveyor = text::trimmed(order.surveyor);
    facts.assistant = text::trimmed(order.assistant);
    if (!text::trimmed(order.found).empty()) facts.found = TRY(needed("found", order.found));
    TRY(tx.exec("UPDATE insurance_claim SET facts = ? WHERE id = ?", blob(sealed(desk.vault, facts)),
                claim.id));
    return {};
}

/// Row by row, in one journal of the insurer's book.
Result<void> pay(db::Tx& tx, const Desk& desk, const Claim& claim) {
    TRY(assess_rows(tx, desk, claim));
    const auto insurer = TRY(own_insurer(tx, desk));
    struct Row {
        std::int64_t loss, insured;
        Money amount;
    };
    finance::NewJournal journal{desk.today, {}, "claim:" + std::to_string(claim.id.number()), ""};
    Money whole;
    for (const auto& row : TRY(tx.all("SELECT id, insured_id, assessed - paid FROM insurance_loss WHERE "
                                      "claim_id = ? AND assessed > paid ORDER BY id",
                                      {claim.id}, [](const db::Row& r) {
                                          return Row{r.integer(0), r.integer(1), r.money(2)};
                                      }))) {
        TRY(tx.exec("UPDATE insurance_insured SET paid_claims = paid_claims + ? WHERE id = ?", row.amount,
                    row.insured));
        TRY(tx.exec("UPDATE insurance_loss SET paid = paid + ? WHERE id = ?", row.amount, row.loss));
        journal.postings.push_back({insurer.fund, finance::Account::payment, row.amount});
        whole += row.amount;
    }
    std::optional<finance::JournalId> posted;
    if (whole > Money()) {
        journal.postings.push_back({insurer.fund, finance::Account::bank, -whole});
        posted = TRY(finance::post(tx, desk.ledger(auth::Right::insurance_write), journal, ""));
    }
    TRY(tx.exec("UPDATE insurance_claim SET paid_on = ?, journal_id = ? WHERE id = ?", desk.today, posted,
                claim.id));
    // What it comes to on the day of payment is what was due: the sum insured may have been drawn on meanwhile.
    TRY(tx.exec("UPDATE insurance_agreement SET paid_on = ?, amount = ? WHERE claim_id = ? AND paid_on IS NULL",
                desk.today, whole, claim.id));
    return {};
}

/// For the yearly evaluation: what is due from this day on.
Result<void> keep_agreement(db::Tx& tx, const Desk& desk, const Claim& claim) {
    TRY(tx.exec("INSERT INTO insurance_agreement (claim_id, round, agreed_on, amount) VALUES (?, (SELECT COUNT(*) + 1 "
                "FROM insurance_agreement a WHERE a.claim_id = ?), ?, ?)",
                claim.id, claim.id, desk.today, claim.assessed - claim.paid));
    return {};
}

Result<void> carry_out(db::Tx& tx, const Desk& desk, const Claim& claim, const ClaimOrder& order) {
    const auto stamp = [&](const char* column) -> Result<void> {
        TRY(tx.exec(std::string("UPDATE insurance_claim SET ") + column + " = ? WHERE id = ?", desk.today,
                    claim.id));
        return {};
    };
    switch (order.action) {
        case ClaimAction::survey:
            return sign(tx, desk, claim, order);
        case ClaimAction::estimate:
        case ClaimAction::assess:
            return assess_rows(tx, desk, claim);
        case ClaimAction::publicise:
            return stamp("posted_on");
        case ClaimAction::agree:
            TRY(keep_agreement(tx, desk, claim));
            return stamp("agreed_on");
        case ClaimAction::pay:
            return pay(tx, desk, claim);
        case ClaimAction::object:
        case ClaimAction::close:
        case ClaimAction::reject:
        case ClaimAction::reopen:  // what was paid before stays in the sheet, and is taken off the next
                                   // payment
            return {};
    }
    return {};
}

}  // namespace

Result<void> take_step(db::Tx& tx, const Desk& desk, ClaimId id, const ClaimOrder& order) {
    const auto before = TRY(load_claim(tx, desk, auth::Right::insurance_read, id));
    auto moment = TRY(moment_of(tx, desk, before));
    moment.note = order.note;
    moment.surveyor = order.surveyor;
    moment.assistant = order.assistant;
    if (order.harvest_on) moment.harvest_on = order.harvest_on;
    const auto* row = TRY(decide(moment, order.action));
    TRY(auth::require(desk.actor, row->who));
    TRY(load_claim(tx, desk, row->who, id));  // within the areas of that right
    TRY(advance(tx, before, order.version, row->to, desk.today));
    if (order.harvest_on)
        TRY(tx.exec("UPDATE insurance_claim SET harvest_on = ? WHERE id = ?", *order.harvest_on, id));
    TRY(carry_out(tx, desk, before, order));
    return keep_step(tx, desk,
                     {"claim", id.number(), before.version + 1, name_of(order.action), name_of(before.state),
                      name_of(row->to), order.note, before.area});
}

Result<NextClaimSteps> next_steps(db::Tx& tx, const Desk& desk, const Claim& claim) {
    const auto moment = TRY(moment_of(tx, desk, claim));
    NextClaimSteps out{{}, awaited(moment, desk.actor), due(moment)};
    for (auto& step : possible(moment, desk.actor))
        if (desk.actor.scope(step.row->who).contains(claim.area)) out.steps.push_back(std::move(step));
    return out;
}

}  // namespace ballast::insurance
