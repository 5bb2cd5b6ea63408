// From received files to an acknowledged submission: read in the box, held against what was sent,
// moved into the vault, logged and receipted by the signer, recorded, committed. Only then is
// anything acknowledged.
//
// Threat: case.json is declared; court, account and time are the session's (security decision 8).
// Any thread.
#pragma once

#include <functional>

#include "gateway/service/boxed.h"
#include "gateway/service/content_index.h"
#include "gateway/service/keys_in_use.h"
#include "gateway/service/signer_client.h"
#include "gateway/store/store.h"
#include "gateway/store/vault.h"
#include "heyan/v1/gateway.pb.h"

namespace heyan::service {

inline constexpr std::string_view kCaseFile = "case.json";
// Of kDuplicate: an earlier request with that key has not been answered yet.
inline constexpr std::string_view kUnderWay = "a request with this Idempotency-Key is under way";
// Likewise: an earlier request with that key was another one.
inline constexpr std::string_view kKeyReused =
    "this Idempotency-Key was used before, for another request";
inline constexpr std::string_view kUnderWayCode = "request-under-way";
inline constexpr std::string_view kKeyReusedCode = "idempotency-key-reused";

struct Accepted {
  std::string submission;
  core::Bytes receipt;
  bool replayed = false;  // an earlier request with this key did it
};

// Records that a submission is about to be acknowledged, and whose; called anew where that then
// fails and is tried again. What it cannot record is not acknowledged.
using RecordAccepted =
    std::function<core::Result<void>(const std::string& submission, const v1::Session& session)>;

struct Acceptance {
  store::Store& store;
  store::Vault& vault;
  SignerClient& signer;
  ipc::Doors& boxes;
  KeysInUse& keys;
  const ContentIndex* contents = nullptr;  // null: filings are not found by records or fingerprints
  store::StoredLimits limits{};
  bool people_listed = false;  // of people, only evidence of kinds that uploads/file_kinds.h lists
  RecordAccepted record{};     // may be empty
  // A submission is listed by when it was accepted, not by when its request came: else one whose
  // bytes take long to be put by would come to stand behind what was read of a list by then. Empty:
  // by the time of its session.
  std::function<std::int64_t()> now_ms{};
};

// `id`: of the submission, drawn before its files were staged. kMalformed with defects; kDuplicate:
// the idempotency key was used for another request, or one with it is under way; kLimit: a person
// has more under way than an account may; kIo: try again later. `as_it_came`: the fingerprint that
// the same request had when its parts counted in the order in which they came
// (fingerprint_as_sent); one that is kept under the key is as good as that of `key`.
std::expected<Accepted, Refused> accept(const Acceptance& with, const std::string& id,
                                        const Staged& staged, const v1::Session& session,
                                        const store::IdempotencyKey& key,
                                        const core::Bytes& as_it_came = {});

// The last part of it, for files that were received before: vault, log and receipt, commit.
// `files`: case.json first; `from`: those of them that still lie where they were received.
std::expected<Accepted, Refused> keep(const Acceptance& with, const std::string& id,
                                      const std::vector<store::StoredFile>& files,
                                      const std::vector<store::StagedFile>& from,
                                      const v1::Session& session, const store::IdempotencyKey& key);

// Of the account of that session at its court; nothing: not limited.
std::optional<store::UnderWay> most_under_way(const Acceptance& with, const v1::Session& session);

// What is kept of a submission from now on, before it is accepted; it expires when it was received.
store::NewReceiving receiving_of(const Acceptance& with, const std::string& id,
                                 const v1::Submission& submission,
                                 const std::vector<store::StoredFile>& files,
                                 const v1::Session& session, const store::IdempotencyKey& key);

// What of case.json is not taken: a word against what the session knows, and evidence of a kind
// that people may not file here.
std::vector<contents::Defect> find_defects(const Acceptance& with, const v1::Submission& submission,
                                           const v1::Session& session);

// SHA-256 of all that a request holds: path, size and digest of each file, by path: in which order
// the parts came is the client's library's business.
core::Bytes fingerprint_of(const Staged& staged);
// Likewise in the order in which they came: what a court's system sends is named by that order, and
// earlier versions of this program kept all requests so.
core::Bytes fingerprint_as_sent(const Staged& staged);

}  // namespace heyan::service
