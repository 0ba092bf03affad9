#include "programmes/hold_together.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <span>

namespace ballast::programmes {
namespace {

class Holder {
public:
    Holder(const Programme& programme, const Lines& lines, bool pack_read, std::vector<Finding>& findings)
        : programme_(programme), lines_(lines), findings_(findings), pack_read_(pack_read), sound_(findings.empty()) {}

    void hold() {
        for (const auto& one : programme_.registers) hold_register(one);
        for (const auto& one : programme_.activities) {
            const auto at = "activities." + one.name;
            if (!one.on.empty() && !programme_.find_register(one.on)) refer(at, "on", one.on);
            if (!one.passing.empty()) parameter(at, "passing", one.passing, packs::Unit::grade);
            if (!one.passing.empty() && one.items.empty()) refer(at, "passing", one.passing);
        }
        if (!programme_.contracts.empty())
            for (const auto name : contract_parameters) parameter("contracts", name, name, packs::Unit::days);
        if (programme_.fee) hold_fee(*programme_.fee);
        for (const auto& one : programme_.indicators) {
            hold_counted(one, "numerator", one.numerator, one.unit);
            hold_counted(one, "denominator", one.denominator, one.per.empty() ? one.unit : one.per);
        }
    }

private:
    static constexpr std::string_view contract_parameters[] = {"contract_warning_first", "contract_warning_second",
                                                               "contract_warning_last"};

    void note(const std::string& at, Error what) {
        const auto line = lines_.find(at);
        findings_.push_back({programme_.pack.name + "/programme.toml", line == lines_.end() ? 1 : line->second,
                             std::move(what)});
    }
    void refer(const std::string& at, std::string_view key, std::string_view name) {
        note(at, invalid("programmes.pack_reference").with("key", std::string(key)).with("name", std::string(name)));
    }
    void parameter(const std::string& at, std::string_view key, std::string_view name, packs::Unit unit) {
        if (!pack_read_) return;
        const auto* found = programme_.pack.parameter(name);
        if (!found) return refer(at, key, name);
        if (found->unit != unit)
            note(at, invalid("programmes.pack_unit")
                         .with("unit", std::string(packs::name_of(found->unit)))
                         .with("known", std::string(packs::name_of(unit))));
    }

    void hold_register(const Register& one) {
        const auto at = "registers." + one.name;
        if (sound_ && std::ranges::find(programme_.whom, one.about) == programme_.whom.end())
            refer(at, "about", name_of(one.about));
        if (!one.parent.empty() && (one.parent == one.name || !programme_.find_register(one.parent)))
            refer(at, "parent", one.parent);
        std::set<std::string, std::less<>> reached;
        if (!one.states.empty()) reached.insert(one.states.front().name);
        for (std::size_t before = 0; before != reached.size();) {
            before = reached.size();
            for (const auto& step : one.steps)
                if (std::ranges::any_of(step.from, [&](const auto& from) { return reached.contains(from); }))
                    reached.insert(step.to);
        }
        for (const auto& state : one.states)
            if (sound_ && !reached.contains(state.name))
                note(at, invalid("programmes.pack_unreachable").with("name", state.name));
        for (const auto& step : one.steps) hold_step(at, one, step);
        if (!one.due.empty())
            if (const auto* field = one.field(one.due); !field || field->sealed || field->type != Type::date)
                refer(at, "due", one.due);
        if (one.evidence) {
            hold_values(at, "evidence", one, one.evidence->where);
            if (one.about != About::household && one.about != About::person) refer(at, "evidence", name_of(one.about));
        }
        if (one.benefit) {
            for (const auto& by : one.benefit->by)
                if (const auto* field = one.field(by); !field || field->sealed) refer(at, "by", by);
            const bool fits = one.about == About::person ||
                              (one.about == About::household && one.benefit->to != Benefit::To::person);
            if (sound_ && !fits) refer(at, "benefit", name_of(one.benefit->to));
        }
        if (one.entitlement) {
            std::set<std::string, std::less<>> given;
            for (const auto& field : one.fields)
                if (!field.sealed) given.insert(field.name);
            if (one.about == About::household || one.about == About::person)
                given.insert(household_facts().begin(), household_facts().end());
            hold_table("entitlement." + one.name, one.entitlement->table, one.entitlement->decision, given);
            hold_outputs("entitlement." + one.name, *one.entitlement);
        }
    }

