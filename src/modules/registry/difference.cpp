#include "registry/difference.h"

#include "registry/fields.h"

namespace ballast::registry {

namespace {

template <class Field>
bool compare(const Values<Field>& before, const Values<Field>& after, std::optional<std::size_t> member,
             std::vector<Change>& changes) {
    bool any = false;
    for (std::size_t i = 0; i < Values<Field>::size; ++i) {
        const auto field = static_cast<Field>(i);
        if (before[field] == after[field]) continue;
        const auto& described = describe(field);
        changes.push_back(
            {member, std::string(described.name), before[field], after[field], sensitive(described)});
        any = true;
    }
    return any;
}

}  // namespace

std::string field_name(const IncomeLine& line) {
    std::string name = "income." + std::string(code_of(line.item));
    if (!line.sub.empty()) name += "." + line.sub;
    return name + "." + line.window.first.iso() + "." + line.window.last.iso();
}

std::string field_name(const Guarantee& guarantee) { return "guarantee." + guarantee.item; }

std::string summary(const Guarantee& guarantee) {
    std::string out = guarantee.status;
    for (const auto& day : {guarantee.assessed_on, guarantee.expires_on})
        out += " " + (day ? day->iso() : "-");
    if (!guarantee.assessed_by.empty()) out += " " + guarantee.assessed_by;
    if (!guarantee.evidence.empty()) out += " " + guarantee.evidence;
    return out;
}

Difference difference(const Household* before, const Household& after) {
    Difference out;
    if (!before) {
        out.is_new = true;
        for (std::size_t i = 0; i < after.members.size(); ++i) out.new_members.push_back(i);
        for (std::size_t i = 0; i < after.income.size(); ++i) out.new_income.push_back(i);
        for (std::size_t i = 0; i < after.guarantees.size(); ++i) out.new_guarantees.push_back(i);
        return out;
    }
    if (before->village != after.village) {
        out.moved = true;
        out.changes.push_back({{}, "village_code", before->village.digits(), after.village.digits(), false});
    }
    out.household = compare(before->values, after.values, {}, out.changes);
    for (std::size_t i = 0; i < after.members.size(); ++i) {
        if (i >= before->members.size())
            out.new_members.push_back(i);
        else if (compare(before->members[i].values, after.members[i].values, i, out.changes) || out.moved)
            out.changed_members.push_back(i);
    }
    for (std::size_t i = 0; i < after.income.size(); ++i) {
        const IncomeLine& line = after.income[i];
        if (i >= before->income.size()) {
            out.new_income.push_back(i);
        } else if (before->income[i].amount != line.amount) {
            out.changed_income.push_back(i);
            out.changes.push_back({line.member, field_name(line),
                                   std::to_string(before->income[i].amount.fen()),
                                   std::to_string(line.amount.fen()), false});
        }
    }
    for (std::size_t i = 0; i < after.guarantees.size(); ++i) {
        if (i >= before->guarantees.size()) {
            out.new_guarantees.push_back(i);
        } else if (const auto was = summary(before->guarantees[i]), is = summary(after.guarantees[i]);
                   was != is) {
            out.changed_guarantees.push_back(i);
            out.changes.push_back({{}, field_name(after.guarantees[i]), was, is, false});
        }
    }
    return out;
}

}  // namespace ballast::registry
