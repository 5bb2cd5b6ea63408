// What a process of the gateway may do once it has entered its sandbox, and how much of it.
//
//   box, judge, render   one job: compute, read what was handed over, answer. No file is opened, no
//                        network, no program, no process; memory and CPU time are bounded. The
//                        judge may start threads (digests of large files); they stay in the same
//                        sandbox.
//   draw                 the same, but it reads files beneath its folders (letters and tables of
//                        characters); nothing is written or created.
//   signer               besides: files beneath its folders (SQLite, keys, tiles). No network but
//                        its database, where that is a server (reach); no program, no process.
//   front                the network through sockets that it listens on before it enters, and files
//                        beneath its folders. It opens no connection to anywhere but its database,
//                        where that is a server (reach), and starts no program or process.
//   egress               connections to anywhere, and a few files to read (how names are resolved).
//                        It listens nowhere, writes no file, and starts no program or process.
//
// Values; any thread.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <string_view>
#include <vector>

namespace heyan::sandbox {

enum class Role : std::uint8_t { kBox, kJudge, kRender, kDraw, kSigner, kFront, kEgress };

std::string_view name(Role role);  // "box" "judge" "render" "draw" "signer" "front" "egress"

// One job by a child, whose memory and time are bounded.
bool is_worker(Role role);
// Those that open nothing at all.
bool is_without_paths(Role role);

// Where to. By a Unix socket: to any whose file this user may write, for the kernel has no rule
// that knows their paths; to no internet. By TCP: of that family alone, to one port of any address.
enum class Reach : std::uint8_t { kNowhere, kUnixSocket, kTcp4, kTcp6 };

struct Profile {
  Role role = Role::kBox;

  // 0: as it is. Of the whole address space, so that it counts what the parent had loaded. Not
  // applied under AddressSanitizer, which reserves terabytes.
  std::uint64_t memory_bytes = 0;
  std::uint64_t cpu_seconds = 0;  // 0: as it is. SIGXCPU ends the process then.
  std::uint64_t open_files = 0;   // 0: as it is

  // Folders, of draw, signer, front and egress alone; draw writes to none, and the others may
  // read single files, too. What lies beneath them can be read, or also written, created and
  // removed; nothing else can be opened.
  std::vector<std::filesystem::path> readable;
  std::vector<std::filesystem::path> writable;

  // Of signer and front: whether they connect to a server of their own.
  Reach reach = Reach::kNowhere;
  std::uint16_t port = 0;  // its, of TCP; no other is connected to, where the kernel has Landlock 4

  // Not 0: the process dies with the thread that made it, whose process this is.
  pid_t parent = 0;
};

// The limits that a role has where the configuration does not say otherwise.
Profile default_profile(Role role);

}  // namespace heyan::sandbox
