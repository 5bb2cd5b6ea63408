// Why may a file differ from its record? Everything that the box learns of one file's content.
//
// Threat: the file is an attacker's. What comes out are codes, numbers and digests, never content
// (security decision 30), and it is believed to be no more than a possible cause: the judge
// compares the digests with the record, and a wrong one can at worst add a wrong note beside
// CONTENT_HASH_DIFFERS (security decision 1). Memory does not grow with the file; work is bounded
// by bytes hashed, not by time, so that the same file gives the same facts everywhere. Pure; any
// thread.
#pragma once

#include "verifier/contents/byte_source.h"
#include "verifier/core/limits.h"
#include "verifier/crypto/digest.h"

namespace heyan::v1 {
class ContentFacts;
}

namespace heyan::contents {

// `hashes`: algorithms in which records hold the fingerprint. Sets performed, candidates,
// exhausted and jpeg. kIo, kTruncated: the source cannot be read; a file that is not what it seems
// to be is no error.
core::Result<v1::ContentFacts> look_into(const ByteSource& source,
                                         std::span<const crypto::Hash> hashes,
                                         const core::Limits& limits);

}  // namespace heyan::contents
