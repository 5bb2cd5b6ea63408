#include "gateway/service/vault_sweep.h"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <set>
#include <thread>

namespace heyan::service {
namespace {

using Clock = std::chrono::system_clock;

constexpr auto kWeek = std::chrono::days(7);
constexpr std::int64_t kDayMs = 24LL * 3600 * 1000;
constexpr std::size_t kPage = 200;      // submissions
constexpr std::size_t kMost = 100'000;  // files at once; what is beyond is found a week later
constexpr int kFirstBytes = 256;

// The store and the disk are others' three quarters of the time.
template <typename Work>
auto unhurried(Work work) {
  using Steady = std::chrono::steady_clock;
  const auto began = Steady::now();
  auto done = work();
  const Steady::duration took = Steady::now() - began;
  std::this_thread::sleep_for(std::min<Steady::duration>(3 * took, std::chrono::seconds(1)));
  return done;
}

}  // namespace

VaultSweep::VaultSweep(Settings settings, store::Store& store, store::Vault& vault)
    : settings_(std::move(settings)), store_(store), vault_(vault) {}

// Also where the clock has gone back since.
bool VaultSweep::is_due() const {
  std::error_code error;
  const auto swept = std::filesystem::last_write_time(settings_.marker, error);
  const auto now = std::filesystem::file_time_type::clock::now();
  return error || swept > now || swept <= now - kWeek;
}

core::Result<bool> VaultSweep::may_be_wanted(std::int64_t now_ms) const {
  HEYAN_TRY(const store::Backlog open, store_.backlog(now_ms - kDayMs));
  return open.overdue > 0;
}

void VaultSweep::go_on(std::int64_t now_ms, const std::stop_token& stop) {
  if (!found_ && !is_due()) return;
  const auto looked = look(now_ms, stop);
  if (looked || stop.stop_requested()) return;
  found_.reset();
  settings_.on_failed(looked.error());
}

core::Result<void> VaultSweep::look(std::int64_t now_ms, const std::stop_token& stop) {
  HEYAN_TRY(const bool wanted, may_be_wanted(now_ms));
  if (wanted) {
    found_.reset();
    return {};
  }
  HEYAN_TRY(const std::vector<std::string> known, store_.courts());
  std::set<std::string> courts(settings_.courts.begin(), settings_.courts.end());
  courts.insert(known.begin(), known.end());
  Left left;
  for (const std::string& court : courts) HEYAN_CHECK_OK(look_through(court, left, stop));
  if (stop.stop_requested()) return {};
  if (!found_) {
    found_ = std::move(left);
    return {};
  }
  return remove(left, stop);
}

core::Result<void> VaultSweep::look_through(const std::string& court, Left& left,
                                            const std::stop_token& stop) const {
  const auto put_before = Clock::now() - kWeek;
  HEYAN_TRY(KeptNames names, KeptNames::begin(settings_.names));
  HEYAN_CHECK_OK(put_names_aside(court, names, stop));
  for (int first = 0; first < kFirstBytes && !stop.stop_requested(); ++first) {
    const auto byte = static_cast<std::uint8_t>(first);
    HEYAN_TRY(const std::vector<store::VaultName> kept, names.beginning_with(byte));
    HEYAN_TRY(auto found, unhurried([&] {
                return vault_.left_in(court, byte, kept, put_before, kMost - left.size());
              }));
    for (store::LeftFile& file : found) left.emplace(file.place, std::move(file));
  }
  return {};
}

core::Result<void> VaultSweep::put_names_aside(const std::string& court, KeptNames& names,
                                               const std::stop_token& stop) const {
  std::string after;
  while (!stop.stop_requested()) {
    HEYAN_TRY(const std::vector<store::KeptFile> kept,
              unhurried([&] { return store_.kept_after(court, after, kPage); }));
    if (kept.empty()) return {};
    for (const store::KeptFile& file : kept) {
      HEYAN_CHECK_OK(names.add(file.sha256));
      if (!vault_.has_keys()) continue;
      HEYAN_CHECK_OK(names.add(store::sealed_name(file.submission, file.sha256)));
      if (file.submission != after) HEYAN_CHECK_OK(names.add(store::key_name(file.submission)));
      after = file.submission;
    }
    after = kept.back().submission;
  }
  return {};
}

core::Result<void> VaultSweep::remove(const Left& again, const std::stop_token& stop) {
  Swept swept;
  for (const auto& [place, file] : again) {
    if (stop.stop_requested()) return {};
    const auto before = found_->find(place);
    if (before == found_->end() || before->second.put != file.put) continue;
    HEYAN_TRY(const bool removed, vault_.remove_left(file));
    if (!removed) continue;
    ++swept.files;
    swept.bytes += file.bytes;
  }
  found_.reset();
  std::ofstream(settings_.marker).close();  // where it cannot be written, it is done once more
  settings_.on_done(swept);
  return {};
}

}  // namespace heyan::service
