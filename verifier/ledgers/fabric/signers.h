// Sets of signatures: who signed, is each signature good, does it count once.
//
// Fabric drops what it cannot use (unknown organisation, bad signature) and keeps the rest; an
// identity counts once, decided before its signature is looked at. Source: fabric
// common/policies/policy.go (SignatureSetToValidIdentities).
#pragma once

#include <map>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "verifier/ledgers/fabric/channel_config.h"
#include "verifier/ledgers/fabric/msp.h"
#include "verifier/ledgers/fabric/verifier.h"

namespace heyan::ledgers::fabric {

// Identities as a config sees them; organisations that two configs share judge each once. One per
// judgement; not for two threads. Configs must outlive it.
class Identities {
 public:
  explicit Identities(Verifier& verifier) : verifier_(verifier) {}

  // `serialized`: SerializedIdentity. The reference stays valid as long as this object.
  const Identity& resolve(const ChannelConfig& config, ByteView serialized);
  const Identity& resolve(const ChannelConfig& config, std::string_view msp,
                          ByteView certificate_pem);

  Verifier& verifier() { return verifier_; }

 private:
  // MSPConfig, capability V3_0, MSP id, certificate.
  using Question = std::tuple<Bytes, bool, std::string, Bytes>;

  Identity judge(const Msp* organisation, bool v3, ByteView certificate_pem);

  Verifier& verifier_;
  std::map<Question, Identity> judged_;
};

struct Claim {
  const Identity* identity = nullptr;  // never null
  std::vector<ByteView> message;       // hashed and signed as their concatenation
  ByteView signature;
};

struct SignerCheck {
  const Identity* identity = nullptr;  // never null
  bool duplicate = false;  // the same key under the same organisation stood earlier in the set
  // Of identities that are not valid, and of duplicates, the signature is not looked at.
  crypto::SignatureOutcome signature = crypto::SignatureOutcome::kInvalid;

  bool good() const {
    return identity->valid() && !duplicate && signature == crypto::SignatureOutcome::kValid;
  }
};

std::vector<SignerCheck> check_signers(std::span<const Claim> claims, const ChannelConfig& config,
                                       Verifier& verifier);

// The identities whose signatures are good, in order.
std::vector<const Identity*> good_identities(std::span<const SignerCheck> signers);

}  // namespace heyan::ledgers::fabric
