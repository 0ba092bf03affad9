#include <array>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "feeds/follow.h"
#include "registry/export.h"
#include "registry/import.h"

namespace ballast::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::array import_options{
    Option{.name = "file",
           .help = "cli.registry.import.file",
           .positional = true,
           .required = true,
           .many = true},
    Option{.name = "preview", .help = "cli.registry.import.preview", .flag = true},
    Option{.name = "rejects", .help = "cli.registry.import.rejects"},
    Option{.name = "source", .help = "cli.registry.import.source"},
    Option{.name = "as-of", .help = "cli.registry.import.as_of"},
    Option{.name = "area", .help = "cli.registry.import.area"},
};

Json counts_json(const registry::ImportCounts& c) {
    return {{"rows",
             {{"new", c.rows_new},
              {"changed", c.rows_changed},
              {"unchanged", c.rows_unchanged},
              {"rejected", c.rows_rejected}}},
            {"households",
             {{"new", c.households_new},
              {"changed", c.households_changed},
              {"unchanged", c.households_unchanged},
              {"rejected", c.households_rejected}}},
            {"people", c.people}};
}

words::Places places_of(const registry::ImportCounts& c) {
    const auto n = [](std::int64_t number) { return std::to_string(number); };
    return {{"rows_new", n(c.rows_new)},
            {"rows_changed", n(c.rows_changed)},
            {"rows_unchanged", n(c.rows_unchanged)},
            {"rows_rejected", n(c.rows_rejected)},
            {"new", n(c.households_new)},
            {"changed", n(c.households_changed)},
            {"unchanged", n(c.households_unchanged)},
            {"rejected", n(c.households_rejected)}};
}

/// The first refusals, for the eye; all of them are in the rejects file.
std::string first_refusals(Invocation& in, const std::vector<registry::PreviewRow>& rows) {
    std::string out;
    for (const auto& row : rows)
        for (const auto& finding : row.findings)
            if (finding.severity == registry::Severity::error)
                out += in.say("cli.registry.import.refused", {{"sheet", row.sheet},
                                                              {"row", std::to_string(row.row)},
                                                              {"reason", in.say(finding.id, finding.args)}}) +
                       "\n";
    return out;
}

Result<Output> import_file(Invocation& in) {
    const auto& context = *TRY(in.context());
    const auto actor = auth::system_actor("cli");
    const Instant now = context.clock.now();
    const Date today = context.clock.today();
    TRY(registry::sweep(context.database, now));

    registry::Submission submission;
    submission.county = TRY(in.area("area")).value_or(context.settings.area);
    std::vector<registry::File> files;
    for (const auto& path : in.all("file")) {
        files.push_back({path, std::filesystem::path(path).filename().string()});
        submission.name += (submission.name.empty() ? "" : "、") + files.back().name;
    }
    submission.source = in.has("source") ? in.text("source") : in.say("registry.import");
    submission.as_of = in.has("as-of") ? TRY(Date::parse(in.text("as-of"))) : today;
    auto last = registry::Progress::Step::publishing;
    const auto id = TRY(registry::receive(context.database, context.vault, actor, submission, files, today,
                                          now, [&](const registry::Progress& progress) {
                                              if (progress.step == last) return;
                                              last = progress.step;
                                              in.tell(in.say(last == registry::Progress::Step::reading
                                                                 ? "registry.stage.reading"
                                                                 : "registry.stage.judging"));
                                          }));
    Output out;
    const bool only_preview = in.has("preview");
    if (!only_preview) {
        in.tell(in.say("registry.stage.publishing"));
        TRY(registry::apply(context.database, context.vault, actor, id, now, feeds::follow));
    }
    registry::PreviewFilter refused;
    refused.verdict = registry::Verdict::rejected;
    refused.limit = 10;
    struct Seen {
        registry::Import import;
        registry::Preview preview;
    };
    const auto seen = TRY(context.database.read([&](db::Tx& tx) -> Result<Seen> {
        return Seen{TRY(registry::find_import(tx, context.vault, actor, id)),
                    TRY(registry::preview(tx, context.vault, actor, id, refused))};
    }));
    std::int64_t rejected = seen.import.counts.rows_rejected;
    if (in.has("rejects") && rejected > 0)
        TRY(registry::rejects(context.database, context.vault, actor, id, in.text("rejects"), in.language()));
    if (only_preview) TRY(registry::discard(context.database, context.vault, actor, id, now));

    out.text = in.say("cli.registry.import.counts", places_of(seen.import.counts)) + "\n" +
               first_refusals(in, seen.preview.rows) +
               in.say(only_preview ? "cli.registry.import.previewed" : "cli.registry.import.applied") + "\n";
    Json json = counts_json(seen.import.counts);
    json["import"] = std::to_string(id.number());
    json["applied"] = !only_preview;
    out.json = json.dump();
    return out;
}

constexpr std::array export_options{
    Option{.name = "file", .help = "cli.registry.export.file", .positional = true, .required = true},
    Option{.name = "area", .help = "cli.registry.export.area"},
    Option{.name = "purpose", .help = "cli.registry.export.purpose"},
};

Result<Output> export_file(Invocation& in) {
    const auto& context = *TRY(in.context());
    const AreaCode area = TRY(in.area("area")).value_or(context.settings.area);
    const auto masking = in.has("purpose") ? registry::Masking::clear : registry::Masking::masked;
    const auto done =
        TRY(registry::export_register(context.database, context.vault, auth::system_actor("cli"), area,
                                      masking, in.text("purpose"), in.text("file"), context.clock.now()));
    Output out;
    out.text = in.say("cli.registry.export.done", {{"file", in.text("file")},
                                                   {"households", std::to_string(done.households)},
                                                   {"people", std::to_string(done.people)}});
    out.json =
        Json{{"file", in.text("file")}, {"households", done.households}, {"people", done.people}}.dump();
    return out;
}

constexpr std::array template_options{
    Option{.name = "file", .help = "cli.registry.template.file", .positional = true, .required = true},
};

Result<Output> blank(Invocation& in) {
    TRY(registry::write_template(in.text("file")));
    return Output{in.say("cli.registry.template.done", {{"file", in.text("file")}}),
                  Json{{"file", in.text("file")}}.dump()};
}

constexpr std::array table{
    Command{"registry", "import", "cli.registry.import", import_options, import_file},
    Command{"registry", "export", "cli.registry.export", export_options, export_file},
    Command{"registry", "template", "cli.registry.template", template_options, blank, Command::Data::none},
};

}  // namespace

const Commands registry_commands = table;

}  // namespace ballast::cli
