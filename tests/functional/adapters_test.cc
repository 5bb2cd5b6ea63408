// heyan adapters: what a developer of a court's system sees of a message before he sends one.
#include <gmock/gmock.h>

#include "tests/functional/sample_case.h"

namespace heyan::functional {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

std::string vector(std::string_view name) {
  return std::string(HEYAN_VECTORS "/courts/") + std::string(name);
}
const std::string kFiling = "cn/zxfw/valid-civil.json";
const std::string kHost = "allowed_hosts=zxfy2-oss.example.court.test";

Outcome attempt(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), {"adapters", "try"});
  arguments.insert(arguments.end(), {"--lang", "en"});
  return heyan(std::move(arguments));
}

TEST(Adapters, AreListedWithTheirSettings) {
  const Outcome outcome = heyan({"adapters", "--lang", "en"});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  for (const char* name : {"asic\n", "ecf4\n", "ecf5\n", "micro_court\n", "netcourt_hangzhou\n"}) {
    EXPECT_THAT(outcome.out, HasSubstr(name));
  }
  EXPECT_THAT(outcome.out, HasSubstr("setting: allowed_hosts"));
}

TEST(Adapters, ShowWhatTheyMakeOfAMessageAndItsParts) {
  const std::string name = "证据一-网页截图打印件.pdf";
  const Outcome outcome = attempt({"micro_court", vector(kFiling), "--setting", kHost, "--part",
                                   "catalogue=" + vector("cn/zxfw/证据目录.csv"), "--part",
                                   name + "=" + vector("cn/zxfw/files/" + name)});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(outcome.out,
              AllOf(HasSubstr("Item: 1"), HasSubstr("part: " + name), HasSubstr("file-missing")));
}

TEST(Adapters, TakeARecordedRequest) {
  const Outcome outcome = attempt({"ecf5", vector("ecf/mtom/ok-hex.mime")});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("payload1@efsp.example"));
}

TEST(Adapters, WriteACaseThatVerifyReads) {
  const TemporaryFolder folder;
  const Outcome made = attempt({"asic", vector("asic/own-e-ok-chinese.asice"), "--format", "json"});
  ASSERT_EQ(made.status, 0) << made.err;
  EXPECT_EQ(Json::parse(made.out)["schema"], "heyan.submission.v1");
}

TEST(Adapters, SayWhatTheCourtsSystemWouldBeTold) {
  const Outcome taken = attempt({"ecf5", vector("ecf/mtom/ok-hex.mime"), "--answer"});
  EXPECT_EQ(taken.status, 0) << taken.err;
  EXPECT_THAT(taken.out, HasSubstr("MessageStatusCode>Success<"));
  const Outcome refused =
      attempt({"micro_court", vector("cn/zxfw/bad-uscc.json"), "--setting", kHost, "--answer"});
  EXPECT_THAT(refused.out, HasSubstr("credit-code-invalid"));
}

TEST(Adapters, NameEveryDefectOfAMessage) {
  const Outcome outcome =
      attempt({"micro_court", vector("cn/zxfw/bad-uscc.json"), "--setting", kHost});
  EXPECT_EQ(outcome.status, 65);
  EXPECT_EQ(outcome.out, "");
  EXPECT_THAT(outcome.err, AllOf(HasSubstr("/data/dsr/1/zzhm"), HasSubstr("--answer")));
}

TEST(Adapters, RefuseWhatCannotBe) {
  struct Wrong {
    std::vector<std::string> arguments;
    int status;
    std::string said;
  };
  const std::vector<Wrong> wrongs = {
      {{"micro_curt", vector(kFiling)}, 2, "did you mean micro_court?"},
      {{"micro_court"}, 2, "FILE"},
      {{"micro_court", "/nowhere/at/all"}, 74, "/nowhere/at/all"},
      {{"micro_court", vector("cn/zxfw")}, 74, "zxfw"},
      {{"micro_court", vector(kFiling), "--setting", "alowed=x"}, 2, "no setting alowed"},
      {{"micro_court", vector(kFiling), "--setting", "alone"}, 2, "has no value"},
      {{"micro_court", vector(kFiling), "--part", "alone"}, 2, "names no file"},
      {{"micro_court", vector(kFiling), "--part", "a=/nowhere"}, 74, "/nowhere"},
      {{"micro_court", vector(kFiling), "--part", "a=" + vector(kFiling), "--part",
        "a=" + vector(kFiling)},
       2,
       "one name"},
      {{"micro_court", vector(kFiling), "--format", "pdf"}, 2, "pdf"},
      {{"ecf5", vector("ecf/mtom/bad-truncated.mime")}, 65, "bad-truncated.mime"},
      {{"ecf5", vector("ecf/mtom/bad-dupcid.mime")}, 65, "bad-dupcid.mime"},
      {{"ecf5", vector("asic/own-e-ok-chinese.asice")}, 65, "refused"},
      {{"asic", vector(kFiling)}, 65, "refused"},
  };
  for (const Wrong& wrong : wrongs) {
    const Outcome outcome = attempt(wrong.arguments);
    EXPECT_EQ(outcome.status, wrong.status) << wrong.said << "\n" << outcome.err;
    EXPECT_THAT(outcome.err, HasSubstr(wrong.said));
    EXPECT_EQ(outcome.out, "");
  }
}

TEST(Adapters, ShowNothingOfAMessageThatActsOnATerminal) {
  const TemporaryFolder folder;
  std::string text = read_file(vector(kFiling));
  const std::string name = "张测三";
  text.replace(text.find(name), name.size(), "\\u001b[31m\\u202e");
  write_file(folder / "m.json", text);
  const Outcome outcome = attempt({"micro_court", folder / "m.json", "--setting", kHost});
  EXPECT_THAT(outcome.out + outcome.err, AllOf(Not(HasSubstr("\x1b")), Not(HasSubstr("\u202e"))));
}

TEST(Configuration, OfAnAdapterThatThereIsNotIsRefused) {
  const TemporaryFolder folder;
  const Outcome sample = heyan({"config", "show"});
  write_file(folder / "heyan.toml", sample.out + "\n[court.nowhere]\n");
  const Outcome outcome = heyan({"config", "check", folder / "heyan.toml"});
  EXPECT_EQ(outcome.status, 65);
  EXPECT_THAT(outcome.err, HasSubstr("[court.nowhere]"));
  write_file(folder / "heyan.toml", sample.out + "\n[court.asic]\nanchor = [\"x\"]\n");
  EXPECT_THAT(heyan({"config", "check", folder / "heyan.toml"}).err,
              HasSubstr("no setting anchor"));
}

}  // namespace
}  // namespace heyan::functional
