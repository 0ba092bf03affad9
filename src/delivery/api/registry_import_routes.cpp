#include "api/registry_json.h"
#include "api/routes.h"
#include "api/workbook_reply.h"
#include "jobs/jobs.h"
#include "registry/export.h"
#include "registry/import.h"

namespace ballast::api {
namespace {

using registry::ImportId;


std::string state_name(const std::string& state) {
    if (state == "receiving") return "reading";
    if (state == "staged") return "ready";
    if (state == "applied") return "applied";
    return "refused";
}

Json import_json(const registry::Import& import) {
    const auto& c = import.counts;
    return {{"id", text(import.id)},
            {"name", import.name},
            {"state", state_name(import.state)},
            {"received", iso_instant(import.received_at)},
            {"by", import.account},
            {"counts",
             {{"households",
               c.households_new + c.households_changed + c.households_unchanged + c.households_rejected},
              {"persons", c.people},
              {"new", c.rows_new},
              {"changed", c.rows_changed},
              {"unchanged", c.rows_unchanged},
              {"rejected", c.rows_rejected}}},
            {"job", nullptr}};
}

Result<Reply> imports(Call& call, db::Tx& tx) {
    const auto page = TRY(call.page());
    constexpr int most = 1'000;
    const auto all = TRY(registry::list_imports(tx, call.vault(), call.actor(), most));
    Json items = Json::array();
    const auto total = static_cast<std::int64_t>(all.size());
    for (auto i = page.offset(); i < std::min(total, page.offset() + page.size); ++i)
        items.push_back(import_json(all[static_cast<std::size_t>(i)]));
    return ok({{"total", total}, {"items", items}});
}

Result<Reply> import_one(Call& call, db::Tx& tx) {
    const auto id = TRY(call.path<ImportId>("id"));
    return ok(import_json(TRY(registry::find_import(tx, call.vault(), call.actor(), id))));
}

Result<Reply> import_rows(Call& call, db::Tx& tx) {
    const auto id = TRY(call.path<ImportId>("id"));
    const auto page = TRY(call.page());
    registry::PreviewFilter filter;
    filter.offset = page.offset();
    filter.limit = page.size;
    if (const auto wanted = TRY(call.query<std::string>("verdict"))) {
        using registry::Verdict;
        for (const auto verdict : {Verdict::added, Verdict::changed, Verdict::unchanged, Verdict::rejected})
            if (registry::name_of(verdict) == *wanted) filter.verdict = verdict;
        if (!filter.verdict) return invalid("http.bad_parameter").with("name", "verdict");
    }
    const auto preview = TRY(registry::preview(tx, call.vault(), call.actor(), id, filter));
    Json items = Json::array();
    for (const auto& row : preview.rows) {
        Json changes = Json::array(), findings = Json::array();
        for (const auto& one : row.changes) {
            const Told words =
                told(call, row.kind == registry::Sheet::person, one.field, one.before, one.after);
            changes.push_back({{"field", one.field},
                               {"label", words.label},
                               {"old", or_null(words.before)},
                               {"new", or_null(words.after)}});
        }
        for (const auto& one : row.findings) {
            findings.push_back(finding_json(call, one));
            findings.back()["sheet"] = row.sheet;
            findings.back()["row"] = row.row;
        }
        items.push_back({{"sheet", row.sheet},
                         {"row", row.row},
                         {"verdict", registry::name_of(row.verdict)},
                         {"household_no", row.household_no},
                         {"household", row.household ? Json(text(*row.household)) : Json(nullptr)},
                         {"name", row.name},
                         {"changes", changes},
                         {"findings", findings}});
    }
    return ok({{"total", preview.total}, {"items", items}});
}

Result<Reply> receive(Call& call, db::Tx& tx) {
    auto& request = call.request();
    if (request.uploads.empty()) return invalid("registry.no_upload");
    const auto form = [&](std::string_view name) {
        const auto found = request.form.find(name);
        return found == request.form.end() ? std::string() : found->second;
    };
    registry::Submission submission;
    submission.county =
        form("area").empty() ? call.context().settings.area : TRY(AreaCode::parse(form("area")));
    submission.as_of = form("as_of").empty() ? call.today() : TRY(Date::parse(form("as_of")));
    submission.source = form("source").empty() ? call.say("registry.import") : form("source");
    for (const auto& upload : request.uploads)
        submission.name += (submission.name.empty() ? "" : "、") + upload.file_name();
    const auto id = TRY(registry::announce(tx, call.vault(), call.actor(), submission, call.now()));
    Json files = Json::array();
    for (auto& upload : request.uploads) files.push_back(std::move(upload).keep());
    const auto job =
        TRY(jobs::enqueue(tx,
                          {"registry.read", Json{{"import", id.number()}, {"files", files}}.dump(),
                           submission.county, jobs::Order::Stop::never},
                          call.actor(), call.now()));
    return accepted({{"job", text(job)}, {"id", text(id)}});
}

Result<Reply> apply(Call& call, db::Tx& tx) {
    const auto id = TRY(call.path<ImportId>("id"));
    const auto import = TRY(registry::find_import(tx, call.vault(), call.actor(), id));
    if (import.state != "staged") return conflict("registry.import_state").with("state", import.state);
    const auto job = TRY(jobs::enqueue(
        tx, {"registry.apply", Json{{"import", id.number()}}.dump(), import.county, jobs::Order::Stop::never},
        call.actor(), call.now()));
    return accepted({{"job", text(job)}, {"id", text(id)}});
}

Result<Reply> rejects(Call& call) {
    const auto id = TRY(call.path<ImportId>("id"));
    const auto path = spooled_workbook(call);
    TRY(registry::rejects(call.database(), call.vault(), call.actor(), id, path, call.language()));
    return workbook_reply(path, "rejects-" + text(id) + ".xlsx");
}

Result<Reply> export_area(Call& call) {
    const Json asked = TRY(body(call));
    const auto area = TRY(AreaCode::parse(TRY(field<std::string>(asked, "area"))));
    const auto purpose = TRY(optional_field<std::string>(asked, "purpose")).value_or("");
    const auto masking = purpose.empty() || !call.actor().may(Right::registry_unmask)
                             ? registry::Masking::masked
                             : registry::Masking::clear;
    const auto path = spooled_workbook(call);
    TRY(registry::export_register(call.database(), call.vault(), call.actor(), area, masking, purpose, path,
                                  call.now()));
    return workbook_reply(path, "registry-" + area.short_digits() + ".xlsx");
}

Result<Reply> blank(Call& call) {
    const auto path = spooled_workbook(call);
    TRY(registry::write_template(path));
    return workbook_reply(path, "registry-template.xlsx");
}

constexpr std::array table{
    Route{get, "/api/registry/imports", Right::registry_import, imports},
    Route{post, "/api/registry/imports", Right::registry_import, receive},
    Route{get, "/api/registry/imports/{id}", Right::registry_import, import_one},
    Route{get, "/api/registry/imports/{id}/rows", Right::registry_import, import_rows},
    Route{post, "/api/registry/imports/{id}/apply", Right::registry_import, apply},
    Route{get, "/api/registry/imports/{id}/rejects", Right::registry_import, rejects},
    Route{post, "/api/registry/export", Right::registry_export, export_area},
    Route{get, "/api/registry/template", Right::registry_import, blank},
};

}  // namespace

const Routes registry_import_routes = table;

}  // namespace ballast::api
