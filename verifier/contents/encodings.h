// The file as it is under other algorithms, and the text that encodes it: a platform may have
// recorded the fingerprint of either under another name.
//
// One pass, in chunks, for files of any size. Pure; any thread.
#pragma once

#include "verifier/contents/byte_source.h"
#include "verifier/contents/candidates.h"

namespace heyan::contents {

// Every algorithm that has as many bytes as one of the records': SM3 for SHA-256, and so on.
core::Result<void> add_other_algorithms(const ByteSource& source, Candidates& candidates);

// Base64 in one line (RFC 4648, 4), hexadecimal in lower and upper case.
core::Result<void> add_encodings(const ByteSource& source, Candidates& candidates);

}  // namespace heyan::contents
