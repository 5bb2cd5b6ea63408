#include "gateway/intake/hash_pipeline.h"

#include <algorithm>
#include <system_error>
#include <utility>

namespace heyan::intake {
namespace {

// A block grows with what comes: most files are small, and fresh memory costs more than their
// digests.
constexpr std::size_t kFirstBytes = 16u << 10;
constexpr std::size_t kGrowth = 4;

}  // namespace

HashPipeline::HashPipeline(std::vector<std::unique_ptr<crypto::Hasher>> hashers, unsigned threads)
    : threads_(std::max(1u, threads)) {
  for (auto& hasher : hashers) running_.push_back({.hasher = std::move(hasher)});
  ring_.resize(kBlocks);
}

HashPipeline::~HashPipeline() { stop_threads(); }

std::span<std::uint8_t> HashPipeline::space() {
  if (pending_ == 0 && !workers_.empty()) {
    std::unique_lock lock(mutex_);
    block_freed_.wait(lock, [this] { return published_ - slowest() < kBlocks; });
  }
  core::Bytes& block = ring_[published_ % kBlocks];
  if (pending_ == block.size()) {
    block.resize(std::clamp(kGrowth * block.size(), kFirstBytes, kBlockBytes));
  }
  return std::span(block).subspan(pending_);
}

core::Result<void> HashPipeline::commit(std::size_t count) {
  pending_ += count;
  if (pending_ == kBlockBytes) {
    if (workers_.empty()) start_threads();
    publish();
  }
  return {};
}

std::vector<core::Bytes> HashPipeline::finish() {
  if (pending_ > 0) publish();
  stop_threads();
  std::vector<core::Bytes> digests;
  for (Running& running : running_) digests.push_back(running.hasher->finish());
  return digests;
}

void HashPipeline::publish() {
  {
    const std::lock_guard lock(mutex_);
    sizes_[published_ % kBlocks] = std::exchange(pending_, 0);
    ++published_;
  }
  if (workers_.empty()) {  // a short stream, or a system without threads: the feeder does the work
    for (Running& running : running_) {
      take_block(running);
      ++running.blocks;
    }
  } else {
    block_published_.notify_all();
  }
}

void HashPipeline::start_threads() {
  const std::size_t count = std::min<std::size_t>(threads_, running_.size());
  try {
    while (workers_.size() < count) workers_.emplace_back([this] { work(); });
  } catch (const std::system_error&) {
    return;  // fewer threads are slower, not wrong
  }
}

void HashPipeline::stop_threads() {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  block_published_.notify_all();
  workers_.clear();  // joins: each ends when everything published was taken
}

void HashPipeline::work() {
  std::unique_lock lock(mutex_);
  while (true) {
    Running* running = next_to_run();
    if (running == nullptr) {
      if (closed_ && slowest() == published_) return;
      block_published_.wait(lock);
      continue;
    }
    running->busy = true;
    lock.unlock();
    take_block(*running);
    lock.lock();
    running->busy = false;
    ++running->blocks;
    block_freed_.notify_one();
    // Another thread may wait for exactly this digest to be free again, or for the end.
    block_published_.notify_all();
  }
}

HashPipeline::Running* HashPipeline::next_to_run() {
  Running* next = nullptr;
  for (Running& running : running_) {
    if (running.busy || running.blocks == published_) continue;
    if (next == nullptr || running.blocks < next->blocks) next = &running;
  }
  return next;
}

std::size_t HashPipeline::slowest() const {
  std::size_t least = published_;
  for (const Running& running : running_) least = std::min(least, running.blocks);
  return least;
}

void HashPipeline::take_block(Running& running) const {
  const std::size_t index = running.blocks % kBlocks;
  running.hasher->update(core::ByteView(ring_[index]).first(sizes_[index]));
}

}  // namespace heyan::intake
