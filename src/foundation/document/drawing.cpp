#include "document/drawing.h"

#include <algorithm>
#include <cstring>
#include <numbers>

#include "base/result.h"
#include "document/handles.h"
#include "document/qr.h"

namespace ballast::document {
namespace {

bool lies_on_its_side(const Picture& picture) {
    return picture.turn() == Picture::Turn::quarter || picture.turn() == Picture::Turn::three_quarters;
}

Surface decoded_png(const Picture& picture) {
    std::string_view left = picture.bytes();
    const auto read = [](void* from, unsigned char* to, unsigned count) {
        auto& bytes = *static_cast<std::string_view*>(from);
        if (bytes.size() < count) return CAIRO_STATUS_READ_ERROR;
        std::memcpy(to, bytes.data(), count);
        bytes.remove_prefix(count);
        return CAIRO_STATUS_SUCCESS;
    };
    return Surface(cairo_image_surface_create_from_png_stream(read, &left));
}

/// The photograph goes into the PDF as it is; cairo only needs a surface of its size to hang it on.
Surface carried_jpeg(const Picture& picture) {
    Surface surface(cairo_image_surface_create(CAIRO_FORMAT_RGB16_565, picture.width(), picture.height()));
    auto* bytes = new std::string(picture.bytes());
    const auto status = cairo_surface_set_mime_data(
        surface.get(), CAIRO_MIME_TYPE_JPEG, reinterpret_cast<const unsigned char*>(bytes->data()),
        bytes->size(), [](void* held) { delete static_cast<std::string*>(held); }, bytes);
    if (status != CAIRO_STATUS_SUCCESS) delete bytes;
    return surface;
}

void crossed_frame(cairo_t* canvas, double width, double height) {
    cairo_set_line_width(canvas, 0.5);
    cairo_rectangle(canvas, 0, 0, width, height);
    cairo_move_to(canvas, 0, 0);
    cairo_line_to(canvas, width, height);
    cairo_move_to(canvas, width, 0);
    cairo_line_to(canvas, 0, height);
    cairo_stroke(canvas);
}

}  // namespace

PictureOnPage fitted(const Picture& picture, double width, double most_height) {
    double wide = picture.width(), high = picture.height();
    if (lies_on_its_side(picture)) std::swap(wide, high);
    const double scale = std::min(width / wide, most_height / high);
    return {wide * scale, high * scale};
}

void draw_picture(const Picture& picture, PictureOnPage size, cairo_t* canvas, double left, double top) {
    const Surface surface =
        picture.format() == Picture::Format::png ? decoded_png(picture) : carried_jpeg(picture);
    cairo_save(canvas);
    cairo_translate(canvas, left, top);
    if (cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS) {
        crossed_frame(canvas, size.width, size.height);
    } else {
        cairo_translate(canvas, size.width / 2, size.height / 2);
        cairo_rotate(canvas, static_cast<double>(picture.turn()) * std::numbers::pi / 2);
        const double scale = (lies_on_its_side(picture) ? size.height : size.width) / picture.width();
        cairo_scale(canvas, scale, scale);
        cairo_set_source_surface(canvas, surface.get(), -picture.width() / 2.0, -picture.height() / 2.0);
        cairo_paint(canvas);
    }
    cairo_restore(canvas);
}

std::string png_of(cairo_surface_t* surface) {
    std::string out;
    const auto keep = [](void* to, const unsigned char* data, unsigned size) {
        static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(data), size);
        return CAIRO_STATUS_SUCCESS;
    };
    const bool written = cairo_surface_write_to_png_stream(surface, keep, &out) == CAIRO_STATUS_SUCCESS;
    INVARIANT(written);
    return out;
}

void draw_qr(std::string_view content, cairo_t* canvas, double left, double top, double width) {
    const QrSquares code = qr_squares(content);
    const double side = width / code.width;
    for (int y = 0; y < code.width; ++y)
        for (int x = 0; x < code.width; ++x)
            if (code.black[static_cast<std::size_t>(y * code.width + x)])
                cairo_rectangle(canvas, left + x * side, top + y * side, side, side);
    cairo_fill(canvas);
}

}  // namespace ballast::document
