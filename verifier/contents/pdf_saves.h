// Earlier saves of a PDF: an incremental update appends to the file and leaves every byte before it
// as it was (ISO 32000-1, 7.5.6), so that what ends at an earlier %%EOF is the file as it was saved
// then.
//
// Threat: the file is an attacker's; two passes over its bytes, nothing of its structure is
// believed. Pure; any thread.
#pragma once

#include "verifier/contents/byte_source.h"
#include "verifier/contents/candidates.h"

namespace heyan::contents {

// The last 64 ends of saves before the end of the file itself, each with and without the line end
// that may follow it. Nothing for a file whose first 1 024 bytes hold no "%PDF-".
core::Result<void> add_pdf_saves(const ByteSource& source, Candidates& candidates);

}  // namespace heyan::contents
