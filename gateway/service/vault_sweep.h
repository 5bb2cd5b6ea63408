// What a crash left in the vault: files that no submission and no report refers to, of requests
// that were never acknowledged.
//
// It is looked for once a week while the gateway serves, and removed where it was found twice, an
// hour apart: whatever was being filed at the first look is known by then. Files of the last week
// stay, so that a database that was set back by mistake can still be set right; nothing is removed
// while a verification has been open for a day, whose report may have been signed already, nor what
// is filed meanwhile. The whole store is read for it, page by page, with pauses. In a bucket
// nothing is looked for. One thread.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <stop_token>
#include <string>
#include <vector>

#include "gateway/service/kept_names.h"
#include "gateway/store/store.h"
#include "gateway/store/vault.h"

namespace heyan::service {

class VaultSweep {
 public:
  struct Swept {
    std::uint64_t files = 0;
    std::uint64_t bytes = 0;
  };
  struct Settings {
    std::vector<std::string> courts;  // of the configuration; those of the store are added
    std::filesystem::path names;      // a folder of its own, for what is put aside meanwhile
    std::filesystem::path marker;     // a file that is written when it is done
    std::function<void(const Swept&)> on_done;
    std::function<void(const core::Error&)> on_failed;
  };
  // Both outlive it.
  VaultSweep(Settings settings, store::Store& store, store::Vault& vault);

  // Once an hour, while this machine's clock is believed: nothing where the marker is of this week;
  // else a look, or a second one and the removal. Ends early when asked to.
  void go_on(std::int64_t now_ms, const std::stop_token& stop);

 private:
  using Left = std::map<std::string, store::LeftFile>;  // by place
  bool is_due() const;
  core::Result<void> look(std::int64_t now_ms, const std::stop_token& stop);
  core::Result<void> look_through(const std::string& court, Left& left,
                                  const std::stop_token& stop) const;
  core::Result<void> put_names_aside(const std::string& court, KeptNames& names,
                                     const std::stop_token& stop) const;
  core::Result<void> remove(const Left& again, const std::stop_token& stop);
  core::Result<bool> may_be_wanted(std::int64_t now_ms) const;

  Settings settings_;
  store::Store& store_;
  store::Vault& vault_;
  std::optional<Left> found_;  // at the first of two looks
};

}  // namespace heyan::service
