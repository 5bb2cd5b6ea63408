#include "gateway/cli/local_box.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>

#include "gateway/ipc/frame_limits.h"
#include "gateway/ipc/look_into.h"
#include "gateway/worker/box.h"
#include "gateway/worker/parent.h"
#include "gateway/worker/warm.h"
#include "verifier/contents/look_into.h"

namespace heyan::cli {
namespace {

constexpr std::size_t kDoorFrameBytes = 64;
constexpr std::size_t kMostChildren = 2;
constexpr int kAfresh = 75;  // of run_parent

// Libraries find what they need on disk, and resolve their names, while they may.
void warm() {
  worker::prepare_messages();
  const contents::MemorySource text(core::as_bytes("warm\n"));
  const std::array hashes = {crypto::Hash::kSha256, crypto::Hash::kSm3,  crypto::Hash::kSha384,
                             crypto::Hash::kSha512, crypto::Hash::kSha1, crypto::Hash::kMd5};
  static_cast<void>(contents::look_into(text, hashes, core::Limits()));
}

// True: somebody is at the door; false: the command has ended.
bool wait_for_job(int door) {
  pollfd ready{.fd = door, .events = POLLIN, .revents = 0};
  while (::poll(&ready, 1, -1) < 0) {
  }
  return (ready.revents & POLLIN) != 0;
}

void serve(const worker::CourtBench& courts, int door, pid_t command) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != command) return;
  const std::array keep = {door};
  if (!sandbox::close_all_but(keep) || !wait_for_job(door)) return;
  warm();
  sandbox::Profile profile = sandbox::default_profile(sandbox::Role::kBox);
  profile.parent = ::getpid();
  int status = kAfresh;
  // This parent has read nothing: after a child that did not end well it goes on.
  while (status == kAfresh) {
    auto box = sandbox::Sandbox::prepare(profile);
    if (!box) return;
    status = worker::run_parent(
        {.doors = ipc::Channel(os::Descriptor(::fcntl(door, F_DUPFD_CLOEXEC, 3)), kDoorFrameBytes),
         .sandbox = *std::move(box),
         .frame_limit_bytes = ipc::kBoxFrameBytes,
         .most_children = kMostChildren,
         .longest_job = std::chrono::seconds(2 * profile.cpu_seconds),
         .prepare = {},
         .after_fork = {},
         .tell_lost = [](ipc::Channel front,
                         worker::Lost) { worker::tell_box_lost(std::move(front)); },
         .job =
             [&courts](ipc::Channel channel) {
               return worker::run_local_box(courts, std::move(channel));
             }});
  }
}

}  // namespace

LocalBox::LocalBox(const worker::CourtBench& courts) {
  auto pair = ipc::make_pair();
  if (!pair) return;
  const pid_t command = ::getpid();
  parent_ = ::fork();
  if (parent_ == 0) {
    serve(courts, pair->b.get(), command);
    ::_exit(0);
  }
  if (parent_ > 0) doors_.emplace(std::move(pair->a), ipc::kBoxFrameBytes);
}

LocalBox::~LocalBox() {
  doors_.reset();
  if (parent_ > 0) ::waitpid(parent_, nullptr, 0);
}

std::optional<v1::ContentFacts> LocalBox::look_into(const os::OpenFile& file,
                                                    const v1::LookInto& request) {
  if (!doors_) return std::nullopt;
  return ipc::look_into(*doors_, file.descriptor().get(), request);
}

}  // namespace heyan::cli
