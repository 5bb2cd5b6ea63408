// Tokens that are filed for an item: what stands in the attestation, and when nothing does.
#include <algorithm>

#include "tests/unit/rfc3161/fixture.h"

namespace heyan::ledgers::rfc3161::testing {
namespace {

const Codes kUnchecked = {v1::REASON_REVOCATION_UNAVAILABLE};

class ItemTest : public TokenTest {
 protected:
  // Both CAs with their revocation lists.
  void trust_with_lists() {
    files_["ca.pem"] = vector_bytes("synthetic/intermediate.pem");
    files_["root.crl"] = vector_bytes("synthetic/root.crl");
    files_["ca.crl"] = vector_bytes("synthetic/intermediate.crl");
    trust({.ca = "crl = [\"root.crl\"]\n[[institution.ca]]\nfile = \"ca.pem\"\n"
                 "crl = [\"ca.crl\"]"});
  }
  // The base64 of the SM2 key in this token.
  static std::string sm2_key_in(const std::string& name);
};

TEST_F(ItemTest, SaysByWhenTheFileExisted) {
  const auto attestation = judge("synthetic/ok-basic.tsr");
  EXPECT_EQ(attestation.tier(), v1::TIER_TIME_PROOF);
  EXPECT_EQ(attestation.proof_outcome(), v1::PROOF_OUTCOME_ACCEPT);
  EXPECT_EQ(codes(attestation), kUnchecked);
  ASSERT_TRUE(shows_time(attestation));
  const v1::TimeInterval& time = attestation.time();
  // Accuracy one second: so much later it may have been.
  EXPECT_EQ(core::format_rfc3339(core::from_unix_ms(time.not_after_ms())), "2023-06-15T08:30:13Z");
  EXPECT_FALSE(time.has_not_before_ms());
  EXPECT_EQ(time.accuracy_us(), 1'000'000);
  EXPECT_EQ(time.policy(), "1.3.6.1.4.1.99999.1.1");
  EXPECT_EQ(time.authority_class(), "licensed-ca");
  EXPECT_EQ(time.source(), "tsa:tsa");
  ASSERT_EQ(attestation.record().digests_size(), 1);
  EXPECT_EQ(attestation.record().digests(0).value(),
            core::to_string(crypto::sha256(vector_bytes("synthetic/document.txt"))));
  EXPECT_FALSE(attestation.record().has_when_ms());
  ASSERT_EQ(attestation.signatures_size(), 1);
  EXPECT_EQ(attestation.signatures(0).institution(), "tsa");
  EXPECT_EQ(attestation.signatures(0).signer(), "Heyan Shared TSA");
  EXPECT_TRUE(attestation.signatures(0).counted());
  EXPECT_FALSE(attestation.signatures(0).quorum());
}

TEST_F(ItemTest, WithoutAStatedAccuracyTheTimeIsTheStamps) {
  const auto attestation = judge("synthetic/ok-fraction.tsr");
  EXPECT_FALSE(attestation.time().has_accuracy_us());
  EXPECT_EQ(core::format_rfc3339(core::from_unix_ms(attestation.time().not_after_ms())),
            "2023-06-15T08:30:12.250Z");
}

TEST_F(ItemTest, EveryFormIsRead) {
  const core::Bytes token = vector_bytes("synthetic/ok-token-only.tst");
  const std::string base64 = core::to_base64(token);
  const std::string pem = "-----BEGIN CMS-----\n" + base64 + "\n-----END CMS-----\n";
  for (const std::string& text : {base64, base64 + "\r\n", pem}) {
    EXPECT_TRUE(shows_time(judge(core::to_bytes(std::string_view(text))))) << text.substr(0, 30);
    EXPECT_TRUE(ledger().recognises(core::as_bytes(text).first(kHeadBytes)));
  }
  EXPECT_TRUE(shows_time(judge(token)));
  EXPECT_TRUE(ledger().recognises(core::ByteView(token).first(kHeadBytes)));
}

TEST_F(ItemTest, OtherFormsAreNot) {
  const std::string base64 = core::to_base64(vector_bytes("synthetic/ok-token-only.tst"));
  const std::string cut = base64.substr(0, base64.size() - 5);
  const std::string other =
      "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----";
  const std::string twice = base64 + base64;
  const std::string before = "Token:\n" + base64;
  for (const std::string& text : {cut, other, twice, before, std::string(), std::string("0")}) {
    const auto attestation = judge(core::to_bytes(std::string_view(text)));
    EXPECT_EQ(codes(attestation), Codes{v1::REASON_INCLUSION_PROOF_MALFORMED})
        << text.substr(0, 30);
    EXPECT_FALSE(shows_time(attestation));
    EXPECT_EQ(attestation.proof_outcome(), v1::PROOF_OUTCOME_REJECT);
  }
}

TEST_F(ItemTest, AFileThatIsTooLargeIsNotRead) {
  core::Bytes large = vector_bytes("synthetic/ok-token-only.tst");
  large.resize((256u << 10) + 1);
  EXPECT_EQ(codes(judge(large)), Codes{v1::REASON_INCLUSION_PROOF_MALFORMED});
}

TEST_F(ItemTest, AnotherFileIsNotAccused) {
  file(core::as_bytes("another file"));
  const auto attestation = judge("synthetic/ok-basic.tsr");
  EXPECT_EQ(codes(attestation),
            (Codes{v1::REASON_TIME_PROOF_OF_OTHER_FILE, v1::REASON_REVOCATION_UNAVAILABLE}));
  EXPECT_FALSE(attestation.has_record());
  EXPECT_FALSE(attestation.has_time());
  for (const v1::Finding& finding : attestation.findings()) {
    EXPECT_NE(finding.effect(), v1::EFFECT_INCONSISTENT);
  }
}

TEST_F(ItemTest, WhoeverIsNotListedShowsNothing) {
  const Codes unknown = {v1::REASON_INSTITUTION_NOT_ON_TRUST_LIST};
  for (const bool listed : {true, false}) {
    if (listed) {
      trust({.anchor = "synthetic/old-root.pem"});
    } else {
      trust_nobody();
    }
    const auto attestation = judge("synthetic/ok-basic.tsr");
    EXPECT_EQ(codes(attestation), unknown);
    EXPECT_EQ(reasons(attestation), std::vector<std::string>{"UNTRUSTED_ISSUER"});
    EXPECT_FALSE(attestation.has_record());
    EXPECT_FALSE(attestation.has_time());
    EXPECT_EQ(attestation.signatures(0).institution(), "");
    EXPECT_EQ(attestation.signatures(0).signer(), "Heyan Shared TSA");
    EXPECT_FALSE(attestation.signatures(0).counted());
    EXPECT_EQ(attestation.proof_outcome(), v1::PROOF_OUTCOME_INCOMPLETE);
  }
}

TEST_F(ItemTest, WhatIsWrongIsNamedAndShowsNothing) {
  for (const auto& [name, reason] :
       std::map<std::string, std::string>{{"bad-signature", "SIGNATURE"},
                                          {"bad-messagedigest", "SIGNATURE"},
                                          {"bad-future", "GENTIME_FUTURE"},
                                          {"bad-eku-extra", "CERT_EKU"},
                                          {"bad-critical-ext", "CRITICAL_EXTENSION"},
                                          {"bad-status-rejection", "STATUS"},
                                          {"bad-contenttype-attr", "CONTENT_TYPE_ATTR"}}) {
    const auto attestation = judge("synthetic/" + name + ".tsr");
    EXPECT_THAT(reasons(attestation), ::testing::Contains(reason)) << name;
    EXPECT_TRUE(codes(attestation).contains(v1::REASON_TIME_PROOF_INVALID)) << name;
    EXPECT_FALSE(attestation.has_record()) << name;
    EXPECT_FALSE(attestation.has_time()) << name;
  }
}

TEST_F(ItemTest, RefusedByPolicy) {
  const auto expect_refused = [&](const std::string& name, const std::string& reason) {
    const auto attestation = judge("synthetic/" + name + ".tsr");
    EXPECT_THAT(reasons(attestation), ::testing::Contains(reason)) << name;
    EXPECT_TRUE(codes(attestation).contains(v1::REASON_TIME_PROOF_REFUSED)) << name;
    EXPECT_FALSE(attestation.has_record()) << name;
    EXPECT_FALSE(attestation.has_time()) << name;
  };
  expect_refused("weak-md5-imprint", "WEAK_IMPRINT");
  expect_refused("weak-sha1-imprint", "WEAK_IMPRINT");
  expect_refused("weak-rsa1024", "WEAK_KEY");
  expect_refused("weak-sha1-signature", "WEAK_SIGNATURE_DIGEST");
  trust({.tsa = "policies = [\"1.3.6.1.4.1.99999.1.1\"]"});
  EXPECT_TRUE(shows_time(judge("synthetic/ok-basic.tsr")));
  expect_refused("policy-other", "POLICY_OID");
  trust({.tsa = "accepted_from = 2024-01-01T00:00:00Z"});
  expect_refused("ok-basic", "NOT_ACCEPTED_THEN");
}

TEST_F(ItemTest, OfTwoTablesOfOneAuthorityOneIsEnough) {
  trust({.tsa = "policies = [\"1.2.3\"]",
         .tables = "[[tsa]]\ninstitution = \"tsa\"\nclass = \"private\"\n"});
  const auto attestation = judge("synthetic/ok-basic.tsr");
  EXPECT_TRUE(shows_time(attestation));
  EXPECT_EQ(attestation.time().authority_class(), "private");
}

TEST_F(ItemTest, RevocationByTheRuleOfTheStandard) {
  trust_with_lists();
  EXPECT_EQ(codes(judge("synthetic/ok-basic.tsr")), Codes{});
  EXPECT_EQ(codes(judge("synthetic/rev-superseded-later.tsr")), Codes{});
  const auto before = judge("synthetic/rev-superseded-earlier.tsr");
  EXPECT_EQ(codes(before),
            (Codes{v1::REASON_NODE_CERT_REVOKED_BEFORE, v1::REASON_TIME_PROOF_INVALID}));
  for (const std::string name : {"compromise", "noreason"}) {
    const auto attestation = judge("synthetic/rev-" + name + "-later.tsr");
    EXPECT_EQ(codes(attestation),
              (Codes{v1::REASON_NODE_CERT_REVOKED_NO_POE, v1::REASON_TIME_PROOF_INVALID}))
        << name;
    EXPECT_EQ(reasons(attestation), std::vector<std::string>{"REVOKED"}) << name;
    EXPECT_FALSE(attestation.has_time()) << name;
  }
  at_ = "2033-01-01T00:00:00Z";  // the lists are old; what stands in them does not go away
  EXPECT_EQ(codes(judge("synthetic/ok-basic.tsr")), kUnchecked);
  EXPECT_TRUE(codes(judge("synthetic/rev-compromise-later.tsr"))
                  .contains(v1::REASON_NODE_CERT_REVOKED_NO_POE));
}

TEST_F(ItemTest, GenuineButNotConforming) {
  const auto attestation = judge("synthetic/bad-eku-noncritical.tsr");
  EXPECT_TRUE(shows_time(attestation));
  EXPECT_TRUE(codes(attestation).contains(v1::REASON_TIME_PROOF_NOT_CONFORMING));
  EXPECT_EQ(attestation.proof_outcome(), v1::PROOF_OUTCOME_ACCEPT);
}

// Nothing but issuer and number ties a GM token to a certificate: the key must be listed itself.
TEST_F(ItemTest, GmTokensWithoutAttributesNeedAPin) {
  const std::string name = "synthetic/sm2-gm-noattrs.tsr";
  trust({.anchor = "synthetic/sm2-root.pem"});
  const auto unpinned = judge(name);
  EXPECT_EQ(codes(unpinned), Codes{v1::REASON_INSTITUTION_NOT_ON_TRUST_LIST});
  EXPECT_FALSE(shows_time(unpinned));
  EXPECT_TRUE(shows_time(judge("synthetic/sm2-ok.tsr")));
  const std::string key = sm2_key_in(name);
  const std::string pin =
      "[[institution.key]]\nid = \"k\"\nalgorithm = \"sm2\"\npublic = \"" + key + "\"\n";
  trust({.anchor = "synthetic/sm2-root.pem", .institution = pin});
  const auto pinned = judge(name);
  EXPECT_TRUE(shows_time(pinned));
  EXPECT_TRUE(codes(pinned).contains(v1::REASON_TIME_PROOF_NOT_CONFORMING));
  EXPECT_THAT(reasons(pinned), ::testing::Contains("NO_SIGNED_ATTRIBUTES"));
  EXPECT_FALSE(shows_time(judge("synthetic/sm2-gm-noattrs-bad.tsr")));
  for (const std::string period :
       {"valid_from = 2024-01-01T00:00:00Z", "valid_until = 2023-01-01T00:00:00Z",
        "revoked_at = 2025-01-01T00:00:00Z"}) {
    trust({.anchor = "synthetic/sm2-root.pem", .institution = pin + period});
    EXPECT_FALSE(shows_time(judge(name))) << period;
  }
  trust({.anchor = "synthetic/sm2-root.pem", .institution = pin, .ca = "sm2_id = \"other\""});
  EXPECT_FALSE(shows_time(judge(name)));
}

std::string ItemTest::sm2_key_in(const std::string& name) {
  // The SubjectPublicKeyInfo of SM2 in a token: the last one is the signer's.
  const core::Bytes token = vector_bytes(name);
  const auto head = core::from_hex("3059301306072a8648ce3d020106082a811ccf5501822d034200");
  const auto found = std::ranges::find_end(token, *head);
  if (found.empty()) return {};
  return core::to_base64(core::ByteView(&*found.begin(), 91));
}

TEST_F(ItemTest, ARequestThatWasFiledTooIsHeldAgainstTheToken) {
  const core::Bytes request = vector_bytes("synthetic/request.tsq");
  const auto judged = [&](const std::string& name) {
    const auto all = judge_all({vector_bytes("synthetic/" + name), request});
    return all.size() == 1 ? all.front() : v1::Attestation();
  };
  EXPECT_TRUE(shows_time(judged("ok-nonce.tsr")));
  const auto other = judged("bad-nonce.tsr");
  EXPECT_EQ(reasons(other), (std::vector<std::string>{"NONCE", "REVOCATION_NOT_CHECKED"}));
  EXPECT_FALSE(shows_time(other));
  EXPECT_FALSE(shows_time(judged("ok-basic.tsr")));  // answers without the nonce that was asked for
  EXPECT_TRUE(shows_time(judge("synthetic/bad-nonce.tsr")));
}

TEST_F(ItemTest, ARequestAloneShowsNothing) {
  const auto attestation = judge("synthetic/request.tsq");
  EXPECT_EQ(codes(attestation), Codes{v1::REASON_INCLUSION_PROOF_MISSING});
  EXPECT_FALSE(
      ledger().recognises(core::ByteView(vector_bytes("synthetic/request.tsq")).first(60)));
}

TEST_F(ItemTest, EachTokenIsJudgedOnceAndForItself) {
  const core::Bytes good = vector_bytes("synthetic/ok-basic.tsr");
  const auto all = judge_all({good, good, vector_bytes("synthetic/bad-signature.tsr")});
  ASSERT_EQ(all.size(), 2);
  EXPECT_TRUE(shows_time(all[0]));
  EXPECT_FALSE(shows_time(all[1]));
}

TEST_F(ItemTest, AnAuthorityThatIsLinkedToAPartyIsNobodyElse) {
  trust({.institution = "linked_parties = [\"某公司\"]"});
  record_.mutable_submission()->add_parties()->set_name("某公司");
  const auto attestation = judge("synthetic/ok-basic.tsr");
  EXPECT_FALSE(shows_time(attestation));
  EXPECT_TRUE(codes(attestation).contains(v1::REASON_TIME_ONLY_DECLARED));
}

}  // namespace
}  // namespace heyan::ledgers::rfc3161::testing
