// Attacks on ID tokens: RFC 7515 section 10, RFC 7519 section 7.2, RFC 8725 section 2, OpenID
// Connect Core 1.0 section 3.1.3.7.
#include "gateway/openid/token.h"

#include <gtest/gtest.h>

#include "tests/unit/openid/signed_token.h"
#include "verifier/crypto/hmac.h"

namespace heyan::openid {
namespace {

using core::json::write_canonical;

crypto::SigningKey new_key(crypto::KeyAlgorithm algorithm = crypto::KeyAlgorithm::kEcdsaP256) {
  return crypto::SigningKey::generate(algorithm).value();
}

class TokenTest : public testing::Test {
 protected:
  TokenTest() {
    keys_ = read_keys(core::as_bytes(set_of({jwk_of(key_, "k1")})), Algorithm::kEs256).value();
  }

  std::expected<Identity, Fault> verify(std::string_view token) const {
    crypto::SignatureChecker checker(crypto::production_engines(), {});
    return verify_token(token, keys_, wanted_, checker);
  }
  std::expected<Identity, Fault> says(
      std::initializer_list<std::pair<std::string_view, Value>> more) const {
    return verify(token_of(key_, write_canonical(claims(more))));
  }
  std::expected<Identity, Fault> without(std::string_view name) const {
    Value::Object all = *claims().as_object();
    std::erase_if(all, [&](const auto& member) { return member.first == name; });
    return verify(token_of(key_, write_canonical(Value(std::move(all)))));
  }
  std::expected<Identity, Fault> headed(std::string_view header) const {
    return verify(token_of(key_, write_canonical(claims()), header));
  }
  static void expect(Fault fault, const std::expected<Identity, Fault>& got) {
    ASSERT_FALSE(got.has_value()) << word(fault);
    EXPECT_EQ(word(got.error()), word(fault));
  }

