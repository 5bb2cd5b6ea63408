// hash, explain, trust check, selftest, and what `accounts` refuses before it opens anything.
#include <gmock/gmock.h>
#include <sys/stat.h>

#include "tests/functional/sample_case.h"

namespace heyan::functional {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

Outcome shell(const std::string& command) {
  return run({.arguments = {"sh", "-c", command}, .environment = {}, .folder = {}, .input = {}});
}

TEST(Hash, AgreesWithOtherPrograms) {
  const TemporaryFolder folder;
  for (const std::size_t size : {0u, 1u, 1000u, 3'000'000u}) {
    const std::string path = folder / ("file" + std::to_string(size));
    std::string bytes(size, 'x');
    for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<char>(i * 7 + (i >> 8));
    write_file(path, bytes);
    const Outcome outcome =
        heyan({"hash", "--json", "--algorithm", "sha-256", "--algorithm", "sha-384", "--algorithm",
               "sha-512", "--algorithm", "sm3", path});
    EXPECT_EQ(outcome.status, 0);
    const Json file = Json::parse(outcome.out)[0];
    EXPECT_EQ(file["size"], size);
    for (const auto& [name, openssl] : std::map<std::string, std::string>{
             {"sha-256", "sha256"}, {"sha-384", "sha384"}, {"sha-512", "sha512"}, {"sm3", "sm3"}}) {
      const Outcome other =
          shell("openssl dgst -r -" + openssl + " " + path + " | cut -d ' ' -f 1");
      EXPECT_EQ(file["digests"][name].get<std::string>() + "\n", other.out) << name;
    }
  }
}

TEST(Hash, PrintsSha256AndSm3) {
  const std::string path = sample_folder() + "/case/files/chat_log.json";
  const Outcome outcome = heyan({"hash", path});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.out,
            "sha-256  d77af7c693adcd428f4e52fc22e69032dc3003d1c532285fb2fd9936ea60cd01  " + path +
                "\nsm3      7a9d06f8d46fbe81c36d39b1145e36068891517455dbbd65c5dd910d11d7ac12  " +
                path + "\n");
}

TEST(Hash, TakesTheFormatOptionOfTheOtherCommands) {
  const std::string path = sample_folder() + "/case/files/chat_log.json";
  EXPECT_EQ(heyan({"hash", path, "--format", "json"}).out, heyan({"hash", path, "--json"}).out);
  EXPECT_EQ(heyan({"hash", path, "--format", "text"}).out, heyan({"hash", path}).out);
  EXPECT_EQ(heyan({"hash", path, "--format", "jws"}).status, 2);
}

TEST(Hash, GoesOnAfterAFileThatIsNotThere) {
  const std::string path = sample_folder() + "/case/case.json";
  const Outcome outcome = heyan({"hash", "/nonexistent", path});
  EXPECT_EQ(outcome.status, 74);
  EXPECT_THAT(outcome.out, HasSubstr(path));
  EXPECT_THAT(outcome.err, HasSubstr("/nonexistent"));
}

TEST(Hash, RefusesWhatIsNoRegularFile) {
  const TemporaryFolder folder;
  ASSERT_EQ(::mkfifo((folder / "fifo").c_str(), 0600), 0);
  EXPECT_EQ(heyan({"hash", folder / "fifo"}).status, 65);
  EXPECT_EQ(heyan({"hash", "/dev/zero"}).status, 65);
  EXPECT_EQ(heyan({"hash", folder.path().string()}).status, 65);
  EXPECT_EQ(heyan({"hash", "--algorithm", "md5", "/etc/hostname"}).status, 2);
}

TEST(Hash, ShowsNoRawEscapeOfAName) {
  const TemporaryFolder folder;
  const std::string path = folder / "a\x1b[31m\xff.txt";
  write_file(path, "x");
  const Outcome outcome = heyan({"hash", path});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.out.find('\x1b'), std::string::npos);
  EXPECT_EQ(outcome.out.find('\xff'), std::string::npos);
}

