#include "gateway/keys/key_faults.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include "gateway/keys/gateway_keys.h"
#include "tests/unit/os/temporary_folder.h"

namespace heyan::keys {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const core::UtcTime kNow = *core::parse_rfc3339("2026-11-24T09:00:00Z");

class KeyFaultsTest : public ::testing::Test {
 protected:
  KeyFaultsTest() {
    const auto made = make_gateway_keys(keys_, "Test court", "court.example/log", kNow);
    EXPECT_TRUE(made.has_value()) << made.error().what;
  }
  // Without the folder. Each says what to do.
  std::vector<std::string> faults(const std::optional<ops::Token>& token = {}) const {
    std::vector<std::string> all;
    for (const Refusal& fault : faults_of_keys(keys_, token)) {
      EXPECT_FALSE(fault.remedy.empty()) << fault.what;
      all.push_back(fault.what.substr(fault.what.find("/keys") + 1));
    }
    return all;
  }
  void put(std::string_view from, std::string_view over) const {
    fs::copy_file(keys_ / from, keys_ / over, fs::copy_options::overwrite_existing);
  }
  // A loaded folder is in order, and the other way round, so that a start ends with no surprise.
  bool starts() const { return load_gateway_keys(keys_).has_value(); }

  os::TemporaryFolder folder_;
  fs::path keys_ = folder_ / "keys";
};

TEST_F(KeyFaultsTest, KeysAsTheyAreMadeHaveNone) {
  EXPECT_TRUE(starts());
  EXPECT_THAT(faults(), IsEmpty());
}

TEST_F(KeyFaultsTest, EachThatOthersCanUseIsNamed) {
  for (const char* name : {"receipt-es256.key.pem", "log-ed25519.key.pem"}) {
    ::chmod((keys_ / name).c_str(), 0644);
  }
  EXPECT_FALSE(starts());
  EXPECT_THAT(faults(), ElementsAre("keys/receipt-es256.key.pem: others can read or write it",
                                    "keys/log-ed25519.key.pem: others can read or write it"));
}

TEST_F(KeyFaultsTest, SoIsTheirFolder) {
  ::chmod(keys_.c_str(), 0755);
  EXPECT_FALSE(starts());
  EXPECT_THAT(faults(), ElementsAre("keys: others can read or write it"));
}

TEST_F(KeyFaultsTest, AKeyOfAnotherUserIsNamed) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root gives files away";
  ASSERT_EQ(::chown((keys_ / "seal-es256.key.pem").c_str(), 1, 1), 0);
  EXPECT_FALSE(starts());
  EXPECT_THAT(faults(), ElementsAre("keys/seal-es256.key.pem: it belongs to another user"));
  // Root looks for whoever the gateway runs as.
  for (const auto& entry : fs::directory_iterator(keys_)) {
    ASSERT_EQ(::chown(entry.path().c_str(), 1, 1), 0);
  }
  ASSERT_EQ(::chown(keys_.c_str(), 1, 1), 0);
  EXPECT_THAT(faults(), IsEmpty());
}

// As somebody does who has several certificates issued, and puts one in the place of another.
TEST_F(KeyFaultsTest, ACertificateOfAnotherKeyIsNamed) {
  put("xml-es256.cert.pem", "seal-es256.cert.pem");
  EXPECT_FALSE(starts());
  EXPECT_THAT(faults(),
              ElementsAre("keys/seal-es256.cert.pem: it does not belong to the key beside it"));
}

TEST_F(KeyFaultsTest, SoIsALogOfAnotherKey) {
  ASSERT_TRUE(make_gateway_keys(folder_ / "other", "Test court", "court.example/log", kNow));
  fs::copy_file(folder_ / "other/log.vkey", keys_ / "log.vkey",
                fs::copy_options::overwrite_existing);
  EXPECT_FALSE(starts());
  EXPECT_THAT(faults(), ElementsAre("keys/log.vkey: it does not belong to the key beside it"));
}

// What stands in a token is known by its public key alone.
TEST_F(KeyFaultsTest, OfAKeyInATokenThereIsNoFileAndItsCertificateIsItsOwn) {
  const ops::Token token;
  fs::remove(keys_ / "report-es256.key.pem");
  fs::remove(keys_ / "receipt-es256.key.pem");
  EXPECT_THAT(faults(token), IsEmpty());
  EXPECT_THAT(faults(), ElementsAre("keys/report-es256.key.pem: there is no such key",
                                    "keys/receipt-es256.key.pem: there is no such key"));
  put("receipt-es256.cert.pem", "report-es256.cert.pem");
  EXPECT_THAT(faults(token),
              ElementsAre("keys/report-es256.cert.pem: it does not belong to the key beside it"));
}

TEST_F(KeyFaultsTest, WhatIsNoKeyOrOneOfAnotherUseIsNamed) {
  folder_.write("keys/statement-es256.key.pem", "none");
  put("log-ed25519.key.pem", "seal-es256.key.pem");
  put("receipt-es256.key.pem", "xml-es256.key.pem");
  put("receipt-es256.cert.pem", "xml-es256.cert.pem");
  EXPECT_FALSE(starts());
  EXPECT_THAT(faults(), ElementsAre("keys/seal-es256.key.pem: it is a key of another kind",
                                    "keys/xml-es256.key.pem: another use has the same key",
                                    HasSubstr("keys/statement-es256.key.pem: ")));
}

}  // namespace
}  // namespace heyan::keys