    void hold_fee(const FeeRule& fee) {
        parameter("fee", "least", fee.least, packs::Unit::fen);
        parameter("fee", "most", fee.most, packs::Unit::fen);
        parameter("fee", "votes_numerator", fee.votes_numerator, packs::Unit::times);
        parameter("fee", "votes_denominator", fee.votes_denominator, packs::Unit::times);
        if (const auto* below = programme_.pack.parameter(fee.votes_denominator))
            for (const auto& row : below->values)
                if (row.value <= Decimal()) note("fee", invalid("programmes.pack_zero").with("name", below->name));
        hold_table("fee", fee.exemption_table, fee.exemption_decision,
                   {household_facts().begin(), household_facts().end()});
    }

    void hold_table(const std::string& at, const std::string& file, const std::string& decision,
                    const std::set<std::string, std::less<>>& given) {
        if (!pack_read_) return;
        const auto model = programme_.table(file);
        if (!model) {
            if (model.error().kind == ErrorKind::not_found) return refer(at, "table", file);
            return note(at, model.error());
        }
        const auto index = model->decision(decision);
        if (!index) return refer(at, "decision", decision);
        for (const auto input : model->decisions().at(*index).inputs) {
            const auto& name = model->inputs().at(input).name;
            if (!given.contains(name) && !programme_.pack.parameter(name))
                note(at, invalid("programmes.pack_input").with("name", name).with("table", file));
        }
    }

    /// Without one of them nothing is due to anybody, and no reason is told.
    void hold_outputs(const std::string& at, const Entitlement& due) {
        if (!pack_read_) return;
        const auto model = programme_.table(due.table);
        const auto index = model ? model->decision(due.decision) : std::nullopt;
        const auto* table = index ? model->decisions().at(*index).table.get() : nullptr;
        if (!table) return;  // a table that is not there was told; what is computed without one may put out anything
        for (const auto* name : {"eligible", "amount", "reason_zh", "reason_en"})
            if (!table->output(name))
                note(at, invalid("programmes.pack_output").with("table", due.table).with("name", name));
    }

