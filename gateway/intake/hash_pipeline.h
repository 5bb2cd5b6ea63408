// Several digests of one stream at once: bytes go round through a bounded ring of blocks, and each
// running digest takes them in its own time, on whichever thread is free.
//
// Memory is the ring, whatever the stream's length. A thread always takes the digest that is
// furthest behind, so that a slow algorithm (SM3) and a fast one (SHA-256 in hardware) share two
// cores evenly. The feeding side is one thread's.
#pragma once

#include <array>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "gateway/os/byte_sink.h"
#include "verifier/crypto/digest.h"

namespace heyan::intake {

class HashPipeline final : public os::ByteSink {
 public:
  static constexpr std::size_t kBlockBytes = 512u << 10;
  static constexpr std::size_t kBlocks = 8;

  // At most `threads` threads besides the feeding one (at least one); none for a stream that fits
  // in one block.
  HashPipeline(std::vector<std::unique_ptr<crypto::Hasher>> hashers, unsigned threads);
  ~HashPipeline() override;
  HashPipeline(const HashPipeline&) = delete;
  HashPipeline& operator=(const HashPipeline&) = delete;

  std::span<std::uint8_t> space() override;  // waits while the ring is full
  core::Result<void> commit(std::size_t count) override;

  // The digests of everything committed, in the order of the hashers. Once.
  std::vector<core::Bytes> finish();

 private:
  struct Running {
    std::unique_ptr<crypto::Hasher> hasher;
    std::size_t blocks = 0;  // taken so far
    bool busy = false;
  };

  void publish();
  void start_threads();
  void stop_threads();
  void work();
  Running* next_to_run();       // under mutex_
  std::size_t slowest() const;  // under mutex_
  void take_block(Running& running) const;

  std::vector<Running> running_;
  unsigned threads_;
  std::vector<core::Bytes> ring_;             // blocks, as large as they were needed
  std::array<std::size_t, kBlocks> sizes_{};  // bytes in each published block
  std::size_t pending_ = 0;                   // bytes in the block that is being filled

  std::mutex mutex_;
  std::condition_variable block_freed_;
  std::condition_variable block_published_;
  std::size_t published_ = 0;  // blocks
  bool closed_ = false;
  std::vector<std::jthread> workers_;
};

}  // namespace heyan::intake
