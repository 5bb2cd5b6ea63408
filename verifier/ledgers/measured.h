// The digests of an item's file, as proof systems look them up. For the folders beneath
// verifier/ledgers. Pure, any thread.
#pragma once

#include <algorithm>
#include <array>
#include <map>

#include "heyan/v1/attestation.pb.h"
#include "heyan/v1/case_record.pb.h"
#include "verifier/core/bytes.h"
#include "verifier/crypto/digest.h"

namespace heyan::ledgers {

struct DigestName {
  v1::DigestAlgorithm algorithm;
  crypto::Hash hash;
};
inline constexpr std::array kDigestNames = {
    DigestName{v1::DIGEST_ALGORITHM_SHA_256, crypto::Hash::kSha256},
    DigestName{v1::DIGEST_ALGORITHM_SHA_384, crypto::Hash::kSha384},
    DigestName{v1::DIGEST_ALGORITHM_SHA_512, crypto::Hash::kSha512},
    DigestName{v1::DIGEST_ALGORITHM_SM3, crypto::Hash::kSm3},
    DigestName{v1::DIGEST_ALGORITHM_SHA_1, crypto::Hash::kSha1},
    DigestName{v1::DIGEST_ALGORITHM_MD5, crypto::Hash::kMd5},
    DigestName{v1::DIGEST_ALGORITHM_SHA_224, crypto::Hash::kSha224},
};

// Those on which both libraries agree.
inline std::map<crypto::Hash, core::Bytes> digests_of(const v1::Measured& measured) {
  std::map<crypto::Hash, core::Bytes> digests;
  for (const v1::MeasuredDigest& digest : measured.digests()) {
    const auto row = std::ranges::find(kDigestNames, digest.algorithm(), &DigestName::algorithm);
    if (row == kDigestNames.end() || digest.first() != digest.second()) continue;
    digests[row->hash] = core::to_bytes(std::string_view(digest.first()));
  }
  return digests;
}

// UNSPECIFIED for a hash that evidence never has.
inline v1::DigestAlgorithm algorithm_of(crypto::Hash hash) {
  const auto row = std::ranges::find(kDigestNames, hash, &DigestName::hash);
  return row == kDigestNames.end() ? v1::DIGEST_ALGORITHM_UNSPECIFIED : row->algorithm;
}

// Is a digest of the record another than the file's, as both libraries measured it?
inline bool differs(const v1::LedgerRecord& record, const v1::Measured& measured) {
  return std::ranges::any_of(record.digests(), [&](const v1::Digest& digest) {
    const auto own =
        std::ranges::find(measured.digests(), digest.algorithm(), &v1::MeasuredDigest::algorithm);
    return own != measured.digests().end() && own->first() == own->second() &&
           own->first() != digest.value();
  });
}

}  // namespace heyan::ledgers
