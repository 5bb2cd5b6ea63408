// What an office document of the OOXML kind holds: which one it is, macros, and relations that draw
// in what lies elsewhere when it is opened. Links that a reader clicks are not among those. Threat:
// see contents/zip.h and markup/document.h. Source: ECMA-376 part 2 9.3. Pure, any thread.
#pragma once

#include <expected>
#include <string_view>

#include "verifier/contents/byte_source.h"
#include "verifier/uploads/marks.h"

namespace heyan::uploads {

struct Office {
  std::string_view extension;  // "docx" "xlsx" "pptx"; empty: none of these
  Marks marks;
};
Office look_at_office(const contents::ByteSource& source);

}  // namespace heyan::uploads
