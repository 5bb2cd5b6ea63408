// Forged trust bundles of every kind: each bears signatures that court keys really made, over
// something that is no bundle, or says it otherwise. Sources: RFC 7515 4.1 and 7.2, RFC 7797.
#include <gtest/gtest.h>

#include "verifier/core/json.h"
#include "verifier/trust/bundle.h"

namespace heyan::trust {
namespace {

using core::json::Value;

std::string url(std::string_view text) { return core::to_base64url(core::as_bytes(text)); }

class ForgedBundle : public ::testing::Test {
 protected:
  ForgedBundle() {
    for (int i = 0; i < 3; ++i) {
      keys_.push_back(*crypto::SigningKey::generate(crypto::KeyAlgorithm::kEcdsaP256));
      pinned_.push_back(keys_.back().public_key());
    }
  }

  static std::string statement(std::string_view from = "", std::string_view to = "") {
    std::string text =
        R"({"id":"court","issued":"2026-11-01T00:00:00Z","nextUpdate":"2027-05-01T00:00:00Z",)"
        R"("policy":")" +
        std::string(64, '2') +
        R"(","sample":false,)"
        R"("schema":"heyan.trust-bundle.v1","trustList":")" +
        std::string(64, '1') + R"(","version":3})";
    return replaced(std::move(text), from, to);
  }
  std::string header(std::size_t key, std::string_view from = "", std::string_view to = "") const {
    return replaced(R"({"alg":"ES256","kid":")" + core::to_hex(pinned_[key].sha256()) +
                        R"(","typ":"heyan-trust-bundle+jws"})",
                    from, to);
  }
  static std::string replaced(std::string text, std::string_view from, std::string_view to) {
    if (from.empty()) return text;
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
  }
  std::string sign(std::size_t key, const std::string& protected_header,
                   const std::string& payload) const {
    const crypto::Scheme es256{.kind = crypto::SignatureKind::kEcdsa,
                               .hash = crypto::Hash::kSha256,
                               .encoding = crypto::SignatureEncoding::kRs};
    const auto signature =
        *keys_[key].sign(es256, core::as_bytes(url(protected_header) + "." + url(payload)));
    return R"({"protected":")" + url(protected_header) + R"(","signature":")" +
           core::to_base64url(signature) + R"("})";
  }
  static std::string document(const std::string& payload, const std::string& signatures) {
    return R"({"payload":")" + url(payload) + R"(","signatures":[)" + signatures + "]}";
  }
  // Signed by the first two keys, over these headers.
  std::string bundle(const std::string& payload, std::string_view from = "",
                     std::string_view to = "") const {
    return document(payload, sign(0, header(0, from, to), payload) + "," +
                                 sign(1, header(1, from, to), payload));
  }
  bool stands(std::string_view text) const {
    crypto::SignatureChecker checker(crypto::production_engines(), core::Limits{});
    return verify_trust_bundle(core::as_bytes(text), pinned_, 2, checker).has_value();
  }

  std::vector<crypto::SigningKey> keys_;
  std::vector<crypto::PublicKey> pinned_;
};

TEST_F(ForgedBundle, TheUnforgedOneStands) { EXPECT_TRUE(stands(bundle(statement()))); }

TEST_F(ForgedBundle, HeadersOfOtherUsesAndAlgorithms) {
  for (const char* typ : {"heyan-report+jws", "heyan-receipt+jws", "JWT", "JOSE+JSON", ""}) {
    EXPECT_FALSE(stands(bundle(statement(), "heyan-trust-bundle+jws", typ))) << typ;
  }
  for (const char* alg : {"none", "HS256", "ES384", "RS256", "es256", "urn:heyan:jws:sm2-sm3"}) {
    EXPECT_FALSE(stands(bundle(statement(), "ES256", alg))) << alg;
  }
}

TEST_F(ForgedBundle, HeadersThatNameMore) {
  for (const char* more :
       {R"("b64":false,)", R"("crit":["b64"],)", R"("crit":[],)", R"("jku":"https://x.example/",)",
        R"("x5u":"https://x.example/",)", R"("jwk":{},)", R"("x5c":[],)", R"("zip":"DEF",)",
        R"("alg":"ES256",)", R"("cty":"x",)"}) {
    EXPECT_FALSE(stands(bundle(statement(), "{", "{" + std::string(more)))) << more;
  }
}

