#include "insurance/insured_list.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/text.h"
#include "insurance/range.h"
#include "table/header_row.h"

namespace ballast::insurance {
namespace {

enum Column : std::size_t {
    name,
    id,
    phone,
    plot,
    tags,
    units,
    transferred,
    ring,
    bank,
    account,
    holder,
    signature
};

const std::array<table::KnownColumn, 12>& columns() {
    static const std::array<table::KnownColumn, 12> all{{
        {.title = "姓名", .synonyms = {"被保险人", "农户姓名", "name"}, .required = true},
        {.title = "身份证号", .synonyms = {"身份证号码", "证件号码", "id_number"}, .required = true},
        {.title = "联系电话", .synonyms = {"电话", "手机号", "phone"}, .required = true},
        {.title = "地块名称", .synonyms = {"地块", "四至", "plot"}},
        {.title = "耳标号", .synonyms = {"耳标号段", "tags"}},
        {.title = "投保数量",
         .synonyms = {"投保面积", "投保面积(亩)", "投保数量(头)", "数量", "units"},
         .required = true},
        {.title = "流转面积", .synonyms = {"流转面积(亩)", "transferred"}},
        {.title = "地块坐标", .synonyms = {"坐标", "四至坐标", "coordinates"}},
        {.title = "开户银行", .synonyms = {"开户行", "银行", "bank"}},
        {.title = "银行账号", .synonyms = {"账号", "卡号", "account"}, .required = true},
        {.title = "户名", .synonyms = {"账户名", "开户名", "holder"}, .required = true},
        {.title = "签字", .synonyms = {"农户签字", "signed"}, .required = true},
    }};
    return all;
}

constexpr std::int64_t most_rows = 20'000;

/// A row of the sheet becoming a ListRow; what is wrong is noted with its column.
class RowReader {
public:
    RowReader(const table::Header& header, const table::Row& row, Date today, ReadList& out)
        : header_(header), row_(row), today_(today), out_(out) {}

private:
    static Result<Decimal> quantity(std::string_view given) {
        const Decimal value = TRY(Decimal::parse(given));
        TRY(positive("units", value, 1'000'000, unit_places));
        return value;
    }
    std::string text(Column column) const {
        return std::string(text::trimmed(header_.cell(row_, column).text));
    }
    void note(Error what) {
        out_.findings.push_back({row_.number, true, std::move(what)});
        faulty_ = true;
    }
    void missing(Column column) {
        note(invalid("insurance.row_missing").with("column", columns()[column].title));
    }
    template <class Parse>
    auto maybe(Column column, Parse&& parse) {
        using Value = typename decltype(parse(std::string_view()))::value_type;
        const auto given = text(column);
        std::optional<Value> out;
        if (given.empty()) return out;
        auto value = parse(std::string_view(given));
        // The value itself stays out of the message: it may be somebody's number.
        if (value)
            out = *std::move(value);
        else
            note(invalid("insurance.row_value").with("column", columns()[column].title));
        return out;
    }
    template <class Parse>
    auto needed(Column column, Parse&& parse) {
        if (text(column).empty()) missing(column);
        return maybe(column, std::forward<Parse>(parse));
    }

