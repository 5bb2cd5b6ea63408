// Whole items: what a proof concludes, and what each thing that is wrong with it takes away.
#include "tests/unit/fisco_bcos/item_fixture.h"

namespace heyan::ledgers::fisco_bcos::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

INSTANTIATE_TEST_SUITE_P(Chains, FiscoItem, ::testing::Values(Crypto::kEcdsa, Crypto::kSm),
                         name_of);

TEST_P(FiscoItem, AGoodProofSaysAllThatItShows) {
  const v1::Attestation good =
      ItemCase(list()).file(kFile).record("EV-1").proof(bytes_of(chain_.proof(spec()))).judge();
  EXPECT_THAT(remarks(good), ElementsAre(kNodeClock));
  EXPECT_EQ(good.proof_outcome(), v1::PROOF_OUTCOME_ACCEPT);
  EXPECT_EQ(good.tier(), v1::TIER_CHAIN_PROOF);
  EXPECT_THAT(counted(good, "VALIDATOR"), ElementsAre("copyright", "court", "notary"));
  EXPECT_EQ(good.record().id(), "EV-1");
  EXPECT_TRUE(good.record_named());
  ASSERT_EQ(good.record().digests_size(), 1);
  EXPECT_EQ(core::to_hex(core::as_bytes(good.record().digests(0).value())), fingerprint());
  EXPECT_EQ(good.position().block(), 100u);
  EXPECT_EQ(good.position().transaction(), 0u);
  EXPECT_EQ(good.quorum().valid(), 3u);
  EXPECT_TRUE(good.quorum().reached() && good.quorum().neutral_reached());
  EXPECT_EQ(good.time().source(), "node-clock");
  EXPECT_EQ(good.time().not_after_ms(), 1'750'000'000'000);
  EXPECT_FALSE(good.has_record_quorum());
}

TEST_P(FiscoItem, TooFewSealersGiveNoRecord) {
  Spec what = spec();
  what.signers = {0, 3};
  const v1::Attestation short_of = judge(what);
  EXPECT_THAT(reasons(short_of), ElementsAre("NO_QUORUM"));
  EXPECT_FALSE(short_of.has_record());
  EXPECT_FALSE(short_of.has_position());
  EXPECT_THAT(remarks(short_of),
              ElementsAre("INC-1 UNDETERMINED INCLUSION_ROOT_NOT_AUTHENTICATED INCONCLUSIVE",
                          "QUO-1 FAIL QUORUM_NOT_REACHED INCONCLUSIVE",
                          "REC-1 UNDETERMINED NONE NONE", "TIM-1 NOT_APPLICABLE NONE NONE"));
}

TEST_P(FiscoItem, ASealerCountsOnce) {
  Spec what = spec();
  what.signers = {0, 1, 1, 0};
  const v1::Attestation twice = judge(what);
  EXPECT_THAT(counted(twice, "VALIDATOR"), ElementsAre("court", "notary"));
  EXPECT_FALSE(twice.quorum().reached());
  EXPECT_FALSE(twice.has_record());
}

TEST_P(FiscoItem, ASingleBadSignatureIsOnlyNotCounted) {
  Spec what = spec();
  what.signers = {0, 1, 2, 3};
  Value proof = chain_.proof(what);
  // The fourth sealer's signature stands under the name of nobody's message.
  what.number = 101;
  const Value other = chain_.proof(what);
  Value::Array signatures = *proof.at("/block_header/signatureList")->as_array();
  signatures[3] = *other.at("/block_header/signatureList/3");
  const v1::Attestation one =
      judge(changed(proof, "/block_header/signatureList", Value(signatures)));
  EXPECT_EQ(one.proof_outcome(), v1::PROOF_OUTCOME_ACCEPT);
  EXPECT_THAT(remarks(one), ElementsAre("QUO-3 FAIL NODE_SIGNATURE_INVALID NOTE", kNodeClock));
  EXPECT_THAT(counted(one, "VALIDATOR"), ElementsAre("copyright", "court", "notary"));
}

