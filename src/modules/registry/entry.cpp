#include "registry/entry.h"

#include <algorithm>
#include <utility>

#include "registry/columns.h"
#include "registry/derive.h"
#include "registry/fields.h"
#include "registry/household_file.h"

namespace ballast::registry {

namespace {

using P = PersonField;

constexpr std::string_view guarantee_prefix = "guarantee.", evidence_suffix = ".evidence";

class Planning {
public:
    Planning(const Household* before, Household begun, const Entry& entry, const std::string& by, Date today)
        : before_(before), entry_(entry), by_(by), today_(today) {
        out_.after = before ? *before : std::move(begun);
    }

    Plan run() {
        for (const Edit& edit : entry_.edits) {
            if (edit.person)
                of_member(edit);
            else if (edit.field.starts_with(guarantee_prefix))
                of_guarantee(edit);
            else
                of_household(edit);
        }
        settle_members();
        for (std::size_t i = 0; i < entry_.joining.size(); ++i) join(i);
        for (const IncomeEdit& edit : entry_.income) of_income(edit);
        // Whoever cannot be read is not judged: what follows would be guesses.
        if (out_.slips.empty()) return plan_of(before_, std::move(out_.after), today_);
        out_.difference = difference(before_, out_.after);
        return std::move(out_);
    }

private:
    std::optional<std::string> read(const Field& field, const std::string& value,
                                    std::optional<PersonId> person, std::optional<std::size_t> joining) {
        auto read = read_value(field, value, today_);
        if (read) return *read;
        auto error = std::move(read).error();
        error.args.emplace_back("column", std::string(field.title));
        slip(std::string(field.name), std::move(error), person, joining);
        return std::nullopt;
    }
    void slip(std::string field, Error error, std::optional<PersonId> person = {},
              std::optional<std::size_t> joining = {}) {
        out_.slips.push_back({person, joining, std::move(field), std::move(error)});
    }
    void no_field(const std::string& field, std::optional<PersonId> person = {},
                  std::optional<std::size_t> joining = {}) {
        slip(field, invalid("registry.no_field").with("field", field), person, joining);
    }

    void of_household(const Edit& edit) {
        const auto field = household_field(edit.field);
        if (!field) return no_field(edit.field);
        if (auto value = read(describe(*field), edit.value, {}, {}))
            out_.after.values[*field] = std::move(*value);
    }

    void of_member(const Edit& edit) {
        const auto at = out_.after.index_of(*edit.person);
        if (!at) return slip(edit.field, not_found("registry.no_person"), edit.person);
        const auto field = person_field(edit.field);
        if (!field) return no_field(edit.field, edit.person);
        if (auto value = read(describe(*field), edit.value, edit.person, {}))
            put(out_.after.members[*at].values, *field, std::move(*value), edit.value);
    }

    void put(PersonValues& values, P field, std::string value, std::string_view written) {
        std::string before = std::exchange(values[field], std::move(value));
        if (field != P::id_number) return;
        note_number(values, before, written, today_);
        // Of a member on file the number tells its note anew, and nothing that somebody said.
        derive(values, today_);
    }

    void settle_members() {
        for (std::size_t i = 0; before_ && i < before_->members.size(); ++i) {
            const Member& was = before_->members[i];
            Member& is = out_.after.members[i];
            if (was.active() && !is.active() && !is.values.has(P::left_on))
                is.values[P::left_on] = entry_.since.iso();
            if (!was.active() && is.active()) {
                is.values[P::left_on].clear();
                if (is.values[P::joined_on] == was.values[P::joined_on])
                    is.values[P::joined_on] = entry_.since.iso();
            }
        }
    }

    void of_guarantee(const Edit& edit) {
        std::string_view item = std::string_view(edit.field).substr(guarantee_prefix.size());
        const bool evidence = item.ends_with(evidence_suffix);
        if (evidence) item.remove_suffix(evidence_suffix.size());
        if (!codes::guarantee_item.find(item)) return no_field(edit.field);
        const Field field{edit.field, codes::guarantee_item.find(item)->label, "",
                          evidence ? Kind::text : Kind::code, evidence ? nullptr : &codes::guarantee_status};
        const auto value = read(field, edit.value, {}, {});
        if (!value) return;
        auto held = std::find_if(out_.after.guarantees.begin(), out_.after.guarantees.end(),
                                 [&](const Guarantee& one) { return one.item == item; });
        // Evidence alone says nothing, and a status is not unsaid.
        if (evidence ? held == out_.after.guarantees.end() : value->empty()) return no_field(edit.field);
        if (held == out_.after.guarantees.end()) {
            out_.after.guarantees.push_back({std::string(item), {}, {}, {}, {}, {}, 0});
            held = std::prev(out_.after.guarantees.end());
        }
        (evidence ? held->evidence : held->status) = *value;
        held->assessed_by = by_;
        held->assessed_on = entry_.since;
        held->expires_on = entry_.since.plus_months(12);
    }

