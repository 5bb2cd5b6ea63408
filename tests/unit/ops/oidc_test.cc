#include "gateway/ops/oidc.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/ops/config.h"

namespace heyan::ops {
namespace {

// Every defect of a text, as people read them.
std::string defect_of(std::string_view text) {
  const auto parsed = parse_config("heyan.toml", text, "/etc/heyan");
  if (parsed) return "accepted";
  std::string all;
  for (const auto& error : parsed.error()) all += trust::to_string(error) + "\n";
  return all;
}

constexpr std::string_view kOidc = R"(
[[oidc]]
id = "court"
issuer = "https://sso.example/realm"
authorization_url = "https://sso.example/auth"
token_url = "https://sso.example/token"
keys_url = "https://keys.example/jwks"
redirect_url = "https://heyan.example/v1/session/oidc/court/callback"
ca = "sso-ca.pem"
client_id = "heyan"
client_secret = "oidc.secret"
algorithm = "ES256"
title_zh = "认证"
title_en = "Sign-on"
)";

TEST(OidcConfig, ProvidersLetPeopleSignIn) {
  const std::string text = std::string(sample_config()) + std::string(kOidc);
  const auto config = parse_config("heyan.toml", text, "/etc/heyan");
  ASSERT_TRUE(config.has_value()) << defect_of(text);
  ASSERT_EQ(config->oidc.size(), 1u);
  const Oidc& oidc = config->oidc.front();
  EXPECT_EQ(url_of(oidc), "https://sso.example:443/token");
  EXPECT_EQ(url_of(oidc.keys), "https://keys.example:443/jwks");
  EXPECT_EQ(oidc.issuer, "https://sso.example/realm");
  EXPECT_EQ(oidc.seconds, 10u);
  EXPECT_EQ(oidc.keys.ca, oidc.ca);
  EXPECT_TRUE(oidc.sends_issuer);
  EXPECT_FALSE(oidc.litigants);
  const auto again = parse_config("heyan.toml", to_toml(*config), "/elsewhere");
  ASSERT_TRUE(again.has_value()) << defect_of(to_toml(*config));
  EXPECT_EQ(to_toml(*again), to_toml(*config));
  EXPECT_EQ(again->oidc.front().client_secret, "/etc/heyan/oidc.secret");
}

TEST(OidcConfig, ProvidersAreCheckedToo) {
  using testing::HasSubstr;
  const std::string text = std::string(sample_config()) + std::string(kOidc);
  const auto with = [&](std::string_view old, std::string_view now) {
    std::string changed = text;
    changed.replace(changed.rfind(old), old.size(), now);
    return defect_of(changed);
  };
  EXPECT_THAT(with("\"ES256\"", "\"none\""), HasSubstr("algorithm"));
  EXPECT_THAT(with("\"ES256\"", "\"HS256\""), HasSubstr("algorithm"));
  EXPECT_THAT(with("algorithm = \"ES256\"", ""), HasSubstr("algorithm"));
  EXPECT_THAT(with("https://sso.example/token", "http://sso.example/token"),
              HasSubstr("token_url"));
  EXPECT_THAT(with("https://sso.example/auth", "https://sso.example/auth?x=y"),
              HasSubstr("authorization_url"));
  EXPECT_THAT(with("https://keys.example/jwks", "https://u@keys.example/"), HasSubstr("keys_url"));
  EXPECT_THAT(with("https://sso.example/realm", "sso.example"), HasSubstr("issuer"));
  EXPECT_THAT(with("oidc/court/callback", "oidc/other/callback"),
              HasSubstr("does not lead back here"));
  EXPECT_THAT(with("id = \"court\"", "id = \"Court\""), HasSubstr("no name for an address"));
  EXPECT_THAT(with("id = \"court\"", "id = \"-\""), HasSubstr("no name for an address"));
  EXPECT_THAT(with("client_secret = \"oidc.secret\"", ""), HasSubstr("client_secret"));
  EXPECT_THAT(with("client_secret", "client_key = \"k.pem\"\nclient_secret"),
              HasSubstr("client_secret"));
  EXPECT_THAT(with("client_secret = \"oidc.secret\"", "client_key = \"k.pem\""),
              HasSubstr("client_key_id"));
  EXPECT_THAT(with("ca = \"sso-ca.pem\"", ""), HasSubstr("ca"));
  EXPECT_THAT(with("title_en", "titel_en"), HasSubstr("title_en"));
  EXPECT_THAT(with("client_id = \"heyan\"", "client_id = \"he yan\""), HasSubstr("client_id"));
  EXPECT_THAT(defect_of(text + std::string(kOidc)), HasSubstr("stands here already"));
}

}  // namespace
}  // namespace heyan::ops
