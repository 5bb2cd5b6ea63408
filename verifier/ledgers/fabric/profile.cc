#include "verifier/ledgers/fabric/profile.h"

namespace heyan::ledgers::fabric {

std::optional<Profile> profile_by_name(std::string_view name) {
  if (name == "mainline") return Profile{};
  if (name == "gm-vonechain-2.2") {
    Profile profile;
    profile.name = name;
    profile.proposal_hash = crypto::Hash::kSm3;
    profile.sm2 = true;
    profile.low_s = false;
    profile.hash_family = "GMSM3";
    return profile;
  }
  return std::nullopt;
}

std::vector<std::string_view> profile_names() { return {"mainline", "gm-vonechain-2.2"}; }

std::optional<crypto::Scheme> signature_scheme(const Profile& profile,
                                               crypto::KeyAlgorithm algorithm, bool v3) {
  crypto::Scheme scheme;
  scheme.encoding = crypto::SignatureEncoding::kDer;
  scheme.low_s = profile.low_s;
  switch (algorithm) {
    case crypto::KeyAlgorithm::kSm2:
      if (!profile.sm2) return std::nullopt;
      scheme.kind = crypto::SignatureKind::kSm2;
      scheme.hash = crypto::Hash::kSm3;
      scheme.sm2_user_id = profile.sm2_user_id;
      scheme.low_s = false;
      return scheme;
    case crypto::KeyAlgorithm::kEcdsaP256:
    case crypto::KeyAlgorithm::kEcdsaP384:
      if (profile.sm2) return std::nullopt;
      scheme.kind = crypto::SignatureKind::kEcdsa;
      scheme.hash = crypto::Hash::kSha256;  // family SHA2, whatever the curve
      return scheme;
    case crypto::KeyAlgorithm::kEd25519:
      if (profile.sm2 || !v3) return std::nullopt;
      scheme.kind = crypto::SignatureKind::kEd25519;
      scheme.low_s = false;
      return scheme;
    case crypto::KeyAlgorithm::kSecp256k1:
    case crypto::KeyAlgorithm::kRsa:
      break;
  }
  return std::nullopt;
}

}  // namespace heyan::ledgers::fabric