TEST(Explain, KnowsEveryCodeThatAReportNames) {
  const Json report = verified(sample_folder() + "/case", 10);
  for (const Json& item : report["evidence"]) {
    EXPECT_EQ(heyan({"explain", item["verdict"].get<std::string>()}).status, 0);
    for (const std::string& code : codes_of(item)) {
      EXPECT_EQ(heyan({"explain", code}).status, 0) << code;
    }
  }
  for (const Json& check : report["evidence"][0]["checks"]) {
    EXPECT_EQ(heyan({"explain", check["check"].get<std::string>()}).status, 0);
  }
}

TEST(Explain, SpeaksBothLanguages) {
  EXPECT_THAT(heyan({"explain", "QUORUM_NOT_REACHED"}).out, HasSubstr("有效签名的机构数"));
  EXPECT_THAT(heyan({"explain", "quorum_not_reached", "--lang", "en"}).out,
              HasSubstr("fewer than required"));
}

TEST(Explain, NamesTheNearestWord) {
  const Outcome outcome = heyan({"explain", "QUORUM_NOT_REECHED"});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.out, IsEmpty());
  EXPECT_THAT(outcome.err, HasSubstr("QUORUM_NOT_REACHED"));
}

TEST(Explain, CountsExchangedLettersAndNamesNothingFar) {
  EXPECT_THAT(heyan({"explain", "QUROUM_NOT_RAECHED"}).err, HasSubstr("QUORUM_NOT_REACHED?"));
  EXPECT_THAT(heyan({"explain", "zzzzzzz"}).err, testing::Not(HasSubstr("did you mean")));
}

TEST(Explain, QuotesArticlesWithWhatIsAskedUnderThem) {
  const std::string zh = heyan({"explain", "16"}).out;
  EXPECT_THAT(zh, HasSubstr("《人民法院在线诉讼规则》第十六条\n  当事人作为证据提交的"));
  EXPECT_THAT(zh, HasSubstr("不能查明：内容是否真实"));
  EXPECT_EQ(heyan({"explain", "第十六条"}).out, zh);
  const std::string one = heyan({"explain", "zxss16", "--lang", "en"}).out;
  EXPECT_THAT(one, testing::StartsWith("Online Litigation Rules art. 16 ("));
  EXPECT_THAT(one, HasSubstr("consistent on technical check?"));
  EXPECT_THAT(one, testing::Not(HasSubstr("民事诉讼法")));
  for (const char* none : {"0", "9999", "ZXSS", "ABC16", "第条", "第百个条", "16x"}) {
    EXPECT_EQ(heyan({"explain", none}).status, 2) << none;
  }
}

TEST(Explain, KnowsTheSentencesOfEveryReport) {
  EXPECT_THAT(heyan({"explain", "TECHNICAL_RESULT_ONLY"}).out, HasSubstr("不是鉴定意见"));
}

TEST(Explain, NamesTheRuleOfACheckInItsLanguage) {
  const std::string en = heyan({"explain", "FILE-1", "--lang", "en"}).out;
  EXPECT_THAT(en, HasSubstr("Rule: Civil Evidence Provisions art. 93(1)4\n"));
  EXPECT_THAT(en, HasSubstr("（四）电子数据是否被完整地保存"));  // the article itself
  const std::string zh = heyan({"explain", "QUO-2"}).out;
  EXPECT_THAT(zh, HasSubstr("规则：在线诉讼规则第十七条第二项\n"));
  EXPECT_THAT(zh, HasSubstr("未通过时：提示\n"));
  EXPECT_THAT(heyan({"explain", "KEY-1", "--lang", "en"}).out,
              HasSubstr("If not passed: the signature is not counted\n"));
  EXPECT_THAT(heyan({"explain", "NODE_SIGNATURE_INVALID"}).out,
              HasSubstr("导致：核验一致（附提示） (CONSISTENT_WITH_NOTES)；机构数因此达不到"));
}

TEST(Commands, SayThatTheirOutputCannotBeWritten) {
  for (const std::string& command :
       {std::string("--version"), std::string("explain --list"), std::string("selftest"),
        "trust check " + sample_trust(), "hash " + sample_trust()}) {
    const Outcome full = shell(std::string(HEYAN_BINARY) + " " + command + " > /dev/full");
    EXPECT_EQ(full.status, 74) << command;
    EXPECT_THAT(full.err, testing::StartsWith("heyan: standard output cannot be written\n"))
        << command;
  }
}

