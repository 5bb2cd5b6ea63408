#include "gateway/keys/gateway_keys.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "gateway/keys/report_issuer.h"
#include "gateway/keys/report_keys.h"
#include "gateway/keys/trust_bundle.h"
#include "tests/unit/os/temporary_folder.h"
#include "verifier/transparency/note_key.h"

namespace heyan::keys {
namespace {

const core::UtcTime kNow = *core::parse_rfc3339("2026-11-24T09:00:00Z");
constexpr std::string_view kLog = "court.example/report-log";

mode_t mode_of(const std::filesystem::path& file) {
  struct stat status{};
  EXPECT_EQ(::stat(file.c_str(), &status), 0) << file;
  return status.st_mode & 07777;
}

class GatewayKeysTest : public ::testing::Test {
 protected:
  GatewayKeysTest() {
    const auto made = make_gateway_keys(keys_, "Test court", kLog, kNow);
    EXPECT_TRUE(made.has_value()) << made.error().what;
  }
  void expect_refused(core::ErrorCode code) const {
    const auto loaded = load_gateway_keys(keys_);
    ASSERT_FALSE(loaded.has_value());
    EXPECT_EQ(loaded.error().code, code) << loaded.error().what;
  }
  // One file takes the place of another.
  void put(std::string_view from, std::string_view over) const {
    std::filesystem::copy_file(keys_ / from, keys_ / over,
                               std::filesystem::copy_options::overwrite_existing);
  }

