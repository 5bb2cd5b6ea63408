// Certificates that are expired, not yet valid or revoked; and libraries that disagree.
#include "tests/unit/fabric/fixture.h"
#include "verifier/ledgers/fabric/transaction.h"

namespace heyan::ledgers::fabric::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Not;

const std::string kChain = "raft-a/chain/block_";

Case in_block(const std::string& id, const std::string& number, TrustText text = {}) {
  Case one(std::move(text));
  one.record(id).proof(kChain + number + ".pb");
  return one;
}

TEST(FabricKeys, OutsideTheirPeriodTheyCountWithANote) {
  const std::map<std::string, std::string> reasons = {{"EV-2026-9015", "NODE_CERT_EXPIRED_NO_POE"},
                                                      {"EV-2026-9016", "NODE_CERT_NOT_YET_VALID"}};
  for (const auto& [id, reason] : reasons) {
    const v1::Attestation attestation = in_block(id, "012").judge();
    const auto keys = Contains("KEY-1 UNDETERMINED " + reason + " NOTE");
    EXPECT_THAT(remarks(attestation), keys) << id;
    EXPECT_TRUE(attestation.quorum().reached());
    const v1::Attestation strict = in_block(id, "012").strict_expiry().judge();
    EXPECT_THAT(remarks(strict), Contains("QUO-1 FAIL QUORUM_NOT_REACHED INCONCLUSIVE")) << id;
  }
}

TEST(FabricKeys, LaterEverythingIsExpired) {
  const v1::Attestation attestation =
      in_block("EV-2026-0008", "008").at("2090-01-01T00:00:00Z").judge();
  EXPECT_TRUE(attestation.quorum().reached());
  EXPECT_THAT(remarks(attestation), Contains("KEY-1 UNDETERMINED NODE_CERT_EXPIRED_NO_POE NOTE"));
  const v1::Attestation strict =
      in_block("EV-2026-0008", "008").at("2090-01-01T00:00:00Z").strict_expiry().judge();
  EXPECT_FALSE(strict.quorum().reached());
  EXPECT_EQ(strict.quorum().valid(), 0u);
}

TEST(FabricKeys, RevokedByTheConfigInForce) {
  const v1::Attestation attestation = in_block("EV-2026-9028", "016").judge();
  EXPECT_THAT(remarks(attestation), Contains("KEY-1 UNDETERMINED NODE_CERT_REVOKED_NO_POE NOTE"));
  EXPECT_FALSE(attestation.quorum().reached());
}

TEST(FabricKeys, RevokedByALaterConfig) {
  TrustText first;
  first.config_blocks = {"000"};
  EXPECT_TRUE(in_block("EV-2026-9023", "012", first).judge().quorum().reached());
  // The court knows of the revocation; a block alone does not show that it is older.
  const v1::Attestation alone = in_block("EV-2026-9023", "012").judge();
  EXPECT_THAT(remarks(alone), Contains("KEY-1 UNDETERMINED NODE_CERT_REVOKED_NO_POE NOTE"));
  EXPECT_FALSE(alone.quorum().reached());
  // The chain from there to the config block does.
  Case whole;
  whole.record("EV-2026-9023");
  for (int i = 0; i <= 15; ++i) {
    const std::string number = std::to_string(i);
    whole.proof(kChain + std::string(3 - number.size(), '0') + number + ".pb");
  }
  EXPECT_THAT(remarks(whole.judge()), ElementsAre("TIM-1 DECLARED TIME_ONLY_DECLARED NOTE"));
}

TEST(FabricKeys, TheInstitutionsOwnRevocationList) {
  TrustText text;
  text.config_blocks = {"000"};
  text.platform_extra =
      "[[institution.ca]]\nfile = \"raft-a/trust/PlatformMSP.root.pem\"\ncrl = "
      "[\"raft-a/trust/platform-crl.pem\"]\n";
  const v1::Attestation revoked = in_block("EV-2026-9023", "012", text).judge();
  EXPECT_THAT(remarks(revoked), Contains("KEY-1 UNDETERMINED NODE_CERT_REVOKED_NO_POE NOTE"));
  // Another peer of the same institution is not on it.
  EXPECT_TRUE(in_block("EV-2026-0008", "008", text).judge().quorum().reached());
  // A list past its date says nothing, and that is said.
  const v1::Attestation stale =
      in_block("EV-2026-0008", "008", text).at("2089-01-01T00:00:00Z").judge();
  EXPECT_THAT(remarks(stale), Contains("KEY-1 UNDETERMINED REVOCATION_UNAVAILABLE NOTE"));
}

