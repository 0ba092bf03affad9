#include "screening/rules.h"

#include <algorithm>
#include <array>
#include <map>

#include "screening/bound_table.h"

namespace ballast::screening {
namespace {

constexpr std::string_view decision_name = "warnings";
constexpr int longest_days = 3660;

/// What a row of a table puts out.
struct Row {
    const packs::Rule* rule = nullptr;
    const packs::Clearing* clearing = nullptr;
    std::string risk;
    Level level = Level::yellow;
};

struct Table {
    BoundTable bound;
    std::vector<Row> rows;
};

Result<Row> prepare(const packs::Pack& pack, const BoundTable& table, int number) {
    const auto bad = [&](std::string name) {
        return invalid("screening.bad_output")
            .with("file", table.file())
            .with("row", std::to_string(number))
            .with("name", std::move(name));
    };
    Row out;
    out.rule = pack.rule(TRY(table.constant(number, "rule")));
    if (!out.rule) return bad("rule");
    out.risk = TRY(table.constant(number, "risk"));
    if (out.risk.empty()) return bad("risk");
    const auto level = level_named(TRY(table.constant(number, "level")));
    if (!level) return bad("level");
    out.level = *level;
    out.clearing = pack.clearing(TRY(table.constant(number, "clears_when")));
    if (!out.clearing) return bad("clears_when");
    return out;
}

Result<Table> prepare(const packs::Pack& pack, const packs::File& file, AreaCode county, Date as_of) {
    Table out{TRY(BoundTable::load(pack, nullptr, file, decision_name, county, as_of)), {}};
    for (int row = 1; row <= out.bound.rows(); ++row) out.rows.push_back(TRY(prepare(pack, out.bound, row)));
    return out;
}

/// One hit of a rule: of several rows the most urgent, of equals the first.
void add(std::vector<Hit>& hits, Hit hit) {
    const auto same =
        std::find_if(hits.begin(), hits.end(), [&](const Hit& one) { return one.rule == hit.rule; });
    if (same == hits.end())
        hits.push_back(std::move(hit));
    else if (hit.level < same->level)
        *same = std::move(hit);
}

}  // namespace

std::string_view name_of(Level level) {
    return level == Level::red ? "red" : level == Level::orange ? "orange" : "yellow";
}
std::optional<Level> level_named(std::string_view name) {
    for (const auto level : {Level::red, Level::orange, Level::yellow})
        if (name_of(level) == name) return level;
    return std::nullopt;
}

struct Rules::State {
    packs::Pack pack;
    AreaCode county;
    Date as_of;
    Windows windows;
    std::array<int, 3> visit_days{};
    Decimal growth;
    std::map<std::string, int, std::less<>> cooldowns;  // by rule
    std::vector<Title> titles;
    std::vector<Table> tables;

    Hit hit(const Table& table, int number, const Facts& facts) const;
};

Result<Rules> Rules::load(AreaCode county, Date as_of, const packs::Store& packs) {
    return of(*TRY(packs.load("screening", county, as_of)), county, as_of);
}

Result<Rules> Rules::of(packs::Pack pack, AreaCode county, Date as_of) {
    auto state = std::make_shared<State>();
    state->pack = std::move(pack);
    state->county = county;
    state->as_of = as_of;
    const auto days = [&](std::string_view name) -> Result<int> {
        const Decimal value = TRY(state->pack.bind(name, as_of, county)).value->value;
        if (value.scale() != 0 || value < Decimal(0) || value > Decimal(longest_days))
            return invalid("screening.bad_days").with("name", std::string(name));
        return std::stoi(value.plain());
    };
    state->windows.recent_days = TRY(days("recent_days"));
    const Decimal affected = TRY(state->pack.bind("crop_affected_loss", as_of, county)).value->value;
    if (affected.scale() != 0 || affected < Decimal(0) || affected > Decimal(100))
        return invalid("screening.bad_percent").with("name", "crop_affected_loss");
    state->windows.affected_crop_percent = std::stoi(affected.plain());
    constexpr std::array visits{"visit_within_red", "visit_within_orange", "visit_within_yellow"};
    for (std::size_t i = 0; i < visits.size(); ++i) state->visit_days[i] = TRY(days(visits[i]));
    state->growth = TRY(state->pack.bind("cooldown_growth", as_of, county)).value->in_rules();
    for (const auto& rule : state->pack.rules) {
        state->cooldowns[rule.id] = TRY(days(rule.cooldown));
        state->titles.push_back({rule.id, rule.title.zh, rule.title.en});
    }
    for (const auto& file : state->pack.tables)
        state->tables.push_back(TRY(prepare(state->pack, file, county, as_of)));
    Rules rules;
    rules.state_ = std::move(state);
    return rules;
}

Date Rules::as_of() const { return state_->as_of; }
AreaCode Rules::county() const { return state_->county; }
const std::string& Rules::pack_hash() const { return state_->pack.hash; }
const Windows& Rules::windows() const { return state_->windows; }
const std::vector<Rules::Title>& Rules::titles() const { return state_->titles; }
bool Rules::grown(Money before, Money now) const {
    return now > before && Decimal(now.fen()) >= Decimal(before.fen()) * (Decimal(1) + state_->growth);
}

std::vector<Hit> Rules::evaluate(const Facts& facts) const {
    std::vector<Hit> out;
    for (const auto& table : state_->tables)
        for (const int row : table.bound.met(facts, state_->as_of)) add(out, state_->hit(table, row, facts));
    return out;
}

Hit Rules::State::hit(const Table& table, int number, const Facts& facts) const {
    const Row& row = table.rows[static_cast<std::size_t>(number - 1)];
    Hit out;
    out.rule = row.rule->id;
    out.risk = row.risk;
    out.level = row.level;
    out.visit_days = visit_days[static_cast<std::size_t>(row.level)];
    out.cooldown_days = cooldowns.at(row.rule->id);
    if (const auto fact = facts.find(row.rule->amount); fact != facts.end())
        if (const auto* amount = std::get_if<Money>(&fact->second.value)) out.amount = *amount;
    auto read = table.bound.read(number, facts);
    out.evidence = {table.bound.file(),
                    table.bound.decision(),
                    number,
                    std::move(read.facts),
                    std::move(read.parameters),
                    std::move(read.rows),
                    row.rule->title.zh,
                    row.rule->title.en,
                    row.clearing->title.zh,
                    row.clearing->title.en,
                    pack.name,
                    pack.hash};
    return out;
}

Result<std::optional<UsedParameter>> parameter_on(std::string_view name, AreaCode county, Date day,
                                                  const packs::Store& packs) {
    const auto pack = TRY(packs.load("screening", county, day));
    auto bound = pack->bind(name, day, county);
    if (bound) return std::optional(used(*bound));
    if (bound.error().id != "packs.no_value") return std::move(bound).error();
    return std::optional<UsedParameter>();
}

}  // namespace ballast::screening
