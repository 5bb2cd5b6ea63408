// The envelope: payload, signatures, members, issuers.
#include <gtest/gtest.h>

#include "tests/unit/report/jws_fixture.h"
#include "verifier/report/envelope.h"
#include "verifier/report/jws.h"

namespace heyan::report {
namespace {

class JwsEnvelope : public Jws {};

TEST_F(JwsEnvelope, SignedReportVerifies) {
  const JwsVerdict verdict = verify(good_);
  EXPECT_EQ(verdict.outcome, JwsOutcome::kValid);
  EXPECT_EQ(name(verdict.fault), "none");
  EXPECT_EQ(core::to_string(verdict.payload), payload_);
  EXPECT_EQ(verdict.signed_at, at("2026-06-01T08:00:00Z"));
  EXPECT_EQ(verdict.log, (LogPosition{"heyan.example/log", 7}));
  ASSERT_EQ(verdict.signatures.size(), 2u);
  EXPECT_EQ(verdict.signatures[0].algorithm, kJwsEs256);
  EXPECT_EQ(verdict.signatures[1].algorithm, kJwsSm2);
  for (const JwsSignature& signature : verdict.signatures) {
    EXPECT_TRUE(signature.issuer_known);
    EXPECT_EQ(signature.outcome, crypto::SignatureOutcome::kValid);
  }
}

TEST_F(JwsEnvelope, LogPositionIsOptionalAndOrderOfSignaturesFree) {
  const std::string plain = sign_report(core::as_bytes(payload_), signers_, time_).value();
  EXPECT_EQ(verify(plain).outcome, JwsOutcome::kValid);
  EXPECT_FALSE(verify(plain).log);
  EXPECT_EQ(plain.find("heyan-log"), std::string::npos);
  const std::string turned = write(
      member("/payload"), {{member("/signatures/1/protected"), member("/signatures/1/signature")},
                           {member("/signatures/0/protected"), member("/signatures/0/signature")}});
  EXPECT_EQ(verify(turned).outcome, JwsOutcome::kValid);
  EXPECT_EQ(verify(" " + good_ + "\n").outcome, JwsOutcome::kValid);
}

TEST_F(JwsEnvelope, EveryCharacterCounts) {
  for (std::size_t place = 0; place < good_.size(); place += 11) {
    std::string changed = good_;
    changed[place] = changed[place] == 'A' ? 'B' : 'A';
    EXPECT_EQ(verify(changed).outcome, JwsOutcome::kInvalid) << place;
  }
}

TEST_F(JwsEnvelope, BitsOfPayloadHeaderAndSignature) {
  const std::string other = b64(replaced(payload_, "ALL_CONSISTENT", "NOT_CONSISTENT"));
  EXPECT_EQ(fault(replaced(good_, member("/payload"), other)), JwsFault::kSignature);
  for (int i = 0; i < 2; ++i) {
    const std::string text = member("/signatures/" + std::to_string(i) + "/signature");
    std::string bytes = unb64(text);
    for (const std::size_t place : {0u, 31u, 32u, 63u}) {
      std::string flipped = bytes;
      flipped[place] = static_cast<char>(flipped[place] ^ 1);
      EXPECT_EQ(fault(replaced(good_, text, b64(flipped))), JwsFault::kSignature);
    }
    EXPECT_EQ(fault(replaced(good_, text, b64(bytes.substr(1)))), JwsFault::kSignature);
    EXPECT_EQ(fault(replaced(good_, text, b64(bytes + "x"))), JwsFault::kSignature);
    EXPECT_EQ(fault(replaced(good_, text, "")), JwsFault::kSignature);
  }
}

TEST_F(JwsEnvelope, SignatureTakenOffOrDoubled) {
  const std::pair es{member("/signatures/0/protected"), member("/signatures/0/signature")};
  const std::pair sm{member("/signatures/1/protected"), member("/signatures/1/signature")};
  const std::string payload = member("/payload");
  for (const auto& set : std::vector<std::vector<std::pair<std::string, std::string>>>{
           {}, {es}, {sm}, {es, es}, {sm, sm}, {es, sm, es}, {es, sm, sm}}) {
    EXPECT_EQ(fault(write(payload, set)), JwsFault::kSignatureSet) << set.size();
  }
}

TEST_F(JwsEnvelope, MembersOfTheDocument) {
  const std::string payload = member("/payload");
  for (const std::string& bad :
       {replaced(good_, R"({"payload")", R"({"extra":1,"payload")"),
        replaced(good_, R"("protected")", R"("header":{},"protected")"),
        replaced(good_, R"("protected")", R"("Protected")"),
        replaced(good_, R"("payload":")" + payload + "\",", ""),
        replaced(good_, R"("payload":")" + payload + "\"", R"("payload":null)"), std::string("{}"),
        std::string("[]"), std::string("null"), std::string(R"({"payload":"","signatures":{}})")}) {
    EXPECT_EQ(fault(bad), JwsFault::kMembers) << bad.substr(0, 60);
  }
  for (const std::string& bad :
       {std::string(), good_ + "x", good_ + good_, good_.substr(0, good_.size() - 1),
        "\xef\xbb\xbf" + good_, replaced(good_, R"({"payload")", R"({"payload":"","payload")"),
        replaced(good_, R"("protected")", R"("protected":"","protected")")}) {
    EXPECT_EQ(fault(bad), JwsFault::kNotJson) << bad.substr(0, 60);
  }
}