TEST_F(ForgedBundle, AnotherSpellingOfTheSameHeader) {
  EXPECT_FALSE(stands(bundle(statement(), "{", "{ ")));
  EXPECT_FALSE(stands(bundle(statement(), "ES256",
                             "ES\\u00325"
                             "6")));
}

TEST_F(ForgedBundle, TheKeyIdOfAnotherKey) {
  const std::string text = statement();
  EXPECT_FALSE(stands(document(text, sign(0, header(0), text) + "," + sign(2, header(1), text))));
  EXPECT_FALSE(stands(document(text, sign(0, header(1), text) + "," + sign(1, header(0), text))));
}

TEST_F(ForgedBundle, OneSignatureForTwo) {
  const std::string text = statement();
  const std::string one = sign(0, header(0), text);
  EXPECT_FALSE(stands(document(text, one)));
  EXPECT_FALSE(stands(document(text, one + "," + one)));
  EXPECT_FALSE(stands(document(text, one + "," + sign(0, header(0), text))));
}

TEST_F(ForgedBundle, SignaturesOverAnotherStatement) {
  const std::string other = statement("\"version\":3", "\"version\":2");
  EXPECT_FALSE(stands(
      document(statement(), sign(0, header(0), statement()) + "," + sign(1, header(1), other))));
  EXPECT_FALSE(stands(
      document(other, sign(0, header(0), statement()) + "," + sign(1, header(1), statement()))));
}

TEST_F(ForgedBundle, StatementsThatAreNone) {
  const std::pair<std::string_view, std::string_view> kForged[] = {
      {"heyan.trust-bundle.v1", "heyan.report.v1"},
      {"\"version\":3", "\"version\":3.0"},
      {"\"version\":3", "\"version\":\"3\""},
      {"\"version\":3", "\"version\":0"},
      {"\"version\":3", "\"version\":-3"},
      {"\"version\":3", "\"version\":9007199254740992"},
      {"\"version\":3", "\"version\":9223372036854775807"},
      {"\"version\":3", "\"version\":3,\"version\":4"},
      {"\"version\":3", "\"version\":3,\"z\":1"},
      {"\"sample\":false", "\"sample\":0"},
      {"\"sample\":false", "\"sample\":null"},
      {"\"id\":\"court\"", "\"id\":\"\""},
      {"\"id\":\"court\",", ""},
      {"2027-05-01T00:00:00Z", "2027-05-01"},
      {"2027-05-01T00:00:00Z", "2027-05-01T00:00:00.000Z"},
      {"2027-05-01T00:00:00Z", "2027-05-01T08:00:00+08:00"},
      {"11", "1"},
      {"22", "2g"},
      {"{", "{ "}};
  for (const auto& [from, to] : kForged) {
    EXPECT_FALSE(stands(bundle(statement(from, to)))) << from << " -> " << to;
  }
}

TEST_F(ForgedBundle, MembersOfTheDocument) {
  const std::string good = bundle(statement());
  ASSERT_TRUE(stands(good));
  EXPECT_FALSE(stands(replaced(good, "{\"payload\"", "{\"header\":{},\"payload\"")));
  EXPECT_FALSE(stands(replaced(good, "{\"protected\"", "{\"header\":{},\"protected\"")));
  EXPECT_FALSE(stands(replaced(good, "{\"payload\"", "{\"payload\":\"\",\"payload\"")));
  EXPECT_FALSE(stands(replaced(good, "\"payload\":\"" + url(statement()) + "\",", "")));
  EXPECT_FALSE(stands(replaced(good, "\",\"signatures\"", "=\",\"signatures\"")));
  EXPECT_FALSE(stands(replaced(good, "\",\"signatures\"", "\\n\",\"signatures\"")));
  EXPECT_FALSE(stands("[" + good + "]"));
  EXPECT_FALSE(stands(good + good));
  EXPECT_FALSE(stands(document(statement(), "")));
  const std::string compact = url(header(0)) + "." + url(statement()) + ".AAAA";
  EXPECT_FALSE(stands(compact));
}

}  // namespace
}  // namespace heyan::trust
