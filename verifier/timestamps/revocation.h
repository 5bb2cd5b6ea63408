// Was a certificate of the chain revoked, and what does that do to a time stamp?
//
// RFC 3161 section 4: revoked as unspecified (0), affiliationChanged (3), superseded (4) or
// cessationOfOperation (5), its stamps from before that date hold and later ones do not. Revoked
// for any other reason, or with none stated, none of its stamps holds whatever time it says:
// whoever has the key writes any time, unless a later stamp of somebody else's covers it (RFC 4998
// 5.3). Pure, any thread but for the checker.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "verifier/crypto/certificate.h"

namespace heyan::timestamps {

// When a stamp is judged.
struct Moment {
  core::UtcTime at;
  // A later stamp that holds shows that this one was there by then: what befell its key afterwards
  // says nothing about it.
  std::optional<core::UtcTime> covered = {};

  // By when its key and algorithms must have been good.
  core::UtcTime relied_on() const { return covered.value_or(at); }
};

enum class Revocation : std::uint8_t {
  kClear,       // a current list of each issuer was looked at, and permits the stamp
  kNotChecked,  // of some certificate there is no list, none with a good signature, or an old one
  kBefore,      // revoked before the stamp was made
  kWithKey,     // revoked in a way that makes all of its stamps worthless
};

// `path`: leaf first, anchor last; the anchor itself is not looked up. A revocation that stands in
// a list counts however old the list is, and also one that was published after `moment.at`.
Revocation check_revocation(std::span<const crypto::Certificate> path,
                            std::span<const crypto::RevocationList> lists, core::UtcTime stamped,
                            const Moment& moment, crypto::SignatureChecker& checker,
                            std::string_view sm2_user_id);

}  // namespace heyan::timestamps
