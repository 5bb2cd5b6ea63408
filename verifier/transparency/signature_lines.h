// The lines below a note, on their own: what a witness answers is nothing else.
//
//   — NAME BASE64(KEY ID || SIGNATURE)            U+2014 first
//
// Threat: they come from anybody; what they say is checked against a note (note.h). Source: C2SP
// signed-note "Format", tlog-witness. Errors: kMalformed, kLimit. Pure, any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "verifier/transparency/note.h"

namespace heyan::transparency {

// One line without its LF.
core::Result<NoteSignature> parse_signature_line(std::string_view line);
// With its LF.
std::string encode_signature_line(const NoteSignature& signature);

// At least one line, at most kNoteSignatures; every one ends in LF.
core::Result<std::vector<NoteSignature>> parse_signature_lines(std::string_view lines);

}  // namespace heyan::transparency
