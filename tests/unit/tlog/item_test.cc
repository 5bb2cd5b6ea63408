// Proofs of a log with three witnesses, of three institutions, of which two must sign.
#include "tests/unit/tlog/item.h"
#include "tests/unit/tlog/court_log.h"
#include "tests/unit/tlog/weighing.h"

namespace heyan::ledgers::tlog {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using namespace test;

constexpr std::uint64_t kDay = 86'400;
constexpr std::uint64_t kSigned = 1'790'000'000;  // 2026-09-21T14:13:20Z
const std::string kOrigin = "log.example/e";
const std::string kFile = "the evidence";
const std::string kWitnesses =
    "policy = \"policy\"\n[ledger.tlog.witnesses]\n\"witness-0.example/w\" = \"court\"\n"
    "\"witness-1.example/w\" = \"notary\"\n\"witness-2.example/w\" = \"platform\"\n";

std::string hex_digest(std::string_view content) {
  return core::to_hex(crypto::sha256(core::as_bytes(content)));
}

std::string json_record(std::string_view content) {
  return "{\"sha256\":\"" + hex_digest(content) + "\",\"who\":\"当事人\",\"nr\":\"R7\"}";
}

class TlogItem : public ::testing::Test {
 protected:
  TlogItem() : log_(kOrigin, 3) {
    log_.append(core::as_bytes("somebody's entry"));
    log_.append(crypto::sha256(core::as_bytes(kFile)));                          // 1
    const auto sm3 = crypto::digest(crypto::Hash::kSm3, core::as_bytes(kFile));  // 2
    log_.append(sm3);
    log_.append(core::as_bytes(json_record(kFile)));  // 3
    log_.append(core::as_bytes("no JSON"));           // 4
    log_.append(core::as_bytes(R"({"who":"x"})"));    // 5
  }

  TrustFiles files(const std::string& rules = "group g 2 w0 w1 w2\nquorum g\n",
                   const std::string& entry = "") const {
    return {{"trust.toml", log_list("tlog", kWitnesses, entry)}, {"policy", log_.policy(rules)}};
  }
  LogItem item(const TrustFiles& files) const { return LogItem(files).file(core::as_bytes(kFile)); }
  LogItem item() const { return item(files()); }
  std::string proof(std::uint64_t index = 1) const {
    return log_.proof(index, {{0, kSigned}, {1, kSigned + 60}});
  }