    void join(std::size_t index) {
        Member member;
        member.values[P::member_status] = "1";
        for (const auto& said : entry_.joining[index]) {
            const auto field = person_field(said.field);
            if (!field) {
                no_field(said.field, {}, index);
            } else if (auto value = read(describe(*field), said.value, {}, index)) {
                put(member.values, *field, std::move(*value), said.value);
            }
        }
        derive(member.values, today_);
        if (member.values.has(P::joined) && !member.values.has(P::joined_on))
            member.values[P::joined_on] = entry_.since.iso();
        out_.after.members.push_back(std::move(member));
    }

    void of_income(const IncomeEdit& edit) {
        IncomeLine line{{}, edit.window, edit.item, edit.sub, {}, 0};
        const std::string name = field_name(line);
        if (edit.person) {
            line.member = out_.after.index_of(*edit.person);
            if (!line.member) return slip(name, not_found("registry.no_person"), edit.person);
        }
        const auto items = income_columns();
        const auto item = std::find_if(items.begin(), items.end(), [&](const IncomeColumn& one) {
            return one.item == edit.item && one.sub == edit.sub && one.sub != "total";
        });
        if (item == items.end()) return no_field(name, edit.person);
        const Period& window = edit.window;
        if (window.last < window.first || window.first != window.first.first_of_month() ||
            window.last != window.last.last_of_month() || window.first > today_ ||
            window.first.plus_months(12) <= window.last)
            return slip(name, invalid("registry.window_missing"), edit.person);
        const Field fen{name, item->title, "", Kind::fen};
        const auto amount = read(fen, edit.amount, edit.person, {});
        if (!amount) return;
        if (amount->empty()) return no_field(name, edit.person);
        line.amount = Money::fen(std::stoll(*amount));
        for (IncomeLine& one : out_.after.income)
            if (one.member == line.member && one.window == line.window && one.item == line.item &&
                one.sub == line.sub) {
                one.amount = line.amount;
                return;
            }
        out_.after.income.push_back(std::move(line));
    }

    const Household* before_;
    const Entry& entry_;
    const std::string& by_;
    Date today_;
    Plan out_;
};

std::string masked(const std::string& field, const std::string& value) {
    if (value.empty()) return value;
    if (field == describe(P::id_number).name) return masked_id(value);
    if (field == describe(P::phone).name) return masked_phone(value);
    if (field == describe(HouseholdField::bank_account).name) return masked_account(value);
    return "***";
}

}  // namespace

std::vector<Pair> Plan::pairs(const Household* before) const {
    std::vector<Pair> out;
    const std::size_t on_file = before ? before->members.size() : 0;
    const auto add = [&](std::optional<std::size_t> member, std::string field, std::string was,
                         std::string is) {
        Pair pair;
        if (member && *member >= on_file) pair.joining = *member - on_file;
        if (member && !pair.joining) pair.person = after.members[*member].id;
        if (member) pair.person_name = after.members[*member].values[P::name];
        pair.field = std::move(field);
        pair.before = std::move(was);
        pair.after = std::move(is);
        out.push_back(std::move(pair));
    };
    for (const Change& one : difference.changes)
        add(one.member, one.field, one.sensitive ? masked(one.field, one.before) : one.before, one.after);
    if (!before)
        for (std::size_t i = 0; i < HouseholdValues::size; ++i)
            if (const auto field = static_cast<HouseholdField>(i); after.values.has(field))
                add({}, std::string(describe(field).name), "", after.values[field]);
    for (const auto i : difference.new_members)
        for (std::size_t f = 0; f < PersonValues::size; ++f)
            if (const auto field = static_cast<P>(f);
                field != P::member_status && after.members[i].values.has(field))
                add(i, std::string(describe(field).name), "", after.members[i].values[field]);
    for (const auto i : difference.new_income)
        add(after.income[i].member, field_name(after.income[i]), "",
            std::to_string(after.income[i].amount.fen()));
    for (const auto i : difference.new_guarantees)
        add({}, field_name(after.guarantees[i]), "", summary(after.guarantees[i]));
    return out;
}

Plan plan_of(const Household* before, Household after, Date today) {
    Plan out{std::move(after), {}, {}, {}};
    out.difference = difference(before, out.after);
    // What was wrong before may stay for now; nobody can mend everything in one step.
    const auto known = before ? validate(*before, today) : std::vector<Finding>{};
    const std::size_t on_file = before ? before->members.size() : 0;
    for (Finding& finding : validate(out.after, today)) {
        if (finding.severity == Severity::warning) {
            out.findings.push_back(std::move(finding));
            continue;
        }
        if (std::find(known.begin(), known.end(), finding) != known.end()) continue;
        Error refusal = invalid(finding.id);
        refusal.args = std::move(finding.args);
        Slip slip{{}, {}, std::move(finding.field), std::move(refusal)};
        if (finding.member && *finding.member >= on_file)
            slip.joining = *finding.member - on_file;
        else if (finding.member)
            slip.person = out.after.members[*finding.member].id;
        out.slips.push_back(std::move(slip));
    }
    return out;
}

Plan plan(const Household* before, Household begun, const Entry& entry, const std::string& by, Date today) {
    return Planning(before, std::move(begun), entry, by, today).run();
}

}  // namespace ballast::registry
