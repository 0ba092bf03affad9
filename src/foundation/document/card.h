/// The picture that programs show beside a link to a page (og:image): a few lines on a card.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "words/words.h"

namespace ballast::document {

struct Card {
    std::string title = {};
    std::string subtitle = {};            // "" for none
    std::vector<std::string> lines = {};  // those that have room, each on one line
    std::string foot = {};                // "" for none
};

/// In pixels: what those programs ask for (The Open Graph protocol; 1.91 : 1).
inline constexpr int card_width = 1200, card_height = 630;

/// A PNG. What is too long for its line ends in an ellipsis; lines without room are left out. The same card
/// gives the same bytes. Error: unavailable, "document.no_font": no Chinese font is installed.
Result<std::string> card_png(const Card& card, words::Language language);

}  // namespace ballast::document
