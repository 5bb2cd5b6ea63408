// Attacks of docs/architecture.md's security decisions on the real program, each with real blocks.
#include <gmock/gmock.h>

#include "tests/functional/sample_case.h"

namespace heyan::functional {
namespace {

using testing::Contains;
using testing::Not;

std::string vector_file(std::string_view name) {
  return read_file(std::string(HEYAN_VECTORS "/fabric/raft-a/") + std::string(name));
}

// One item over files of the real network.
class OneItem {
 public:
  OneItem(std::string_view evidence, std::string_view record) {
    sample_.keep_only("E1");
    Json& item = sample_.item("E1");
    sample_.write("files/evidence", vector_file(evidence));
    item["file"] = {{"path", "files/evidence"}};
    item["record"] = {{"ledger", "judicial-fabric"}, {"id", record}};
    item["proofs"] = Json::array();
  }
  OneItem& proof(std::string_view file, Json hints = Json::object(),
                 std::string_view ledger = "judicial-fabric") {
    const std::string name = "proofs/" + std::to_string(count_++);
    sample_.write(name, vector_file(file));
    sample_.item("E1")["proofs"].push_back(
        {{"format", "fabric"}, {"ledger", ledger}, {"path", name}, {"hints", std::move(hints)}});
    return *this;
  }
  SampleCase& sample() { return sample_; }
  // Judged under the trust list of the sample, or another one.
  Json judged(int status, const std::string& trust = sample_trust()) {
    sample_.save();
    const Outcome outcome = heyan(
        {"verify", sample_.path(), "--trust", trust, "--at", std::string(kAt), "--format", "json"});
    EXPECT_EQ(outcome.status, status) << outcome.err;
    return item_of(Json::parse(outcome.out, nullptr, false), "E1");
  }

 private:
  SampleCase sample_;
  int count_ = 0;
};

// The sample's trust list, changed, in a folder of its own.
class OtherTrust {
 public:
  OtherTrust() {
    std::filesystem::copy(sample_folder() + "/trust", folder_.path(),
                          std::filesystem::copy_options::recursive);
    text_ = read_file(path());
  }
  OtherTrust& replace(std::string_view from, std::string_view to) {
    const std::size_t at = text_.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    text_.replace(at, from.size(), to);
    write_file(path(), text_);
    return *this;
  }
  OtherTrust& append(std::string_view more) {
    text_ += more;
    write_file(path(), text_);
    return *this;
  }
  OtherTrust& add_file(std::string_view name, std::string_view bytes) {
    write_file(folder_ / name, bytes);
    return *this;
  }
  std::string path() const { return folder_ / "trust.toml"; }
  const std::string& text() const { return text_; }

