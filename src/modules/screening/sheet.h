/// One department's rows as the facts are made of them. Inside the module only.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "base/date.h"
#include "base/money.h"
#include "feeds/feeds.h"

namespace ballast::screening {

using Rows = std::vector<feeds::RowId>;

/// An amount and the rows that it is the sum of.
struct Sum {
    Money amount;
    Rows rows;
    void add(Money more, feeds::RowId row) {
        amount += more;
        rows.push_back(row);
    }
};

/// One department's rows about the household, the older period first, read by the names of the contract's
/// columns.
class Sheet {
public:
    Sheet(std::string_view feed, const std::vector<feeds::Fact>& rows, Date as_of) {
        for (const auto& row : rows)
            if (row.feed == feed && row.period <= as_of.iso().substr(0, 7)) rows_.push_back(&row);
        if (!rows_.empty()) contract_ = *feeds::contract(feed);
        std::stable_sort(rows_.begin(), rows_.end(), [](const auto* a, const auto* b) {
            return std::tie(a->period, a->row) < std::tie(b->period, b->row);
        });
    }
    const std::vector<const feeds::Fact*>& rows() const { return rows_; }
    const std::string& text(const feeds::Fact& row, std::string_view field) const {
        return row.values[*contract_->column(field)];
    }
    /// A month is its first day.
    std::optional<Date> date(const feeds::Fact& row, std::string_view field) const {
        const auto& held = text(row, field);
        if (held.empty()) return std::nullopt;
        return *Date::parse(held.size() == 7 ? held + "-01" : held);
    }
    /// As it was checked on receipt: digits, perhaps with a point.
    std::optional<std::int64_t> whole(const feeds::Fact& row, std::string_view field) const {
        const auto& held = text(row, field);
        if (held.empty()) return std::nullopt;
        return std::stoll(held);
    }
    std::optional<Money> money(const feeds::Fact& row, std::string_view field) const {
        const auto& held = text(row, field);
        if (held.empty()) return std::nullopt;
        return Money::fen(std::stoll(held));
    }
    static Date month_of(const feeds::Fact& row) { return *Date::parse(row.period + "-01"); }

private:
    const feeds::Contract* contract_ = nullptr;  // with a row only
    std::vector<const feeds::Fact*> rows_;
};

}  // namespace ballast::screening
