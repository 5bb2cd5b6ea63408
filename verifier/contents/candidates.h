// What explains why a file differs from its record: fingerprints of the file after one exact
// change. Filled by the readers of this folder, bounded in work and number.
//
// One thread at a time.
#pragma once

#include <initializer_list>
#include <memory>
#include <set>
#include <span>
#include <vector>

#include "heyan/v1/case_record.pb.h"
#include "verifier/core/bytes.h"
#include "verifier/crypto/digest.h"

namespace heyan::contents {

inline constexpr std::size_t kMostCandidates = 256;

using Digests = google::protobuf::RepeatedPtrField<v1::NamedDigest>;

// Several digests of the same bytes, by one library: they decide nothing.
class Digesting {
 public:
  explicit Digesting(std::span<const crypto::Hash> hashes);
  void update(core::ByteView bytes);
  // Of all bytes so far; more may follow.
  Digests so_far() const;

 private:
  struct Running {
    crypto::Hash hash;
    std::unique_ptr<crypto::Hasher> hasher;
  };
  std::vector<Running> running_;
};

class Candidates {
 public:
  // `hashes`: those of the records. `budget_bytes`: that may be hashed, each algorithm counted.
  Candidates(std::span<const crypto::Hash> hashes, std::uint64_t budget_bytes)
      : hashes_(hashes.begin(), hashes.end()), budget_bytes_(budget_bytes) {}

  std::span<const crypto::Hash> hashes() const { return hashes_; }
  // Takes `bytes` for each hash from the budget. False: they are not left, and the list is not
  // complete.
  bool spend(std::uint64_t bytes) { return spend(bytes, hashes_.size()); }
  bool spend(std::uint64_t bytes, std::size_t times);

  struct Change {
    std::vector<v1::Change> changes;
    std::uint64_t number = 0;  // as in v1::Candidate
    std::uint64_t size = 0;
  };
  // Dropped where the same digests are there already: the simplest change comes first.
  void add(const Change& change, const Digests& digests);
  // These digests are the file's own and explain nothing.
  void pass_over(const Digests& digests);

  bool exhausted() const { return exhausted_; }
  void set_exhausted() { exhausted_ = true; }
  google::protobuf::RepeatedPtrField<v1::Candidate> take() && { return std::move(list_); }

 private:
  std::vector<crypto::Hash> hashes_;
  std::uint64_t budget_bytes_;
  bool exhausted_ = false;
  std::set<std::string> seen_;  // first digest of each
  google::protobuf::RepeatedPtrField<v1::Candidate> list_;
};

}  // namespace heyan::contents
