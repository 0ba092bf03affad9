#include "employment/sheets.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <tuple>

#include "base/citizen_id.h"
#include "base/text.h"
#include "chinese/chinese.h"
#include "employment/codes.h"
#include "employment/posts.h"
#include "employment/profiles.h"
#include "table/header_row.h"
#include "words/words.h"

namespace ballast::employment {
namespace {

constexpr std::int64_t most_rows = 20'000;

using Columns = std::span<const table::KnownColumn>;

/// A row of a sheet, asked for its cells one after the other; what is wrong is noted with the column.
class SheetRow {
public:
    SheetRow(Columns columns, const table::Header& header, const table::Row& row, SheetTaken& out)
        : columns_(columns), header_(header), row_(row), out_(out) {}

    std::int64_t number() const { return row_.number; }
    bool faulty() const { return faulty_; }
    void note(Error what) {
        out_.faults.push_back({row_.number, std::move(what)});
        faulty_ = true;
    }

    std::string text(std::size_t column) {
        std::string out(text::trimmed(header_.cell(row_, column).text));
        if (out.empty() && columns_[column].required) complain("employment.cell_missing", column);
        return out;
    }
    /// Nothing when the cell is empty or wrong.
    template <class Parse>
    auto value(std::size_t column, Parse&& parse) {
        using Value = typename decltype(parse(std::string()))::value_type;
        const auto given = text(column);
        std::optional<Value> out;
        if (given.empty()) return out;
        if (auto read = parse(given))
            out = *std::move(read);
        else
            complain("employment.cell_wrong", column);
        return out;
    }
    std::optional<Date> day(std::size_t column) {
        return value(column,
                     [](const auto& given) { return Date::parse_loose(given, Date::Serials::accept); });
    }
    std::optional<Money> money(std::size_t column) {
        return value(column, [](const auto& given) { return Money::parse(given); });
    }
    std::optional<std::int64_t> integer(std::size_t column) {
        return value(column, [](const auto& given) -> Result<std::int64_t> {
            std::int64_t out = 0;
            const auto* end = given.data() + given.size();
            const auto read = std::from_chars(given.data(), end, out);
            if (read.ec != std::errc() || read.ptr != end) return invalid("employment.cell_wrong");
            return out;
        });
    }
    /// The code of what is written in words of either language; "" when nothing is.
    std::string code(std::size_t column, const CodeList& list) {
        return value(column, [&](const auto& given) { return code_named(list, given); }).value_or("");
    }
    /// Several of them, separated by 、, commas or blanks; as codes separated by blanks.
    std::string codes(std::size_t column, const CodeList& list) {
        return value(column,
                     [&](std::string given) -> Result<std::string> {
                         for (const std::string_view mark : {"、", "，", "；", ",", ";"})
                             for (auto at = given.find(mark); at != std::string::npos; at = given.find(mark))
                                 given.replace(at, mark.size(), " ");
                         std::string out;
                         for (const auto& one : split_codes(given)) out += TRY(code_named(list, one)) + " ";
                         return out;
                     })
            .value_or("");
    }
    bool truth(std::size_t column) {
        return value(column,
                     [](const auto& given) -> Result<bool> {
                         for (const auto* yes : {"是", "√", "愿意", "TRUE", "yes", "1"})
                             if (given == yes) return true;
                         for (const auto* no : {"否", "×", "不愿意", "FALSE", "no", "0"})
                             if (given == no) return false;
                         return invalid("employment.cell_wrong");
                     })
            .value_or(false);
    }

private:
    void complain(std::string id, std::size_t column) {
        note(invalid(std::move(id)).with("column", columns_[column].title));
    }
    Columns columns_;
    const table::Header& header_;
    const table::Row& row_;
    SheetTaken& out_;
    bool faulty_ = false;
};

template <class Each>
Result<void> each_row(const std::string& path, const std::string& file, Columns columns, SheetTaken& out,
                      Each&& each) {
    auto reader = TRY(table::Reader::open(path, file));
    const auto header = TRY(table::find_header(*reader, 0, columns));
    TRY(reader->read(0, [&](const table::Row& row) -> Result<void> {
        const bool empty = std::ranges::all_of(
            row.cells, [](const auto& cell) { return cell.kind == table::Cell::Kind::empty; });
        if (row.number <= header.row || empty || table::is_total_row(row.cells)) return {};
        if (++out.rows > most_rows)
            return invalid("employment.sheet_too_long").with("most", std::to_string(most_rows));
        SheetRow asked(columns, header, row, out);
        return each(asked);
    }));
    if (out.rows == 0) return invalid("employment.sheet_empty");
    return {};
}

db::Blob lookup(const Desk& desk, std::string_view purpose, const std::string& value) {
    const auto bytes = desk.vault.lookup(purpose, value);
    return {bytes.begin(), bytes.end()};
}

/// What may stand in a column.
struct Choice {
    std::size_t column;
    const CodeList* list;  // null for yes or no
};

Result<void> write_template(const std::string& path, const std::string& name, Columns columns,
                            std::span<const Choice> choices) {
    auto writer = TRY(table::Writer::create(path, table::Format::xlsx));
    std::vector<table::Writer::Column> titles;
    for (const auto& one : columns)
        titles.push_back({one.required ? one.title + "*" : one.title, table::Writer::Type::text, 16});
    TRY(writer->sheet(name, titles));
    const std::array<table::Writer::Column, 2> allowed{
        {{"列", table::Writer::Type::text, 20}, {"可填", table::Writer::Type::text, 30}}};
    TRY(writer->sheet("可选值", allowed));
    for (const auto& [column, list] : choices) {
        if (!list) TRY(writer->row({columns[column].title, "是、否"}));
        for (const auto code : list ? list->codes : std::span<const std::string_view>())
            TRY(writer->row({columns[column].title,
                             words::say("employment." + std::string(list->name) + "." + std::string(code),
                                        words::Language::zh)}));
    }
    return writer->finish();
}

namespace post {
enum : std::size_t {
    area,
    kind,
    employer,
    title,
    place,
    away,
    trade,
    skilled,
    load,
    wage,
    openings,
    hours,
    age_from,
    age_to,
    from,
    to
};
const std::array<table::KnownColumn, 16>& columns() {
    static const std::array<table::KnownColumn, 16> all{{
        {"行政区划代码", {"区划代码", "所在地区代码", "行政村代码", "area_code"}, true},
        {"岗位类型", {"岗位类别", "kind"}, true},
        {"用人单位", {"单位名称", "企业名称", "employer"}, true},
        {"岗位名称", {"岗位", "招聘岗位", "title"}, true},
        {"工作地点", {"工作地址", "place"}},
        {"外出范围", {"务工范围", "away"}},
        {"工种", {"职业工种", "trade"}, true},
        {"要求技能", {"须有技能", "skilled"}},
        {"劳动强度", {"load"}},
        {"月工资", {"月薪", "工资标准", "wage"}, true},
        {"招聘人数", {"岗位数", "需求人数", "openings"}, true},
        {"每月工时", {"月工时", "hours"}},
        {"年龄下限", {"最低年龄", "age_from"}},
        {"年龄上限", {"最高年龄", "age_to"}},
        {"开始日期", {"发布日期", "聘期开始", "from_day"}, true},
        {"截止日期", {"聘期截止", "有效期至", "to_day"}},
    }};
    return all;
}

Post read(SheetRow& row) {
    Post out;
    out.area = row.value(area, [](const auto& given) { return AreaCode::parse(given); }).value_or(AreaCode());
    out.kind = row.code(kind, codes::kind);
    out.employer = row.text(employer);
    out.title = row.text(title);
    out.place = row.text(place);
    out.away = row.code(away, codes::reach);
    out.trade = row.code(trade, codes::trade);
    out.skilled = row.truth(skilled);
    if (const auto given = row.code(load, codes::load); !given.empty()) out.load = given;
    out.wage = row.money(wage).value_or(Money());
    out.openings = row.integer(openings).value_or(0);
    out.hours = row.integer(hours);
    out.age_from = row.integer(age_from);
    out.age_to = row.integer(age_to);
    out.from_day = row.day(from).value_or(Date());
    out.to_day = row.day(to);
    return out;
}

/// The same post sent again is told by all that it says.
std::string key(const Desk& desk, const Post& post) {
    const auto number = [](const auto& n) { return n ? std::to_string(*n) : std::string(); };
    std::string all;
    for (const auto& part :
         {post.area.digits(), post.kind, post.employer, post.title, post.place, post.away, post.trade,
          std::string(post.skilled ? "skilled" : ""), post.load, post.wage.plain(),
          std::to_string(post.openings), number(post.hours), number(post.age_from), number(post.age_to),
          post.from_day.iso(), post.to_day ? post.to_day->iso() : ""})
        all += part + '\n';
    std::string out = "sheet-";
    for (const auto byte : desk.vault.lookup("employment_post.sheet", all))
        out += fmt::format("{:02x}", byte);
    return out;
}

/// Whoever sent it.
Result<bool> on_file(db::Tx& tx, const Post& post) {
    return TRY(tx.number("SELECT COUNT(*) FROM employment_post WHERE sender_key = ?", {post.key})) > 0;
}
}  // namespace post

namespace wish {
enum : std::size_t {
    id,
    name,
    training,
    job,
    startup,
    trade,
    skills,
    reach,
    wage,
    home_daily,
    bears,
    asked_on
};
const std::array<table::KnownColumn, 12>& columns() {
    static const std::array<table::KnownColumn, 12> all{{
        {"身份证号", {"身份证号码", "证件号码", "公民身份号码", "id_number"}, true},
        {"姓名", {"name"}, true},
        {"愿意培训", {"培训意愿", "wants_training"}},
        {"愿意就业", {"就业意愿", "wants_job"}},
        {"愿意创业", {"创业意愿", "wants_startup"}},
        {"意向工种", {"意向岗位", "wanted_trade"}},
        {"已有技能", {"技能", "掌握技能", "skills"}},
        {"可接受距离", {"意向地点", "就业地点意向", "reach"}, true},
        {"期望月工资", {"期望月薪", "期望工资", "wage"}},
        {"须每天回家", {"每天回家", "home_daily"}},
        {"能承受的劳动强度", {"劳动强度", "bears"}},
        {"询问日期", {"登记日期", "调查日期", "asked_on"}, true},
    }};
    return all;
}

Profile read(SheetRow& row) {
    Profile out;
    out.wants_training = row.truth(training);
    out.wants_job = row.truth(job);
    out.wants_startup = row.truth(startup);
    out.wanted_trade = row.code(trade, codes::trade);
    out.skills = row.codes(skills, codes::trade);
    out.reach = row.code(reach, codes::reach);
    out.wage = row.money(wage).value_or(Money());
    out.home_daily = row.truth(home_daily);
    if (const auto given = row.code(bears, codes::load); !given.empty()) out.bears = given;
    out.asked_on = row.day(asked_on).value_or(Date());
    return out;
}

/// Inside the actor's areas; who is still in a household before who left one.
Result<std::optional<PersonId>> person_of(db::Tx& tx, const Desk& desk, const CitizenId& number) {
    return tx.first("SELECT id FROM registry_v_person WHERE id_lookup = ? AND " +
                        desk.actor.scope(may_write).sql("village_code") +
                        " ORDER BY CASE member_status WHEN '1' THEN 0 ELSE 1 END, id",
                    {lookup(desk, "citizen_id", number.reveal())},
                    [](const db::Row& row) { return row.id<PersonId>(0); });
}

bool same(const Profile& a, const Profile& b) {
    const auto said = [](const Profile& p) {
        return std::tie(p.wants_training, p.wants_job, p.wants_startup, p.wanted_trade, p.skills, p.reach,
                        p.wage, p.home_daily, p.asked_on);
    };
    return said(a) == said(b);
}

/// What is to be saved; nothing when just that is on file. Errors: "employment.name_differs",
/// "employment.asked_before" {on}, those of `checked_profile`.
Result<std::optional<Profile>> against_file(db::Tx& tx, const Desk& desk, PersonId person,
                                            const std::string& name, Profile typed) {
    const auto who = TRY(worker(tx, desk.actor.scope(may_write), person));
    if (!chinese::same_name(who.name, name)) return invalid("employment.name_differs");
    typed = TRY(checked_profile(desk, who, std::move(typed)));
    const auto before = TRY(profile(tx, desk, person));
    if (!before) return typed;
    if (before->asked_on > typed.asked_on)
        return invalid("employment.asked_before").with("on", before->asked_on.iso());
    if (!typed.bears && same(*before, typed)) return std::optional<Profile>();
    typed.version = before->version;
    return typed;
}
}  // namespace wish

}  // namespace

Result<void> write_post_template(const std::string& path) {
    constexpr std::array choices{Choice{post::kind, &codes::kind}, Choice{post::away, &codes::reach},
                                 Choice{post::trade, &codes::trade}, Choice{post::skilled, nullptr},
                                 Choice{post::load, &codes::load}};
    return write_template(path, "岗位", post::columns(), choices);
}

Result<void> write_wish_template(const std::string& path) {
    constexpr std::array choices{Choice{wish::training, nullptr},     Choice{wish::job, nullptr},
                                 Choice{wish::startup, nullptr},      Choice{wish::trade, &codes::trade},
                                 Choice{wish::skills, &codes::trade}, Choice{wish::reach, &codes::reach},
                                 Choice{wish::home_daily, nullptr},   Choice{wish::bears, &codes::load}};
    return write_template(path, "就业意愿", wish::columns(), choices);
}

Result<SheetTaken> take_posts(db::Tx& tx, const Desk& desk, const std::string& path,
                              const std::string& file) {
    TRY(auth::require(desk.actor, may_write));
    SheetTaken out;
    std::vector<Post> posts;
    std::map<std::string, std::int64_t> seen;
    TRY(each_row(path, file, post::columns(), out, [&](SheetRow& row) -> Result<void> {
        Post typed = post::read(row);
        if (row.faulty()) return {};
        auto checked = checked_post(desk, std::move(typed));
        if (!checked) {
            row.note(checked.error());
            return {};
        }
        checked->key = post::key(desk, *checked);
        const auto [first, is_new] = seen.emplace(checked->key, row.number());
        if (!is_new) row.note(conflict("employment.post_twice").with("row", std::to_string(first->second)));
        posts.push_back(*std::move(checked));
        return {};
    }));
    if (!out.accepted()) return out;
    for (const auto& post : posts) {
        if (TRY(post::on_file(tx, post))) continue;
        TRY(add_post(tx, desk, post));
        ++out.changed;
    }
    return out;
}

Result<SheetTaken> take_wishes(db::Tx& tx, const Desk& desk, const std::string& path,
                               const std::string& file) {
    TRY(auth::require(desk.actor, may_write));
    SheetTaken out;
    std::map<PersonId, Profile> wishes;
    std::map<PersonId, std::int64_t> seen;
    TRY(each_row(path, file, wish::columns(), out, [&](SheetRow& row) -> Result<void> {
        const auto number =
            row.value(wish::id, [&](const auto& given) { return CitizenId::parse(given, desk.today); });
        const auto name = row.text(wish::name);
        Profile typed = wish::read(row);
        if (row.faulty()) return {};
        const auto person = TRY(wish::person_of(tx, desk, number->id));
        if (!person) {
            row.note(not_found("employment.no_person"));
            return {};
        }
        const auto [first, is_new] = seen.emplace(*person, row.number());
        if (!is_new) {
            row.note(conflict("employment.person_twice").with("row", std::to_string(first->second)));
            return {};
        }
        auto wanted = wish::against_file(tx, desk, *person, name, std::move(typed));
        if (!wanted && wanted.error().kind == ErrorKind::invalid) {
            row.note(wanted.error());
            return {};
        }
        if (auto profile = TRY(std::move(wanted))) wishes.emplace(*person, *std::move(profile));
        return {};
    }));
    if (!out.accepted()) return out;
    for (const auto& [person, profile] : wishes) TRY(save_profile(tx, desk, person, profile));
    out.changed = std::ssize(wishes);
    return out;
}

}  // namespace ballast::employment