  crypto::SigningKey key_ = new_key();
  Keys keys_;
  Wanted wanted_{.issuer = "https://sso.example",
                 .client_id = "heyan",
                 .algorithm = Algorithm::kEs256,
                 .nonce = "n-1",
                 .acr = "",
                 .now_seconds = kNow};
};

TEST_F(TokenTest, SaysWhoCameBack) {
  const auto identity = says({{"name", "王明"}, {"role", "operator"}});
  ASSERT_TRUE(identity.has_value()) << word(identity.error());
  EXPECT_EQ(identity->subject, "person-7");
  EXPECT_EQ(identity->name, "王明");
  EXPECT_TRUE(says({{"aud", Value::Array{"heyan"}}}).has_value());
  EXPECT_TRUE(says({{"azp", "heyan"}}).has_value());
  EXPECT_EQ(says({})->name, "");
  EXPECT_EQ(says({{"name", 7}})->name, "");
}

TEST_F(TokenTest, OfEd25519Likewise) {
  const crypto::SigningKey key = new_key(crypto::KeyAlgorithm::kEd25519);
  keys_ = read_keys(core::as_bytes(set_of({jwk_of(key, "k1")})), Algorithm::kEdDsa).value();
  wanted_.algorithm = Algorithm::kEdDsa;
  const std::string header = R"({"alg":"EdDSA","kid":"k1"})";
  EXPECT_TRUE(verify(token_of(key, write_canonical(claims()), header)).has_value());
  expect(Fault::kAlgorithm, verify(token_of(key, write_canonical(claims()))));
}

TEST_F(TokenTest, NothingButThePinnedAlgorithm) {
  for (const char* other : {"none", "None", "nOnE", "NONE", "", "HS256", "HS512", "RS256", "PS256",
                            "ES384", "ES256K", "EdDSA", "es256", "ES256 ", "RSA1_5"}) {
    expect(Fault::kAlgorithm, headed(R"({"alg":")" + std::string(other) + R"(","kid":"k1"})"));
  }
  expect(Fault::kAlgorithm, headed(R"({"kid":"k1"})"));
  expect(Fault::kAlgorithm, headed(R"({"alg":["ES256"],"kid":"k1"})"));
  expect(Fault::kAlgorithm, headed(R"({"alg":null,"kid":"k1"})"));
}

// RFC 8725 section 2.1: no signature at all, and one by what everybody knows, the public key.
TEST_F(TokenTest, NoneAndThePublicKeyAsASecret) {
  const std::string body = part(write_canonical(claims()));
  expect(Fault::kAlgorithm, verify(part(R"({"alg":"none"})") + "." + body + "."));
  expect(Fault::kSignature, verify(part(kHeader) + "." + body + "."));
  const std::string text = part(R"({"alg":"HS256","kid":"k1"})") + "." + body;
  for (const core::ByteView secret : {key_.public_key().spki(), key_.public_key().point()}) {
    expect(
        Fault::kAlgorithm,
        verify(text + "." + core::to_base64url(crypto::hmac_sha256(secret, core::as_bytes(text)))));
  }
}

TEST_F(TokenTest, AHeaderNamesNoKeyByOtherMeansAndNoExtension) {
  for (const char* member :
       {R"("jku":"https://evil.example/jwks")", R"("x5u":"https://evil.example/cert")",
        R"("jwk":{})", R"("x5c":["MII="])", R"("crit":["exp"])", R"("crit":[])", R"("b64":false)",
        R"("zip":"DEF")", R"("enc":"A256GCM")", R"("cty":"JWT")", R"("p2c":1)", R"("unheard-of":1)",
        R"("iss":"x")"}) {
    expect(Fault::kHeader, headed(R"({"alg":"ES256","kid":"k1",)" + std::string(member) + "}"));
  }
  for (const char* type : {"at+jwt", "logout+jwt", "heyan-report+jws", "jwt", ""}) {
    expect(Fault::kHeader,
           headed(R"({"alg":"ES256","kid":"k1","typ":")" + std::string(type) + R"("})"));
  }
  EXPECT_TRUE(headed(R"({"alg":"ES256","kid":"k1","x5t":"abc"})").has_value());
}

TEST_F(TokenTest, TheKeyIsTheOneThatItNames) {
  for (const char* header :
       {R"({"alg":"ES256"})", R"({"alg":"ES256","kid":""})", R"({"alg":"ES256","kid":1})"}) {
    expect(Fault::kHeader, headed(header));
  }
  for (const char* header : {R"({"alg":"ES256","kid":"k2"})", R"({"alg":"ES256","kid":"../k1"})",
                             R"({"alg":"ES256","kid":"K1"})"}) {
    expect(Fault::kKeyUnknown, headed(header));
  }
  expect(Fault::kSignature, verify(token_of(new_key(), write_canonical(claims()))));
}

TEST_F(TokenTest, EveryByteIsSigned) {
  const std::string token = token_of(key_, write_canonical(claims()));
  const std::size_t last = token.rfind('.');
  for (std::size_t i = 0; i < token.size(); i += 7) {
    std::string changed = token;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(verify(changed).has_value()) << i;
  }
  const std::string other = token_of(key_, write_canonical(claims({{"sub", "somebody-else"}})));
  expect(Fault::kSignature, verify(token.substr(0, last) + other.substr(other.rfind('.'))));
  expect(Fault::kSignature,
         verify(token.substr(0, last) + "." + std::string(86, 'A')));  // r = s = 0
}

TEST_F(TokenTest, ThreePartsOfCanonicalBase64url) {
  const std::string token = token_of(key_, write_canonical(claims()));
  expect(Fault::kSize, verify(""));
  for (const std::string& changed :
       {token + "=", token + ".", "." + token, token + "." + part("x"), " " + token, token + "\n",
        token + "==", token.substr(0, token.rfind('.')), part(kHeader), std::string(".."),
        std::string("{}"),
        token.substr(0, token.find('.')) + "=" + token.substr(token.find('.'))}) {
    expect(Fault::kForm, verify(changed));
  }
  std::string standard = token;
  standard[token.size() - 5] = '+';
  expect(Fault::kForm, verify(standard));
}

TEST_F(TokenTest, StrictJsonAlone) {
  const std::string text = write_canonical(claims());
  const std::string rest = text.substr(1);
  expect(Fault::kForm, verify(token_of(key_, R"({"sub":"admin",)" + rest)));  // twice
  expect(Fault::kForm, verify(token_of(key_, text + " x")));
  expect(Fault::kForm, verify(token_of(key_, text + text)));
  expect(Fault::kForm, verify(token_of(key_, "[" + text + "]")));
  expect(Fault::kForm, verify(token_of(key_, "")));
  expect(Fault::kForm, verify(token_of(key_, "{\"x\":\"\xff\"," + rest)));
  expect(Fault::kForm, verify(token_of(key_, "\xef\xbb\xbf" + text)));
  expect(Fault::kForm, verify(token_of(key_, R"({"x":)" + std::string(40, '[') +
                                                 std::string(40, ']') + "," + rest)));
  expect(Fault::kForm, headed(R"({"alg":"none","alg":"ES256","kid":"k1"})"));
  expect(Fault::kForm, headed(R"({"kid":"k2","alg":"ES256","kid":"k1"})"));
}

TEST_F(TokenTest, AtMostEightKilobytes) {
  expect(Fault::kSize, says({{"padding", std::string(kTokenBytes, 'x')}}));
  EXPECT_TRUE(says({{"padding", std::string(4096, 'x')}}).has_value());
}

// Mix-up: another provider's token, though its signature were right.
TEST_F(TokenTest, OfThisIssuerLetterByLetter) {
  for (const char* issuer : {"https://sso.example/", "http://sso.example", "https://SSO.example",
                             "https://sso.example:443", "https://sso.example.evil.example",
                             "https://evil.example", ""}) {
    expect(Fault::kIssuer, says({{"iss", issuer}}));
  }
  expect(Fault::kIssuer, without("iss"));
  expect(Fault::kIssuer, says({{"iss", Value::Array{"https://sso.example"}}}));
  wanted_.issuer.clear();
  expect(Fault::kIssuer, without("iss"));
}

TEST_F(TokenTest, ForThisClientAlone) {
  expect(Fault::kAudience, without("aud"));
  for (const Value& audience :
       {Value("other"), Value(""), Value(Value::Array{}), Value(Value::Array{"heyan", "other"}),
        Value(Value::Array{"other", "heyan"}), Value(Value::Array{"heyan", "heyan"}), Value(7),
        Value("heyan "), Value(Value::Array{Value(Value::Array{"heyan"})})}) {
    expect(Fault::kAudience, says({{"aud", audience}}));
  }
  expect(Fault::kPresenter, says({{"azp", "other"}}));
  expect(Fault::kPresenter, says({{"azp", 7}}));
  expect(Fault::kPresenter, says({{"azp", Value()}}));
}

TEST_F(TokenTest, OfThisSignIn) {
  expect(Fault::kNonce, without("nonce"));
  expect(Fault::kNonce, says({{"nonce", "n-2"}}));
  expect(Fault::kNonce, says({{"nonce", ""}}));
  expect(Fault::kNonce, says({{"nonce", Value::Array{"n-1"}}}));
  wanted_.nonce.clear();
  expect(Fault::kNonce, without("nonce"));
}

TEST_F(TokenTest, OfNow) {
  EXPECT_TRUE(says({{"exp", kNow - kSkewSeconds + 1}}).has_value());
  expect(Fault::kExpired, says({{"exp", kNow - kSkewSeconds}}));
  expect(Fault::kExpired, without("exp"));
  expect(Fault::kExpired, without("iat"));
  expect(Fault::kExpired, says({{"exp", std::to_string(kNow + 300)}}));
  expect(Fault::kExpired, says({{"exp", std::int64_t{INT64_MIN + 1} / 1024}}));
  EXPECT_TRUE(says({{"iat", kNow - kMostAgeSeconds - kSkewSeconds}}).has_value());
  expect(Fault::kExpired, says({{"iat", kNow - kMostAgeSeconds - kSkewSeconds - 1}}));
  EXPECT_TRUE(says({{"iat", kNow + kSkewSeconds}}).has_value());
  expect(Fault::kFuture, says({{"iat", kNow + kSkewSeconds + 1}}));
  EXPECT_TRUE(says({{"nbf", kNow}}).has_value());
  expect(Fault::kFuture, says({{"nbf", kNow + kSkewSeconds + 1}}));
  expect(Fault::kFuture, says({{"nbf", "soon"}}));
  const std::string text = write_canonical(claims());
  const std::string at = "\"exp\":" + std::to_string(kNow + 300);
  for (const char* number : {"1e300", "1900000300.5", "-0", "99999999999999999999"}) {
    std::string changed = text;
    changed.replace(changed.find(at), at.size(), "\"exp\":" + std::string(number));
    EXPECT_FALSE(verify(token_of(key_, changed)).has_value()) << number;
  }
}

TEST_F(TokenTest, ASubjectIsOneAndPrintable) {
  expect(Fault::kSubject, without("sub"));
  for (const Value& subject : {Value(""), Value(7), Value("a b"), Value("a\nb"), Value("王"),
                               Value(std::string(256, 'x')), Value(Value::Array{"person-7"})}) {
    expect(Fault::kSubject, says({{"sub", subject}}));
  }
  EXPECT_TRUE(says({{"sub", std::string(255, 'x')}}).has_value());
}

TEST_F(TokenTest, TheAuthenticationThatIsRequired) {
  wanted_.acr = "urn:example:two";
  EXPECT_TRUE(says({{"acr", "urn:example:two"}}).has_value());
  expect(Fault::kAuthentication, says({}));
  expect(Fault::kAuthentication, says({{"acr", "urn:example:one"}}));
  expect(Fault::kAuthentication, says({{"acr", Value::Array{"urn:example:two"}}}));
  expect(Fault::kAuthentication, says({{"amr", Value::Array{"mfa", "otp"}}}));
}

}  // namespace
}  // namespace heyan::openid
