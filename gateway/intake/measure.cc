#include "gateway/intake/measure.h"

#include "gateway/intake/hash_pipeline.h"

namespace heyan::intake {
namespace {

// The pipeline, with the limit and the progress in front of it.
class Counted final : public os::ByteSink {
 public:
  Counted(os::ByteSink& sink, const MeasureOptions& options) : sink_(sink), options_(options) {}
  std::span<std::uint8_t> space() override { return sink_.space(); }

  core::Result<void> commit(std::size_t count) override {
    bytes_ += count;
    if (bytes_ > options_.limit_bytes) {
      return core::fail(core::ErrorCode::kLimit, "the file is larger than allowed");
    }
    if (options_.advance) options_.advance(count);
    return sink_.commit(count);
  }

 private:
  os::ByteSink& sink_;
  const MeasureOptions& options_;
  std::uint64_t bytes_ = 0;
};

// Both libraries for each algorithm, side by side.
std::vector<std::unique_ptr<crypto::Hasher>> hashers_of(const std::set<crypto::Hash>& hashes) {
  std::vector<std::unique_ptr<crypto::Hasher>> hashers;
  for (const crypto::Hash hash : hashes) {
    hashers.push_back(crypto::openssl_hasher(hash));
    hashers.push_back(crypto::botan_hasher(hash));
  }
  return hashers;
}

// MeasuredDigest lists are sorted by the number of the algorithm, which is not the order of Hash.
void add_digests(const std::set<crypto::Hash>& hashes, const std::vector<core::Bytes>& digests,
                 v1::Measured& measured) {
  std::map<v1::DigestAlgorithm, std::size_t> order;
  std::size_t index = 0;
  for (const crypto::Hash hash : hashes) order[algorithm_of(hash)] = 2 * index++;
  for (const auto& [algorithm, at] : order) {
    v1::MeasuredDigest& digest = *measured.add_digests();
    digest.set_algorithm(algorithm);
    digest.set_first(core::to_string(digests[at]));
    digest.set_second(core::to_string(digests[at + 1]));
  }
}

}  // namespace

core::Result<v1::Measured> measure(const os::Feed& feed, const MeasureOptions& options) {
  HashPipeline pipeline(hashers_of(options.hashes), options.threads);
  Counted counted(pipeline, options);
  HEYAN_TRY(const os::FileReading reading, feed(counted));
  v1::Measured measured;
  measured.set_size(reading.size);
  const std::vector<core::Bytes> digests = pipeline.finish();
  if (reading.changed) {
    measured.set_outcome(v1::MEASURE_OUTCOME_CHANGED_WHILE_READING);
    return measured;
  }
  measured.set_outcome(v1::MEASURE_OUTCOME_DONE);
  add_digests(options.hashes, digests, measured);
  return measured;
}

v1::DigestAlgorithm algorithm_of(crypto::Hash hash) {
  switch (hash) {
    case crypto::Hash::kMd5:
      return v1::DIGEST_ALGORITHM_MD5;
    case crypto::Hash::kSha1:
      return v1::DIGEST_ALGORITHM_SHA_1;
    case crypto::Hash::kSha256:
      return v1::DIGEST_ALGORITHM_SHA_256;
    case crypto::Hash::kSha384:
      return v1::DIGEST_ALGORITHM_SHA_384;
    case crypto::Hash::kSha512:
      return v1::DIGEST_ALGORITHM_SHA_512;
    case crypto::Hash::kSm3:
      return v1::DIGEST_ALGORITHM_SM3;
    case crypto::Hash::kSha224:
      return v1::DIGEST_ALGORITHM_SHA_224;
    case crypto::Hash::kSha3_256:
    case crypto::Hash::kKeccak256:
      break;  // of ledgers only
  }
  return v1::DIGEST_ALGORITHM_UNSPECIFIED;
}

std::optional<crypto::Hash> hash_of(v1::DigestAlgorithm algorithm) {
  for (const crypto::Hash hash :
       {crypto::Hash::kMd5, crypto::Hash::kSha1, crypto::Hash::kSha256, crypto::Hash::kSha384,
        crypto::Hash::kSha512, crypto::Hash::kSm3, crypto::Hash::kSha224}) {
    if (algorithm_of(hash) == algorithm) return hash;
  }
  return std::nullopt;
}

}  // namespace heyan::intake
