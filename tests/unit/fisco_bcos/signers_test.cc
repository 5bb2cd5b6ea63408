// Institutions that signed the record itself: a count of its own, which decides nothing.
#include "tests/unit/fisco_bcos/chain.h"
#include "tests/unit/fisco_bcos/item.h"

namespace heyan::ledgers::fisco_bcos::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::string_view kFile = "the file";
constexpr std::uint8_t kVBase = 27;

class RecordSigners : public ::testing::Test {
 protected:
  const std::string text_ = core::to_hex(crypto::sha256(core::as_bytes(kFile)));
  const Chain chain_{Crypto::kEcdsa};

  // v, r and s as three words.
  std::string signature_words(const Account& account, const std::string& text) const {
    const Bytes signature = chain_.sign(account, chain_.digest(core::as_bytes(text)));
    return word(signature.back() + kVBase) + core::to_string(ByteView(signature).first(64));
  }
  core::Bytes record(const std::string& triple) const {
    Bytes selector = chain_.digest(core::as_bytes(kSignedMethod));
    selector.resize(4);
    const std::string tails = words(text_) + words("info") + words("EV-1");
    const std::string heads = word(192) + word(192 + 96) + word(192 + 96 + 64) + triple;
    return bytes_of(chain_.proof({.input = core::to_string(selector) + heads + tails}));
  }
  core::Bytes addition(const std::string& triple, std::uint32_t status = 0) const {
    Bytes selector = chain_.digest(core::as_bytes(kAddMethod));
    selector.resize(4);
    return bytes_of(chain_.proof({.to = "0x" + std::string(38, 'e') + "01",
                                  .input = core::to_string(selector) + triple,
                                  .status = status,
                                  .number = 101}));
  }
  std::string signer(const Account& account, const std::string& institution,
                     const std::string& more = {}) const {
    return "[[ledger.fisco-bcos.signer]]\naddress = \"" + hex(account.address) +
           "\"\ninstitution = \"" + institution + "\"\n" + more;
  }
  std::string list(const std::string& more_of_notary = {}) const {
    return chain_.trust(signed_record(), "add_signature = \"" + std::string(kAddMethod) +
                                             "\"\nrecord_quorum = \"two\"\n" +
                                             signer(chain_.sealer(0), "court") +
                                             signer(chain_.sealer(1), "notary", more_of_notary));
  }
  ItemCase item() const { return ItemCase(list()).file(kFile); }
};

TEST_F(RecordSigners, AreShownApart) {
  const v1::Attestation one =
      item().proof(record(signature_words(chain_.sealer(0), text_))).judge();
  EXPECT_EQ(one.proof_outcome(), v1::PROOF_OUTCOME_ACCEPT);
  EXPECT_THAT(counted(one, "ENDORSER"), ElementsAre("court"));
  ASSERT_TRUE(one.has_record_quorum());
  EXPECT_EQ(one.record_quorum().valid(), 1u);
  EXPECT_EQ(one.record_quorum().required(), 2u);
  EXPECT_FALSE(one.record_quorum().reached());
  EXPECT_TRUE(one.quorum().reached());  // the sealers'
  EXPECT_EQ(one.quorum().valid(), 3u);
}

TEST_F(RecordSigners, AreAddedByFurtherProofs) {
  const auto all = item()
                       .proof(addition(signature_words(chain_.sealer(1), text_)))
                       .proof(record(signature_words(chain_.sealer(0), text_)))
                       .judge_all();
  ASSERT_EQ(all.size(), 1u);  // what only adds a signature is no attestation of its own
  EXPECT_THAT(counted(all[0], "ENDORSER"), ElementsAre("court", "notary"));
  EXPECT_TRUE(all[0].record_quorum().reached());
  EXPECT_EQ(all[0].proofs_size(), 2);
}

TEST_F(RecordSigners, CountOncePerInstitution) {
  const std::string triple = signature_words(chain_.sealer(0), text_);
  const auto one = item().proof(record(triple)).proof(addition(triple)).judge();
  EXPECT_EQ(one.record_quorum().valid(), 1u);
}

TEST_F(RecordSigners, OfAnotherTextAreNobodys) {
  const auto one = item()
                       .proof(record(signature_words(chain_.sealer(0), text_)))
                       .proof(addition(signature_words(chain_.sealer(1), "another text")))
                       .judge();
  EXPECT_THAT(counted(one, "ENDORSER"), ElementsAre("court"));
}

TEST_F(RecordSigners, AreNotTakenFromAProofThatDoesNotHold) {
  const auto one = item()
                       .proof(record(signature_words(chain_.sealer(0), text_)))
                       .proof(addition(signature_words(chain_.sealer(1), text_), 16))
                       .judge();
  EXPECT_THAT(counted(one, "ENDORSER"), ElementsAre("court"));
}

TEST_F(RecordSigners, WhomTheListDoesNotNameAreShownAndNotCounted) {
  const v1::Attestation one = item().proof(record(signature_words(chain_.client(), text_))).judge();
  EXPECT_EQ(one.record_quorum().valid(), 0u);
  EXPECT_THAT(counted(one, "ENDORSER"), IsEmpty());
  EXPECT_THAT(remarks(one), Contains("KEY-2 FAIL INSTITUTION_NOT_ON_TRUST_LIST NOTE"));
  EXPECT_EQ(one.proof_outcome(), v1::PROOF_OUTCOME_ACCEPT);
}

TEST_F(RecordSigners, HoldForTheirHeights) {
  const auto one = ItemCase(list("to_height = 100\n"))
                       .file(kFile)
                       .proof(record(signature_words(chain_.sealer(0), text_)))
                       .proof(addition(signature_words(chain_.sealer(1), text_)))  // block 101
                       .judge();
  EXPECT_THAT(counted(one, "ENDORSER"), ElementsAre("court"));
}

TEST_F(RecordSigners, WhatIsNoSignatureVoidsTheProof) {
  const std::string good = signature_words(chain_.sealer(0), text_);
  for (const std::string& bad :
       {word(29) + good.substr(32), word(0) + good.substr(32), word(27) + std::string(64, '\0'),
        word(27) + std::string(64, '\xff')}) {
    const v1::Attestation one = item().proof(record(bad)).judge();
    EXPECT_THAT(reasons(one), ElementsAre("BAD_ENDORSEMENT"));
    EXPECT_THAT(remarks(one), Contains("REC-1 FAIL RECORD_NOT_EFFECTIVE INCONCLUSIVE"));
  }
}

TEST_F(RecordSigners, AloneAreNoRecord) {
  const v1::Attestation one =
      item().proof(addition(signature_words(chain_.sealer(1), text_))).judge();
  EXPECT_THAT(reasons(one), ElementsAre("NAMESPACE"));
  EXPECT_FALSE(one.has_record());
}

TEST_F(RecordSigners, WithoutARuleAreOnlyCounted) {
  const std::string list = chain_.trust(signed_record(), signer(chain_.sealer(0), "court"));
  const v1::Attestation one = ItemCase(list)
                                  .file(kFile)
                                  .linked("court")
                                  .proof(record(signature_words(chain_.sealer(0), text_)))
                                  .judge();
  EXPECT_EQ(one.record_quorum().valid(), 1u);
  EXPECT_EQ(one.record_quorum().neutral(), 0u);
  EXPECT_EQ(one.record_quorum().required(), 0u);
  EXPECT_FALSE(one.record_quorum().reached());
}

}  // namespace
}  // namespace heyan::ledgers::fisco_bcos::testing
