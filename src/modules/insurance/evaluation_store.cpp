#include "insurance/evaluation_store.h"

#include <fmt/format.h>

#include <sstream>

#include "base/text.h"

namespace ballast::insurance {
namespace {

constexpr std::string_view sealed_as = "insurance_evaluation_entry.evidence";

std::string answers_text(const std::optional<Answers>& answers) {
    return answers ? fmt::format("{}", fmt::join(*answers, ",")) : std::string();
}
std::optional<Answers> answers_of(const std::string& kept) {
    if (kept.empty()) return std::nullopt;
    Answers out{};
    std::istringstream in(kept);
    char comma = 0;
    for (auto& count : out) in >> count >> comma;
    return out;
}
Decimal number(std::string_view kept) { return Decimal::parse(kept).value(); }
std::string bands_text(const std::array<Decimal, 4>& bands) {
    return fmt::format("{},{},{},{}", bands[0].plain(), bands[1].plain(), bands[2].plain(), bands[3].plain());
}

Result<Entry> read_entry(const Desk& desk, const db::Row& row) {
    Entry out;
    const auto item = item_named(row.text(0));
    INVARIANT(item);
    out.item = *item;
    out.product = row.text(1);
    out.version = row.integer(2);
    out.amounts = {from_ten_thousandths(row.integer(3)), from_ten_thousandths(row.integer(4))};
    if (const auto weight = row.maybe_integer(5)) out.weight = from_ten_thousandths(*weight);
    out.answers = answers_of(std::string(row.text(6)));
    out.evidence = TRY(desk.vault.open(sealed_as, row.bytes(7)));
    out.by_insurer = row.truth(8);
    out.on = row.date(9);
    out.name = row.text(10);
    return out;
}

}  // namespace

Result<void> load_kept(db::Tx& tx, const Desk& desk, Evaluation& into) {
    TRY(tx.each_row("SELECT id, state, version FROM insurance_evaluation WHERE insurer_id = ? AND year = ?",
                    std::vector<db::Value>{into.insurer.id, into.year}, [&](const db::Row& row) -> Result<void> {
                        into.id = row.integer(0);
                        into.state = TRY(evaluation_state_named(row.text(1)));
                        into.version = row.integer(2);
                        return {};
                    }));
    if (!into.id) return {};
    TRY(tx.each_row("SELECT e.item, e.product, e.version, e.part, e.whole, e.weight, e.answers, e.evidence, "
                    "e.by_insurer, e.on_day, e.name FROM insurance_evaluation_entry e WHERE e.evaluation_id = ? AND "
                    "e.version = (SELECT MAX(o.version) FROM insurance_evaluation_entry o WHERE o.evaluation_id = "
                    "e.evaluation_id AND o.item = e.item AND o.product = e.product) ORDER BY e.item, e.product",
                    std::vector<db::Value>{*into.id}, [&](const db::Row& row) -> Result<void> {
                        into.entries.push_back(TRY(read_entry(desk, row)));
                        return {};
                    }));
    return tx.each_row("SELECT version, on_day, name, total, band FROM insurance_evaluation_closing WHERE evaluation_id "
                       "= ? ORDER BY version DESC",
                       std::vector<db::Value>{*into.id}, [&](const db::Row& row) -> Result<void> {
                           into.closings.push_back({row.integer(0), row.date(1), std::string(row.text(2)),
                                                    number(row.text(3)), std::string(row.text(4))});
                           return {};
                       });
}

Result<void> advance(db::Tx& tx, const Desk& desk, Evaluation& one, std::int64_t version, EvaluationState to) {
    if (version != one.version) return conflict("insurance.changed_meanwhile");
    if (!one.id) {
        one.id = TRY(tx.reserve_ids("insurance_evaluation", 1));
        // Of two who begin it at once, the second waits here and is told to look again.
        if (TRY(tx.exec("INSERT INTO insurance_evaluation (id, insurer_id, area_code, year, state, version, at, "
                        "account) VALUES (?, ?, ?, ?, ?, 1, ?, ?) ON CONFLICT (insurer_id, year) DO NOTHING",
                        *one.id, one.insurer.id, one.insurer.area, one.year, name_of(to), desk.now.ms,
                        desk.actor.account)) == 0)
            return conflict("insurance.changed_meanwhile");
    } else if (TRY(tx.exec("UPDATE insurance_evaluation SET state = ?, version = version + 1 WHERE id = ? AND version "
                           "= ?",
                           name_of(to), *one.id, version)) == 0) {
        return conflict("insurance.changed_meanwhile");
    }
    one.version = version + 1;
    return {};
}

Result<void> keep_entry(db::Tx& tx, const Desk& desk, const Evaluation& one, const Entry& entry) {
    TRY(tx.exec("INSERT INTO insurance_evaluation_entry (evaluation_id, item, product, version, part, whole, weight, "
                "answers, evidence, by_insurer, on_day, at, account, name) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
                "?, ?)",
                *one.id, row_of(entry.item).name, entry.product, one.version, ten_thousandths(entry.amounts.part),
                ten_thousandths(entry.amounts.whole),
                entry.weight ? db::Value(ten_thousandths(*entry.weight)) : db::Value(db::Null{}),
                answers_text(entry.answers), desk.vault.seal(sealed_as, text::trimmed(entry.evidence)),
                entry.by_insurer ? 1 : 0, desk.today, desk.now.ms, desk.actor.account, desk.actor.name));
    return {};
}

Result<void> keep_closing(db::Tx& tx, const Desk& desk, const Evaluation& one) {
    const auto& figures = one.figures;
    INVARIANT(figures.score.total);
    TRY(tx.exec("INSERT INTO insurance_evaluation_closing (evaluation_id, version, on_day, name, total, band, bands, "
                "bands_assumed, mean_score, by_premium) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                *one.id, one.version, desk.today, desk.actor.name, figures.score.total->plain(), figures.score.band,
                bands_text(figures.bands), figures.bands_assumed ? 1 : 0, figures.mean_score.plain(),
                figures.by_premium ? 1 : 0));
    const auto line = [&](Item item, const std::string& product, const Figure& kept) {
        return tx.exec(
            "INSERT INTO insurance_evaluation_line (evaluation_id, version, item, product, platform_part, "
            "platform_whole, outside_part, outside_whole, standing, rate, weight, target, points, assumed) VALUES (?, "
            "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            *one.id, one.version, row_of(item).name, product, kept.platform.part.plain(), kept.platform.whole.plain(),
            kept.outside.part.plain(), kept.outside.whole.plain(), name_of(kept.standing), kept.rate.plain(),
            kept.weight.plain(), kept.target.plain(), kept.points.plain(), kept.assumed ? 1 : 0);
    };
    for (const auto& item : figures.items) TRY(line(item.item, "", item));
    // A kind's weight stands as its premium in yuan where the premiums are the weights.
    for (const auto& kind : figures.kinds) {
        Figure kept;
        kept.platform.part = kind.platform;
        kept.outside = {kind.outside, kind.insurable.value_or(Decimal())};
        kept.standing = Standing::rated;
        kept.rate = kind.rate.value_or(Decimal());
        kept.weight = kind.weight.value_or(Decimal::yuan(kind.premium));
        TRY(line(Item::insured, kind.product, kept));
    }
    return {};
}

Result<EvaluationFigures> frozen_figures(db::Tx& tx, std::int64_t id, std::int64_t version) {
    EvaluationFigures out;
    TRY(tx.each_row("SELECT total, band, bands, bands_assumed, mean_score, by_premium FROM "
                    "insurance_evaluation_closing WHERE evaluation_id = ? AND version = ?",
                    std::vector<db::Value>{id, version}, [&](const db::Row& row) -> Result<void> {
                        out.score.total = number(row.text(0));
                        out.score.band = row.text(1);
                        std::istringstream bands{std::string(row.text(2))};
                        for (auto& least : out.bands) {
                            std::string one;
                            std::getline(bands, one, ',');
                            least = number(one);
                        }
                        out.bands_assumed = row.truth(3);
                        out.mean_score = number(row.text(4));
                        out.by_premium = row.truth(5);
                        return {};
                    }));
    std::vector<std::optional<Figure>> items(insurance::items().size());
    TRY(tx.each_row(
        "SELECT item, product, platform_part, platform_whole, outside_part, outside_whole, standing, rate, weight, "
        "target, points, assumed FROM insurance_evaluation_line WHERE evaluation_id = ? AND version = ? ORDER BY product",
        std::vector<db::Value>{id, version}, [&](const db::Row& row) -> Result<void> {
            Figure one;
            const auto item = item_named(row.text(0));
            const auto standing = standing_named(row.text(6));
            INVARIANT(item && standing);
            one.item = *item;
            one.platform = {number(row.text(2)), number(row.text(3))};
            one.outside = {number(row.text(4)), number(row.text(5))};
            one.standing = *standing;
            one.rate = number(row.text(7));
            one.weight = number(row.text(8));
            one.target = number(row.text(9));
            one.points = number(row.text(10));
            one.assumed = row.truth(11);
            if (row.text(1).empty()) {
                items.at(static_cast<std::size_t>(*item)) = one;
                if (one.standing == Standing::rated) {
                    out.score.earned = out.score.earned + one.points;
                    out.score.weights = out.score.weights + one.weight;
                }
                return {};
            }
            KindFigure kind{std::string(row.text(1)), one.platform.part, one.outside.part, one.outside.whole, {}, {},
                            one.rate};
            if (out.by_premium)
                kind.premium = one.weight.to_money(Rounding::down);
            else
                kind.weight = one.weight;
            out.kinds.push_back(std::move(kind));
            return {};
        }));
    // An item that came later was not scored then.
    for (auto& one : items)
        if (one) out.items.push_back(std::move(*one));
    return out;
}

}  // namespace ballast::insurance
