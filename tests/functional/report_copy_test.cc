// heyan report copy and heyan report check: what each side is given, and what the holder of a copy
// learns about a file of his own.
#include <gmock/gmock.h>

#include "tests/functional/sample_case.h"
#include "verifier/core/bytes.h"

namespace heyan::functional {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr std::array kOfPlaintiff = {"Zhang San (litigant)", "330100199001010000", "u-0001"};
constexpr std::array kOfDefendant = {"样例科技有限公司", "91330100MA00000002"};

class ReportCopy : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = new TemporaryFolder;
    EXPECT_EQ(heyan({"keys", "new", *folder_ / "keys"}).status, 0);
    EXPECT_EQ(
        heyan({"verify", sample_folder() + "/case", "--trust", sample_trust(), "--at",
               std::string(kAt), "--format", "jws", "--keys", *folder_ / "keys", "--out", whole()})
            .status,
        10);
  }
  static void TearDownTestSuite() { delete folder_; }

  static std::string whole() { return *folder_ / "whole.jws"; }
  static std::string in_folder(std::string_view name) { return *folder_ / std::string(name); }
  static std::string copy_for(const std::string& reader) {
    const std::string path = in_folder(reader + ".jws");
    const Outcome outcome = heyan({"report", "copy", whole(), "--for", reader, "--out", path});
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    return path;
  }
  // heyan report `command` `report` ..., with the issuer's keys, in English.
  static Outcome with_keys(const std::string& command, const std::string& report,
                           const std::vector<std::string>& more = {}) {
    std::vector<std::string> arguments = {"report", command, report};
    arguments.insert(arguments.end(), more.begin(), more.end());
    arguments.insert(arguments.end(), {"--key", in_folder("keys/es256.cert.pem"), "--key",
                                       in_folder("keys/sm2.cert.pem"), "--lang", "en"});
    return heyan(arguments);
  }
  static std::string file_of(std::string_view name) {
    return sample_folder() + "/case/files/" + std::string(name);
  }

  static inline TemporaryFolder* folder_ = nullptr;
};

TEST_F(ReportCopy, EachSideHasItsOwnAndTheSamePayload) {
  const std::string payload = Json::parse(read_file(whole()))["payload"];
  for (const std::string reader : {"court", "party", "opponent", "P1", "P2"}) {
    const std::string path = copy_for(reader);
    EXPECT_EQ(Json::parse(read_file(path))["payload"], payload) << reader;
    const Outcome outcome = with_keys("verify", path);
    EXPECT_EQ(outcome.status, 0) << outcome.out;
    const bool plaintiff = reader != "opponent" && reader != "P2";
    const bool defendant = reader != "party" && reader != "P1";
    for (const char* value : kOfPlaintiff) {
      EXPECT_EQ(outcome.out.contains(value), plaintiff) << reader << value;
    }
    for (const char* value : kOfDefendant) {
      EXPECT_EQ(outcome.out.contains(value), defendant) << reader << value;
    }
    EXPECT_EQ(outcome.out.contains("(withheld in this copy)"), reader != "court") << reader;
  }
}

TEST_F(ReportCopy, ADisclosureIsCheckedByHandWithOneCommand) {
  const Json report = Json::parse(read_file(whole()));
  const auto payload = core::from_base64url(report["payload"].get<std::string>());
  ASSERT_TRUE(payload);
  const Json commitments = Json::parse(*payload)["commitments"];
  ASSERT_EQ(report["heyan-disclosures"].size(), commitments.size());
  for (std::size_t i = 0; i < commitments.size(); ++i) {
    const Outcome sum = run({.arguments = {"sha256sum"},
                             .environment = {},
                             .folder = {},
                             .input = report["heyan-disclosures"][i].get<std::string>()});
    EXPECT_EQ(commitments[i]["sha256"], sum.out.substr(0, 64));
  }
}

TEST_F(ReportCopy, ACopyOfACopyShowsNoMore) {
  const std::string opponent = copy_for("opponent");
  const Outcome court = heyan({"report", "copy", opponent, "--for", "court"});
  EXPECT_EQ(court.status, 0) << court.err;
  EXPECT_EQ(court.out, read_file(opponent));
  EXPECT_THAT(court.err, Not(HasSubstr("Zhang San")));
}

