#include "registry/judgement.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "chinese/chinese.h"
#include "registry/derive.h"
#include "registry/fields.h"

namespace ballast::registry {

namespace {

using Use = Column::Use;
using P = PersonField;

constexpr std::string_view clear_mark = "清空";

Finding error_of(std::string id, std::string field = {},
                 std::vector<std::pair<std::string, std::string>> args = {}) {
    return {Severity::error, std::move(id), std::move(field), std::nullopt, std::move(args)};
}

bool refused(const Draft& draft) { return !acceptable(draft.findings); }

/// Numbers that a spreadsheet cannot hold: 15 digits and more.
bool needs_all_digits(const Field& field) {
    return field.kind == Kind::citizen_id || field.name == "bank_account" ||
           field.name == "disability_certificate";
}

/// The canonical value of a cell, "" for an empty one.
Result<std::string> read_cell(const Field& field, const Written& cell, Date today) {
    using CellKind = table::Cell::Kind;
    switch (cell.kind) {
        case CellKind::empty:
            return std::string();
        case CellKind::error:
            return invalid("registry.cell_error").with("field", std::string(field.name));
        case CellKind::formula_without_value:
            return invalid("registry.formula_without_value").with("field", std::string(field.name));
        case CellKind::date:
            if (field.kind == Kind::year) return read_value(field, cell.text.substr(0, 4), today);
            break;
        default:
            break;
    }
    if (cell.digits_damaged && needs_all_digits(field))
        return invalid(field.kind == Kind::citizen_id ? "citizen_id.damaged" : "registry.digits_damaged")
            .with("field", std::string(field.name));
    return read_value(field, cell.text, today);
}

/// One row being read: its cells by meaning, refusals into its findings.
class Reading {
public:
    Reading(Draft& draft, Date today) : draft_(draft), today_(today) {}

    /// Every filled cell of a field, with its canonical value ("" to clear).
    template <class Each>
    void fields(std::span<const Field> all, Each&& each) {
        const auto list = columns(draft_.kind);
        for (std::size_t i = 0; i < draft_.mapping->column_of.size() && i < draft_.cells.size(); ++i) {
            const auto column = draft_.mapping->column_of[i];
            if (!column || list[*column].use != Use::field) continue;
            const Field& field = all[list[*column].index];
            if (text::trimmed(draft_.cells[i].text) == clear_mark) {
                each(list[*column].index, std::string());
                continue;
            }
            const auto value = read(field, i);
            if (value && !value->empty()) each(list[*column].index, *value);
        }
    }
    /// nullopt when it is refused (said in the findings) or no such column is there.
    std::optional<std::string> value(Use use, const Field& field, std::size_t index = 0) {
        const auto at = position(use, index);
        if (!at || *at >= draft_.cells.size()) return std::nullopt;
        return read(field, *at);
    }
    /// The cell as it came; "" where there is none.
    std::string_view written(Use use, std::size_t index) const {
        const auto at = position(use, index);
        return at && *at < draft_.cells.size() ? std::string_view(draft_.cells[*at].text) : "";
    }
    std::optional<std::size_t> position(Use use, std::size_t index) const {
        const auto list = columns(draft_.kind);
        for (std::size_t i = 0; i < draft_.mapping->column_of.size(); ++i) {
            const auto column = draft_.mapping->column_of[i];
            if (column && list[*column].use == use && list[*column].index == index) return i;
        }
        return std::nullopt;
    }

private:
    std::optional<std::string> read(const Field& field, std::size_t at) {
        auto value = read_cell(field, draft_.cells[at], today_);
        if (value) return *value;
        Error refusal = std::move(value).error();
        const auto column = draft_.mapping->column_of[at];
        refusal.args.emplace_back("column", std::string(columns(draft_.kind)[*column].title));
        draft_.findings.push_back(error_of(refusal.id, std::string(field.name), std::move(refusal.args)));
        return std::nullopt;
    }
    Draft& draft_;
    Date today_;
};

class Judging {
public:
    Judging(const Household* before, const std::string& household_no, std::vector<Draft>& drafts,
            const Surroundings& around)
        : before_(before), drafts_(drafts), around_(around) {
        if (before)
            after_ = *before;
        else
            after_.household_no = household_no;
    }

