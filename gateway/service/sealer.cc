#include "gateway/service/sealer.h"

#include <set>

namespace heyan::service {
namespace {

constexpr std::size_t kPage = 200;  // submissions

}  // namespace

Sealer::Sealer(Settings settings, store::Store& store, store::Vault& vault)
    : settings_(std::move(settings)),
      store_(store),
      vault_(vault),
      thread_([this](const std::stop_token& stop) { work(stop); }) {}

void Sealer::work(const std::stop_token& stop) {
  std::set<std::string> courts(settings_.courts.begin(), settings_.courts.end());
  if (const auto known = store_.courts()) courts.insert(known->begin(), known->end());
  for (const std::string& court : courts) {
    if (!vault_.is_all_sealed(court)) seal_court(court, stop);
  }
  if (!stop.stop_requested() && sealed_.files + sealed_.left > 0) settings_.on_done(sealed_);
}

template <typename Each>
bool Sealer::for_each_kept(const std::string& court, const std::stop_token& stop, Each each) {
  std::optional<store::Cursor> after;
  while (true) {
    // What is on the page is not deleted while it is gone through.
    const auto sealing = vault_.sealing();
    const auto kept = store_.kept_after(court, after, kPage);
    if (!kept) return false;
    for (const store::KeptFile& file : kept->files) {
      if (stop.stop_requested()) return false;
      each(file);
    }
    if (!kept->next) return true;
    after = kept->next;
  }
}

void Sealer::seal_court(const std::string& court, const std::stop_token& stop) {
  std::set<core::Bytes> left;
  const bool all = for_each_kept(court, stop, [&](const store::KeptFile& file) {
    const auto sealed =
        vault_.seal_plain({.court = court, .submission = file.submission}, file.sha256);
    if (!sealed) left.insert(file.sha256);
    if (sealed && *sealed) ++sealed_.files;
  });
  sealed_.left += left.size();
  if (!all) return;
  // What came in meanwhile was encrypted as it came.
  const bool dropped = for_each_kept(court, stop, [&](const store::KeptFile& file) {
    if (left.contains(file.sha256)) return;
    if (!vault_.drop_plain(court, file.sha256)) left.insert(file.sha256);
  });
  if (dropped && left.empty()) static_cast<void>(vault_.mark_all_sealed(court));
}

}  // namespace heyan::service
