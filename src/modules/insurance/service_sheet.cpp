#include "insurance/service_sheet.h"

#include <array>
#include <map>

#include "areas/areas.h"
#include "base/text.h"
#include "table/header_row.h"

namespace ballast::insurance {
namespace {

enum Column : std::size_t { code, township, village, name, assistant, first_day };
const std::array<table::KnownColumn, 6>& columns() {
    static const std::array<table::KnownColumn, 6> all{{{"区划代码", {"Area code"}, true},
                                                        {"乡镇", {"Township"}},
                                                        {"村（社区）", {"Village"}},
                                                        {"站点名称", {"Name"}},
                                                        {"协保员", {"Assistant", "协保员姓名"}, true},
                                                        {"设立日期", {"Since", "启用日期"}, true}}};
    return all;
}
constexpr std::int64_t most_rows = 20'000;  // the villages of a large prefecture

class NetworkReader {
public:
    NetworkReader(db::Tx& tx, const Desk& desk, const Insurer& by, const table::Header& header, NetworkTaken& out)
        : tx_(tx), desk_(desk), by_(by), header_(header), out_(out) {}

    Result<void> take(const table::Row& row) {
        if (typed(row, Column::assistant).empty()) return {};  // nobody yet
        if (++out_.rows > most_rows) return invalid("insurance.network_too_long").with("most", std::to_string(most_rows));
        const auto area = AreaCode::parse(typed(row, Column::code));
        const auto since = Date::parse(typed(row, Column::first_day));
        if (!area) return wrong(row, Column::code);
        if (!since) return wrong(row, Column::first_day);
        if (const auto [before, fresh] = rows_.emplace(*area, row.number); !fresh)
            return note(row, conflict("insurance.point_twice").with("row", std::to_string(before->second)));
        NewServicePoint point{*area, typed(row, Column::name), typed(row, Column::assistant), *since};
        if (point.name.empty()) point.name = default_name(*area);
        if (auto fits = check_service_point(tx_, desk_, by_, point); !fits) {
            if (fits.error().kind != ErrorKind::invalid && fits.error().kind != ErrorKind::conflict) return std::move(fits).error();
            return note(row, std::move(fits).error());
        }
        points_.push_back(std::move(point));
        return {};
    }
    const std::vector<NewServicePoint>& points() const { return points_; }

    static std::string default_name(AreaCode area, words::Language language = words::Language::zh) {
        return words::say(area.level() == AreaLevel::village ? "insurance.network.point" : "insurance.network.station", language);
    }

private:
    std::string typed(const table::Row& row, Column column) const {
        return std::string(text::trimmed(header_.cell(row, column).text));
    }
    Result<void> wrong(const table::Row& row, Column column) {
        const auto* id = typed(row, column).empty() ? "insurance.row_missing" : "insurance.row_value";
        return note(row, invalid(id).with("column", columns()[column].title));
    }
    Result<void> note(const table::Row& row, Error what) {
        out_.findings.push_back({row.number, true, std::move(what)});
        return {};
    }

    db::Tx& tx_;
    const Desk& desk_;
    const Insurer& by_;
    const table::Header& header_;
    NetworkTaken& out_;
    std::map<AreaCode, std::int64_t> rows_;
    std::vector<NewServicePoint> points_;
};

}  // namespace

Result<void> write_network_sheet(db::Tx& tx, const Desk& desk, InsurerId id, const std::string& path, words::Language language) {
    using Type = table::Writer::Type;
    const bool zh = language == words::Language::zh;
    const auto writer = TRY(table::Writer::create(path, table::Format::xlsx));
    std::vector<table::Writer::Column> titles;
    for (const auto& one : columns())
        titles.push_back({(zh ? one.title : one.synonyms.front()) + (one.required ? "*" : ""), Type::text, 18});
    titles[Column::first_day].type = Type::date;
    TRY(writer->sheet(words::say("insurance.network.sheet", language), titles));
    const auto today = desk.today.iso();
    for (const auto& township : TRY(served_townships(tx, desk, id, desk.today))) {
        if (!township.station)
            TRY(writer->row({township.area.code.short_digits(), std::string(township.area.name), "",
                             NetworkReader::default_name(township.area.code, language), "", today}));
        for (const auto& village : TRY(served_villages(tx, desk, id, township.area.code, desk.today)))
            if (!village.point)
                TRY(writer->row({village.area.code.short_digits(), std::string(township.area.name),
                                 areas::everyday_name(village.area.name),
                                 NetworkReader::default_name(village.area.code, language), "", today}));
    }
    return writer->finish();
}

Result<NetworkTaken> take_network_sheet(db::Tx& tx, const Desk& desk, InsurerId id, const std::string& path,
                                        const std::string& file) {
    const auto by = TRY(insurer_to_write_of(tx, desk, id));
    const auto reader = TRY(table::Reader::open(path, file));
    const auto header = TRY(table::find_header(*reader, 0, columns()));
    NetworkTaken out;
    NetworkReader rows(tx, desk, by, header, out);
    TRY(reader->read(0, [&](const table::Row& row) -> Result<void> {
        if (row.number <= header.row || table::is_total_row(row.cells)) return {};
        return rows.take(row);
    }));
    if (out.rows == 0) return invalid("insurance.network_empty");
    if (!out.findings.empty()) return out;
    TRY(add_service_points(tx, desk, id, rows.points()));
    out.added = std::ssize(rows.points());
    return out;
}

}  // namespace ballast::insurance
