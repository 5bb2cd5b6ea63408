// Line ends, byte-order mark, final line end: what editors and transfers change in a text without
// anybody asking them to.
//
// Threat: the file may be anything, not only text, and of any size; one pass, in chunks. A byte
// 0x0A is a line end, with a 0x0D before it or not; the mark is EF BB BF (Unicode 15, 23.8). Pure;
// any thread.
#pragma once

#include "verifier/contents/byte_source.h"
#include "verifier/contents/candidates.h"

namespace heyan::contents {

// All combinations of: line ends as they are, LF, CRLF; with and without the mark; with and without
// the last line end.
core::Result<void> add_text_changes(const ByteSource& source, Candidates& candidates);

}  // namespace heyan::contents
