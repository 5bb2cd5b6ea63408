#include "gateway/egress/identities.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <memory>

#include "gateway/http/percent.h"
#include "gateway/openid/token.h"
#include "gateway/ops/secrets.h"
#include "verifier/core/json.h"

namespace heyan::egress {
namespace {

using core::json::Value;
using openid::Fault;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kSecretFileBytes = 1u << 10;
constexpr std::size_t kMostCode = 2048;
constexpr std::size_t kLeastVerifier = 43;  // RFC 7636 section 4.1
constexpr std::size_t kMostVerifier = 128;
constexpr std::size_t kMostNonce = 128;
constexpr std::chrono::minutes kKeysLive{10};
constexpr std::chrono::minutes kKeysRest{1};
constexpr std::int64_t kAssertionSeconds = 60;
constexpr core::Limits kAnswerLimits{
    .json_bytes = kProviderBytes, .json_depth = 8, .json_nodes = 1024};

Failure failure(Fault fault) {
  Failure failed;
  failed.set_fault(v1::EGRESS_FAULT_TOKEN);
  failed.add_reasons(std::string(openid::word(fault)));
  return failed;
}

std::int64_t now_seconds() {
  return std::chrono::duration_cast<std::chrono::seconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

bool is_unreserved(std::string_view text) {
  return std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~';
  });
}

bool may_be_sent(const v1::IdentityAsk& ask) {
  return !ask.code().empty() && ask.code().size() <= kMostCode &&
         std::ranges::all_of(ask.code(), [](char c) { return c >= ' ' && c <= '~'; }) &&
         ask.verifier().size() >= kLeastVerifier && ask.verifier().size() <= kMostVerifier &&
         is_unreserved(ask.verifier()) && !ask.nonce().empty() &&
         ask.nonce().size() <= kMostNonce && is_unreserved(ask.nonce());
}

core::Result<std::string> assertion(const ops::Oidc& oidc, const crypto::SigningKey& key) {
  Value header;
  header.set("alg", "ES256").set("kid", oidc.client_key_id).set("typ", "JWT");
  const std::int64_t now = now_seconds();
  Value claims;
  claims.set("iss", oidc.client_id)
      .set("sub", oidc.client_id)
      .set("aud", oidc.issuer)
      .set("iat", now)
      .set("exp", now + kAssertionSeconds)
      .set("jti", core::to_base64url(crypto::random_bytes(16)));
  const auto part = [](const Value& value) {
    return core::to_base64url(core::as_bytes(core::json::write_canonical(value)));
  };
  const std::string text = part(header) + "." + part(claims);
  HEYAN_TRY(const core::Bytes signature,
            key.sign({.encoding = crypto::SignatureEncoding::kRs}, core::as_bytes(text)));
  return text + "." + core::to_base64url(signature);
}

// The ID token; what else is in the answer is dropped.
std::optional<std::string> token_in(const core::Bytes& answer) {
  const auto document = core::json::parse(answer, kAnswerLimits);
  const Value* token = document ? document->find("id_token") : nullptr;
  if (token == nullptr || token->as_string() == nullptr) return std::nullopt;
  return *token->as_string();
}

class Provider {
 public:
  Provider(const ops::Oidc& oidc, const IdentityFiles& files)
      : oidc_(oidc),
        files_(files),
        algorithm_(*openid::algorithm_by_name(oidc.algorithm)),
        tokens_(oidc, files.tls, Protocol::kToken),
        keys_at_(oidc.keys, files.tls, Protocol::kKeys) {}

  std::expected<openid::Identity, Failure> redeem(const v1::IdentityAsk& ask) {
    HEYAN_TRY(const core::Bytes answer, ask_for_token(ask));
    const auto token = token_in(answer);
    if (!token) return std::unexpected(failure(Fault::kAnswer));
    const bool old = !fetched_ || Clock::now() - *fetched_ >= kKeysLive;
    if (old) HEYAN_CHECK_OK(fetch_keys());
    auto identity = verify(*token, ask.nonce());
    const bool rests = refetched_ && Clock::now() - *refetched_ < kKeysRest;
    if (!identity && identity.error() == Fault::kKeyUnknown && !old && !rests) {
      refetched_ = Clock::now();
      HEYAN_CHECK_OK(fetch_keys());
      identity = verify(*token, ask.nonce());
    }
    if (!identity) return std::unexpected(failure(identity.error()));
    return *std::move(identity);
  }