    Judgement judge() {
        for (Draft& draft : drafts_)
            if (draft.kind == Sheet::household) household(draft);
        if (!before_ && !household_draft_) {
            for (Draft& draft : drafts_)
                draft.findings.push_back(
                    error_of("registry.household_unknown", {}, {{"household", after_.household_no}}));
            return refuse();
        }
        if (before_ && !around_.scope.contains(before_->village)) {
            for (Draft& draft : drafts_) draft.findings.push_back(error_of("registry.outside_scope"));
            return refuse();
        }
        for (Draft& draft : drafts_)
            if (draft.kind == Sheet::person) person(draft);
        for (Draft& draft : drafts_) {
            if (draft.kind == Sheet::income) income(draft);
            if (draft.kind == Sheet::guarantee) guarantee(draft);
        }
        // A household with unreadable cells is not judged further: what follows would be guesses.
        if (std::none_of(drafts_.begin(), drafts_.end(), refused)) whole();
        if (std::any_of(drafts_.begin(), drafts_.end(), refused)) return refuse();

        Judgement judgement{std::move(after_), {}, false};
        judgement.difference = difference(before_, judgement.after);
        say_what_changes(judgement);
        return judgement;
    }

private:
    void household(Draft& draft) {
        if (household_draft_) return draft.findings.push_back(error_of("registry.row_twice"));
        household_draft_ = &draft;
        Reading reading(draft, around_.today);
        reading.fields(household_fields(), [&](std::size_t index, std::string value) {
            after_.values[static_cast<HouseholdField>(index)] = std::move(value);
        });
        village(draft);
    }

    void village(Draft& draft) {
        const std::string code = text_in(draft, Use::village_code);
        const std::string name = text_in(draft, Use::village);
        std::optional<AreaCode> village;
        if (!code.empty()) {
            const auto parsed = AreaCode::parse(text::half_width(code));
            if (parsed && parsed->level() == AreaLevel::village) {
                if (!around_.village_exists(*parsed))
                    return draft.findings.push_back(not_in_the_table(draft, *parsed, name));
                village = *parsed;
            }
        } else if (!name.empty()) {
            village = around_.village_named(text_in(draft, Use::township), name);
        } else if (before_) {
            return;
        } else {
            return draft.findings.push_back(error_of("registry.village_missing", "village_code"));
        }
        if (!village) return draft.findings.push_back(error_of("registry.village_unknown", "village_code"));
        if (village->at(AreaLevel::county) != around_.county)
            return draft.findings.push_back(error_of("registry.other_county", "village_code"));
        if (!around_.scope.contains(*village))
            return draft.findings.push_back(error_of("registry.outside_scope", "village_code"));
        after_.village = *village;
    }

    /// Of a village that was merged, or another's slip: the code that its name has today, where one has it.
    Finding not_in_the_table(const Draft& draft, AreaCode code, const std::string& name) const {
        std::vector<std::pair<std::string, std::string>> args{{"code", code.digits()},
                                                              {"year", around_.villages_of}};
        const auto now =
            name.empty() ? std::nullopt : around_.village_named(text_in(draft, Use::township), name);
        if (!now) return error_of("registry.village_code_unknown", "village_code", std::move(args));
        args.emplace_back("name", name);
        args.emplace_back("now", now->digits());
        return error_of("registry.village_code_changed", "village_code", std::move(args));
    }

    void person(Draft& draft) {
        PersonValues said;
        std::vector<std::size_t> filled;
        Reading reading(draft, around_.today);
        reading.fields(person_fields(), [&](std::size_t index, std::string value) {
            said[static_cast<P>(index)] = std::move(value);
            filled.push_back(index);
        });
        if (refused(draft)) return;
        std::size_t at = match(said);
        if (at < after_.members.size() && draft_of_member_.contains(at))
            return draft.findings.push_back(error_of("registry.row_twice"));
        if (at == after_.members.size()) {
            after_.members.emplace_back();
            after_.members[at].values[P::member_status] = "1";
        }
        draft_of_member_[at] = &draft;
        PersonValues& values = after_.members[at].values;
        const std::string before = values[P::id_number];
        for (const auto index : filled) values[static_cast<P>(index)] = said[static_cast<P>(index)];
        if (said.has(P::id_number))
            note_number(values, before, reading.written(Use::field, static_cast<std::size_t>(P::id_number)),
                        around_.today);
        if (!values.has(P::member_status)) values[P::member_status] = "1";
        derive(values, around_.today);
        if (after_.members[at].active() && values.has(P::id_number))
            for (const auto& other : around_.elsewhere(values[P::id_number]))
                draft.findings.push_back(error_of("registry.person_elsewhere", "id_number",
                                                  {{"household", after_.household_no}, {"other", other}}));
    }

