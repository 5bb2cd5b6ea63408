// The parent of a kind of worker: warmed up, without secrets, it forks one sandboxed child for each
// job and does nothing else.
//
// Threat: a child reads hostile bytes and may be taken over. It is forked from a process that has
// seen no job, owns one end of one socket pair, enters the sandbox before it reads, and ends with
// its job. One that does not end is killed in its time, for it stands in the way of others. After a
// child that did not end well the parent takes no more jobs and ends when its children have, in
// half a minute at most, to be started afresh (security decision 23): what others were at is begun
// anew, and is not their fault. One thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string_view>

#include "gateway/ipc/channel.h"
#include "gateway/sandbox/enter.h"
#include "gateway/worker/record_desk.h"

namespace heyan::worker {

// In the child, inside the sandbox: the whole job. The answer goes through the channel; what it
// returns only says whether the child ended as it should.
using Job = std::function<bool(ipc::Channel channel)>;

// In the parent, right before a child is forked: descriptors that the child keeps besides its
// channel. An error: the job is turned away.
using Prepare = std::function<core::Result<std::vector<int>>()>;

// Why a child did not end as it should.
enum class Lost : std::uint8_t {
  kDied,  // of its job: it crashed, was killed by the system, or said itself that it failed
  kLate,  // it had its time, and was killed
};

struct Parent {
  ipc::Channel doors;  // from the front: each Door carries one end of a job's socket pair
  sandbox::Sandbox sandbox;
  std::size_t frame_limit_bytes = 0;    // of a job's channel
  std::size_t most_children = 0;        // at once
  std::chrono::seconds longest_job{0};  // then the child is killed
  Prepare prepare;                      // may be empty
  std::function<void()>
      after_fork;  // in the parent, may be empty: what prepare made for the child is closed
  // May be empty. A child died of its job, or had its time: what the front is told in its place. Of
  // one that was killed because of another, and where nobody tells any more, it hears nothing: so
  // it knows whether what the child was at may be why.
  std::function<void(ipc::Channel, Lost)> tell_lost;
  Job job;
  RecordDesk* desk = nullptr;  // where children have what they did recorded; null: nowhere
};

// For a child whose channel brought no job: true where it was closed before anything was said, to
// see whether somebody is there. Nothing went wrong then.
bool was_a_knock(const core::Error& error);

// Of what a child has to say: true where it was sent, or nobody listens any more. Who had enough of
// it, or gave up, closes its end; nothing went wrong then either.
bool said_or_unwanted(const core::Result<void>& sent);

// Until the front closes its end, or a child did not end well. 0: the front is gone; 75: start me
// afresh.
int run_parent(Parent parent);

}  // namespace heyan::worker
