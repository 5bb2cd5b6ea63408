// What another reader of PDF finds in a file: poppler's programs.
#pragma once

#include <cstdlib>
#include <string>

#include "tests/unit/pdf/tool.h"

namespace heyan::pdf {

inline std::string text_of(const std::string& file, int page = 0) {
  const std::string pages =
      page == 0 ? "" : " -f " + std::to_string(page) + " -l " + std::to_string(page);
  return output_of("pdftotext -layout" + pages + " FILE -", file);
}
inline std::string info_of(const std::string& file) { return output_of("pdfinfo FILE", file); }
inline std::string structure_of(const std::string& file) {
  return output_of("pdfinfo -struct-text FILE", file) + output_of("pdfinfo -struct FILE", file);
}
inline std::string fonts_of(const std::string& file) { return output_of("pdffonts FILE", file); }
inline int page_count(const std::string& file) {
  const std::string info = info_of(file);
  const std::size_t at = info.find("Pages:");
  return at == std::string::npos ? 0 : std::atoi(info.c_str() + at + 6);
}

}  // namespace heyan::pdf
