// Owners of what Pango, Cairo and fontconfig make. For the .cc files of this folder only.
#pragma once

#include <cairo.h>
#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>

#include <memory>

namespace heyan::pdf {

template <auto Free>
struct Freeing {
  template <typename T>
  void operator()(T* object) const {
    Free(object);
  }
};

using AttributesPtr = std::unique_ptr<PangoAttrList, Freeing<pango_attr_list_unref>>;
using CairoPtr = std::unique_ptr<cairo_t, Freeing<cairo_destroy>>;
using ContextPtr = std::unique_ptr<PangoContext, Freeing<g_object_unref>>;
using DescriptionPtr = std::unique_ptr<PangoFontDescription, Freeing<pango_font_description_free>>;
using FontConfigPtr = std::unique_ptr<FcConfig, Freeing<FcConfigDestroy>>;
using FontMapPtr = std::unique_ptr<PangoFontMap, Freeing<g_object_unref>>;
using LayoutPtr = std::unique_ptr<PangoLayout, Freeing<g_object_unref>>;
using SurfacePtr = std::unique_ptr<cairo_surface_t, Freeing<cairo_surface_destroy>>;

}  // namespace heyan::pdf
