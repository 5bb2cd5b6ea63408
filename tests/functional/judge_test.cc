// heyan judge: the same judgement from a record, another one under other rules, and what the
// payload is bound to.
#include <gmock/gmock.h>

#include "tests/functional/sample_case.h"

namespace heyan::functional {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

class Judge : public testing::Test {
 protected:
  // Verifies the sample and keeps its record.
  Judge() {
    const Outcome outcome = verify(sample_folder() + "/case", {"--record", record()});
    EXPECT_EQ(outcome.status, 10) << outcome.err;
    payload_ = outcome.out;
  }
  std::string record() const { return folder_ / "case.hcr"; }
  Outcome judge(std::vector<std::string> more = {}) const {
    std::vector<std::string> arguments = {"judge", record(), "--format", "json", "--lang", "en"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return heyan(arguments);
  }
  // The trust list of the sample, with some text replaced.
  std::string other_trust(std::string_view from, std::string_view to) const {
    const std::string copy = folder_ / "trust";
    std::filesystem::remove_all(copy);
    std::filesystem::copy(sample_folder() + "/trust", copy,
                          std::filesystem::copy_options::recursive);
    std::string text = read_file(copy + "/trust.toml");
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos);
    text.replace(at, from.size(), to);
    write_file(copy + "/trust.toml", text);
    return copy + "/trust.toml";
  }

  TemporaryFolder folder_;
  std::string payload_;
};

TEST_F(Judge, GivesTheSameBytesAgain) {
  const Outcome again = judge();
  EXPECT_EQ(again.status, 10);
  EXPECT_EQ(again.out, payload_);
  EXPECT_EQ(judge({"--trust", sample_trust(), "--at", std::string(kAt)}).out, payload_);
}

TEST_F(Judge, SaysWhatItRestsOn) {
  const Outcome own = judge();
  EXPECT_THAT(own.err, HasSubstr("Origin unknown"));
  EXPECT_THAT(own.err, HasSubstr("trust list inside the record"));
  const Outcome named = judge({"--trust", sample_trust()});
  EXPECT_THAT(named.err, HasSubstr("Origin unknown"));
  EXPECT_THAT(named.err, testing::Not(HasSubstr("trust list inside the record")));
}

TEST_F(Judge, NeverSigns) {
  const Outcome outcome = heyan({"judge", record(), "--format", "jws"});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.err, HasSubstr("never signed"));
  EXPECT_EQ(heyan({"judge", record(), "--keys", "keys"}).status, 2);
}

TEST_F(Judge, OffersOnlyWhatItDoes) {
  const std::string help = heyan({"judge", "--help"}).out;
  EXPECT_THAT(help, testing::Not(HasSubstr("jws")));
  EXPECT_THAT(help, testing::Not(HasSubstr("--keys")));
  EXPECT_THAT(help, HasSubstr("default: the time in the record"));
  EXPECT_THAT(heyan({"verify", "--help"}).out, HasSubstr("default: now"));
}

TEST_F(Judge, JudgesUnderAnotherTrustList) {
  const Outcome outcome = judge({"--trust", other_trust("at_least = 3", "at_least = 4")});
  EXPECT_EQ(outcome.status, 10);
  const Json report = Json::parse(outcome.out);
  EXPECT_EQ(verdict_of(report, "E1"), "CONSISTENT_WITH_NOTES");  // four signed
  EXPECT_EQ(verdict_of(report, "E4"), "INCONCLUSIVE");           // three signed
}

TEST_F(Judge, JudgesAtAnotherTime) {
  const Outcome outcome = judge({"--at", "2040-01-01T00:00:00Z"});
  EXPECT_EQ(outcome.status, 11);
  const Json report = Json::parse(outcome.out);
  EXPECT_EQ(report["asOf"], "2040-01-01T00:00:00Z");
  EXPECT_EQ(verdict_of(report, "E1"), "NOT_COMPLETED");  // the list's next update has passed
  EXPECT_THAT(codes_of(item_of(report, "E1")), testing::Contains("TRUST_LIST_OUTDATED"));
}

