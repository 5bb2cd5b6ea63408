#include "gateway/service/readiness.h"

#include <unistd.h>

#include <algorithm>

#include "gateway/store/staging.h"

namespace heyan::service {
namespace {

constexpr std::int64_t kOverdueMs = std::int64_t{24} * 3600 * 1000;

// Of each key that signs: beside another nothing is signed.
bool are_valid(const v1::PublishedKeys& published, std::int64_t now_ms) {
  const auto is_valid = [now_ms](const v1::PublishedKey& key) {
    const bool signs = !key.chain().empty();
    return !signs || (key.valid_from_ms() <= now_ms && now_ms <= key.valid_until_ms());
  };
  return !published.keys().empty() && std::ranges::all_of(published.keys(), is_valid);
}

}  // namespace

bool Health::ready() const { return !parts.empty() && std::ranges::all_of(parts, &Part::ready); }

std::string_view Health::scanner_word() const {
  if (!scanner) return "NONE";
  return *scanner ? "READY" : "AWAY";
}

Health Readiness::look() {
  const std::lock_guard lock(looking_);
  if (last_.parts.empty() || Clock::now() - looked_ >= settings_.valid_for) {
    last_ = look_anew();
    looked_ = Clock::now();
  }
  return last_;
}

void Readiness::ask_signer(Health& now) {
  v1::FrontAsks asks;
  asks.mutable_backlog();
  auto backlog = signer_.ask(asks);
  if (!backlog || !backlog->has_backlog()) return;
  now.intakes = std::move(*backlog->mutable_backlog());
  asks.mutable_keys();
  if (auto keys = signer_.ask(asks); keys && keys->has_keys()) {
    now.keys = std::move(*keys->mutable_keys());
  }
}

Health Readiness::look_anew() {
  Health now;
  ask_signer(now);
  // A log is never empty: its first leaf is its beginning.
  const bool signer = now.intakes.log_size() > 0;
  if (const auto counts = count()) now.counts = *counts;
  if (settings_.scanner) now.scanner = settings_.scanner();
  now.duties = store_.duties();
  const auto load_now = load();
  if (load_now) now.load = *load_now;
  // Judges that are all at work open no door, and are there.
  const bool judging = now.counts && now.counts->jobs.verifying > 0;
  now.parts = {
      {"signer", signer},
      {"trust", signer && settings_.now_ms() < now.intakes.trust_next_update_ms()},
      {"signing",
       signer && now.intakes.stopped().empty() && are_valid(now.keys, settings_.now_ms())},
      {"canary", signer && !now.intakes.canaries_late()},
      {"box", box_.knock(settings_.patience).has_value()},
      {"judge", judging || judge_.knock(settings_.patience).has_value()},
      {"render", render_.knock(settings_.patience).has_value()},
      {"store", now.counts.has_value() && store_takes().has_value()},
  };
  if (settings_.vault) now.parts.push_back({"vault", settings_.vault(settings_.patience)});
  now.parts.push_back({"memory", load_now && load_now->memory < settings_.full});
  now.parts.push_back({"disk", load_now && load_now->disk < settings_.full});
  return now;
}

// All or nothing: a store that does not answer one of these is not asked for the next.
core::Result<Counts> Readiness::count() {
  const std::int64_t time_ms = settings_.now_ms();
  Counts counts;
  HEYAN_TRY(counts.jobs, store_.backlog(time_ms - kOverdueMs));
  HEYAN_TRY(counts.to_tell, store_.deliveries_pending());
  if (settings_.stamps) {
    HEYAN_TRY(counts.to_stamp, store_.stamps_pending());
  }
  if (settings_.scanner) {
    HEYAN_TRY(counts.scans, store_.count_scans());
  }
  HEYAN_TRY(counts.deletions, store_.count_deletions(time_ms));
  if (const std::int64_t since_ms = counts.deletions.oldest_due_ms; since_ms > 0)
    counts.deletion_overdue = std::chrono::milliseconds(time_ms - since_ms);
  return counts;
}

// Where submissions are received, a file is written as they are.
core::Result<void> Readiness::store_takes() const {
  HEYAN_TRY(const std::string name, store::new_submission_id());
  HEYAN_TRY(store::StagingFiles files, store::StagingFiles::create(settings_.staging, name));
  HEYAN_TRY(const store::StagingFiles::File file, files.create_file());
  if (::write(file.descriptor.get(), "x", 1) != 1 || ::fsync(file.descriptor.get()) != 0) {
    return core::fail(core::ErrorCode::kIo, "the disk takes nothing");
  }
  return {};
}

core::Result<os::Load> Readiness::load() {
  const std::lock_guard lock(loading_);
  if (loaded_ == Clock::time_point{} || Clock::now() - loaded_ >= settings_.load_valid_for) {
    last_load_ = settings_.load();
    loaded_ = Clock::now();
  }
  return last_load_;
}

std::string_view Readiness::lacking() {
  const auto now = load();
  if (!now) return {};
  if (now->disk >= settings_.full) return "disk";
  return now->memory >= settings_.full ? "memory" : std::string_view();
}

}  // namespace heyan::service
