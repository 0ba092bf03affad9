#include "document/qr.h"

#include <qrencode.h>

#include <memory>

#include "base/result.h"

namespace ballast::document {

QrSquares qr_squares(std::string_view content) {
    INVARIANT(!content.empty() && content.size() <= 1'000);
    const std::unique_ptr<QRcode, void (*)(QRcode*)> code(
        QRcode_encodeData(static_cast<int>(content.size()),
                          reinterpret_cast<const unsigned char*>(content.data()), 0, QR_ECLEVEL_M),
        QRcode_free);
    INVARIANT(code != nullptr);
    QrSquares out{code->width, {}};
    const auto count = static_cast<std::size_t>(code->width) * static_cast<std::size_t>(code->width);
    for (std::size_t i = 0; i < count; ++i) out.black.push_back(code->data[i] & 1);
    return out;
}

}  // namespace ballast::document
