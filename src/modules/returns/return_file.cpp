#include "returns/return_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "returns/store.h"

namespace ballast::returns {
namespace {

using indicators::area_of;
using indicators::record;
using indicators::successions;

constexpr std::array table{
    Step{"submit", "draft", "submitted", Side::filler},      Step{"submit", "sent_back", "submitted", Side::filler},
    Step{"take_back", "submitted", "draft", Side::filler},   Step{"accept", "submitted", "accepted", Side::receiver},
    Step{"send_back", "submitted", "sent_back", Side::receiver}, Step{"send_back", "accepted", "sent_back", Side::receiver},
};

constexpr std::string_view select =
    "SELECT id, state, known, remembered, typed, missing, submitted_on, account, name, note, reviewer, reason, version, "
    "area_code FROM returns_return WHERE ";

struct Row {
    Return of;
    std::optional<db::Blob> note, reason;
    AreaCode area;
};
Row read(const db::Row& row) {
    Row out;
    out.of.id = row.id<ReturnId>(0);
    out.of.state = row.text(1);
    out.of.spared = {row.integer(2), row.integer(3), row.integer(4), row.integer(5)};
    out.of.submitted_on = row.maybe_date(6);
    out.of.account = row.text(7);
    out.of.name = row.text(8);
    out.note = row.maybe_blob(9);
    out.of.reviewer = row.text(10);
    out.reason = row.maybe_blob(11);
    out.of.version = row.integer(12);
    out.area = row.area(13);
    return out;
}
Result<Return> unsealed(const Desk& desk, Row row) {
    row.of.note = TRY(opened(desk, note_context, row.note));
    row.of.reason = TRY(opened(desk, reason_context, row.reason));
    return std::move(row.of);
}

bool is_open(const Return& one) { return one.state == "draft" || one.state == "sent_back"; }

bool stands_on(const Desk& desk, Side side, AreaCode area) {
    const auto scope = desk.figures.actor.scope(may_enter);
    return scope.contains(side == Side::filler ? area : area.parent());
}

std::vector<std::string> next_of(const Desk& desk, const Return& one, AreaCode area) {
    std::vector<std::string> out;
    for (const auto& step : table) {
        if (step.from != one.state || !stands_on(desk, step.side, area)) continue;
        if (step.action == "accept" && one.account == desk.figures.actor.account) continue;
        out.emplace_back(step.action);
    }
    return out;
}

/// Texts may name people: only those who enter figures there read them.
void withhold(const Desk& desk, Sheet& sheet) {
    if (stands_on(desk, Side::filler, sheet.area)) return;
    for (auto& one : sheet.fields) {
        if (one.field->kind != Kind::text) continue;
        one.hidden = !one.value.empty();
        one.value.clear();
        one.before.clear();
    }
    sheet.of.note.clear();
    sheet.of.reason.clear();
}

std::string object(const Form& form, const Term& term) { return fmt::format("return:{}:{}", form.name, term.text()); }

/// Made when somebody first types or submits; one for each form, area and term, however many begin at once.
Result<void> begin(db::Tx& tx, const Desk& desk, const Form& form, const Term& term, AreaCode area) {
    TRY(tx.exec("INSERT INTO returns_return (form, area_code, term, state, known, remembered, typed, missing, account, name, "
                "reviewer, catalogue, version) VALUES (?, ?, ?, 'draft', 0, 0, 0, 0, '', '', '', ?, 1) ON CONFLICT (form, "
                "area_code, term) DO NOTHING",
                form.name, area, term.text(), desk.forms.hash));
    return {};
}
Result<void> keep_count(db::Tx& tx, const Form& form, const Term& term, AreaCode area, const Spared& spared) {
    TRY(tx.exec("UPDATE returns_return SET known = ?, remembered = ?, typed = ?, missing = ? WHERE form = ? AND area_code = ? "
                "AND term = ?",
                spared.known, spared.remembered, spared.typed, spared.missing, form.name, area, term.text()));
    return {};
}

/// All that is asked is there, and what does not fit is explained.
Result<void> whole(const Desk& desk, const Sheet& at, std::string_view note) {
    std::string missing, checks;
    for (const auto& one : at.fields)
        if (!one.answered() && !one.field->optional) missing += (missing.empty() ? "" : "、") + one.field->title.zh;
    if (!missing.empty()) return invalid("returns.missing").with("fields", missing);
    for (const auto& one : broken(desk.forms, *at.form, at.fields))
        checks += (checks.empty() ? "" : "；") + one.check->title.zh;
    if (!checks.empty() && text::trimmed(note).empty()) return invalid("returns.explain").with("checks", checks);
    return {};
}

Result<void> file(db::Tx& tx, const Desk& desk, const Sheet& at) {
    TRY(tx.exec("DELETE FROM returns_filed WHERE return_id = ?", at.of.id));
    for (const auto& one : at.fields)
        TRY(tx.exec("INSERT INTO returns_filed (return_id, field, value, origin, hidden, as_of) VALUES (?, ?, ?, ?, ?, ?)",
                    at.of.id, one.field->name, sealed(desk, filed_context, one.value), name_of(one.origin), one.hidden ? 1 : 0,
                    one.as_of));
    return {};
}

}  // namespace

std::span<const Step> steps() { return table; }

Result<std::string> opened(const Desk& desk, std::string_view context, const std::optional<db::Blob>& sealed_text) {
    if (!sealed_text) return std::string();
    return desk.figures.vault.open(context, *sealed_text);
}
db::Value sealed(const Desk& desk, std::string_view context, std::string_view text) {
    return text.empty() ? db::Value(db::Null{}) : db::Value(desk.figures.vault.seal(context, text));
}

Result<std::map<std::pair<std::string, std::string>, Answer>> answers_of(db::Tx& tx, const Desk& desk, AreaCode area) {
    std::map<std::pair<std::string, std::string>, Answer> out;
    const std::vector<db::Value> which{area};
    TRY(tx.each_row("SELECT field, period, value, form, term, name, version, at FROM returns_answer WHERE area_code = ?", which,
                    [&](const db::Row& row) -> Result<void> {
                        out[{std::string(row.text(0)), std::string(row.text(1))}] = {
                            TRY(opened(desk, answer_context, row.maybe_blob(2))),
                            std::string(row.text(3)),
                            std::string(row.text(4)),
                            std::string(row.text(5)),
                            row.integer(6),
                            Instant{row.integer(7)}};
                        return {};
                    }));
    return out;
}

Result<std::vector<Filled>> filed(db::Tx& tx, const Desk& desk, const Form& form, ReturnId id) {
    std::map<std::string, Filled> found;
    const std::vector<db::Value> which{id};
    TRY(tx.each_row("SELECT field, value, origin, hidden, as_of FROM returns_filed WHERE return_id = ?", which,
                    [&](const db::Row& row) -> Result<void> {
                        Filled one;
                        one.value = TRY(opened(desk, filed_context, row.maybe_blob(1)));
                        one.origin = origin_named(row.text(2)).value_or(Origin::nothing);
                        one.hidden = row.truth(3);
                        one.as_of = row.text(4);
                        found[std::string(row.text(0))] = std::move(one);
                        return {};
                    }));
    std::vector<Filled> out;
    for (const auto& name : form.fields()) {
        auto one = std::move(found[name]);
        one.field = desk.forms.field(name);
        out.push_back(std::move(one));
    }
    return out;
}

Result<std::map<std::string, std::string>> filed_values(db::Tx& tx, const Desk& desk, const Form& form, const Term& term,
                                                        AreaCode area) {
    std::map<std::string, std::string> out;
    const auto found = TRY(tx.first("SELECT id FROM returns_return WHERE form = ? AND term = ? AND area_code = ? AND state IN "
                                    "('submitted', 'accepted')",
                                    {form.name, term.text(), area}, [](const db::Row& row) { return row.id<ReturnId>(0); }));
    if (!found) return out;
    for (const auto& one : TRY(filed(tx, desk, form, *found)))
        if (!one.hidden && !one.value.empty()) out[one.field->name] = one.value;
    return out;
}

Result<const Form*> form_of(const Desk& desk, std::string_view name) {
    const auto* form = desk.forms.form(name);
    if (!form) return not_found("returns.no_such_form").with("name", std::string(name));
    return form;
}

Result<Term> term_of(const Desk& desk, const Form& form, std::string_view text) {
    const auto term = text.empty() ? Term::of(form.term, desk.figures.today) : TRY(indicators::term_of(form.term, text));
    if (term.first() > desk.figures.today) return invalid("indicators.future_term").with("term", term.text());
    if (term.last() < form.valid_from || (form.valid_to && term.first() > *form.valid_to))
        return invalid("returns.not_valid")
            .with("form", form.title.zh)
            .with("from", form.valid_from.iso())
            .with("to", form.valid_to ? form.valid_to->iso() : "—");
    return term;
}

Result<Sheet> sheet(db::Tx& tx, const Desk& desk, std::string_view name, std::string_view typed_term, AreaCode area) {
    const auto* form = TRY(form_of(desk, name));
    const auto term = TRY(term_of(desk, *form, typed_term));
    TRY(area_of(desk.figures, desk.figures.actor.scope(may_read), TRY(successions(tx)), area, term.last()));
    if (area.level() != form->level) return invalid("returns.other_level").with("form", form->title.zh);
    Sheet out{form, term, area, {}, {}, {}, false, {}};
    auto row = TRY(tx.first(std::string(select) + "form = ? AND area_code = ? AND term = ?", {form->name, area, term.text()}, read));
    if (row) out.of = TRY(unsealed(desk, std::move(*row)));
    out.fields = is_open(out.of) ? TRY(fill(tx, desk, *form, term, area)) : TRY(filed(tx, desk, *form, out.of.id));
    out.of.spared = count(out.fields);
    withhold(desk, out);
    out.broken = broken(desk.forms, *form, out.fields);
    out.may_enter = is_open(out.of) && stands_on(desk, Side::filler, area);
    out.next = next_of(desk, out.of, area);
    return out;
}

Result<Filled> answer(db::Tx& tx, const Desk& desk, const Typed& typed) {
    TRY(auth::require(desk.figures.actor, may_enter));
    const auto* form = TRY(form_of(desk, typed.form));
    const auto term = TRY(term_of(desk, *form, typed.term));
    TRY(area_of(desk.figures, desk.figures.actor.scope(may_enter), TRY(successions(tx)), typed.area, term.last()));
    TRY(begin(tx, desk, *form, term, typed.area));
    // Locks the form: whoever submits it waits, and sees what is typed here.
    TRY(tx.exec("UPDATE returns_return SET version = version WHERE form = ? AND area_code = ? AND term = ?", form->name,
                typed.area, term.text()));
    auto at = TRY(sheet(tx, desk, typed.form, term.text(), typed.area));
    if (!is_open(at.of)) return conflict("returns.under_way").with("form", form->title.zh);
    const auto found =
        std::ranges::find_if(at.fields, [&](const Filled& one) { return one.field->name == typed.field; });
    if (found == at.fields.end())
        return not_found("returns.not_on_form").with("field", typed.field).with("form", form->title.zh);
    const auto& field = *found->field;
    if (found->origin != Origin::nothing && found->origin != Origin::typed && found->origin != Origin::remembered)
        return conflict("returns.not_asked").with("field", field.title.zh);
    const auto value = TRY(read_answer(field, typed.value));
    if (found->version != typed.version && found->value != value)
        return conflict("returns.changed_meanwhile")
            .with("value", found->value.empty() ? "—" : found->value)
            .with("name", found->by.empty() ? "—" : found->by);
    TRY(tx.exec("INSERT INTO returns_answer (field, area_code, period, value, form, term, version, at, account, name) VALUES "
                "(?, ?, ?, ?, ?, ?, 1, ?, ?, ?) ON CONFLICT (field, area_code, period) DO UPDATE SET value = excluded.value, "
                "form = excluded.form, term = excluded.term, version = returns_answer.version + 1, at = excluded.at, account "
                "= excluded.account, name = excluded.name",
                field.name, typed.area, period_of(field, term), sealed(desk, answer_context, value), form->name, term.text(),
                desk.figures.now.ms, desk.figures.actor.account, desk.figures.actor.name));
    TRY(record(tx, desk.figures, "returns.answer", object(*form, term), typed.area,
               fmt::format(R"({{"field":"{}"}})", field.name)));
    const auto now = TRY(fill(tx, desk, *form, term, typed.area));
    TRY(keep_count(tx, *form, term, typed.area, count(now)));
    return *std::ranges::find_if(now, [&](const Filled& one) { return one.field->name == typed.field; });
}

Result<Sheet> act(db::Tx& tx, const Desk& desk, const Order& order) {
    TRY(auth::require(desk.figures.actor, may_enter));
    const auto* form = TRY(form_of(desk, order.form));
    const auto term = TRY(term_of(desk, *form, order.term));
    TRY(area_of(desk.figures, desk.figures.actor.scope(may_enter), TRY(successions(tx)), order.area, term.last()));
    if (order.area.level() != form->level) return invalid("returns.other_level").with("form", form->title.zh);
    TRY(begin(tx, desk, *form, term, order.area));
    TRY(tx.exec("UPDATE returns_return SET version = version WHERE form = ? AND area_code = ? AND term = ?", form->name,
                order.area, term.text()));
    const auto at = TRY(sheet(tx, desk, order.form, term.text(), order.area));
    const auto step = std::ranges::find_if(
        table, [&](const Step& one) { return one.action == order.action && one.from == at.of.state; });
    if (step == table.end())
        return conflict("returns.no_such_step").with("action", order.action).with("state", at.of.state);
    if (!stands_on(desk, step->side, order.area)) return forbidden("returns.not_receiver");
    if (step->action == "accept" && at.of.account == desk.figures.actor.account) return forbidden("returns.own");
    // A form that nobody had begun has the version that `begin` gave it.
    if (order.version != at.of.version && !(order.version == 0 && at.of.version == 1)) return conflict("returns.changed");
    if (step->action == "send_back" && text::trimmed(order.reason).empty()) return invalid("returns.reason_missing");
    const bool submits = step->to == "submitted";
    if (submits) {
        TRY(whole(desk, at, order.note));
        TRY(file(tx, desk, at));
        TRY(keep_count(tx, *form, term, order.area, at.of.spared));
        TRY(tx.exec("UPDATE returns_return SET submitted_on = ?, account = ?, name = ?, note = ?, catalogue = ?, reviewer = "
                    "'', reason = NULL WHERE id = ?",
                    desk.figures.today, desk.figures.actor.account, desk.figures.actor.name,
                    sealed(desk, note_context, text::trimmed(order.note)), desk.forms.hash, at.of.id));
    } else if (step->side == Side::receiver) {
        TRY(tx.exec("UPDATE returns_return SET reviewer = ?, reason = ? WHERE id = ?", desk.figures.actor.name,
                    sealed(desk, reason_context, text::trimmed(order.reason)), at.of.id));
    }
    TRY(tx.exec("UPDATE returns_return SET state = ?, version = version + 1 WHERE id = ?", step->to, at.of.id));
    TRY(record(tx, desk.figures, "returns." + order.action, object(*form, term), order.area, "{}"));
    return sheet(tx, desk, order.form, term.text(), order.area);
}

Result<std::vector<Line>> lines(db::Tx& tx, const Desk& desk, std::string_view name, std::string_view typed_term,
                                AreaCode area) {
    const auto* form = TRY(form_of(desk, name));
    const auto term = TRY(term_of(desk, *form, typed_term));
    const auto changes = TRY(successions(tx));
    TRY(area_of(desk.figures, desk.figures.actor.scope(may_read), changes, area, term.last()));
    const auto scope = desk.figures.actor.scope(may_read).intersect(auth::Scope({area}));
    std::map<AreaCode, Line> by_area;
    for (const auto code : indicators::areas_at(desk.figures, changes, form->level, term.last()))
        if (scope.contains(code)) by_area[code] = {code, {}, desk.figures.today > form->due(term)};
    for (auto& row : TRY(tx.all(std::string(select) + "form = ? AND term = ? AND " + scope.sql("area_code"),
                                {form->name, term.text()}, read))) {
        const auto found = by_area.find(row.area);
        if (found == by_area.end()) continue;
        auto& line = found->second;
        line.of = TRY(unsealed(desk, std::move(row)));
        const bool in = line.of.state == "submitted" || line.of.state == "accepted";
        line.overdue = in ? line.of.submitted_on && *line.of.submitted_on > form->due(term) : line.overdue;
    }
    std::vector<Line> out;
    for (auto& [code, line] : by_area) out.push_back(std::move(line));
    return out;
}

}  // namespace ballast::returns
