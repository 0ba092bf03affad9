// What is published, for everybody: the list, an issue, its files, the feed.
#include <charconv>

#include "api/bulletin_json.h"
#include "api/bulletin_preview.h"
#include "api/routes.h"
#include "bulletin/pages.h"
#include "document/render.h"

namespace ballast::api {
namespace {

using namespace bulletin;

std::string page_of(const std::string& site, IssueId id) {
    return site + "/api/public/bulletins/" + text(id) + "/page";
}

Result<Reply> list(Call& call, db::Tx& tx) {
    const auto page = TRY(call.page());
    const auto words = TRY(call.query<std::string>("q")).value_or("");
    std::int64_t total = 0;
    Json items = Json::array();
    if (!words.empty()) {
        ArchiveQuery query{
            .words = words, .published_only = true, .offset = page.offset(), .limit = page.size};
        for (const auto& hit : TRY(search(tx, call.actor(), query, &total))) {
            Json one = issue_json(call, hit.issue);
            one["headlines"] = Json::array({printed_headline(hit.article)});
            one["article"] = text(hit.article.id);
            one["snippet"] = hit.snippet;
            items.push_back(std::move(one));
        }
        return ok({{"total", total}, {"items", items}});
    }
    for (const auto& issue : TRY(published(tx, page.offset(), page.size, &total))) {
        const auto edition = TRY(published_edition(tx, issue.id));
        Json one = issue_json(call, issue);
        one["headlines"] = Json::array();
        for (const auto& article : edition.articles) one["headlines"].push_back(printed_headline(article));
        one["article"] = nullptr;
        one["snippet"] = "";
        items.push_back(std::move(one));
    }
    return ok({{"total", total}, {"items", items}});
}

Result<Reply> one(Call& call, db::Tx& tx) {
    const auto edition = TRY(published_edition(tx, TRY(call.path<IssueId>("id"))));
    Json out = issue_json(call, edition.issue);
    out["imprint"] = imprint_json(edition.issue.imprint);
    out["summary"] = summary_of(edition);
    out["corrections"] = corrections_json(TRY(corrections(tx, edition.issue.id)));
    out["columns"] = Json::array();
    for (const auto& column : edition.columns) {
        Json articles = Json::array();
        for (const auto& article : edition.articles)
            if (article.column == column.code)
                articles.push_back({{"id", text(article.id)},
                                    {"place", article.place},
                                    {"headline", article.headline},
                                    {"paragraphs", article.paragraphs},
                                    {"kind", bulletin_coded(call, "kind", name_of(article.kind))},
                                    {"source_url", article.source_url},
                                    {"figures", figures_json(figures_of(article, edition.issue.date))}});
        out["columns"].push_back({{"code", column.code}, {"name", column.name}, {"articles", articles}});
    }
    return ok(out);
}

Result<Reply> file(Call& call, db::Tx& tx) {
    const auto edition = TRY(published_edition(tx, TRY(call.path<IssueId>("id"))));
    return edition_file(call, edition, TRY(corrections(tx, edition.issue.id)),
                        TRY(call.query<std::string>("format")).value_or("pdf"), true);
}

/// One page without scripts, with what programs show of a link.
Result<Reply> page(Call& call, db::Tx& tx) {
    const auto edition = TRY(published_edition(tx, TRY(call.path<IssueId>("id"))));
    const auto site = site_of(call.request());
    const auto tree = pages(with_qr_link(edition, site), TRY(corrections(tx, edition.issue.id)),
                            words::Language::zh, public_address(site, edition.issue.id));
    return Reply{
        .headers = {{"Content-Type", "text/html; charset=utf-8"}, {"Cache-Control", "public, max-age=60"}},
        .body = document::html(tree)};
}

/// The picture that programs show of a link.
Result<Reply> preview(Call& call, db::Tx& tx) {
    const auto edition = TRY(published_edition(tx, TRY(call.path<IssueId>("id"))));
    return Reply{
        .headers = {{"Content-Type", "image/png"}, {"Cache-Control", "public, max-age=3600"}},
        .body = TRY(document::card_png(preview_card(edition, words::Language::zh), words::Language::zh))};
}

Result<Reply> feed(Call& call, db::Tx& tx) {
    const auto site = site_of(call.request());
    std::vector<Edition> editions;
    for (const auto& issue : TRY(published(tx, 0, 20, nullptr)))
        editions.push_back(TRY(published_edition(tx, issue.id)));
    return Reply{.headers = {{"Content-Type", "application/rss+xml; charset=utf-8"},
                             {"Cache-Control", "public, max-age=60"}},
                 .body = rss(
                     editions, site, site + "/api/public/bulletins/rss",
                     [&](IssueId id) { return page_of(site, id); }, words::Language::zh)};
}

constexpr std::array table{
    Route{get, "/api/public/bulletins", Right::anyone, list},
    Route{get, "/api/public/bulletins/rss", Right::anyone, feed},
    Route{get, "/api/public/bulletins/{id}", Right::anyone, one},
    Route{get, "/api/public/bulletins/{id}/file", Right::anyone, file},
    Route{get, "/api/public/bulletins/{id}/page", Right::anyone, page},
    Route{get, "/api/public/bulletins/{id}/preview", Right::anyone, preview},
};

}  // namespace

const Routes bulletin_public_routes = table;

std::string preview_of(const delivery::Context& context, const http::Request& request) {
    constexpr std::string_view pages_of_issues = "/public/bulletins/";
    const std::string path = request.path();
    if (!path.starts_with(pages_of_issues)) return "";
    std::int64_t number = 0;
    const char* const end = path.data() + path.size();
    if (std::from_chars(path.data() + pages_of_issues.size(), end, number).ptr != end) return "";
    const auto head = context.database.read([&](db::Tx& tx) -> Result<std::string> {
        const IssueId id(number);
        return document::html_head(pages(TRY(published_edition(tx, id)), {}, words::Language::zh,
                                         public_address(site_of(request), id)));
    });
    // The page itself says what is wrong; a preview without words harms nobody.
    return head ? *head : "";
}

}  // namespace ballast::api