TEST_F(JwsEnvelope, DetachedPayloadIsRefused) {
  EXPECT_EQ(fault(replaced(good_, member("/payload"), "")), JwsFault::kPayload);
}

TEST_F(JwsEnvelope, LaxBase64IsRefused) {
  const std::string payload = member("/payload");
  for (const std::string& bad : {payload + "=", payload + "A", payload + "\\n", payload + " ",
                                 "+" + payload.substr(1), "/" + payload.substr(1)}) {
    const JwsFault got = fault(replaced(good_, payload, bad));
    EXPECT_TRUE(got == JwsFault::kBase64 || got == JwsFault::kPayload) << bad;
  }
  const std::string signature =
      member("/signatures/0/signature");  // 86 characters: four bits of the last are unused
  std::string bits = signature;
  bits.back() = static_cast<char>(bits.back() + 1);
  EXPECT_EQ(fault(replaced(good_, signature, bits)), JwsFault::kBase64);
  EXPECT_EQ(fault(replaced(good_, signature, signature + "==")), JwsFault::kBase64);
}

TEST_F(JwsEnvelope, PayloadMustBeCanonical) {
  for (const char* payload : {R"({"b":1,"a":2})", R"({ "a":1})", R"({"a":1.5})", R"({"a":1e2})",
                              R"({"a":"\u0041"})", "[]", "1", R"({"a":9007199254740992})",
                              R"({"a":1,"a":1})", "{\"a\":\"\xff\"}", "{}\n", ""}) {
    EXPECT_FALSE(sign_report(core::as_bytes(payload), signers_, time_)) << payload;
    const std::string text = b64(payload);
    const std::string es = member("/signatures/0/protected");
    const std::string sm = member("/signatures/1/protected");
    EXPECT_EQ(fault(write(text, {{es, sign_again(0, es, text)}, {sm, sign_again(1, sm, text)}})),
              JwsFault::kPayload)
        << payload;
  }
  const std::string text = b64("{}");
  const std::string es = member("/signatures/0/protected");
  const std::string sm = member("/signatures/1/protected");
  EXPECT_EQ(fault(write(text, {{es, sign_again(0, es, text)}, {sm, sign_again(1, sm, text)}})),
            JwsFault::kNone);
}

TEST_F(JwsEnvelope, SignaturesOfAnotherReport) {
  const std::string other = sign_report(core::as_bytes(R"({"reportNumber":"2"})"), signers_, time_,
                                        LogPosition{"heyan.example/log", 7})
                                .value();
  const auto document = core::json::parse(core::as_bytes(other), {});
  EXPECT_EQ(fault(replaced(good_, member("/payload"), *document->at("/payload")->as_string())),
            JwsFault::kSignature);
  EXPECT_EQ(fault(replaced(good_, member("/signatures/1/signature"),
                           *document->at("/signatures/1/signature")->as_string())),
            JwsFault::kSignature);
}

TEST_F(JwsEnvelope, UnknownIssuerIsNeitherValidNorInvalid) {
  crypto::SignatureChecker checker(crypto::production_engines(), {});
  const auto outcome = [&](std::vector<crypto::PublicKey> pinned, std::string_view document) {
    return verify_report(core::as_bytes(document), pinned, checker).outcome;
  };
  EXPECT_EQ(outcome({}, good_), JwsOutcome::kIssuerUnknown);
  EXPECT_EQ(outcome({pinned_[0]}, good_), JwsOutcome::kIssuerUnknown);
  EXPECT_EQ(outcome({pinned_[1]}, good_), JwsOutcome::kIssuerUnknown);
  EXPECT_EQ(outcome({signer(KeyAlgorithm::kEcdsaP256).key.public_key(), pinned_[1]}, good_),
            JwsOutcome::kIssuerUnknown);
  // One signature by a stranger beside a good one.
  const std::vector<ReportSigner> mixed = {es256_, signer(KeyAlgorithm::kSm2)};
  const std::string half = sign_report(core::as_bytes(payload_), mixed, time_).value();
  EXPECT_EQ(outcome(pinned_, half), JwsOutcome::kIssuerUnknown);
  // An unknown issuer does not hide a wrong signature.
  EXPECT_EQ(outcome({}, replaced(good_, member("/payload"), b64("{}"))), JwsOutcome::kInvalid);
}

