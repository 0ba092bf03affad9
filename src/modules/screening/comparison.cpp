#include "screening/comparison.h"

#include <algorithm>
#include <set>

#include "feeds/said_about.h"
#include "screening/bound_table.h"
#include "screening/negative_facts.h"

namespace ballast::screening {
namespace {

constexpr std::string_view decision_name = "hits";
/// Read without an item of consent: it is a household's costs, not its property.
constexpr std::string_view schooling = "education.students";

struct Row {
    const packs::Rule* rule = nullptr;
    Severity severity = Severity::soft;
};
struct Table {
    BoundTable bound;
    std::vector<Row> rows;
};

Result<Table> prepare(const packs::Pack& pack, const packs::Pack& also, const packs::File& file,
                      AreaCode county, Date day) {
    Table out{TRY(BoundTable::load(pack, &also, file, decision_name, county, day)), {}};
    for (int number = 1; number <= out.bound.rows(); ++number) {
        const auto bad = [&](const char* name) {
            return invalid("screening.bad_output")
                .with("file", file.name)
                .with("row", std::to_string(number))
                .with("name", name);
        };
        Row row;
        row.rule = pack.rule(TRY(out.bound.constant(number, "rule")));
        if (!row.rule) return bad("rule");
        const auto severity = TRY(out.bound.constant(number, "severity"));
        if (severity != "hard" && severity != "soft") return bad("severity");
        row.severity = severity == "hard" ? Severity::hard : Severity::soft;
        out.rows.push_back(row);
    }
    return out;
}

NegativeHit hit_of(const Table& table, int number, const PersonFacts& of) {
    const Row& row = table.rows[static_cast<std::size_t>(number - 1)];
    auto read = table.bound.read(number, of.facts);
    return {row.rule->id,        row.rule->title.zh,    row.rule->title.en,         row.severity,
            of.person,           std::move(read.facts), std::move(read.parameters), row.rule->explanations,
            std::move(read.rows)};
}

void add(std::vector<NegativeHit>& hits, NegativeHit hit) {
    const auto same = std::find_if(hits.begin(), hits.end(), [&](const NegativeHit& one) {
        return one.rule == hit.rule && one.person == hit.person;
    });
    if (same == hits.end())
        hits.push_back(std::move(hit));
    else if (hit.severity < same->severity)
        *same = std::move(hit);
}

bool among(const std::vector<std::string>& items, std::string_view wanted) {
    return std::find(items.begin(), items.end(), wanted) != items.end();
}

/// The sheets of the items that are allowed; what could not be looked at goes into `out`.
Result<std::vector<std::string>> sheets_of(db::Tx& tx, const ComparisonOrder& order, Compared& out) {
    std::vector<std::string> feeds{std::string(schooling)};
    for (const auto item : comparison_items) {
        if (!among(order.items, item)) {
            out.not_allowed.emplace_back(item);
            continue;
        }
        bool received = false;
        for (const auto& agreed : feeds::contracts()) {
            if (agreed.consent != item || !TRY(feeds::has_received(tx, order.county, agreed.id))) continue;
            feeds.push_back(agreed.id);
            received = true;
        }
        (received ? out.items : out.without_data).emplace_back(item);
    }
    return feeds;
}

}  // namespace

std::string_view name_of(Severity severity) { return severity == Severity::hard ? "hard" : "soft"; }

struct NegativeRules::State {
    packs::Pack pack, screening;
    AreaCode county;
    Date day;
    std::vector<Table> tables;
};

Result<NegativeRules> NegativeRules::load(AreaCode county, Date day, const packs::Store& packs) {
    return of(*TRY(packs.load("negative", county, day)), *TRY(packs.load("screening", county, day)), county,
              day);
}

Result<NegativeRules> NegativeRules::of(packs::Pack pack, packs::Pack screening, AreaCode county, Date day) {
    auto state = std::make_shared<State>();
    state->pack = std::move(pack);
    state->screening = std::move(screening);
    state->county = county;
    state->day = day;
    for (const auto& file : state->pack.tables)
        state->tables.push_back(TRY(prepare(state->pack, state->screening, file, county, day)));
    NegativeRules rules;
    rules.state_ = std::move(state);
    return rules;
}

const std::string& NegativeRules::pack_hash() const { return state_->pack.hash; }
AreaCode NegativeRules::county() const { return state_->county; }
Date NegativeRules::day() const { return state_->day; }

std::vector<NegativeHit> NegativeRules::evaluate(const std::vector<PersonFacts>& facts) const {
    std::vector<NegativeHit> out;
    for (const auto& of : facts)
        for (const auto& table : state_->tables)
            for (const int row : table.bound.met(of.facts, state_->day)) add(out, hit_of(table, row, of));
    std::stable_sort(out.begin(), out.end(), [](const NegativeHit& a, const NegativeHit& b) {
        return std::tie(a.severity, a.rule, a.person) < std::tie(b.severity, b.rule, b.person);
    });
    return out;
}

Result<Compared> compare(db::Tx& tx, const crypto::Vault& vault, const NegativeRules& rules,
                         const ComparisonOrder& order) {
    INVARIANT(rules.county() == order.county && rules.day() == order.day && order.members > 0);
    for (const auto& item : order.items)
        if (std::find(comparison_items.begin(), comparison_items.end(), item) == comparison_items.end())
            return invalid("screening.unknown_item").with("item", item);
    Compared out;
    out.pack_hash = rules.pack_hash();
    const auto feeds = TRY(sheets_of(tx, order, out));
    std::vector<feeds::Subject> subjects;
    for (const auto& person : order.persons) {
        feeds::Subject subject{person.person, {}, person.name};
        if (person.id) subject.id_lookup = vault.lookup("citizen_id", person.id->reveal());
        subjects.push_back(std::move(subject));
    }
    auto said = TRY(feeds::said_about(tx, vault, order.county, subjects, feeds));
    out.hits = rules.evaluate(negative_facts(order, feeds, said));
    std::set<feeds::RowId> needed;
    for (const auto& hit : out.hits) needed.insert(hit.rows.begin(), hit.rows.end());
    for (auto& one : said)
        if (needed.contains(one.shown.row)) out.rows.push_back(std::move(one.shown));
    return out;
}

}  // namespace ballast::screening