// Security decision 34: another trust list, policy, record or time is another payload, and says so.
TEST_F(Judge, IsBoundToEverythingThatItRestsOn) {
  const Json original = Json::parse(payload_);
  const auto differs = [&](const Outcome& outcome, const char* binding) {
    const Json other = Json::parse(outcome.out);
    EXPECT_NE(other["reportNumber"], original["reportNumber"]) << binding;
    EXPECT_NE(other["bindings"], original["bindings"]) << binding;
    if (*binding != '\0') {
      EXPECT_NE(other["bindings"][binding], original["bindings"][binding]);
    }
  };
  differs(judge({"--trust", other_trust("[list]", "# a comment\n[list]")}), "trustList");
  write_file(folder_ / "policy.toml",
             "[policy]\nid = \"other\"\nversion = 1\nmax_view_age = \"1h\"\n");
  differs(judge({"--policy", folder_ / "policy.toml"}), "policy");
  differs(judge({"--at", "2026-12-01T00:00:01Z"}), "");
  SampleCase changed;
  changed.item("E1")["purpose"] = "another purpose";
  changed.save();
  differs(verify(changed.path()), "caseRecord");
}

TEST_F(Judge, BindsFilesThatTheTrustListNames) {
  const std::string trust = other_trust("[list]", "[list]");
  const std::string block = std::filesystem::path(trust).parent_path() / "fabric/block_000.pb";
  std::string bytes = read_file(block);
  bytes.back() = static_cast<char>(bytes.back() ^ 1);
  write_file(block, bytes);
  const Outcome outcome = judge({"--trust", trust});
  // Either the list is refused, or its digest is another one.
  if (outcome.status != 65) {
    EXPECT_NE(Json::parse(outcome.out)["bindings"]["trustList"],
              Json::parse(payload_)["bindings"]["trustList"]);
  }
}

TEST_F(Judge, RefusesWhatIsNoRecord) {
  const std::string whole = read_file(record());
  const auto refused = [&](const std::string& bytes) {
    write_file(record(), bytes);
    const Outcome outcome = judge();
    EXPECT_EQ(outcome.status, 65) << bytes.size();
    EXPECT_THAT(outcome.out, IsEmpty());
  };
  refused("");
  refused("not a record");
  refused(whole.substr(0, whole.size() / 2));
  refused(whole.substr(0, whole.size() - 1));
  refused(whole + "x");
  refused(whole + whole);
  EXPECT_EQ(heyan({"judge", "/nonexistent.hcr"}).status, 74);
}

// A changed bit is refused, or shows: the payload is bound to the record.
TEST_F(Judge, NeverTakesAChangedRecordForTheSame) {
  const std::string whole = read_file(record());
  const std::string original = payload_;
  for (std::size_t i = 0; i < 40; ++i) {
    std::string bytes = whole;
    const std::size_t at = (i * 7919 * 131) % bytes.size();
    bytes[at] = static_cast<char>(bytes[at] ^ (1 << (i % 8)));
    write_file(record(), bytes);
    const Outcome outcome = judge();
    EXPECT_TRUE(outcome.status == 65 || outcome.status == 10 || outcome.status == 11)
        << at << " " << outcome.status << " " << outcome.err;
    EXPECT_NE(outcome.out, original) << at;
  }
}

TEST_F(Judge, BelievesNothingWithoutATrustList) {
  const std::string bare = folder_ / "bare.hcr";
  EXPECT_EQ(heyan({"verify", sample_folder() + "/case", "--at", std::string(kAt), "--record", bare,
                   "--format", "json"})
                .status,
            11);
  const Outcome without = heyan({"judge", bare, "--format", "json"});
  EXPECT_EQ(without.status, 11);
  const Outcome with = heyan({"judge", bare, "--format", "json", "--trust", sample_trust()});
  EXPECT_EQ(with.status, 10);
  EXPECT_EQ(verdict_of(Json::parse(with.out), "E1"), "CONSISTENT_WITH_NOTES");
}

}  // namespace
}  // namespace heyan::functional
