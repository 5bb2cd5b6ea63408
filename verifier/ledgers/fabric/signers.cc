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
  // MSP ids hold no NUL where an organisation of that name exists, so the name below is unambiguous
  // where it matters.
  std::string name(msp);
  name.push_back('\0');
  name.append(core::as_text(certificate_pem));
  auto key = std::pair(config.fingerprint(), std::move(name));
  if (const auto found = judged_.find(key); found != judged_.end()) return found->second;
  return judged_.emplace(std::move(key), judge(config, msp, certificate_pem)).first->second;
}

Identity Identities::judge(const ChannelConfig& config, std::string_view msp,
                           ByteView certificate_pem) {
  Identity identity;
  identity.msp = msp;
  auto certificate = crypto::Certificate::from_pem_once(core::as_text(certificate_pem),
                                                        verifier_.checker(), verifier_.limits());
  if (!certificate) return identity;
  const Msp* organisation = config.msp(msp);
  if (organisation == nullptr) {
    identity.certificate = *std::move(certificate);
    identity.fault = IdentityFault::kUnknownMsp;
    return identity;
  }
  if (!signature_scheme(verifier_.profile(), certificate->key().algorithm(), config.v3())) {
    identity.certificate = *std::move(certificate);
    identity.fault = IdentityFault::kKey;
    return identity;
  }
  return organisation->judge(*certificate, verifier_);
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
