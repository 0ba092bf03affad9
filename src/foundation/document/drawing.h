/// Pictures and QR codes on a page. Lengths are points.
#pragma once

#include <cairo.h>

#include <string>
#include <string_view>

#include "document/picture.h"

namespace ballast::document {

struct PictureOnPage {
    double width = 0, height = 0;  // upright
};
/// As wide as asked for, less if it would be higher than `most_height`.
PictureOnPage fitted(const Picture& picture, double width, double most_height);

/// A picture that turns out to be damaged leaves a crossed frame of its size.
void draw_picture(const Picture& picture, PictureOnPage size, cairo_t* canvas, double left, double top);
/// What was drawn, as a PNG.
std::string png_of(cairo_surface_t* surface);
void draw_qr(std::string_view content, cairo_t* canvas, double left, double top, double width);

}  // namespace ballast::document
