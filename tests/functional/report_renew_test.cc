// Reports that are renewed by an authority of the test (`openssl ts`), and verified long after.
#include <gmock/gmock.h>

#include "tests/functional/openssl_authority.h"
#include "tests/functional/sample_case.h"

namespace heyan::functional {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class Renewal : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    signed_ = new TemporaryFolder;
    EXPECT_EQ(heyan({"keys", "new", *signed_ / "keys"}).status, 0);
    EXPECT_EQ(heyan({"verify", sample_folder() + "/case", "--trust", sample_trust(), "--at",
                     std::string(kAt), "--format", "jws", "--keys", *signed_ / "keys", "--out",
                     *signed_ / "report.jws"})
                  .status,
              10);
    authority_ = new Authority;
  }
  static void TearDownTestSuite() {
    delete signed_;
    delete authority_;
  }

  Renewal() {
    write_file(report_, read_file(*signed_ / "report.jws"));
    list(*authority_);
  }

  void list(const Authority& authority) {
    std::filesystem::create_directories(folder_ / "test-tsa");
    write_file(folder_ / "test-tsa/ca.pem", authority.file("ca.pem"));
    write_file(folder_ / "test-tsa/ca.crl", authority.file("ca.crl"));
    write_file(trust_,
               "[list]\nid = \"l\"\nversion = 1\nissued = 2026-01-01T00:00:00Z\n"
               "next_update = 2099-01-01T00:00:00Z\n" +
                   std::string(kListed));
  }

  Outcome run_report(std::vector<std::string> words, bool with_keys = true) const {
    words.insert(words.begin(), "report");
    words.insert(words.end(), {"--authorities", trust_, "--lang", "en"});
    if (with_keys) {
      for (const std::string name : {"es256", "sm2"})
        words.insert(words.end(), {"--key", *signed_ / ("keys/" + name + ".cert.pem")});
    }
    return heyan(words);
  }
  // A request, its answer, and the record that comes of it.
  Outcome renew(const Authority& authority, std::vector<std::string> more = {}) const {
    std::filesystem::remove(folder_ / "q");
    std::vector<std::string> words = {"renew", report_, "--request", folder_ / "q"};
    words.insert(words.end(), more.begin(), more.end());
    const Outcome asked = run_report(words);
    if (asked.status != 0) return asked;
    write_file(folder_ / "r", authority.answer(read_file(folder_ / "q")));
    words = {"renew", report_, "--response", folder_ / "r"};
    words.insert(words.end(), more.begin(), more.end());
    return run_report(words);
  }
  Outcome verify_renewed(std::vector<std::string> more = {}) const {
    std::vector<std::string> words = {"verify", report_, "--renewal", record_};
    words.insert(words.end(), more.begin(), more.end());
    return run_report(words);
  }

  TemporaryFolder folder_;
  std::string report_ = folder_ / "report.jws";
  std::string record_ = report_ + ".ers";
  std::string trust_ = folder_ / "trust.toml";

  static inline TemporaryFolder* signed_ = nullptr;
  static inline Authority* authority_ = nullptr;
};

TEST_F(Renewal, SaysSinceWhenTheReportExistedAndByWhoseClock) {
  const Outcome renewed = renew(*authority_);
  ASSERT_EQ(renewed.status, 0) << renewed.err;
  EXPECT_THAT(renewed.err, HasSubstr("Renew again before 20"));
  const Outcome verified = verify_renewed();
  EXPECT_EQ(verified.status, 0) << verified.out << verified.err;
  EXPECT_THAT(verified.out, HasSubstr("this report existed no later than 20"));
  EXPECT_THAT(verified.out, HasSubstr("by the clock of Sample time-stamp authority"));
  EXPECT_THAT(verified.out, HasSubstr("The signatures are valid"));
}

