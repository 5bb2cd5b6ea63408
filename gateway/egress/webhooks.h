// Events to court systems: signed and sent to the address that the configuration has for the
// account, and to no other.
//
// Threat: the asker, which is the front, may have been taken over. It names an account and brings
// the bytes; address, keys and the time of the signature are this process's own. What a court's
// system answers is dropped. One thread.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "gateway/egress/transport.h"
#include "gateway/ipc/channel.h"
#include "gateway/ops/config.h"
#include "verifier/crypto/signing.h"

namespace heyan::egress {

struct WebhookKeys {
  TlsFiles tls;
  std::vector<core::Bytes> secrets;
  std::optional<crypto::SigningKey> signing_key;
};
// Read before the sandbox is entered. kNotFound, kIo, kMalformed, kUnsupported.
core::Result<WebhookKeys> read_webhook_keys(const ops::Webhook& webhook);

// By account; one whose files cannot be read has none.
using AllWebhookKeys = std::map<std::string, WebhookKeys, std::less<>>;

// 0: the asker is gone. 1: it said what it must not.
int serve_webhooks(const std::vector<ops::Webhook>& webhooks, const AllWebhookKeys& keys,
                   ipc::Channel asker);

}  // namespace heyan::egress
