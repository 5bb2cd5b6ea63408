// A time stamp that came with signatures of a report: is it one, and over them? By whose clock it
// is, is the reader's to judge (timestamps/verification.h).
//
// Threat: it stands where nothing is signed, so anybody may have put it there. Whatever it is, it
// says nothing against the signatures themselves. Sources: RFC 3161 2.4.2, appendix A. Pure, any
// thread but for the checker.
#pragma once

#include <optional>

#include "verifier/core/bytes.h"
#include "verifier/core/limits.h"
#include "verifier/crypto/timestamp.h"

namespace heyan::report {

enum class StampOutcome : std::uint8_t {
  kAbsent,
  // By another digest than SHA-256 or other means that are not known here, without the certificate,
  // or the libraries disagree: nothing is concluded.
  kUnread,
  kRead,   // over these signatures, by the certificate within; whose that is was not asked
  kFault,  // damaged, over something else, or not signed by its certificate
};

struct TimeStamp {
  StampOutcome outcome = StampOutcome::kAbsent;
  std::optional<crypto::TimestampToken> token;  // with kRead
  core::Bytes stamped_sha256;                   // likewise
};

// `token`: DER, or nothing where none came. `sha256`: what it must be over.
TimeStamp read_time_stamp(const std::optional<core::Bytes>& token, core::Bytes sha256,
                          crypto::SignatureChecker& checker, const core::Limits& limits = {});

}  // namespace heyan::report
