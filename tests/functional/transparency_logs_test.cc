// Proofs of a court's log and of a public Sigsum log in a case folder, from case.json to the
// report.
#include <gmock/gmock.h>

#include "tests/functional/sample_case.h"

namespace heyan::functional {
namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::HasSubstr;

const std::string kLogs = HEYAN_SOURCE "/tests/vectors/tlogs/";

constexpr std::string_view kTrust = R"([list]
id = "logs"
version = 1
issued = 2026-01-01T00:00:00Z
next_update = 2036-01-01T00:00:00Z
[[institution]]
id = "court"
kind = "court"
name = { zh = "某法院", en = "Court" }
[[institution]]
id = "notary"
kind = "notary"
name = { zh = "某公证处", en = "Notary" }
[[ledger]]
id = "court-log"
format = "tlog"
name = { zh = "司法日志", en = "Court log" }
  [ledger.tlog]
  policy = "policy.txt"
    [ledger.tlog.witnesses]
    "witness.high-court.example/w1" = "court"
    "witness.notary-a.example/w1" = "notary"
    "witness.notary-b.example/w1" = "notary"
[[ledger]]
id = "public"
format = "sigsum"
name = { zh = "公开日志", en = "Public log" }
  [ledger.sigsum]
  policy = "sigsum.policy"
  submit_keys = ["submit.pub"]
)";

class Filed {
 public:
  explicit Filed(const Json& evidence) {
    write("trust/trust.toml", std::string(kTrust));
    copy("court-log/policy-courts-and-notaries.txt", "trust/policy.txt");
    copy("sigsum/boot-statement-v2.policy", "trust/sigsum.policy");
    copy("sigsum/boot-statement-v2.keys", "trust/submit.pub");
    copy("sigsum/boot-statement-v2.proof", "case/proofs/boot");
    copy("sigsum/boot-statement-v2.artifact", "case/files/boot");
    copy("court-log/e128.evidence.txt", "case/files/e128.txt");
    copy("court-log/e128.tlog-proof", "case/proofs/e128");
    copy("court-log/e128.record", "case/proofs/e128.json");
    write("case/case.json",
          Json({{"schema", "heyan.submission.v1"}, {"evidence", evidence}}).dump());
  }
  std::string path(std::string_view name) const { return folder_ / name; }
  void write(std::string_view name, const std::string& bytes) const {
    fs::create_directories(fs::path(path(name)).parent_path());
    write_file(path(name), bytes);
  }
  Outcome verify(const std::string& format = "json") const {
    return heyan({"verify", path("case"), "--trust", path("trust/trust.toml"), "--at",
                  "2026-12-01T00:00:00Z", "--format", format, "--lang", "en"});
  }

 private:
  void copy(const std::string& vector, std::string_view name) const {
    write(name, read_file(kLogs + vector));
  }
  TemporaryFolder folder_;
};

Json recorded(const std::string& file, const std::string& record) {
  return {{"id", "E1"},
          {"file", {{"path", file}}},
          {"proofs", {{{"path", "proofs/e128"}, {"hints", {{"record", record}}}}}}};
}

TEST(TransparencyLogs, ARecordThatIsNamedByItsHintAloneIsRead) {
  const Filed filed(Json::array({recorded("files/e128.txt", "proofs/e128.json")}));
  const Outcome outcome = filed.verify();
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  const Json judged = item_of(Json::parse(outcome.out, nullptr, false), "E1");
  EXPECT_EQ(judged["verdict"], "CONSISTENT_WITH_NOTES");
  const Json& attestation = judged["attestations"][0];
  EXPECT_EQ(attestation["format"], "tlog");
  EXPECT_EQ(attestation["tier"], "CHAIN_PROOF");
  EXPECT_EQ(attestation["position"]["transaction"], 128);
  EXPECT_EQ(attestation["quorum"]["reached"], true);
  EXPECT_EQ(attestation["time"]["independent"], true);
  EXPECT_EQ(attestation["signatures"][1]["institution"], "court");
  EXPECT_THAT(filed.verify("text").out, HasSubstr("clocks of the witnesses as they signed"));
}

TEST(TransparencyLogs, AFileThatTheRecordDoesNotHoldIsInconsistent) {
  const Filed filed(Json::array({recorded("files/boot", "proofs/e128.json")}));
  const Outcome outcome = filed.verify();
  EXPECT_EQ(outcome.status, 10);
  const Json judged = item_of(Json::parse(outcome.out, nullptr, false), "E1");
  EXPECT_THAT(codes_of(judged), Contains("CONTENT_HASH_DIFFERS"));
}

TEST(TransparencyLogs, AChangedRecordIsNotInTheLog) {
  const Filed filed(Json::array({recorded("files/e128.txt", "proofs/e128.json")}));
  filed.write("case/proofs/e128.json", read_file(kLogs + "court-log/edited.record"));
  const Json judged = item_of(Json::parse(filed.verify().out, nullptr, false), "E1");
  EXPECT_THAT(codes_of(judged), Contains("INCLUSION_PROOF_INVALID"));
}

TEST(TransparencyLogs, ARecordThatIsNotThereIsADefectOfTheCase) {
  const Filed filed(Json::array({recorded("files/e128.txt", "proofs/none.json")}));
  const Outcome outcome = filed.verify();
  EXPECT_EQ(outcome.status, 65);
  EXPECT_THAT(outcome.err, HasSubstr("proofs/none.json"));
}

TEST(TransparencyLogs, ASigsumProofIsRecognised) {
  const Filed filed(Json::array({{{"id", "E1"},
                                  {"file", {{"path", "files/boot"}}},
                                  {"proofs", {{{"path", "proofs/boot"}}}}}}));
  Outcome outcome = filed.verify();
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  Json judged = item_of(Json::parse(outcome.out, nullptr, false), "E1");
  EXPECT_EQ(judged["attestations"][0]["format"], "sigsum");
  EXPECT_THAT(codes_of(judged), Contains("TIME_ONLY_FROM_NODE_CLOCK"));
  filed.write("case/files/boot", read_file(kLogs + "sigsum/boot-statement-v2.artifact") + "\n");
  outcome = filed.verify();
  EXPECT_EQ(outcome.status, 10);
  judged = item_of(Json::parse(outcome.out, nullptr, false), "E1");
  EXPECT_THAT(codes_of(judged), Contains("INCLUSION_PROOF_INVALID"));
}

}  // namespace
}  // namespace heyan::functional
