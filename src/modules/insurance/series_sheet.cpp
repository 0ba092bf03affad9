#include "insurance/series_sheet.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "base/working_calendar.h"
#include "pricing/futures_cover.h"
#include "table/header_row.h"

namespace ballast::insurance {
namespace {

constexpr std::array<std::string_view, 4> kinds{"weather", "market", "exchange", "report"};

struct Variable {
    std::string_view name;
    Decimal least, most;
};
const std::array<Variable, 8>& all_variables() {
    static const auto temperature = [](std::string_view name) {
        return Variable{name, Decimal::from_parts(-892, 1), Decimal::from_parts(567, 1)};
    };
    static const std::array<Variable, 8> all{
        {{"rain", 0, 1825},
         {"snowfall", 0, 1930},
         temperature("temperature"),
         temperature("temperature_min"),
         temperature("temperature_max"),
         {"price", Decimal::from_parts(1, 4), Decimal::from_parts(99'999'999'999, 4)},
         {"yield", 0, 100'000},
         {"grade_share", 0, 100}}};
    return all;
}

enum Column : std::size_t { day, value };
const std::array<table::KnownColumn, 2>& columns() {
    static const std::array<table::KnownColumn, 2> all{{
        {.title = "日期", .synonyms = {"交易日", "观测日期", "报价日期", "date", "day"}, .required = true},
        {.title = "数值",
         .synonyms = {"降雪量", "降雪量(毫米)", "降水量", "降水量(毫米)", "气温", "最低气温", "最高气温",
                      "价格", "结算价", "单产", "占比", "value", "price", "settlement", "yield", "share"},
         .required = true},
    }};
    return all;
}

constexpr std::int64_t most_rows = 40'000;  // a hundred years of days

/// The rows of a file becoming days with values.
class SheetReader {
public:
    SheetReader(const table::Header& header, SeriesKind kind, const Variable& variable,
                const DayValues& on_file, bool corrects, Date today,
                pricing::Every every, ReadSeries& out)
        : header_(header),
          kind_(kind),
          every_(every),
          variable_(variable),
          on_file_(on_file),
          corrects_(corrects),
          today_(today),
          out_(out) {}

    void take(const table::Row& row) {
        row_ = row.number;
        const auto on = day_in(header_.cell(row, Column::day));
        const auto amount = value_in(header_.cell(row, Column::value));
        if (!on) return;
        if (const auto [before, fresh] = rows_.emplace(*on, row_); !fresh)
            return note(invalid("insurance.day_twice")
                            .with("date", on->iso())
                            .with("row", std::to_string(before->second)));
        if (!amount) return;
        if (kind_ == SeriesKind::exchange && pricing::trading_days({*on, *on}, china_calendar()).empty())
            return note(invalid("insurance.no_trading").with("date", on->iso()));
        if (const auto known = on_file_.find(*on);
            known != on_file_.end() && known->second != *amount && !corrects_)
            return note(invalid("insurance.day_on_file")
                            .with("date", on->iso())
                            .with("value", known->second.plain()));
        out_.values.emplace(*on, *amount);
    }

    /// What lies between days that are known, on file or in the file.
    void look_for_gaps() {
        if (out_.values.empty()) return;
        std::vector<Date> known;
        for (const auto& [on, unused] : on_file_) known.push_back(on);
        for (const auto& [on, unused] : out_.values) known.push_back(on);
        // A row with a fault of its own is no gap as well.
        for (const auto& [on, unused] : rows_)
            if (kind_ != SeriesKind::weather) known.push_back(on);
        std::ranges::sort(known);
        for (std::size_t i = 1; i < known.size(); ++i)
            if (rows_.contains(known[i]) || rows_.contains(known[i - 1])) gap(known[i - 1], known[i]);
    }

private:
    void note(Error what, bool error = true) { out_.findings.push_back({row_, error, std::move(what)}); }
    void missing(Column column) {
        note(invalid("insurance.row_missing").with("column", columns()[column].title));
    }

    std::optional<Date> day_in(const table::Cell& cell) {
        if (text::trimmed(cell.text).empty()) return missing(Column::day), std::nullopt;
        const auto on = Date::parse_loose(text::trimmed(cell.text), Date::Serials::accept);
        if (!on) {
            note(invalid("insurance.row_value").with("column", columns()[Column::day].title));
            return std::nullopt;
        }
        if (*on > today_) {
            note(invalid("insurance.day_in_future").with("date", on->iso()));
            return std::nullopt;
        }
        return *on;
    }

    /// Nothing for a day of weather that was not measured.
    std::optional<Decimal> value_in(const table::Cell& cell) {
        const auto given = text::trimmed(cell.text);
        const bool unmeasured = given.empty() || given == "缺测" || given == "-";
        if (unmeasured) {
            if (kind_ != SeriesKind::weather) missing(Column::value);
            return std::nullopt;
        }
        const auto amount = Decimal::parse(given);
        if (!amount || amount->rounded(4, Rounding::down) != *amount) {
            note(invalid("insurance.row_value").with("column", columns()[Column::value].title));
            return std::nullopt;
        }
        if (*amount < variable_.least || *amount > variable_.most) {
            note(invalid("insurance.value_impossible")
                     .with("value", amount->plain())
                     .with("least", variable_.least.plain())
                     .with("most", variable_.most.plain()));
            return std::nullopt;
        }
        return *amount;
    }

    void gap(Date before, Date after) {
        row_ = rows_.contains(after) ? rows_.at(after) : rows_.at(before);
        const auto between = [&](std::string id, Date first, Date last, bool error) {
            note(invalid(std::move(id)).with("first", first.iso()).with("last", last.iso()), error);
        };
        if (kind_ == SeriesKind::report) return;
        if (kind_ == SeriesKind::weather) {
            if (after - before < 2) return;
            out_.missing += after - before - 1;
            between("insurance.days_missing", before.plus_days(1), after.plus_days(-1), false);
        } else if (kind_ == SeriesKind::market && every_ == pricing::Every::month) {
            const Date month_after = before.last_of_month().plus_days(1);
            if (before != after && before.first_of_month() == after.first_of_month())
                note(invalid("insurance.month_twice").with("date", (rows_.contains(after) ? before : after).iso()));
            else if (month_after < after.first_of_month())
                between("insurance.month_missing", month_after, after.first_of_month().plus_days(-1), true);
        } else if (kind_ == SeriesKind::market) {
            const Date week_after = before.plus_days(8 - before.weekday());
            const Date week_of_next = after.plus_days(1 - after.weekday());
            if (week_after < week_of_next)
                between("insurance.week_missing", week_after, week_of_next.plus_days(-1), true);
        } else if (const auto days = pricing::trading_days({before.plus_days(1), after.plus_days(-1)},
                                                           china_calendar());
                   !days.empty()) {
            between("insurance.trading_day_missing", days.front(), days.back(), true);
        }
    }

    const table::Header& header_;
    SeriesKind kind_;
    pricing::Every every_;
    const Variable& variable_;
    const DayValues& on_file_;
    bool corrects_;
    Date today_;
    ReadSeries& out_;
    std::int64_t row_ = 0;
    std::map<Date, std::int64_t> rows_;
};

}  // namespace

std::string_view name_of(SeriesKind kind) { return kinds.at(static_cast<std::size_t>(kind)); }

Result<SeriesKind> series_kind_named(std::string_view name) {
    const auto at = std::ranges::find(kinds, name);
    if (at == kinds.end()) return invalid("insurance.no_such_series_kind").with("name", std::string(name));
    return static_cast<SeriesKind>(at - kinds.begin());
}

std::span<const std::string_view> variables_of(SeriesKind kind) {
    static constexpr std::array<std::string_view, 5> weather{"rain", "snowfall", "temperature",
                                                             "temperature_min", "temperature_max"};
    static constexpr std::array<std::string_view, 1> price{"price"};
    static constexpr std::array<std::string_view, 2> report{"yield", "grade_share"};
    if (kind == SeriesKind::weather) return weather;
    return kind == SeriesKind::report ? std::span<const std::string_view>(report) : price;
}

bool ReadSeries::accepted() const {
    return std::ranges::none_of(findings, &RowFinding::error) && !values.empty();
}

Result<ReadSeries> read_series(const std::string& path, const std::string& file, SeriesKind kind,
                               std::string_view variable, const DayValues& on_file, bool corrects,
                               Date today, pricing::Every every) {
    const auto known = variables_of(kind);
    const auto measured = std::ranges::find(all_variables(), variable, &Variable::name);
    if (std::ranges::find(known, variable) == known.end() || measured == all_variables().end())
        return invalid("insurance.no_such_variable").with("name", std::string(variable));
    auto reader = TRY(table::Reader::open(path, file));
    const auto header = TRY(table::find_header(*reader, 0, columns()));
    ReadSeries out;
    SheetReader sheet(header, kind, *measured, on_file, corrects, today, every, out);
    TRY(reader->read(0, [&](const table::Row& row) -> Result<void> {
        const bool empty = std::ranges::all_of(
            row.cells, [](const auto& cell) { return cell.kind == table::Cell::Kind::empty; });
        if (row.number <= header.row || empty || table::is_total_row(row.cells)) return {};
        if (++out.rows > most_rows)
            return invalid("insurance.series_too_long").with("most", std::to_string(most_rows));
        sheet.take(row);
        return {};
    }));
    if (out.rows == 0) return invalid("insurance.series_empty");
    sheet.look_for_gaps();
    std::ranges::stable_sort(out.findings, {}, &RowFinding::row);
    return out;
}

}  // namespace ballast::insurance