TEST_P(FiscoItem, TheChainsOwnQuorumIsNotEnoughForTheCourts) {
  std::string strict = list();
  strict.replace(strict.find("at_least = 3"), 12, "at_least = 4");
  const v1::Attestation one =
      ItemCase(strict).file(kFile).proof(bytes_of(chain_.proof(spec()))).judge();
  EXPECT_THAT(remarks(one), ElementsAre("QUO-1 FAIL QUORUM_NOT_REACHED INCONCLUSIVE", kNodeClock));
  EXPECT_TRUE(one.has_record());
}

TEST_P(FiscoItem, LinkedInstitutionsAreLeftOutOfBothRules) {
  std::string one_is_enough = list();
  one_is_enough.replace(one_is_enough.find("at_least = 3"), 12, "at_least = 1");
  const v1::Attestation one = ItemCase(one_is_enough)
                                  .file(kFile)
                                  .linked("notary")
                                  .proof(bytes_of(chain_.proof(spec())))
                                  .judge();
  EXPECT_TRUE(one.quorum().reached());
  EXPECT_EQ(one.quorum().neutral(), 2u);
  EXPECT_FALSE(one.quorum().neutral_reached());  // weight 2 of the 3 that the chain needs
}

TEST_P(FiscoItem, WeightsDecideAndMustBeThoseOfTheTrustList) {
  Spec what = spec();
  what.weights = {5, 1, 1, 1};
  EXPECT_THAT(reasons(judge(what)), ElementsAre("NO_QUORUM", "SIGNER_NOT_TRUSTED"));
  std::string weighed = list();
  const std::size_t first = weighed.find("institution = \"court\"\n");
  weighed.insert(first, "weight = 5\n");
  what.signers = {1, 2, 3};  // weight 3 of 8, 6 needed
  const core::Bytes light = bytes_of(chain_.proof(what));
  EXPECT_THAT(reasons(ItemCase(weighed).file(kFile).proof(light).judge()),
              ElementsAre("NO_QUORUM"));
  what.signers = {0, 1};  // weight 6; two institutions, and the court wants three
  const core::Bytes heavy = bytes_of(chain_.proof(what));
  const v1::Attestation two = ItemCase(weighed).file(kFile).proof(heavy).judge();
  EXPECT_EQ(two.proof_outcome(), v1::PROOF_OUTCOME_ACCEPT);
  EXPECT_FALSE(two.quorum().reached());
}

TEST_P(FiscoItem, SealersHoldForTheirHeightsAlone) {
  for (const auto& [heights, holds] :
       {std::pair("from_height = 100\nto_height = 100\n", true),
        std::pair("from_height = 101\n", false), std::pair("to_height = 99\n", false)}) {
    const v1::Attestation one =
        ItemCase(list({}, heights)).file(kFile).proof(bytes_of(chain_.proof(spec()))).judge();
    EXPECT_EQ(one.has_record(), holds) << heights;
    if (!holds) {
      EXPECT_THAT(reasons(one), Contains("SIGNER_NOT_TRUSTED")) << heights;
    }
  }
}

TEST_P(FiscoItem, ASelfMadeChainConvincesNobody) {
  const Chain other(Crypto::kSm);
  Value proof = other.proof(spec());
  if (GetParam() == Crypto::kSm) {
    const v1::Attestation one = judge(proof);
    EXPECT_THAT(reasons(one), ElementsAre("NO_QUORUM", "SIGNER_NOT_TRUSTED"));
    EXPECT_THAT(remarks(one), Contains("KEY-2 FAIL INSTITUTION_NOT_ON_TRUST_LIST NOTE"));
    EXPECT_THAT(counted(one, "VALIDATOR"), IsEmpty());
  } else {
    EXPECT_FALSE(judge(proof).has_record());
  }
}