    /// A row whose quantity is finer than anybody measures is told so: that much is no secret.
    auto amount(Column column) {
        const auto given = Decimal::parse(text(column));
        if (given && given->rounded(unit_places, Rounding::down) != *given) {
            note(invalid("insurance.row_places")
                     .with("column", columns()[column].title)
                     .with("places", std::to_string(unit_places)));
            return std::optional<Decimal>();
        }
        return maybe(column, [](auto text) { return quantity(text); });
    }

public:
    void read() {
        const auto id_number = needed(Column::id, [&](auto text) { return CitizenId::parse(text, today_); });
        const auto tel = needed(Column::phone, [](auto text) { return Phone::parse(text); });
        const auto card = needed(Column::account, [](auto text) { return BankCard::parse(text); });
        if (text(Column::units).empty()) missing(Column::units);
        const auto insured = amount(Column::units);
        const auto whose = text(Column::name), of_account = text(Column::holder);
        if (whose.empty()) missing(Column::name);
        if (of_account.empty()) missing(Column::holder);
        if (!whose.empty() && !of_account.empty() && whose != of_account)
            note(invalid("insurance.account_of_another"));
        const auto taken = amount(Column::transferred);
        const auto shape = maybe(Column::ring, [](auto text) { return parse_ring(text); });
        const auto herd = maybe(Column::tags, [](auto text) { return parse_tags(text); });
        if (const auto word = text(Column::signature);
            word != "是" && word != "已签" && word != "yes" && word != "√")
            note(invalid("insurance.not_signed"));
        if (faulty_ || !id_number || !tel || !card || !insured) return;
        out_.rows.push_back({row_.number, whose, id_number->id, *tel, text(Column::plot), shape,
                             herd.value_or(std::vector<TagRange>()), *insured, taken.value_or(Decimal()),
                             text(Column::bank), *card, of_account});
    }

private:
    const table::Header& header_;
    const table::Row& row_;
    Date today_;
    ReadList& out_;
    bool faulty_ = false;
};

Error row_error(std::string id, std::int64_t row) {
    return invalid(std::move(id)).with("row", std::to_string(row));
}

}  // namespace

Result<ReadList> read_list(const std::string& path, const std::string& file, Date today) {
    auto reader = TRY(table::Reader::open(path, file));
    const auto header = TRY(table::find_header(*reader, 0, columns()));
    ReadList out;
    TRY(reader->read(0, [&](const table::Row& row) -> Result<void> {
        const bool empty = std::ranges::all_of(
            row.cells, [](const auto& cell) { return cell.kind == table::Cell::Kind::empty; });
        if (row.number <= header.row || empty || table::is_total_row(row.cells)) return {};
        if (std::ssize(out.rows) >= most_rows)
            return invalid("insurance.list_too_long").with("most", std::to_string(most_rows));
        RowReader(header, row, today, out).read();
        return {};
    }));
    if (out.rows.empty() && out.findings.empty()) return invalid("insurance.list_empty");
    return out;
}

namespace {

/// What two rows of one list have in common, if anything.
void compare(const ListRow& row, const ListRow& before, std::vector<RowFinding>& out) {
    const auto fault = [&](std::string id) {
        out.push_back({row.row, true, row_error(std::move(id), before.row)});
    };
    if (row.ring && before.ring && overlap(*row.ring, *before.ring)) fault("insurance.plots_overlap");
    if (overlap(row.tags, before.tags)) fault("insurance.tags_overlap");
}

/// The rows of other policies: by farmer and plot, and those whose place or animals are known.
class Others {
public:
    explicit Others(const std::vector<Elsewhere>& all) {
        for (const auto& one : all) {
            by_farmer_.emplace(std::pair(one.id_number, one.plot), &one);
            if (one.ring || !one.tags.empty()) placed_.push_back(&one);
        }
    }
    /// The policies under which this row is insured already.
    std::set<std::string> policies(const ListRow& row) const {
        std::set<std::string> out;
        const auto [first, last] = by_farmer_.equal_range(std::pair(row.id.reveal(), row.plot));
        for (auto at = first; at != last; ++at) out.insert(at->second->policy_no);
        for (const auto* other : placed_)
            if (overlap(row.tags, other->tags) ||
                (row.ring && other->ring && overlap(*row.ring, *other->ring)))
                out.insert(other->policy_no);
        return out;
    }

private:
    std::multimap<std::pair<std::string, std::string>, const Elsewhere*> by_farmer_;
    std::vector<const Elsewhere*> placed_;
};

/// What the register says against it.
void hold_against(const ListRow& row, const RowSurroundings& known, const ListRules& rules,
                  std::vector<RowFinding>& out) {
    const auto say = [&](bool error, Error what) { out.push_back({row.row, error, std::move(what)}); };
    if (!known.on_file) return say(false, invalid("insurance.not_on_file"));
    if (known.member_status == "2") say(true, invalid("insurance.insured_dead"));
    if (known.member_status == "3") say(true, invalid("insurance.insured_moved"));
    if (known.registered_name != row.name) say(true, invalid("insurance.name_differs"));
    if (!rules.land) return;
    if (!known.land) return say(false, invalid("insurance.no_land_on_file"));
    const Decimal land = *known.land + row.transferred;
    if (known.units_of_household > land) say(true, invalid("insurance.more_than_land"));
}

}  // namespace

std::vector<RowFinding> check_list(const std::vector<ListRow>& rows,
                                   const std::vector<RowSurroundings>& around,
                                   const std::vector<Elsewhere>& elsewhere, const ListRules& rules) {
    INVARIANT(rows.size() == around.size());
    std::vector<RowFinding> out;
    std::map<std::pair<std::string, std::string>, std::int64_t> seen;
    std::vector<const ListRow*> with_place;
    const Others others(elsewhere);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto& row = rows[i];
        const auto fault = [&](Error what) { out.push_back({row.row, true, std::move(what)}); };
        const auto [first, is_new] = seen.emplace(std::pair(row.id.reveal(), row.plot), row.row);
        if (!is_new) fault(row_error("insurance.farmer_twice", first->second));
        for (const auto* before : with_place) compare(row, *before, out);
        if (row.ring || !row.tags.empty()) with_place.push_back(&row);
        for (const auto& policy : others.policies(row))
            fault(invalid("insurance.insured_elsewhere").with("policy", policy));
        if (rules.tags && Decimal(count(row.tags)) != row.units)
            fault(invalid("insurance.tags_missing")
                      .with("units", row.units.plain())
                      .with("tags", std::to_string(count(row.tags))));
        hold_against(row, around[i], rules, out);
    }
    return out;
}

}  // namespace ballast::insurance
