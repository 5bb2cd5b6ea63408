#include "gateway/store/vault_keys.h"

#include <gtest/gtest.h>

#include "tests/unit/os/temporary_folder.h"

namespace heyan::store {
namespace {

using core::Bytes;
using core::ErrorCode;

const std::string kA(64, 'a');
const std::string kB(64, 'b');

VaultKey key(std::string_view digits) { return VaultKey::from_hex(digits).value(); }

TEST(VaultKeys, OneKeyWrapsAnother) {
  const VaultKey drawn = VaultKey::draw().value();
  const Bytes wrapped = key(kA).wrap(drawn, "court\nx").value();
  EXPECT_EQ(wrapped.size(), kWrappedKeyBytes);
  EXPECT_EQ(key(kA).unwrap(wrapped, "court\nx"), drawn);
  EXPECT_NE(key(kA).wrap(drawn, "court\nx").value(), wrapped);
  EXPECT_FALSE(VaultKey::draw().value() == drawn);
}

// Computed apart, by Python's hmac: whoever has the key file must find the same, for ever.
TEST(VaultKeys, ACourtsKeyForABucketIsMadeOfTheInstallations) {
  EXPECT_EQ(core::to_hex(key(kA).of_court("0123").id()), "95295fc7d1dc9e73");
  EXPECT_FALSE(key(kA).of_court("0123") == key(kA).of_court("0124"));
  EXPECT_FALSE(key(kA).of_court("0123") == key(kB).of_court("0123"));
}

TEST(VaultKeys, WrappedForAnotherOrChangedItIsNone) {
  const Bytes wrapped = key(kA).wrap(VaultKey::draw().value(), "court\nx").value();
  EXPECT_EQ(key(kB).unwrap(wrapped, "court\nx").error().code, ErrorCode::kNotFound);
  EXPECT_EQ(key(kA).unwrap(wrapped, "court\ny").error().code, ErrorCode::kChanged);
  EXPECT_EQ(key(kA).unwrap(wrapped, "case\nx").error().code, ErrorCode::kChanged);
  for (std::size_t i = 0; i < wrapped.size(); ++i) {
    Bytes changed = wrapped;
    changed[i] ^= 1;
    EXPECT_FALSE(key(kA).unwrap(changed, "court\nx").has_value()) << i;
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
  later = wrapped;
  later[5] = 2;
  EXPECT_EQ(key(kA).unwrap(later, "court\nx").error().code, ErrorCode::kUnsupported);
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
  for (const std::string& by : {kA, kB}) {
    EXPECT_EQ(ring->unwrap(key(by).wrap(drawn, "x").value(), "x"), drawn);
  }
  const Bytes by_another = VaultKey::draw()->wrap(drawn, "x").value();
  EXPECT_EQ(ring->unwrap(by_another, "x").error().code, ErrorCode::kNotFound);
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
