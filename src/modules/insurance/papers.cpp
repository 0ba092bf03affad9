#include "insurance/papers.h"

#include <algorithm>
#include <numeric>

#include "areas/areas.h"
#include "base/masking.h"
#include "insurance/units_text.h"
#include "insurance/terms.h"

namespace ballast::insurance {
namespace {

using namespace document;

Error does_not_add_up() { return Error{ErrorKind::corrupt, "insurance.does_not_add_up", {}, {}}; }

Result<void> check_rows(std::int64_t rows) {
    if (rows == 0) return not_found("insurance.nothing_to_print");
    if (rows > most_on_paper)
        return invalid("insurance.too_many_to_print")
            .with("rows", std::to_string(rows))
            .with("most", std::to_string(most_on_paper));
    return {};
}

/// What all these papers have: a title, labels and values, one long table, who signs.
class Paper {
public:
    Paper(const Desk& desk, AreaCode area, std::string number, words::Language language)
        : desk_(desk), language_(language) {
        out_.language = language;
        out_.created = desk.today;
        out_.landscape = true;
        out_.header = std::move(number);
        out_.footer = place(area);
    }

    std::string say(std::string_view id, const words::Places& places = {}) const {
        return words::say("insurance." + std::string(id), language_, places);
    }
    std::string in(const packs::Title& title) const {
        return language_ == words::Language::zh ? title.zh : title.en;
    }
    std::string place(AreaCode area) const {
        const auto found = desk_.division.find(area);
        return found ? areas::everyday_name(found->name) : std::string(area.digits());
    }

