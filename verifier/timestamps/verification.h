// Is a time-stamp token good for a file, and by whom? Every step of RFC 3161 2.4.2 and 4, the chain
// judged at the time that the token states and never at today's.
//
// Threat: whoever files the token made or chose it. Only certificates that `Trust` anchors count;
// everything else that came along is a mere candidate for the path. Pure, any thread but for the
// checker.
#pragma once

#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "verifier/crypto/timestamp.h"
#include "verifier/timestamps/envelope.h"
#include "verifier/timestamps/reason.h"
#include "verifier/timestamps/revocation.h"

namespace heyan::timestamps {

// From best to worst.
enum class Verdict : std::uint8_t {
  kValid,
  // As valid, but the authority departs from a rule of form that real ones depart from: the usage
  // not marked critical, or (GM profile) no signed attributes.
  kNonconforming,
  kIndeterminate,  // intact, and by nobody that is known; or not to be compared here
  kRefused,        // intact as far as that was looked at, and refused by policy whoever made it
  kUndecided,      // two engines disagree, or too many paths: nothing is known
  kInvalid,        // can be read, and a check fails
  kMalformed,      // cannot be read in full
};

// A signer's key that counts for times within a period; absent ends are unbounded.
struct Pin {
  crypto::PublicKey key;
  std::optional<core::UtcTime> from;
  std::optional<core::UtcTime> until;
};

struct Trust {
  std::vector<crypto::Certificate> anchors;
  std::vector<crypto::Certificate> candidates;           // for signer and path, not trusted
  std::vector<crypto::RevocationList> revocation_lists;  // whoever lists them
  // Keys that count by themselves, as an anchor does. With `pins_bare` only these for GM tokens
  // without signed attributes, which nothing else ties to a certificate.
  std::vector<Pin> pins;
  bool pins_bare = false;
  std::vector<std::string> policies;  // accepted ones; empty: any
  std::optional<core::UtcTime> accepted_from;
  std::string sm2_user_id = "1234567812345678";
};

// The file's, by algorithm.
using Digests = std::map<crypto::Hash, core::Bytes>;

struct Verification {
  Verdict verdict = Verdict::kMalformed;
  std::set<Reason> reasons;
  std::vector<crypto::Certificate> path;  // signer first, anchor last; empty: none
};

// Does the token show a time of these bytes?
bool shows_time(const Verification& found);

// The worst that these reasons lead to.
Verdict verdict_of(const std::set<Reason>& reasons);

// A token that was read, with `trust` for that reading: its candidates and user id.
core::Result<crypto::TimestampToken> read_token(core::ByteView der, const Trust& trust,
                                                crypto::SignatureChecker& checker,
                                                const core::Limits& limits);

// `requests`: those that were filed too; only one over the same imprint says anything.
Verification verify(const crypto::TimestampToken& token, const Trust& trust, const Digests& digests,
                    std::span<const Request> requests, const Moment& moment,
                    crypto::SignatureChecker& checker, const core::Limits& limits);

// What a token that could not be read is, or an envelope that could not be opened.
Verification malformed(const core::Error& error);
// What a response is by which the authority refused.
Verification refused_by_authority();

}  // namespace heyan::timestamps
