// The command line's own box: the same child in the same sandbox as the gateway's, one a file
// (security decision 27).
//
// Its parent is forked before anything is read, and waits; where no file differs from its record or
// has to be opened, it does nothing. Made while the process has one thread; then for any thread.
#pragma once

#include <sys/types.h>

#include <optional>

#include "gateway/ipc/doors.h"
#include "gateway/os/folder.h"
#include "gateway/worker/court_box.h"
#include "heyan/v1/gateway.pb.h"

namespace heyan::cli {

class LocalBox {
 public:
  // `courts`: adapters that may be asked for.
  explicit LocalBox(const worker::CourtBench& courts = worker::CourtBench({}));
  ~LocalBox();  // waits for the parent to end
  LocalBox(const LocalBox&) = delete;
  LocalBox& operator=(const LocalBox&) = delete;

  // As ipc::look_into. Nothing where this machine has no sandbox.
  std::optional<v1::ContentFacts> look_into(const os::OpenFile& file, const v1::LookInto& request);

  // For gateway/ipc/court_message.h; null where this machine has no sandbox.
  ipc::Doors* doors() { return doors_ ? &*doors_ : nullptr; }

 private:
  std::optional<ipc::Doors> doors_;
  pid_t parent_ = -1;
};

}  // namespace heyan::cli
