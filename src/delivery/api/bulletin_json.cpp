#include "api/bulletin_json.h"

#include <algorithm>

#include "base/text.h"
#include "bulletin/pages.h"
#include "bulletin/suggest.h"
#include "document/render.h"

namespace ballast::api {

using bulletin::Article;
using bulletin::Issue;

namespace {

Json day_or_null(const std::optional<Date>& day) { return day ? Json(day->iso()) : Json(nullptr); }

}  // namespace

Json bulletin_coded(const Call& call, std::string_view kind, std::string_view code) {
    return {{"code", code}, {"label", call.say("bulletin." + std::string(kind) + "." + std::string(code))}};
}

bool correctable(const Call& call, const Issue& issue) {
    return (issue.state == bulletin::State::published || issue.state == bulletin::State::archived) &&
           call.actor().scope(Right::bulletin_publish).contains(issue.area);
}

Json imprint_json(const bulletin::Imprint& imprint) {
    return {{"producer", imprint.producer}, {"editors", imprint.editors}, {"reviewer", imprint.reviewer},
            {"email", imprint.email},       {"address", imprint.address}, {"qr_caption", imprint.qr_caption},
            {"qr_link", imprint.qr_link},   {"other", imprint.other}};
}

Json issue_json(const Call& call, const Issue& issue) {
    return {{"id", text(issue.id)},
            {"title", bulletin::title_of(issue, call.language())},
            {"masthead", issue.masthead},
            {"number", issue.number ? Json(*issue.number) : Json(nullptr)},
            {"date", day_or_null(issue.date)},
            {"date_inferred", issue.date_inferred},
            {"state", bulletin_coded(call, "state", name_of(issue.state))},
            {"version", issue.version},
            {"published_on", day_or_null(issue.published_on)}};
}

Json article_line_json(const Call& call, const Article& article) {
    std::size_t length = 0;
    for (const auto& paragraph : article.paragraphs) length += text::length(paragraph);
    std::string excerpt;
    if (!article.paragraphs.empty())
        excerpt =
            text::utf8(std::u32string_view(text::code_points(article.paragraphs.front())).substr(0, 80));
    return {{"id", text(article.id)},
            {"column", article.column},
            {"place", article.place},
            {"area", article.area ? area_json(call, *article.area) : Json(nullptr)},
            {"organisation", article.organisation},
            {"headline", article.headline},
            {"excerpt", excerpt},
            {"length", length},
            {"kind", bulletin_coded(call, "kind", name_of(article.kind))},
            {"tags", article.tags},
            {"version", article.version}};
}

Json article_text_json(const Call& call, const Article& article) {
    Json out = article_line_json(call, article);
    out["issue"] = text(article.issue);
    out["printed_headline"] = bulletin::printed_headline(article);
    out["body"] = article.body();
    out["source"] = {{"name", article.source_name},
                     {"url", article.source_url},
                     {"date", day_or_null(article.source_date)}};
    out["pieces"] = Json::array();
    for (const auto& paragraph : article.pieces) {
        Json pieces = Json::array();
        for (const auto& piece : paragraph) pieces.push_back({piece.start, piece.end});
        out["pieces"].push_back(std::move(pieces));
    }
    return out;
}

Json columns_json(const std::vector<bulletin::Column>& columns) {
    Json out = Json::array();
    for (const auto& column : columns)
        out.push_back({{"code", column.code}, {"name", column.name}, {"active", column.active}});
    return out;
}

Json contents_json(const std::vector<bulletin::ContentsDifference>& differences) {
    Json out = Json::array();
    for (const auto& one : differences) out.push_back({{"listed", one.listed}, {"printed", one.printed}});
    return out;
}

Json corrections_json(const std::vector<bulletin::Correction>& corrections) {
    Json out = Json::array();
    for (const auto& one : corrections)
        out.push_back({{"article", text(one.article)},
                       {"part", one.part},
                       {"before", one.before},
                       {"after", one.after},
                       {"notice", one.notice},
                       {"corrected_on", one.on.iso()}});
    return out;
}

Json finding_json(const Call& call, const bulletin::Finding& finding) {
    Json places = Json::array();
    for (const auto& place : finding.places)
        places.push_back({{"part", place.part},
                          {"article", place.article ? Json(text(*place.article)) : Json(nullptr)},
                          {"start", place.start},
                          {"end", place.end},
                          {"words", place.words}});
    return {
        {"id", text(finding.id)},
        {"issue", text(finding.issue)},
        {"article", finding.article ? Json(text(*finding.article)) : Json(nullptr)},
        {"verdict", bulletin_coded(call, "verdict", finding.verdict)},
        {"rule", finding.rule},
        {"printed", finding.printed},
        {"computed", finding.computed},
        {"candidates", finding.candidates},
        {"places", places},
        {"message",
         call.say(finding.message, {{"printed", finding.printed}, {"computed", finding.computed}})},
        {"settlement",
         finding.settlement.empty() ? Json(nullptr) : bulletin_coded(call, "settlement", finding.settlement)},
        {"reason", finding.reason},
        {"settled_by", finding.settled_name},
        {"settled_at", finding.settled_at ? Json(iso_instant(*finding.settled_at)) : Json(nullptr)}};
}

Json figures_json(const std::vector<bulletin::ArticleFigure>& figures) {
    Json out = Json::array();
    for (const auto& [part, mention] : figures)
        out.push_back({{"part", part},
                       {"start", mention.span.start},
                       {"end", mention.span.end},
                       {"surface", mention.surface},
                       {"kind", figures::to_string(mention.kind)},
                       {"value", bulletin::value_of(mention)},
                       {"unit", mention.unit},
                       {"qualifier", figures::to_string(mention.qualifier)}});
    return out;
}

Json notes_json(const Call& call, const std::vector<bulletin::Reading::Note>& notes) {
    Json out = Json::array();
    for (const auto& note : notes) out.push_back(call.say(note.id, note.places));
    return out;
}

std::string site_of(const http::Request& request) {
    const auto host = request.header("host");
    for (const char c : host)
        if (!std::isalnum(static_cast<unsigned char>(c)) && c != '.' && c != ':' && c != '-' && c != '[' &&
            c != ']')
            return "";
    if (host.empty()) return "";
    const auto scheme = request.header("x-forwarded-proto") == "https" ? "https://" : "http://";
    return scheme + std::string(host);
}

Json suggestion_json(const Article& article, const std::vector<bulletin::Column>& columns) {
    const auto suggestion = bulletin::suggested_column(article);
    if (!suggestion || !article.column.empty()) return nullptr;
    const auto column = std::ranges::find(columns, suggestion->column, &bulletin::Column::code);
    if (column == columns.end() || !column->active) return nullptr;
    return {{"column", column->code}, {"name", column->name}, {"words", suggestion->words}};
}

Result<Reply> edition_file(Call& call, const bulletin::Edition& edition,
                           const std::vector<bulletin::Correction>& corrections, std::string_view format,
                           bool for_everybody) {
    const auto page =
        bulletin::pages(bulletin::with_qr_link(edition, site_of(call.request())), corrections, words::Language::zh);
    Reply out;
    std::string type;
    if (format == "pdf") {
        type = "application/pdf";
        out.body = TRY(document::pdf(page));
    } else if (format == "docx") {
        type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
        out.body = TRY(document::docx(page));
    } else if (format == "html") {
        type = "text/html; charset=utf-8";
        out.body = document::html(page);
    } else if (format == "txt") {
        type = "text/plain; charset=utf-8";
        out.body = bulletin::text_of(edition);
    } else {
        return invalid("http.bad_parameter").with("name", "format");
    }
    const bool shown = format == "pdf" || format == "html";
    const std::string name = bulletin::title_of(edition.issue, call.language()) + "." + std::string(format);
    return std::move(out)
        .with("Content-Type", type)
        .with("Content-Disposition", std::string(shown ? "inline" : "attachment") + "; filename=\"bulletin-" +
                                         text(edition.issue.id) + "." + std::string(format) +
                                         "\"; filename*=UTF-8''" + http::percent_encoded(name))
        .with("Cache-Control", for_everybody ? "public, max-age=60" : "private, no-store");
}

}  // namespace ballast::api
