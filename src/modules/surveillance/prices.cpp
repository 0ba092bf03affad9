#include "surveillance/prices.h"

#include <fmt/format.h>

#include <map>
#include <set>

#include "audit/audit.h"
#include "base/text.h"
#include "table/header_row.h"
#include "table/table.h"

namespace ballast::surveillance {
namespace {

enum Column : std::size_t { area_column, product_column, month_column, price_column, unit_column };
const std::vector<table::KnownColumn> columns{{"区划代码", {"Area code"}, true},
                                              {"产品", {"主导产品", "Product"}, true},
                                              {"月份", {"Month"}, true},
                                              {"均价", {"价格", "Price"}, true},
                                              {"计价单位", {"单位", "Unit"}, true}};

Result<Price> checked(db::Tx& tx, const Desk& desk, Price price) {
    if (!desk.division.exists(price.area) || !desk.actor.scope(may_enter_prices).contains(price.area))
        return not_found("areas.unknown").with("code", price.area.digits());
    if (price.area.level() != AreaLevel::county)
        return invalid("surveillance.not_a_county").with("area", std::string(desk.division.find(price.area)->name));
    price.product = TRY(text_of(price.product, "product", 1, 20));
    price.unit = TRY(text_of(price.unit, "unit", 1, 10));
    price.month = price.month.first_of_month();
    if (desk.today.first_of_month() < price.month)
        return invalid("surveillance.month_ahead").with("month", price.month.iso().substr(0, 7));
    if (price.price <= Money{}) return invalid("surveillance.price_positive");
    const auto unit = TRY(tx.first("SELECT unit FROM surveillance_price WHERE area_code = ? AND product = ? AND month <> ? LIMIT 1",
                                   {price.area, price.product, price.month},
                                   [](const db::Row& row) { return std::string(row.text(0)); }));
    if (unit && *unit != price.unit)
        return invalid("surveillance.other_unit").with("product", price.product).with("unit", *unit);
    return price;
}

Result<void> put(db::Tx& tx, const Desk& desk, const Price& price) {
    const auto before = TRY(tx.first("SELECT fen FROM surveillance_price WHERE area_code = ? AND product = ? AND month = ?",
                                     {price.area, price.product, price.month}, [](const db::Row& row) { return row.money(0); }));
    TRY(tx.exec("INSERT INTO surveillance_price (area_code, product, month, fen, unit, version, at, account, name) VALUES (?, ?, ?, ?, ?, "
                "1, ?, ?, ?) ON CONFLICT (area_code, product, month) DO UPDATE SET fen = excluded.fen, unit = excluded.unit, version = "
                "surveillance_price.version + 1, at = excluded.at, account = excluded.account, name = excluded.name",
                price.area, price.product, price.month, price.price, price.unit, desk.now.ms, desk.actor.account, desk.actor.name));
    return audit::record(tx, desk.vault, desk.actor,
                         {"surveillance.price", "area:" + price.area.short_digits(), price.area, "",
                          fmt::format(R"({{"month":"{}","before":{},"after":{}}})", price.month.iso().substr(0, 7),
                                      before ? std::to_string(before->fen()) : "null", price.price.fen())},
                         desk.now);
}

class Sheet {
public:
    Sheet(db::Tx& tx, const Desk& desk) : tx_(tx), desk_(desk) {}

