/// The parts of a DOCX that are the same for every document. Internal to `document`.
#pragma once

#include <string>

#include "document/document.h"

namespace ballast::document {

/// Half points, as WordprocessingML counts.
int half_points(Size size);
std::string_view style_of(Size size);
/// The fonts of a face, as attributes of w:rFonts.
std::string fonts_of(Face face);

std::string docx_styles(words::Language language);
std::string docx_numbering();

}  // namespace ballast::document
