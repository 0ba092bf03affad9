#include "bulletin/pages.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "bulletin/text_out.h"
#include "document/printable.h"

namespace ballast::bulletin {
namespace {

using document::Block;
using document::Document;
using words::Language;

constexpr double imprint_gap = 12;  // mm between the last article and the imprint

class Composer {
public:
    Composer(const Edition& edition, const std::vector<Correction>& corrections, Language language)
        : edition_(edition), corrections_(corrections), language_(language) {}

    std::vector<Block> run() {
        top();
        blocks_.push_back(document::Contents{.title = say("bulletin.contents"), .levels = 2});
        articles();
        imprint();
        return std::move(blocks_);
    }

private:
    std::string say(std::string_view id, const words::Places& places = {}) const {
        return words::say(id, language_, places);
    }

    void top() {
        const auto& issue = edition_.issue;
        std::string line = issue.number.value_or("");
        if (issue.date) {
            const std::string day = issue.date->chinese();
            line += (line.empty() ? "" : "　") +
                    (issue.date_inferred ? say("bulletin.inferred_day", {{"date", day}}) : day);
        }
        if (!issue.masthead.empty())
            blocks_.push_back(document::Letterhead{.issuer = issue.masthead, .number = line});
        else if (!line.empty())
            blocks_.push_back(document::centred(line));
    }

    void articles() {
        std::string_view column;
        bool first = true;
        for (const auto& article : edition_.articles) {
            if (first) blocks_.push_back(document::PageBreak{});
            first = false;
            if (article.column != column) {
                column = article.column;
                if (const auto* named = edition_.column(column))
                    blocks_.push_back(document::Heading{.text = named->name, .level = 1});
            }
            blocks_.push_back(document::Heading{.text = printed_headline(article), .level = 2});
            for (const auto& words : article.paragraphs) {
                auto paragraph = document::paragraph(words);
                paragraph.indented = true;
                blocks_.push_back(std::move(paragraph));
            }
            said_of(article);
        }
    }

    void said_of(const Article& article) {
        for (const auto& one : corrections_)
            if (one.article == article.id)
                blocks_.push_back(document::Paragraph{
                    .runs = {document::bold(say("bulletin.corrected", {{"date", one.on.chinese()}})),
                             document::text(one.notice)},
                    .size = document::Size::table});
        std::string source = article.source_url.empty() ? "" : article.source_name;
        if (article.source_url.empty()) return;
        if (article.source_date) source += (source.empty() ? "" : " ") + article.source_date->iso();
        blocks_.push_back(document::Paragraph{
            .runs = {document::text(
                say("bulletin.source", {{"source", source}, {"address", article.source_url}}))},
            .size = document::Size::note});
    }

    void imprint() {
        const auto& imprint = edition_.issue.imprint;
        if (imprint == Imprint{}) return;
        const auto before = blocks_.size();
        if (!imprint.qr_link.empty())
            blocks_.push_back(document::QrCode{.content = imprint.qr_link,
                                               .width_mm = 28,
                                               .caption = imprint.qr_caption,
                                               .space_before_mm = imprint_gap});
        else if (!imprint.qr_caption.empty())
            line("", imprint.qr_caption);
        line("bulletin.imprint.producer", imprint.producer);
        line("bulletin.imprint.editors", imprint.editors);
        line("bulletin.imprint.reviewer", imprint.reviewer);
        line("bulletin.imprint.email", imprint.email);
        line("bulletin.imprint.address", imprint.address);
        for (const auto other : text::split(imprint.other, '\n'))
            if (!other.empty()) line("", std::string(other));
        // The imprint stands together.
        for (auto i = before; i + 1 < blocks_.size(); ++i)
            if (auto* const paragraph = std::get_if<document::Paragraph>(&blocks_[i])) {
                paragraph->keep_with_next = true;
                if (i == before) paragraph->space_before_mm = imprint_gap;
            }
    }
    void line(std::string_view label, const std::string& value) {
        if (value.empty()) return;
        document::Paragraph paragraph =
            document::centred(label.empty() ? value : say(label, {{"value", value}}));
        paragraph.size = document::Size::table;
        blocks_.push_back(std::move(paragraph));
    }

