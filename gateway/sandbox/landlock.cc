#include "gateway/sandbox/landlock.h"

#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <span>

namespace heyan::sandbox {
namespace {

using core::ErrorCode;

// The header of Debian 12's kernel stops at version 2.
struct Attributes {
  std::uint64_t files = 0;
  std::uint64_t network = 0;  // from version 4
  std::uint64_t scoped = 0;   // from version 6
};
constexpr std::uint64_t kTruncate = 1u << 14;     // version 3
constexpr std::uint64_t kDevices = 1u << 15;      // version 5: ioctl on devices
constexpr std::uint64_t kBindTcp = 1u << 0;       // version 4
constexpr std::uint64_t kConnectTcp = 1u << 1;    // version 4
constexpr std::uint64_t kAbstractUnix = 1u << 0;  // version 6: sockets of processes outside
constexpr std::uint64_t kSignal = 1u << 1;        // version 6: signals to processes outside

// From version 4.
constexpr int kRuleOfPort = 2;
struct PortRule {
  std::uint64_t access = 0;
  std::uint64_t port = 0;
};

// Version 1 forbids every rename from one folder into another, which the vault needs.
constexpr int kOldestVersion = 2;

constexpr std::uint64_t kRead = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
constexpr std::uint64_t kWrite = LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_MAKE_REG |
                                 LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE |
                                 LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REFER |
                                 kTruncate;
constexpr std::uint64_t kOfFiles =
    LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE | kTruncate;
constexpr std::uint64_t kAllOfVersion2 = (1u << 14) - 1;

Attributes attributes_of(Role role, int version) {
  Attributes all{.files = kAllOfVersion2};
  if (version >= 3) all.files |= kTruncate;
  if (version >= 4) all.network = role == Role::kEgress ? kBindTcp : kBindTcp | kConnectTcp;
  if (version >= 5) all.files |= kDevices;
  if (version >= 6) all.scoped = kAbstractUnix | kSignal;
  return all;
}

// Older kernels refuse a structure with more in it than they know.
std::size_t size_of_attributes(int version) {
  if (version >= 6) return sizeof(Attributes);
  return version >= 4 ? offsetof(Attributes, scoped) : offsetof(Attributes, network);
}

core::Result<os::Descriptor> new_ruleset(Role role, int version) {
  const Attributes all = attributes_of(role, version);
  os::Descriptor made(static_cast<int>(
      ::syscall(SYS_landlock_create_ruleset, &all, size_of_attributes(version), 0)));
  if (!made.is_open()) return core::fail(ErrorCode::kIo, "the kernel makes no rules of Landlock");
  return made;
}

core::Result<void> restrict_self(const os::Descriptor& ruleset) {
  if (::syscall(SYS_landlock_restrict_self, ruleset.get(), 0) != 0) {
    return core::fail(ErrorCode::kIo, "the kernel does not enforce Landlock");
  }
  return {};
}

// Single files may be read, by others than workers; all other places are folders. All must be
// there.
core::Result<void> permit(const os::Descriptor& ruleset, Role role,
                          std::span<const std::filesystem::path> in, std::uint64_t access) {
  const int kind = is_worker(role) || access != kRead ? O_DIRECTORY : 0;
  for (const std::filesystem::path& path : in) {
    const os::Descriptor place(::open(path.c_str(), O_PATH | O_CLOEXEC | kind));
    struct stat status{};
    if (!place.is_open() || ::fstat(place.get(), &status) != 0) {
      return core::fail(ErrorCode::kNotFound, "a folder of the sandbox is not there");
    }
    const landlock_path_beneath_attr rule{
        .allowed_access = S_ISDIR(status.st_mode) ? access : access & kOfFiles,
        .parent_fd = place.get()};
    if (::syscall(SYS_landlock_add_rule, ruleset.get(), LANDLOCK_RULE_PATH_BENEATH, &rule, 0) !=
        0) {
      return core::fail(ErrorCode::kIo, "the kernel refuses a rule of Landlock");
    }
  }
  return {};
}

bool is_by_tcp(Reach reach) { return reach == Reach::kTcp4 || reach == Reach::kTcp6; }

core::Result<void> permit_port(const os::Descriptor& ruleset, std::uint16_t port) {
  const PortRule rule{.access = kConnectTcp, .port = port};
  if (::syscall(SYS_landlock_add_rule, ruleset.get(), kRuleOfPort, &rule, 0) != 0) {
    return core::fail(ErrorCode::kIo, "the kernel refuses a rule of Landlock");
  }
  return {};
}

}  // namespace

int landlock_version() {
  const long version =
      ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
  return version > 0 ? static_cast<int>(version) : 0;
}

bool limits_ports() { return landlock_version() >= 4; }

bool limits_paths() { return landlock_version() >= kOldestVersion; }

core::Result<Ruleset> Ruleset::prepare(const Profile& profile) {
  return prepare(profile, landlock_version());
}

core::Result<Ruleset> Ruleset::prepare(const Profile& profile, int version) {
  const bool has_folders = !(profile.readable.empty() && profile.writable.empty());
  if ((is_without_paths(profile.role) && has_folders) ||
      (is_worker(profile.role) && !profile.writable.empty())) {
    return core::fail(ErrorCode::kInternal, "a worker has no such folders");
  }
  if (profile.reach != Reach::kNowhere &&
      (!has_folders || (profile.role != Role::kSigner && profile.role != Role::kFront))) {
    return core::fail(ErrorCode::kInternal, "only signer and front have a server of their own");
  }
  Ruleset made;
  if (version < kOldestVersion) {
    if (profile.role == Role::kDraw) {
      return core::fail(ErrorCode::kUnsupported, "what is read can only be limited by Landlock");
    }
    made.lacking_ = {"landlock"};
    return made;
  }
  if (version < 3) made.lacking_.emplace_back("landlock-truncate");
  if (version < 4) made.lacking_.emplace_back("landlock-network");
  if (version < 5) made.lacking_.emplace_back("landlock-devices");
  if (version < 6) made.lacking_.emplace_back("landlock-signals");
  made.version_ = version;
  made.role_ = profile.role;
  // Nothing is held for those that need nothing: a worker's child closes what it inherited.
  if (!has_folders) return made;
  HEYAN_TRY(made.ruleset_, new_ruleset(profile.role, version));
  HEYAN_CHECK_OK(permit(made.ruleset_, profile.role, profile.readable, kRead));
  HEYAN_CHECK_OK(permit(made.ruleset_, profile.role, profile.writable,
                        (kRead | kWrite) & attributes_of(profile.role, version).files));
  if (is_by_tcp(profile.reach) && version >= 4)
    HEYAN_CHECK_OK(permit_port(made.ruleset_, profile.port));
  return made;
}

core::Result<void> Ruleset::enforce() const {
  if (version_ == 0) return {};
  if (ruleset_.is_open()) return restrict_self(ruleset_);
  HEYAN_TRY(const os::Descriptor nothing_permitted, new_ruleset(role_, version_));
  return restrict_self(nothing_permitted);
}

}  // namespace heyan::sandbox
