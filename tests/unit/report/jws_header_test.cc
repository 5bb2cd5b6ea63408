// The protected headers and the certificates in them.
#include <gtest/gtest.h>

#include "tests/unit/report/jws_fixture.h"
#include "verifier/report/jws.h"

namespace heyan::report {
namespace {

class JwsHeader : public Jws {};

TEST_F(JwsHeader, HeaderHoldsWhatIsDocumented) {
  const auto header =
      core::json::parse(core::as_bytes(unb64(member("/signatures/1/protected"))), {});
  ASSERT_TRUE(header);
  EXPECT_EQ(*header->at("/alg")->as_string(), "urn:heyan:jws:sm2-sm3");
  EXPECT_EQ(*header->at("/typ")->as_string(), "heyan-report+jws");
  EXPECT_EQ(*header->at("/iat")->as_integer(), 1780300800);
  EXPECT_EQ(*header->at("/heyan-log/index")->as_integer(), 7);
  EXPECT_EQ(*header->at("/heyan-signatures/0")->as_string(), "ES256");
  EXPECT_EQ(*header->at("/heyan-signatures/1")->as_string(), "urn:heyan:jws:sm2-sm3");
  EXPECT_EQ(*header->at("/x5c/0")->as_string(), core::to_base64(sm2_.chain.front().der()));
}

TEST_F(JwsHeader, ExpectedSetIsFixed) {
  const auto change = [&](std::string_view set) {
    return fault(with_header(0, [&](std::string header) {
      return replaced(std::move(header), R"(["ES256","urn:heyan:jws:sm2-sm3"])", set);
    }));
  };
  EXPECT_EQ(change(R"(["ES256"])"), JwsFault::kSignatureSet);
  EXPECT_EQ(change(R"([])"), JwsFault::kSignatureSet);
  EXPECT_EQ(change(R"(["urn:heyan:jws:sm2-sm3","ES256"])"), JwsFault::kSignatureSet);
  EXPECT_EQ(change(R"("ES256")"), JwsFault::kSignatureSet);
}

TEST_F(JwsHeader, AlgorithmsSwappedOrUnknown) {
  EXPECT_EQ(fault(with_header(0,
                              [](std::string h) {
                                return replaced(std::move(h), R"("alg":"ES256")",
                                                R"("alg":"urn:heyan:jws:sm2-sm3")");
                              })),
            JwsFault::kSignatureSet);
  for (const char* alg : {"none", "HS256", "ES384", "es256", "EdDSA", ""}) {
    EXPECT_EQ(fault(with_header(0,
                                [&](std::string h) {
                                  return replaced(std::move(h), R"("alg":"ES256")",
                                                  R"("alg":")" + std::string(alg) + "\"");
                                })),
              JwsFault::kAlgorithm)
        << alg;
  }
  // Both names exchanged: each certificate holds a key of the other algorithm.
  const std::string both = write(
      member("/payload"), {{b64(replaced(unb64(member("/signatures/0/protected")),
                                         R"("alg":"ES256")", R"("alg":"urn:heyan:jws:sm2-sm3")")),
                            member("/signatures/0/signature")},
                           {b64(replaced(unb64(member("/signatures/1/protected")),
                                         R"("alg":"urn:heyan:jws:sm2-sm3")", R"("alg":"ES256")")),
                            member("/signatures/1/signature")}});
  EXPECT_EQ(fault(both), JwsFault::kAlgorithm);
}

TEST_F(JwsHeader, HeaderMembersBeyondTheList) {
  for (const char* extra :
       {R"("b64":false,)", R"("crit":["b64"],)", R"("jku":"https://example.com",)", R"("kid":"1",)",
        R"("jwk":{},)", R"("x5u":"https://example.com",)", R"("cty":"json",)", R"("x5t":"",)"}) {
    EXPECT_EQ(fault(with_header(1,
                                [&](std::string h) {
                                  // Placed where the canonical order wants it, or not: either is
                                  // refused.
                                  return replaced(std::move(h), R"("typ":)",
                                                  std::string(extra) + R"("typ":)");
                                })),
              JwsFault::kHeader)
        << extra;
  }
  const auto canonical_extra = [&](std::string h) {
    return replaced(std::move(h), R"("typ":)", R"("jku":"x","typ":)");
  };
  EXPECT_EQ(fault(with_header(0, canonical_extra)), JwsFault::kHeader);
}

TEST_F(JwsHeader, HeaderMembersMissingDoubledOrOfAnotherForm) {
  const auto change = [&](std::string_view from, std::string_view to) {
    return fault(with_header(0, [&](std::string h) { return replaced(std::move(h), from, to); }));
  };
  EXPECT_EQ(change(R"("typ":"heyan-report+jws",)", ""), JwsFault::kHeader);
  EXPECT_EQ(change(R"("typ":"heyan-report+jws")", R"("typ":"JWT")"), JwsFault::kHeader);
  EXPECT_EQ(change(R"("iat":1780300800,)", ""), JwsFault::kHeader);
  EXPECT_EQ(change(R"("iat":1780300800)", R"("iat":"1780300800")"), JwsFault::kHeader);
  EXPECT_EQ(change(R"("iat":1780300800)", R"("iat":1780300800.0)"), JwsFault::kHeader);
  EXPECT_EQ(change(R"("iat":1780300800)", R"("iat":-1)"), JwsFault::kHeader);
  EXPECT_EQ(change(R"("iat":1780300800)", R"("iat":9007199254740992)"), JwsFault::kHeader);
  EXPECT_EQ(change(R"("iat":1780300800)", R"("iat":1780300800,"iat":1780300800)"),
            JwsFault::kHeader);
  EXPECT_EQ(change(R"("alg":"ES256",)", R"("alg":"ES256","alg":"ES256",)"), JwsFault::kHeader);
  EXPECT_EQ(change(R"("alg":"ES256",)", R"("alg": "ES256",)"), JwsFault::kHeader);
  EXPECT_EQ(change(R"("index":7)", R"("index":-7)"), JwsFault::kHeader);
  EXPECT_EQ(change(R"("index":7,)", R"("index":7,"more":1,)"), JwsFault::kHeader);
  EXPECT_EQ(change(R"({"index":7,"origin":"heyan.example/log"})", R"("heyan.example/log")"),
            JwsFault::kHeader);
  EXPECT_EQ(change(R"("origin":"heyan.example/log")", R"("origin":"")"), JwsFault::kHeader);
}

TEST_F(JwsHeader, HeadersMustStateTheSame) {
  EXPECT_EQ(
      fault(with_header(
          0, [](std::string h) { return replaced(std::move(h), "1780300800", "1780300801"); })),
      JwsFault::kHeadersDiffer);
  EXPECT_EQ(
      fault(with_header(
          1, [](std::string h) { return replaced(std::move(h), R"("index":7)", R"("index":8)"); })),
      JwsFault::kHeadersDiffer);
  EXPECT_EQ(fault(with_header(1,
                              [](std::string h) {
                                return replaced(
                                    std::move(h),
                                    R"("heyan-log":{"index":7,"origin":"heyan.example/log"},)", "");
                              })),
            JwsFault::kHeadersDiffer);
}

TEST_F(JwsHeader, CertificateMustHaveBeenValid) {
  for (const char* time : {"2025-12-31T23:59:59Z", "2027-01-01T00:00:01Z"}) {
    EXPECT_EQ(fault(sign_report(core::as_bytes(payload_), signers_, at(time)).value()),
              JwsFault::kCertificate)
        << time;
  }
  EXPECT_EQ(
      fault(sign_report(core::as_bytes(payload_), signers_, at("2027-01-01T00:00:00Z")).value()),
      JwsFault::kNone);
}

TEST_F(JwsHeader, ChainMustLink) {
  ReportSigner es = es256_;
  es.chain.push_back(es.chain.front());  // self-signed: signed by its own key
  EXPECT_EQ(fault(sign_report(core::as_bytes(payload_), std::vector{es, sm2_}, time_).value()),
            JwsFault::kNone);
  es.chain.back() = sm2_.chain.front();
  EXPECT_EQ(fault(sign_report(core::as_bytes(payload_), std::vector{es, sm2_}, time_).value()),
            JwsFault::kCertificate);
  EXPECT_EQ(fault(with_header(0,
                              [](std::string h) {
                                return replaced(std::move(h), R"("x5c":["MII)", R"("x5c":["AAA)");
                              })),
            JwsFault::kCertificate);
  EXPECT_EQ(fault(with_header(0,
                              [](std::string h) {
                                return replaced(std::move(h), R"("x5c":["MII)", R"("x5c":["*II)");
                              })),
            JwsFault::kHeader);
  EXPECT_EQ(fault(with_header(
                0, [](std::string h) { return h.substr(0, h.find("\"x5c\"")) + R"("x5c":[]})"; })),
            JwsFault::kHeader);
}

}  // namespace
}  // namespace heyan::report
