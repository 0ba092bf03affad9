/// A document tree on paper and on screen. The same tree gives the same bytes. May be called from any thread,
/// by several at once.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "document/document.h"

namespace ballast::document {

/// A4, with fonts embedded as far as they are used. A tree that is no document (cells that do not fill their
/// table, a heading of level 7) breaks an INVARIANT.
///
/// Error: unavailable, "document.no_font": no Chinese font is installed.
Result<std::string> pdf(const Document& document);

/// Pages of the PDF as pictures, to be looked at where no PDF can be shown. Error: as `pdf`; `page_png` also
/// not_found "document.no_such_page" {page, pages}.
Result<std::size_t> page_count(const Document& document);
/// `page` from 1.
Result<std::string> page_png(const Document& document, std::size_t page, int dots_per_inch);

/// The page of the PDF on which each heading stands, in the order of the headings. Error: as `pdf`.
Result<std::vector<std::size_t>> heading_pages(const Document& document);

/// The characters of `text` that would be printed as boxes: no font here has them.
std::vector<char32_t> unprintable(words::Language language, std::string_view text);

/// For Word and LibreOffice (ECMA-376, transitional): real styles, headings, a contents field that is filled
/// in with the pages of the PDF and can be brought up to date. Error: as `pdf`.
Result<std::string> docx(const Document& document);

/// One page without scripts or anything fetched from elsewhere; prints on A4 as well.
std::string html(const Document& document);
/// What that page says of itself to other programs, for the head of another page about the same.
std::string html_head(const Document& document);

}  // namespace ballast::document
