// A token, as the authority of the trust list has it whose it is. Pure, any thread but for the
// checker.
#pragma once

#include "verifier/timestamps/authorities.h"

namespace heyan::timestamps {

struct Judged {
  std::optional<crypto::TimestampToken> token;  // nothing: not read
  const Authority* authority = nullptr;         // of those asked; null: not read
  Verification found;
};

// `authorities`: not empty (authorities_of); the result points into them. Of several the one that
// lists the signer nearest, then the one by which the token holds best.
Judged judge(core::ByteView token, std::span<const Authority> authorities, const Digests& digests,
             std::span<const Request> requests, const Moment& moment,
             crypto::SignatureChecker& checker, const core::Limits& limits);

}  // namespace heyan::timestamps
