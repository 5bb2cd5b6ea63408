// Receipts of a CCF service, judged for an item under a trust list.
#include "tests/unit/tlog/item.h"
#include "tests/unit/ccf/service.h"

namespace heyan::ledgers::ccf {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using namespace test;

const std::string kFile = "evidence";
const std::string kDeclared = "TIM-1 DECLARED TIME_ONLY_DECLARED NOTE";
const std::string kLines = "service_certificate = \"service.pem\"\noperator = \"platform\"\n";
const std::string kAlone = "[[quorum]]\nid = \"alone\"\nat_least = 1\nof = [\"platform\"]\n";

std::string list(const std::string& lines, const std::string& entry = "quorum = \"alone\"\n") {
  std::string toml = log_list("ccf", lines, entry);
  return toml.insert(toml.find("[[quorum]]"), kAlone);
}

std::string record(const std::string& more = "") {
  return "{\"sha256\":\"" + core::to_hex(crypto::sha256(core::as_bytes(kFile))) + "\"" + more + "}";
}

class CcfItem : public ::testing::Test {
 protected:
  LogItem item(const std::string& lines = kLines) const { return item_of(service_, lines); }
  static LogItem item_of(const CcfService& service, const std::string& lines = kLines) {
    return LogItem({{"trust.toml", list(lines)}, {"service.pem", service.service_pem()}})
        .file(core::as_bytes(kFile));
  }
  static std::string text(const Value& value) { return core::json::write_canonical(value); }
  std::string answer() const { return text(service_.answer(record())); }
  static std::string changed(std::string text, const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
  }
  v1::Attestation judge(const std::string& proof) const { return item().proof(proof).judge(); }

