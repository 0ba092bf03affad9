// From packs/loans/<scheme>.toml to a Scheme; every refusal names its file, line and key.
#include <algorithm>
#include <fstream>

#include "base/toml.h"
#include "embedded/loan_files.h"
#include "finance/loan_book.h"

namespace ballast::finance {
namespace {

namespace fs = std::filesystem;

/// A table of a file, read by key.
class Node {
public:
    Node(const std::string& file, const toml::table& table) : file_(file), table_(table) {}

    Error missing(std::string_view key, std::string expected) const {
        const auto* found = table_.get(key);
        const auto& at = found ? *found : static_cast<const toml::node&>(table_);
        return invalid("packs.missing")
            .with("file", file_)
            .with("line", std::to_string(at.source().begin.line))
            .with("key", std::string(key))
            .with("expected", std::move(expected));
    }
    bool has(std::string_view key) const { return table_.contains(key); }
    Result<std::string> text(std::string_view key) const {
        const auto value = table_[key].value<std::string>();
        if (!value || value->empty()) return missing(key, "\"...\"");
        return *value;
    }
    Result<bool> truth(std::string_view key) const {
        const auto value = table_[key].value_exact<bool>();
        if (!value) return missing(key, "true | false");
        return *value;
    }
    Result<Decimal> decimal(std::string_view key) const {
        const auto value = Decimal::parse(TRY(text(key)));
        if (!value) return missing(key, "\"0.015\"");
        return *value;
    }
    Result<std::int64_t> whole(std::string_view key) const {
        const auto value = table_[key].value_exact<std::int64_t>();
        if (!value || *value < 0) return missing(key, "0, 1, 2 ...");
        return *value;
    }
    Result<int> small(std::string_view key) const {
        const auto value = TRY(whole(key));
        if (value > 1'000) return missing(key, "0, 1, 2 ... 1000");
        return static_cast<int>(value);
    }
    Result<std::optional<int>> maybe_small(std::string_view key) const {
        if (!has(key)) return std::optional<int>();
        return std::optional<int>(TRY(small(key)));
    }
    Result<Date> date(std::string_view key) const {
        const auto value = table_[key].value<toml::date>();
        const auto day = value ? Date::from(value->year, value->month, value->day) : std::nullopt;
        if (!day) return missing(key, "2026-01-01");
        return *day;
    }
    Result<Node> table(std::string_view key) const {
        const auto* found = table_[key].as_table();
        if (!found) return missing(key, "{ ... }");
        return Node(file_, *found);
    }
    Result<std::vector<Node>> tables(std::string_view key) const {
        std::vector<Node> out;
        if (const auto* all = table_[key].as_array())
            for (const auto& one : *all)
                if (const auto* row = one.as_table()) out.emplace_back(file_, *row);
        if (out.empty()) return missing(key, "[[" + std::string(key) + "]]");
        return out;
    }
    std::vector<std::string> texts(std::string_view key) const {
        std::vector<std::string> out;
        if (const auto* all = table_[key].as_array())
            for (const auto& one : *all) out.push_back(one.value_or(std::string()));
        return out;
    }

private:
    std::string file_;
    const toml::table& table_;
};

Result<SchemeTerms> read_terms(const Node& in) {
    SchemeTerms out;
    out.from = TRY(in.date("from"));
    if (in.has("area")) {
        const auto area = AreaCode::parse(TRY(in.text("area")));
        if (!area) return in.missing("area", "\"513431\"");
        out.area = *area;
    }
    out.most = Money::fen(TRY(in.whole("most_fen")));
    out.most_months = TRY(in.small("most_months"));
    out.most_times = TRY(in.maybe_small("most_times"));
    out.above_prime = TRY(in.decimal("above_prime"));
    if (in.has("borrower_above_prime"))
        out.borrower_above_prime = TRY(in.decimal("borrower_above_prime"));
    else
        out.fiscal_share = TRY(in.decimal("fiscal_share"));
    if (out.fiscal_share < 0 || out.fiscal_share > 1) return in.missing("fiscal_share", "\"0\" ... \"1\"");
    out.subsidised_months = TRY(in.small("subsidised_months"));
    const auto shares = TRY(in.table("shares"));
    out.shares = {TRY(shares.decimal("insurer")), TRY(shares.decimal("fund")), TRY(shares.decimal("bank"))};
    if (!share_loss(Money::yuan(1), out.shares, {Money::yuan(1), Money::yuan(1)}))
        return in.missing("shares", "insurer + fund + bank = 1");
    out.pool_multiple = TRY(in.maybe_small("pool_multiple"));
    out.authority = TRY(in.text("authority"));
    return out;
}

Result<Scheme> read_scheme(const packs::File& file) {
    const std::string path = "loans/" + file.name;
    const toml::table parsed = TRY(toml_table(file.bytes, path));
    const Node root(path, parsed);
    Scheme out;
    out.name = file.name.substr(0, file.name.rfind('.'));
    const auto title = TRY(root.table("title"));
    out.title = {TRY(title.text("zh")), TRY(title.text("en"))};
    out.document = TRY(root.text("document"));
    out.households = root.texts("households");
    out.own_production_only = TRY(root.truth("own_production_only"));
    out.one_for_a_household = TRY(root.truth("one_for_a_household"));
    for (const auto& name : root.texts("repayments")) {
        const auto repayment = repayment_named(name);
        if (!repayment) return root.missing("repayments", "[\"at_maturity\"]");
        out.repayments.push_back(*repayment);
    }
    if (out.repayments.empty()) return root.missing("repayments", "[\"at_maturity\"]");
    for (const auto& row : TRY(root.tables("terms"))) out.terms.push_back(TRY(read_terms(row)));
    return out;
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

}  // namespace

Result<LoanBook> read_loan_book(std::vector<packs::File> files) {
    LoanBook out;
    for (const auto& file : files) {
        if (file.name == "pack.toml" || file.name == "parameters.toml") continue;
        out.schemes.push_back(TRY(read_scheme(file)));
    }
    std::ranges::sort(out.schemes, {}, &Scheme::name);
    out.pack = TRY(packs::read("loans", std::move(files)));
    return out;
}

Result<LoanBook> load_loan_book(const fs::path& folder) {
    std::error_code ignored;
    if (!folder.empty() && fs::exists(folder / "loans" / "pack.toml", ignored))
        return read_loan_book(TRY(files_in(folder / "loans")));
    constexpr std::string_view prefix = "loans/";
    std::vector<packs::File> files;
    for (const auto& file : embedded::loan_files())
        files.push_back({std::string(file.name.substr(prefix.size())), std::string(file.bytes)});
    return read_loan_book(std::move(files));
}

}  // namespace ballast::finance