TEST(FabricKeys, WhoseCertificateItIs) {
  struct Wrong {
    std::string id;
    std::string remark;
  };
  const std::vector<Wrong> cases{
      {"EV-2026-9010",
       "KEY-2 FAIL INSTITUTION_NOT_ON_TRUST_LIST NOTE"},  // another CA of the same name
      {"EV-2026-9011", "KEY-2 FAIL INSTITUTION_NOT_ON_TRUST_LIST NOTE"},  // unknown organisation
      {"EV-2026-9012", "KEY-2 FAIL INSTITUTION_NOT_ON_TRUST_LIST NOTE"},  // of another organisation
      {"EV-2026-9017", "KEY-2 FAIL INSTITUTION_NOT_ON_TRUST_LIST NOTE"},  // no node role
      {"EV-2026-9018", "KEY-2 FAIL INSTITUTION_NOT_ON_TRUST_LIST NOTE"},  // two node roles
      {"EV-2026-9019", "KEY-2 FAIL INSTITUTION_NOT_ON_TRUST_LIST NOTE"},  // a CA
      {"EV-2026-9020", "KEY-2 FAIL INSTITUTION_NOT_ON_TRUST_LIST NOTE"},  // from the TLS CA
      {"EV-2026-9021",
       "KEY-2 FAIL INSTITUTION_NOT_ON_TRUST_LIST NOTE"},  // from the root above an intermediate
  };
  for (const Wrong& one : cases) {
    const v1::Attestation attestation = in_block(one.id, "012").judge();
    EXPECT_THAT(remarks(attestation), Contains(one.remark)) << one.id;
    EXPECT_EQ(attestation.quorum().valid(), 2u) << one.id;
  }
  // Clients and administrators are of the institution, but their signature is no node's.
  for (const std::string id : {"EV-2026-9013", "EV-2026-9014"}) {
    EXPECT_EQ(in_block(id, "012").judge().quorum().valid(), 2u) << id;
  }
}

// Answers the opposite for one key.
class Contrary final : public crypto::Engine {
 public:
  Contrary(const crypto::Engine& inner, Bytes key) : inner_(inner), key_(std::move(key)) {}
  std::string_view name() const override { return "contrary"; }
  std::unique_ptr<crypto::Hasher> hasher(crypto::Hash hash) const override {
    return inner_.hasher(hash);
  }
  bool verify(const crypto::PublicKey& key, const crypto::Scheme& scheme, ByteView message,
              ByteView signature) const override {
    return inner_.verify(key, scheme, message, signature) != core::equal(key.sha256(), key_);
  }

 private:
  const crypto::Engine& inner_;
  Bytes key_;
};

Bytes key_of(const std::string& role, const std::string& number) {
  const Bytes bytes = read_vector(kChain + number + ".pb");
  const Block block = *parse_block(bytes, {});
  const auto certificate = [](ByteView identity) {
    return *crypto::Certificate::from_pem(
        core::as_text(parse_serialized_identity(identity)->certificate));
  };
  if (role == "ORDERER") {
    const auto signer =
        *parse_signature_header(block.signatures->signatures.front().signature_header);
    return core::to_bytes(certificate(signer.creator).key().sha256());
  }
  const auto action =
      *parse_action(parse_payload(parse_envelope(block.entries.front())->payload)->data);
  return core::to_bytes(certificate(action.endorsements.front().endorser).key().sha256());
}

TEST(FabricEngines, ADisagreementIsANoteWhereItDecidesNothing) {
  const crypto::Engines real = crypto::production_engines();
  const Contrary contrary(*real.second, key_of("ENDORSER", "006"));
  const v1::Attestation attestation =
      in_block("EV-2026-0001", "006").engines({real.first, &contrary}).judge();
  EXPECT_EQ(effect_of(attestation, v1::REASON_SIGNATURE_ENGINES_DISAGREE), v1::EFFECT_NOTE);
  EXPECT_TRUE(attestation.quorum().reached());
  EXPECT_EQ(attestation.quorum().valid(), 3u);
}

TEST(FabricEngines, ADisagreementThatDecidesIsOursToSolve) {
  const crypto::Engines real = crypto::production_engines();
  const Contrary endorser(*real.second, key_of("ENDORSER", "008"));
  const v1::Attestation three =
      in_block("EV-2026-0008", "008").engines({real.first, &endorser}).judge();
  EXPECT_EQ(effect_of(three, v1::REASON_SIGNATURE_ENGINES_DISAGREE), v1::EFFECT_NOT_COMPLETED);
  EXPECT_FALSE(three.quorum().reached());
  const Contrary orderer(*real.second, key_of("ORDERER", "008"));
  const v1::Attestation unordered =
      in_block("EV-2026-0008", "008").engines({real.first, &orderer}).judge();
  EXPECT_EQ(effect_of(unordered, v1::REASON_SIGNATURE_ENGINES_DISAGREE), v1::EFFECT_NOT_COMPLETED);
  EXPECT_FALSE(unordered.has_record());
}

}  // namespace
}  // namespace heyan::ledgers::fabric::testing
