// From received files to an acknowledged submission: read in the box, held against what was sent,
// moved into the vault, logged and receipted by the signer, committed. Only then is anything
// acknowledged.
//
// Threat: case.json is declared; court, account and time are the session's (security decision 8).
// Any thread.
#pragma once

#include <optional>

#include "gateway/service/boxed.h"
#include "gateway/service/signer_client.h"
#include "gateway/store/store.h"
#include "gateway/store/vault.h"
#include "heyan/v1/gateway.pb.h"

namespace heyan::service {

inline constexpr std::string_view kCaseFile = "case.json";

struct Accepted {
  std::string submission;
  core::Bytes receipt;
  bool replayed = false;  // an earlier request with this key did it
};

struct Acceptance {
  store::Store& store;
  store::Vault& vault;
  SignerClient& signer;
  Doors& boxes;
};

// `id`: of the submission, drawn before its files were staged. kMalformed with defects; kDuplicate:
// the idempotency key was used for another request; kIo: try again later.
std::expected<Accepted, Refused> accept(const Acceptance& with, const std::string& id,
                                        const Staged& staged, const v1::Session& session,
                                        const std::optional<store::IdempotencyKey>& key);

// SHA-256 of all that a request holds: path, size and digest of each file in order.
core::Bytes fingerprint_of(const Staged& staged);

}  // namespace heyan::service
