#include "verifier/checks/digests.h"

namespace heyan::checks {

std::optional<crypto::Hash> hash_of(v1::DigestAlgorithm algorithm) {
  switch (algorithm) {
    case v1::DIGEST_ALGORITHM_SHA_256:
      return crypto::Hash::kSha256;
    case v1::DIGEST_ALGORITHM_SHA_384:
      return crypto::Hash::kSha384;
    case v1::DIGEST_ALGORITHM_SHA_512:
      return crypto::Hash::kSha512;
    case v1::DIGEST_ALGORITHM_SM3:
      return crypto::Hash::kSm3;
    case v1::DIGEST_ALGORITHM_SHA_1:
      return crypto::Hash::kSha1;
    case v1::DIGEST_ALGORITHM_MD5:
      return crypto::Hash::kMd5;
    case v1::DIGEST_ALGORITHM_SHA_224:
      return crypto::Hash::kSha224;
    default:
      return std::nullopt;
  }
}

std::string_view algorithm_name(v1::DigestAlgorithm algorithm) {
  const auto hash = hash_of(algorithm);
  return hash ? crypto::name(*hash) : "unknown";
}

const v1::MeasuredDigest* find_digest(const v1::Measured& measured, v1::DigestAlgorithm algorithm) {
  for (const v1::MeasuredDigest& digest : measured.digests()) {
    if (digest.algorithm() == algorithm) return &digest;
  }
  return nullptr;
}

Comparison compare(const v1::Digest& stated, const v1::Measured& measured) {
  const v1::MeasuredDigest* digest = find_digest(measured, stated.algorithm());
  const auto hash = hash_of(stated.algorithm());
  if (digest == nullptr || !hash) return Comparison::kNotMeasured;
  const std::size_t bytes = crypto::digest_bytes(*hash);
  if (digest->first().size() != bytes || digest->second().size() != bytes) {
    return Comparison::kNotMeasured;
  }
  const bool first = digest->first() == stated.value();
  const bool second = digest->second() == stated.value();
  if (first && second) return Comparison::kEqual;
  return first || second ? Comparison::kNotMeasured : Comparison::kDiffers;
}

}  // namespace heyan::checks
