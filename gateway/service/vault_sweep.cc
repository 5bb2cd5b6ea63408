#include "gateway/service/vault_sweep.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <set>

namespace heyan::service {
namespace {

using Clock = std::chrono::system_clock;

constexpr auto kWeek = std::chrono::days(7);
constexpr std::size_t kPage = 200;      // submissions
constexpr std::size_t kMost = 100'000;  // files at once; what is beyond is found a week later
constexpr int kFirstBytes = 256;

// The store and the disk are others' three quarters of the time.
template <typename Work>
auto unhurried(const std::stop_token& stop, Work work) {
  using Steady = std::chrono::steady_clock;
  const auto began = Steady::now();
  auto done = work();
  const auto pause = 3 * (Steady::now() - began);
  std::mutex mutex;
  std::condition_variable_any waiting;
  std::unique_lock lock(mutex);
  waiting.wait_for(lock, stop, pause, [] { return false; });
  return done;
}

}  // namespace

VaultSweep::VaultSweep(Settings settings, store::Store& store, store::Vault& vault)
    : settings_(std::move(settings)), store_(store), vault_(vault) {}

// Also where the clock has gone back since.
bool VaultSweep::is_due() const {
  std::error_code error;
  const auto looked = std::filesystem::last_write_time(settings_.list, error);
  const auto now = std::filesystem::file_time_type::clock::now();
  return error || looked > now || looked <= now - kWeek;
}

void VaultSweep::go_on(const std::stop_token& stop) {
  if (!is_due()) return;
  const auto looked = look(stop);
  if (!looked && !stop.stop_requested()) settings_.on_failed(looked.error());
}

core::Result<void> VaultSweep::look(const std::stop_token& stop) {
  HEYAN_TRY(const std::vector<std::string> known, store_.courts());
  std::set<std::string> courts(settings_.courts.begin(), settings_.courts.end());
  courts.insert(known.begin(), known.end());
  LeftList left;
  for (const std::string& court : courts) {
    if (vault_.has_folder(court)) HEYAN_CHECK_OK(look_through(court, left, stop));
  }
  if (stop.stop_requested()) return {};
  HEYAN_TRY(const Swept removed, remove(read_left(settings_.list), left, stop));
  if (stop.stop_requested()) return {};
  HEYAN_CHECK_OK(write_left(settings_.list, left));
  Swept stays;
  for (const auto& [place, file] : left) {
    ++stays.files;
    stays.bytes += file.bytes;
  }
  settings_.on_done(removed, stays);
  return {};
}

core::Result<void> VaultSweep::look_through(const std::string& court, LeftList& left,
                                            const std::stop_token& stop) const {
  const auto put_before = Clock::now() - kWeek;
  HEYAN_TRY(KeptNames names, KeptNames::begin(settings_.names));
  HEYAN_CHECK_OK(put_names_aside(court, names, stop));
  for (int first = 0; first < kFirstBytes && !stop.stop_requested(); ++first) {
    const auto byte = static_cast<std::uint8_t>(first);
    HEYAN_TRY(const std::vector<store::VaultName> kept, names.beginning_with(byte));
    HEYAN_TRY(auto found, unhurried(stop, [&] {
                return vault_.left_in(court, byte, kept, put_before, kMost - left.size());
              }));
    for (store::LeftFile& file : found) left.emplace(file.place, std::move(file));
  }
  return {};
}

core::Result<void> VaultSweep::put_names_aside(const std::string& court, KeptNames& names,
                                               const std::stop_token& stop) const {
  std::optional<store::Cursor> after;
  while (!stop.stop_requested()) {
    HEYAN_TRY(const store::KeptPage kept,
              unhurried(stop, [&] { return store_.kept_after(court, after, kPage); }));
    std::string_view last;
    for (const store::KeptFile& file : kept.files) {
      HEYAN_CHECK_OK(names.add(file.sha256));
      if (!vault_.has_keys()) continue;
      HEYAN_CHECK_OK(names.add(store::sealed_name(file.submission, file.sha256)));
      if (file.submission != last) HEYAN_CHECK_OK(names.add(store::key_name(file.submission)));
      last = file.submission;
    }
    if (!kept.next) return {};
    after = kept.next;
  }
  return {};
}

core::Result<VaultSweep::Swept> VaultSweep::remove(const LeftList& before, LeftList& left,
                                                   const std::stop_token& stop) {
  Swept swept;
  for (auto file = left.begin(); file != left.end() && !stop.stop_requested();) {
    const auto known = before.find(file->first);
    if (known == before.end() || known->second.put != file->second.put) {
      ++file;
      continue;
    }
    HEYAN_TRY(const bool removed, vault_.remove_left(file->second));
    if (removed) {
      ++swept.files;
      swept.bytes += file->second.bytes;
    }
    file = left.erase(file);
  }
  return swept;
}

}  // namespace heyan::service
