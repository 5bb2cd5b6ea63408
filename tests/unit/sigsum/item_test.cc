// Real proofs of public Sigsum logs, under their own policies.
#include "tests/unit/tlog/item.h"
#include "verifier/ledgers/sigsum/proof.h"
#include "verifier/ledgers/sigsum/trust_config.h"

namespace heyan::ledgers::sigsum {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using namespace test;

const std::string kName = "sigsum/boot-statement-v2";
const std::string kNodeClock = "TIM-1 UNDETERMINED TIME_ONLY_FROM_NODE_CLOCK NOTE";
const std::string kLines = "policy = \"policy\"\nsubmit_keys = [\"keys\"]\n";

TrustFiles files(const std::string& lines = kLines) {
  return {{"trust.toml", log_list("sigsum", lines)},
          {"policy", vector_file(kName + ".policy")},
          {"keys", vector_file(kName + ".keys")}};
}

LogItem item(const TrustFiles& trusted = files()) {
  return LogItem(trusted).file(core::as_bytes(vector_file(kName + ".artifact")));
}

std::string proof() { return vector_file(kName + ".proof"); }

std::string changed(const std::string& from, const std::string& to) {
  std::string text = proof();
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(SigsumItem, ARealProofOfAFile) {
  const v1::Attestation found = item().proof(proof()).judge();
  // Nobody knows whose the witnesses are.
  EXPECT_THAT(remarks(found), ElementsAre("KEY-2 UNDETERMINED NONE NONE", kNodeClock));
  EXPECT_EQ(found.proof_outcome(), v1::PROOF_OUTCOME_ACCEPT);
  EXPECT_EQ(found.record().digests(0).algorithm(), v1::DIGEST_ALGORITHM_SHA_256);
  EXPECT_EQ(found.record().id(), "12413");
  EXPECT_EQ(found.quorum().required(), 1U);
  EXPECT_EQ(found.quorum().valid(), 2U);
  ASSERT_EQ(found.signatures_size(), 4);
  EXPECT_EQ(found.signatures(0).role(), "LOG");
  EXPECT_EQ(found.signatures(1).role(), "WITNESS");
  EXPECT_EQ(found.signatures(1).signer(), "rgdd.se/poc-witness");
  EXPECT_EQ(found.signatures(3).role(), "DEPOSITOR");
}

TEST(SigsumItem, WitnessesOfInstitutionsGiveATimeAndANeutralQuorum) {
  const std::string lines = kLines +
                            "[ledger.sigsum.witnesses]\n\"poc.sigsum.org/nisse\" = \"court\"\n"
                            "\"rgdd.se/poc-witness\" = \"notary\"\n";
  v1::Attestation found = item(files(lines)).proof(proof()).judge();
  EXPECT_THAT(remarks(found), IsEmpty());
  EXPECT_TRUE(found.time().independent());
  EXPECT_EQ(found.time().not_after_ms(), 1'760'546'665'000);
  EXPECT_EQ(found.signatures(1).institution(), "notary");
  found = item(files(lines)).linked("court").proof(proof()).judge();
  EXPECT_TRUE(found.quorum().neutral_reached());
  found = item(files(lines)).linked("court").linked("notary").proof(proof()).judge();
  EXPECT_FALSE(found.quorum().neutral_reached());
}

TEST(SigsumItem, APartyMayHoldWhatKnownKeysSigned) {
  const std::string stranger =
      "cosignature=" + std::string(64, 'a') + " 1 " + std::string(128, 'b') + "\n";
  const std::string more = changed("\n\nleaf_index", "\n" + stranger + "\nleaf_index");
  const auto alone = item().proof(more).excerpts();
  ASSERT_EQ(alone.size(), 1U);
  ASSERT_TRUE(alone[0].has_value());
  EXPECT_EQ(alone, item().proof(proof()).excerpts());
  EXPECT_EQ(alone[0]->find(std::string(64, 'a')), std::string::npos);
  EXPECT_EQ(parse_proof(*alone[0])->cosignatures.size(), 2U);  // of the policy's witnesses
  EXPECT_EQ(remarks(item().proof(*alone[0]).judge()), remarks(item().proof(proof()).judge()));
  EXPECT_THAT(item().proof(changed("size=", "size=1")).excerpts(), ElementsAre(std::nullopt));
}

TEST(SigsumItem, AnotherFileIsNotInTheLog) {
  LogItem other(files());
  const v1::Attestation found = other.file(core::as_bytes("another")).proof(proof()).judge();
  EXPECT_THAT(reasons(found), ElementsAre("LEAF_SIGNATURE", "NOT_INCLUDED"));
  EXPECT_THAT(remarks(found), Contains("INC-1 FAIL INCLUSION_PROOF_INVALID INCONSISTENT"));
  EXPECT_THAT(remarks(found),
              Contains("INC-1 UNDETERMINED DEPOSIT_SIGNATURE_INVALID INCONCLUSIVE"));
  EXPECT_FALSE(found.has_record());
  EXPECT_THAT(remarks(found), ::testing::Not(Contains(HasSubstr("QUO-3"))));  // no institution's
}

TEST(SigsumItem, AnEntryOfAnotherSubmitterDoesNotCount) {
  TrustFiles trusted = files();
  trusted["keys"] = vector_file("sigsum/rs-hello-v2.keys");
  const v1::Attestation found = item(trusted).proof(proof()).judge();
  EXPECT_THAT(reasons(found), ElementsAre("SUBMIT_KEY"));
  EXPECT_THAT(remarks(found),
              ElementsAre("INC-1 UNDETERMINED NONE NONE",
                          "KEY-2 FAIL INSTITUTION_NOT_ON_TRUST_LIST INCONCLUSIVE",
                          "REC-1 UNDETERMINED NONE NONE", "TIM-1 NOT_APPLICABLE NONE NONE"));
}

TEST(SigsumItem, AnotherLogIsNotRecognised) {
  TrustFiles trusted = files();
  trusted["policy"] = vector_file("sigsum/go-unit-v2.policy");
  const v1::Attestation found = item(trusted).proof(proof()).judge();
  EXPECT_THAT(reasons(found), ElementsAre("LOG_UNKNOWN"));
  EXPECT_THAT(remarks(found), Contains("INC-1 UNDETERMINED LEDGER_NOT_RECOGNISED INCONCLUSIVE"));
}

TEST(SigsumItem, OneFileOfManyItemsIsReadOnce) {
  const auto judged = item().proof(proof()).proof(proof()).try_judge();
  ASSERT_TRUE(judged.has_value());
  EXPECT_EQ(judged->size(), 1U);
  const auto broke = item().signatures(2).proof(proof()).try_judge();
  ASSERT_FALSE(broke.has_value());
  EXPECT_EQ(broke.error().code, core::ErrorCode::kLimit);
}

TEST(SigsumItem, LibrariesThatDifferOnTheSubmitterLeaveTheItemOpen) {
  constexpr std::size_t kLeaf = 3;  // after the log's and two witnesses'
  const Refusing refusing(kLeaf);
  const v1::Attestation found =
      item().engines({crypto::production_engines().first, &refusing}).proof(proof()).judge();
  EXPECT_THAT(reasons(found), ElementsAre("ENGINES_DISAGREE"));
  EXPECT_THAT(remarks(found), Contains("QUO-3 FAIL SIGNATURE_ENGINES_DISAGREE NOT_COMPLETED"));
  EXPECT_FALSE(found.has_record());
}

TEST(SigsumItem, AFileThatWasNotMeasuredIsNotJudged) {
  LogItem unmeasured(files());
  EXPECT_FALSE(unmeasured.proof(proof()).try_judge().has_value());
}

TEST(SigsumProof, RefusesEverySpellingButOne) {
  const auto refused = [](const std::string& text) { return !parse_proof(text).has_value(); };
  EXPECT_TRUE(parse_proof(proof()).has_value());
  EXPECT_TRUE(refused(changed("version=2", "version=02")));
  EXPECT_TRUE(refused(changed("version=2", "version= 2")));
  EXPECT_TRUE(refused(changed("version=2\n", "version=2\nversion=2\n")));
  EXPECT_TRUE(refused(changed("version=2", "version=1")));  // without the short checksum
  EXPECT_TRUE(refused(changed("leaf=", "leaf=0000 ")));     // and with it
  EXPECT_TRUE(refused(changed("size=", "size=0")));
  EXPECT_TRUE(refused(changed("size=", "size=+")));
  EXPECT_TRUE(refused(changed("size=", "size=9223372036854775808")));
  EXPECT_TRUE(refused(changed("root_hash=", "root_hash=00")));
  EXPECT_TRUE(refused(changed("cosignature=", "cosignature= ")));
  EXPECT_TRUE(refused(changed("leaf_index=", "leaf_index=-")));
  EXPECT_TRUE(refused(changed("\n\nsize", "\nsize")));
  EXPECT_TRUE(refused(proof() + "\n"));
  EXPECT_TRUE(refused(proof() + "node_hash=00\n"));
  EXPECT_TRUE(refused(proof().substr(0, proof().size() - 1)));
  EXPECT_EQ(parse_proof(changed("version=2", "version=3")).error().code,
            core::ErrorCode::kUnsupported);
}

TEST(SigsumProof, BoundsItsLines) {
  std::string many;
  for (std::size_t i = 0; i <= kMostCosignatures; ++i) {
    std::string key = std::to_string(i);
    key.insert(0, 64 - key.size(), '0');
    many += "cosignature=" + key + " 1 " + std::string(128, '0') + "\n";
  }
  EXPECT_EQ(parse_proof(changed("cosignature=", many + "cosignature=")).error().code,
            core::ErrorCode::kLimit);
  std::string path;
  for (std::size_t i = 0; i < 64; ++i) path += "node_hash=" + std::string(64, '0') + "\n";
  EXPECT_EQ(parse_proof(proof() + path).error().code, core::ErrorCode::kLimit);
  EXPECT_EQ(parse_proof(std::string(kProofBytes + 1, 'v')).error().code, core::ErrorCode::kLimit);
}

std::string defects(const TrustFiles& trusted) {
  const auto list = parse_list(trusted);
  return list ? "ok" : list.error();
}

TEST(SigsumTrust, SubmitKeysInHexadecimalOrAsOpenSshHasThem) {
  const std::string hex = vector_file("sigsum/rs-hello-v2.keys");
  core::Bytes blob = core::from_hex("0000000b7373682d6564323535313900000020").value();
  const auto key = core::from_hex(hex.substr(0, 64)).value();
  blob.insert(blob.end(), key.begin(), key.end());
  const std::string ssh = "ssh-ed25519 " + core::to_base64(blob);
  EXPECT_EQ(read_submit_keys(ssh + " somebody\n")->front().hash,
            read_submit_keys(hex)->front().hash);
  EXPECT_TRUE(read_submit_keys(ssh).has_value());
  EXPECT_FALSE(read_submit_keys("").has_value());
  EXPECT_FALSE(read_submit_keys("ssh-rsa AAAA\n").has_value());
  EXPECT_FALSE(read_submit_keys(hex.substr(0, 62)).has_value());
  blob.push_back(0);
  EXPECT_FALSE(read_submit_keys("ssh-ed25519 " + core::to_base64(blob)).has_value());
  blob.pop_back();
  blob[4] ^= 1;
  EXPECT_FALSE(read_submit_keys("ssh-ed25519 " + core::to_base64(blob)).has_value());
}

TEST(SigsumTrust, NamesWhatIsWrong) {
  EXPECT_EQ(defects(files()), "ok");
  EXPECT_THAT(defects(files("policy = \"policy\"\n")), HasSubstr("submit_keys: names no file"));
  EXPECT_THAT(defects(files("policy = \"policy\"\nsubmit_keys = [\"none\"]\n")),
              HasSubstr("sigsum.submit_keys"));
  EXPECT_THAT(defects(files(kLines + "origin = \"x\"\n")), HasSubstr("origin"));
  EXPECT_THAT(defects(files(kLines + "[ledger.sigsum.witnesses]\n\"x\" = \"court\"\n")),
              HasSubstr("no key of the policy"));
  TrustFiles trusted = files();
  trusted["trust.toml"] = log_list("sigsum", kLines, "[ledger.record]\nwho = \"/who\"\n");
  EXPECT_THAT(defects(trusted), HasSubstr("has no record"));
  trusted = files();
  trusted["policy"] = vector_file("court-log/policy-3of5.txt");
  EXPECT_THAT(defects(trusted), HasSubstr("sigsum.policy: line"));
}

}  // namespace
}  // namespace heyan::ledgers::sigsum
