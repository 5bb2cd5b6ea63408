// The place of the seal in a file: its last element.
//
//   <?xml version="1.0" encoding="UTF-8"?>\n<ValidationReport ...>...<ds:Signature
//   ...>...</ds:Signature></ValidationReport>
//
// What lies before and behind the signature is, joined, the canonical form over which it was made;
// so its digest needs no parser. A file in which these characters do not stand exactly once, or
// behind which anything stands, has no seal of ours. Pure, any thread.
#pragma once

#include <string>
#include <string_view>

#include "verifier/core/bytes.h"
#include "verifier/core/error.h"

namespace heyan::xml {

inline constexpr std::string_view kDeclaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

struct Sealed {
  std::string_view before;  // of the signature, with the declaration
  std::string_view seal;    // the element
  std::string_view behind;
};
// Views of `file`. kNotFound: no signature; kMalformed, kTrailing: it is not where it must be, or
// not alone.
core::Result<Sealed> find_seal(std::string_view file);

// SHA-256 of what is signed.
core::Bytes signed_digest(const Sealed& sealed);
// The same of a file that is to be sealed. kMalformed: it is none of ours.
core::Result<core::Bytes> digest_to_sign(std::string_view file);

// Puts the element into its place, in a file that digest_to_sign took.
void put_seal(std::string& file, std::string_view seal);

}  // namespace heyan::xml