  CcfService service_;
};

TEST_F(CcfItem, ARecordThatTheApplicationClaims) {
  const std::string contents = record(",\"who\":\"Wang\",\"when\":\"2026-05-01T08:00:00Z\"");
  const v1::Attestation found = judge(text(service_.answer(contents)));
  EXPECT_THAT(remarks(found), ElementsAre(kDeclared));
  EXPECT_EQ(found.proof_outcome(), v1::PROOF_OUTCOME_ACCEPT);
  EXPECT_EQ(found.record().id(), "2.13");
  EXPECT_EQ(found.record().who(), "Wang");
  EXPECT_EQ(found.time().source(), "declared");
  EXPECT_EQ(found.time().stated_ms(), 1'777'622'400'000);
  EXPECT_FALSE(found.time().has_not_after_ms());
  EXPECT_EQ(found.position().transaction(), 13U);
  EXPECT_EQ(found.position().transaction_id(), "2.13");
  ASSERT_EQ(found.signatures_size(), 1);
  EXPECT_EQ(found.signatures(0).institution(), "platform");
  EXPECT_TRUE(found.signatures(0).counted());
  EXPECT_TRUE(found.quorum().reached());
}

TEST_F(CcfItem, AFileWhoseDigestIsClaimed) {
  const std::string lines = kLines + "claims = \"file\"\n";
  const auto of = [&](const std::string& content) {
    return text(service_.receipt(crypto::sha256(core::as_bytes(content))));
  };
  EXPECT_THAT(remarks(item(lines).proof(of(kFile)).judge()), ElementsAre(kDeclared));
  const v1::Attestation other = item(lines).proof(of("another")).judge();
  EXPECT_THAT(reasons(other), ElementsAre("EVIDENCE_HASH_MISMATCH"));
  EXPECT_TRUE(other.has_record());  // MATCH-1 says that it is of another file
  // Each list has one form of claims; the other is not taken for it.
  EXPECT_THAT(reasons(item(lines).proof(answer()).judge()), ElementsAre("RECORD_UNREADABLE"));
  EXPECT_THAT(reasons(judge(of(kFile))), ElementsAre("NO_CLAIMS"));
}

TEST_F(CcfItem, AnotherFileThanTheRecordsIsAMismatch) {
  const v1::Attestation found = judge(text(service_.answer(
      "{\"sha256\":\"" + core::to_hex(crypto::sha256(core::as_bytes("another"))) + "\"}")));
  EXPECT_THAT(reasons(found), ElementsAre("EVIDENCE_HASH_MISMATCH"));
  EXPECT_EQ(found.proof_outcome(), v1::PROOF_OUTCOME_REJECT);
}

TEST_F(CcfItem, ClaimsThatTheTransactionDoesNotMakeContradictIt) {
  const v1::Attestation found = judge(
      changed(answer(), "\"collectionId\":\"subledger:0\"", "\"collectionId\":\"subledger:1\""));
  EXPECT_THAT(reasons(found), ElementsAre("CLAIMS_MISMATCH"));
  EXPECT_THAT(remarks(found), Contains("INC-1 FAIL INCLUSION_PROOF_INVALID INCONSISTENT"));
  EXPECT_FALSE(found.has_record());
}

TEST_F(CcfItem, WithoutClaimsNothingIsRecorded) {
  const auto missing = [&](const Value& receipt) {
    const v1::Attestation found = judge(text(receipt));
    EXPECT_THAT(reasons(found), ElementsAre("NO_CLAIMS"));
    EXPECT_EQ(found.proof_outcome(), v1::PROOF_OUTCOME_INCOMPLETE);
    EXPECT_THAT(remarks(found),
                Contains("INC-1 UNDETERMINED INCLUSION_PROOF_MISSING INCONCLUSIVE"));
    EXPECT_FALSE(found.has_record());
  };
  missing(service_.receipt(core::Bytes(32, 1)));
  missing(service_.receipt(core::Bytes(32, 0)));
  missing(service_.signature_receipt());
  // An application that claims nothing has claimed no file either.
  LogItem zero(TrustFiles{{"trust.toml", list(kLines + "claims = \"file\"\n")},
                          {"service.pem", service_.service_pem()}});
  zero.digest(v1::DIGEST_ALGORITHM_SHA_256, core::Bytes(32, 0));
  EXPECT_THAT(reasons(zero.proof(text(service_.receipt(core::Bytes(32, 0)))).judge()),
              ElementsAre("NO_CLAIMS"));
}

TEST_F(CcfItem, ARootThatIsNotSignedProvesNothing) {
  const auto refused = [&](const std::string& proof) {
    const v1::Attestation found = judge(proof);
    EXPECT_THAT(reasons(found), ElementsAre("ROOT_SIGNATURE"));
    EXPECT_THAT(remarks(found),
                Contains("INC-1 UNDETERMINED INCLUSION_ROOT_NOT_AUTHENTICATED INCONCLUSIVE"));
    EXPECT_THAT(remarks(found), Contains("QUO-3 FAIL NODE_SIGNATURE_INVALID NOTE"));
    EXPECT_FALSE(found.has_record());
    EXPECT_FALSE(found.quorum().reached());
  };
  refused(changed(answer(), "{\"right\":", "{\"left\":"));
  const std::string evidence = "ce:2.13:";
  std::string other = answer();
  char& digit = other[other.find(evidence) + evidence.size()];
  digit = digit == '0' ? '1' : '0';
  refused(other);
}

TEST_F(CcfItem, AnotherServicesReceiptIsNotRecognised) {
  const CcfService stranger;
  const v1::Attestation found = judge(text(stranger.answer(record())));
  EXPECT_THAT(reasons(found), ElementsAre("NOT_ENDORSED"));
  EXPECT_THAT(remarks(found), Contains("INC-1 UNDETERMINED LEDGER_NOT_RECOGNISED INCONCLUSIVE"));
  EXPECT_THAT(remarks(found), Contains("KEY-2 UNDETERMINED NONE NONE"));
  EXPECT_TRUE(found.signatures(0).institution().empty());
  EXPECT_FALSE(found.signatures(0).counted());
}

TEST_F(CcfItem, AnEarlierIdentityCountsThatTheNextOneEndorsed) {
  const std::string first = service_.service_pem();
  service_.renew();
  const std::string third = service_.renew();
  const std::string proof = answer();
  EXPECT_THAT(reasons(item().proof(proof).judge()), IsEmpty());
  const auto under = [&](const std::string& service) {
    return reasons(LogItem({{"trust.toml", list(kLines)}, {"service.pem", service}})
                       .file(core::as_bytes(kFile))
                       .proof(proof)
                       .judge());
  };
  EXPECT_THAT(under(first), IsEmpty());  // the court may know the old one
  EXPECT_THAT(under(CcfService().service_pem() + third), IsEmpty());  // or several
  EXPECT_THAT(under(CcfService().service_pem()), ElementsAre("NOT_ENDORSED"));
  // Without the first endorsement the way is broken.
  const std::size_t start = proof.find("\"service_endorsements\":[") + 24;
  const std::size_t next = proof.find("\",\"", start) + 2;
  EXPECT_THAT(reasons(judge(std::string(proof).erase(start, next - start))),
              ElementsAre("NOT_ENDORSED"));
}

TEST_F(CcfItem, TheServiceItselfSignsNoRoot) {
  const std::string node = core::json::write_canonical(Value(service_.node_pem()));
  const std::string service = core::json::write_canonical(Value(service_.service_pem()));
  EXPECT_THAT(reasons(judge(changed(answer(), node, service))), ElementsAre("NODE_CERTIFICATE"));
  EXPECT_THAT(reasons(judge(changed(answer(), node, "\"nothing\""))),
              ElementsAre("NODE_CERTIFICATE"));
}

TEST_F(CcfItem, ASignatureThatIsNotComputedIsNotSaidToFail) {
  const std::string node = core::json::write_canonical(Value(service_.node_pem()));
  const auto other = crypto::SigningKey::generate(crypto::KeyAlgorithm::kEd25519).value();
  for (const auto& [pem, reason] :
       {std::pair(service_.service_pem(), std::string("NODE_CERTIFICATE")),
        std::pair(service_.certify(other.public_key()), std::string("UNSUPPORTED"))}) {
    const std::string text = core::json::write_canonical(Value(pem));
    const v1::Attestation found = judge(changed(answer(), node, text));
    EXPECT_THAT(reasons(found), ElementsAre(reason));
    EXPECT_EQ(found.signatures_size(), 0);
    EXPECT_THAT(remarks(found), Contains("QUO-3 NOT_APPLICABLE NONE NONE"));
    EXPECT_THAT(remarks(found), Contains("KEY-1 NOT_APPLICABLE NONE NONE"));
  }
}

TEST_F(CcfItem, ANodeEndorsesNobody) {
  const std::string proof = text(service_.certified_by_node().answer(record()));
  EXPECT_THAT(reasons(judge(proof)), ElementsAre("NOT_ENDORSED"));
}

TEST_F(CcfItem, TheNodeIsNamedByItsKey) {
  const std::string proof = answer();
  const std::size_t at = proof.find("\"node_id\":\"") + 11;
  std::string other = proof;
  other[at] = other[at] == '0' ? '1' : '0';
  const v1::Attestation found = judge(other);
  EXPECT_THAT(reasons(found), ElementsAre("NODE_ID"));
  EXPECT_THAT(remarks(found),
              Contains("INC-1 UNDETERMINED INCLUSION_PROOF_MALFORMED INCONCLUSIVE"));
  EXPECT_FALSE(found.has_record());
}

TEST_F(CcfItem, ACertificateThatHasEndedIsNoted) {
  const CcfService expired("2026-03-01T00:00:00Z");
  const std::string proof = text(expired.answer(record()));
  const v1::Attestation found = item_of(expired).proof(proof).judge();
  EXPECT_THAT(remarks(found),
              ElementsAre("KEY-1 UNDETERMINED NODE_CERT_EXPIRED_NO_POE NOTE", kDeclared));
  EXPECT_TRUE(found.has_record());
  const v1::Attestation early = item_of(expired).at("2025-01-01T00:00:00Z").proof(proof).judge();
  EXPECT_THAT(reasons(early), ElementsAre("NO_QUORUM"));
  EXPECT_THAT(remarks(early), Contains("QUO-1 FAIL QUORUM_NOT_REACHED INCONCLUSIVE"));
  EXPECT_FALSE(early.has_record());
  EXPECT_FALSE(early.signatures(0).counted());
}

TEST_F(CcfItem, TheOperatorAloneIsEnoughOnlyWhereTheListSaysSo) {
  const auto under = [&](const std::string& quorum) {
    return LogItem({{"trust.toml", list(kLines, "quorum = \"" + quorum + "\"\n")},
                    {"service.pem", service_.service_pem()}})
        .file(core::as_bytes(kFile))
        .proof(answer())
        .judge();
  };
  EXPECT_TRUE(under("alone").quorum().neutral_reached());
  const v1::Attestation found = under("both");  // court and notary
  EXPECT_THAT(reasons(found), ElementsAre("NO_QUORUM"));
  EXPECT_THAT(remarks(found), Contains("QUO-1 FAIL QUORUM_NOT_REACHED INCONCLUSIVE"));
  EXPECT_EQ(found.quorum().required(), 2U);
  EXPECT_EQ(found.quorum().valid(), 0U);
  EXPECT_FALSE(found.has_record());
  const v1::Attestation linked = item().linked("platform").proof(answer()).judge();
  EXPECT_TRUE(linked.quorum().reached());
  EXPECT_FALSE(linked.quorum().neutral_reached());
  EXPECT_EQ(linked.quorum().neutral(), 0U);
}

TEST_F(CcfItem, RecordsAreNamedByTransactionOrByTheirOwnId) {
  const std::string own = "[ledger.record]\nid = \"/id\"\n";
  const auto under = [&](const std::string& name, const std::string& entry) {
    return LogItem({{"trust.toml", list(kLines, "quorum = \"alone\"\n" + entry)},
                    {"service.pem", service_.service_pem()}})
        .file(core::as_bytes(kFile))
        .named(name)
        .proof(text(service_.answer(record(",\"id\":\"EV-1\""))))
        .judge();
  };
  EXPECT_TRUE(under("2.13", "").record_named());
  EXPECT_THAT(remarks(under("2.14", "")), Contains("REC-1 FAIL RECORD_ID_UNKNOWN NOT_FOUND"));
  EXPECT_FALSE(under("EV-1", "").record_named());
  EXPECT_THAT(remarks(under("EV-1", "")), ElementsAre(kDeclared));  // a name outside this ledger
  EXPECT_TRUE(under("EV-1", own).record_named());
  EXPECT_THAT(remarks(under("EV-2", own)), Contains("REC-1 FAIL RECORD_ID_UNKNOWN NOT_FOUND"));
}

TEST_F(CcfItem, ContentsThatAreNoRecordAreNotRead) {
  for (const std::string& contents :
       {std::string("Hello world"), std::string("{}"), record(",\"sha256\":\"00\"")}) {
    const v1::Attestation found = judge(text(service_.answer(contents)));
    EXPECT_THAT(reasons(found), ElementsAre("RECORD_UNREADABLE")) << contents;
    EXPECT_THAT(remarks(found), Contains("INC-1 UNDETERMINED FORMAT_UNSUPPORTED INCONCLUSIVE"));
  }
}

TEST_F(CcfItem, OneFileIsReadOnceAndTheBudgetHolds) {
  const std::string proof = answer();
  const auto judged = item().proof(proof).proof(proof).try_judge();
  ASSERT_TRUE(judged.has_value());
  EXPECT_EQ(judged->size(), 1U);
  const auto broke = item().signatures(1).proof(proof).try_judge();
  ASSERT_FALSE(broke.has_value());
  EXPECT_EQ(broke.error().code, core::ErrorCode::kLimit);
}

TEST_F(CcfItem, LibrariesThatDifferLeaveTheItemOpen) {
  for (const std::size_t nth : {0U, 1U}) {  // the node's certificate, the root
    const Refusing refusing(nth);
    const v1::Attestation found =
        item().engines({crypto::production_engines().first, &refusing}).proof(answer()).judge();
    EXPECT_THAT(reasons(found), ElementsAre("ENGINES_DISAGREE"));
    EXPECT_THAT(remarks(found), Contains("QUO-3 FAIL SIGNATURE_ENGINES_DISAGREE NOT_COMPLETED"));
    EXPECT_FALSE(found.has_record());
  }
}

TEST_F(CcfItem, AnExcerptIsOfARecordThatWasVerified) {
  const std::string proof = answer();
  EXPECT_THAT(item().proof(proof).excerpts(), ElementsAre(std::optional(proof)));
  const std::string alone = text(service_.receipt(core::Bytes(32, 1)));
  EXPECT_THAT(item().proof(alone).excerpts(), ElementsAre(std::nullopt));
  const std::string stranger = text(CcfService().answer(record()));
  EXPECT_THAT(item().proof(stranger).excerpts(), ElementsAre(std::nullopt));
  // What comes after the service was reached could be anything.
  const std::string more =
      changed(proof, "\"service_endorsements\":[]", "\"service_endorsements\":[\"Wang\"]");
  EXPECT_THAT(reasons(judge(more)), IsEmpty());
  EXPECT_THAT(item().proof(more).excerpts(), ElementsAre(std::nullopt));
}

}  // namespace
}  // namespace heyan::ledgers::ccf
