// What Fonts holds. For the .cc files of this folder only.
#pragma once

#include "gateway/pdf/fonts.h"
#include "gateway/pdf/handles.h"

namespace heyan::pdf {

struct Fonts::Map {
  FontConfigPtr config;
  FontMapPtr pango;
};

inline constexpr const char* kFamily = "Noto Sans CJK SC";
inline constexpr const char* kCodeFamily = "Noto Sans Mono CJK SC";

}  // namespace heyan::pdf