  os::TemporaryFolder folder_;
  std::filesystem::path keys_ = folder_ / "keys";
};

TEST_F(GatewayKeysTest, WhatWasMadeIsLoaded) {
  const auto loaded = load_gateway_keys(keys_);
  ASSERT_TRUE(loaded.has_value()) << loaded.error().what;
  EXPECT_EQ(loaded->log_name, kLog);
  EXPECT_EQ(loaded->report_sm2.key.public_key().algorithm(), crypto::KeyAlgorithm::kSm2);
  EXPECT_EQ(loaded->receipt.certificate.not_before(), kNow);
  const auto verifier = transparency::NoteVerifier::make(kLog, transparency::NoteKeyType::kEd25519,
                                                         loaded->log.public_key());
  EXPECT_EQ(os::content_of(keys_ / "log.vkey"), verifier->encode() + "\n");
}

TEST_F(GatewayKeysTest, PrivateKeysAreTheirOwnersAlone) {
  EXPECT_EQ(mode_of(keys_), 0700u);
  int count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(keys_)) {
    if (!entry.path().string().ends_with(".key.pem")) continue;
    EXPECT_EQ(mode_of(entry.path()), 0600u) << entry.path();
    ++count;
  }
  EXPECT_EQ(count, 7);
}

TEST_F(GatewayKeysTest, KeysAreNeverOverwritten) {
  const std::string before = os::content_of(keys_ / "report-es256.key.pem");
  const auto again = make_gateway_keys(keys_, "Test court", kLog, kNow);
  ASSERT_FALSE(again.has_value());
  EXPECT_EQ(again.error().code, core::ErrorCode::kDuplicate);
  EXPECT_EQ(os::content_of(keys_ / "report-es256.key.pem"), before);
}

TEST_F(GatewayKeysTest, AKeyThatOthersCanReadIsRefused) {
  for (const char* name : {"report-es256.key.pem", "report-sm2.key.pem", "receipt-es256.key.pem",
                           "log-ed25519.key.pem"}) {
    for (const mode_t mode : {0640u, 0604u, 0620u}) {
      ::chmod((keys_ / name).c_str(), mode);
      expect_refused(core::ErrorCode::kIo);
    }
    ::chmod((keys_ / name).c_str(), 0600);
  }
  ::chmod(keys_.c_str(), 0750);
  expect_refused(core::ErrorCode::kIo);
}

TEST_F(GatewayKeysTest, AMissingFileIsRefused) {
  for (const char* name : {"report-es256.cert.pem", "report-sm2.key.pem", "log.vkey"}) {
    std::filesystem::rename(keys_ / name, folder_ / "away");
    expect_refused(core::ErrorCode::kIo);
    std::filesystem::rename(folder_ / "away", keys_ / name);
  }
}

TEST_F(GatewayKeysTest, AKeyOfAnotherKindIsRefused) {
  put("report-es256.key.pem", "log-ed25519.key.pem");
  expect_refused(core::ErrorCode::kMalformed);
}

TEST_F(GatewayKeysTest, ACertificateOfAnotherKeyIsRefused) {
  put("receipt-es256.cert.pem", "report-es256.cert.pem");
  expect_refused(core::ErrorCode::kMalformed);
}

TEST_F(GatewayKeysTest, OneKeyInTwoUsesIsRefused) {
  put("report-es256.key.pem", "receipt-es256.key.pem");
  put("report-es256.cert.pem", "receipt-es256.cert.pem");
  expect_refused(core::ErrorCode::kMalformed);
}

TEST_F(GatewayKeysTest, SealsAndStatementsHaveKeysOfTheirOwn) {
  put("seal-es256.key.pem", "statement-es256.key.pem");
  put("seal-es256.cert.pem", "statement-es256.cert.pem");
  expect_refused(core::ErrorCode::kMalformed);
}

TEST_F(GatewayKeysTest, SealsOfPdfAndOfXmlHaveKeysOfTheirOwn) {
  put("seal-es256.key.pem", "xml-es256.key.pem");
  put("seal-es256.cert.pem", "xml-es256.cert.pem");
  expect_refused(core::ErrorCode::kMalformed);
}

TEST_F(GatewayKeysTest, ANameOfAnotherLogKeyIsRefused) {
  const auto other = make_gateway_keys(folder_ / "other", "Test court", kLog, kNow);
  ASSERT_TRUE(other.has_value());
  std::filesystem::copy_file(folder_ / "other/log.vkey", keys_ / "log.vkey",
                             std::filesystem::copy_options::overwrite_existing);
  expect_refused(core::ErrorCode::kMalformed);
}

TEST_F(GatewayKeysTest, WhatIsNoKeyIsRefused) {
  for (const char* name : {"report-es256.key.pem", "report-es256.cert.pem", "log.vkey"}) {
    const std::string before = os::content_of(keys_ / name);
    for (const std::string& bad : {std::string(), std::string("x"), before + before}) {
      folder_.write(std::string("keys/") + name, bad);
      EXPECT_FALSE(load_gateway_keys(keys_).has_value()) << name;
    }
    folder_.write(std::string("keys/") + name, before);
  }
}

TEST_F(GatewayKeysTest, EveryFaultOfItsCertificatesIsTold) {
  EXPECT_TRUE(faults_of_certificates(keys_).empty());
  for (const char* lost : {"seal-es256.cert.pem", "receipt-es256.cert.pem", "log.vkey"}) {
    std::filesystem::remove(keys_ / lost);
  }
  folder_.write("keys/xml-es256.cert.pem", "none");
  folder_.write("keys/earlier-logs.vkeys", "none");
  const auto faults = faults_of_certificates(keys_);
  ASSERT_EQ(faults.size(), 5u);
  for (const Refusal& fault : faults) EXPECT_FALSE(fault.remedy.empty()) << fault.what;
  EXPECT_TRUE(faults[1].what.ends_with("seal-es256.cert.pem: there is no such file"));
  EXPECT_EQ(faults[2].code, core::ErrorCode::kMalformed) << faults[2].what;
}

// The same key would sign a second history under it.
TEST_F(GatewayKeysTest, NoLogHasTheNameOfAnEarlierOne) {
  constexpr std::string_view kSecond = "court.example/second";
  EXPECT_TRUE(expect_no_earlier_name(keys_, kLog).has_value());
  ASSERT_TRUE(follow_log(keys_, kSecond).has_value());
  ASSERT_TRUE(follow_log(keys_, kSecond).has_value()) << "cut short, it is done again";
  const std::string vkey = os::content_of(keys_ / "log.vkey");
  const auto refused = follow_log(keys_, kLog);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, core::ErrorCode::kDuplicate);
  EXPECT_FALSE(refused.error().remedy.empty());
  EXPECT_EQ(os::content_of(keys_ / "log.vkey"), vkey) << "nothing was changed";
  EXPECT_FALSE(expect_no_earlier_name(keys_, kLog).has_value());
  EXPECT_TRUE(expect_no_earlier_name(keys_, kSecond).has_value());
  ASSERT_TRUE(follow_log(keys_, "court.example/third").has_value());
  EXPECT_FALSE(follow_log(keys_, kLog).has_value()) << "however long ago";
  EXPECT_FALSE(follow_log(keys_, kSecond).has_value());
}

