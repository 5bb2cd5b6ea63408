// What a witness signs: that at this time it had seen no larger tree of the log.
//
// Whether that is so is the caller's to know. Source: C2SP tlog-cosignature (type 04). Pure, any
// thread.
#pragma once

#include <cstdint>
#include <string_view>

#include "verifier/crypto/signing.h"
#include "verifier/transparency/note.h"

namespace heyan::transparency {

inline constexpr std::uint64_t kLastSecond = (std::uint64_t{1} << 63) - 1;

// `text`: of a note whose other signatures the caller has looked at. kMalformed: it is no note's
// text, `name` is no key name, the key is not Ed25519, or the time is above 2^63 - 1.
core::Result<NoteSignature> cosign(std::string_view text, std::uint64_t seconds,
                                   std::string_view name, const crypto::SigningKey& key);

}  // namespace heyan::transparency
