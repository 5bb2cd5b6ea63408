// Many threads write; one thread puts what is waiting into one transaction, so that one wait for
// the disk serves all of them.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <future>
#include <mutex>
#include <thread>
#include <vector>

#include "gateway/sql/database.h"

namespace heyan::store {

class GroupCommit {
 public:
  // Runs on the writing thread, within the transaction. An error undoes what it wrote, and only
  // that; it may be told an error of the commit even though the work went well.
  using Work = std::function<core::Result<void>()>;

  // What is done now and then, whether or not anybody writes; its errors are nobody's.
  struct Regular {
    Work work{};  // none: nothing is
    std::chrono::milliseconds every{};
  };

  // The database, which must outlive it, is the writing thread's alone from here on.
  GroupCommit(sql::Database& database, Regular regular);
  // Commits what is waiting. No thread may be within run() any more.
  ~GroupCommit();
  GroupCommit(const GroupCommit&) = delete;
  GroupCommit& operator=(const GroupCommit&) = delete;

  // Any thread. Returns when the work is on the disk, or was undone: the error of the work, or of
  // the commit.
  core::Result<void> run(Work work);

 private:
  struct Call {
    Work work;
    std::promise<core::Result<void>> outcome;
  };

  sql::Database& database_;
  const Regular regular_;
  std::chrono::steady_clock::time_point due_;  // of regular_
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::vector<Call> waiting_;  // guarded by mutex_
  bool stopping_ = false;      // guarded by mutex_
  std::thread thread_;         // last: it uses all of the above

  std::vector<Call> take();
  void serve();
};

}  // namespace heyan::store
