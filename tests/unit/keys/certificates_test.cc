#include "gateway/keys/certificates.h"

#include <gmock/gmock.h>

#include <map>

#include "gateway/keys/gateway_keys.h"
#include "gateway/keys/report_keys.h"
#include "tests/unit/os/temporary_folder.h"
#include "verifier/crypto/pem.h"

namespace heyan::keys {
namespace {

using std::chrono::days;
using std::chrono::seconds;
using testing::Each;
using testing::Field;
using Outcome = Renewal::Outcome;

const core::UtcTime kMade = *core::parse_rfc3339("2026-11-24T09:00:00Z");
const core::UtcTime kEnds = kMade + kCertificateLife;

class CertificatesTest : public testing::Test {
 protected:
  CertificatesTest() {
    const auto made = make_gateway_keys(keys_, "Test court", "court.example/report-log", kMade);
    EXPECT_TRUE(made.has_value()) << made.error().what;
  }
  std::map<std::string, std::string> files() const {
    std::map<std::string, std::string> all;
    for (const auto& entry : std::filesystem::directory_iterator(keys_)) {
      all[entry.path().filename()] = os::content_of(entry.path());
    }
    return all;
  }
  std::vector<Renewal> renew(core::UtcTime now, Renew how = Renew::kWrite) const {
    auto renewed = renew_gateway_certificates(keys_, {}, now, how);
    EXPECT_TRUE(renewed.has_value()) << renewed.error().what;
    return renewed ? *std::move(renewed) : std::vector<Renewal>();
  }
  crypto::Certificate certificate(const std::string& file) const {
    return *crypto::Certificate::from_pem(os::content_of(keys_ / file));
  }