TEST_F(ReportCopy, NothingIsWrittenForSomebodyUnknownOrOfWhatDoesNotHoldTogether) {
  const std::string out = in_folder("none.jws");
  const auto refused = [&](const std::string& report, const std::string& reader,
                           const std::string& why) {
    const Outcome outcome =
        heyan({"report", "copy", report, "--for", reader, "--out", out, "--lang", "en"});
    EXPECT_EQ(outcome.status, 65) << reader;
    EXPECT_THAT(outcome.err, HasSubstr(why));
    EXPECT_FALSE(std::filesystem::exists(out));
  };
  refused(whole(), "P3", "no such party");
  refused(whole(), "Court", "no such party");
  refused(file_of("chat_log.json"), "court", "not a signed report");
  Json changed = Json::parse(read_file(whole()));
  std::swap(changed["heyan-disclosures"][0], changed["heyan-disclosures"][1]);
  write_file(in_folder("changed.jws"), changed.dump());
  refused(in_folder("changed.jws"), "court", "order of the signed payload");
  EXPECT_EQ(heyan({"report", "copy", whole(), "--for", "court", "--out", whole()}).status, 2);
  EXPECT_EQ(heyan({"report", "copy", whole()}).status, 2);
}

TEST_F(ReportCopy, ACopyWithAWrongDisclosureDoesNotStandAndIsNotRepeated) {
  const Json good = Json::parse(read_file(whole()));
  const auto refused = [&](const Json& changed, const std::string& code) {
    write_file(in_folder("changed.jws"), changed.dump());
    const Outcome outcome = with_keys("verify", in_folder("changed.jws"));
    EXPECT_EQ(outcome.status, 10) << code;
    EXPECT_THAT(outcome.out, AllOf(HasSubstr("[disclosure-" + code + "]"),
                                   Not(HasSubstr("Zhang San")), Not(HasSubstr("Wang Wu"))));
    EXPECT_EQ(with_keys("check", in_folder("changed.jws"), {file_of("chat_log.json")}).status, 10);
  };
  Json changed = good;
  std::string text = changed["heyan-disclosures"][1];
  const auto bytes = core::from_base64url(text);
  ASSERT_TRUE(bytes);
  std::string array = core::to_string(*bytes);
  array.replace(array.find("Zhang San"), 9, "Wang Wu");
  changed["heyan-disclosures"][1] = core::to_base64url(core::as_bytes(array));
  refused(changed, "differs");
  array.replace(array.find("/submitter/name"), 15, "/submitter/mail");
  changed["heyan-disclosures"][1] = core::to_base64url(core::as_bytes(array));
  refused(changed, "unknown");
  changed = good;
  changed["heyan-disclosures"].push_back(good["heyan-disclosures"].back());
  refused(changed, "order");
  changed = good;
  changed["heyan-disclosures"] = Json::array();
  refused(changed, "form");
}

TEST_F(ReportCopy, AFileIsOfAnItemOrOfNone) {
  const std::string opponent = copy_for("opponent");
  const Outcome one = with_keys("check", opponent, {file_of("photo_scene.png")});
  EXPECT_EQ(one.status, 0) << one.out << one.err;
  EXPECT_THAT(one.out, HasSubstr("This file has the fingerprint of item 4 (“E4”)."));
  write_file(in_folder("mine.png"), read_file(file_of("photo_scene.png")) + "x");
  const Outcome two =
      with_keys("check", opponent, {file_of("chat_log.json"), in_folder("mine.png")});
  EXPECT_EQ(two.status, 11);
  EXPECT_THAT(two.out, AllOf(HasSubstr("item 1 (“E1”)"),
                             HasSubstr("No item of this report has this file's fingerprint; that "
                                       "says nothing about why."),
                             Not(HasSubstr("item 4 ("))));
  const Outcome chinese = heyan({"report", "check", opponent, in_folder("mine.png")});
  EXPECT_EQ(chinese.status, 11);
  EXPECT_THAT(chinese.out, HasSubstr("本报告中没有一件证据具有本文件的指纹；这不说明原因。"));
}

// Nothing is compared with a report that does not stand; one whose issuer is unknown leaves it
// open.
TEST_F(ReportCopy, TheReportIsVerifiedFirst) {
  const Outcome unknown =
      heyan({"report", "check", whole(), file_of("chat_log.json"), "--lang", "en"});
  EXPECT_EQ(unknown.status, 11);
  EXPECT_THAT(unknown.out, AllOf(HasSubstr("issuer unknown"), HasSubstr("item 1 (“E1”)")));
  Json changed = Json::parse(read_file(whole()));
  changed["payload"] = core::to_base64url(core::as_bytes("{}"));
  write_file(in_folder("changed.jws"), changed.dump());
  const Outcome invalid = with_keys("check", in_folder("changed.jws"), {file_of("chat_log.json")});
  EXPECT_EQ(invalid.status, 10);
  EXPECT_THAT(invalid.out, Not(HasSubstr("fingerprint of item")));
  EXPECT_EQ(with_keys("check", whole(), {in_folder("nowhere.txt")}).status, 74);
  EXPECT_EQ(with_keys("check", whole()).status, 2);
}

}  // namespace
}  // namespace heyan::functional
