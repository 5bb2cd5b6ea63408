// Canonical XML of a document or an element, as signatures over XML need it.
// Sources: Canonical XML 1.0 and 1.1, Exclusive XML Canonicalization 1.0.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "verifier/core/error.h"
#include "verifier/markup/document.h"

namespace heyan::markup {

struct Canonical {
  enum class Form : std::uint8_t { k10, k11, kExclusive };
  Form form = Form::k10;
  bool comments = false;
  // Exclusive only: prefixes that are written as the inclusive forms do; "" is the default.
  std::span<const std::string> inclusive_prefixes = {};
  Element without = {};  // left out with all beneath it: the enveloped signature
};

// UTF-8. The time grows with the document, not with the element alone: bound how many are asked
// for. kInternal: no memory, or a namespace whose address is relative (the forms refuse it).
core::Result<std::string> canonical(const Document& document, const Element& element,
                                    const Canonical& as);
// With the comments and instructions beside the root.
core::Result<std::string> canonical(const Document& document, const Canonical& as);

}  // namespace heyan::markup