TEST_P(FiscoItem, EveryStatedHashMustRecompute) {
  const Value proof = chain_.proof(spec());
  const std::string zero = "0x" + std::string(64, '0');
  for (const auto& [pointer, reason] : {std::pair("/block_header/hash", "BLOCK_HASH_MISMATCH"),
                                        std::pair("/transaction/hash", "TX_HASH_MISMATCH"),
                                        std::pair("/receipt/hash", "RECEIPT_HASH_MISMATCH")}) {
    const v1::Attestation one = judge(changed(proof, pointer, zero));
    EXPECT_THAT(reasons(one), ElementsAre(reason)) << pointer;
    EXPECT_THAT(remarks(one), Contains("INC-1 FAIL INCLUSION_PROOF_INVALID INCONSISTENT"));
  }
}

TEST_P(FiscoItem, WhatWasReadMustBeWhatWasHashed) {
  const Value proof = chain_.proof(spec());
  const std::string other =
      hex(core::as_bytes(call_of(GetParam(), kPlainMethod, {fingerprint("another file"), "EV-1"})));
  const v1::Attestation input = judge(changed(proof, "/transaction/input", other));
  EXPECT_THAT(reasons(input), Contains("TX_HASH_MISMATCH"));
  EXPECT_FALSE(input.has_record());
  const v1::Attestation time =
      judge(changed(proof, "/block_header/timestamp", std::uint64_t{1'600'000'000'000}));
  EXPECT_THAT(reasons(time), Contains("BLOCK_HASH_MISMATCH"));
  EXPECT_FALSE(time.has_time());
  const v1::Attestation failed = judge(changed(proof, "/receipt/status", 16));
  EXPECT_THAT(reasons(failed), Contains("RECEIPT_HASH_MISMATCH"));
}

TEST_P(FiscoItem, AFailedCallRecordsNothing) {
  Spec what = spec();
  what.status = 16;
  const v1::Attestation failed = judge(what);
  EXPECT_THAT(reasons(failed), ElementsAre("TX_FAILED"));
  EXPECT_THAT(remarks(failed),
              ElementsAre("REC-1 FAIL RECORD_NOT_EFFECTIVE INCONCLUSIVE", kNodeClock));
}

TEST_P(FiscoItem, WithoutAReceiptSuccessIsNotShown) {
  const v1::Attestation one = judge(without(chain_.proof(spec()), "receipt"));
  EXPECT_EQ(one.proof_outcome(), v1::PROOF_OUTCOME_INCOMPLETE);
  EXPECT_THAT(remarks(one), ElementsAre("INC-1 UNDETERMINED INCLUSION_PROOF_MISSING INCONCLUSIVE",
                                        "REC-1 UNDETERMINED NONE NONE", kNodeClock));
}

TEST_P(FiscoItem, AHeaderAloneProvesNoRecord) {
  const v1::Attestation one =
      judge(without(without(chain_.proof(spec()), "receipt"), "transaction"));
  EXPECT_THAT(reasons(one), ElementsAre("NO_RECEIPT", "NO_TRANSACTION"));
  EXPECT_FALSE(one.has_record());
}

TEST_P(FiscoItem, TheSenderMustBeTheOneThatIsStated) {
  const Value proof = chain_.proof(spec());
  const v1::Attestation other =
      judge(changed(proof, "/transaction/from", hex(chain_.sealer(0).address)));
  EXPECT_THAT(reasons(other), ElementsAre("BAD_SENDER"));
  EXPECT_THAT(remarks(other), Contains("REC-1 FAIL RECORD_NOT_EFFECTIVE INCONCLUSIVE"));
  // Every signature of ECDSA recovers to some account, so one must be stated.
  const v1::Attestation nobody =
      judge(changed(proof, "/transaction", without(*proof.find("transaction"), "from")));
  EXPECT_THAT(reasons(nobody), ElementsAre("PARSE"));
}

TEST_P(FiscoItem, AnotherContractOrMethodIsNoRecord) {
  Spec what = spec();
  what.to = "0x" + std::string(40, 'a');
  EXPECT_THAT(remarks(judge(what)), Contains("REC-1 FAIL RECORD_NOT_FOUND NOT_FOUND"));
  what = spec();
  what.input = call_of(GetParam(), "remove(string,string)", {fingerprint(), "EV-1"});
  const v1::Attestation method = judge(what);
  EXPECT_THAT(reasons(method), ElementsAre("NAMESPACE"));
  EXPECT_FALSE(method.has_record());
}

