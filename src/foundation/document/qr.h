/// QR codes (ISO/IEC 18004, error correction level M) as black and white squares.
#pragma once

#include <string_view>
#include <vector>

namespace ballast::document {

struct QrSquares {
    int width = 0;
    std::vector<bool> black;  // row by row, width * width
};

/// `content` is at most 1,000 bytes and not empty.
QrSquares qr_squares(std::string_view content);

}  // namespace ballast::document
