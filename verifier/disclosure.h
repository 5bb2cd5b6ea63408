// Personal fields of a report: what is signed is a commitment to each; what the commitment stands
// for can be disclosed beside the report, one field at a time.
//
//   salt       = HMAC-SHA-256( salt key of the case, pointer )
//   disclosure = base64url( canonical JSON [ base64url(salt), pointer, value ] )
//   commitment = SHA-256( disclosure, as ASCII )
//
// That is RFC 9901 4.2.1 and 4.2.3 with the pointer (RFC 6901: where the value would stand in
// case.json or in the payload) as the claim's name. The salt key is an input of judging, kept with
// the case record and destroyed with it; then the commitments say nothing any more.
//
// Threat: a disclosure comes from anybody. Only the one spelling of it is read, so that it has one
// commitment, and a value cannot be moved to another place, another case or another salt (security
// decision 28). Pure, any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "verifier/core/bytes.h"

namespace heyan {

inline constexpr std::size_t kSaltBytes = 32;

struct Disclosure {
  std::string pointer;
  std::string value;  // UTF-8
  core::Bytes salt;   // kSaltBytes
  bool operator==(const Disclosure&) const = default;
};

// A value that is not UTF-8 is disclosed as core::visible shows it.
Disclosure disclose(std::string_view salt_key, std::string pointer, std::string_view value);

// As it is handed on.
std::string encode_disclosure(const Disclosure& disclosure);
// Nothing for any other text than encode_disclosure writes.
std::optional<Disclosure> parse_disclosure(std::string_view text);

core::Bytes commitment_to(const Disclosure& disclosure);

}  // namespace heyan
