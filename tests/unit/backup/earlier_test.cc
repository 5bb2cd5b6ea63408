// What a backup shares with an earlier one, and what it does not.
#include "gateway/backup/earlier.h"

#include <gmock/gmock.h>

#include <fstream>

#include "tests/unit/os/temporary_folder.h"
#include "verifier/crypto/digest.h"

namespace heyan::backup {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::IsEmpty;

class EarlierTest : public testing::Test {
 protected:
  EarlierTest() {
    Manifest manifest;
    for (const char* name : {"one", "two"}) {
      manifest[name] = digests_of(folder_.write(std::string("earlier/") + name, name), {}).value();
    }
    const Description about = {.made_at = core::from_unix_ms(1'764'300'000'000),
                               .software = "0.1.0",
                               .log_vkey = "log",
                               .keys = false,
                               .bucket = "",
                               .lacking = {},
                               .manifest = {}};
    EXPECT_TRUE(write_manifest(there_, about, manifest));
    earlier_ = Earlier::open(there_).value();
  }
  std::optional<Digests> share(const std::string& name) {
    return earlier_.share(
        name, to_, [this](std::uint64_t bytes) { expected_ += bytes; },
        [this](std::uint64_t bytes) { read_ += bytes; });
  }
  bool is_left() const { return fs::exists(fs::symlink_status(to_)); }

  os::TemporaryFolder folder_;
  fs::path there_ = folder_ / "earlier";
  fs::path to_ = folder_ / "to";
  Earlier earlier_;
  std::uint64_t expected_ = 0;
  std::uint64_t read_ = 0;
};

TEST_F(EarlierTest, BothHaveOneFileWhichWasRead) {
  const auto shared = share("one");
  ASSERT_TRUE(shared.has_value());
  EXPECT_EQ(shared->sha256, crypto::sha256(core::as_bytes("one")));
  EXPECT_EQ(fs::hard_link_count(to_), 2u);
  EXPECT_EQ(expected_, 3u);
  EXPECT_EQ(read_, 3u);
  EXPECT_THAT(earlier_.damaged(), IsEmpty());
}

TEST_F(EarlierTest, WhatWasDamagedSinceIsNotSharedWhateverItsSize) {
  for (const char* now : {"onE", "on", "one more"}) {
    std::ofstream(there_ / "one") << now;
    EXPECT_FALSE(share("one").has_value()) << now;
    EXPECT_FALSE(is_left()) << now;
  }
  EXPECT_THAT(earlier_.damaged(), ElementsAre("one", "one", "one"));
  EXPECT_TRUE(share("two").has_value());
}

TEST_F(EarlierTest, NorIsALinkInItsPlace) {
  fs::rename(there_ / "one", folder_ / "aside");
  fs::create_symlink(folder_ / "aside", there_ / "one");
  EXPECT_FALSE(share("one").has_value());
  EXPECT_FALSE(is_left());
  EXPECT_THAT(earlier_.damaged(), ElementsAre("one"));
}

TEST_F(EarlierTest, WhatItDoesNotHaveIsNoDamage) {
  EXPECT_FALSE(share("three").has_value());
  fs::remove(there_ / "one");
  EXPECT_FALSE(share("one").has_value());
  EXPECT_FALSE(Earlier().share("one", to_, {}, {}).has_value());
  EXPECT_THAT(earlier_.damaged(), IsEmpty());
}

TEST_F(EarlierTest, IsABackup) { EXPECT_FALSE(Earlier::open(folder_ / "nowhere").has_value()); }

}  // namespace
}  // namespace heyan::backup
