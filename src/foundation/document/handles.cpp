#include "document/handles.h"

namespace ballast::document {

void Release::operator()(cairo_surface_t* held) const { cairo_surface_destroy(held); }
void Release::operator()(cairo_t* held) const { cairo_destroy(held); }
void Release::operator()(PangoContext* held) const { g_object_unref(held); }
void Release::operator()(PangoAttrList* held) const { pango_attr_list_unref(held); }
void Release::operator()(PangoFontDescription* held) const { pango_font_description_free(held); }
void Release::operator()(PangoLayoutIter* held) const { pango_layout_iter_free(held); }

}  // namespace ballast::document
