// Is the answer of an authority the time stamp that it was asked for?
//
// Threat: the answer comes over any network. It counts for its own signature alone: a token over
// this digest, with this nonce and policy, that holds in every point (verification.h), by whom
// `trust` anchors, of a time near our own where one is given. Source: RFC 3161 2.2 and 2.4.2. Pure,
// any thread but for the checker.
#pragma once

#include <chrono>
#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "verifier/timestamps/verification.h"

namespace heyan::timestamps {

struct Stamp {
  core::Bytes token;  // ContentInfo
  core::UtcTime time;
  std::chrono::microseconds accuracy;  // zero also where it is not stated
};
struct NoStamp {
  bool refused = false;              // the authority gives none
  std::vector<std::string> reasons;  // otherwise: names of Reason, "MALFORMED", "CLOCKS_DIFFER"
};

// Of an authority that one asks oneself: by these certificates, or under them, and no others.
Trust trust_in(std::vector<crypto::Certificate> authorities);

// `request`: TimeStampReq, of ours. `at`: now; nothing: any time will do.
std::expected<Stamp, NoStamp> accept_answer(core::ByteView answer, core::ByteView request,
                                            const Trust& trust, std::optional<core::UtcTime> at,
                                            crypto::SignatureChecker& checker,
                                            const core::Limits& limits = {});

// The token of such an answer (ContentInfo), handed on by somebody; `asked` as far as it is known.
std::expected<Stamp, NoStamp> accept_token(core::ByteView token, const Request& asked,
                                           const Trust& trust, std::optional<core::UtcTime> at,
                                           crypto::SignatureChecker& checker,
                                           const core::Limits& limits = {});

}  // namespace heyan::timestamps
