// From packs/insurance/<name>.toml to a Product; every refusal names its file, line and key.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <span>

#include "base/text.h"
#include "base/toml.h"
#include "crypto/crypto.h"
#include "embedded/insurance_files.h"
#include "insurance/check_product.h"

namespace ballast::insurance {
namespace {

namespace fs = std::filesystem;

/// A table of a file, read by key.
class Node {
public:
    Node(const std::string& file, const toml::table& table) : file_(file), table_(table) {}

    Error refuse(std::string id, std::string_view key, std::string expected) const {
        const auto* found = table_.get(key);
        const auto& at = found ? *found : static_cast<const toml::node&>(table_);
        return invalid(std::move(id))
            .with("file", file_)
            .with("line", std::to_string(at.source().begin.line))
            .with("key", std::string(key))
            .with("expected", std::move(expected));
    }
    Error missing(std::string_view key, std::string expected) const {
        return refuse("insurance.pack_missing", key, std::move(expected));
    }
    bool has(std::string_view key) const { return table_.contains(key); }
    Result<std::string> text(std::string_view key) const {
        const auto value = table_[key].value<std::string>();
        if (!value || value->empty()) return missing(key, "\"...\"");
        return *value;
    }
    std::string maybe_text(std::string_view key) const { return table_[key].value_or(std::string()); }
    bool flag(std::string_view key) const { return table_[key].value_or(false); }
    Result<Decimal> decimal(std::string_view key) const {
        const auto value = Decimal::parse(TRY(text(key)));
        if (!value) return missing(key, "\"0.06\"");
        return *value;
    }
    Result<std::int64_t> whole(std::string_view key) const {
        const auto value = table_[key].value_exact<std::int64_t>();
        if (!value) return missing(key, "1, 2, 3 ...");
        return *value;
    }
    Result<std::int64_t> whole_or(std::string_view key, std::int64_t otherwise) const {
        return has(key) ? whole(key) : Result<std::int64_t>(otherwise);
    }
    Result<Money> fen(std::string_view key) const { return Money::fen(TRY(whole(key))); }
    Result<Date> date(std::string_view key) const {
        const auto value = table_[key].value<toml::date>();
        const auto day = value ? Date::from(value->year, value->month, value->day) : std::nullopt;
        if (!day) return missing(key, "2026-01-01");
        return *day;
    }
    Result<AreaCode> area(std::string_view key) const {
        auto code = AreaCode::parse(maybe_text(key));
        if (!code) return missing(key, "\"513431\"");
        return *code;
    }
    Result<Title> words() const { return Title{TRY(text("zh")), TRY(text("en"))}; }
    Result<Title> title(std::string_view key) const { return TRY(table(key)).words(); }
    Result<Node> table(std::string_view key) const {
        const auto* found = table_[key].as_table();
        if (!found) return missing(key, fmt::format("[{}]", key));
        return Node(file_, *found);
    }
    Result<std::vector<Node>> tables(std::string_view key) const {
        std::vector<Node> out;
        if (const auto* all = table_[key].as_array())
            for (const auto& one : *all)
                if (const auto* row = one.as_table()) out.emplace_back(file_, *row);
        if (out.empty()) return missing(key, fmt::format("[[{}]]", key));
        return out;
    }
    Result<std::vector<std::string>> texts(std::string_view key) const {
        std::vector<std::string> out;
        if (const auto* all = table_[key].as_array())
            for (const auto& one : *all) out.push_back(one.value_or(std::string()));
        if (out.empty()) return missing(key, "[\"...\"]");
        return out;
    }
    /// { first = "10-01", last = "04-30" }
    Result<pricing::Season> season(std::string_view key) const { return TRY(table(key)).season_here(key); }
    Result<pricing::Season> season_here(std::string_view key) const {
        const auto first = TRY(month_day("first")), last = TRY(month_day("last"));
        const pricing::Season out{first.first, first.second, last.first, last.second};
        if (!out.beginning_in(2024)) return refuse("insurance.pack_value", key, "10-01");
        return out;
    }
    template <class E>
    Result<E> one_of(std::string_view key, std::span<const std::string_view> names) const {
        const auto given = maybe_text(key);
        const auto at = std::ranges::find(names, given);
        if (at == names.end())
            return refuse("insurance.pack_value", key, fmt::format("{}", fmt::join(names, " | ")));
        return static_cast<E>(at - names.begin());
    }
    /// What a check of values found, at a key of this table.
    Result<void> held(Result<void> checked, std::string_view key) const {
        if (checked) return {};
        Error error = std::move(checked).error();
        const auto place = refuse("", key, "");
        error.args.insert(error.args.end(), place.args.begin(), place.args.end() - 1);
        return error;
    }

private:
    Result<std::pair<int, int>> month_day(std::string_view key) const {
        const auto day = Date::parse("2024-" + maybe_text(key));
        if (!day) return refuse("insurance.pack_value", key, "10-01");
        return std::pair(day->month(), day->day());
    }
    std::string file_;
    const toml::table& table_;
};

Result<Rate> read_rate(const Node& row) {
    Rate out;
    out.from = TRY(row.date("from"));
    if (row.has("area")) out.area = TRY(row.area("area"));
    out.tariff.amount = Decimal::yuan(TRY(row.fen("amount_fen")));
    out.tariff.rate = TRY(row.decimal("rate"));
    if (row.has("scale")) {
        const auto scale = TRY(row.table("scale"));
        out.tariff.scale =
            Tariff::Scale{TRY(scale.decimal("threshold")), Decimal::yuan(TRY(scale.fen("amount_fen")))};
    }
    const auto shares = TRY(row.table("shares"));
    constexpr std::array payers{"central", "province", "prefecture", "county", "farmer"};
    for (std::size_t i = 0; i < payers.size(); ++i) out.tariff.shares[i] = TRY(shares.decimal(payers[i]));
    out.waiver = row.maybe_text("farmer_waived");
    out.tariff.farmer_waived = !out.waiver.empty();
    out.authority = TRY(row.text("authority"));
    TRY(row.held(check(out.tariff), "rate"));
    return out;
}

Result<CropCover> read_crop(const Node& in) {
    constexpr std::array<std::string_view, 3> kinds{"none", "absolute", "relative"};
    CropCover out;
    out.terms.threshold = TRY(in.decimal("threshold"));
    out.terms.total_loss = TRY(in.decimal("total_loss"));
    const auto deductible = TRY(in.table("deductible"));
    out.terms.deductible_kind = TRY(deductible.one_of<DeductibleKind>("kind", kinds));
    out.terms.deductible = TRY(deductible.decimal("value"));
    out.two_stage = in.flag("two_stage");
    for (const auto& row : TRY(in.tables("stages")))
        out.stages.push_back({TRY(row.text("name")), TRY(row.words()), TRY(row.decimal("share")),
                              TRY(row.season_here("first"))});
    return out;
}

Result<LivestockCover> read_livestock(const Node& in) {
    LivestockCover out;
    for (const auto& row : TRY(in.tables("bodies")))
        out.bodies.push_back({TRY(row.text("name")), TRY(row.words()), TRY(row.decimal("coefficient"))});
    return out;
}

Result<pricing::Payout> read_payout(const Node& in) {
    constexpr std::array<std::string_view, 2> sides{"deficit", "excess"};
    pricing::Payout out;
    if (in.has("steps")) {
        pricing::Tiers tiers;
        tiers.side = TRY(in.one_of<pricing::Side>("side", sides));
        for (const auto& row : TRY(in.tables("steps")))
            tiers.steps.push_back({TRY(row.decimal("from")), TRY(row.decimal("share"))});
        out.shape = tiers;
    } else if (in.has("tick")) {
        pricing::Ticks ticks;
        ticks.side = TRY(in.one_of<pricing::Side>("side", sides));
        ticks.trigger = TRY(in.decimal("trigger"));
        ticks.tick = TRY(in.decimal("tick"));
        if (in.has("cap")) ticks.cap = TRY(in.decimal("cap"));
        out.shape = ticks;
    } else {
        out.shape = pricing::Slope{TRY(in.decimal("trigger")), TRY(in.decimal("exit"))};
    }
    pricing::Payout probe = out;  // the sum insured is the policy's
    probe.sum_insured = 1'000'000;
    TRY(in.held(check(probe), "steps"));
    return out;
}

Result<WeatherCover> read_weather(const Node& in) {
    constexpr std::array<std::string_view, 10> ways{"sum",
                                                    "minimum",
                                                    "maximum",
                                                    "mean",
                                                    "degree_days_above",
                                                    "degree_days_below",
                                                    "days_above",
                                                    "days_at_or_above",
                                                    "days_below",
                                                    "days_at_or_below"};
    WeatherCover out;
    out.stations = TRY(in.texts("stations"));
    out.variable = TRY(in.text("variable"));
    out.rule.aggregation = TRY(in.one_of<pricing::Aggregation>("aggregation", ways));
    if (in.has("base")) out.rule.base = TRY(in.decimal("base"));
    out.rule.at_least_days = static_cast<int>(TRY(in.whole_or("at_least_days", 0)));
    out.payout = TRY(read_payout(in));
    if (in.has("most_missing")) out.most_missing = TRY(in.decimal("most_missing"));
    return out;
}

/// How often a market quotes: weekly where the contract does not say.
Result<pricing::Every> read_every(const Node& in) {
    constexpr std::array<std::string_view, 2> all{"week", "month"};
    return in.has("every") ? in.one_of<pricing::Every>("every", all) : Result<pricing::Every>(pricing::Every::week);
}

Result<PriceSource> read_source(const Node& in) {
    return PriceSource{TRY(in.text("source")), TRY(in.text("series")), TRY(read_every(in))};
}

/// Above zero and below a million: what the exact arithmetic of the covers by price holds.
Result<Decimal> read_price(const Node& in, std::string_view key) {
    const auto value = TRY(in.decimal(key));
    if (value <= 0 || value >= 1'000'000 || value.rounded(4, Rounding::down) != value)
        return in.refuse("insurance.pack_value", key, "0 < ... < 1000000");
    return value;
}

/// No rate insures more of the expected income than the contract allows.
Result<IncomeTerms> read_income(const Node& in, const std::vector<Rate>& rates) {
    IncomeTerms out{TRY(read_price(in, "expected")), TRY(in.decimal("most_insured")), TRY(in.text("yield_series")),
                    TRY(read_source(in))};
    if (out.most_insured <= 0 || out.most_insured > 1)
        return in.refuse("insurance.pack_value", "most_insured", "0 < ... <= 1");
    const auto most = out.expected * out.most_insured;
    for (const auto& rate : rates)
        if (rate.tariff.amount > most || (rate.tariff.scale && rate.tariff.scale->amount > most))
            return in.refuse("insurance.pack_value", "expected",
                             fmt::format("amount_fen <= {}", most.to_money(Rounding::down).fen()));
    return out;
}

Result<QualityTerms> read_quality(const Node& in) {
    QualityTerms out;
    const auto source = TRY(in.text("source"));
    const auto every = TRY(read_every(in));
    for (const auto& row : TRY(in.tables("grades"))) {
        const PriceSource price{source, TRY(row.text("series")), every};
        if (std::ranges::find(out.grades, price.series, [](const auto& one) { return one.price.series; }) !=
            out.grades.end())
            return row.refuse("insurance.pack_value", "series", "one for each grade");
        out.grades.push_back({TRY(row.text("name")), TRY(row.words()), TRY(read_price(row, "agreed")), price});
    }
    return out;
}

Result<PreventionCause> read_cause(const Node& row, const PreventionScheme& scheme) {
    constexpr std::array<std::string_view, 2> modes{"excess", "whole"};
    PreventionCause out{TRY(row.text("name")), TRY(row.words()), {}, {}, {}};
    if (row.has("groups")) out.groups = TRY(row.texts("groups"));
    for (const auto& group : out.groups)
        if (!scheme.group(group)) return row.refuse("insurance.pack_value", "groups", "[[prevention.groups]]");
    if (row.has("risks")) out.risks = TRY(row.texts("risks"));
    out.terms.warning_line = TRY(row.fen("warning_line_fen"));
    out.terms.deductible = TRY(row.fen("deductible_fen"));
    out.terms.mode = TRY(row.one_of<TierMode>("mode", modes));
    for (const auto& tier : TRY(row.tables("tiers")))
        out.terms.tiers.push_back({TRY(tier.fen("from_fen")), TRY(tier.decimal("rate"))});
    if (row.has("annual_cap_fen")) out.terms.annual_cap = TRY(row.fen("annual_cap_fen"));
    const auto checked = compensation(out.terms, {});
    TRY(row.held(checked ? Result<void>() : Result<void>(checked.error()), "tiers"));
    return out;
}

Result<PreventionScheme> read_prevention(const Node& in) {
    PreventionScheme out;
    out.income_multiple = TRY(in.decimal("income_multiple"));
    out.hotline = TRY(in.text("hotline"));
    for (const auto& row : TRY(in.tables("groups")))
        out.groups.push_back({TRY(row.text("name")), TRY(row.words()), TRY(row.texts("kinds"))});
    for (const auto& row : TRY(in.tables("exclusions")))
        out.exclusions.push_back({TRY(row.text("name")), TRY(row.words())});
    for (const auto& row : TRY(in.tables("causes"))) out.causes.push_back(TRY(read_cause(row, out)));
    return out;
}

Result<void> read_cover(const Node& root, Product& out) {
    constexpr std::array<std::string_view, 2> averages{"plain", "enhanced"};
    std::string_view part;
    switch (out.peril) {
        case Peril::cost:
        case Peril::full_cost:
            out.cover = TRY(read_crop(TRY(root.table(part = "crop"))));
            break;
        case Peril::livestock:
            out.cover = TRY(read_livestock(TRY(root.table(part = "livestock"))));
            break;
        case Peril::weather_index:
            out.cover = TRY(read_weather(TRY(root.table(part = "weather"))));
            break;
        case Peril::target_price: {
            const auto in = TRY(root.table(part = "price"));
            out.cover = PriceTerms{TRY(in.decimal("target")), TRY(in.decimal("coverage")), TRY(read_source(in))};
            break;
        }
        case Peril::price: {
            const auto in = TRY(root.table(part = "price"));
            out.cover =
                CostPriceTerms{TRY(read_price(in, "target")), TRY(read_price(in, "full_cost")), TRY(read_source(in))};
            break;
        }
        case Peril::income:
            out.cover = TRY(read_income(TRY(root.table(part = "income")), out.rates));
            break;
        case Peril::quality:
            out.cover = TRY(read_quality(TRY(root.table(part = "quality"))));
            break;
        case Peril::insurance_futures: {
            const auto in = TRY(root.table(part = "futures"));
            out.cover = FuturesTerms{TRY(in.decimal("strike")), TRY(in.text("contract")),
                                     TRY(in.one_of<pricing::Averaging>("averaging", averages))};
            break;
        }
        case Peril::poverty_prevention:
            out.cover = TRY(read_prevention(TRY(root.table(part = "prevention"))));
            break;
    }
    const auto in = TRY(root.table(part));
    out.cover_authority = TRY(in.text("authority"));
    out.waiting_days = static_cast<int>(TRY(in.whole_or("waiting_days", 0)));
    if (!out.from_series()) return {};
    constexpr std::array<std::string_view, 3> parts{"whole", "pro_rata", "none"};
    out.part_cover = TRY(in.one_of<PartCover>("part_cover", parts));
    out.window = in.has("window") ? TRY(in.season("window")) : out.cover_days;
    return {};
}

Result<Product> read_product(const packs::File& file) {
    const std::string path = "insurance/" + file.name;
    const toml::table parsed = TRY(toml_table(file.bytes, path));
    const Node root(path, parsed);
    constexpr std::array<std::string_view, 4> classes{"central", "local", "reward", "commercial"};
    constexpr std::array<std::string_view, 10> perils{
        "cost",   "full_cost", "livestock",     "target_price",      "price",
        "income", "quality",   "weather_index", "insurance_futures", "poverty_prevention"};
    constexpr std::array<std::string_view, 5> units{"mu", "head", "tonne", "building", "person"};
    Product out;
    out.name = file.name.substr(0, file.name.rfind('.'));
    out.title = TRY(root.title("title"));
    out.kind = TRY(root.one_of<Class>("class", classes));
    out.peril = TRY(root.one_of<Peril>("peril", perils));
    out.subject = TRY(root.title("subject"));
    out.unit = TRY(root.one_of<Unit>("unit", units));
    out.document = TRY(root.text("document"));
    out.filing_no = root.maybe_text("filing_no");
    out.valid_from = TRY(root.date("valid_from"));
    if (root.has("valid_to")) out.valid_to = TRY(root.date("valid_to"));
    for (const auto& code : TRY(root.texts("areas"))) {
        auto area = AreaCode::parse(code);
        if (!area) return root.missing("areas", "[\"513431\"]");
        out.areas.push_back(*area);
    }
    out.sales = TRY(root.season("sales"));
    out.cover_days = TRY(root.season("cover"));
    for (const auto& row : TRY(root.tables("rates"))) out.rates.push_back(TRY(read_rate(row)));
    TRY(read_cover(root, out));
    if (const auto fault = fault_of(out)) {
        const Node at = fault->part.empty() ? root : TRY(root.table(fault->part));
        TRY(at.held(fault->what, fault->key));
    }
    out.version = crypto::digest_hex(
        std::span(reinterpret_cast<const std::uint8_t*>(file.bytes.data()), file.bytes.size()));
    out.text = file.bytes;
    return out;
}

/// Products that are settled from one series agree on how often it is quoted.
Result<void> check_sources(const std::vector<Product>& products) {
    std::map<std::string, std::pair<const Product*, pricing::Every>> seen;
    for (const auto& product : products)
        for (const auto* source : price_sources(product)) {
            const auto [before, fresh] = seen.try_emplace(source->series, &product, source->every);
            if (!fresh && before->second.second != source->every)
                return invalid("insurance.series_quoted_otherwise")
                    .with("file", "insurance/" + product.name + ".toml")
                    .with("series", source->series)
                    .with("other", "insurance/" + before->second.first->name + ".toml");
        }
    return {};
}

Result<std::vector<packs::File>> files_in(const fs::path& folder) {
    std::vector<packs::File> out;
    std::error_code failed;
    for (const auto& entry : fs::directory_iterator(folder, failed)) {
        if (entry.path().extension() != ".toml") continue;
        std::ifstream stream(entry.path(), std::ios::binary);
        packs::File file{entry.path().filename().string(), {std::istreambuf_iterator<char>(stream), {}}};
        if (!stream) return unavailable("packs.unreadable").with("file", file.name);
        out.push_back(std::move(file));
    }
    if (failed)
        return unavailable("packs.unreadable", failed.message()).with("file", folder.filename().string());
    return out;
}

bool is_product(const packs::File& file) { return file.name != "pack.toml" && file.name != "parameters.toml"; }

}  // namespace

std::vector<Error> check_products(const fs::path& folder) {
    const auto files = files_in(folder);
    if (!files) return {files.error()};
    std::vector<Error> out;
    std::vector<Product> products;
    for (const auto& file : *files) {
        if (!is_product(file)) continue;
        if (auto product = read_product(file))
            products.push_back(std::move(product).value());
        else
            out.push_back(std::move(product).error());
    }
    std::ranges::sort(products, {}, &Product::name);
    if (auto agreed = check_sources(products); !agreed) out.push_back(std::move(agreed).error());
    return out;
}

Result<Product> read_terms(std::string_view name, std::string text) {
    return read_product({std::string(name) + ".toml", std::move(text)});
}

Result<Book> read_book(std::vector<packs::File> files) {
    Book out;
    for (const auto& file : files) {
        if (!is_product(file)) continue;
        out.products.push_back(TRY(read_product(file)));
    }
    std::ranges::sort(out.products, {}, &Product::name);
    TRY(check_sources(out.products));
    out.pack = TRY(packs::read("insurance", std::move(files)));
    for (auto& product : out.products) product.hash = out.pack.hash;
    return out;
}

Result<Book> load_book(const fs::path& folder) {
    std::error_code ignored;
    if (!folder.empty() && fs::exists(folder / "insurance" / "pack.toml", ignored))
        return read_book(TRY(files_in(folder / "insurance")));
    constexpr std::string_view prefix = "insurance/";
    std::vector<packs::File> files;
    for (const auto& file : embedded::insurance_files())
        files.push_back({std::string(file.name.substr(prefix.size())), std::string(file.bytes)});
    return read_book(std::move(files));
}

}  // namespace ballast::insurance
