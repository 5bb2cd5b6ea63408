#include "gateway/store/vault_keys.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/unit/os/temporary_folder.h"
#include "tests/unit/store/each_algorithm.h"

namespace heyan::store {
namespace {

using core::Bytes;
using core::ErrorCode;
using crypto::Aead;

const std::string kA(64, 'a');
const std::string kB(64, 'b');

VaultKey key(std::string_view digits) { return VaultKey::from_hex(digits).value(); }

class VaultKeys : public WithEachAlgorithm {};
INSTANTIATE_TEST_SUITE_P(With, VaultKeys, kAlgorithms, algorithm_name);

TEST_P(VaultKeys, OneKeyWrapsAnother) {
  const VaultKey drawn = VaultKey::draw().value();
  const Bytes wrapped = key(kA).wrap(with_, drawn, "court\nx").value();
  EXPECT_EQ(wrapped.size(), kWrappedKeyBytes);
  EXPECT_EQ(algorithm_of_wrapped(wrapped), with_);
  EXPECT_EQ(key(kA).unwrap(wrapped, "court\nx"), drawn);
  EXPECT_NE(key(kA).wrap(with_, drawn, "court\nx").value(), wrapped);
  EXPECT_FALSE(VaultKey::draw().value() == drawn);
}

// Computed apart, by Python's hmac: whoever has the key file must find the same, for ever.
TEST_P(VaultKeys, WhatIsMadeOfAKeyStaysTheSame) {
  const bool sm4 = with_ == Aead::kSm4Gcm;
  EXPECT_EQ(core::to_hex(key(kA).id(with_)), sm4 ? "3f6596fedfb98b9d" : "2ebab89683528307");
  EXPECT_EQ(core::to_hex(key(kA).of_court(with_, "0123").id(with_)),
            sm4 ? "734c6b1bf1a6de18" : "95295fc7d1dc9e73");
  EXPECT_EQ(core::to_hex(key(kA).derive(with_, "heyan.vault.wrap.v1\n", {})),
            sm4 ? "d1a9861d0d81121c054722c086981b32"
                : "9cbb2c5e55426952bb6c07166fb8ae2a30b4cb5b4ebe93fda0c4e96e7b22609d");
  EXPECT_EQ(core::to_hex(key(kA).head("HYvk", with_)),
            sm4 ? "4859766b010200003f6596fedfb98b9d" : "4859766b010100002ebab89683528307");
}

TEST_P(VaultKeys, EveryCourtHasItsOwnOfEachInstallation) {
  EXPECT_FALSE(key(kA).of_court(with_, "0123") == key(kA).of_court(with_, "0124"));
  EXPECT_FALSE(key(kA).of_court(with_, "0123") == key(kB).of_court(with_, "0123"));
  EXPECT_FALSE(key(kA).of_court(with_, "0123") == key(kA).of_court(other_, "0123"));
}

TEST_P(VaultKeys, WrappedForAnotherOrChangedItIsNone) {
  const Bytes wrapped = key(kA).wrap(with_, VaultKey::draw().value(), "court\nx").value();
  EXPECT_EQ(key(kB).unwrap(wrapped, "court\nx").error().code, ErrorCode::kNotFound);
  EXPECT_EQ(key(kA).unwrap(wrapped, "court\ny").error().code, ErrorCode::kChanged);
  EXPECT_EQ(key(kA).unwrap(wrapped, "case\nx").error().code, ErrorCode::kChanged);
  for (std::size_t i = 0; i < wrapped.size(); ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      Bytes changed = wrapped;
      changed[i] ^= static_cast<std::uint8_t>(1 << bit);
      EXPECT_FALSE(key(kA).unwrap(changed, "court\nx").has_value()) << i << " " << bit;
    }
  }
  Bytes longer = wrapped;
  longer.push_back(0);
  EXPECT_EQ(key(kA).unwrap(longer, "court\nx").error().code, ErrorCode::kMalformed);
  for (std::size_t size = 0; size < wrapped.size(); ++size) {
    const auto cut = key(kA).unwrap(core::ByteView(wrapped).first(size), "court\nx");
    EXPECT_EQ(cut.error().code, ErrorCode::kMalformed) << size;
  }
  Bytes later = wrapped;
  later[4] = 2;
  EXPECT_EQ(key(kA).unwrap(later, "court\nx").error().code, ErrorCode::kUnsupported);
  for (const std::uint8_t number : {0, 3, 255}) {
    later = wrapped;
    later[5] = number;
    EXPECT_EQ(key(kA).unwrap(later, "court\nx").error().code, ErrorCode::kUnsupported);
  }
}

// Not even with the id that the other algorithm has.
TEST_P(VaultKeys, TheOtherAlgorithmOpensNothing) {
  Bytes wrapped = key(kA).wrap(with_, VaultKey::draw().value(), "court\nx").value();
  wrapped[5] = static_cast<std::uint8_t>(number_of(other_));
  EXPECT_EQ(key(kA).unwrap(wrapped, "court\nx").error().code, ErrorCode::kNotFound);
  std::ranges::copy(key(kA).head("HYvk", other_), wrapped.begin());
  EXPECT_EQ(key(kA).unwrap(wrapped, "court\nx").error().code, ErrorCode::kChanged);
}

class KeyRing : public testing::Test {
 protected:
  core::Result<VaultKeyRing> read(std::string_view text) {
    const auto file = folder_.write("vault.key", text);
    std::filesystem::permissions(file, std::filesystem::perms(0600));
    return VaultKeyRing::read(file);
  }
  os::TemporaryFolder folder_;
};

TEST_F(KeyRing, TheFirstIsInUseAndAllUnwrap) {
  const auto ring = read(kB + "\n" + kA + "\n");
  ASSERT_TRUE(ring.has_value());
  EXPECT_EQ(ring->in_use(), key(kB));
  const VaultKey drawn = VaultKey::draw().value();
  for (const Aead with : {Aead::kAes256Gcm, Aead::kSm4Gcm}) {
    for (const std::string& by : {kA, kB}) {
      EXPECT_EQ(ring->unwrap(key(by).wrap(with, drawn, "x").value(), "x"), drawn);
      const Bytes of_court = key(by).of_court(with, "0123").wrap(with, drawn, "x").value();
      EXPECT_EQ(ring->unwrap_of_court("0123", of_court, "x"), drawn);
      EXPECT_EQ(ring->unwrap_of_court("0124", of_court, "x").error().code, ErrorCode::kNotFound);
      EXPECT_EQ(ring->unwrap_of_court("0123", of_court, "y").error().code, ErrorCode::kChanged);
    }
    const Bytes by_another = VaultKey::draw()->wrap(with, drawn, "x").value();
    EXPECT_EQ(ring->unwrap(by_another, "x").error().code, ErrorCode::kNotFound);
  }
  EXPECT_EQ(ring->unwrap_of_court("0123", Bytes(75), "x").error().code, ErrorCode::kMalformed);
}

TEST_F(KeyRing, RefusesWhatIsNoKeyFile) {
  std::string many;
  for (char c = '0'; c <= '9'; ++c) many += std::string(64, c) + "\n";
  for (char c = 'a'; c <= 'f'; ++c) many += std::string(64, c) + "\n";
  EXPECT_TRUE(read(many).has_value());
  for (const std::string& text :
       {std::string(), std::string("\n"), kA, kA + "\r\n", kA + "\n\n", kA + "\n" + kA + "\n",
        kA.substr(1) + "\n", kA + "a\n", kA.substr(1) + "g\n", " " + kA.substr(1) + "\n",
        kA + "\n# a remark\n", kA + " " + kB + "\n", many + "0" + std::string(63, '1') + "\n"}) {
    EXPECT_EQ(read(text).error().code, ErrorCode::kMalformed) << text;
  }
}

TEST_F(KeyRing, RefusesOneThatOthersCanUse) {
  const auto file = folder_.write("vault.key", kA + "\n");
  for (const unsigned mode : {0640u, 0604u, 0620u, 0610u}) {
    std::filesystem::permissions(file, std::filesystem::perms(mode));
    EXPECT_EQ(VaultKeyRing::read(file).error().code, ErrorCode::kUnsupported) << mode;
  }
  std::filesystem::permissions(file, std::filesystem::perms(0400));
  EXPECT_TRUE(VaultKeyRing::read(file).has_value());
  EXPECT_FALSE(VaultKeyRing::read(folder_ / "none").has_value());
}

}  // namespace
}  // namespace heyan::store
