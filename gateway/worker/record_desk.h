// Where a judge says what it judged, before it answers: the parent writes it into the audit trail
// of the judges, which no child can reach.
//
// Threat: a child may be taken over. It can have one record written, which may name any case, in
// the parent's words: identifiers, digests and verdicts as this module reads them. It can leave it
// out; the signer then has a report in its trail that no judge's trail has. One thread, the
// parent's.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gateway/audit/trail.h"
#include "gateway/ipc/channel.h"

namespace heyan::worker {

// {"submission","report","payload","record","verdict","items":["CODE-COUNT",…]} or {"submission",
// "reason"}: at most so many bytes.
inline constexpr std::size_t kJudgementBytes = 4096;

// In the child.
class RecordSlip {
 public:
  explicit RecordSlip(os::Descriptor socket) : socket_(std::move(socket)) {}
  // Once. False: it was not recorded.
  bool hand_in(const core::json::Value& judgement);

 private:
  os::Descriptor socket_;
};

class RecordDesk {
 public:
  explicit RecordDesk(audit::Trail& trail) : trail_(trail) {}

  // Before a child is forked: the descriptor that it keeps.
  core::Result<int> prepare();
  RecordSlip take() { return RecordSlip(std::move(next_)); }  // in the child
  void forget() { next_.reset(); }                            // in the parent

  // What to wait for: something to read, or the end of a child.
  std::vector<int> sockets() const;
  // Those of them that are ready.
  void serve(const std::vector<int>& ready);

 private:
  struct Waiting {
    os::Descriptor socket;
    std::string bytes;
  };
  // False: it is done with.
  bool read(Waiting& waiting);

  audit::Trail& trail_;
  os::Descriptor next_;
  std::vector<Waiting> waiting_;
};

// What is recorded of it; nothing where the child says anything else.
std::optional<audit::Entry> entry_of(std::string_view judgement);

}  // namespace heyan::worker
