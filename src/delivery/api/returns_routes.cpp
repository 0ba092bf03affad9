// One form: what is asked of a village or a township, filled in from what the platform has, and its way up.
#include "api/indicators_json.h"
#include "api/paper_reply.h"
#include "api/routes.h"
#include "api/workbook_reply.h"
#include "returns/paper.h"

namespace ballast::api {
namespace {

using namespace returns;

/// The desk of a request, with its forms.
struct FormDesk {
    FigureDesk figures;
    std::shared_ptr<const returns::Catalogue> forms;
    returns::Desk desk;
    explicit FormDesk(const Call& call)
        : figures(call),
          forms(returns::catalogue(call.context().paths.root + "/packs", *figures.catalogue)),
          desk{figures.desk, *forms} {}
};

Json spared_json(const Spared& n) {
    return {{"all", n.all()},   {"spared", n.spared()}, {"known", n.known}, {"remembered", n.remembered},
            {"typed", n.typed}, {"missing", n.missing}};
}

Json form_json(const Call& call, const returns::Form& form) {
    return {{"name", form.name},
            {"title", title_of(call, form.title)},
            {"issuer", form.issuer},
            {"document", form.document},
            {"assumed", form.assumed()},
            {"level", api::name_of(form.level)},
            {"term", indicators::name_of(form.term)},
            {"fields", form.fields().size()}};
}

Result<Reply> forms_all(Call& call) {
    const FormDesk at(call);
    Json items = Json::array(), broken = Json::array();
    for (const auto& form : at.forms->forms) items.push_back(form_json(call, form));
    for (const auto& one : at.forms->findings)
        broken.push_back({{"file", one.file}, {"line", one.line}, {"what", words::say(one.what, call.language())}});
    return ok({{"items", items}, {"broken", broken}});
}

Json field_json(const Call& call, const FormDesk& at, const Filled& one) {
    const auto& field = *one.field;
    const auto* from = at.forms->form(one.from);
    const bool asked = field.from == From::asked || one.origin == Origin::nothing || one.origin == Origin::typed ||
                       one.origin == Origin::remembered;
    Json choices = Json::array();
    for (const auto& choice : field.choices) choices.push_back({{"code", choice.value}, {"label", title_of(call, choice.title)}});
    return {{"name", field.name},
            {"title", title_of(call, field.title)},
            {"kind", returns::name_of(field.kind)},
            {"unit", field.measure.unit},
            {"optional", field.optional},
            {"choices", choices},
            {"value", one.value},
            {"shown", shown(field, one.value, call.language())},
            {"hidden", one.hidden},
            {"origin", returns::name_of(one.origin)},
            {"asked", asked},
            {"as_of", one.as_of},
            {"from", from ? Json(title_of(call, from->title)) : Json(nullptr)},
            {"partly", one.partly},
            {"version", one.version},
            {"by", one.by},
            {"before", shown(field, one.before, call.language())}};
}

Json return_json(const Return& one) {
    return {{"state", one.state},
            {"spared", spared_json(one.spared)},
            {"submitted_on", one.submitted_on ? Json(one.submitted_on->iso()) : Json(nullptr)},
            {"by", one.name},
            {"note", one.note},
            {"reviewer", one.reviewer},
            {"reason", one.reason},
            {"version", one.version}};
}

Json sheet_json(const Call& call, const FormDesk& at, const returns::Sheet& sheet) {
    Json sections = Json::array(), broken = Json::array();
    std::size_t n = 0;
    for (const auto& section : sheet.form->sections) {
        Json fields = Json::array();
        for (std::size_t i = 0; i < section.fields.size(); ++i) fields.push_back(field_json(call, at, sheet.fields[n++]));
        sections.push_back({{"title", title_of(call, section.title)}, {"fields", fields}});
    }
    for (const auto& one : sheet.broken)
        broken.push_back({{"title", title_of(call, one.check->title)}, {"printed", one.printed}, {"computed", one.computed}});
    return {{"form", form_json(call, *sheet.form)},
            {"term", sheet.term.text()},
            {"due_on", sheet.form->due(sheet.term).iso()},
            {"area", area_json(call, sheet.area)},
            {"may_enter", sheet.may_enter},
            {"next", sheet.next},
            {"return", return_json(sheet.of)},
            {"sections", sections},
            {"broken", broken}};
}

Result<returns::Sheet> sheet_asked(const Call& call, db::Tx& tx, const FormDesk& at) {
    return sheet(tx, at.desk, TRY(call.path<std::string>("form")), TRY(call.query<std::string>("term")).value_or(""),
                 TRY(asked_area(call)));
}

Result<Reply> sheet_one(Call& call, db::Tx& tx) {
    const FormDesk at(call);
    return ok(sheet_json(call, at, TRY(sheet_asked(call, tx, at))));
}

Result<Reply> areas_of(Call& call, db::Tx& tx) {
    const FormDesk at(call);
    const auto name = TRY(call.path<std::string>("form"));
    const auto* form = TRY(form_of(at.desk, name));
    const auto term = TRY(term_of(at.desk, *form, TRY(call.query<std::string>("term")).value_or("")));
    const auto area = TRY(asked_area(call));
    Json items = Json::array();
    Spared all;
    for (const auto& line : TRY(lines(tx, at.desk, name, term.text(), area))) {
        Json one = return_json(line.of);
        one["area"] = area_json(call, line.area);
        one["overdue"] = line.overdue;
        one["begun"] = static_cast<bool>(line.of.id);
        items.push_back(one);
        const auto& n = line.of.spared;
        all = {all.known + n.known, all.remembered + n.remembered, all.typed + n.typed, all.missing + n.missing};
    }
    const auto later = term.plus(1);
    return ok({{"form", form_json(call, *form)},
               {"term", term.text()},
               {"before", term.plus(-1).text()},
               {"after", later.first() > call.today() ? Json(nullptr) : Json(later.text())},
               {"due_on", form->due(term).iso()},
               {"area", area_json(call, area)},
               {"spared", spared_json(all)},
               {"items", items}});
}

Result<Reply> answer_put(Call& call, db::Tx& tx) {
    const FormDesk at(call);
    const Json asked = TRY(body(call));
    const Typed typed{TRY(call.path<std::string>("form")), TRY(field<std::string>(asked, "term")),
                      TRY(area_of(asked, "area")),         TRY(field<std::string>(asked, "field")),
                      TRY(field<std::string>(asked, "value")), TRY(field<std::int64_t>(asked, "version"))};
    return ok(field_json(call, at, TRY(answer(tx, at.desk, typed))));
}

Result<Reply> return_act(Call& call, db::Tx& tx) {
    const FormDesk at(call);
    const Json asked = TRY(body(call));
    const Order order{TRY(call.path<std::string>("form")),
                      TRY(field<std::string>(asked, "term")),
                      TRY(area_of(asked, "area")),
                      TRY(field<std::string>(asked, "action")),
                      TRY(optional_field<std::string>(asked, "note")).value_or(""),
                      TRY(optional_field<std::string>(asked, "reason")).value_or(""),
                      TRY(field<std::int64_t>(asked, "version"))};
    return ok(sheet_json(call, at, TRY(act(tx, at.desk, order))));
}

std::string file_name(const returns::Sheet& sheet, std::string_view ending) {
    return sheet.form->name + "-" + sheet.area.short_digits() + "-" + sheet.term.text() + std::string(ending);
}

Result<Reply> workbook(Call& call, db::Tx& tx) {
    const FormDesk at(call);
    const auto of = TRY(sheet_asked(call, tx, at));
    const auto path = spooled_workbook(call);
    TRY(write_sheet(at.desk, of, path, call.language()));
    return workbook_reply(path, file_name(of, ".xlsx"));
}

Result<Reply> printed(Call& call, db::Tx& tx) {
    const FormDesk at(call);
    const auto of = TRY(sheet_asked(call, tx, at));
    return printed_paper(paper(at.desk, of, call.language()), file_name(of, ""));
}

constexpr std::array table{
    Route{get, "/api/returns", may_read, forms_all},
    Route{get, "/api/returns/{form}", may_read, sheet_one},
    Route{get, "/api/returns/{form}/areas", may_read, areas_of},
    Route{put, "/api/returns/{form}/answers", may_enter, answer_put},
    Route{post, "/api/returns/{form}/actions", may_enter, return_act},
    Route{get, "/api/returns/{form}/sheet", may_read, workbook},
    Route{get, "/api/returns/{form}/paper", may_read, printed},
};

}  // namespace

const Routes returns_routes = table;

}  // namespace ballast::api