TEST_F(Renewal, IsCarriedOnByAStampOverTheStampAndByAnotherDigest) {
  ASSERT_EQ(renew(*authority_).status, 0);
  const std::string one = read_file(record_);
  ASSERT_EQ(renew(*authority_).status, 0);
  const std::string two = read_file(record_);
  ASSERT_EQ(renew(*authority_, {"--algorithm", "sha-512"}).status, 0);
  const std::string three = read_file(record_);
  EXPECT_LT(one.size(), two.size());
  EXPECT_LT(two.size(), three.size());
  const Outcome verified = verify_renewed();
  EXPECT_EQ(verified.status, 0) << verified.out;
  std::size_t count = 0;
  for (std::size_t at = verified.out.find("It was renewed at"); at != std::string::npos;
       at = verified.out.find("It was renewed at", at + 1))
    ++count;
  EXPECT_EQ(count, 2u);
}

TEST_F(Renewal, SaysThatItCoversWhatEndedSince) {
  ASSERT_EQ(renew(*authority_).status, 0);
  // The issuer's certificates of the test end within 13 months, the authority's after ten years.
  const Outcome later = verify_renewed({"--at", "2032-01-01T00:00:00Z"});
  EXPECT_EQ(later.status, 0) << later.out;
  EXPECT_THAT(later.out, HasSubstr("the renewal began before"));
  const Outcome too_late = verify_renewed({"--at", "2060-01-01T00:00:00Z"});
  EXPECT_EQ(too_late.status, 10);
  EXPECT_THAT(too_late.out, HasSubstr("NOT_RENEWED_IN_TIME"));
  EXPECT_THAT(too_late.out, Not(HasSubstr("existed no later")));
}

// heyan-verify, which no sanitizer's build has, says what heyan report verify says.
TEST_F(Renewal, IsReadByTheProgramForTheOtherSide) {
  const std::string program = std::filesystem::path(HEYAN_BINARY).parent_path() / "heyan-verify";
  if (!std::filesystem::exists(program)) GTEST_SKIP();
  ASSERT_EQ(renew(*authority_).status, 0);
  const auto verify = [&](const std::string& record) {
    return run({.arguments = {program, report_, "--renewal", record, "--authorities", trust_,
                              "--lang", "en", "--key", *signed_ / "keys/es256.cert.pem", "--key",
                              *signed_ / "keys/sm2.cert.pem"},
                .environment = {},
                .folder = folder_.path(),
                .input = {}});
  };
  const Outcome verified = verify(record_);
  EXPECT_EQ(verified.status, 0) << verified.err;
  EXPECT_EQ(verified.out, verify_renewed().out);
  std::string changed = read_file(record_);
  changed.back() = static_cast<char>(changed.back() ^ 1);
  write_file(record_, changed);
  const Outcome invalid = verify(record_);
  EXPECT_EQ(invalid.status, 10);
  EXPECT_EQ(invalid.out, verify_renewed().out);
  EXPECT_EQ(verify(folder_ / "none").status, 74);
}

TEST_F(Renewal, NeverMakesABadReportGood) {
  ASSERT_EQ(renew(*authority_).status, 0);
  Json changed = Json::parse(read_file(report_));
  std::string signature = changed["signatures"][0]["signature"];
  signature[10] = signature[10] == 'A' ? 'B' : 'A';
  changed["signatures"][0]["signature"] = signature;
  write_file(report_, changed.dump());
  std::filesystem::remove(record_);
  // Nothing is written of it, and a record that somebody else made of it does not help.
  const Outcome refused = renew(*authority_);
  EXPECT_EQ(refused.status, 10);
  EXPECT_FALSE(std::filesystem::exists(record_));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "q"));
  const Outcome unknown =
      run_report({"renew", *signed_ / "report.jws", "--request", folder_ / "q"}, false);
  EXPECT_EQ(unknown.status, 11);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "q"));
}

TEST_F(Renewal, OfAnotherFileIsNone) {
  ASSERT_EQ(renew(*authority_).status, 0);
  // The same report in other bytes.
  write_file(report_, read_file(report_) + "\n");
  const Outcome other = verify_renewed();
  EXPECT_EQ(other.status, 10);
  EXPECT_THAT(other.out, AllOf(HasSubstr("does not cover this file"), HasSubstr("DATA_NOT_COVERED"),
                               Not(HasSubstr("existed no later"))));
}