  os::TemporaryFolder folder_;
  std::filesystem::path keys_ = folder_ / "keys";
};

TEST_F(CertificatesTest, SayWhetherTheyAreValid) {
  const crypto::Certificate one = certificate("report-sm2.cert.pem");
  EXPECT_EQ(validity_of(one, kMade - seconds(1)), Validity::kNotBegun);
  EXPECT_EQ(validity_of(one, kMade), Validity::kValid);
  EXPECT_EQ(validity_of(one, kEnds - kSoon), Validity::kValid);
  EXPECT_EQ(validity_of(one, kEnds - kSoon + seconds(1)), Validity::kEndsSoon);
  EXPECT_EQ(validity_of(one, kEnds), Validity::kEndsSoon);
  EXPECT_EQ(validity_of(one, kEnds + seconds(1)), Validity::kEnded);
}

TEST_F(CertificatesTest, AreNamedAsTheirFiles) {
  const auto loaded = load_certificates(keys_);
  ASSERT_TRUE(loaded.has_value()) << loaded.error().what;
  std::vector<std::string> names;
  for (const NamedCertificate& one : *loaded) {
    names.push_back(one.name);
    EXPECT_TRUE(one.certificate == certificate(one.name + ".cert.pem"));
  }
  EXPECT_THAT(names, testing::ElementsAre("report-es256", "report-sm2", "receipt-es256",
                                          "seal-es256", "xml-es256", "statement-es256"));
  std::filesystem::remove(keys_ / "seal-es256.cert.pem");
  EXPECT_EQ(load_certificates(keys_).error().code, core::ErrorCode::kIo);
}

TEST_F(CertificatesTest, GetSuccessorsOfTheSameKeyAndSubjectAndStayBeside) {
  const auto before = files();
  const core::UtcTime now = kEnds + days(1);
  const std::vector<Renewal> renewed = renew(now);
  ASSERT_EQ(renewed.size(), 6u);
  EXPECT_THAT(renewed, Each(Field(&Renewal::outcome, Outcome::kRenewed)));
  const auto after = files();
  EXPECT_EQ(after.size(), before.size() + 6);
  for (const auto& [name, content] : before) {
    if (!name.ends_with(".cert.pem")) {
      EXPECT_EQ(after.at(name), content) << name << ": no key is touched";
      continue;
    }
    const crypto::Certificate old = *crypto::Certificate::from_pem(content);
    const crypto::Certificate next = certificate(name);
    EXPECT_EQ(next.key(), old.key());
    EXPECT_TRUE(core::equal(next.subject(), old.subject()));
    EXPECT_EQ(next.not_before(), now);
    EXPECT_EQ(next.not_after(), now + days(395));
    const std::string kept = name.substr(0, name.find('.')) + ".until-2027-12-24-" +
                             core::to_hex(old.sha256()).substr(0, 8) + ".cert.pem";
    ASSERT_TRUE(after.contains(kept)) << kept;
    EXPECT_EQ(after.at(kept), content);
  }
  EXPECT_TRUE(load_gateway_keys(keys_).has_value());
}

TEST_F(CertificatesTest, AreLeftWhileTheyAreGoodAndWhenRenewedAgain) {
  const auto before = files();
  EXPECT_THAT(renew(kEnds - kRenewedWithin), Each(Field(&Renewal::outcome, Outcome::kStillGood)));
  EXPECT_EQ(files(), before);
  const core::UtcTime now = kEnds - kRenewedWithin + seconds(1);
  EXPECT_THAT(renew(now), Each(Field(&Renewal::outcome, Outcome::kRenewed)));
  const auto renewed = files();
  EXPECT_THAT(renew(now), Each(Field(&Renewal::outcome, Outcome::kStillGood)));
  EXPECT_EQ(files(), renewed);
}

// They were made while the clock was wrong.
TEST_F(CertificatesTest, ThatHaveNotBegunAreRenewed) {
  EXPECT_THAT(renew(kMade - days(1)), Each(Field(&Renewal::outcome, Outcome::kRenewed)));
  EXPECT_EQ(certificate("xml-es256.cert.pem").not_before(), kMade - days(1));
}

TEST_F(CertificatesTest, AreLookedAtWithoutAChange) {
  const auto before = files();
  const std::vector<Renewal> would = renew(kEnds, Renew::kOnlyLook);
  EXPECT_THAT(would, Each(Field(&Renewal::outcome, Outcome::kRenewed)));
  EXPECT_EQ(would.front().until, kEnds);
  EXPECT_EQ(would.front().renewed, kEnds + days(395));
  EXPECT_EQ(files(), before);
}

// Not signed with its own key: it was issued.
TEST_F(CertificatesTest, OfAnAuthorityAreLeftToIt) {
  core::Bytes der = core::to_bytes(certificate("report-es256.cert.pem").der());
  der.back() ^= 1;
  const std::string pem = crypto::write_pem(der, "CERTIFICATE");
  ASSERT_TRUE(crypto::Certificate::from_pem(pem).has_value());
  folder_.write("keys/report-es256.cert.pem", pem);
  const std::vector<Renewal> renewed = renew(kEnds);
  ASSERT_EQ(renewed.size(), 6u);
  EXPECT_EQ(renewed[0].outcome, Outcome::kOfAuthority);
  EXPECT_EQ(renewed[1].outcome, Outcome::kRenewed);
  EXPECT_EQ(os::content_of(keys_ / "report-es256.cert.pem"), pem);
}

TEST_F(CertificatesTest, OfOthersKeysAreNotRenewed) {
  std::filesystem::copy_file(keys_ / "seal-es256.cert.pem", keys_ / "xml-es256.cert.pem",
                             std::filesystem::copy_options::overwrite_existing);
  const auto before = files();
  const auto refused = renew_gateway_certificates(keys_, {}, kEnds, Renew::kWrite);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, core::ErrorCode::kMalformed);
  EXPECT_EQ(files(), before);
}

TEST_F(CertificatesTest, OfKeysForTheCommandLineAreRenewedLikewise) {
  const auto made = make_report_keys(folder_ / "local", "Somebody", kMade);
  ASSERT_TRUE(made.has_value()) << made.error().what;
  const auto renewed = renew_report_certificates(folder_ / "local", kEnds, Renew::kWrite);
  ASSERT_TRUE(renewed.has_value()) << renewed.error().what;
  ASSERT_EQ(renewed->size(), 2u);
  EXPECT_THAT(*renewed, Each(Field(&Renewal::outcome, Outcome::kRenewed)));
  const auto loaded = load_report_keys(folder_ / "local");
  ASSERT_TRUE(loaded.has_value()) << loaded.error().what;
  EXPECT_EQ(loaded->sm2.certificate.not_after(), kEnds + days(395));
}

}  // namespace
}  // namespace heyan::keys
