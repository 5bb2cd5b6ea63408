// Is the answer of an authority the time stamp that it was asked for?
//
// Threat: the answer comes over any network. It counts for its own signature alone: a token over
// this digest, with this nonce and policy, that holds in every point (verification.h), by whom
// `trust` anchors, of a time near our own. Source: RFC 3161 2.2 and 2.4.2. Pure, any thread but for
// the checker.
#pragma once

#include <expected>
#include <string>
#include <vector>

#include "verifier/timestamps/verification.h"

namespace heyan::timestamps {

struct Stamp {
  core::Bytes token;  // ContentInfo
  core::UtcTime time;
};
struct NoStamp {
  bool refused = false;              // the authority gives none
  std::vector<std::string> reasons;  // otherwise: names of Reason, "MALFORMED", "CLOCKS_DIFFER"
};

// `request`: TimeStampReq, of ours. `at`: now.
std::expected<Stamp, NoStamp> accept_answer(core::ByteView answer, core::ByteView request,
                                            const Trust& trust, core::UtcTime at,
                                            crypto::SignatureChecker& checker,
                                            const core::Limits& limits = {});

}  // namespace heyan::timestamps
