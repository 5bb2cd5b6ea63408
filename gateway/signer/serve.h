// The signer's loop: one channel of the front, a door through which judges come and one through
// which renderers come, one channel for each of them.
//
// Threat: front, judges and renderers may be taken over. A judge may begin once and have one report
// signed, a renderer two files sealed; whatever else comes closes its channel. What the front or
// the door says wrongly ends the signer, for nothing after it can be believed. Nobody is waited
// for: a frame comes and goes in pieces, and who stops in the middle of one is parted from after
// kPatience. One thread, the signer's. Source: OpenSSH's monitor (style).
#pragma once

#include <chrono>

#include "gateway/os/descriptor.h"
#include "gateway/signer/signer.h"

namespace heyan::signer {

inline constexpr std::size_t kMostGuests = 64;  // at once, of each door; more wait in it
inline constexpr std::chrono::seconds kPatience{5};
inline constexpr std::chrono::hours kBetweenHeads{1};  // of the audit trails, in the log
// Looks for what other signers appended to a log that they share.
inline constexpr std::chrono::seconds kBetweenLooks{5};

enum class Ended : std::uint8_t {
  kFrontGone,     // as it should be
  kFrontStrange,  // it said what it must not, or does not take its answers
  kDoorStrange,
  kTokenLost,  // whoever asked was refused, and asks again of who is started afresh
  kNoWaiting,  // the system does not let us wait
};

struct Doors {
  os::Descriptor judges;
  os::Descriptor renderers;
};

Ended serve(Signer& signer, os::Descriptor front, Doors doors);

}  // namespace heyan::signer