 private:
  std::expected<core::Bytes, Failure> ask_for_token(const v1::IdentityAsk& ask) {
    std::string form =
        fmt::format("grant_type=authorization_code&code={}&redirect_uri={}&code_verifier={}",
                    http::percent_encode(ask.code()), http::percent_encode(oidc_.redirect),
                    http::percent_encode(ask.verifier()));
    std::vector<std::string> headers = {"content-type: application/x-www-form-urlencoded",
                                        "accept: application/json", "expect:", "te:"};
    if (files_.key) {
      const auto signed_by_us = assertion(oidc_, *files_.key);
      if (!signed_by_us) {
        Failure failed;
        failed.set_fault(v1::EGRESS_FAULT_FILES);
        return std::unexpected(failed);
      }
      form += fmt::format(
          "&client_id={}&client_assertion_type={}&client_assertion={}",
          http::percent_encode(oidc_.client_id),
          http::percent_encode("urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
          *signed_by_us);
    } else {
      // RFC 6749 section 2.3.1
      const std::string both =
          http::percent_encode(oidc_.client_id) + ":" + http::percent_encode(files_.secret);
      headers.push_back("authorization: Basic " + core::to_base64(core::as_bytes(both)));
    }
    return tokens_.post_form(core::as_bytes(form), headers);
  }

  // Those before stay where the new ones cannot be had, but never beyond their time.
  std::expected<void, Failure> fetch_keys() {
    HEYAN_TRY(const core::Bytes json, keys_at_.get());
    auto keys = openid::read_keys(json, algorithm_);
    if (!keys) return std::unexpected(failure(keys.error()));
    keys_ = *std::move(keys);
    fetched_ = Clock::now();
    return {};
  }

  std::expected<openid::Identity, Fault> verify(const std::string& token,
                                                const std::string& nonce) const {
    crypto::SignatureChecker checker(crypto::production_engines(), {});
    return openid::verify_token(token, keys_,
                                {.issuer = oidc_.issuer,
                                 .client_id = oidc_.client_id,
                                 .algorithm = algorithm_,
                                 .nonce = nonce,
                                 .acr = oidc_.require_acr,
                                 .now_seconds = now_seconds()},
                                checker);
  }

  const ops::Oidc& oidc_;
  const IdentityFiles& files_;
  openid::Algorithm algorithm_;
  Transport tokens_;
  Transport keys_at_;
  openid::Keys keys_;
  std::optional<Clock::time_point> fetched_;
  std::optional<Clock::time_point> refetched_;  // for a token that named an unknown one
};

class Server {
 public:
  Server(const std::vector<ops::Oidc>& providers, const AllIdentityFiles& files)
      : providers_(providers), files_(files) {}

  v1::IdentityGets answer(const v1::IdentityAsk& ask) {
    v1::IdentityGets gets;
    gets.set_id(ask.id());
    const auto oidc = std::ranges::find(providers_, ask.provider(), &ops::Oidc::id);
    const auto files = files_.find(ask.provider());
    if (oidc == providers_.end()) {
      gets.mutable_failure()->set_fault(v1::EGRESS_FAULT_UNKNOWN_LEDGER);
    } else if (files == files_.end()) {
      gets.mutable_failure()->set_fault(v1::EGRESS_FAULT_FILES);
    } else if (auto identity = provider(*oidc, files->second).redeem(ask)) {
      gets.mutable_identity()->set_subject(identity->subject);
      gets.mutable_identity()->set_name(identity->name);
    } else {
      *gets.mutable_failure() = std::move(identity).error();
    }
    return gets;
  }

 private:
  Provider& provider(const ops::Oidc& oidc, const IdentityFiles& files) {
    std::unique_ptr<Provider>& known = known_[oidc.id];
    if (!known) known = std::make_unique<Provider>(oidc, files);
    return *known;
  }

  const std::vector<ops::Oidc>& providers_;
  const AllIdentityFiles& files_;
  std::map<std::string, std::unique_ptr<Provider>> known_;
};

core::Result<IdentityFiles> read_files(const ops::Oidc& oidc) {
  IdentityFiles files;
  HEYAN_TRY(files.tls, read_tls_files(oidc));
  if (oidc.client_key.empty()) {
    HEYAN_TRY(files.secret, ops::read_secret(oidc.client_secret, kSecretFileBytes));
    return files;
  }
  HEYAN_TRY(const std::string pem, ops::read_private_key(oidc.client_key));
  HEYAN_TRY(files.key, crypto::SigningKey::from_pem(pem));
  if (files.key->public_key().algorithm() != crypto::KeyAlgorithm::kEcdsaP256)
    return core::fail(core::ErrorCode::kUnsupported, "a client's key is not of P-256");
  return files;
}

}  // namespace

AllIdentityFiles read_identity_files(const std::vector<ops::Oidc>& providers) {
  AllIdentityFiles files;
  for (const ops::Oidc& each : providers) {
    if (auto read = read_files(each)) files.emplace(each.id, *std::move(read));
  }
  return files;
}

int serve_identities(const std::vector<ops::Oidc>& providers, const AllIdentityFiles& files,
                     ipc::Channel asker) {
  Server server(providers, files);
  while (true) {
    const auto ask = asker.receive<v1::IdentityAsk>(ipc::MessageType::kIdentityAsk);
    if (!ask) return ask.error().code == core::ErrorCode::kNotFound ? 0 : 1;
    if (!may_be_sent(*ask)) return 1;
    if (!asker.send(ipc::MessageType::kIdentityGets, server.answer(*ask))) return 0;
  }
}

}  // namespace heyan::egress
