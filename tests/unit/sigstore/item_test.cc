// Bundles of both versions of Rekor, judged for an item under a trust list.
#include "tests/unit/tlog/item.h"
#include "tests/unit/sigstore/rekor.h"

namespace heyan::ledgers::sigstore {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using namespace test;

const std::string kFile = "evidence";
const std::string kNodeClock = "TIM-1 UNDETERMINED TIME_ONLY_FROM_NODE_CLOCK NOTE";
const std::string kLines = "trusted_root = \"root\"\noperator = \"platform\"\nkeys = [\"key\"]\n";
const std::string kAlone = "[[quorum]]\nid = \"alone\"\nat_least = 1\nof = [\"platform\"]\n";

TrustFiles files(const std::string& root, const std::string& key,
                 const std::string& quorum = "alone") {
  std::string toml = log_list("sigstore", kLines, "quorum = \"" + quorum + "\"\n");
  toml.insert(toml.find("[[quorum]]"), kAlone);
  return {{"trust.toml", toml}, {"root", root}, {"key", key}};
}

std::string text(const Value& value) { return core::json::write_canonical(value); }

class SigstoreItem : public ::testing::TestWithParam<Rekor::Version> {
 protected:
  bool is_second() const { return GetParam() == Rekor::Version::kSecond; }
  LogItem item() const { return item_under(rekor_.trusted_root()); }
  LogItem item_under(const std::string& root) const {
    return LogItem(files(root, rekor_.key_pem())).file(core::as_bytes(kFile));
  }
  std::string bundle() const { return text(rekor_.bundle(kFile)); }
  std::string changed(const std::string& from, const std::string& to) const {
    return changed(bundle(), from, to);
  }
  static std::string changed(std::string other, const std::string& from, const std::string& to) {
    const std::size_t at = other.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return other.replace(at, from.size(), to);
  }
  v1::Attestation judge(const std::string& proof) const { return item().proof(proof).judge(); }