    /// Who of the household this is: by ID, by temporary number, or, where a document is missing on one
    /// side, by name and day of birth. members.size() for a new one.
    std::size_t match(const PersonValues& said) const {
        const auto& members = after_.members;
        const auto find = [&](auto&& same) {
            return static_cast<std::size_t>(
                std::find_if(members.begin(), members.end(),
                             [&](const Member& one) { return same(one.values); }) -
                members.begin());
        };
        std::size_t at = members.size();
        if (said.has(P::id_number))
            at = find([&](const PersonValues& one) { return one[P::id_number] == said[P::id_number]; });
        if (at == members.size() && said.has(P::temp_no))
            at = find([&](const PersonValues& one) { return one[P::temp_no] == said[P::temp_no]; });
        if (at == members.size()) {
            PersonValues derived = said;
            derive(derived, around_.today);
            at = find([&](const PersonValues& one) {
                return !(one.has(P::id_number) && said.has(P::id_number)) && derived.has(P::birth) &&
                       one[P::birth] == derived[P::birth] && chinese::same_name(one[P::name], said[P::name]);
            });
        }
        return at;
    }

    void income(Draft& draft) {
        static constexpr Field month{"window", "", "", Kind::month}, year{"window", "", "", Kind::year};
        static constexpr Field id{"member_id", "", "", Kind::citizen_id};
        Reading reading(draft, around_.today);
        const auto in_year = reading.value(Use::year, year).value_or("");
        const auto first = reading.value(Use::first_month, month).value_or("");
        const auto last = reading.value(Use::last_month, month).value_or("");
        const auto member_id = reading.value(Use::member_id, id).value_or("");
        if (refused(draft)) return;
        std::optional<Period> window;
        if (!first.empty() || !last.empty()) {
            const auto from = Date::parse((first.empty() ? last : first) + "-01");
            const auto until = Date::parse((last.empty() ? first : last) + "-01");
            if (from && until && *from <= *until) window = Period{*from, until->last_of_month()};
        } else if (!in_year.empty()) {
            const int y = std::stoi(in_year);
            window = Period{*Date::from(y, 1, 1), *Date::from(y, 12, 31)};
        }
        if (!window) return draft.findings.push_back(error_of("registry.window_missing", "window"));
        std::optional<std::size_t> member;
        if (!member_id.empty()) {
            for (std::size_t i = 0; i < after_.members.size(); ++i)
                if (after_.members[i].values[P::id_number] == member_id) member = i;
            if (!member)
                return draft.findings.push_back(error_of("registry.income_of_stranger", "member_id"));
        }
        income_items(draft, reading, *window, member);
    }

    void income_items(Draft& draft, Reading& reading, Period window, std::optional<std::size_t> member) {
        Money parts, total;
        bool any_part = false, any_total = false;
        const auto items = income_columns();
        for (std::size_t i = 0; i < items.size(); ++i) {
            const Field fen{"income", items[i].title, "", Kind::fen};
            const auto value = reading.value(Use::income, fen, i);
            if (!value || value->empty()) continue;
            const Money amount = Money::fen(std::stoll(*value));
            if (items[i].sub == "total") {
                total = amount, any_total = true;
                continue;
            }
            if (items[i].item == IncomeItem::transfer) parts += amount, any_part = true;
            put_income(draft, {member, window, items[i].item, std::string(items[i].sub), amount});
        }
        if (any_total && !any_part)
            put_income(draft, {member, window, IncomeItem::transfer, "other", total});
        else if (any_total && parts != total)
            draft.findings.push_back(error_of("registry.transfer_total", "I4",
                                              {{"total", total.plain()}, {"parts", parts.plain()}}));
    }

    void put_income(Draft& draft, IncomeLine line) {
        for (auto& one : after_.income)
            if (one.member == line.member && one.window == line.window && one.item == line.item &&
                one.sub == line.sub) {
                if (!touched_.insert({field_name(line), line.member.value_or(SIZE_MAX)}).second)
                    draft.findings.push_back(error_of("registry.row_twice"));
                one.amount = line.amount;
                return;
            }
        touched_.insert({field_name(line), line.member.value_or(SIZE_MAX)});
        after_.income.push_back(std::move(line));
    }

    void guarantee(Draft& draft) {
        static constexpr Field day{"assessed_on", "", "", Kind::date},
            words{"assessed_by", "", "", Kind::text};
        Reading reading(draft, around_.today);
        Guarantee common;
        common.assessed_by = reading.value(Use::assessed_by, words).value_or("");
        common.evidence = reading.value(Use::evidence, words).value_or("");
        if (const auto on = reading.value(Use::assessed_on, day); on && !on->empty())
            common.assessed_on = *Date::parse(*on);
        // May lie ahead, unlike every other day of the file.
        if (const std::string until = text_in(draft, Use::expires_on); !until.empty()) {
            if (const auto parsed = Date::parse_loose(until, Date::Serials::accept))
                common.expires_on = *parsed;
            else
                draft.findings.push_back(error_of("registry.bad_date", "expires_on",
                                                  {{"column", "有效期至"}, {"expected", "2026-03-15"}}));
        } else if (common.assessed_on) {
            common.expires_on = common.assessed_on->plus_months(12);
        }
        const auto items = codes::guarantee_item.codes;
        for (std::size_t i = 0; i < items.size(); ++i) {
            const Field status{items[i].code, items[i].label, "", Kind::code, &codes::guarantee_status};
            const auto value = reading.value(Use::guarantee, status, i);
            if (!value || value->empty()) continue;
            Guarantee one = common;
            one.item = std::string(items[i].code);
            one.status = *value;
            put_guarantee(std::move(one));
        }
    }