TEST_P(FiscoItem, ArgumentsThatAreNoneGiveNoConclusion) {
  for (const std::string& bad : {fingerprint().substr(2), std::string("no hex"), std::string()}) {
    Spec what = spec();
    what.input = call_of(GetParam(), kPlainMethod, {bad, "EV-1"});
    const v1::Attestation one = judge(what);
    EXPECT_THAT(reasons(one), ElementsAre("CALL_UNREADABLE")) << bad;
    EXPECT_THAT(remarks(one), Contains("INC-1 UNDETERMINED FORMAT_UNSUPPORTED INCONCLUSIVE"));
    EXPECT_FALSE(one.has_record());
  }
  Spec trailing = spec();
  trailing.input += std::string(32, '\0');
  EXPECT_THAT(reasons(judge(trailing)), ElementsAre("CALL_UNREADABLE"));
}

TEST_P(FiscoItem, AnotherFileIsSaidByTheProofToo) {
  const v1::Attestation one =
      ItemCase(list()).file("another").proof(bytes_of(chain_.proof(spec()))).judge();
  EXPECT_THAT(reasons(one), ElementsAre("EVIDENCE_HASH_MISMATCH"));
  EXPECT_EQ(one.proof_outcome(), v1::PROOF_OUTCOME_REJECT);
  EXPECT_THAT(remarks(one), ElementsAre(kNodeClock));  // MATCH-1 compares
}

TEST_P(FiscoItem, AnotherRecordThanTheNamedOneIsNotIt) {
  const core::Bytes proof = bytes_of(chain_.proof(spec()));
  const v1::Attestation other = ItemCase(list()).file(kFile).record("EV-2").proof(proof).judge();
  EXPECT_THAT(remarks(other), Contains("REC-1 FAIL RECORD_ID_UNKNOWN NOT_FOUND"));
  EXPECT_FALSE(other.record_named());
  const v1::Attestation unnamed = ItemCase(list()).file(kFile).proof(proof).judge();
  EXPECT_FALSE(unnamed.record_named());
  const v1::Attestation by_hash =
      ItemCase(list()).file(kFile).record(unnamed.position().transaction_id()).proof(proof).judge();
  EXPECT_TRUE(by_hash.record_named());
}

TEST_P(FiscoItem, HintsMustFit) {
  const core::Bytes proof = bytes_of(chain_.proof(spec()));
  const std::string hash = judge_bytes(proof).position().transaction_id();
  for (const std::string& fits : {hash, std::string("0")}) {
    EXPECT_THAT(
        remarks(ItemCase(list()).file(kFile).proof(proof).hint("transaction", fits).judge()),
        ElementsAre(kNodeClock));
  }
  for (const char* wrong : {"1", "", "0x00", "00"}) {
    EXPECT_THAT(
        remarks(ItemCase(list()).file(kFile).proof(proof).hint("transaction", wrong).judge()),
        Contains("INC-1 UNDETERMINED INCLUSION_PROOF_MALFORMED INCONCLUSIVE"))
        << wrong;
  }
}

TEST_P(FiscoItem, ChainAndGroupAreComparedWhereTheListNamesThem) {
  const core::Bytes proof = bytes_of(chain_.proof(spec()));
  const auto judged = [&](const std::string& lines) {
    return ItemCase(list(lines)).file(kFile).proof(proof).judge();
  };
  EXPECT_THAT(reasons(judged("chain_id = \"chain0\"\ngroup_id = \"group0\"\n")), IsEmpty());
  for (const char* other : {"chain_id = \"chain1\"\n", "group_id = \"group1\"\n"}) {
    const v1::Attestation one = judged(other);
    EXPECT_THAT(reasons(one), ElementsAre("CHAIN_MISMATCH")) << other;
    EXPECT_THAT(remarks(one), Contains("INC-1 UNDETERMINED LEDGER_NOT_RECOGNISED INCONCLUSIVE"));
    EXPECT_FALSE(one.has_record());
  }
}

}  // namespace
}  // namespace heyan::ledgers::fisco_bcos::testing
