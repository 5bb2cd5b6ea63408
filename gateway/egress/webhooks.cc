#include "gateway/egress/webhooks.h"

#include <algorithm>
#include <chrono>

#include "gateway/http/digest_fields.h"
#include "gateway/message_signatures/signatures.h"
#include "gateway/message_signatures/webhooks.h"
#include "gateway/ops/secrets.h"
#include "heyan/v1/webhook.pb.h"
#include "verifier/crypto/digest.h"

namespace heyan::egress {
namespace {

using core::ErrorCode;

constexpr std::size_t kSecretFileBytes = 1u << 10;
constexpr std::size_t kMostId = 64;
constexpr std::size_t kMostType = 256;
constexpr std::string_view kLabel = "heyan";
constexpr std::string_view kTag = "heyan-webhook";

std::int64_t now_seconds() {
  return std::chrono::duration_cast<std::chrono::seconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

// They become header fields: no line breaks, no dot in the id (it divides what is signed).
bool may_be_sent(const v1::WebhookAsk& ask) {
  const bool id =
      !ask.id().empty() && ask.id().size() <= kMostId && std::ranges::all_of(ask.id(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '-' || c == '_';
      });
  const bool type =
      !ask.content_type().empty() && ask.content_type().size() <= kMostType &&
      std::ranges::all_of(ask.content_type(), [](char c) { return c >= ' ' && c <= '~'; });
  return id && type;
}

// As curl says it: the name of the certificate, and the port unless it is that of https.
std::string host_of(const ops::Webhook& webhook) {
  ops::Destination named = webhook;
  if (!webhook.tls_name.empty()) named.host = webhook.tls_name;
  const std::string url = ops::url_of(named);
  constexpr std::size_t kScheme = 8;
  return url.substr(kScheme, url.find('/', kScheme) - kScheme);
}

core::Result<std::vector<std::string>> sign(const ops::Webhook& webhook, const WebhookKeys& keys,
                                            const v1::WebhookAsk& ask, std::int64_t now) {
  const core::ByteView body = core::as_bytes(ask.body());
  message_signatures::Message message;
  message.method = "POST";
  message.target = webhook.path;
  message.fields = {
      {"host", host_of(webhook)},
      {"content-type", ask.content_type()},
      {"content-digest", http::write_sha256_digest(crypto::sha256(body))},
      {"webhook-id", ask.id()},
      {"webhook-timestamp", std::to_string(now)},
  };
  if (!keys.secrets.empty()) {
    message.fields.push_back(
        {"webhook-signature", message_signatures::sign_webhook(ask.id(), now, body, keys.secrets)});
  }
  if (keys.signing_key) {
    HEYAN_TRY(const auto fields,
              message_signatures::sign(
                  message, kLabel,
                  {"@method", "@target-uri", "content-type", "content-digest", "webhook-id"},
                  {.created = now, .keyid = webhook.key_id, .tag = std::string(kTag)},
                  *keys.signing_key));
    message.fields.push_back({"signature-input", fields.signature_input});
    message.fields.push_back({"signature", fields.signature});
  }
  std::vector<std::string> headers = {"accept:", "expect:", "user-agent: heyan"};
  for (const http::Header& field : message.fields) {
    if (field.name != "host") headers.push_back(field.name + ": " + field.value);
  }
  return headers;
}

class Server {
 public:
  Server(const std::vector<ops::Webhook>& webhooks, const AllWebhookKeys& keys)
      : webhooks_(webhooks), keys_(keys) {}

  v1::WebhookGets answer(const v1::WebhookAsk& ask) {
    v1::WebhookGets gets;
    gets.set_id(ask.id());
    const auto webhook = std::ranges::find(webhooks_, ask.account(), &ops::Webhook::account);
    const auto keys = keys_.find(ask.account());
    if (webhook == webhooks_.end()) {
      gets.mutable_failure()->set_fault(v1::EGRESS_FAULT_UNKNOWN_LEDGER);
    } else if (keys == keys_.end()) {
      gets.mutable_failure()->set_fault(v1::EGRESS_FAULT_FILES);
    } else {
      const auto headers = sign(*webhook, keys->second, ask, now_seconds());
      if (!headers) {
        gets.mutable_failure()->set_fault(v1::EGRESS_FAULT_FILES);
        return gets;
      }
      auto delivered = to(*webhook, keys->second.tls).deliver(core::as_bytes(ask.body()), *headers);
      if (!delivered) *gets.mutable_failure() = std::move(delivered).error();
    }
    return gets;
  }

 private:
  Transport& to(const ops::Webhook& webhook, const TlsFiles& files) {
    std::unique_ptr<Transport>& transport = transports_[webhook.account];
    if (!transport) transport = std::make_unique<Transport>(webhook, files, Protocol::kWebhook);
    return *transport;
  }

  const std::vector<ops::Webhook>& webhooks_;
  const AllWebhookKeys& keys_;
  std::map<std::string, std::unique_ptr<Transport>, std::less<>> transports_;
};

// An editor's line end after a secret is no part of it.
core::Result<core::Bytes> read_secret(const std::filesystem::path& file) {
  HEYAN_TRY(const std::string text, ops::read_secret(file, kSecretFileBytes));
  return message_signatures::parse_webhook_secret(text);
}

}  // namespace

core::Result<WebhookKeys> read_webhook_keys(const ops::Webhook& webhook) {
  WebhookKeys keys;
  HEYAN_TRY(keys.tls, read_tls_files(webhook));
  for (const std::filesystem::path& file : webhook.secrets) {
    HEYAN_TRY(core::Bytes secret, read_secret(file));
    keys.secrets.push_back(std::move(secret));
  }
  if (webhook.signing_key.empty()) return keys;
  HEYAN_TRY(const std::string pem, ops::read_private_key(webhook.signing_key));
  HEYAN_TRY(keys.signing_key, crypto::SigningKey::from_pem(pem));
  const crypto::KeyAlgorithm algorithm = keys.signing_key->public_key().algorithm();
  if (algorithm != crypto::KeyAlgorithm::kEd25519 && algorithm != crypto::KeyAlgorithm::kEcdsaP256)
    return core::fail(ErrorCode::kUnsupported, "a signing key is neither Ed25519 nor of P-256");
  return keys;
}

int serve_webhooks(const std::vector<ops::Webhook>& webhooks, const AllWebhookKeys& keys,
                   ipc::Channel asker) {
  Server server(webhooks, keys);
  while (true) {
    const auto ask = asker.receive<v1::WebhookAsk>(ipc::MessageType::kWebhookAsk);
    if (!ask) return ask.error().code == ErrorCode::kNotFound ? 0 : 1;
    if (!may_be_sent(*ask)) return 1;
    if (!asker.send(ipc::MessageType::kWebhookGets, server.answer(*ask))) return 0;
  }
}

}  // namespace heyan::egress
