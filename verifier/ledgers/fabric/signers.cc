#include "verifier/ledgers/fabric/signers.h"

#include <set>

#include "verifier/ledgers/fabric/block.h"

namespace heyan::ledgers::fabric {

const Identity& Identities::resolve(const ChannelConfig& config, ByteView serialized) {
  const auto parsed = parse_serialized_identity(serialized);
  return parsed ? resolve(config, parsed->msp, parsed->certificate) : resolve(config, {}, {});
}

const Identity& Identities::resolve(const ChannelConfig& config, std::string_view msp,
                                    ByteView certificate_pem) {
  const Msp* organisation = config.msp(msp);
  Bytes fingerprint = organisation == nullptr ? Bytes() : organisation->fingerprint();
  // Fingerprints have one length, and none of an organisation is empty; so the name is unambiguous.
  Question question{std::move(fingerprint), config.v3(), std::string(msp),
                    crypto::sha256(certificate_pem)};
  if (const auto found = judged_.find(question); found != judged_.end()) return found->second;
  Identity identity = judge(organisation, config.v3(), certificate_pem);
  identity.msp = msp;
  return judged_.emplace(std::move(question), std::move(identity)).first->second;
}

Identity Identities::judge(const Msp* organisation, bool v3, ByteView certificate_pem) {
  Identity identity;
  auto certificate = crypto::Certificate::from_pem_once(core::as_text(certificate_pem),
                                                        verifier_.checker(), verifier_.limits());
  if (!certificate) return identity;
  if (organisation == nullptr) {
    identity.fault = IdentityFault::kUnknownMsp;
  } else if (!signature_scheme(verifier_.profile(), certificate->key().algorithm(), v3)) {
    identity.fault = IdentityFault::kKey;
  } else {
    return organisation->judge(*certificate, verifier_);
  }
  identity.certificate = *std::move(certificate);
  return identity;
}

std::vector<SignerCheck> check_signers(std::span<const Claim> claims, const ChannelConfig& config,
                                       Verifier& verifier) {
  std::vector<SignerCheck> result;
  std::set<std::pair<std::string, Bytes>> seen;
  for (const Claim& claim : claims) {
    SignerCheck check{.identity = claim.identity, .duplicate = false, .signature = {}};
    check.signature = crypto::SignatureOutcome::kInvalid;
    const Identity& identity = *claim.identity;
    if (identity.certificate) {
      const ByteView key = identity.certificate->key().sha256();
      check.duplicate = !seen.emplace(identity.msp, core::to_bytes(key)).second;
      if (identity.valid() && !check.duplicate) {
        check.signature = verifier.verify(identity.certificate->key(), config.v3(), claim.message,
                                          claim.signature);
      }
    }
    result.push_back(check);
  }
  return result;
}

std::vector<const Identity*> good_identities(std::span<const SignerCheck> signers) {
  std::vector<const Identity*> result;
  for (const SignerCheck& one : signers) {
    if (one.good()) result.push_back(one.identity);
  }
  return result;
}

}  // namespace heyan::ledgers::fabric