    const Edition& edition_;
    const std::vector<Correction>& corrections_;
    const Language language_;
    std::vector<Block> blocks_;
};

constexpr std::array<std::string_view, 7> weekdays{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

/// Sun, 20 Jun 2021 08:00:00 +0800
std::string rfc822(Date day) {
    return std::string(weekdays.at(static_cast<std::size_t>(day.weekday() - 1))) + ", " +
           std::to_string(day.day()) + " " +
           std::string(months.at(static_cast<std::size_t>(day.month() - 1))) + " " +
           std::to_string(day.year()) + " 08:00:00 +0800";
}

}  // namespace

std::string title_of(const Issue& issue, Language language) {
    std::string out = issue.masthead.empty() ? words::say("bulletin.title", language) : issue.masthead;
    if (issue.number) return out + " " + *issue.number;
    if (issue.date) return out + " " + issue.date->iso();
    return out + words::say("bulletin.draft", language);
}

Edition with_qr_link(Edition edition, std::string_view site) {
    auto& imprint = edition.issue.imprint;
    if (!imprint.qr_link.empty() || site.empty()) return edition;
    imprint.qr_link = public_address(site, edition.issue.id).page;
    if (imprint.qr_caption.empty()) imprint.qr_caption = words::say("bulletin.qr_caption", Language::zh);
    return edition;
}

std::string summary_of(const Edition& edition) {
    std::string out;
    for (std::size_t i = 0; i < std::min<std::size_t>(edition.articles.size(), 5); ++i)
        out += (i == 0 ? "" : "；") + printed_headline(edition.articles[i]);
    return out;
}

PublicAddress public_address(std::string_view site, IssueId id) {
    if (site.empty()) return {};
    const std::string at(site), number = std::to_string(id.number());
    return {.page = at + "/public/bulletins/" + number,
            .feed = at + "/api/public/bulletins/rss",
            .picture = at + "/api/public/bulletins/" + number + "/preview"};
}

document::Card preview_card(const Edition& edition, Language language) {
    const auto& issue = edition.issue;
    document::Card out{.title = issue.masthead.empty() ? title_of(issue, language) : issue.masthead};
    if (!issue.masthead.empty()) out.subtitle = issue.number.value_or("");
    if (issue.date)
        out.subtitle += (out.subtitle.empty() ? "" : "　") +
                        (language == Language::zh ? issue.date->chinese() : issue.date->iso());
    for (const auto& article : edition.articles) out.lines.push_back(printed_headline(article));
    out.foot = issue.imprint.producer;
    return out;
}

Document pages(const Edition& edition, const std::vector<Correction>& corrections, Language language,
               const PublicAddress& address) {
    const auto& issue = edition.issue;
    Document out{.title = title_of(issue, language), .language = language};
    out.created = issue.published_on ? *issue.published_on : issue.date.value_or(civil_date(issue.at));
    out.footer = out.title;
    out.description = summary_of(edition);
    out.properties = {{"og:type", "article"},
                      {"og:title", out.title},
                      {"og:description", out.description},
                      {"og:locale", language == Language::zh ? "zh_CN" : "en_GB"}};
    if (!address.page.empty()) out.properties.emplace_back("og:url", address.page);
    if (!address.picture.empty()) {
        out.properties.emplace_back("og:image", address.picture);
        out.properties.emplace_back("og:image:type", "image/png");
        out.properties.emplace_back("og:image:width", std::to_string(document::card_width));
        out.properties.emplace_back("og:image:height", std::to_string(document::card_height));
        out.properties.emplace_back("og:image:alt", out.title);
        out.properties.emplace_back("twitter:card", "summary_large_image");
    }
    if (issue.published_on) out.properties.emplace_back("article:published_time", issue.published_on->iso());
    out.feed = address.feed;
    out.blocks = Composer(edition, corrections, language).run();
    return out;
}

std::string rss(const std::vector<Edition>& editions, std::string_view site, std::string_view feed,
                const std::function<std::string(IssueId)>& address_of, Language language) {
    using document::escaped;
    const std::string title = editions.empty() || editions.front().issue.masthead.empty()
                                  ? words::say("bulletin.title", language)
                                  : editions.front().issue.masthead;
    std::string out =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" "
        "xmlns:atom=\"http://www.w3.org/2005/Atom\">\n"
        "<channel>\n<title>" +
        escaped(title) + "</title>\n<link>" + escaped(site) + "</link>\n<description>" + escaped(title) +
        "</description>\n<language>" + (language == Language::zh ? "zh-CN" : "en") +
        "</language>\n<atom:link href=\"" + escaped(feed) +
        "\" rel=\"self\" type=\"application/rss+xml\"/>\n";
    for (const auto& edition : editions) {
        const auto address = escaped(address_of(edition.issue.id));
        out += "<item>\n<title>" + escaped(title_of(edition.issue, language)) + "</title>\n<link>" + address +
               "</link>\n<guid isPermaLink=\"true\">" + address + "</guid>\n<description>" +
               escaped(summary_of(edition)) + "</description>\n";
        for (const auto& column : edition.columns)
            out += "<category>" + escaped(column.name) + "</category>\n";
        if (edition.issue.published_on)
            out += "<pubDate>" + rfc822(*edition.issue.published_on) + "</pubDate>\n";
        out += "</item>\n";
    }
    return out + "</channel>\n</rss>\n";
}

}  // namespace ballast::bulletin
