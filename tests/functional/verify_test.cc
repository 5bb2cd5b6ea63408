// heyan verify: exit statuses, forms, where the output goes.
#include <gmock/gmock.h>

#include <sstream>

#include "tests/functional/sample_case.h"

namespace heyan::functional {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

std::string one_item(SampleCase& sample, std::string_view id) {
  sample.keep_only(id);
  sample.save();
  return sample.path();
}

struct ItemStatus {
  const char* item;
  int status;
  const char* verdict;
};

class VerifyItem : public testing::TestWithParam<ItemStatus> {};

TEST_P(VerifyItem, GivesTheExitStatusOfItsVerdict) {
  SampleCase sample;
  const Json report = verified(one_item(sample, GetParam().item), GetParam().status);
  EXPECT_EQ(verdict_of(report, GetParam().item), GetParam().verdict);
}

INSTANTIATE_TEST_SUITE_P(Sample, VerifyItem,
                         testing::Values(ItemStatus{"E1", 0, "CONSISTENT_WITH_NOTES"},
                                         ItemStatus{"E2", 10, "INCONSISTENT"},
                                         ItemStatus{"E3", 11, "INCONCLUSIVE"},
                                         ItemStatus{"E4", 0, "CONSISTENT_WITH_NOTES"},
                                         ItemStatus{"E5", 11, "NOT_FOUND"},
                                         ItemStatus{"E6", 10, "INCONSISTENT"}));

TEST(Verify, SumsUpAllConsistent) {
  SampleCase sample;
  EXPECT_EQ(verified(one_item(sample, "E1"), 0)["verdict"], "ALL_CONSISTENT");
}

TEST(Verify, FindsNothingConsistentWithoutATrustList) {
  SampleCase sample;
  const Outcome outcome =
      heyan({"verify", one_item(sample, "E1"), "--at", std::string(kAt), "--format", "json"});
  EXPECT_EQ(outcome.status, 11);
  const Json report = Json::parse(outcome.out);
  EXPECT_EQ(verdict_of(report, "E1"), "INCONCLUSIVE");
  EXPECT_THAT(codes_of(item_of(report, "E1")), testing::Contains("LEDGER_NOT_ON_TRUST_LIST"));
  EXPECT_THAT(outcome.err, HasSubstr("--trust"));
}

TEST(Verify, LeavesAnUnknownLedgerOpen) {
  SampleCase sample;
  sample.item("E1")["proofs"][0]["ledger"] = "another-chain";
  const Json report = verified(one_item(sample, "E1"), 11);
  EXPECT_EQ(verdict_of(report, "E1"), "INCONCLUSIVE");
  EXPECT_THAT(codes_of(item_of(report, "E1")), testing::Contains("LEDGER_NOT_ON_TRUST_LIST"));
}

TEST(Verify, LeavesAnItemWithoutProofOpen) {
  SampleCase sample;
  sample.item("E1").erase("proofs");
  EXPECT_EQ(verdict_of(verified(one_item(sample, "E1"), 11), "E1"), "INCONCLUSIVE");
}

TEST(Verify, PrintsTheExactPayload) {
  const Outcome outcome = verify(sample_folder() + "/case");
  EXPECT_EQ(outcome.out.front(), '{');
  EXPECT_EQ(outcome.out.back(), '}');
  // Canonical: names sorted, no white space between tokens; what another library writes likewise is
  // the same.
  EXPECT_EQ(outcome.out, Json::parse(outcome.out).dump());
  EXPECT_THAT(outcome.err, IsEmpty());
}

TEST(Verify, PrintsTextInBothLanguages) {
  const std::string sample = sample_folder() + "/case";
  const auto text = [&](const char* language) {
    return heyan({"verify", sample, "--trust", sample_trust(), "--at", std::string(kAt), "--lang",
                  language});
  };
  const Outcome chinese = text("zh");
  EXPECT_EQ(chinese.status, 10);
  EXPECT_THAT(chinese.out, HasSubstr("核验不一致"));
  EXPECT_THAT(chinese.out, HasSubstr("第十八条"));
  const Outcome english = text("en");
  EXPECT_EQ(english.status, 10);
  EXPECT_THAT(english.out, HasSubstr("Not consistent"));
  EXPECT_EQ(heyan({"verify", sample, "--trust", sample_trust(), "--at", std::string(kAt)}).out,
            chinese.out);
  // Words of closed lists are words of the language.
  for (const char* word : {"PLAINTIFF", "DEFENDANT", "ENDORSER", "ORDERER", "CREATOR"}) {
    EXPECT_THAT(chinese.out, Not(HasSubstr(word)));
    EXPECT_THAT(english.out, Not(HasSubstr(word)));
  }
  EXPECT_THAT(chinese.out, HasSubstr("- “P1” (陈述); 诉讼地位: 原告; "));
  EXPECT_THAT(english.out, HasSubstr("- “P2” (declared); role in the case: defendant; "));
  EXPECT_THAT(english.out, HasSubstr("signer: CourtMSP; role: endorser"));
}

TEST(Verify, SpeaksForSeveralCasesInOrder) {
  SampleCase good;
  SampleCase open;
  SampleCase bad;
  const std::string a = one_item(good, "E1");
  const std::string b = one_item(open, "E3");
  const std::string c = one_item(bad, "E2");
  const Json array = verified(a, 10, {b, c, a});
  ASSERT_EQ(array.size(), 4u);
  EXPECT_EQ(verdict_of(array[0], "E1"), "CONSISTENT_WITH_NOTES");
  EXPECT_EQ(verdict_of(array[1], "E3"), "INCONCLUSIVE");
  EXPECT_EQ(verdict_of(array[2], "E2"), "INCONSISTENT");
  EXPECT_EQ(array[3], array[0]);
  EXPECT_EQ(verified(a, 11, {b}).size(), 2u);
  EXPECT_EQ(verified(a, 0, {a}).size(), 2u);
}

// 74, 65, 10, 11, 0: the status says the most urgent, the others are reported all the same.
TEST(Verify, LetsTheMostUrgentStatusSpeak) {
  SampleCase bad;
  SampleCase malformed;
  const std::string inconsistent = one_item(bad, "E2");
  malformed.save_text("{");
  const Json array = verified(inconsistent, 65, {malformed.path()});
  ASSERT_EQ(array.size(), 2u);
  EXPECT_EQ(verdict_of(array[0], "E2"), "INCONSISTENT");
  EXPECT_EQ(array[1]["schema"], "heyan.error.v1");
  EXPECT_EQ(array[1]["status"], 65);
  EXPECT_EQ(verify(inconsistent, {malformed.path(), "/nonexistent"}).status, 74);
}

TEST(Verify, NamesEachOfSeveralCases) {
  SampleCase good;
  SampleCase malformed;
  const std::string a = one_item(good, "E1");
  malformed.save_text("{");
  const auto text = [&](const std::vector<std::string>& cases) {
    std::vector<std::string> arguments = {
        "verify", "--trust", sample_trust(), "--at", std::string(kAt), "--lang", "en"};
    arguments.insert(arguments.end(), cases.begin(), cases.end());
    return heyan(arguments);
  };
  const Outcome several = text({a, malformed.path(), "/nonexistent", a});
  EXPECT_EQ(several.status, 74);
  EXPECT_THAT(several.err, HasSubstr(malformed.path() + ": case.json is not as it must be"));
  EXPECT_THAT(several.err, HasSubstr("heyan: /nonexistent: "));  // once
  EXPECT_THAT(several.out, testing::StartsWith("Case 1/4: \"" + a + "\"\n"));
  EXPECT_THAT(several.out, HasSubstr("\nCase 4/4: \"" + a + "\"\n"));
  // One case needs no name, and its report no line that is not its own.
  EXPECT_THAT(text({a}).out, testing::StartsWith("== "));
  EXPECT_EQ(verified(a, 65, {malformed.path()})[1]["case"], malformed.path());
}

TEST(Verify, NamesTheNearestCommand) {
  const auto message = [](std::vector<std::string> arguments) {
    const Outcome outcome = heyan(std::move(arguments));
    EXPECT_EQ(outcome.status, 2);
    EXPECT_THAT(outcome.out, IsEmpty());
    return outcome.err;
  };
  EXPECT_THAT(message({"verfiy", "x"}), HasSubstr("did you mean `heyan verify`?"));
  EXPECT_THAT(message({"trust", "chekc", "x"}), HasSubstr("did you mean `heyan trust check`?"));
  EXPECT_THAT(message({"frobnicate"}), HasSubstr("known are verify, hash"));
  EXPECT_THAT(message({"frobnicate"}), Not(HasSubstr("did you mean")));
  EXPECT_THAT(message({"report", "dif", "a", "b"}), HasSubstr("did you mean `heyan report diff`?"));
}

TEST(Verify, SaysWhatIsMissingOfTheCommandLine) {
  const std::string sample = sample_folder() + "/case";
  EXPECT_EQ(heyan({}).status, 2);
  EXPECT_EQ(heyan({"verify"}).status, 2);
  EXPECT_EQ(heyan({"verify", sample, "--unknown"}).status, 2);
  EXPECT_EQ(heyan({"frobnicate"}).status, 2);
  EXPECT_EQ(heyan({"verify", sample, "--at", "yesterday"}).status, 2);
  EXPECT_EQ(heyan({"verify", sample, "--lang", "fr"}).status, 2);
  EXPECT_EQ(heyan({"verify", sample, "--format", "docx"}).status, 2);
  EXPECT_EQ(heyan({"verify", sample, "--format", "jws"}).status, 2);  // without --keys
  EXPECT_EQ(verify(sample, {sample, "--record", "/dev/null"}).status, 2);
}

TEST(Verify, TellsMalformedInputFromInputThatIsNotThere) {
  const std::string sample = sample_folder() + "/case";
  EXPECT_EQ(heyan({"verify", "/nonexistent"}).status, 74);
  EXPECT_EQ(verify(sample, {"--policy", "/nonexistent.toml"}).status, 74);
  const TemporaryFolder folder;
  EXPECT_EQ(heyan({"verify", folder.path().string()}).status, 65);  // a folder without case.json
  write_file(folder / "case.zip", "this is no archive");
  EXPECT_EQ(heyan({"verify", folder / "case.zip"}).status, 65);
  write_file(folder / "policy.toml", "[policy]\nid = \"x\"\nversion = 1\nmax_view_ages = \"1h\"\n");
  const Outcome policy = verify(sample, {"--policy", folder / "policy.toml"});
  EXPECT_EQ(policy.status, 65);
  EXPECT_THAT(policy.err, HasSubstr("max_view_ages"));
  EXPECT_THAT(policy.err, HasSubstr("4"));  // the line
  EXPECT_THAT(policy.out, IsEmpty());
}

TEST(Verify, HelpsWithAnExampleFirst) {
  for (const std::vector<std::string>& command : {std::vector<std::string>{},
                                                  {"verify"},
                                                  {"hash"},
                                                  {"judge"},
                                                  {"report", "verify"},
                                                  {"explain"},
                                                  {"trust", "check"},
                                                  {"selftest"},
                                                  {"keys", "new"}}) {
    std::vector<std::string> arguments = command;
    arguments.emplace_back("--help");
    const Outcome outcome = heyan(arguments);
    EXPECT_EQ(outcome.status, 0);
    EXPECT_THAT(outcome.out, testing::StartsWith("Example:\n  heyan "));
    EXPECT_THAT(outcome.err, IsEmpty());
  }
}

TEST(Verify, WritesAFileWholeOrNotAtAll) {
  const TemporaryFolder folder;
  const std::string out = folder / "report.json";
  write_file(out, "old");
  SampleCase malformed;
  malformed.save_text("{");
  EXPECT_EQ(verify(malformed.path(), {"--out", out}).status, 65);
  EXPECT_EQ(read_file(out), "old");
  const Outcome outcome = verify(sample_folder() + "/case", {"--out", out});
  EXPECT_EQ(outcome.status, 10);
  EXPECT_THAT(outcome.out, IsEmpty());
  EXPECT_EQ(read_file(out), verify(sample_folder() + "/case").out);
  // Nothing else is left beside it.
  const std::filesystem::directory_iterator files(folder.path());
  EXPECT_EQ(std::distance(begin(files), end(files)), 1);
}

TEST(Verify, SaysThatItCouldNotWrite) {
  const std::string sample = sample_folder() + "/case";
  EXPECT_EQ(verify(sample, {"--out", "/nonexistent/report.json"}).status, 74);
  EXPECT_EQ(verify(sample, {"--record", "/nonexistent/case.hcr"}).status, 74);
  const Outcome full = run({.arguments = {"sh", "-c",
                                          std::string(HEYAN_BINARY) + " verify " + sample +
                                              " --trust " + sample_trust() + " > /dev/full"},
                            .environment = {},
                            .folder = {},
                            .input = {}});
  EXPECT_EQ(full.status, 74);
  EXPECT_THAT(full.err, testing::StartsWith("heyan: standard output cannot be written\n"));
}

TEST(Verify, KeepsADeviceADevice) {
  const TemporaryFolder folder;
  std::filesystem::create_symlink("/dev/null", folder / "null");
  EXPECT_EQ(verify(sample_folder() + "/case", {"--out", folder / "null"}).status, 10);
  EXPECT_TRUE(std::filesystem::is_character_file(folder / "null"));
}

}  // namespace
}  // namespace heyan::functional
