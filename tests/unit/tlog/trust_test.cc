// [ledger.tlog]: what a court may write, and what it is told otherwise.
#include "tests/unit/tlog/court_log.h"
#include "tests/unit/tlog/item.h"

namespace heyan::ledgers::tlog {
namespace {

using ::testing::HasSubstr;
using namespace test;

std::string defects(const std::string& lines, const std::string& policy) {
  const auto list = parse_list({{"trust.toml", log_list("tlog", lines)}, {"policy", policy}});
  return list ? "ok" : list.error();
}

class TlogTrust : public ::testing::Test {
 protected:
  std::string policy(const std::string& rules) const { return log_.policy(rules); }
  CourtLog log_{"log.example/e", 2};
};

TEST_F(TlogTrust, APolicyIsEnough) {
  EXPECT_EQ(defects("policy = \"policy\"\n", policy("quorum w0\n")), "ok");
}

TEST_F(TlogTrust, SomebodyMustWatchTheLog) {
  for (const std::string rules : {"quorum none\n", "group g 1 w0 w1\nquorum none\n"}) {
    EXPECT_THAT(defects("policy = \"policy\"\n", policy(rules)), HasSubstr("asks for no witness"))
        << rules;
  }
}

TEST_F(TlogTrust, NamesWhatIsWrongInThePolicy) {
  EXPECT_THAT(defects("", policy("quorum none\n")), HasSubstr("tlog.policy: is missing"));
  EXPECT_THAT(defects("policy = \"other\"\n", ""), HasSubstr("tlog.policy"));
  EXPECT_THAT(defects("policy = \"policy\"\n", policy("quorum w9\n")),
              HasSubstr("line 4: \"w9\" is no witness or group of a line above"));
  EXPECT_THAT(defects("policy = \"policy\"\n", "quorum none\n"), HasSubstr("names no log"));
  EXPECT_THAT(defects("policy = \"policy\"\n", vector_file("court-log/policy-mldsa-2of3.txt")),
              HasSubstr("Leave this key out of the policy"));
}

TEST_F(TlogTrust, WitnessesAreKeysOfThePolicyAndInstitutionsOfTheList) {
  const auto witnesses = [&](const std::string& line) {
    return defects("policy = \"policy\"\n[ledger.tlog.witnesses]\n" + line + "\n",
                   policy("quorum w0\n"));
  };
  EXPECT_EQ(witnesses("\"witness-0.example/w\" = \"court\""), "ok");
  EXPECT_EQ(witnesses("\"log.example/e\" = \"platform\""), "ok");
  EXPECT_THAT(witnesses("\"w0\" = \"court\""), HasSubstr("no key of the policy has this name"));
  EXPECT_THAT(witnesses("\"witness-0.example/w\" = \"cuort\""),
              HasSubstr("no institution has the id \"cuort\""));
  EXPECT_THAT(witnesses("\"witness-0.example/w\" = 1"), HasSubstr("witness-0.example/w"));
  EXPECT_THAT(defects("policy = \"policy\"\nwitnesses = 1\n", policy("quorum w0\n")),
              HasSubstr("tlog.witnesses"));
}

TEST_F(TlogTrust, RefusesWhatItDoesNotKnow) {
  EXPECT_THAT(defects("policy = \"policy\"\norigins = \"x\"\n", policy("quorum w0\n")),
              HasSubstr("origins"));
  EXPECT_THAT(defects("policy = \"policy\"\norigin = \"\"\n", policy("quorum w0\n")),
              HasSubstr("tlog.origin"));
}

}  // namespace
}  // namespace heyan::ledgers::tlog
