// A log of one's own, which grows, or forks, as a test wants it.
#pragma once

#include <string>

#include "tests/unit/transparency/vectors.h"
#include "verifier/crypto/signing.h"
#include "verifier/transparency/add_checkpoint.h"
#include "verifier/transparency/checkpoint.h"
#include "verifier/transparency/note.h"

namespace heyan::witness {

inline crypto::SigningKey new_key() {
  return crypto::SigningKey::generate(crypto::KeyAlgorithm::kEd25519).value();
}

class OwnLog {
 public:
  explicit OwnLog(std::string name) : name_(std::move(name)) {}

  // `history`: what makes its entries others than those of another history.
  void grow_to(std::uint64_t size, const std::string& history = "true") {
    while (tree_.size() < size) {
      const std::string entry = history + std::to_string(tree_.size());
      tree_.append(transparency::leaf_hash(core::as_bytes(entry)));
    }
  }
  std::string checkpoint(std::uint64_t size) const {
    return transparency::sign_note(text(size), name_, key_).value();
  }
  std::string text(std::uint64_t size) const {
    return transparency::encode_checkpoint({.origin = name_,
                                            .size = size,
                                            .root = transparency::root(size, tree_).value(),
                                            .extensions = {}})
        .value();
  }
  std::string request(std::uint64_t old_size, std::uint64_t size) const {
    return transparency::encode_add_checkpoint(
        {.old_size = old_size,
         .proof = old_size > size ? std::vector<transparency::TreeHash>()
                                  : transparency::consistency_proof(old_size, size, tree_).value(),
         .checkpoint = checkpoint(size)});
  }
  transparency::NoteVerifier verifier() const {
    return transparency::NoteVerifier::make(name_, transparency::NoteKeyType::kEd25519,
                                            key_.public_key())
        .value();
  }
  const std::string& name() const { return name_; }
  const crypto::SigningKey& key() const { return key_; }
  // The same name and key, and nothing in it.
  OwnLog emptied() const {
    OwnLog other = *this;
    other.tree_ = {};
    return other;
  }

 private:
  std::string name_;
  crypto::SigningKey key_ = new_key();
  transparency::test::MemoryTree tree_;
};

}  // namespace heyan::witness
