#include "verifier/contents/candidates.h"

namespace heyan::contents {
namespace {

// OpenSSL 3.0 lacks Keccak-256.
std::unique_ptr<crypto::Hasher> hasher_for(crypto::Hash hash) {
  return hash == crypto::Hash::kKeccak256 ? crypto::botan_hasher(hash)
                                          : crypto::openssl_hasher(hash);
}

}  // namespace

Digesting::Digesting(std::span<const crypto::Hash> hashes) {
  for (const crypto::Hash hash : hashes) {
    running_.push_back({.hash = hash, .hasher = hasher_for(hash)});
  }
}

void Digesting::update(core::ByteView bytes) {
  for (Running& running : running_) running.hasher->update(bytes);
}

Digests Digesting::so_far() const {
  Digests digests;
  for (const Running& running : running_) {
    v1::NamedDigest& digest = *digests.Add();
    digest.set_algorithm(std::string(crypto::name(running.hash)));
    digest.set_value(core::to_string(running.hasher->copy()->finish()));
  }
  return digests;
}

bool Candidates::spend(std::uint64_t bytes, std::size_t times) {
  if (times != 0 && bytes > budget_bytes_ / times) {
    exhausted_ = true;
    return false;
  }
  budget_bytes_ -= bytes * times;
  return true;
}

void Candidates::add(const Change& change, const Digests& digests) {
  if (digests.empty() || !seen_.insert(digests.Get(0).value()).second) return;
  if (static_cast<std::size_t>(list_.size()) == kMostCandidates) {
    exhausted_ = true;
    return;
  }
  v1::Candidate& candidate = *list_.Add();
  for (const v1::Change one : change.changes) candidate.add_changes(one);
  candidate.set_number(change.number);
  candidate.set_size(change.size);
  *candidate.mutable_digests() = digests;
}

void Candidates::pass_over(const Digests& digests) {
  if (!digests.empty()) seen_.insert(digests.Get(0).value());
}

}  // namespace heyan::contents
