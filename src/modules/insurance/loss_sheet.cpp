// The loss sheet of a claim: what each row comes to, and what of it is still covered.
#include <algorithm>
#include <map>
#include <set>

#include "insurance/claim_store.h"
#include "insurance/facts.h"
#include "insurance/terms.h"

namespace ballast::insurance {
namespace {

struct InsuredRow {
    Decimal units, amount;
    Money left;              // of the sum insured
    std::int64_t heads = 0;  // that other claims of it have taken
    bool then = true;        // it was insured on the day of the loss
};

/// Claims of one policy wait for each other here, so that together they never take more of a row than is
/// insured.
Result<void> lock_policy(db::Tx& tx, PolicyId policy) {
    INVARIANT(TRY(tx.exec("UPDATE insurance_policy SET version = version WHERE id = ?", policy)) == 1);
    return {};
}

/// Dead animals of a row in other claims. What was rejected counts where it had been paid before.
constexpr std::string_view heads_elsewhere =
    "(SELECT CAST(COALESCE(SUM(o.heads), 0) AS BIGINT) FROM insurance_loss o JOIN insurance_claim c ON c.id "
    "= "
    "o.claim_id JOIN insurance_insured k ON k.id = o.insured_id WHERE k.policy_id = i.policy_id AND "
    "COALESCE(k.chain, k.id) = COALESCE(i.chain, i.id) AND o.claim_id <> ? AND (c.state <> 'rejected' OR o.paid "
    "> 0))";

/// What was paid of a row and of those that a change of the policy put in its place.
constexpr std::string_view paid_of_chain =
    "(SELECT CAST(SUM(k.paid_claims) AS BIGINT) FROM insurance_insured k WHERE k.policy_id = i.policy_id AND "
    "COALESCE(k.chain, k.id) = COALESCE(i.chain, i.id))";

Result<void> check_heads(std::int64_t heads, std::int64_t before, Decimal insured) {
    if (Decimal(heads) + Decimal(before) <= insured) return {};
    return invalid("insurance.too_many_heads")
        .with("heads", std::to_string(heads))
        .with("before", std::to_string(before))
        .with("insured", insured.plain());
}

Result<std::optional<InsuredRow>> insured_row(db::Tx& tx, const Claim& claim, InsuredId id) {
    return tx.first("SELECT i.units, i.amount, i.sum_insured, " + std::string(paid_of_chain) + ", " +
                        std::string(heads_elsewhere) +
                        ", i.from_day, i.to_day FROM insurance_insured i WHERE i.id = ? AND i.policy_id = ?",
                    {claim.id, id, claim.policy}, [&](const db::Row& row) {
                        const auto from = row.maybe_date(5), to = row.maybe_date(6);
                        return InsuredRow{from_ten_thousandths(row.integer(0)), Decimal::yuan(row.money(1)),
                                          row.money(2) - row.money(3), row.integer(4),
                                          (!from || *from <= claim.occurred_on) &&
                                              (!to || claim.occurred_on <= *to)};
                    });
}

/// A crop is in a stage on certain days of the year, by its contract.
Result<void> check_stage(const Stage& stage, Date occurred_on) {
    Period then;
    for (const int year : {occurred_on.year() - 1, occurred_on.year()}) {
        then = TRY(stage.days.beginning_in(year));
        if (then.first <= occurred_on && occurred_on <= then.last) return {};
    }
    return invalid("insurance.stage_not_then").with("first", then.first.iso()).with("last", then.last.iso());
}

Result<Money> claimed(const Product& product, const Claim& claim, const Loss& loss, const InsuredRow& row) {
    if (const auto* crop = std::get_if<CropCover>(&product.cover)) {
        const auto* stage = product.stage(loss.stage);
        if (!stage) return invalid("insurance.no_such_stage").with("name", loss.stage);
        TRY(check_stage(*stage, claim.occurred_on));
        CropTerms terms = crop->terms;
        terms.amount = row.amount;
        return compensation(terms, CropLoss{.stage = stage->share,
                                            .loss = loss.loss,
                                            .area = loss.area,
                                            .insured = row.units,
                                            .planted = loss.planted});
    }
    if (std::holds_alternative<LivestockCover>(product.cover)) {
        const auto* body = product.body(loss.body);
        if (!body) return invalid("insurance.no_such_body").with("name", loss.body);
        TRY(check_heads(loss.heads, row.heads, row.units));
        return compensation(LivestockLoss{.amount = row.amount,
                                          .coefficient = body->coefficient,
                                          .heads = loss.heads,
                                          .residual = loss.residual,
                                          .government = loss.government});
    }
    return invalid("insurance.not_by_survey").with("product", product.title.zh);
}

/// Of a claim that was reopened: what its rows have been paid.
Result<std::map<InsuredId, Money>> paid_of(db::Tx& tx, ClaimId id) {
    std::map<InsuredId, Money> out;
    for (const auto& [insured, paid] :
         TRY(tx.all("SELECT insured_id, paid FROM insurance_loss WHERE claim_id = ? AND paid > 0", {id},
                    [](const db::Row& row) { return std::pair(row.id<InsuredId>(0), row.money(1)); })))
        out[insured] = paid;
    return out;
}

Error at_row(Error error, std::size_t position) {
    error.args.emplace_back("row", std::to_string(position + 1));
    return error;
}

}  // namespace

Result<void> enter_losses(db::Tx& tx, const Desk& desk, ClaimId id, std::int64_t version,
                          const std::vector<Loss>& sheet) {
    TRY(auth::require(desk.actor, auth::Right::insurance_write));
    const auto claim = TRY(load_claim(tx, desk, auth::Right::insurance_write, id));
    if (claim.state != ClaimState::reported && claim.state != ClaimState::surveyed)
        return conflict("insurance.wrong_state")
            .with("state", std::string(name_of(claim.state)))
            .with("action", "losses");
    const auto product = TRY(terms_of(tx, desk, claim.policy)).product;
    TRY(advance(tx, claim, version, claim.state, desk.today));
    TRY(lock_policy(tx, claim.policy));
    auto paid_before = TRY(paid_of(tx, id));
    TRY(tx.exec("DELETE FROM insurance_loss WHERE claim_id = ?", id));
    std::set<InsuredId> seen;
    for (std::size_t i = 0; i < sheet.size(); ++i) {
        const auto& loss = sheet[i];
        const auto row = TRY(insured_row(tx, claim, loss.insured));
        if (!row) return at_row(not_found("insurance.no_such_row"), i);
        if (!row->then) return at_row(invalid("insurance.row_not_then").with("date", claim.occurred_on.iso()), i);
        if (!seen.insert(loss.insured).second) return at_row(invalid("insurance.row_twice"), i);
        auto amount = claimed(product, claim, loss, *row);
        if (!amount) return at_row(std::move(amount).error(), i);
        const Money paid = paid_before[loss.insured];
        TRY(tx.exec(
            "INSERT INTO insurance_loss (claim_id, insured_id, stage, loss, area, planted, body, heads, "
            "residual, "
            "government, disposal, claimed, assessed, paid) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
            "?)",
            id, loss.insured, loss.stage, ten_thousandths(loss.loss), ten_thousandths(loss.area),
            ten_thousandths(loss.planted), loss.body, loss.heads, loss.residual, loss.government,
            loss.disposal, *amount, Remaining(std::max(row->left + paid, Money())).pay(*amount), paid));
    }
    for (const auto& [insured, paid] : paid_before)
        if (paid > Money() && !seen.contains(insured)) return conflict("insurance.row_paid_before");
    return keep_step(tx, desk,
                     {"claim", id.number(), claim.version + 1, "losses", name_of(claim.state),
                      name_of(claim.state), "", claim.area});
}

Result<std::vector<Loss>> losses(db::Tx& tx, const Desk& desk, ClaimId id) {
    TRY(load_claim(tx, desk, auth::Right::insurance_read, id));
    std::vector<Loss> out;
    TRY(
        tx.each_row("SELECT l.insured_id, i.line, i.facts, l.stage, l.loss, l.area, l.planted, l.body, "
                    "l.heads, l.residual, l.government, "
                    "l.disposal, l.claimed, l.assessed, l.paid FROM insurance_loss l JOIN insurance_insured "
                    "i ON i.id = l.insured_id "
                    "WHERE l.claim_id = ? ORDER BY i.line",
                    std::vector<db::Value>{id}, [&](const db::Row& row) -> Result<void> {
                        Loss one;
                        one.insured = row.id<InsuredId>(0);
                        one.line = row.integer(1);
                        one.name = TRY(opened(desk.vault, row.bytes(2))).name;
                        one.stage = row.text(3);
                        one.loss = from_ten_thousandths(row.integer(4));
                        one.area = from_ten_thousandths(row.integer(5));
                        one.planted = from_ten_thousandths(row.integer(6));
                        one.body = row.text(7);
                        one.heads = row.integer(8);
                        one.residual = row.money(9);
                        one.government = row.money(10);
                        one.disposal = row.text(11);
                        one.claimed = row.money(12);
                        one.assessed = row.money(13);
                        one.paid = row.money(14);
                        out.push_back(std::move(one));
                        return {};
                    }));
    return out;
}

Result<void> assess_rows(db::Tx& tx, const Desk&, const Claim& claim) {
    TRY(lock_policy(tx, claim.policy));
    struct Row {
        std::int64_t id;
        Money claimed, left;
        std::int64_t line, heads, heads_before;
        Decimal units;
    };
    const auto rows = TRY(tx.all(
        "SELECT l.id, l.claimed, i.sum_insured - " + std::string(paid_of_chain) +
            " + l.paid, i.line, l.heads, i.units, " + std::string(heads_elsewhere) +
            " FROM insurance_loss l JOIN insurance_insured i ON i.id = l.insured_id WHERE l.claim_id = "
            "? ORDER BY i.line",
        {claim.id, claim.id}, [](const db::Row& r) {
            return Row{r.integer(0),
                       r.money(1),
                       r.money(2),
                       r.integer(3),
                       r.integer(4),
                       r.integer(6),
                       from_ten_thousandths(r.integer(5))};
        }));
    for (const auto& row : rows)
        if (row.heads > 0)
            if (auto fits = check_heads(row.heads, row.heads_before, row.units); !fits)
                return at_row(std::move(fits).error(), static_cast<std::size_t>(row.line - 1));
    for (const auto& row : rows)
        TRY(tx.exec("UPDATE insurance_loss SET assessed = ? WHERE id = ?",
                    Remaining(std::max(row.left, Money())).pay(row.claimed), row.id));
    return {};
}

}  // namespace ballast::insurance
