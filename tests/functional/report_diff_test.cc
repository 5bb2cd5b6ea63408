// heyan report diff: what two reports say differently, and a record judged then and today.
#include <gmock/gmock.h>

#include <algorithm>

#include "tests/functional/sample_case.h"

namespace heyan::functional {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class ReportDiff : public testing::Test {
 protected:
  ReportDiff() {
    const Outcome outcome = verify(sample_folder() + "/case", {"--record", record()});
    EXPECT_EQ(outcome.status, 10) << outcome.err;
    payload_ = outcome.out;
    write_file(folder_ / "old.json", payload_);
  }
  std::string record() const { return folder_ / "case.hcr"; }
  std::string old() const { return folder_ / "old.json"; }
  static Outcome diff(std::vector<std::string> more) {
    std::vector<std::string> arguments = {"report", "diff"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return heyan(arguments);
  }
  Json rejudged(std::vector<std::string> more, int status) const {
    more.insert(more.begin(), {record(), "--rejudge", "--format", "json"});
    const Outcome outcome = diff(std::move(more));
    EXPECT_EQ(outcome.status, status) << outcome.err;
    return outcome.out.empty() ? Json() : Json::parse(outcome.out);
  }
  static Json verdict_in(const Json& trial, const std::string& item) {
    for (const Json& one : trial) {
      if (one["id"] == item) return one["verdict"];
    }
    return nullptr;
  }
  // The sample's trust list with other text.
  std::string stricter_trust() const {
    const std::string copy = folder_ / "trust";
    std::filesystem::copy(sample_folder() + "/trust", copy,
                          std::filesystem::copy_options::recursive);
    std::string text = read_file(copy + "/trust.toml");
    const std::string from = "at_least = 3";
    text.replace(text.find(from), from.size(), "at_least = 4");
    write_file(copy + "/trust.toml", text);
    return copy + "/trust.toml";
  }
  TemporaryFolder folder_;
  std::string payload_;
};

TEST_F(ReportDiff, FindsNothingBetweenTheSame) {
  const Outcome same = diff({old(), old(), "--format", "json"});
  EXPECT_EQ(same.status, 0) << same.err;
  EXPECT_THAT(Json::parse(same.out)["evidence"], IsEmpty());
  const Json again = rejudged({"--at", std::string(kAt)}, 0);
  EXPECT_THAT(again["evidence"], IsEmpty());
  EXPECT_EQ(again["observation"], true);
}

TEST_F(ReportDiff, SaysThatTimeAloneIsEnough) {
  const Json later = rejudged({"--at", "2040-01-01T00:00:00Z"}, 10);
  const Json e1 = item_of(later, "E1");
  EXPECT_EQ(e1["before"], "CONSISTENT_WITH_NOTES");
  EXPECT_EQ(e1["now"], "NOT_COMPLETED");
  EXPECT_TRUE(std::ranges::any_of(
      e1["came"], [](const Json& reason) { return reason["code"] == "TRUST_LIST_OUTDATED"; }));
  EXPECT_EQ(verdict_in(later["alone"]["time"], "E1"), "NOT_COMPLETED");
  EXPECT_EQ(verdict_in(later["alone"]["trust"], "E1"), "CONSISTENT_WITH_NOTES");
  const Outcome text =
      diff({record(), "--rejudge", "--at", "2040-01-01T00:00:00Z", "--lang", "en"});
  EXPECT_EQ(text.status, 10);
  EXPECT_THAT(text.out, HasSubstr("enough for it is: the time alone\n"));
  EXPECT_THAT(text.out, HasSubstr("Observation"));
  EXPECT_THAT(text.out, HasSubstr("+ TRUST_LIST_OUTDATED: "));
  EXPECT_THAT(diff({record(), "--rejudge", "--at", "2040-01-01T00:00:00Z"}).out,
              HasSubstr("以下任一变化即足以有此结果：仅时间"));
}

// Every check that is answered otherwise, in words.
TEST_F(ReportDiff, NamesChecksAndAnswersInBothLanguages) {
  Json other = Json::parse(payload_);
  for (Json& check : other["evidence"][0]["checks"]) {
    if (check["check"] == "KEY-1") check["outcome"] = "UNDETERMINED";
  }
  other["evidence"][0]["checks"].erase(0);  // FILE-1
  write_file(folder_ / "other.json", other.dump());
  for (const auto& [language, undetermined, dropped] :
       {std::tuple("zh", " → 不能确定\n", "？ 通过 → （未列出）\n"),
        std::tuple("en", " → Undetermined\n", "? Passed → (not listed)\n")}) {
    const std::string text = diff({old(), folder_ / "other.json", "--lang", language}).out;
    EXPECT_THAT(text, HasSubstr("  KEY-1 "));
    EXPECT_THAT(text, HasSubstr(undetermined));
    EXPECT_THAT(text, HasSubstr(dropped));
    for (const char* word : {"PASS", "UNDETERMINED", "NOT_APPLICABLE"}) {
      EXPECT_THAT(text, Not(HasSubstr(word))) << language;
    }
  }
}

TEST_F(ReportDiff, SaysThatTheTrustListAloneIsEnough) {
  const Json other = rejudged({"--at", std::string(kAt), "--trust", stricter_trust()}, 10);
  const Json e4 = item_of(other, "E4");
  EXPECT_EQ(e4["before"], "CONSISTENT_WITH_NOTES");
  EXPECT_EQ(e4["now"], "INCONCLUSIVE");
  EXPECT_EQ(verdict_in(other["alone"]["trust"], "E4"), "INCONCLUSIVE");
  EXPECT_EQ(verdict_in(other["alone"]["time"], "E4"), "CONSISTENT_WITH_NOTES");
  EXPECT_NE(other["before"]["trustList"], other["now"]["trustList"]);
  EXPECT_EQ(other["before"]["policy"], other["now"]["policy"]);
}

TEST_F(ReportDiff, ShowsHowMuchThePolicyMatters) {
  write_file(folder_ / "policy.toml",
             "[policy]\nid = \"other\"\nversion = 1\n[checks]\n\"TIM-1\" = \"fail\"\n");
  const Json other = rejudged({"--at", std::string(kAt), "--policy", folder_ / "policy.toml"}, 10);
  EXPECT_EQ(item_of(other, "E1")["now"], "INCONCLUSIVE");
  EXPECT_EQ(verdict_in(other["alone"]["policy"], "E1"), "INCONCLUSIVE");
  const Json& sensitivity = other["sensitivity"];
  EXPECT_EQ(verdict_in(sensitivity["default"], "E1"), "CONSISTENT_WITH_NOTES");
  EXPECT_EQ(verdict_in(sensitivity["recorded"], "E1"), "CONSISTENT_WITH_NOTES");
  EXPECT_EQ(sensitivity["strict"].size(), sensitivity["default"].size());
}

TEST_F(ReportDiff, SaysOnceThatThePolicyDoesNotMatter) {
  const std::string en =
      diff({record(), "--rejudge", "--at", std::string(kAt), "--lang", "en"}).out;
  EXPECT_THAT(en, HasSubstr("every item has the same verdict under the strict policy"));
  EXPECT_THAT(en, Not(HasSubstr("“E1”")));
  EXPECT_THAT(diff({record(), "--rejudge", "--at", std::string(kAt)}).out,
              HasSubstr("各项证据的结论均相同。\n"));
}

// Recorded under a policy that asks for an independent time.
TEST_F(ReportDiff, NamesTheItemsOfWhichThePolicyMatters) {
  write_file(folder_ / "policy.toml",
             "[policy]\nid = \"other\"\nversion = 1\n[checks]\n\"TIM-1\" = \"fail\"\n");
  EXPECT_EQ(verify(sample_folder() + "/case",
                   {"--record", folder_ / "other.hcr", "--policy", folder_ / "policy.toml"})
                .status,
            10);
  const std::string en =
      diff({folder_ / "other.hcr", "--rejudge", "--at", std::string(kAt), "--lang", "en"}).out;
  EXPECT_THAT(en, HasSubstr("  “E1” (declared)\n"
                            "    the strict policy: Consistent, with notes\n"
                            "    the default policy: Consistent, with notes\n"
                            "    the policy of the record: No conclusion yet\n"));
  EXPECT_THAT(en, Not(HasSubstr("“E2”")));  // not consistent under each
}

TEST_F(ReportDiff, TakesTheRecordAndThePayloadOfABundle) {
  const std::string bundle = folder_ / "bundle.zip";
  ASSERT_EQ(heyan({"judge", record(), "--format", "zip", "--out", bundle}).status, 10);
  const auto rejudge = [&](const std::string& file) {
    return diff({file, "--rejudge", "--at", "2040-01-01T00:00:00Z"});
  };
  const Outcome of_bundle = rejudge(bundle);
  EXPECT_EQ(of_bundle.status, 10) << of_bundle.err;
  EXPECT_EQ(of_bundle.out, rejudge(record()).out);
  EXPECT_EQ(heyan({"judge", bundle}).out, heyan({"judge", record()}).out);
  EXPECT_EQ(diff({old(), bundle}).out, diff({old(), old()}).out);

  std::string changed = read_file(bundle);
  changed[changed.size() / 2] = static_cast<char>(changed[changed.size() / 2] ^ 1);
  write_file(folder_ / "changed.zip", changed);
  write_file(folder_ / "other.zip", "PK\x03\x04 another archive");
  for (const char* name : {"changed.zip", "other.zip"}) {
    const Outcome refused = rejudge(folder_ / name);
    EXPECT_EQ(refused.status, 65) << name;
    EXPECT_THAT(refused.out, IsEmpty());
    EXPECT_THAT(refused.err, HasSubstr("case.hcr")) << name;
    EXPECT_EQ(diff({old(), folder_ / name}).status, 65) << name;
  }
}

TEST_F(ReportDiff, ComparesSignedReportsByTheirPayload) {
  const std::string keys = folder_ / "keys";
  ASSERT_EQ(heyan({"keys", "new", keys}).status, 0);
  const Outcome jws =
      heyan({"verify", sample_folder() + "/case", "--trust", sample_trust(), "--at",
             std::string(kAt), "--format", "jws", "--keys", keys, "--out", folder_ / "new.jws"});
  ASSERT_EQ(jws.status, 10) << jws.err;
  EXPECT_EQ(diff({old(), folder_ / "new.jws"}).status, 0);
}

TEST_F(ReportDiff, NamesItemsThatOnlyOneOfThemHas) {
  Json less = Json::parse(payload_);
  less["evidence"].erase(0);
  write_file(folder_ / "less.json", less.dump());
  const Json gone = Json::parse(diff({old(), folder_ / "less.json", "--format", "json"}).out);
  EXPECT_EQ(item_of(gone, "E1")["now"], nullptr);
  const Json came = Json::parse(diff({folder_ / "less.json", old(), "--format", "json"}).out);
  EXPECT_EQ(item_of(came, "E1")["before"], nullptr);
}

TEST_F(ReportDiff, NamesAFileThatIsAnother) {
  Json other = Json::parse(payload_);
  other["evidence"][0]["file"]["size"] = 1;
  write_file(folder_ / "other.json", other.dump());
  const Outcome outcome = diff({old(), folder_ / "other.json", "--format", "json"});
  EXPECT_EQ(outcome.status, 0);  // no verdict differs
  const Json item = Json::parse(outcome.out)["evidence"][0];
  EXPECT_EQ(item["fileDiffers"], true);
  EXPECT_EQ(item["before"], item["now"]);
}

TEST_F(ReportDiff, ShowsForeignTextVisibly) {
  Json other = Json::parse(payload_);
  other["evidence"][0]["verdict"] = "\x1b[2Jall is well\n";
  write_file(folder_ / "other.json", other.dump());
  const Outcome outcome = diff({old(), folder_ / "other.json"});
  EXPECT_EQ(outcome.status, 10);
  EXPECT_THAT(outcome.out, Not(HasSubstr("\x1b")));
  EXPECT_THAT(outcome.out, Not(HasSubstr("well\n\n")));
}

TEST_F(ReportDiff, RefusesWhatIsNoReport) {
  const auto refused = [&](const std::string& text) {
    write_file(folder_ / "bad.json", text);
    const Outcome outcome = diff({old(), folder_ / "bad.json"});
    EXPECT_EQ(outcome.status, 65) << text.substr(0, 60);
    EXPECT_THAT(outcome.out, IsEmpty());
    EXPECT_THAT(outcome.err, HasSubstr("bad.json"));
  };
  refused("");
  refused("[]");
  refused("{}");
  refused("{\"schema\":\"heyan.report.v2\"}");
  refused("{\"payload\":\"*\"}");
  refused("{\"payload\":\"e30\"}");
  refused(payload_ + "x");
  Json twice = Json::parse(payload_);
  twice["evidence"].push_back(twice["evidence"][0]);
  refused(twice.dump());
  Json unnamed = Json::parse(payload_);
  unnamed["evidence"][0].erase("id");
  refused(unnamed.dump());
  EXPECT_EQ(diff({old(), "--rejudge"}).status, 65);  // a payload is no record
  EXPECT_EQ(diff({old(), folder_ / "nowhere.json"}).status, 74);
}

TEST_F(ReportDiff, SaysHowItIsUsed) {
  EXPECT_EQ(diff({}).status, 2);
  EXPECT_EQ(diff({old()}).status, 2);
  EXPECT_EQ(diff({record(), old(), "--rejudge"}).status, 2);
  EXPECT_EQ(diff({old(), old(), "--at", std::string(kAt)}).status, 2);
  EXPECT_EQ(diff({old(), old(), "--out", old()}).status, 2);
  EXPECT_EQ(read_file(old()), payload_);
}

}  // namespace
}  // namespace heyan::functional
