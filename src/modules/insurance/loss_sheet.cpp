// The loss sheet of a claim: what each row comes to, and what of it is still covered.
#include <algorithm>
#include <map>
#include <set>

#include "insurance/claim_store.h"
#include "insurance/facts.h"

namespace ballast::insurance {
namespace {

struct InsuredRow {
    Decimal units, amount;
    Money left;  // of the sum insured
};

Result<std::optional<InsuredRow>> insured_row(db::Tx& tx, PolicyId policy, InsuredId id) {
    return tx.first(
        "SELECT units, amount, sum_insured, paid_claims FROM insurance_insured WHERE id = ? AND policy_id = "
        "?",
        {id, policy}, [](const db::Row& row) {
            return InsuredRow{from_ten_thousandths(row.integer(0)), Decimal::yuan(row.money(1)),
                              row.money(2) - row.money(3)};
        });
}

Result<Money> claimed(const Product& product, const Loss& loss, const InsuredRow& row) {
    if (const auto* crop = std::get_if<CropCover>(&product.cover)) {
        const auto* stage = product.stage(loss.stage);
        if (!stage) return invalid("insurance.no_such_stage").with("name", loss.stage);
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
        if (Decimal(loss.heads) > row.units)
            return invalid("insurance.too_many_heads")
                .with("heads", std::to_string(loss.heads))
                .with("insured", row.units.plain());
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
    const auto* product = TRY(desk.book.product(claim.product));
    TRY(advance(tx, claim, version, claim.state, desk.today));
    auto paid_before = TRY(paid_of(tx, id));
    TRY(tx.exec("DELETE FROM insurance_loss WHERE claim_id = ?", id));
    std::set<InsuredId> seen;
    for (std::size_t i = 0; i < sheet.size(); ++i) {
        const auto& loss = sheet[i];
        const auto row = TRY(insured_row(tx, claim.policy, loss.insured));
        if (!row) return at_row(not_found("insurance.no_such_row"), i);
        if (!seen.insert(loss.insured).second) return at_row(invalid("insurance.row_twice"), i);
        auto amount = claimed(*product, loss, *row);
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
    // Claims of one policy wait for each other here, so that together they never pay a row more than its sum.
    INVARIANT(TRY(tx.exec("UPDATE insurance_policy SET version = version WHERE id = ?", claim.policy)) == 1);
    struct Row {
        std::int64_t id;
        Money claimed, left;
    };
    for (const auto& row : TRY(tx.all("SELECT l.id, l.claimed, i.sum_insured - i.paid_claims + l.paid FROM "
                                      "insurance_loss l JOIN insurance_insured i ON i.id = "
                                      "l.insured_id WHERE l.claim_id = ?",
                                      {claim.id}, [](const db::Row& r) {
                                          return Row{r.integer(0), r.money(1), r.money(2)};
                                      })))
        TRY(tx.exec("UPDATE insurance_loss SET assessed = ? WHERE id = ?",
                    Remaining(std::max(row.left, Money())).pay(row.claimed), row.id));
    return {};
}

}  // namespace ballast::insurance
