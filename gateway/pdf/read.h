// What lies in a sealed file: the report attached to it.
//
// Threat: even a file under a signature of the court's could have been prepared to show other pages
// to other readers. So after the seal held (verify.h), the file must be of the one shape that
// complete.h writes: one revision, one field, certified without changes allowed, nothing that acts,
// hides or is fetched, and no object that any reader would have to repair (security decision 19).
// Limits: size, objects, what attachments inflate to. Pure, any thread.
#pragma once

#include <string>
#include <string_view>

#include "verifier/core/error.h"

namespace heyan::pdf {

inline constexpr std::size_t kMostFileBytes = 256u << 20;
inline constexpr std::size_t kMostAttachedBytes = 256u << 20;

struct Attached {
  std::string payload;   // report.json
  std::string envelope;  // report.jws
  std::string reason;    // as it stands beside the signature
};

// kMalformed: not of that shape; kLimit.
core::Result<Attached> read_attached(std::string_view file);

}  // namespace heyan::pdf
