#include "gateway/service/housekeeping.h"

#include <algorithm>
#include <fstream>

namespace heyan::service {
namespace {

using Clock = std::filesystem::file_time_type::clock;

constexpr auto kKeepOrphans = std::chrono::days(7);

// Not where the clock has gone back since.
bool is_swept_lately(const std::filesystem::path& marker) {
  std::error_code error;
  const auto swept = std::filesystem::last_write_time(marker, error);
  return !error && swept <= Clock::now() && swept > Clock::now() - kKeepOrphans;
}

}  // namespace

core::Result<store::Vault::Swept> sweep_vault(store::Store& store, store::Vault& vault,
                                              std::vector<std::string> courts,
                                              const std::filesystem::path& marker) {
  store::Vault::Swept all;
  if (is_swept_lately(marker)) return all;
  HEYAN_TRY(const store::Backlog open, store.backlog(0));
  if (open.queued + open.verifying > 0) return all;
  HEYAN_TRY(const std::vector<std::string> known, store.courts());
  courts.insert(courts.end(), known.begin(), known.end());
  std::ranges::sort(courts);
  const auto repeated = std::ranges::unique(courts);
  courts.erase(repeated.begin(), repeated.end());
  const auto older_than = Clock::now() - kKeepOrphans;
  for (const std::string& court : courts) {
    HEYAN_TRY(std::vector<core::Bytes> kept, store.kept_digests(court));
    if (vault.has_keys()) {
      HEYAN_TRY(const std::vector<core::Bytes> sealed, store.kept_sealed(court));
      const auto plain = static_cast<std::ptrdiff_t>(kept.size());
      kept.insert(kept.end(), sealed.begin(), sealed.end());
      std::ranges::inplace_merge(kept, kept.begin() + plain);
    }
    HEYAN_TRY(const store::Vault::Swept swept, vault.sweep(court, kept, older_than));
    all.files += swept.files;
    all.bytes += swept.bytes;
  }
  std::ofstream(marker).close();  // where it cannot be written, the next start looks again
  std::error_code ignored;
  std::filesystem::last_write_time(marker, Clock::now(), ignored);
  return all;
}

Housekeeper::Housekeeper(store::Store& store, std::function<std::int64_t()> now_ms,
                         std::function<bool()> has_time, std::chrono::milliseconds every)
    : store_(store),
      now_ms_(std::move(now_ms)),
      has_time_(std::move(has_time)),
      every_(every),
      thread_([this](const std::stop_token& stop) { work(stop); }) {}

void Housekeeper::work(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    if (has_time_()) static_cast<void>(store_.forget_keys(now_ms_()));  // else in an hour
    std::unique_lock lock(mutex_);
    waiting_.wait_for(lock, stop, every_, [] { return false; });
  }
}

}  // namespace heyan::service
