#include "gateway/sandbox/profile.h"

namespace heyan::sandbox {
namespace {

constexpr std::uint64_t kMiB = std::uint64_t{1} << 20;

}  // namespace

std::string_view name(Role role) {
  switch (role) {
    case Role::kBox:
      return "box";
    case Role::kJudge:
      return "judge";
    case Role::kRender:
      return "render";
    case Role::kDraw:
      return "draw";
    case Role::kSigner:
      return "signer";
    case Role::kFront:
      return "front";
    case Role::kEgress:
      return "egress";
  }
  return "unknown";
}

bool is_worker(Role role) { return is_without_paths(role) || role == Role::kDraw; }

bool is_without_paths(Role role) {
  return role == Role::kBox || role == Role::kJudge || role == Role::kRender;
}

Profile default_profile(Role role) {
  Profile profile;
  profile.role = role;
  switch (role) {
    case Role::kBox:
      profile.memory_bytes = 1024 * kMiB;
      profile.cpu_seconds = 60;
      profile.open_files = 32;
      break;
    case Role::kJudge:
      profile.memory_bytes = 4096 * kMiB;
      profile.cpu_seconds = 600;
      profile.open_files = 32;
      break;
    case Role::kRender:
      profile.memory_bytes = 1024 * kMiB;
      profile.cpu_seconds = 60;
      profile.open_files = 32;
      break;
    case Role::kDraw:
      profile.memory_bytes = 1024 * kMiB;
      profile.cpu_seconds = 15;
      profile.open_files = 32;
      break;
    case Role::kSigner:
      profile.open_files = 1024;
      break;
    case Role::kFront:
      profile.open_files = 16'384;  // connections, and what is being received
      break;
    case Role::kEgress:
      profile.memory_bytes = 2048 * kMiB;  // most of it the stacks and heaps of its threads, unused
      profile.open_files = 128;
      break;
  }
  return profile;
}

}  // namespace heyan::sandbox