TEST_F(JwsEnvelope, CertificateOfAnotherKeyDoesNotHelp) {
  // The pinned key's certificate over a stranger's signature.
  const ReportSigner stranger = signer(KeyAlgorithm::kEcdsaP256);
  const std::string header = member("/signatures/0/protected");
  const std::string input = header + "." + member("/payload");
  const auto signature =
      stranger.key.sign({.encoding = crypto::SignatureEncoding::kRs}, core::as_bytes(input));
  EXPECT_EQ(
      fault(replaced(good_, member("/signatures/0/signature"), core::to_base64url(*signature))),
      JwsFault::kSignature);
}

TEST_F(JwsEnvelope, EnginesDisagreeAndBudget) {
  class Refusing final : public crypto::Engine {
   public:
    std::string_view name() const override { return "refusing"; }
    std::unique_ptr<crypto::Hasher> hasher(crypto::Hash hash) const override {
      return crypto::botan_hasher(hash);
    }
    bool verify(const crypto::PublicKey&, const crypto::Scheme&, core::ByteView,
                core::ByteView) const override {
      return false;
    }
  };
  const Refusing refusing;
  crypto::SignatureChecker disagreeing({crypto::production_engines().first, &refusing}, {});
  EXPECT_EQ(verify_report(core::as_bytes(good_), pinned_, disagreeing).fault,
            JwsFault::kEnginesDisagree);
  crypto::SignatureChecker poor(crypto::production_engines(), {.signatures = 1});
  EXPECT_EQ(verify_report(core::as_bytes(good_), pinned_, poor).fault, JwsFault::kBudget);
}

TEST_F(JwsEnvelope, SigningRefuses) {
  const core::ByteView payload = core::as_bytes(payload_);
  EXPECT_FALSE(sign_report(payload, {}, time_));
  EXPECT_FALSE(sign_report(payload, std::vector{es256_}, time_));
  EXPECT_FALSE(sign_report(payload, std::vector{es256_, es256_}, time_));
  EXPECT_FALSE(sign_report(payload, std::vector{es256_, sm2_, sm2_}, time_));
  EXPECT_FALSE(sign_report(payload, signers_, at("1969-12-31T23:59:59Z")));
  EXPECT_FALSE(sign_report(payload, signers_, time_, LogPosition{"", 1}));
  EXPECT_FALSE(sign_report(payload, signers_, time_, LogPosition{"origin", -1}));
  EXPECT_FALSE(sign_report(payload, signers_, time_, LogPosition{"a\nb", 1}));
  ReportSigner odd = es256_;
  odd.chain = signer(KeyAlgorithm::kEcdsaP256).chain;
  EXPECT_FALSE(sign_report(payload, std::vector{odd, sm2_}, time_));
  odd.chain.clear();
  EXPECT_FALSE(sign_report(payload, std::vector{odd, sm2_}, time_));
}

TEST_F(JwsEnvelope, ASealedReportIsCanonicalAndHoldsItsProof) {
  const std::string jws = sign_report(core::as_bytes(payload_), signers_, time_).value();
  const std::string proof = "c2sp.org/tlog-proof@v1\nextra \"\\\n";
  const std::string sealed = seal(jws, proof).value();
  const auto parsed = core::json::parse(core::as_bytes(sealed), {});
  ASSERT_TRUE(parsed);
  EXPECT_EQ(core::json::write_canonical(*parsed), sealed);
  ASSERT_NE(parsed->find("heyan-log-proof"), nullptr);
  EXPECT_EQ(*parsed->find("heyan-log-proof")->as_string(), proof);
  EXPECT_TRUE(sealed.ends_with(jws.substr(1)));
}

TEST_F(JwsEnvelope, OnlyASignedReportIsSealed) {
  const std::string jws = sign_report(core::as_bytes(payload_), signers_, time_).value();
  for (const std::string& other :
       {std::string(), std::string("{}"), std::string("[]"), " " + jws, jws + "\n",
        seal(jws, "proof").value(), std::string(R"({"signatures":[]})")}) {
    EXPECT_FALSE(seal(other, "proof")) << other;
  }
}

}  // namespace
}  // namespace heyan::report
