// Encrypts what lies plain in an encrypted vault, because it was filed before the vault was: once,
// in a thread of its own. A file of several submissions is encrypted for each, and goes when all
// have it. What is damaged stays as it is, and is no reason to leave others.
#pragma once

#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "gateway/store/store.h"
#include "gateway/store/vault.h"

namespace heyan::service {

class Sealer {
 public:
  struct Sealed {
    std::uint64_t files = 0;  // that were encrypted
    std::uint64_t left = 0;   // that could not be, and lie there as before
  };
  struct Settings {
    std::vector<std::string> courts;  // those of the configuration; those of the store are added
    std::function<void(const Sealed&)> on_done;  // unless there was nothing to do
  };

  // The vault encrypts. What ends before it is done is gone on with at the next start.
  Sealer(Settings settings, store::Store& store, store::Vault& vault);

 private:
  void work(const std::stop_token& stop);
  void seal_court(const std::string& court, const std::stop_token& stop);
  // False: not all of it was done.
  template <typename Each>
  bool for_each_kept(const std::string& court, const std::stop_token& stop, Each each);

  Settings settings_;
  store::Store& store_;
  store::Vault& vault_;
  Sealed sealed_;
  std::jthread thread_;  // last: it uses all of the above
};

}  // namespace heyan::service
