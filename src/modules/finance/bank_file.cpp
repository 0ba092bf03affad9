#include "finance/bank_file.h"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>
#include <utility>

#include "base/text.h"
#include "table/header_row.h"

namespace ballast::finance {
namespace {

enum Column : std::size_t { day, in, out, reference };

const std::array<table::KnownColumn, 4>& columns() {
    static const std::array<table::KnownColumn, 4> all{{
        {.title = "交易日期", .synonyms = {"日期", "记账日期", "date"}, .required = true},
        {.title = "收入金额", .synonyms = {"收入", "贷方发生额", "in"}, .required = true},
        {.title = "支出金额", .synonyms = {"支出", "借方发生额", "out"}, .required = true},
        {.title = "流水号", .synonyms = {"凭证号", "reference"}},
    }};
    return all;
}

Error bad_row(std::int64_t row, Column column) {
    return invalid("finance.bank_row")
        .with("row", std::to_string(row))
        .with("column", columns()[column].title);
}

Result<AccountLine> line_of(const table::Header& header, const table::Row& row) {
    const auto cell = [&](Column column) {
        return std::string(text::trimmed(header.cell(row, column).text));
    };
    const auto on = Date::parse_loose(cell(Column::day), Date::Serials::accept);
    if (!on) return bad_row(row.number, Column::day);
    Money amounts[2];
    for (const auto column : {Column::in, Column::out}) {
        if (cell(column).empty()) continue;
        const auto amount = Money::parse(cell(column));
        if (!amount || *amount < Money()) return bad_row(row.number, column);
        amounts[column - Column::in] = *amount;
    }
    if ((amounts[0] == Money()) == (amounts[1] == Money())) return bad_row(row.number, Column::in);
    return AccountLine{*on, amounts[0] - amounts[1], cell(Column::reference)};
}

}  // namespace

Result<BankList> read_bank_file(const std::string& path, const std::string& name) {
    auto reader = TRY(table::Reader::open(path, name));
    const auto header = TRY(table::find_header(*reader, 0, columns()));
    BankList list;
    // Two equal movements of a day are told apart by their reference; without one both may well be real.
    std::map<std::tuple<Date, Money, std::string>, std::int64_t> rows;
    TRY(reader->read(0, [&](const table::Row& row) -> Result<void> {
        const bool empty = std::ranges::all_of(
            row.cells, [](const auto& cell) { return cell.kind == table::Cell::Kind::empty; });
        if (row.number <= header.row || empty || table::is_total_row(row.cells)) return {};
        auto line = TRY(line_of(header, row));
        if (!line.reference.empty()) {
            const auto [first, is_new] =
                rows.try_emplace({line.day, line.amount, line.reference}, row.number);
            if (!is_new)
                return invalid("finance.bank_row_twice")
                    .with("row", std::to_string(row.number))
                    .with("first", std::to_string(first->second));
        }
        list.lines.push_back(std::move(line));
        return {};
    }));
    if (list.lines.empty()) return invalid("finance.bank_list_empty");
    const auto [first, last] = std::ranges::minmax_element(list.lines, {}, &AccountLine::day);
    list.first = first->day;
    list.last = last->day;
    return list;
}

}  // namespace ballast::finance