TEST(Explain, ListsEverything) {
  const Outcome outcome = heyan({"explain", "--list"});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(outcome.out, HasSubstr("RPT-1"));
  EXPECT_THAT(outcome.out, HasSubstr("OPERATOR_ATTESTATION_ONLY"));
  EXPECT_EQ(heyan({"explain"}).out, outcome.out);
}

TEST(TrustCheck, SaysWhoIsBelieved) {
  const Outcome outcome = heyan({"trust", "check", sample_trust(), "--lang", "en"});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(outcome.out, HasSubstr("hz-internet-court"));
  EXPECT_THAT(outcome.out, HasSubstr("three-of-four: 3 of 4"));
  EXPECT_THAT(outcome.out, HasSubstr("judicial-fabric"));
  EXPECT_THAT(outcome.out, HasSubstr("fabric/block_000.pb"));
  EXPECT_THAT(outcome.err, IsEmpty());
}

TEST(TrustCheck, SpeaksChinese) {
  const std::string out = heyan({"trust", "check", sample_trust()}).out;
  EXPECT_THAT(out, HasSubstr("信任名单 \"sample\" 第 1 版\n"));
  EXPECT_THAT(out, HasSubstr("three-of-four: 4 家中至少 3 家"));
  EXPECT_THAT(out, HasSubstr(" · 法院\n"));
  EXPECT_THAT(out, testing::Not(HasSubstr("法定数")));
}

TEST(TrustCheck, NamesTheDigestOfReports) {
  const Json report = verified(sample_folder() + "/case", 10);
  EXPECT_THAT(heyan({"trust", "check", sample_trust()}).out,
              HasSubstr(report["trustList"]["digest"].get<std::string>()));
}

TEST(TrustCheck, WarnsOfAListPastItsDate) {
  const Outcome outcome =
      heyan({"trust", "check", sample_trust(), "--at", "2037-01-01T00:00:00Z", "--lang", "en"});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(outcome.err, HasSubstr("next update has passed"));
}

class TrustDefects : public testing::Test {
 protected:
  Outcome check(std::string_view text) const {
    write_file(folder_ / "trust.toml", text);
    return heyan({"trust", "check", folder_ / "trust.toml"});
  }
  TemporaryFolder folder_;
};

constexpr std::string_view kHead =
    "[list]\nid = \"x\"\nversion = 1\nissued = 2026-01-01\nnext_update = 2027-01-01\n";

TEST_F(TrustDefects, ShowLineAndNearestKey) {
  const Outcome outcome = check(std::string(kHead) +
                                "[[institution]]\nid = \"a\"\nknd = \"court\"\n"
                                "[[quorum]]\nid = \"q\"\nat_least = 1\nof = [\"nobody\"]\n");
  EXPECT_EQ(outcome.status, 65);
  EXPECT_THAT(outcome.out, IsEmpty());
  EXPECT_THAT(outcome.err, HasSubstr("trust.toml:8"));  // all defects, each with its line
  EXPECT_THAT(outcome.err, HasSubstr("kind"));
  EXPECT_THAT(outcome.err, HasSubstr("trust.toml:12"));
  EXPECT_THAT(outcome.err, HasSubstr("nobody"));
}

TEST_F(TrustDefects, IncludeFilesOutsideOfTheFolder) {
  write_file(folder_ / "outside.pem", "x");
  std::filesystem::create_symlink("/etc/hostname", folder_ / "link.pem");
  for (const char* file : {"../outside.pem", "/etc/hostname", "link.pem", "none.pem"}) {
    const Outcome outcome = check(std::string(kHead) +
                                  "[[institution]]\nid = \"a\"\nkind = \"court\"\n"
                                  "[[institution.ca]]\nfile = \"" +
                                  file + "\"\n");
    EXPECT_EQ(outcome.status, 65) << file;
    EXPECT_THAT(outcome.err, HasSubstr("trust.toml:10")) << file;
  }
}

