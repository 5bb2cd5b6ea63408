// For tests of what is encrypted: with each algorithm.
//
//   class Suite : public WithEachAlgorithm { … };
//   INSTANTIATE_TEST_SUITE_P(With, Suite, kAlgorithms, algorithm_name);
#pragma once

#include <gtest/gtest.h>

#include "verifier/crypto/aead.h"

namespace heyan::store {

inline const auto kAlgorithms = testing::Values(crypto::Aead::kAes256Gcm, crypto::Aead::kSm4Gcm);

inline std::string algorithm_name(const testing::TestParamInfo<crypto::Aead>& one) {
  return one.param == crypto::Aead::kSm4Gcm ? "Sm4Gcm" : "Aes256Gcm";
}

class WithEachAlgorithm : public testing::TestWithParam<crypto::Aead> {
 protected:
  const crypto::Aead with_ = GetParam();
  // What the configuration said before, or will say.
  const crypto::Aead other_ =
      with_ == crypto::Aead::kSm4Gcm ? crypto::Aead::kAes256Gcm : crypto::Aead::kSm4Gcm;
  // Its byte in a head.
  static char number_of(crypto::Aead with) { return with == crypto::Aead::kSm4Gcm ? 2 : 1; }
  static constexpr std::size_t kAlgorithmAt = 5;
};

}  // namespace heyan::store
