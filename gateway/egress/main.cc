// heyan-egress: the only process that connects to anywhere. Started by whoever asks.
//
//   heyan-egress --nodes FILE --asker FD
//
// Exit status: 0 the asker is gone, 2 usage, 65 the file of nodes, 70 anything else. It says
// nothing: what is wrong with a call is in its answer.
#include <algorithm>
#include <array>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <vector>

#include "gateway/egress/serve.h"
#include "gateway/ipc/frame_limits.h"
#include "gateway/ops/program_words.h"
#include "gateway/sandbox/enter.h"

namespace heyan::egress {
namespace {

constexpr int kUsage = 2;
constexpr int kMalformed = 65;
constexpr int kInternal = 70;
constexpr std::array<std::string_view, 2> kWords = {"nodes", "asker"};

// How names are resolved, what OpenSSL reads when it starts, and libraries that the resolver loads.
std::vector<std::filesystem::path> readable_files() {
  std::vector<std::filesystem::path> there;
  std::error_code error;
  for (const char* path : {"/etc/hosts", "/etc/resolv.conf", "/etc/nsswitch.conf", "/etc/host.conf",
                           "/etc/gai.conf", "/etc/ssl/openssl.cnf", "/usr"}) {
    if (std::filesystem::exists(path, error)) there.emplace_back(path);
  }
  return there;
}

int run(std::span<const char* const> words) {
  const auto read = ops::read_program_words(words, kWords);
  if (!read) return kUsage;
  os::Descriptor asker = ops::inherited(read->find("asker")->second);
  if (!asker.is_open()) return kUsage;
  const auto nodes = ops::load_nodes(read->find("nodes")->second);
  if (!nodes) return kMalformed;
  Files files;
  for (const ops::Node& node : nodes->nodes) {
    if (auto read_files = read_tls_files(node)) files.emplace(node.ledger, *std::move(read_files));
  }
  if (!start_library()) return kInternal;
  sandbox::Profile profile = sandbox::default_profile(sandbox::Role::kEgress);
  profile.readable = readable_files();
  if (!sandbox::enter(profile)) return kInternal;
  const int strange = serve(*nodes, files, ipc::Channel(std::move(asker), ipc::kEgressFrameBytes));
  return strange == 0 ? 0 : kInternal;
}

}  // namespace
}  // namespace heyan::egress

int main(int count, char** words) {
  std::signal(SIGPIPE, SIG_IGN);
  // Proxies, files of session keys, settings of OpenSSL and of the resolver: none is read from the
  // environment.
  ::clearenv();
  const std::span all(words, static_cast<std::size_t>(count));
  const int status = heyan::egress::run(all.subspan(std::min<std::size_t>(1, all.size())));
  std::_Exit(status);
}
