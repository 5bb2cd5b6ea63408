// What is refused before a parser sees the document. Internal to verifier/markup.
//
// Threat: entities and document types are how XML reads files, reaches hosts and grows without
// bound, and encodings are how they pass a filter unseen. So the bytes become UTF-8 here, by XML's
// own rules and none of a library, and the marks of every tag are counted before a tree is built.
// Sources: XML 1.0 (fifth edition) sections 2.8, 4.3.3 and appendix F. Pure, any thread.
#pragma once

#include <expected>
#include <string>

#include "verifier/core/bytes.h"
#include "verifier/markup/document.h"

namespace heyan::markup {

// The document as UTF-8 without a byte-order mark, fit to be parsed as UTF-8 whatever it declares.
std::expected<std::string, Problem> pass_gate(core::ByteView document, const ReadLimits& limits);

}  // namespace heyan::markup