    /// Of several assessments of an item the latest counts.
    void put_guarantee(Guarantee one) {
        for (auto& held : after_.guarantees) {
            if (held.item != one.item) continue;
            if (held.assessed_on && (!one.assessed_on || *one.assessed_on < *held.assessed_on)) return;
            one.row = held.row;
            held = std::move(one);
            return;
        }
        after_.guarantees.push_back(std::move(one));
    }

    /// The household as it would be: the rules, each hit told at the row that can mend it.
    void whole() {
        for (Finding& finding : validate(after_, around_.today)) {
            Draft* draft = nullptr;
            if (finding.member) {
                const auto found = draft_of_member_.find(*finding.member);
                if (found != draft_of_member_.end()) draft = found->second;
            }
            if (!draft) draft = household_draft_ ? household_draft_ : &drafts_.front();
            // A warning about somebody whom the file does not speak of is not this file's matter.
            const bool of_others = finding.member && !draft_of_member_.contains(*finding.member);
            if (of_others && finding.severity == Severity::warning) continue;
            draft->findings.push_back(std::move(finding));
        }
    }

    Judgement refuse() {
        for (Draft& draft : drafts_) {
            draft.verdict = Verdict::rejected;
            draft.changes.clear();
            if (refused(draft)) continue;
            const auto culprit = std::find_if(drafts_.begin(), drafts_.end(), refused);
            draft.findings.push_back(error_of(
                "registry.household_refused", {},
                {{"sheet", std::string(title_of(culprit->kind))}, {"row", std::to_string(culprit->row)}}));
        }
        return {before_ ? *before_ : Household{}, {}, true};
    }

    void say_what_changes(const Judgement& judgement) {
        const Difference& d = judgement.difference;
        const auto is_in = [](const std::vector<std::size_t>& list, std::size_t i) {
            return std::find(list.begin(), list.end(), i) != list.end();
        };
        std::map<const Draft*, std::size_t> member_of;
        for (const auto& [member, draft] : draft_of_member_) member_of[draft] = member;
        for (Draft& draft : drafts_) {
            const auto member = member_of.find(&draft);
            bool added = false;
            switch (draft.kind) {
                case Sheet::household:
                    added = d.is_new;
                    break;
                case Sheet::person:
                    added = is_in(d.new_members, member->second);
                    break;
                case Sheet::income:
                    added = !d.new_income.empty();
                    break;
                case Sheet::guarantee:
                    added = !d.new_guarantees.empty();
                    break;
            }
            if (!added)
                for (const Change& change : d.changes)
                    if (belongs(change, draft,
                                member == member_of.end() ? std::nullopt : std::optional(member->second)))
                        draft.changes.push_back(change);
            draft.verdict = added                   ? Verdict::added
                            : draft.changes.empty() ? Verdict::unchanged
                                                    : Verdict::changed;
        }
    }

    static bool belongs(const Change& change, const Draft& draft, std::optional<std::size_t> member) {
        const bool income = change.field.starts_with("income.");
        const bool guarantee = change.field.starts_with("guarantee.");
        switch (draft.kind) {
            case Sheet::household:
                return !change.member && !income && !guarantee;
            case Sheet::person:
                return member && change.member == member && !income;
            case Sheet::income:
                return income;
            case Sheet::guarantee:
                return guarantee;
        }
        return false;
    }

    const Household* before_;
    std::vector<Draft>& drafts_;
    const Surroundings& around_;
    Household after_;
    Draft* household_draft_ = nullptr;
    std::map<std::size_t, Draft*> draft_of_member_;
    std::set<std::pair<std::string, std::size_t>> touched_;
};

}  // namespace

std::string text_in(const Draft& draft, Column::Use use, std::size_t index) {
    const auto list = columns(draft.kind);
    for (std::size_t i = 0; i < draft.mapping->column_of.size() && i < draft.cells.size(); ++i) {
        const auto column = draft.mapping->column_of[i];
        if (column && list[*column].use == use && list[*column].index == index)
            return std::string(text::trimmed(draft.cells[i].text));
    }
    return {};
}

Judgement judge(const Household* before, const std::string& household_no, std::vector<Draft>& drafts,
                const Surroundings& surroundings) {
    return Judging(before, household_no, drafts, surroundings).judge();
}

}  // namespace ballast::registry
