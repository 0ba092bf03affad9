#include "papers/visit_form.h"

#include <algorithm>
#include <array>

#include "papers/form.h"

namespace ballast::papers {
namespace {

using document::number;
using document::value;
using Options = std::span<const std::string_view>;

constexpr std::array<std::string_view, 4> sources{"self_report", "grassroots_check", "department_screening",
                                                  "other"};
constexpr std::array<std::string_view, 3> household_kinds{"01", "02", "03"};
constexpr std::array<std::string_view, 2> ex_poor_kinds{"1", "2"};
constexpr std::array<std::string_view, 6> structures{"1", "2", "3", "4", "5", "9"};
constexpr std::array<std::string_view, 4> grades{"A", "B", "C", "D"};
constexpr std::array<std::string_view, 5> waters{"1", "2", "3", "4", "9"};
constexpr std::array<std::string_view, 2> qualities{"1", "2"};
constexpr std::array<std::string_view, 6> guarantee_items{"food",    "clothing", "education",
                                                          "medical", "housing",  "water"};
constexpr std::array<std::string_view, 4> guarantee_statuses{"secured", "at_risk", "not_secured",
                                                             "not_applicable"};
constexpr std::array<std::string_view, 10> questions{"N1", "N2", "N3", "N4", "N5",
                                                     "N6", "N7", "N8", "N9", other_assets};
constexpr std::array<std::string_view, 8> transfers{"family_planning", "low_income", "extreme_poverty",
                                                    "pension",         "ecological", "education_medical",
                                                    "support",         "other"};

constexpr std::size_t least_members = 6, least_photos = 4, least_investigators = 2;

std::vector<Run> runs_of(std::string text) { return {document::text(std::move(text))}; }

Table household(const Form& form, const VisitForm& visit) {
    const Matter& matter = visit.matter;
    return {
        .widths = {15, 20, 13, 18, 14, 20},
        .rows =
            {{{form.label("head"), value(matter.head), form.label("phone"), value(visit.phone),
               form.label("group"), value(matter.place.group)}},
             {{form.label("address"),
               value(visit.address.empty() ? form.place(matter.place) : visit.address, 5)}},
             {{form.label("visit.source"), cell(form.boxes("casework.source.", sources, visit.source), 3),
               form.label("visit.clue_on"), value(form.day(visit.clue_on))}},
             {{form.label("visit.kind"),
               cell(form.boxes("registry.code.household_kind.", household_kinds, visit.household_kind), 3),
               form.label("visit.ex_poor"),
               cell(form.boxes("registry.code.ex_poor_kind.", ex_poor_kinds, visit.ex_poor_kind))}},
             {{form.label("visit.low_income"), cell(form.yes_no(visit.low_income)),
               form.label("visit.extreme_poverty"), cell(form.yes_no(visit.extreme_poverty)),
               form.label("visit.relocated"), cell(form.yes_no(visit.relocated))}},
             {{form.label("visit.house"),
               cell(form.boxes("registry.code.house_structure.", structures, visit.house_structure), 3),
               form.label("visit.house_area"), value(visit.house_area)}},
             {{form.label("visit.house_grade"),
               cell(form.boxes("registry.code.house_grade.", grades, visit.house_grade), 3),
               form.label("visit.water_quality"),
               cell(form.boxes("registry.code.water_quality.", qualities, visit.water_quality))}},
             {{form.label("visit.water"),
               cell(form.boxes("registry.code.water_source.", waters, visit.water_source), 5)}},
             {{form.label("visit.land"), cell(form.phrase("visit.land_of", {{"arable", visit.land_arable},
                                                                            {"forest", visit.land_forest}}),
                                              5)}}},
        .caption = form.say("visit.household")};
}

Table members(const Form& form, const VisitForm& visit) {
    Table table{
        .widths = {4, 9, 20, 6, 4, 6, 8, 9, 8, 9, 5, 6, 6},
        .header_rows = 1,
        .rows = {{{form.label("number"), form.label("name"), form.label("id_number"), form.label("relation"),
                   form.label("sex"), form.label("ethnic"), form.label("visit.education"),
                   form.label("visit.health"), form.label("visit.labour"), form.label("visit.work"),
                   form.label("visit.months"), form.label("visit.insurance"), form.label("visit.pension")}}},
        .caption = form.say("visit.members")};
    const std::size_t count = std::max(visit.members.size(), least_members);
    for (std::size_t i = 0; i < count; ++i) {
        const VisitMember member = i < visit.members.size() ? visit.members[i] : VisitMember{};
        const std::string schooling = member.student.empty() || member.student == "00"
                                          ? form.code("education", member.education)
                                          : form.code("student", member.student);
        std::string work = form.code("work_place", member.work_place);
        if (!member.school_or_employer.empty())
            work += (work.empty() ? "" : "\n") + member.school_or_employer;
        table.rows.push_back(
            {.cells = {ordinal(i + 1), value(member.name), value(member.id.text()),
                       value(form.code("relation", member.relation)), value(form.code("sex", member.sex)),
                       value(form.code("ethnic", member.ethnic)), value(schooling),
                       value(form.codes("health", member.health)), value(form.code("labour", member.labour)),
                       value(work), value(member.work_months), value(form.code("medical", member.medical)),
                       value(form.code("pension", member.pension))},
             .min_height_mm = 8});
    }
    for (Row& row : table.rows)
        for (Cell& one : row.cells)
            for (Paragraph& paragraph : one.paragraphs) paragraph.size = document::Size::note;
    return table;
}

/// A formula with its numbers: 纯收入 = 24,000.00 + 9,500.00 …; with blanks when there are none.
std::vector<Run> formula(const Form& form, std::string_view id, const VisitForm& visit,
                         std::initializer_list<std::pair<std::string, Money>> numbers) {
    words::Places places;
    for (const auto& [name, amount] : numbers)
        places.emplace_back(name, visit.income ? amount.formatted() : "");
    places.emplace_back("members", visit.income ? std::to_string(visit.income->members) : "");
    return form.phrase(id, places);
}

Table income(const Form& form, const VisitForm& visit) {
    const VisitIncome known = visit.income.value_or(VisitIncome{});
    const auto amount = [&](Money money) { return number(visit.income ? money.formatted() : ""); };
    const auto part = [&](std::string_view name) {
        const auto found = std::ranges::find(known.transfers, name, &std::pair<std::string, Money>::first);
        return number(found == known.transfers.end() ? "" : found->second.formatted());
    };
    const auto of_transfer = [&](std::size_t i) {
        return form.label("visit.transfer." + std::string(transfers[i]));
    };
    Table table{
        .widths = {27, 23, 27, 23},
        .rows = {{{form.label("visit.window"),
                   cell(form.phrase("period", {{"from", visit.income ? form.day(known.window.first) : ""},
                                               {"to", visit.income ? form.day(known.window.last) : ""}}),
                        3)}},
                 {{form.label("visit.wage"), amount(known.wage), form.label("visit.property"),
                   amount(known.property)}},
                 {{form.label("visit.production"), amount(known.production), form.label("visit.expense"),
                   amount(known.production_expense)}},
                 {{form.label("visit.transfer"), amount(known.transfer),
                   form.label("visit.transfer_parts", 2)}}},
        .caption = form.say("visit.income")};
    for (std::size_t i = 0; i < transfers.size(); i += 2)
        table.rows.push_back(
            {{of_transfer(i), part(transfers[i]), of_transfer(i + 1), part(transfers[i + 1])}});
    table.rows.push_back({{form.label("visit.self_paid"), amount(known.self_paid), form.label("visit.claims"),
                           amount(known.claims)}});
    const auto worked = [&](std::string_view id,
                            std::initializer_list<std::pair<std::string, Money>> numbers) {
        table.rows.push_back(
            {{form.label(std::string(id) + ".label"), cell(formula(form, id, visit, numbers), 3)}});
    };
    worked("visit.net", {{"wage", known.wage},
                         {"production", known.production},
                         {"property", known.property},
                         {"transfer", known.transfer},
                         {"expense", known.production_expense},
                         {"net", known.net}});
    worked("visit.deducted", {{"net", known.net},
                              {"self_paid", known.self_paid},
                              {"claims", known.claims},
                              {"deducted", known.deducted}});
    worked("visit.net_per_head", {{"net", known.net}, {"result", known.net_per_head}});
    worked("visit.per_head", {{"deducted", known.deducted}, {"result", known.deducted_per_head}});
    std::vector<Run> line = form.phrase("visit.line_of", {{"line", form.line(visit.line)}});
    if (visit.line && !visit.line->authority.empty())
        line.back().note = form.say("authority", {{"authority", visit.line->authority}});
    std::ranges::move(form.yes_no(visit.below_line), std::back_inserter(line));
    table.rows.push_back({{form.label("visit.line"), cell(std::move(line), 3)}});
    return table;
}

Table guarantees(const Form& form, const VisitForm& visit) {
    Table table{.widths = {16, 48, 36},
                .header_rows = 1,
                .rows = {{{form.label("item"), form.label("visit.status"), form.label("visit.remark")}}},
                .caption = form.say("visit.guarantees")};
    for (const std::string_view item : guarantee_items) {
        const auto found = std::ranges::find(visit.guarantees, item, &VisitGuarantee::item);
        const VisitGuarantee known = found == visit.guarantees.end() ? VisitGuarantee{} : *found;
        table.rows.push_back(
            {{document::label(form.code("guarantee_item", item)),
              cell(form.boxes("registry.code.guarantee_status.", guarantee_statuses, known.status)),
              value(known.remark)}});
    }
    return table;
}

Table assets(const Form& form, const VisitForm& visit) {
    Table table{.widths = {52, 16, 32},
                .header_rows = 1,
                .rows = {{{form.label("visit.question"), form.label("visit.answer"),
                           form.label("visit.explanation")}}},
                .caption = form.say("visit.assets")};
    for (const std::string_view question : questions) {
        VisitAsset known;
        for (const VisitAsset& one : visit.assets) {
            if (one.question != question) continue;
            known.found = one.found;
            known.remark += (known.remark.empty() ? "" : "\n") + one.remark;
        }
        table.rows.push_back({{value(form.say("question." + std::string(question))),
                               cell(form.yes_no(known.found)), value(known.remark)}});
    }
    return table;
}

Table risk(const Form& form, const VisitForm& visit) {
    return {
        .widths = {18, 82},
        .rows = {{{form.label("risks"), cell(form.risk_boxes(visit.risks))}},
                 {{form.label("visit.primary"),
                   value(form.risks(visit.risks.empty() ? RiskCodes{} : RiskCodes{visit.risks.front()}))}},
                 {.cells = {form.label("visit.reasons"), value(visit.risk_reasons)}, .min_height_mm = 18},
                 {.cells = {form.label("visit.coping"), value(visit.coping)}, .min_height_mm = 14},
                 {{form.label("visit.risk_found"), cell(form.yes_no(visit.risk_found))}},
                 {{form.label("proposed"), cell(form.categories(visit.proposed))}},
                 {.cells = {form.label("visit.findings"), value(visit.findings)}, .min_height_mm = 18}},
        .caption = form.say("visit.risk")};
}

Table photos(const Form& form, const VisitForm& visit) {
    Table table{.widths = {10, 60, 30},
                .header_rows = 1,
                .rows = {{{form.label("number"), form.label("visit.photo"), form.label("visit.file_no")}}},
                .caption = form.say("visit.photos")};
    const std::size_t count = std::max(visit.photos.size(), least_photos);
    for (std::size_t i = 0; i < count; ++i) {
        const VisitPhoto photo = i < visit.photos.size() ? visit.photos[i] : VisitPhoto{};
        table.rows.push_back({{ordinal(i + 1), value(photo.subject), value(photo.file_no)}});
    }
    return table;
}

Table signatures(const Form& form, const VisitForm& visit) {
    Table table{.widths = {18, 82}, .rows = {}, .caption = form.say("visit.signatures")};
    const std::size_t count = std::max(visit.investigators.size(), least_investigators);
    for (std::size_t i = 0; i < count; ++i) {
        const Signer signer = i < visit.investigators.size() ? visit.investigators[i] : Signer{};
        Cell line =
            cell(form.phrase("visit.investigator_of", {{"name", signer.name}, {"post", signer.post}}));
        line.foot.push_back(form.signature("sign", {.name = {}, .post = {}, .day = visit.visited_on}));
        table.rows.push_back(
            {.cells = {form.label("visit.investigator"), std::move(line)}, .min_height_mm = 16});
    }
    Cell householder = cell(runs_of(form.say("visit.householder_says")));
    householder.foot.push_back(form.signature("sign_or_print", {}));
    table.rows.push_back({.cells = {form.label("householder"), std::move(householder)}, .min_height_mm = 22});
    return table;
}

}  // namespace

document::Document visit_form(const VisitForm& visit, Language language) {
    Form form("kind.visit_form", language, visit.matter.printed_on);
    form.margins({.top_mm = 20, .right_mm = 18, .bottom_mm = 20, .left_mm = 18});
    form.title("kind.visit_form", form.place(visit.matter.place));
    form.numbers_of(visit.matter);
    form.heading("visit.household");
    form.add(household(form, visit));
    form.heading("visit.members");
    form.add(members(form, visit));
    form.heading("visit.income");
    form.add(income(form, visit));
    form.heading("visit.guarantees");
    form.add(guarantees(form, visit));
    form.heading("visit.assets");
    form.add(assets(form, visit));
    form.heading("visit.risk");
    form.add(risk(form, visit));
    form.heading("visit.photos");
    form.add(photos(form, visit));
    form.heading("visit.signatures");
    form.add(signatures(form, visit));
    form.paragraph(runs_of(form.say("visit.instructions")));
    return std::move(form).finish();
}

}  // namespace ballast::papers
