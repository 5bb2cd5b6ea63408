// Receipts of the store, and whether this installation signed them.
//
// A row is not believed by itself (security decision 25): nothing is said of a receipt, and no file
// is given, before the receipt's signature was verified, with the key that the signer told of over
// its channel, and the rows beside it were found to be what it lists. Threat: somebody writes to
// the store's disk. Any thread.
#pragma once

#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "gateway/store/submission.h"
#include "verifier/core/json.h"
#include "verifier/crypto/es256.h"

namespace heyan::service {

class SignerClient;

// What was signed (gateway/signer/receipt.h).
struct SignedReceipt {
  core::json::Value payload;
  std::int64_t received_at_ms = 0;       // by the signer's clock
  std::vector<store::StoredFile> files;  // case.json first
};

class Receipts {
 public:
  explicit Receipts(SignerClient& signer) : signer_(signer) {}

  // Before anybody else uses it: told whenever something is not what was signed.
  void on_altered(std::function<void()> told) { altered_ = std::move(told); }

  // Those found good last are remembered, so that a page of files costs one signature. kInternal:
  // the receipt is not this installation's, or another submission's; kIo: the signer does not
  // answer.
  core::Result<std::shared_ptr<const SignedReceipt>> confirm(const store::Submission& stored);
  // As confirm(); kInternal also: `files` are not all those that the receipt lists, in its order.
  core::Result<std::shared_ptr<const SignedReceipt>> confirm(
      const store::Submission& stored, std::span<const store::StoredFile> files);

 private:
  struct Known {
    core::Bytes question;  // digest of all that the answer depends on
    std::size_t bytes = 0;
    std::shared_ptr<const SignedReceipt> receipt;
  };

  core::Result<std::shared_ptr<const SignedReceipt>> find_good(const store::Submission& stored);
  core::Result<std::vector<crypto::Es256Verifier>> keys();
  std::shared_ptr<const SignedReceipt> recall(const core::Bytes& question);
  void remember(Known known);

  SignerClient& signer_;
  std::function<void()> altered_;
  std::mutex mutex_;                         // guards what follows
  std::vector<crypto::Es256Verifier> keys_;  // the signer's, which change with its process and ours
  std::list<Known> known_;                   // the last used first
  std::size_t known_bytes_ = 0;
};

}  // namespace heyan::service