// A backup from before a log began does not know of it; the keys do.
TEST_F(GatewayKeysTest, LogsOfACopyOfTheKeysAreRemembered) {
  const std::filesystem::path newer = folder_ / "newer";
  std::filesystem::copy(keys_, newer);
  ASSERT_TRUE(follow_log(newer, "court.example/second").has_value());
  const auto known = load_known_logs(newer);
  ASSERT_TRUE(known.has_value()) << known.error().what;
  ASSERT_EQ(known->size(), 2u);
  EXPECT_EQ(known->front().name(), kLog);
  EXPECT_EQ(known->back().name(), "court.example/second");
  EXPECT_EQ(expect_new_name(*known, "court.example/second").error().code,
            core::ErrorCode::kDuplicate);
  ASSERT_TRUE(remember_logs(keys_, *known).has_value());
  ASSERT_TRUE(remember_logs(keys_, *known).has_value());
  EXPECT_FALSE(follow_log(keys_, "court.example/second").has_value());
  ASSERT_TRUE(follow_log(keys_, "court.example/third").has_value());
  EXPECT_EQ(load_known_logs(keys_)->size(), 3u) << "each once";
  const auto none = load_known_logs(folder_.path());
  ASSERT_TRUE(none.has_value());
  EXPECT_TRUE(none->empty());
  folder_.write("keys/earlier-logs.vkeys", "none");
  EXPECT_FALSE(load_known_logs(keys_).has_value());
  EXPECT_FALSE(follow_log(keys_, "court.example/fourth").has_value()) << "nobody knows";
}

// Whoever made the court's keys would decide whom it believes.
TEST_F(GatewayKeysTest, TheCourtsKeyIsGivenByTheCourt) {
  EXPECT_TRUE(load_court_key(keys_ / "report-es256.pub.pem").has_value());
  for (const char* name : {"nobody.pub.pem", "log.vkey"}) {
    const auto refused = load_court_key(keys_ / name);
    ASSERT_FALSE(refused.has_value()) << name;
    EXPECT_NE(refused.error().remedy.find("that the court gave you"), std::string::npos) << name;
    EXPECT_EQ(refused.error().remedy.find("keys new"), std::string::npos) << name;
  }
}

TEST(MakeGatewayKeys, ANameThatIsNoneLeavesNoKeysBehind) {
  const os::TemporaryFolder folder;
  for (const char* name : {"", "two words", "a+b", "line\nbreak"}) {
    const auto made = make_gateway_keys(folder / "keys", "Test court", name, kNow);
    ASSERT_FALSE(made.has_value()) << name;
    EXPECT_EQ(made.error().code, core::ErrorCode::kMalformed);
    EXPECT_FALSE(std::filesystem::exists(folder / "keys"));
  }
}

TEST(ReportKeys, AFileInThePlaceOfTheFolderIsRefused) {
  const os::TemporaryFolder folder;
  folder.write("keys", "");
  const auto made = make_report_keys(folder / "keys", "Test court", kNow);
  ASSERT_FALSE(made.has_value());
  EXPECT_EQ(made.error().code, core::ErrorCode::kDuplicate);
  EXPECT_FALSE(load_report_keys(folder / "nowhere").has_value());
}

}  // namespace
}  // namespace heyan::keys