TEST_F(TrustDefects, ShowNoRawEscape) {
  const Outcome outcome = check(std::string(kHead) + "\"\\u001b[2J\" = 1\n");
  EXPECT_EQ(outcome.status, 65);
  EXPECT_EQ(outcome.err.find('\x1b'), std::string::npos);
}

TEST_F(TrustDefects, NoneInAListWithTimeAuthorities) {
  std::filesystem::copy_file(HEYAN_VECTORS "/trust/ca/court-root.pem", folder_ / "root.pem");
  const Outcome outcome = check(
      std::string(kHead) +
      "[[institution]]\nid = \"t\"\nkind = \"timestamp\"\n[[institution.ca]]\nfile = \"root.pem\"\n"
      "[[tsa]]\ninstitution = \"t\"\nclass = \"licensed-ca\"\npolicies = [\"1.2.3.4\"]\n"
      "accepted_from = 2020-01-01T00:00:00Z\n");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("时间戳机构\n  t · 许可认证机构 · 采信自 "
                                     "2020-01-01T00:00:00Z · 策略 1.2.3.4\n"));
}

TEST_F(TrustDefects, StopVerifyToo) {
  write_file(folder_ / "trust.toml", "[list]\n");
  const Outcome outcome =
      heyan({"verify", sample_folder() + "/case", "--trust", folder_ / "trust.toml"});
  EXPECT_EQ(outcome.status, 65);
  EXPECT_THAT(outcome.out, IsEmpty());
}

TEST_F(TrustDefects, OfALedgersOwnTable) {
  const Outcome outcome =
      check(std::string(kHead) +
            "[[ledger]]\nid = \"l\"\nformat = \"sigstore\"\n[ledger.sigstore]\nx = 1\n");
  EXPECT_EQ(outcome.status, 65);
  EXPECT_THAT(outcome.err, HasSubstr("trusted_root"));
}

TEST(Selftest, Passes) {
  const Outcome outcome = heyan({"selftest", "--lang", "en"});
  EXPECT_EQ(outcome.status, 0);
  for (const char* name :
       {"sha-256", "sm3", "ECDSA P-256", "RSA PSS", "Ed25519", "SM2", "fabric", "sandbox box",
        "sandbox judge", "sandbox render", "sandbox draw", "sandbox signer",
        "sandbox front socket connect open exec fork ptrace code"}) {
    EXPECT_THAT(outcome.out, HasSubstr(name));
  }
  EXPECT_EQ(outcome.out.find("FAILED"), std::string::npos);
}

TEST(Accounts, WhatIsTypedWrongIsAQuestionOfUsage) {
  for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
           {},
           {"remove", "wang", "--config", "c.toml"},
           {"list"},
           {"list", "wang", "--config", "c.toml"},
           {"add", "--config", "c.toml", "--role", "litigant", "--name", "x"},
           {"add", "wang", "--config", "c.toml", "--name", "x"},
           {"add", "wang", "--config", "c.toml", "--role", "litigant"},
           {"disable", "--config", "c.toml"},
           {"enable", "wang", "--config", "c.toml", "--ask-password"},
           {"reset", "wang", "li", "--config", "c.toml"}}) {
    std::vector<std::string> arguments = {"accounts"};
    arguments.insert(arguments.end(), words.begin(), words.end());
    const Outcome outcome = heyan(arguments);
    EXPECT_EQ(outcome.status, 2) << testing::PrintToString(words);
    EXPECT_THAT(outcome.out, IsEmpty());
  }
}

TEST(Accounts, WithoutAConfigurationNobodyIsAdded) {
  const Outcome outcome = heyan({"accounts", "list", "--config", "/nonexistent.toml"});
  EXPECT_NE(outcome.status, 0);
  EXPECT_NE(outcome.status, 2);
  EXPECT_THAT(outcome.out, IsEmpty());
  EXPECT_THAT(outcome.err, HasSubstr("/nonexistent.toml"));
}

}  // namespace
}  // namespace heyan::functional