    Result<Imported> read(table::Reader& reader) {
        const auto header = TRY(table::find_header(reader, 0, columns));
        TRY(reader.read(0, [&](const table::Row& row) -> Result<void> {
            if (row.number > header.row && !table::is_total_row(row.cells)) take(header, row);
            return {};
        }));
        if (!out_.refused.empty()) return std::move(out_);
        for (const auto& one : prices_) TRY(put(tx_, desk_, one));
        out_.taken = std::ssize(prices_);
        return std::move(out_);
    }

private:
    void take(const table::Header& header, const table::Row& row) {
        const auto said = [&](Column column) { return std::string(text::trimmed(header.cell(row, column).text)); };
        bool empty = true;
        for (const auto column : {area_column, product_column, month_column, price_column}) empty &= said(column).empty();
        if (empty) return;
        const auto refuse = [&](Column column, Error what) {
            out_.refused.push_back({row.number, columns[column].title, std::move(what)});
        };
        Price price;
        auto area = AreaCode::parse(said(area_column));
        auto month = month_of(said(month_column));
        auto amount = Money::parse(said(price_column));
        if (!area) refuse(area_column, std::move(area).error());
        if (!month) refuse(month_column, std::move(month).error());
        if (!amount) refuse(price_column, std::move(amount).error());
        if (!area || !month || !amount) return;
        auto fine = checked(tx_, desk_, {*area, said(product_column), *month, *amount, said(unit_column), 0});
        if (!fine) {
            const auto column = column_of(fine.error().id);
            return refuse(column, std::move(fine).error());
        }
        if (!seen_.emplace(fine->area, fine->product, fine->month).second)
            return refuse(month_column, invalid("surveillance.price_twice").with("product", fine->product).with("month", fine->month.iso().substr(0, 7)));
        const auto unit = units_.emplace(std::pair(fine->area, fine->product), fine->unit).first;
        if (unit->second != fine->unit)
            return refuse(unit_column, invalid("surveillance.other_unit").with("product", fine->product).with("unit", unit->second));
        prices_.push_back(std::move(*fine));
    }
    static Column column_of(std::string_view error) {
        if (error == "surveillance.text.product") return product_column;
        if (error == "surveillance.text.unit" || error == "surveillance.other_unit") return unit_column;
        if (error == "surveillance.month_ahead") return month_column;
        return error == "surveillance.price_positive" ? price_column : area_column;
    }

    db::Tx& tx_;
    const Desk& desk_;
    std::vector<Price> prices_;
    std::set<std::tuple<AreaCode, std::string, Date>> seen_;
    std::map<std::pair<AreaCode, std::string>, std::string> units_;
    Imported out_;
};

}  // namespace

Result<std::vector<PriceLine>> prices(db::Tx& tx, const Desk& desk, AreaCode area, int compared) {
    TRY(auth::require(desk.actor, may_read_prices));
    const auto scope = desk.actor.scope(may_read_prices).intersect(auth::Scope({area}));
    std::vector<PriceLine> out;
    std::map<std::tuple<AreaCode, std::string, Date>, Money> known;
    TRY(tx.each_row("SELECT area_code, product, month, fen, unit, version FROM surveillance_price WHERE " + scope.sql("area_code") +
                        " ORDER BY area_code, product, month DESC",
                    {}, [&](const db::Row& row) -> Result<void> {
                        out.push_back({{row.area(0), std::string(row.text(1)), row.date(2), row.money(3), std::string(row.text(4)),
                                        row.integer(5)},
                                       {}});
                        known[{row.area(0), out.back().of.product, row.date(2)}] = row.money(3);
                        return {};
                    }));
    for (auto& line : out)
        if (const auto found = known.find({line.of.area, line.of.product, line.of.month.plus_months(-compared)}); found != known.end())
            line.before = found->second;
    return out;
}

Result<void> enter_price(db::Tx& tx, const Desk& desk, const Price& price) {
    TRY(auth::require(desk.actor, may_enter_prices));
    return put(tx, desk, TRY(checked(tx, desk, price)));
}

Result<Imported> import_prices(db::Tx& tx, const Desk& desk, const std::string& path, const std::string& name) {
    TRY(auth::require(desk.actor, may_enter_prices));
    const auto reader = TRY(table::Reader::open(path, name));
    return Sheet(tx, desk).read(*reader);
}

Result<Date> month_of(std::string_view text) {
    std::string digits;
    for (const char c : text)
        if ('0' <= c && c <= '9') digits += c;
    const auto bad = [&] { return invalid("surveillance.bad_month").with("month", std::string(text)); };
    if (digits.size() == 5) digits.insert(4, "0");  // 2025年3月
    if (digits.size() != 6 && digits.size() != 8) return bad();
    const auto day = Date::parse(digits.substr(0, 4) + "-" + digits.substr(4, 2) + "-01");
    if (!day) return bad();
    return *day;
}

}  // namespace ballast::surveillance