    void title(std::string_view id, std::string below) {
        out_.title = say(id);
        const auto* blank = language_ == words::Language::zh ? "" : ": ";
        out_.blocks.push_back(document::Title{out_.footer + blank + out_.title, std::move(below)});
    }
    /// Two pairs of label and value a line.
    void facts(std::vector<std::pair<std::string, std::string>> pairs) {
        Table table{.widths = {16, 34, 16, 34}, .caption = out_.title};
        if (pairs.size() % 2) pairs.emplace_back("", "");
        for (std::size_t i = 0; i < pairs.size(); i += 2)
            table.rows.push_back({{label(pairs[i].first), value(pairs[i].second), label(pairs[i + 1].first),
                                   value(pairs[i + 1].second)},
                                  0});
        out_.blocks.push_back(std::move(table));
    }
    void columns(std::vector<double> widths, const std::vector<std::string>& ids) {
        table_ = {.widths = std::move(widths), .header_rows = 1, .caption = out_.title};
        Row head;
        for (const auto& id : ids) head.cells.push_back(label(say(id)));
        table_.rows.push_back(std::move(head));
    }
    void row(std::vector<Cell> cells) { table_.rows.push_back({std::move(cells), 0}); }
    /// `before`: the columns that the word for a total spans.
    void total(int before, std::vector<Cell> cells) {
        cells.insert(cells.begin(), label(say("paper.total"), before));
        row(std::move(cells));
        out_.blocks.push_back(std::move(table_));
    }
    void note(std::string what) {
        auto said = paragraph(std::move(what));
        said.size = Size::table;
        out_.blocks.push_back(std::move(said));
    }
    /// From when it hangs, and where to object.
    void notice(const std::optional<Date>& posted_on, int days) {
        auto said = paragraph(say("paper.posted"));
        said.size = Size::table;
        for (auto& run : day(posted_on, language_)) said.runs.push_back(std::move(run));
        said.runs.push_back(text(say("paper.objections", {{"days", std::to_string(days)}})));
        out_.blocks.push_back(std::move(said));
    }
    void signatures(std::vector<Signatures::Signature> who) {
        out_.blocks.push_back(Signatures{std::move(who), 2});
    }
    Document done() { return std::move(out_); }

private:
    const Desk& desk_;
    words::Language language_;
    Document out_;
    Table table_;
};

Cell money(Money amount) { return number(amount.formatted()); }

/// The rows page by page: a list is read as the screen reads it.
template <class Row, class F>
Result<std::vector<Row>> all_of(F&& page_at) {
    std::vector<Row> out;
    constexpr std::int64_t page = 1'000;
    for (;;) {
        auto some = TRY(page_at(std::ssize(out), page));
        const auto read = std::ssize(some);
        std::ranges::move(some, std::back_inserter(out));
        if (read < page) return out;
    }
}

template <class Row>
Money sum(const std::vector<Row>& rows, Money Row::*what) {
    return std::accumulate(rows.begin(), rows.end(), Money(),
                           [&](Money so_far, const Row& row) { return so_far + row.*what; });
}

}  // namespace

Result<Document> insured_paper(db::Tx& tx, const Desk& desk, PolicyId id, words::Language language) {
    const auto policy = TRY(load_policy(tx, desk, auth::Right::insurance_read, id));
    TRY(check_rows(policy.farmers));
    const auto rows = TRY(all_of<Insured>([&](std::int64_t at, std::int64_t most) {
        return insured_rows(tx, desk, id, {false, at, most});
    }));
    TRY(check_rows(std::ssize(rows)));
    const auto* product = TRY(desk.book.product(policy.product));
    Decimal units;
    for (const auto& row : rows) units = units + row.units;
    const Money insured = sum(rows, &Insured::sum_insured), premium = sum(rows, &Insured::premium),
                farmer = sum(rows, &Insured::farmer);
    if (insured != policy.sum_insured || premium != policy.premium || farmer != policy.part(Payer::farmer) ||
        units != policy.units)
        return does_not_add_up();

    Paper out(desk, policy.area, policy.number, language);
    const auto unit = out.say("unit." + std::string(name_of(product->unit)));
    out.title("paper.insured_list", out.in(product->title));
    out.facts({{out.say("paper.number"), policy.number},
               {out.say("paper.holder"),
                policy.holder_kind == Holder::farmer ? masked_name(policy.holder) : policy.holder},
               {out.say("paper.cover"), policy.cover.first.iso() + " — " + policy.cover.last.iso()},
               {out.say("paper.insurer"), TRY(insurer(tx, desk, policy.insurer)).name},
               {out.say("paper.state"), out.say("state." + std::string(name_of(policy.state)))},
               {out.say("paper.unit"), unit}});
    out.columns({7, 14, 33, 13, 15, 17, 14, 14, 14},
                {"sheet.line", "sheet.name", "paper.plot", "sheet.units", "sheet.amount", "sheet.sum_insured",
                 "paper.premium", "paper.subsidy", "paper.farmer"});
    for (const auto& row : rows)
        out.row({value(std::to_string(row.line)), value(masked_name(row.name)),
                 value(row.tags.empty() ? row.plot : row.tags), number(units_text(row.units)),
                 money(row.amount.to_money(Rounding::half_up)), money(row.sum_insured), money(row.premium),
                 money(row.premium - row.farmer), money(row.farmer)});
    out.total(3, {number(units_text(units)), value(""), money(insured), money(premium),
                  money(premium - farmer), money(farmer)});
    if (policy.assumed()) out.note(out.say("paper.assumed"));
    out.notice(policy.posted_on, TRY(desk.book.days("publicity_days", desk.today, policy.area)));
    out.signatures({{out.say("paper.sign_holder"), "", {}},
                    {out.say("paper.sign_village"), "", {}},
                    {out.say("paper.sign_insurer"), "", {}},
                    {out.say("paper.sign_assistant"), "", {}}});
    return out.done();
}

namespace {

/// A claim's rows, held against what is stored of the whole.
struct LossRows {
    Claim claim;
    Product product;
    std::vector<Loss> rows;
    Money assessed, paid;
};
Result<LossRows> loss_rows(db::Tx& tx, const Desk& desk, ClaimId id) {
    LossRows out;
    out.claim = TRY(load_claim(tx, desk, auth::Right::insurance_read, id));
    out.product = TRY(terms_of(tx, desk, out.claim.policy)).product;
    out.rows = TRY(losses(tx, desk, id));
    TRY(check_rows(std::ssize(out.rows)));
    out.assessed = sum(out.rows, &Loss::assessed);
    out.paid = sum(out.rows, &Loss::paid);
    if (out.assessed != out.claim.assessed || out.paid != out.claim.paid) return does_not_add_up();
    return out;
}

void tell_claim(Paper& out, const LossRows& of) {
    const auto& claim = of.claim;
    out.facts({{out.say("paper.claim"), claim.number},
               {out.say("paper.number"), claim.policy_number},
               {out.say("paper.cause"), out.say("cause." + claim.cause)},
               {out.say("paper.occurred"), claim.occurred_on.iso()},
               {out.say("paper.reported"), claim.reported_on.iso()},
               {out.say("paper.state"), out.say("claim_state." + std::string(name_of(claim.state)))}});
}

std::string stage_of(const Paper& out, const Product& product, const Loss& loss) {
    const auto* stage = product.stage(loss.stage);
    return stage ? out.in(stage->title) : loss.stage;
}
std::string body_of(const Paper& out, const Product& product, const Loss& loss) {
    const auto* body = product.body(loss.body);
    return body ? out.in(body->title) : loss.body;
}

void crop_table(Paper& out, const LossRows& of) {
    out.columns({8, 16, 16, 16, 18, 18, 20},
                {"sheet.line", "sheet.name", "paper.stage", "paper.loss", "paper.hit", "paper.planted",
                 "paper.assessed"});
    Decimal hit;
    for (const auto& row : of.rows) {
        hit = hit + row.area;
        out.row({value(std::to_string(row.line)), value(masked_name(row.name)),
                 value(stage_of(out, of.product, row)), number(units_text(row.loss * 100) + "%"),
                 number(units_text(row.area)), number(units_text(row.planted)), money(row.assessed)});
    }
    out.total(4, {number(units_text(hit)), value(""), money(of.assessed)});
}

void herd_table(Paper& out, const LossRows& of) {
    out.columns({8, 16, 20, 10, 16, 16, 26, 18},
                {"sheet.line", "sheet.name", "paper.body", "paper.heads", "paper.residual", "paper.government",
                 "paper.disposal", "paper.assessed"});
    std::int64_t heads = 0;
    for (const auto& row : of.rows) {
        heads += row.heads;
        out.row({value(std::to_string(row.line)), value(masked_name(row.name)),
                 value(body_of(out, of.product, row)), number(std::to_string(row.heads)), money(row.residual),
                 money(row.government), value(row.disposal), money(row.assessed)});
    }
    out.total(3, {number(std::to_string(heads)), money(sum(of.rows, &Loss::residual)),
                  money(sum(of.rows, &Loss::government)), value(""), money(of.assessed)});
}

}  // namespace

Result<Document> loss_paper(db::Tx& tx, const Desk& desk, ClaimId id, words::Language language) {
    const auto of = TRY(loss_rows(tx, desk, id));
    Paper out(desk, of.claim.area, of.claim.number, language);
    out.title("paper.loss_sheet", out.in(of.product.title));
    tell_claim(out, of);
    if (std::holds_alternative<LivestockCover>(of.product.cover))
        herd_table(out, of);
    else
        crop_table(out, of);
    out.notice(of.claim.posted_on, TRY(desk.book.days("publicity_days", desk.today, of.claim.area)));
    out.signatures({{out.say("paper.sign_surveyor"), of.claim.surveyor, {}},
                    {out.say("paper.sign_assistant"), of.claim.assistant, {}},
                    {out.say("paper.sign_village"), "", {}},
                    {out.say("paper.sign_insurer"), "", {}}});
    return out.done();
}

Result<Document> payment_paper(db::Tx& tx, const Desk& desk, ClaimId id, words::Language language) {
    const auto of = TRY(loss_rows(tx, desk, id));
    using enum ClaimState;
    if (of.claim.state != agreed && of.claim.state != paid && of.claim.state != closed)
        return not_found("insurance.nothing_to_print");
    Paper out(desk, of.claim.area, of.claim.number, language);
    out.title("paper.payment_list", out.in(of.product.title));
    tell_claim(out, of);
    out.columns({8, 20, 22, 22, 28},
                {"sheet.line", "sheet.name", "paper.assessed", "paper.paid", "paper.signed"});
    for (const auto& row : of.rows)
        out.row({value(std::to_string(row.line)), value(masked_name(row.name)), money(row.assessed),
                 money(row.paid), value("")});
    out.total(2, {money(of.assessed), money(of.paid), value("")});
    if (of.claim.paid_on) out.note(out.say("paper.paid_on", {{"date", of.claim.paid_on->iso()}}));
    out.signatures({{out.say("paper.sign_insurer"), "", {}}, {out.say("paper.sign_village"), "", {}}});
    return out.done();
}

Result<Document> settlement_paper(db::Tx& tx, const Desk& desk, SettlementId id, words::Language language) {
    const auto settlement = TRY(load_settlement(tx, desk, id));
    TRY(check_rows(settlement.calculated ? settlement.insured : 0));
    const auto rows = TRY(all_of<SettlementLine>([&](std::int64_t at, std::int64_t most) {
        return settlement_lines(tx, desk, settlement, at, most);
    }));
    TRY(check_rows(std::ssize(rows)));
    Decimal units;
    for (const auto& row : rows) units = units + row.units;
    const Money insured = sum(rows, &SettlementLine::sum_insured), payable = sum(rows, &SettlementLine::payable);
    if (insured != settlement.sum_insured || payable != settlement.payable || units != settlement.units)
        return does_not_add_up();

    const auto* product = TRY(desk.book.product(settlement.product));
    Paper out(desk, settlement.area, settlement.number, language);
    out.title("paper.payment_list", out.in(product->title) + " " + std::to_string(settlement.season));
    out.facts({{out.say("paper.settlement"), settlement.number},
               {out.say("paper.window"),
                settlement.outcome.window.first.iso() + " — " + settlement.outcome.window.last.iso()},
               {out.say("paper.index"), settlement.outcome.index.rounded(4).plain()},
               {out.say("paper.insurer"), TRY(insurer(tx, desk, settlement.insurer)).name},
               {out.say("paper.state"), out.say("settlement_state." + std::string(name_of(settlement.state)))},
               {out.say("paper.unit"), out.say("unit." + std::string(name_of(product->unit)))}});
    out.columns({34, 16, 14, 13, 15, 18, 12, 16},
                {"sheet.policy", "sheet.area", "sheet.name", "sheet.units", "sheet.amount", "sheet.sum_insured",
                 "sheet.days", "sheet.payable"});
    for (const auto& row : rows)
        out.row({value(row.policy_number + "-" + std::to_string(row.line)), value(out.place(row.area)),
                 value(row.name), number(units_text(row.units)), money(row.amount.to_money(Rounding::half_up)),
                 money(row.sum_insured), number(std::to_string(row.counted_days)), money(row.payable)});
    out.total(3, {number(units_text(units)), value(""), money(insured), value(""), money(payable)});
    if (settlement.assumed()) out.note(out.say("paper.assumed"));
    out.notice(settlement.posted_on, TRY(desk.book.days("publicity_days", desk.today, settlement.area)));
    out.signatures({{out.say("paper.sign_insurer"), "", {}},
                    {out.say("paper.sign_county"), "", {}},
                    {out.say("paper.sign_village"), "", {}}});
    return out.done();
}

}  // namespace ballast::insurance