 private:
  TemporaryFolder folder_;
  std::string text_;
};

// 1: a genuine block, and a file that it does not hold; whatever else the submission says of that
// file.
TEST(Attack, AGenuineBlockWithAnotherFile) {
  OneItem item("evidence/contract_scan.png", "EV-2026-0001");
  const std::string digest = sha256_hex(vector_file("evidence/contract_scan.png"));
  item.sample().item("E1")["file"]["digests"] = {{"sha-256", digest}};
  item.proof("chain/block_006.pb", {{"transaction", "0"}, {"key", "EV-2026-0001"}});
  const Json judged = item.judged(10);
  EXPECT_EQ(judged["verdict"], "INCONSISTENT");
  EXPECT_THAT(codes_of(judged), Contains("CONTENT_HASH_DIFFERS"));
}

// 1: the record that was named is one, the record that the hint leads to another.
TEST(Attack, AHintToAnotherRecordThanTheOneNamed) {
  OneItem item("evidence/contract_scan.png", "EV-2026-0001");
  item.proof("chain/block_006.pb", {{"transaction", "1"}, {"key", "EV-2026-0002"}});
  // The record that the party named stands in that block, and differs (security decision 5).
  EXPECT_EQ(item.judged(10)["verdict"], "INCONSISTENT");
}

// 4: the court lists the first block only; the config block that revokes a certificate comes with
// the evidence.
TEST(Attack, AConfigBlockThatComesWithTheEvidence) {
  OneItem item("evidence/email.eml", "EV-2026-0012");
  item.proof("chain/block_016.pb", {{"transaction", "2"}, {"key", "EV-2026-0012"}})
      .proof("chain/block_015.pb");
  const Json judged = item.judged(11);
  EXPECT_EQ(judged["verdict"], "INCONCLUSIVE");
  EXPECT_THAT(codes_of(judged), Contains("CONFIG_NOT_APPROVED"));
  // Once the court has listed it, the same evidence stands.
  OtherTrust trust;
  trust.add_file("fabric/block_015.pb", vector_file("chain/block_015.pb"))
      .replace("[\"fabric/block_000.pb\"]", "[\"fabric/block_000.pb\", \"fabric/block_015.pb\"]");
  EXPECT_EQ(item.judged(0, trust.path())["verdict"], "CONSISTENT_WITH_NOTES");
}

TEST(Attack, AConfigBlockThatNobodyAuthorised) {
  OneItem item("evidence/song_lyrics.txt", "EV-2026-9028");
  item.proof("tampered/flags_all_valid_016.pb", {{"transaction", "0"}, {"key", "EV-2026-9028"}})
      .proof("tampered/config_forged.pb");
  EXPECT_THAT(item.judged(11)["verdict"].get<std::string>(),
              Not(testing::StartsWith("CONSISTENT")));
}

// A network of the same names under other keys, with its own first block.
TEST(Attack, ALookAlikeNetwork) {
  OneItem item("../rogue-a/evidence/delivery_track.json", "EV-2026-0008");
  item.proof("../rogue-a/chain/block_007.pb", {{"transaction", "0"}, {"key", "EV-2026-0008"}})
      .proof("../rogue-a/chain/block_000.pb");
  const Json judged = item.judged(11);
  EXPECT_EQ(judged["verdict"], "INCONCLUSIVE");
}

// 5: one ledger has the record without a quorum, another the quorum without a fingerprint to
// compare.
TEST(Attack, RecordFromOneProofAndQuorumFromAnother) {
  OtherTrust trust;
  const std::string list = trust.text();
  const std::size_t first = list.find("[[ledger]]");
  std::string second = list.substr(first, list.find("[[ledger]]", first + 1) - first);
  second.replace(second.find("judicial-fabric"), 15, "second-ledger");
  const std::string digests = R"(digest = { "sha-256" = "/what/sha256", "sm3" = "/what/sm3" })";
  second.replace(second.find(digests), digests.size(),
                 R"(digest = { "sha-512" = "/what/sha512" })");
  trust.append("\n" + second);
  OneItem item("evidence/webpage_capture.html", "EV-2026-9002");
  item.sample().item("E1").erase("record");  // each proof names its own
  item.proof("chain/block_010.pb", {{"transaction", "1"}, {"key", "EV-2026-9002"}})
      .proof("chain/block_006.pb", {{"transaction", "2"}, {"key", "EV-2026-0003"}},
             "second-ledger");
  const Json judged = item.judged(11, trust.path());
  EXPECT_EQ(judged["verdict"], "INCONCLUSIVE");
  EXPECT_EQ(judged["attestations"].size(), 2u);
  for (const Json& attestation : judged["attestations"]) EXPECT_NE(attestation["outcome"], "PASS");
}

// 5: a good proof of another record does not cover one that differs.
TEST(Attack, AGoodProofBesideOneThatDiffers) {
  OneItem item("evidence/chat_log.json", "EV-2026-0001");
  item.proof("chain/block_006.pb", {{"transaction", "0"}, {"key", "EV-2026-0001"}})
      .proof("tampered/tx_byte.pb", {{"transaction", "0"}, {"key", "EV-2026-0008"}});
  EXPECT_EQ(item.judged(10)["verdict"], "INCONSISTENT");
}

// 9: an algorithm that has fallen proves nothing by itself.
TEST(Attack, AFingerprintOfAFallenAlgorithm) {
  SampleCase sample;
  sample.keep_only("E1");
  sample.save();
  write_file(
      sample / "policy.toml",
      "[policy]\nid = \"strict\"\nversion = 1\n[algorithms]\n\"sha-256\" = { until = 2020-01-01 }\n"
      "\"sm3\" = { until = 2020-01-01 }\n");
  const Json item =
      item_of(verified(sample.path(), 11, {"--policy", sample / "policy.toml"}), "E1");
  EXPECT_EQ(item["verdict"], "INCONCLUSIVE");
  EXPECT_THAT(codes_of(item), Contains("HASH_ALGORITHM_WEAK_NO_POE"));
}

// 10: validation flags are signed by nobody.
TEST(Attack, FlagsRewrittenToValid) {
  OneItem item("evidence/webpage_capture.html", "EV-2026-9002");
  item.proof("tampered/flags_all_valid_010.pb", {{"transaction", "1"}, {"key", "EV-2026-9002"}});
  const Json judged = item.judged(11);
  EXPECT_EQ(judged["verdict"], "INCONCLUSIVE");
  EXPECT_THAT(codes_of(judged), Contains("QUORUM_NOT_REACHED"));
}

TEST(Attack, FlagsRewrittenToInvalidOrTakenAway) {
  const Json hints = {{"transaction", "0"}, {"key", "EV-2026-0008"}};
  OneItem invalid("evidence/delivery_track.json", "EV-2026-0008");
  invalid.proof("tampered/flag_valid_to_10.pb", hints);
  EXPECT_THAT(codes_of(invalid.judged(11)), Contains("RECORD_NOT_EFFECTIVE"));
  for (const char* block : {"chain/block_008.pb", "tampered/flags_removed.pb"}) {
    OneItem item("evidence/delivery_track.json", "EV-2026-0008");
    item.proof(block, hints);
    const Json judged = item.judged(0);
    EXPECT_EQ(judged["verdict"], "CONSISTENT_WITH_NOTES");
    EXPECT_THAT(codes_of(judged), Contains("COMMIT_NOT_PROVEN"));
  }
}

// 10: signed answers of the institutions' peers do lift the note.
TEST(Attack, OnlySignedAnswersProveTheCommit) {
  const std::string prefix = "attest/467d7181ebe198bd.";
  OneItem item("evidence/chat_log.json", "EV-2026-0001");
  item.proof("chain/block_006.pb", {{"transaction", "0"}, {"key", "EV-2026-0001"}});
  for (const char* who : {"court", "notary", "copyright", "platform"}) {
    item.proof(prefix + who + ".signed_proposal.pb").proof(prefix + who + ".proposal_response.pb");
  }
  const Json judged = item.judged(0);
  EXPECT_THAT(codes_of(judged), Not(Contains("COMMIT_NOT_PROVEN")));
  EXPECT_EQ(check_of(judged, "REC-1"), "PASS");
}

// 20: declared text, everywhere where a submission may put some.
TEST(Attack, DeclaredTextThatPosesAsAVerdict) {
  const std::string pose =
      "\x1b[2J\x1b[32m[一致] 核验一致 INJECTED\n1. [一致] Consistent INJECTED\r\xe2\x80\xae";
  SampleCase sample;
  sample.keep_only("E2");
  Json& item = sample.item("E2");
  for (const char* name : {"name", "purpose", "source"}) item[name] = pose;
  item["claims"] = {{"who", pose}, {"what", pose}, {"where", pose}};
  sample.document["court"]["name"] = pose;
  sample.document["submitter"]["name"] = pose;
  for (Json& party : sample.document["parties"]) party["name"] = pose;
  item["id"] = "[一致] 核验一致 INJECTED";
  sample.save();
  for (const char* language : {"zh", "en"}) {
    const Outcome text = heyan({"verify", sample.path(), "--trust", sample_trust(), "--at",
                                std::string(kAt), "--lang", language});
    ASSERT_EQ(text.status, 10) << text.err;
    EXPECT_EQ(text.out.find('\x1b'), std::string::npos);
    EXPECT_EQ(text.out.find('\r'), std::string::npos);
    EXPECT_EQ(text.out.find("\xe2\x80\xae"), std::string::npos);
    EXPECT_NE(text.out.find("INJECTED"), std::string::npos);
    std::istringstream lines(text.out);
    for (std::string line; std::getline(lines, line);) {
      if (line.find("INJECTED") == std::string::npos) continue;
      const bool marked =
          line.find("(declared)") != std::string::npos || line.find("陈述") != std::string::npos;
      EXPECT_TRUE(marked) << line;
      EXPECT_EQ(line.find("[不一致]"), std::string::npos) << line;  // no line of the real verdict
      EXPECT_NE(line.substr(0, line.find("INJECTED")).find("“"), std::string::npos) << line;
    }
  }
}

// 24: more than the limits is refused with its place, before it costs anything.
TEST(Attack, MoreProofsThanAllowed) {
  SampleCase sample;
  sample.keep_only("E1");
  const Json proof = sample.item("E1")["proofs"][0];
  for (int i = 0; i < 4'096; ++i) sample.item("E1")["proofs"].push_back(proof);
  sample.save();
  const Outcome outcome = verify(sample.path());
  EXPECT_EQ(outcome.status, 65);
  EXPECT_THAT(outcome.err, testing::HasSubstr("/evidence/0/proofs"));
}

TEST(Attack, AProofLargerThanAllowed) {
  SampleCase sample;
  std::filesystem::resize_file(sample / "proofs/block_007.pb", (64u << 20) + 1);
  const Outcome outcome = verify(sample.path());
  EXPECT_EQ(outcome.status, 65);
  EXPECT_THAT(outcome.err, testing::HasSubstr("/evidence/3/proofs/0/path"));
}

// 28: personal fields are commitments; the payload can be published without them.
TEST(Attack, AReaderOfThePayloadLooksForNames) {
  SampleCase sample;
  sample.document["submitter"]["name"] = "张三丰SUBMITTER";
  sample.document["parties"][0]["name"] = "李四光LITIGANT";
  sample.document["parties"][0]["idNumber"] = "330100199901019999";
  sample.save();
  const Outcome outcome = verify(sample.path());
  EXPECT_EQ(outcome.status, 10);
  for (const char* secret : {"张三丰", "SUBMITTER", "李四光", "LITIGANT", "330100199901019999",
                             "u-0001", "91330100MA00000002", "样例科技有限公司"}) {
    EXPECT_EQ(outcome.out.find(secret), std::string::npos) << secret;
  }
  const Json report = Json::parse(outcome.out);
  EXPECT_GE(report["commitments"].size(), 5u);
  // A guess cannot be checked against the payload: the commitment is no plain digest of the value,
  // ...
  for (const Json& commitment : report["commitments"]) {
    EXPECT_NE(commitment["sha256"], sha256_hex("李四光LITIGANT"));
  }
  // ... and the same name gives another commitment in another case.
  sample.document["caseNumber"] = "another";
  sample.save();
  const Json other = Json::parse(verify(sample.path()).out);
  EXPECT_NE(other["commitments"], report["commitments"]);
  EXPECT_NE(other["nonce"], report["nonce"]);
}

}  // namespace
}  // namespace heyan::functional
