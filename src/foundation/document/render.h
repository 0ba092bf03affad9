/// A document tree on paper and on screen. The same tree gives the same bytes. May be called from any thread,
/// by several at once.
#pragma once

#include <string>

#include "base/result.h"
#include "document/document.h"

namespace ballast::document {

/// A4, with fonts embedded as far as they are used. A tree that is no document (cells that do not fill their
/// table, a heading of level 7) breaks an INVARIANT.
///
/// Error: unavailable, "document.no_font": no Chinese font is installed.
Result<std::string> pdf(const Document& document);

/// One page without scripts or anything fetched from elsewhere; prints on A4 as well.
std::string html(const Document& document);

}  // namespace ballast::document