    void hold_counted(const Indicator& indicator, std::string_view key, const Counted& counted, const std::string& unit) {
        using enum Counted::What;
        const auto at = "indicators." + indicator.name;
        if (counted.what == households || counted.what == villages) {
            const std::string_view counts = counted.what == households ? "户" : "个";
            if (unit != counts) unlike(at, counts, unit);
            return;
        }
        const auto* of = programme_.find_register(counted.in);
        if (!of) return refer(at, key, counted.in);
        hold_values(at, key, *of, counted.where);
        hold_values(at, key, *of, counted.without);
        if (!counted.state.empty() && !of->state(counted.state)) refer(at, key, counted.state);
        if (!counted.distinct.empty() && counted.distinct != "subject")
            if (const auto* field = of->field(counted.distinct); !field || field->sealed) refer(at, key, counted.distinct);
        for (const auto* bounds : {&counted.below, &counted.at_least})
            for (const auto& [name, bound] : *bounds) {
                const auto* field = of->field(name);
                if (!field || field->sealed || field->type != Type::integer) refer(at, key, name);
                if (pack_read_ && !programme_.pack.parameter(bound)) refer(at, key, bound);
            }
        if (!counted.latest.empty())
            if (const auto* field = of->field(counted.latest); !field || field->sealed || field->type != Type::integer)
                refer(at, key, counted.latest);
        if (!counted.every_in.empty()) {
            const auto* below = programme_.find_register(counted.every_in);
            const auto* field = below ? below->field(counted.every) : nullptr;
            if (!below || below->parent != counted.in) refer(at, key, counted.every_in);
            if (below && (!field || field->choices.empty())) refer(at, key, counted.every);
        }
        if (counted.what != sum) return hold_unit(at, *of, counted, unit);
        const auto* field = of->field(counted.sum);
        if (!field || field->sealed || (field->type != Type::integer && field->type != Type::money))
            return refer(at, key, counted.sum);
        if (field->unit != unit) unlike(at, field->unit, unit);
    }
    /// Unsealed fields with values that they can have.
    void hold_values(const std::string& at, std::string_view key, const Register& of, const Holds& holds) {
        if (!sound_) return;
        for (const auto& [name, value] : holds) {
            const auto* field = of.field(name);
            if (!field || field->sealed) {
                refer(at, key, name);
                continue;
            }
            const bool fits = field->type == Type::choice    ? field->choice(value) != nullptr
                              : field->type == Type::truth   ? value == "yes" || value == "no"
                              : field->type == Type::integer ? !value.empty()
                                                             : false;
            if (!fits) refer(at, key, value);
        }
    }
    void hold_hearing(const std::string& at, const Register& of, const Hearing& hearing) {
        parameter(at, "heard", hearing.parameter, packs::Unit::times);
        const auto* below = programme_.find_register(hearing.in);
        if (!below || below->parent != of.name) return refer(at, "in", hearing.in);
        const auto* field = below->field(hearing.each);
        if (!field || field->sealed || field->choices.empty()) refer(at, "each", hearing.each);
        hold_values(at, "against", *below, hearing.against);
    }
    void hold_step(const std::string& at, const Register& of, const Step& step) {
        hold_values(at, "requires", of, step.holds);
        if (!step.passed.empty())
            if (const auto* kind = programme_.activity(step.passed); !kind || kind->on != of.name || kind->passing.empty())
                refer(at, "passed", step.passed);
        if (step.hearing) hold_hearing(at, of, *step.hearing);
        if (step.wait) {
            parameter(at, "after", step.wait->parameter, packs::Unit::days);
            const auto* field = of.field(step.wait->since);
            if (!field || field->sealed || field->type != Type::date) refer(at, "since", step.wait->since);
        }
        if (!step.quota) return;
        parameter(at, "quota", step.quota->parameter, packs::Unit::times);
        for (const auto& by : step.quota->by)
            if (const auto* field = of.field(by); !field || field->sealed) refer(at, "by", by);
    }
    /// What counts once by a field is what that field names, and may be anything.
    void hold_unit(const std::string& at, const Register& of, const Counted& counted, const std::string& unit) {
        if (!sound_ || (!counted.distinct.empty() && counted.distinct != "subject")) return;
        const auto fitting = units_of_rows(of.about);
        if (std::ranges::find(fitting, unit) == fitting.end())
            note(at, invalid("programmes.pack_unit_of_rows")
                         .with("unit", unit)
                         .with("register", of.title.zh)
                         .with("register.en", of.title.en)
                         .with("known", fmt::format("{}", fmt::join(fitting, " "))));
    }
    void unlike(const std::string& at, std::string_view found, std::string_view wanted) {
        note(at, invalid("programmes.pack_unit")
                     .with("unit", std::string(found))
                     .with("known", std::string(wanted)));
    }

    const Programme& programme_;
    const Lines& lines_;
    std::vector<Finding>& findings_;
    bool pack_read_;
    bool sound_;  // nothing was found before: a field is what its author wrote
};

}  // namespace

std::span<const std::string_view> units_of_rows(About about) {
    static constexpr std::string_view households[] = {"户", "户次", "座", "个", "次", "件"}, people[] = {"人", "人次", "个", "次"},
                                      things[] = {"座", "个", "处", "次", "节", "所", "班", "家", "场", "件", "台", "株"};
    if (about == About::household) return households;
    if (about == About::person) return people;
    return things;
}

void hold_together(const Programme& programme, const Lines& lines, bool pack_read, std::vector<Finding>& findings) {
    Holder(programme, lines, pack_read, findings).hold();
}

}  // namespace ballast::programmes
