#include "surveillance/board.h"

#include <algorithm>
#include <map>

#include "indicators/exchange.h"
#include "table/table.h"

namespace ballast::surveillance {
namespace {

using indicators::Reading;

std::vector<const indicators::Indicator*> shown_of(const indicators::Catalogue& catalogue) {
    std::vector<const indicators::Indicator*> out;
    for (const auto& one : catalogue.indicators)
        if (one.group == board_group) out.push_back(&one);
    return out;
}

std::string name_in(const indicators::Desk& desk, AreaCode area) {
    const auto found = desk.division.find(area);
    return found ? areas::everyday_name(found->name) : area.short_digits();
}

std::string column_title(const indicators::Desk& desk, const indicators::Indicator& one, words::Language language) {
    const auto unit = one.as == indicators::Indicator::As::percent ? "%" : desk.catalogue.figure(one.numerator)->measure.unit;
    return indicators::title_in(language, one.title) + "（" + unit + "）";
}

}  // namespace

Result<Board> bottom_line(db::Tx& tx, const indicators::Desk& desk, AreaCode area, Date on) {
    Board out;
    out.whole.area = area;
    std::map<AreaCode, BoardRow> below;
    for (auto& one : TRY(indicators::board(tx, desk, area, on)))
        if (one.of->group == board_group) out.whole.readings.push_back(std::move(one));
    const auto columns = shown_of(desk.catalogue);
    for (std::size_t n = 0; n < columns.size(); ++n)
        for (auto& one : TRY(indicators::by_area(tx, desk, *columns[n], area, on))) {
            auto& row = below[one.area];
            row.area = one.area;
            row.readings.resize(n);  // an area that an indicator does not know has a gap there
            row.readings.push_back(std::move(one));
        }
    for (auto& [code, row] : below) {
        row.readings.resize(columns.size());
        out.below.push_back(std::move(row));
    }
    const Desk own{desk.vault, desk.division, desk.actor, desk.today, desk.now};
    for (const auto& [place, n] : TRY(open_by_area(tx, own, area))) {
        out.whole.alarms += n;
        for (auto& row : out.below)
            if (row.area.contains(place)) row.alarms += n;
    }
    std::vector<std::string> figures;
    for (const auto* one : columns) figures.push_back(one->numerator);
    out.counted_at = TRY(indicators::rolled_at(tx, figures, indicators::Term::of(indicators::TermKind::month, on)));
    return out;
}

Result<void> write_bottom_line(db::Tx& tx, const indicators::Desk& desk, AreaCode area, Date on, const std::string& path,
                               words::Language language) {
    using Type = table::Writer::Type;
    const auto say = [&](const char* id) { return words::say(id, language); };
    const auto found = TRY(bottom_line(tx, desk, area, on));
    std::vector<table::Writer::Column> columns{{say("surveillance.column.area"), Type::text, 20},
                                               {say("surveillance.column.alarms"), Type::number, 12}};
    for (const auto* one : shown_of(desk.catalogue)) columns.push_back({column_title(desk, *one, language), Type::text, 14});
    const auto writer = TRY(table::Writer::create(path, table::Format::xlsx));
    TRY(writer->sheet(say("surveillance.board"), columns,
                      name_in(desk, area) + " " + say("surveillance.board") + " " +
                          (found.counted_at ? civil_date(*found.counted_at).iso() : on.iso().substr(0, 7))));
    const auto line = [&](const BoardRow& row) {
        std::vector<std::string> cells{name_in(desk, row.area), std::to_string(row.alarms)};
        for (const auto& one : row.readings)
            cells.push_back(one.hidden ? say("surveillance.hidden") : one.value ? one.value->plain() : "—");
        return writer->row(cells);
    };
    TRY(line(found.whole));
    for (const auto& row : found.below) TRY(line(row));
    return writer->finish();
}

}  // namespace ballast::surveillance