// Of a stamp that another covers every byte counts. Of the last one nobody signs the certificates
// that came along and are not needed.
TEST_F(Renewal, WithAChangedByteShowsNothing) {
  ASSERT_EQ(renew(*authority_).status, 0);
  const std::size_t first = read_file(record_).size();
  ASSERT_EQ(renew(*authority_).status, 0);
  const std::string record = read_file(record_);
  for (const std::size_t at :
       {std::size_t{1}, std::size_t{60}, first / 4, first / 2, first - 200, record.size() - 1}) {
    std::string changed = record;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    write_file(record_, changed);
    const Outcome found = verify_renewed();
    EXPECT_EQ(found.status, 10) << at << found.out;
    EXPECT_THAT(found.out, Not(HasSubstr("existed no later"))) << at;
    // It is not carried on either, and stays as it is.
    EXPECT_EQ(renew(*authority_).status, 10) << at;
    EXPECT_TRUE(read_file(record_) == changed) << at;
  }
}

TEST_F(Renewal, OnlyAuthoritiesOfTheListCount) {
  const Authority stranger;
  const Outcome refused = renew(stranger);
  EXPECT_EQ(refused.status, 65);
  EXPECT_THAT(refused.err, HasSubstr("UNTRUSTED_ISSUER"));
  EXPECT_FALSE(std::filesystem::exists(record_));
  ASSERT_EQ(renew(*authority_).status, 0);
  list(stranger);
  const Outcome unknown = verify_renewed();
  EXPECT_EQ(unknown.status, 11);
  EXPECT_THAT(unknown.out, HasSubstr("UNTRUSTED_ISSUER"));
  EXPECT_THAT(unknown.out, Not(HasSubstr("existed no later")));
}

TEST_F(Renewal, TakesOnlyTheAnswerToItsRequest) {
  write_file(folder_ / "r", authority_->stamp("something else"));
  const Outcome other = run_report({"renew", report_, "--response", folder_ / "r"});
  EXPECT_EQ(other.status, 65);
  EXPECT_THAT(other.err, HasSubstr("DATA_NOT_COVERED"));
  EXPECT_FALSE(std::filesystem::exists(record_));
  ASSERT_EQ(renew(*authority_).status, 0);
  const std::string record = read_file(record_);
  // The answer of last time stamps the report, not the stamp.
  const Outcome again = run_report({"renew", report_, "--response", folder_ / "r"});
  EXPECT_EQ(again.status, 65);
  EXPECT_THAT(again.err, HasSubstr("RENEWAL_NOT_COVERED"));
  EXPECT_EQ(read_file(record_), record);
  write_file(folder_ / "r", read_file(folder_ / "q"));
  EXPECT_EQ(run_report({"renew", report_, "--response", folder_ / "r"}).status, 65);
  write_file(folder_ / "r", "no answer");
  EXPECT_EQ(run_report({"renew", report_, "--response", folder_ / "r"}).status, 65);
}

TEST_F(Renewal, OverwritesNothingElse) {
  for (const std::string& into : {report_, trust_}) {
    EXPECT_NE(run_report({"renew", report_, "--request", into}).status, 0) << into;
    EXPECT_NE(run_report({"renew", report_, "--into", into, "--response", folder_ / "r"}).status, 0)
        << into;
  }
  EXPECT_EQ(read_file(report_), read_file(*signed_ / "report.jws"));
  write_file(folder_ / "q", "mine");
  EXPECT_NE(run_report({"renew", report_, "--request", folder_ / "q"}).status, 0);
  EXPECT_EQ(read_file(folder_ / "q"), "mine");
}

TEST_F(Renewal, IsAskedForInOneWay) {
  EXPECT_EQ(run_report({"renew", report_}).status, 2);
  EXPECT_EQ(run_report({"renew", report_, "--request", "a", "--response", "b"}).status, 2);
  EXPECT_EQ(run_report({"renew", report_, "--request", "a", "--algorithm", "sha-1"}).status, 2);
  EXPECT_EQ(heyan({"report", "verify", report_, "--renewal", record_}).status, 2);
  EXPECT_EQ(heyan({"report", "verify", report_, "--authorities", trust_}).status, 2);
  EXPECT_EQ(verify_renewed().status, 74);
}

}  // namespace
}  // namespace heyan::functional
