/// An issue on paper and on screen: the document tree that `document/render.h` makes PDF, DOCX and HTML of,
/// and the list of issues as RSS. Pure.
#pragma once

#include <functional>

#include "bulletin/issue_file.h"
#include "document/card.h"
#include "document/document.h"
#include "words/words.h"

namespace ballast::bulletin {

/// What the page says of itself to search engines and to programs that show a preview of a link. "" leaves
/// one out.
struct PublicAddress {
    std::string page = {};     // of the issue
    std::string feed = {};     // of the RSS
    std::string picture = {};  // of preview_card
};
/// Where an issue stands on `site` (https://host); nothing when that is "".
PublicAddress public_address(std::string_view site, IssueId id);

/// Masthead, contents with page numbers, columns, `place | headline`, text, corrections, imprint with its QR
/// code. A date that was inferred is marked as such: only drafts have one.
document::Document pages(const Edition& edition, const std::vector<Correction>& corrections,
                         words::Language language, const PublicAddress& address = {});

/// With the QR code of the imprint leading to the issue's public page on `site` (https://host), where nobody
/// has said otherwise; unchanged when `site` is "". Pure.
Edition with_qr_link(Edition edition, std::string_view site);

/// "示例简报 2021年第3期"; of an issue without either, its date, or a word for a draft.
std::string title_of(const Issue& issue, words::Language language);
/// For a preview: the first headlines.
std::string summary_of(const Edition& edition);
/// The picture of a preview: what the issue is called, its day and its headlines.
document::Card preview_card(const Edition& edition, words::Language language);

/// RSS 2.0. `address_of` gives the whole address of an issue's page.
std::string rss(const std::vector<Edition>& editions, std::string_view site, std::string_view feed,
                const std::function<std::string(IssueId)>& address_of, words::Language language);

}  // namespace ballast::bulletin
