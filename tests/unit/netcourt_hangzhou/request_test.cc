#include "court_adapters/netcourt_hangzhou/request.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "court_adapters/netcourt_hangzhou/response.h"
#include "tests/unit/netcourt_hangzhou/fixture.h"

namespace heyan::court_adapters::netcourt_hangzhou {
namespace {

using testing::changed;
using ::testing::Contains;
using ::testing::IsEmpty;
using testing::kNow;
using testing::vector_text;

std::vector<std::string> faults_of(const std::string& json, Call call) {
  std::vector<std::string> list;
  for (const Defect& one : read_request(core::as_bytes(json), call, kNow, {}).defects) {
    list.push_back(one.code + " " + one.pointer);
  }
  return list;
}
std::vector<std::string> token_faults(const std::string& from, const std::string& to) {
  return faults_of(changed(vector_text("notaryToken-ok.json"), from, to), Call::kNotaryToken);
}
std::vector<std::string> cert_faults(const std::string& from, const std::string& to) {
  return faults_of(changed(vector_text("notaryCert-ok.json"), from, to), Call::kNotaryCert);
}

crypto::PublicKey key() { return *crypto::PublicKey::from_pem(vector_text("account_public.pem")); }

bool is_valid_after(const std::string& from, const std::string& to) {
  const std::string json = changed(vector_text("notaryCert-ok.json"), from, to);
  return is_signed_by(read_request(core::as_bytes(json), Call::kNotaryCert, kNow, {}).request,
                      key(), {});
}

TEST(NotaryRequest, TokenRequestsAreHeldToTheDocumentation) {
  EXPECT_THAT(faults_of(vector_text("notaryToken-ok.json"), Call::kNotaryToken), IsEmpty());
  EXPECT_THAT(token_faults(R"("bizId": 1)", R"("bizId": 3)"), Contains("unknown-code /bizId"));
  EXPECT_THAT(token_faults(R"("bizId": 1)", R"("bizId": true)"), Contains("wrong-type /bizId"));
  EXPECT_THAT(token_faults(R"("IMAGE")", R"("image")"), Contains("unknown-code /subBizId"));
  EXPECT_THAT(token_faults(R"("customer")", R"("custome")"), Contains("field-required /customer"));
  EXPECT_THAT(token_faults(R"("PERSON")", R"("CAT")"), Contains("unknown-code /customer/userType"));
  EXPECT_THAT(token_faults(R"("IDENTITY_CARD")", R"("CARD")"),
              Contains("unknown-code /customer/certType"));
  EXPECT_THAT(token_faults("110105189304120015", "110105189304120016"),
              Contains("resident-id-invalid /customer/certNo"));
  EXPECT_THAT(token_faults("91330106MA70000188", "91330106MA70000189"),
              Contains("credit-code-invalid /entity/certNo"));
  EXPECT_THAT(token_faults("440305189912311138", "440305189912311139"),
              Contains("resident-id-invalid /entity/agentId"));
  EXPECT_THAT(token_faults(R"("legalPerson": "王测五")", R"("legalPerson": "")"),
              Contains("field-required /entity/legalPerson"));
  EXPECT_THAT(token_faults(R"("张测三")", R"("\u202e")"), Contains("bad-id /customer/certName"));
}

TEST(NotaryRequest, CertRequestsAreHeldToTheDocumentation) {
  EXPECT_THAT(faults_of(vector_text("notaryCert-ok.json"), Call::kNotaryCert), IsEmpty());
  EXPECT_THAT(cert_faults(R"("meta")", R"("met")"), Contains("field-required /meta"));
  EXPECT_THAT(cert_faults(R"("phase": "step_1_upload")", R"("phase": null)"),
              Contains("field-required /meta/phase"));
  EXPECT_THAT(cert_faults(R"("ip": "203.0.113.7")", R"("x": 1)"),
              Contains("field-required /meta/location/ip"));
  EXPECT_THAT(cert_faults(R"("location": {)", R"("location": 1, "x": {)"),
              Contains("wrong-type /meta/location"));
  EXPECT_THAT(cert_faults(R"("notaryContent")", R"("content")"),
              Contains("field-required /notaryContent"));
  EXPECT_THAT(cert_faults("1772419530123", "1772419530123.5"), Contains("bad-time /timestamp"));
  EXPECT_THAT(cert_faults("1772419530123", "-1"), Contains("bad-time /timestamp"));
  EXPECT_THAT(cert_faults("1772419530123", "99999999999999999999"),
              Contains("bad-time /timestamp"));
  EXPECT_THAT(cert_faults(R"("signedData": "0)", R"("signedData": "z)"),
              Contains("bad-signature-text /signedData"));
  EXPECT_THAT(faults_of("{", Call::kNotaryCert), Contains("malformed-json "));
  EXPECT_THAT(faults_of("[]", Call::kNotaryCert), Contains("wrong-type "));
}

TEST(Signature, CoversAccountPhaseAndTimeAndNothingElse) {
  EXPECT_TRUE(is_valid_after("step_1_upload", "step_1_upload"));
  EXPECT_FALSE(is_valid_after("step_1_upload", "step_2_upload"));
  EXPECT_FALSE(is_valid_after("COURTTEST1", "COURTTEST2"));
  EXPECT_FALSE(is_valid_after("1772419530123", "1772419530124"));
  EXPECT_FALSE(is_valid_after(R"("signedData": "0c)", R"("signedData": "0d)"));
  EXPECT_FALSE(is_valid_after(R"("signedData": "0c)", R"("signedData": ")"));
  // Neither the fingerprint nor the token is signed: both can be put in place of others.
  EXPECT_TRUE(is_valid_after("bcae476c", "00000000"));
  EXPECT_TRUE(is_valid_after("fe9b2523", "00000000"));
  static_assert(!kContentIsSigned);
}

TEST(Window, ReachesFiveMinutesBothWays) {
  EXPECT_EQ(window_of(kNow - kWindowMs, kNow, kWindowMs), Window::kInside);
  EXPECT_EQ(window_of(kNow + kWindowMs, kNow, kWindowMs), Window::kInside);
  EXPECT_EQ(window_of(kNow - kWindowMs - 1, kNow, kWindowMs), Window::kStale);
  EXPECT_EQ(window_of(kNow + kWindowMs + 1, kNow, kWindowMs), Window::kFuture);
}

TEST(NotaryResponse, AMismatchIsAResult) {
  const auto stored = [](const std::string& json) {
    const auto read = read_response(core::as_bytes(json), {});
    return read ? std::optional(read->stored) : std::nullopt;
  };
  EXPECT_EQ(stored(R"({"success":true,"code":200,"responseData":"a"})"), Stored::kStored);
  EXPECT_EQ(stored(R"({"success":"false","code":"409"})"), Stored::kMismatch);
  EXPECT_EQ(stored(R"({"success":"false","code":"FORBIDDEN","responseData":null})"),
            Stored::kRefused);
  for (const std::string json :
       {R"({"success":"true","code":"CONFLICT","responseData":"a"})",
        R"({"success":"false","code":"OK"})", R"({"success":"yes","code":"OK","responseData":"a"})",
        R"({"code":"OK","responseData":"a"})", R"({"success":"true","responseData":"a"})",
        R"({"success":"true","code":"OK"})", R"({"success":"true","code":"OK","responseData":[]})",
        R"({"success":"true","code":"OK","responseData":"\u0000"})", "[]", "", "{}"}) {
    EXPECT_EQ(stored(json), std::nullopt) << json;
  }
}

}  // namespace
}  // namespace heyan::court_adapters::netcourt_hangzhou
