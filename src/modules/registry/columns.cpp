#include "registry/columns.h"

#include <array>
#include <map>

#include "base/text.h"

namespace ballast::registry {

namespace {

using Use = Column::Use;

constexpr std::array income_table{
    IncomeColumn{IncomeItem::wage, "", "工资性收入", "务工收入"},
    IncomeColumn{IncomeItem::production, "", "生产经营性收入", "生产经营收入"},
    IncomeColumn{IncomeItem::production_expense, "", "生产经营性支出", "生产经营支出"},
    IncomeColumn{IncomeItem::property, "", "财产性收入", "财产收入"},
    IncomeColumn{IncomeItem::transfer, "family_planning", "计划生育金", ""},
    IncomeColumn{IncomeItem::transfer, "low_income", "低保金", "最低生活保障金"},
    IncomeColumn{IncomeItem::transfer, "extreme_poverty", "特困供养金", "五保金"},
    IncomeColumn{IncomeItem::transfer, "pension", "养老金", "养老保险金"},
    IncomeColumn{IncomeItem::transfer, "ecological", "生态补偿金", ""},
    IncomeColumn{IncomeItem::transfer, "education_medical", "教育医疗补助", ""},
    IncomeColumn{IncomeItem::transfer, "support", "赡养费", "赡养收入"},
    IncomeColumn{IncomeItem::transfer, "other", "其他转移性收入", ""},
    IncomeColumn{IncomeItem::transfer, "total", "转移性收入", "转移性收入合计"},
    IncomeColumn{IncomeItem::compliant_self_paid, "", "合规自付支出", ""},
    IncomeColumn{IncomeItem::insurance_claim, "", "理赔收入", "理赔款"},
};

constexpr Column household_no{Use::household_no, 0, "户编号", "户编码/家庭编号/户号"};
constexpr Column head_id{Use::head_id, 0, "户主证件号码", "户主身份证号/户主身份证号码/户主证件号"};
constexpr Column head_name{Use::head_name, 0, "户主姓名", "户主"};

template <class Fields>
void add_fields(std::vector<Column>& out, const Fields& fields) {
    for (std::size_t i = 0; i < fields.size(); ++i)
        out.push_back({Use::field, i, fields[i].title, fields[i].synonyms});
}

std::vector<Column> lay_out(Sheet sheet) {
    std::vector<Column> out;
    switch (sheet) {
        case Sheet::household:
            out = {household_no, head_id, head_name};
            out.push_back({Use::village_code, 0, "行政村代码", "村编码/行政区划代码/村代码"});
            out.push_back({Use::township, 0, "乡镇", "乡(镇)/乡镇名称"});
            out.push_back({Use::village, 0, "行政村", "村/村名称/行政村名称"});
            add_fields(out, household_fields());
            break;
        case Sheet::person:
            out = {household_no, head_id};
            add_fields(out, person_fields());
            for (auto& column : out)
                if (column.use == Use::field)
                    column.required = column.index == static_cast<std::size_t>(PersonField::name) ||
                                      column.index == static_cast<std::size_t>(PersonField::id_number);
            break;
        case Sheet::income:
            out = {household_no, head_id, head_name};
            out.push_back({Use::member_id, 0, "成员证件号码", "成员身份证号/成员身份证号码"});
            out.push_back({Use::year, 0, "年度", "收入年度"});
            out.push_back({Use::first_month, 0, "起始月份", "起始年月"});
            out.push_back({Use::last_month, 0, "截止月份", "截止年月"});
            for (std::size_t i = 0; i < income_table.size(); ++i)
                out.push_back({Use::income, i, income_table[i].title, income_table[i].synonyms});
            break;
        case Sheet::guarantee:
            out = {household_no, head_id, head_name};
            for (std::size_t i = 0; i < codes::guarantee_item.codes.size(); ++i)
                out.push_back({Use::guarantee, i, codes::guarantee_item.codes[i].label, ""});
            out.push_back({Use::assessed_by, 0, "评估人", "核查人/认定人"});
            out.push_back({Use::assessed_on, 0, "评估日期", "核查日期/认定日期"});
            out.push_back({Use::expires_on, 0, "有效期至", ""});
            out.push_back({Use::evidence, 0, "佐证说明", "佐证/备注"});
            break;
    }
    return out;
}

/// Without blanks and line breaks, half width.
std::string plain_title(std::string_view title) {
    std::string out;
    for (const char c : text::half_width(text::trimmed(title)))
        if (c != ' ' && c != '\n' && c != '\r' && c != '\t' && c != '*') out += c;
    return out;
}

std::string without_unit(const std::string& title) {
    if (title.empty() || title.back() != ')') return title;
    const auto bracket = title.rfind('(');
    return bracket == std::string::npos || bracket == 0 ? title : title.substr(0, bracket);
}

/// From every title and synonym, whole and without its unit, to the column.
using Titles = std::map<std::string, std::size_t, std::less<>>;

Titles titles_of(Sheet sheet) {
    Titles whole, bare;
    const auto list = columns(sheet);
    for (std::size_t i = 0; i < list.size(); ++i) {
        const auto add = [&](std::string_view title) {
            if (title.empty()) return;
            const std::string plain = plain_title(title);
            whole.emplace(plain, i);
            bare.emplace(without_unit(plain), i);
        };
        add(list[i].title);
        for (const auto synonym : text::split(list[i].synonyms, '/')) add(synonym);
    }
    whole.merge(bare);  // a whole title wins over one shortened to the same
    return whole;
}

const Titles& titles(Sheet sheet) {
    static const std::array<Titles, sheet_count> all{titles_of(Sheet::household), titles_of(Sheet::person),
                                                     titles_of(Sheet::income), titles_of(Sheet::guarantee)};
    return all[static_cast<std::size_t>(sheet)];
}

std::optional<std::size_t> column_titled(Sheet sheet, std::string_view title) {
    const std::string plain = plain_title(title);
    if (plain.empty()) return std::nullopt;
    const Titles& known = titles(sheet);
    if (const auto found = known.find(plain); found != known.end()) return found->second;
    if (const auto found = known.find(without_unit(plain)); found != known.end()) return found->second;
    return std::nullopt;
}

/// How surely a row of titles is this sheet's header: columns that only this sheet has.
int own_columns(Sheet sheet, std::span<const std::string> header) {
    int own = 0;
    for (const auto& cell : header) {
        const auto column = column_titled(sheet, cell);
        if (!column) continue;
        const Use use = columns(sheet)[*column].use;
        if (use != Use::household_no && use != Use::head_id && use != Use::head_name) ++own;
    }
    return own;
}

}  // namespace

std::string_view title_of(Sheet sheet) {
    constexpr std::array<std::string_view, sheet_count> all{"户信息", "成员信息", "收入信息", "保障信息"};
    return all[static_cast<std::size_t>(sheet)];
}

std::span<const Column> columns(Sheet sheet) {
    static const std::array<std::vector<Column>, sheet_count> all{
        lay_out(Sheet::household), lay_out(Sheet::person), lay_out(Sheet::income), lay_out(Sheet::guarantee)};
    return all[static_cast<std::size_t>(sheet)];
}

std::span<const IncomeColumn> income_columns() { return income_table; }

std::optional<std::size_t> Mapping::position(std::size_t column) const {
    for (std::size_t i = 0; i < column_of.size(); ++i)
        if (column_of[i] == column) return i;
    return std::nullopt;
}

Result<std::optional<Mapping>> recognise(std::span<const std::string> header) {
    Sheet best = Sheet::household;
    int most = 0;
    bool household_named = false;
    for (std::size_t s = 0; s < sheet_count; ++s) {
        const auto sheet = static_cast<Sheet>(s);
        if (const int own = own_columns(sheet, header); own > most) most = own, best = sheet;
    }
    Mapping mapping{best, {}};
    for (const auto& cell : header) {
        const auto column = column_titled(best, cell);
        mapping.column_of.push_back(column);
        if (!column) continue;
        const Use use = columns(best)[*column].use;
        household_named = household_named || use == Use::household_no || use == Use::head_id;
    }
    // A title line above the header holds one cell; a data row no title at all.
    if (most < 2 && !(most == 1 && household_named)) return std::optional<Mapping>();

    const auto list = columns(best);
    const auto missing = [&](std::string_view title) {
        return invalid("registry.column_missing")
            .with("column", std::string(title))
            .with("sheet", std::string(title_of(best)));
    };
    for (std::size_t i = 0; i < list.size(); ++i) {
        int times = 0;
        for (const auto& column : mapping.column_of) times += column == i ? 1 : 0;
        if (times > 1) return invalid("registry.column_twice").with("column", std::string(list[i].title));
        if (times == 0 && list[i].required) return missing(list[i].title);
    }
    if (!household_named) return missing(household_no.title);
    const auto has = [&](Use use) {
        for (const auto& column : mapping.column_of)
            if (column && list[*column].use == use) return true;
        return false;
    };
    if (best == Sheet::household && !has(Use::village_code) && !has(Use::village))
        return missing("行政村代码");
    if (best == Sheet::income && !has(Use::year) && !has(Use::first_month)) return missing("年度");
    return std::optional(std::move(mapping));
}

}  // namespace ballast::registry
