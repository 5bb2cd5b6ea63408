// heyan-egress: the only process that connects to anywhere. Started by whoever asks.
//
//   heyan-egress --nodes FILE --asker FD      calls to ledgers' nodes (gateway/ops/nodes.h)
//   heyan-egress --config FILE --front FD     events to court systems ([[webhook]])
//
// Exit status: 0 the asker is gone, 2 usage, 65 the file, 70 anything else. It says nothing: what
// is wrong with a call is in its answer.
#include <algorithm>
#include <array>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <vector>

#include "gateway/egress/serve.h"
#include "gateway/egress/webhooks.h"
#include "gateway/ipc/frame_limits.h"
#include "gateway/ops/program_words.h"
#include "gateway/sandbox/enter.h"

namespace heyan::egress {
namespace {

constexpr int kUsage = 2;
constexpr int kMalformed = 65;
constexpr int kInternal = 70;
constexpr std::array<std::string_view, 2> kNodeWords = {"nodes", "asker"};
constexpr std::array<std::string_view, 2> kWebhookWords = {"config", "front"};

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

bool enter_sandbox() {
  if (!start_library()) return false;
  sandbox::Profile profile = sandbox::default_profile(sandbox::Role::kEgress);
  profile.readable = readable_files();
  return sandbox::enter(profile).has_value();
}

int run_nodes(const std::string& file, ipc::Channel asker) {
  const auto nodes = ops::load_nodes(file);
  if (!nodes) return kMalformed;
  Files files;
  for (const ops::Node& node : nodes->nodes) {
    if (auto read_files = read_tls_files(node)) files.emplace(node.ledger, *std::move(read_files));
  }
  if (!enter_sandbox()) return kInternal;
  return serve(*nodes, files, std::move(asker)) == 0 ? 0 : kInternal;
}

int run_webhooks(const std::string& file, ipc::Channel asker) {
  const auto config = ops::load_config(file);
  if (!config) return kMalformed;
  AllWebhookKeys keys;
  for (const ops::Webhook& webhook : config->webhooks) {
    if (auto read_keys = read_webhook_keys(webhook))
      keys.emplace(webhook.account, *std::move(read_keys));
  }
  if (!enter_sandbox()) return kInternal;
  return serve_webhooks(config->webhooks, keys, std::move(asker)) == 0 ? 0 : kInternal;
}

int run(std::span<const char* const> words) {
  const auto for_nodes = ops::read_program_words(words, kNodeWords);
  const auto for_webhooks = ops::read_program_words(words, kWebhookWords);
  if (!for_nodes && !for_webhooks) return kUsage;
  os::Descriptor asker = ops::inherited(for_nodes ? for_nodes->find("asker")->second
                                                  : for_webhooks->find("front")->second);
  if (!asker.is_open()) return kUsage;
  ipc::Channel channel(std::move(asker), ipc::kEgressFrameBytes);
  return for_nodes ? run_nodes(for_nodes->find("nodes")->second, std::move(channel))
                   : run_webhooks(for_webhooks->find("config")->second, std::move(channel));
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