  Rekor rekor_{GetParam()};
};

INSTANTIATE_TEST_SUITE_P(Versions, SigstoreItem,
                         ::testing::Values(Rekor::Version::kFirst, Rekor::Version::kSecond));

TEST_P(SigstoreItem, ABundleOfAFile) {
  const v1::Attestation found = judge(bundle());
  EXPECT_THAT(remarks(found), ElementsAre(kNodeClock));
  EXPECT_EQ(found.proof_outcome(), v1::PROOF_OUTCOME_ACCEPT);
  EXPECT_EQ(found.record().id(), is_second() ? "1" : "5000001");
  EXPECT_EQ(found.record().digests(0).algorithm(), v1::DIGEST_ALGORITHM_SHA_256);
  EXPECT_FALSE(found.time().independent());
  EXPECT_EQ(found.time().not_after_ms(), is_second() ? 0 : 1'790'000'000'000);
  ASSERT_EQ(found.signatures_size(), 2);
  EXPECT_EQ(found.signatures(0).role(), "LOG");
  EXPECT_EQ(found.signatures(0).signer(), Rekor::name());
  EXPECT_EQ(found.signatures(0).institution(), "platform");
  EXPECT_TRUE(found.signatures(0).counted());
  EXPECT_EQ(found.signatures(1).role(), "DEPOSITOR");
  EXPECT_FALSE(found.signatures(1).quorum());
}

TEST_P(SigstoreItem, AnotherFileIsAMismatch) {
  LogItem other(files(rekor_.trusted_root(), rekor_.key_pem()));
  const v1::Attestation found = other.file(core::as_bytes("another")).proof(bundle()).judge();
  EXPECT_THAT(reasons(found), ElementsAre("EVIDENCE_HASH_MISMATCH"));
  EXPECT_TRUE(found.has_record());  // MATCH-1 says that it is of another file
}

TEST_P(SigstoreItem, AGenuineEntryOfAnotherSignatureProvesNothing) {
  // Both are in the log; the parts of two bundles of one depositor.
  Value one = rekor_.bundle(kFile);
  const std::string other = text(rekor_.bundle("another"));
  const std::string own = text(*one.find("messageSignature"));
  const std::size_t start = other.find("{\"messageDigest\"");
  const std::size_t end = other.find("\"verificationMaterial\"") - 1;
  const v1::Attestation found = judge(std::string(other).replace(start, end - start, own));
  EXPECT_THAT(reasons(found), ElementsAre("ENTRY_MISMATCH"));
  EXPECT_THAT(remarks(found),
              Contains("INC-1 UNDETERMINED INCLUSION_PROOF_MALFORMED INCONCLUSIVE"));
  EXPECT_FALSE(found.has_record());
}

TEST_P(SigstoreItem, AKeyThatTheListDoesNotNameDoesNotCount) {
  const Rekor stranger(GetParam());
  const v1::Attestation found = LogItem(files(rekor_.trusted_root(), stranger.key_pem()))
                                    .file(core::as_bytes(kFile))
                                    .proof(bundle())
                                    .judge();
  EXPECT_THAT(reasons(found), ElementsAre("SUBMIT_KEY"));
  EXPECT_THAT(remarks(found), Contains("KEY-2 FAIL INSTITUTION_NOT_ON_TRUST_LIST INCONCLUSIVE"));
  EXPECT_FALSE(found.has_record());
}

TEST_P(SigstoreItem, AnotherLogIsNotRecognised) {
  const v1::Attestation found =
      item_under(Rekor(GetParam()).trusted_root()).proof(bundle()).judge();
  EXPECT_THAT(reasons(found), ElementsAre("LOG_UNKNOWN"));
  EXPECT_THAT(remarks(found), Contains("INC-1 UNDETERMINED LEDGER_NOT_RECOGNISED INCONCLUSIVE"));
  EXPECT_FALSE(found.quorum().reached());
  EXPECT_FALSE(found.has_record());
}

TEST_P(SigstoreItem, TheCheckpointIsOfTheLogThatSignedIt) {
  const auto of = [&](const std::string& origin) {
    Rekor::Options options;
    options.origin = origin;
    return reasons(judge(text(rekor_.bundle(kFile, options))));
  };
  EXPECT_THAT(of(Rekor::name()), IsEmpty());
  EXPECT_THAT(of("other.example"), ElementsAre("ORIGIN"));
  EXPECT_THAT(of(Rekor::name() + ".other"), ElementsAre("ORIGIN"));
  if (is_second()) {
    EXPECT_THAT(of(Rekor::name() + " - 1"), ElementsAre("ORIGIN"));
  }
}

TEST_P(SigstoreItem, WhatTheBundleSaysOfTheTreeIsWhatTheLogSigned) {
  const v1::Attestation larger = judge(changed("\"treeSize\":\"2\"", "\"treeSize\":\"3\""));
  EXPECT_THAT(reasons(larger), ElementsAre("CHECKPOINT"));
  EXPECT_THAT(remarks(larger), Not(Contains(HasSubstr("QUO-3 FAIL"))));  // nobody checked it
  ASSERT_EQ(larger.signatures_size(), 1);
  EXPECT_EQ(larger.signatures(0).role(), "DEPOSITOR");
  const std::string zero = core::to_base64(core::Bytes(32, 0));
  std::string other = bundle();
  const std::size_t at = other.find("\"rootHash\":\"") + 12;
  EXPECT_THAT(reasons(judge(other.replace(at, zero.size(), zero))), ElementsAre("CHECKPOINT"));
  EXPECT_THAT(reasons(judge(changed("\\n2\\n", "\\n3\\n"))), Contains("CHECKPOINT"));
}

TEST_P(SigstoreItem, APathToAnotherRootContradictsIt) {
  const std::string zero = core::to_base64(core::Bytes(32, 0));
  std::string other = bundle();
  const std::size_t at = other.find("\"hashes\":[\"") + 11;
  const v1::Attestation found = judge(other.replace(at, zero.size(), zero));
  EXPECT_THAT(reasons(found), ElementsAre("NOT_INCLUDED"));
  EXPECT_THAT(remarks(found), Contains("INC-1 FAIL INCLUSION_PROOF_INVALID INCONSISTENT"));
  const std::size_t hashes = other.find("\"hashes\":[");
  const std::size_t end = other.find(']', hashes);
  EXPECT_THAT(reasons(judge(std::string(other).replace(hashes, end - hashes, "\"hashes\":["))),
              ElementsAre("NOT_INCLUDED"));
}

TEST_P(SigstoreItem, ALineOfAnUnknownKeyIsIgnored) {
  const std::string line = "\\u2014 witness.example " + core::to_base64(core::Bytes(76, 1)) + "\\n";
  const std::string end = "\\n\"},\"hashes\"";
  EXPECT_THAT(reasons(judge(changed(end, "\\n" + line + "\"},\"hashes\""))), IsEmpty());
}

TEST_P(SigstoreItem, ASignatureThatIsMissingIsNotSaidToFail) {
  const v1::Attestation found =
      judge(changed("\u2014 " + Rekor::name() + " ", "\u2014 other.example "));
  EXPECT_THAT(reasons(found), ElementsAre("LOG_SIGNATURE_MISSING"));
  EXPECT_THAT(remarks(found), Not(Contains(HasSubstr("QUO-3 FAIL"))));
  ASSERT_EQ(found.signatures_size(), 1);
  EXPECT_EQ(found.signatures(0).role(), "DEPOSITOR");
  EXPECT_FALSE(found.quorum().reached());
}

TEST_P(SigstoreItem, OfTwoSignaturesOfTheLogTheWorseIsDescribed) {
  const std::string own = bundle();
  const std::size_t start = own.find("\u2014 " + Rekor::name());
  const std::size_t end = own.find("\\n", start);
  ASSERT_NE(end, std::string::npos);
  const std::string line = own.substr(start, end - start);
  std::string bad = line;
  bad[line.size() - 12] = bad[line.size() - 12] == 'A' ? 'B' : 'A';
  const v1::Attestation found = judge(changed(own, line, bad + "\\n" + line));
  EXPECT_THAT(reasons(found), ElementsAre("DUPLICATE_SIGNATURE", "LOG_SIGNATURE"));
  EXPECT_EQ(found.signatures(0).outcome(), v1::OUTCOME_FAIL);
}

TEST_P(SigstoreItem, AKeyWhoseTermHasEndedIsNotedAndCountsUnlessThePolicyIsStrict) {
  // What the log says of its time, nobody else does: with a promise or without one.
  const std::string ended = rekor_.trusted_root("2026-01-01T00:00:00Z", "2026-10-01T00:00:00Z");
  for (const bool promise : {true, false}) {
    Rekor::Options options;
    options.promise = promise;
    const std::string proof = text(rekor_.bundle(kFile, options));
    const v1::Attestation lax = item_under(ended).proof(proof).judge();
    EXPECT_THAT(remarks(lax),
                ElementsAre("KEY-1 UNDETERMINED NODE_CERT_EXPIRED_NO_POE NOTE", kNodeClock));
    EXPECT_TRUE(lax.has_record());
    EXPECT_EQ(lax.signatures(0).valid_until_ms(), 1'790'812'800'000);
    const v1::Attestation strict = item_under(ended).strict().proof(proof).judge();
    EXPECT_THAT(reasons(strict), ElementsAre("NO_QUORUM"));
    EXPECT_THAT(remarks(strict), Contains("KEY-1 UNDETERMINED NODE_CERT_EXPIRED_NO_POE NOTE"));
    EXPECT_THAT(remarks(strict), Contains("QUO-1 FAIL QUORUM_NOT_REACHED INCONCLUSIVE"));
    EXPECT_FALSE(strict.signatures(0).counted());
    EXPECT_FALSE(strict.has_record());
    EXPECT_FALSE(strict.has_time());
  }
}

TEST_P(SigstoreItem, AKeyWhoseTermHasNotBegunCountsForNothing) {
  const std::string root = rekor_.trusted_root("2026-11-24T00:00:01Z");
  Rekor::Options options;
  options.promise = false;
  const std::string proof = text(rekor_.bundle(kFile, options));
  const v1::Attestation found = item_under(root).proof(proof).judge();
  EXPECT_THAT(reasons(found), ElementsAre("NO_QUORUM"));
  EXPECT_THAT(remarks(found), Contains("KEY-1 FAIL NODE_CERT_NOT_YET_VALID NOTE"));
  EXPECT_FALSE(found.signatures(0).counted());
  EXPECT_FALSE(found.has_record());
  EXPECT_THAT(reasons(item_under(root).at("2026-11-24T00:00:01Z").proof(proof).judge()), IsEmpty());
}

TEST_P(SigstoreItem, TheOperatorAloneIsEnoughOnlyWhereTheListSaysSo) {
  const v1::Attestation found = LogItem(files(rekor_.trusted_root(), rekor_.key_pem(), "both"))
                                    .file(core::as_bytes(kFile))
                                    .proof(bundle())
                                    .judge();
  EXPECT_THAT(reasons(found), ElementsAre("NO_QUORUM"));
  EXPECT_THAT(remarks(found), Contains("QUO-1 FAIL QUORUM_NOT_REACHED INCONCLUSIVE"));
  EXPECT_FALSE(found.has_record());
  EXPECT_FALSE(found.has_time());
  const v1::Attestation linked = item().linked("platform").proof(bundle()).judge();
  EXPECT_TRUE(linked.quorum().reached());
  EXPECT_FALSE(linked.quorum().neutral_reached());
}

TEST_P(SigstoreItem, EntriesAreNamedByTheirNumber) {
  const std::string own = is_second() ? "1" : "5000001";
  EXPECT_TRUE(item().named(own).proof(bundle()).judge().record_named());
  EXPECT_THAT(remarks(item().named("7").proof(bundle()).judge()),
              Contains("REC-1 FAIL RECORD_ID_UNKNOWN NOT_FOUND"));
  EXPECT_THAT(remarks(item().named("EV-1").proof(bundle()).judge()), ElementsAre(kNodeClock));
}

TEST_P(SigstoreItem, OneFileIsReadOnceAndTheBudgetHolds) {
  const std::string proof = bundle();
  const auto judged = item().proof(proof).proof(proof).try_judge();
  ASSERT_TRUE(judged.has_value());
  EXPECT_EQ(judged->size(), 1U);
  const auto broke = item().signatures(1).proof(proof).try_judge();
  ASSERT_FALSE(broke.has_value());
  EXPECT_EQ(broke.error().code, core::ErrorCode::kLimit);
}

TEST_P(SigstoreItem, LibrariesThatDifferLeaveTheItemOpen) {
  // The depositor's signature, the checkpoint's, the promise's.
  for (std::size_t nth = 0; nth < (is_second() ? 2U : 3U); ++nth) {
    const Refusing refusing(nth);
    const v1::Attestation found =
        item().engines({crypto::production_engines().first, &refusing}).proof(bundle()).judge();
    EXPECT_THAT(reasons(found), ElementsAre("ENGINES_DISAGREE")) << nth;
    EXPECT_THAT(remarks(found), Contains("QUO-3 FAIL SIGNATURE_ENGINES_DISAGREE NOT_COMPLETED"));
    EXPECT_FALSE(found.has_record());
    if (nth > 0) {
      EXPECT_FALSE(found.signatures(0).counted());
      EXPECT_FALSE(found.quorum().reached());
    }
  }
}

TEST_P(SigstoreItem, AnExcerptHasNothingThatNobodySigned) {
  const std::string own = bundle();
  const std::string more =
      changed(own, "\"publicKey\":{}",
              "\"publicKey\":{\"hint\":\"Wang\"},\"timestampVerificationData\":"
              "{\"rfc3161Timestamps\":[{\"signedTimestamp\":\"V2FuZw==\"}]}");
  EXPECT_THAT(reasons(judge(more)), IsEmpty());
  EXPECT_THAT(item().proof(more).excerpts(), ElementsAre(std::optional(own)));
  EXPECT_THAT(item().proof(own).excerpts(), ElementsAre(std::optional(own)));
  const std::string line = "\\u2014 wang.example " + core::to_base64(core::Bytes(76, 1)) + "\\n";
  const std::string noted = changed(own, "\\n\"},\"hashes\"", "\\n" + line + "\"},\"hashes\"");
  EXPECT_THAT(item().proof(noted).excerpts(), ElementsAre(std::optional(own)));
  const std::string stranger = text(Rekor(GetParam()).bundle(kFile));
  EXPECT_THAT(item().proof(stranger).excerpts(), ElementsAre(std::nullopt));
}

class SigstoreFirst : public SigstoreItem {};
INSTANTIATE_TEST_SUITE_P(Version1, SigstoreFirst, ::testing::Values(Rekor::Version::kFirst));

TEST_P(SigstoreFirst, WithoutAPromiseThereIsNoTimeAndNoIndexOverAllTrees) {
  const v1::Attestation found =
      judge(text(rekor_.bundle(kFile, {.integrated = 1, .promise = false, .origin = {}})));
  EXPECT_THAT(remarks(found), ElementsAre(kNodeClock));
  EXPECT_FALSE(found.has_time());
  EXPECT_EQ(found.record().id(), "1");
}

TEST_P(SigstoreFirst, WithoutAPromiseTheNumberIsUnknownNotAnother) {
  const std::string proof =
      text(rekor_.bundle(kFile, {.integrated = 1, .promise = false, .origin = {}}));
  for (const std::string name : {"1", "5000001", "7"}) {
    const v1::Attestation found = item().named(name).proof(proof).judge();
    EXPECT_THAT(remarks(found), ElementsAre(kNodeClock)) << name;
    EXPECT_FALSE(found.record_named()) << name;
  }
}

TEST_P(SigstoreFirst, APromiseThatFailsVoidsTheEntry) {
  for (const auto& [from, to] :
       {std::pair("\"integratedTime\":\"1790000000\"", "\"integratedTime\":\"1789999999\""),
        std::pair("\"integratedTime\":\"1790000000\"",
                  "\"integratedTime\":\"9223372036854775807\""),
        std::pair("\"logIndex\":\"5000001\"", "\"logIndex\":\"5000002\""),
        std::pair("\"logIndex\":\"5000001\"", "\"logIndex\":\"9223372036854775807\"")}) {
    const v1::Attestation found = judge(changed(from, to));
    EXPECT_THAT(reasons(found), ElementsAre("ENTRY_TIMESTAMP")) << to;
    EXPECT_THAT(remarks(found),
                Contains("INC-1 UNDETERMINED INCLUSION_ROOT_NOT_AUTHENTICATED INCONCLUSIVE"));
    EXPECT_FALSE(found.has_record());
    EXPECT_FALSE(found.has_time());
    EXPECT_FALSE(found.quorum().reached());
    EXPECT_FALSE(found.signatures(0).counted());
    EXPECT_FALSE(found.signatures(0).quorum());
    EXPECT_THAT(remarks(found), Contains("QUO-1 UNDETERMINED NONE NONE"));
  }
}

TEST_P(SigstoreFirst, TheLogsKeyIsOfItsPeriod) {
  const auto under = [&](const std::string& start, const std::string& end) {
    return reasons(item_under(rekor_.trusted_root(start, end)).proof(bundle()).judge());
  };
  // 2026-09-21T14:13:20Z; both ends are part of the period.
  EXPECT_THAT(under("2026-09-21T14:13:20Z", "2026-09-21T14:13:20Z"), IsEmpty());
  EXPECT_THAT(under("2026-09-21T14:13:21Z", ""), ElementsAre("LOG_UNKNOWN"));
  EXPECT_THAT(under("2026-01-01T00:00:00Z", "2026-09-21T14:13:19Z"), ElementsAre("LOG_UNKNOWN"));
}

TEST_P(SigstoreFirst, ATimeToComeIsNone) {
  const std::string proof = bundle();
  EXPECT_TRUE(item().proof(proof).judge().time().has_not_after_ms());
  EXPECT_FALSE(item().at("2026-09-21T14:03:19Z").proof(proof).judge().time().has_not_after_ms());
  EXPECT_TRUE(item().at("2026-09-21T14:03:20Z").proof(proof).judge().time().has_not_after_ms());
}

class SigstoreSecond : public SigstoreItem {};
INSTANTIATE_TEST_SUITE_P(Version2, SigstoreSecond, ::testing::Values(Rekor::Version::kSecond));

TEST_P(SigstoreSecond, PromisesNothingAndHasOneIndex) {
  EXPECT_THAT(
      reasons(judge(changed("\"logIndex\":\"1\",\"rootHash\"", "\"logIndex\":\"0\",\"rootHash\""))),
      Contains("NOT_INCLUDED"));
  std::string other = bundle();
  const std::string last = "\"logIndex\":\"1\"";
  const std::size_t at = other.find(last, other.find("\"kindVersion\""));
  ASSERT_NE(at, std::string::npos);
  EXPECT_THAT(reasons(judge(other.replace(at, last.size(), "\"logIndex\":\"2\""))),
              ElementsAre("ENTRY_MISMATCH"));
  EXPECT_THAT(reasons(judge(changed("\"kindVersion\"",
                                    "\"inclusionPromise\":{\"signedEntryTimestamp\":\"AAAA\"},"
                                    "\"kindVersion\""))),
              Contains("ENTRY_MISMATCH"));
}

TEST_P(SigstoreSecond, WhereThereAreSeveralLogsANumberNamesNoEntry) {
  const std::string more = Rekor(Rekor::Version::kSecond).trusted_root();
  const std::string start = "\"tlogs\":[";
  const std::size_t at = more.find(start) + start.size();
  std::string root = rekor_.trusted_root();
  root.insert(root.size() - 2, "," + more.substr(at, more.size() - 2 - at));
  for (const std::string name : {"1", "7"}) {
    const v1::Attestation found = item_under(root).named(name).proof(bundle()).judge();
    EXPECT_THAT(remarks(found), ElementsAre(kNodeClock)) << name;
    EXPECT_TRUE(found.has_record()) << name;
    EXPECT_FALSE(found.record_named()) << name;
  }
}

}  // namespace
}  // namespace heyan::ledgers::sigstore
