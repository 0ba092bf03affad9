/// Owners of what the C libraries hand out.
#pragma once

#include <cairo.h>
#include <pango/pangocairo.h>

#include <memory>

namespace ballast::document {

struct Release {
    void operator()(cairo_surface_t* held) const;
    void operator()(cairo_t* held) const;
    void operator()(PangoContext* held) const;
    void operator()(PangoAttrList* held) const;
    void operator()(PangoFontDescription* held) const;
    void operator()(PangoLayoutIter* held) const;
};

using Surface = std::unique_ptr<cairo_surface_t, Release>;
using Canvas = std::unique_ptr<cairo_t, Release>;
using Context = std::unique_ptr<PangoContext, Release>;
using Attributes = std::unique_ptr<PangoAttrList, Release>;
using FontDescription = std::unique_ptr<PangoFontDescription, Release>;
using LineIterator = std::unique_ptr<PangoLayoutIter, Release>;

}  // namespace ballast::document
