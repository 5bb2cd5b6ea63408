// What a network computes with: one profile per chain, fixed by the trust list, never guessed from
// the data.
//
// Forks for SM2/SM3 differ in which of the hashes is SM3, in what is signed and in the SM2 user id;
// trying one after the other would let a submitter choose the weakest. A value; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "verifier/crypto/digest.h"
#include "verifier/crypto/key.h"
#include "verifier/crypto/signature.h"

namespace heyan::ledgers::fabric {

struct Profile {
  std::string name = "mainline";
  crypto::Hash header_hash = crypto::Hash::kSha256;
  crypto::Hash data_hash = crypto::Hash::kSha256;
  crypto::Hash txid_hash = crypto::Hash::kSha256;
  crypto::Hash proposal_hash = crypto::Hash::kSha256;
  crypto::Hash commit_hash = crypto::Hash::kSha256;
  bool sm2 = false;  // keys are SM2 and nothing else; otherwise ECDSA (and Ed25519 from V3_0 on)
  bool prehash = false;     // SM2 signs the SM3 digest of the message, not the message itself
  std::string sm2_user_id;  // of signatures and of certificates; empty means ENTL 0
  bool low_s = true;        // ECDSA: s > n/2 is refused
  std::string hash_family = "SHA2";  // required of every MSP; empty: not looked at
};

// "mainline" or "gm-vonechain-2.2"; nothing for any other name.
std::optional<Profile> profile_by_name(std::string_view name);
// The names, for messages to whoever writes a trust list.
std::vector<std::string_view> profile_names();

// The scheme of signatures by such a key, or nothing where the profile does not know keys of that
// kind. `v3`: the channel has capability V3_0, which brought Ed25519.
std::optional<crypto::Scheme> signature_scheme(const Profile& profile,
                                               crypto::KeyAlgorithm algorithm, bool v3);

}  // namespace heyan::ledgers::fabric
