// The fonts that the build made, loaded once.
#pragma once

#include "gateway/pdf/fonts.h"

namespace heyan::pdf {

inline const Fonts& test_fonts() {
  static const Fonts fonts = *Fonts::load(HEYAN_FONTS);
  return fonts;
}

}  // namespace heyan::pdf
