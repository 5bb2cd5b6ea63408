// What a crash left in the vault: files that no submission and no report refers to, of requests
// that were never acknowledged.
//
// It is looked for once a week while the gateway serves, and removed where the look a week before
// found it, too, and nobody put it since: a database that was set back by mistake can be set right
// within a week, and whatever was being filed at one look is known at the next. The records of a
// verification that is open stay, however long that is: its report may have been signed already.
// The whole store is read for it, page by page, with pauses. In a bucket nothing is looked for. One
// thread.
#pragma once

#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "gateway/service/kept_names.h"
#include "gateway/service/left_list.h"
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
    std::filesystem::path list;       // a file: what the last look found, and when that was
    std::function<void(const Swept& removed, const Swept& left)> on_done;  // left: for a week
    std::function<void(const core::Error&)> on_failed;
  };
  // Both outlive it.
  VaultSweep(Settings settings, store::Store& store, store::Vault& vault);

  // Whenever it may be time for a look, while this machine's clock is believed. Ends early when
  // asked to; then, and where it failed, the look is made anew at the next call.
  void go_on(const std::stop_token& stop);

 private:
  bool is_due() const;
  core::Result<void> look(const std::stop_token& stop);
  core::Result<void> look_through(const std::string& court, LeftList& left,
                                  const std::stop_token& stop) const;
  core::Result<void> put_names_aside(const std::string& court, KeptNames& names,
                                     const std::stop_token& stop) const;
  // Those that were found before leave `left`.
  core::Result<Swept> remove(const LeftList& before, LeftList& left, const std::stop_token& stop);

  Settings settings_;
  store::Store& store_;
  store::Vault& vault_;
};

}  // namespace heyan::service