  CourtLog log_;
};

TEST_F(TlogItem, ABareDigestIsTheRecord) {
  for (const std::uint64_t index : {1U, 2U}) {
    const v1::Attestation found = item().proof(proof(index)).judge();
    EXPECT_THAT(remarks(found), IsEmpty());
    EXPECT_EQ(found.proof_outcome(), v1::PROOF_OUTCOME_ACCEPT);
    ASSERT_EQ(found.record().digests_size(), 1);
    EXPECT_EQ(found.record().digests(0).algorithm(),
              index == 1 ? v1::DIGEST_ALGORITHM_SHA_256 : v1::DIGEST_ALGORITHM_SM3);
    EXPECT_EQ(found.record().id(), std::to_string(index));
    EXPECT_EQ(found.position().transaction(), index);
  }
}

// For the gateway's memory: whoever else signed it, but not where the log did not.
TEST_F(TlogItem, TheHeadIsTold) {
  const v1::Attestation found = item().proof(proof()).judge();
  EXPECT_EQ(found.head().origin(), kOrigin);
  EXPECT_EQ(found.head().size(), 6u);
  EXPECT_EQ(found.head().root().size(), 32u);
  EXPECT_TRUE(found.quorum().reached());
  const v1::Attestation alone = item().proof(log_.proof(1, {{0, kSigned}})).judge();
  EXPECT_EQ(alone.head().root(), found.head().root());
  EXPECT_FALSE(alone.quorum().reached());
  std::string other = proof();
  other.replace(other.find(kOrigin), kOrigin.size(), "log.example/x");
  EXPECT_FALSE(item().proof(other).judge().has_head());
}

TEST_F(TlogItem, ARecordIsReadFromTheFileThatTheHintNames) {
  const v1::Attestation found =
      item().proof(proof(3), "r.json").record("r.json", json_record(kFile)).judge();
  EXPECT_THAT(remarks(found), IsEmpty());
  EXPECT_EQ(found.record().who(), "当事人");
  EXPECT_EQ(core::to_hex(core::as_bytes(found.record().digests(0).value())), hex_digest(kFile));
  EXPECT_THAT(found.proofs(), ::testing::SizeIs(1));
}

TEST_F(TlogItem, ARecordOfAnotherFileIsStillTheRecord) {
  LogItem other(files());
  const v1::Attestation found = other.file(core::as_bytes("another file"))
                                    .proof(proof(3), "r")
                                    .record("r", json_record(kFile))
                                    .judge();
  EXPECT_THAT(remarks(found), IsEmpty());  // that they differ is MATCH-1's to say
  EXPECT_THAT(reasons(found), ElementsAre("EVIDENCE_HASH_MISMATCH"));
  EXPECT_EQ(found.proof_outcome(), v1::PROOF_OUTCOME_REJECT);
}

TEST_F(TlogItem, AnotherFilesDigestIsNotIncluded) {
  LogItem other(files());
  const v1::Attestation found = other.file(core::as_bytes("another file")).proof(proof()).judge();
  EXPECT_THAT(remarks(found), Contains("INC-1 FAIL INCLUSION_PROOF_INVALID INCONSISTENT"));
  EXPECT_FALSE(found.has_record());
  EXPECT_FALSE(found.has_time());
}

TEST_F(TlogItem, AnEditedRecordIsNotIncluded) {
  const v1::Attestation found =
      item().proof(proof(3), "r").record("r", json_record(kFile) + "\n").judge();
  EXPECT_THAT(remarks(found), Contains("INC-1 FAIL INCLUSION_PROOF_INVALID INCONSISTENT"));
  EXPECT_THAT(reasons(found), ElementsAre("NOT_INCLUDED"));
}

TEST_F(TlogItem, WithoutTheRecordTheProofIsIncomplete) {
  const v1::Attestation found =
      item().proof(proof(3), "r").record("other", json_record(kFile)).judge();
  EXPECT_THAT(remarks(found), Contains("INC-1 UNDETERMINED INCLUSION_PROOF_MISSING INCONCLUSIVE"));
  EXPECT_EQ(found.proof_outcome(), v1::PROOF_OUTCOME_INCOMPLETE);
}

TEST_F(TlogItem, AnEntryThatIsNoRecordSaysNothing) {
  for (const auto& [index, text] : {std::pair(4U, "no JSON"), std::pair(5U, R"({"who":"x"})")}) {
    const v1::Attestation found = item().proof(proof(index), "r").record("r", text).judge();
    EXPECT_THAT(remarks(found), Contains("INC-1 UNDETERMINED FORMAT_UNSUPPORTED INCONCLUSIVE"));
    EXPECT_FALSE(found.has_record());
  }
}

TEST_F(TlogItem, OneWitnessIsNoQuorumAndItsRootNoRoot) {
  const v1::Attestation found = item().proof(log_.proof(1, {{0, kSigned}})).judge();
  EXPECT_THAT(remarks(found),
              ElementsAre("INC-1 UNDETERMINED INCLUSION_ROOT_NOT_AUTHENTICATED INCONCLUSIVE",
                          "QUO-1 FAIL QUORUM_NOT_REACHED INCONCLUSIVE",
                          "REC-1 UNDETERMINED NONE NONE", "TIM-1 NOT_APPLICABLE NONE NONE"));
  EXPECT_FALSE(found.has_record());
  EXPECT_EQ(found.quorum().required(), 2U);
  EXPECT_EQ(found.quorum().valid(), 1U);
}

// A log with two faces contradicts nobody where the witnesses saw one of them.
TEST_F(TlogItem, APathUnderARootWithoutQuorumAccusesNobody) {
  LogItem other(files());
  const v1::Attestation found =
      other.file(core::as_bytes("another")).proof(log_.proof(1, {{0, kSigned}})).judge();
  EXPECT_THAT(remarks(found), ::testing::Not(Contains(::testing::HasSubstr("INCONSISTENT"))));
}

TEST_F(TlogItem, AWitnessThatSignsTwiceVoidsTheProof) {
  const v1::Attestation found =
      item().proof(log_.proof(1, {{0, kSigned}, {1, kSigned}, {0, kSigned + 1}})).judge();
  EXPECT_THAT(reasons(found), ElementsAre("DUPLICATE_SIGNATURE"));
  EXPECT_THAT(remarks(found),
              Contains("INC-1 UNDETERMINED INCLUSION_PROOF_MALFORMED INCONCLUSIVE"));
  EXPECT_FALSE(found.quorum().reached());
}

TEST_F(TlogItem, AKnownWitnessThatFailsVoidsTheProofThoughTheQuorumHolds) {
  std::string text = log_.proof(1, {{0, kSigned}, {1, kSigned}, {2, kSigned}});
  text[text.size() - 12] = text[text.size() - 12] == 'A' ? 'B' : 'A';
  const v1::Attestation found = item().proof(text).judge();
  EXPECT_THAT(reasons(found), ElementsAre("COSIGNATURE"));
  EXPECT_THAT(remarks(found),
              ElementsAre("INC-1 UNDETERMINED INCLUSION_ROOT_NOT_AUTHENTICATED INCONCLUSIVE",
                          "KEY-2 NOT_APPLICABLE NONE NONE", "QUO-1 UNDETERMINED NONE NONE",
                          "QUO-3 FAIL NODE_SIGNATURE_INVALID NOTE", "REC-1 UNDETERMINED NONE NONE",
                          "TIM-1 NOT_APPLICABLE NONE NONE"));
  EXPECT_THAT(found.signatures(), ::testing::SizeIs(4));
  EXPECT_EQ(found.signatures(3).institution(), "platform");
  for (const v1::Signature& one : found.signatures()) EXPECT_FALSE(one.counted());
}

TEST_F(TlogItem, UnknownLinesAreNotCounted) {
  CourtLog strangers(kOrigin, 3);
  for (std::size_t i = 0; i < 3; ++i) strangers.append(core::as_bytes("x"));
  const std::string foreign = strangers.proof(1, {{0, kSigned}, {1, kSigned}, {2, kSigned}});
  const std::string lines = foreign.substr(foreign.rfind("\n\n") + 2);
  EXPECT_THAT(remarks(item().proof(proof() + lines).judge()), IsEmpty());
  const v1::Attestation found = item().proof(log_.proof(1, {{0, kSigned}}) + lines).judge();
  EXPECT_THAT(reasons(found), ElementsAre("NO_QUORUM"));
  EXPECT_THAT(reasons(item().proof(foreign).judge()), ElementsAre("LOG_SIGNATURE_MISSING"));
}

TEST_F(TlogItem, TheOriginIsTheKeysNameOrTheListsWord) {
  const auto list = [](const std::string& origin) {
    return log_list("tlog", "origin = \"" + origin + "\"\n" + kWitnesses);
  };
  TrustFiles changed = files();
  changed["trust.toml"] = list("elsewhere");
  const v1::Attestation found = item(changed).proof(proof()).judge();
  EXPECT_THAT(reasons(found), ElementsAre("ORIGIN"));
  EXPECT_THAT(remarks(found), Contains("INC-1 UNDETERMINED LEDGER_NOT_RECOGNISED INCONCLUSIVE"));
  changed["trust.toml"] = list(kOrigin);
  EXPECT_THAT(remarks(item(changed).proof(proof()).judge()), IsEmpty());
}

TEST_F(TlogItem, TheNeutralQuorumIsThePolicyWithoutLinkedWitnesses) {
  v1::Attestation found = item().linked("court").proof(proof()).judge();
  EXPECT_TRUE(found.quorum().reached());
  EXPECT_FALSE(found.quorum().neutral_reached());
  EXPECT_EQ(found.quorum().neutral(), 1U);
  EXPECT_FALSE(found.time().independent());
  found = item()
              .linked("court")
              .proof(log_.proof(1, {{0, kSigned}, {1, kSigned}, {2, kSigned}}))
              .judge();
  EXPECT_TRUE(found.quorum().neutral_reached());
  EXPECT_TRUE(found.time().independent());
}

TEST_F(TlogItem, NestedGroupsDecideNotTheNumberOfWitnesses) {
  const auto nested = files("group others any w1 w2\ngroup g all w0 others\nquorum g\n");
  EXPECT_THAT(remarks(item(nested).proof(proof()).judge()), IsEmpty());
  const v1::Attestation found =
      item(nested).proof(log_.proof(1, {{1, kSigned}, {2, kSigned}})).judge();
  EXPECT_THAT(reasons(found), ElementsAre("NO_QUORUM"));
  const v1::Attestation linked = item(nested).linked("court").proof(proof()).judge();
  EXPECT_FALSE(linked.quorum().neutral_reached());
}

TEST_F(TlogItem, AQuorumOfTheTrustListMustHoldAsWell) {
  const auto both = files("group g 2 w0 w1 w2\nquorum g\n", "quorum = \"both\"\n");
  EXPECT_TRUE(item(both).proof(proof()).judge().quorum().reached());
  const v1::Attestation found =
      item(both).proof(log_.proof(1, {{0, kSigned}, {2, kSigned}})).judge();
  EXPECT_FALSE(found.quorum().reached());
  EXPECT_THAT(reasons(found), ElementsAre("NO_QUORUM"));
}

TEST_F(TlogItem, WhereThePolicyAsksForNobodyTheTrustListDoes) {
  const auto none = files("quorum none\n", "quorum = \"both\"\n");
  EXPECT_THAT(remarks(item(none).proof(proof()).judge()), IsEmpty());
  const v1::Attestation alone = item(none).proof(log_.proof(1, {})).judge();
  EXPECT_FALSE(alone.quorum().reached());
  EXPECT_EQ(alone.quorum().required(), 2U);  // the list's numbers, for the policy has none
  EXPECT_EQ(alone.quorum().valid(), 0U);
  EXPECT_FALSE(alone.has_record());
  EXPECT_FALSE(item(none).linked("court").proof(proof()).judge().quorum().neutral_reached());
}

TEST_F(TlogItem, TheListMayHoldTheLogsOwnInstitutionForEnough) {
  TrustFiles alone = files("quorum none\n", "quorum = \"platform-alone\"\n");
  EXPECT_FALSE(item(alone).proof(log_.proof(1, {})).judge().quorum().reached());  // whose is it?
  alone["trust.toml"] += "\"" + kOrigin + "\" = \"platform\"\n";
  v1::Attestation found = item(alone).proof(log_.proof(1, {})).judge();
  EXPECT_TRUE(found.quorum().neutral_reached());
  EXPECT_EQ(found.quorum().required(), 1U);
  EXPECT_EQ(found.quorum().valid(), 1U);
  EXPECT_EQ(found.quorum().neutral(), 1U);
  ASSERT_EQ(found.signatures_size(), 1);
  EXPECT_TRUE(found.signatures(0).quorum());
  EXPECT_THAT(remarks(found), ElementsAre("TIM-1 UNDETERMINED TIME_ONLY_FROM_NODE_CLOCK NOTE"));
  EXPECT_FALSE(found.has_time());
  found = item(alone).linked("platform").proof(log_.proof(1, {})).judge();
  EXPECT_TRUE(found.quorum().reached());
  EXPECT_FALSE(found.quorum().neutral_reached());
  EXPECT_EQ(found.quorum().neutral(), 0U);
}

TEST_F(TlogItem, WitnessesThatNobodyNamesAreNotNeutral) {
  TrustFiles unnamed = files();
  unnamed["trust.toml"] = log_list("tlog", "policy = \"policy\"\n");
  const v1::Attestation found = item(unnamed).proof(proof()).judge();
  EXPECT_TRUE(found.quorum().reached());
  EXPECT_EQ(found.quorum().neutral(), 0U);
  EXPECT_FALSE(found.quorum().neutral_reached());
}

TEST_F(TlogItem, TheTimeIsWhenTheQuorumHadSigned) {
  const v1::Attestation found =
      item()
          .proof(log_.proof(1, {{0, kSigned + kDay}, {1, kSigned}, {2, kSigned + 9 * kDay}}))
          .judge();
  EXPECT_EQ(found.time().source(), "witnesses");
  EXPECT_TRUE(found.time().independent());
  EXPECT_EQ(found.time().not_after_ms(), static_cast<std::int64_t>((kSigned + kDay) * 1000));
}

TEST_F(TlogItem, OneInstitutionsClockIsNotIndependent) {
  const v1::Attestation found =
      item(files("quorum w0\n")).proof(log_.proof(1, {{0, kSigned}})).judge();
  EXPECT_THAT(remarks(found), ElementsAre("TIM-1 UNDETERMINED TIME_ONLY_FROM_NODE_CLOCK NOTE"));
  EXPECT_EQ(found.time().not_after_ms(), static_cast<std::int64_t>(kSigned * 1000));
  TrustFiles unnamed = files();
  unnamed["trust.toml"] = log_list("tlog", "policy = \"policy\"\n");
  EXPECT_FALSE(item(unnamed).proof(proof()).judge().time().independent());
}

TEST_F(TlogItem, ATimeThatHasNotComeIsNone) {
  v1::Attestation found = item().at("2026-09-21T14:00:00Z").proof(proof()).judge();
  EXPECT_TRUE(found.quorum().reached());
  EXPECT_FALSE(found.has_time());
  constexpr std::uint64_t kLast = (std::uint64_t{1} << 63) - 1;
  found = item().proof(log_.proof(1, {{0, kLast}, {1, kSigned}})).judge();
  EXPECT_TRUE(found.quorum().reached());
  EXPECT_FALSE(found.has_time());
}

TEST_F(TlogItem, ATimeBeforeAnybodyCosignedIsNone) {
  constexpr std::uint64_t kYear2020 = 1'577'836'800;
  v1::Attestation found =
      item().proof(log_.proof(1, {{0, kYear2020 - 1}, {1, kYear2020 - 1}})).judge();
  EXPECT_TRUE(found.quorum().reached());
  EXPECT_FALSE(found.has_time());
  found = item().proof(log_.proof(1, {{0, kYear2020}, {1, kYear2020}})).judge();
  EXPECT_TRUE(found.has_time());
}

TEST_F(TlogItem, TheRecordThatThePartyNames) {
  EXPECT_TRUE(item().named("1").proof(proof()).judge().record_named());
  EXPECT_THAT(remarks(item().named("2").proof(proof()).judge()),
              ElementsAre("REC-1 FAIL RECORD_ID_UNKNOWN NOT_FOUND"));
  const v1::Attestation outside = item().named("EV-1").proof(proof()).judge();
  EXPECT_FALSE(outside.record_named());
  EXPECT_THAT(remarks(outside), IsEmpty());
  const auto with_id = files("quorum w0\n", "[ledger.record]\nid = \"/nr\"\n");
  const auto judged = [&](const std::string& id) {
    return item(with_id).named(id).proof(proof(3), "r").record("r", json_record(kFile)).judge();
  };
  EXPECT_TRUE(judged("R7").record_named());
  EXPECT_EQ(judged("R7").record().id(), "R7");
  EXPECT_THAT(remarks(judged("R8")), ElementsAre("REC-1 FAIL RECORD_ID_UNKNOWN NOT_FOUND"));
}

TEST_F(TlogItem, LibrariesThatDifferDecideOnlyWhatTheyChange) {
  const auto judged = [&](std::size_t nth, const std::vector<Cosigner>& cosigners) {
    const Refusing refusing(nth);
    return item()
        .engines({crypto::production_engines().first, &refusing})
        .proof(log_.proof(1, cosigners))
        .judge();
  };
  EXPECT_THAT(remarks(judged(0, {{0, kSigned}, {1, kSigned}})),
              Contains("QUO-3 FAIL SIGNATURE_ENGINES_DISAGREE NOT_COMPLETED"));
  EXPECT_THAT(remarks(judged(1, {{0, kSigned}, {1, kSigned}})),
              Contains("QUO-3 FAIL SIGNATURE_ENGINES_DISAGREE NOT_COMPLETED"));
  EXPECT_THAT(remarks(judged(1, {{0, kSigned}, {1, kSigned}, {2, kSigned}})),
              ElementsAre("QUO-3 FAIL SIGNATURE_ENGINES_DISAGREE NOTE"));
}

TEST_F(TlogItem, WithoutBudgetNothingIsSaid) {
  const auto judged = item().signatures(2).proof(proof()).try_judge();
  ASSERT_FALSE(judged.has_value());
  EXPECT_EQ(judged.error().code, core::ErrorCode::kLimit);
}

TEST_F(TlogItem, WhatIsNoProofIsMalformed) {
  EXPECT_THAT(reasons(item().proof("noise").judge()), ElementsAre("UNSUPPORTED"));
  EXPECT_THAT(reasons(item().proof("c2sp.org/tlog-proof@v2\n").judge()),
              ElementsAre("UNSUPPORTED"));
  EXPECT_THAT(reasons(item().proof("c2sp.org/tlog-proof@v1\n").judge()), ElementsAre("PARSE"));
  EXPECT_THAT(reasons(item().proof("c2sp.org/tlog-proof@v1\nindex 0\n\nx\n").judge()),
              ElementsAre("CHECKPOINT"));
}

TEST_F(TlogItem, APartyMayHoldAProofAndTheEntryThatItProves) {
  LogItem filed = item();
  filed.proof(proof(3), "r").record("r", json_record(kFile)).record("s", "a stranger's");
  const auto excerpts = filed.excerpts();
  EXPECT_EQ(excerpts[0], proof(3));
  EXPECT_EQ(excerpts[1], json_record(kFile));
  EXPECT_EQ(excerpts[2], std::nullopt);
  // In an excerpt files have no paths.
  const v1::Attestation found =
      item().proof(proof(3), "r").record("", "another").record("", json_record(kFile)).judge();
  EXPECT_THAT(remarks(found), IsEmpty());
  std::string extra = proof();
  extra.insert(extra.find("index"), "extra AAAA\n");
  extra += "\u2014 stranger.example/w AAAAAAAA\n";
  EXPECT_THAT(item().proof(extra).excerpts(), ElementsAre(proof()));
  EXPECT_THAT(item().proof(log_.proof(1, {})).excerpts(), ElementsAre(std::nullopt));
}

TEST_F(TlogItem, HoweverManyRecordsAreThereOneIsFound) {
  LogItem held = item();
  held.proof(proof(3), "r");
  for (int i = 0; i < 100; ++i) held.record("", "another " + std::to_string(i));
  EXPECT_THAT(remarks(held.record("", json_record(kFile)).judge()), IsEmpty());
}

TEST_F(TlogItem, AnEntryIsHashedOnceForAllProofs) {
  constexpr std::size_t kLong = 100'000;
  const Weighing weighing;
  LogItem held = item();
  held.engines({crypto::production_engines().first, &weighing});
  for (const std::uint64_t index : {1U, 2U, 3U, 4U, 5U}) held.proof(proof(index), "r");
  const auto judged = held.record("", std::string(kLong, 'x')).try_judge();
  ASSERT_TRUE(judged.has_value());
  EXPECT_EQ(judged->size(), 5U);
  EXPECT_GE(weighing.bytes(), kLong);
  EXPECT_LT(weighing.bytes(), 2 * kLong);
}

}  // namespace
}  // namespace heyan::ledgers::tlog
