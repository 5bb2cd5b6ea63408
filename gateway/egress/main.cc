// heyan-egress: the only process that connects to anywhere. Started by whoever asks.
//
//   heyan-egress --nodes FILE --asker FD      calls to ledgers' nodes (gateway/ops/nodes.h)
//   heyan-egress --nodes FILE --stamps FD     time stamps of its [tsa]
//   heyan-egress --config FILE --front FD --stamps FD --witnesses FD --scans FD --identities FD
//                --objects FD                 events to court systems ([[webhook]]), [tsa],
//                                             checkpoints to witnesses ([[witness]]), files to the
//                                             malware scanner ([scanner]), who came back from a
//                                             provider ([[oidc]]), and sealed files of the vault
//                                             ([vault.s3])
//
// Of the last, each channel has a thread, so that neither waits for the other's servers, and
// --objects, through which doors come, a few. Exit
// status: 0 the asker is gone, 2 usage, 65 the file, 70 anything else. It says nothing: what
// is wrong with a call is in its answer.
#include <algorithm>
#include <array>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <thread>
#include <vector>

#include "gateway/egress/identities.h"
#include "gateway/egress/objects.h"
#include "gateway/egress/scans.h"
#include "gateway/egress/serve.h"
#include "gateway/egress/stamps.h"
#include "gateway/egress/webhooks.h"
#include "gateway/egress/witnesses.h"
#include "gateway/ipc/frame_limits.h"
#include "gateway/ops/environment.h"
#include "gateway/ops/program_words.h"
#include "gateway/sandbox/enter.h"

namespace heyan::egress {
namespace {

constexpr int kUsage = 2;
constexpr int kMalformed = 65;
constexpr int kInternal = 70;
constexpr std::size_t kDoorFrameBytes = 64;
constexpr std::array<std::string_view, 2> kNodeWords = {"nodes", "asker"};
constexpr std::array<std::string_view, 2> kStampWords = {"nodes", "stamps"};
constexpr std::array<std::string_view, 7> kFrontWords = {
    "config", "front", "stamps", "witnesses", "scans", "identities", "objects"};

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

std::optional<StampFiles> files_of(const std::optional<ops::Tsa>& tsa) {
  if (!tsa) return std::nullopt;
  auto files = read_stamp_files(*tsa);
  return files ? std::optional(*std::move(files)) : std::nullopt;
}

int stamp(const std::optional<ops::Tsa>& tsa, const std::optional<StampFiles>& files,
          ipc::Channel asker) {
  return serve_stamps(tsa ? &*tsa : nullptr, files ? &*files : nullptr, std::move(asker));
}

int run_stamps(const std::string& file, ipc::Channel asker) {
  const auto nodes = ops::load_nodes(file);
  if (!nodes) return kMalformed;
  const auto files = files_of(nodes->tsa);
  if (!enter_sandbox()) return kInternal;
  return stamp(nodes->tsa, files, std::move(asker)) == 0 ? 0 : kInternal;
}

int run_for_front(const std::string& file, ipc::Channel webhooks, ipc::Channel stamps,
                  ipc::Channel witnesses, ipc::Channel scans, ipc::Channel identities,
                  ipc::Channel objects) {
  const auto config = ops::load_config(file);
  if (!config) return kMalformed;
  AllWebhookKeys keys;
  for (const ops::Webhook& webhook : config->webhooks) {
    if (auto read_keys = read_webhook_keys(webhook))
      keys.emplace(webhook.account, *std::move(read_keys));
  }
  const auto files = files_of(config->tsa);
  const WitnessFiles witness_files = read_witness_files(config->witnesses);
  const AllIdentityFiles identity_files = read_identity_files(config->oidc);
  std::optional<BucketFiles> bucket_files;
  if (config->vault.s3) {
    if (auto read = read_bucket_files(*config->vault.s3)) bucket_files = *std::move(read);
  }
  if (!enter_sandbox()) return kInternal;
  const std::jthread keeping([&] {
    if (serve_objects(config->vault.s3, bucket_files, std::move(objects)) != 0)
      std::_Exit(kInternal);
  });
  const std::jthread identifying([&] {
    if (serve_identities(config->oidc, identity_files, std::move(identities)) != 0)
      std::_Exit(kInternal);
  });
  const std::jthread witnessing([&] {
    if (serve_witnesses(config->witnesses, config->log_name, witness_files, std::move(witnesses)) !=
        0)
      std::_Exit(kInternal);
  });
  const std::jthread scanning([&] {
    if (serve_scans(config->scanner, std::move(scans)) != 0) std::_Exit(kInternal);
  });
  const std::jthread stamping([&] {
    if (stamp(config->tsa, files, std::move(stamps)) != 0) std::_Exit(kInternal);
  });
  // A stamp that is still asked for is nobody's any more.
  std::_Exit(serve_webhooks(config->webhooks, keys, std::move(webhooks)) == 0 ? 0 : kInternal);
}

// Closed where there is none.
ipc::Channel channel(const ops::ProgramWords& words, std::string_view name,
                     std::size_t frame_bytes = ipc::kEgressFrameBytes) {
  const auto word = words.find(name);
  return {word == words.end() ? os::Descriptor() : ops::inherited(word->second), frame_bytes};
}

int run(std::span<const char* const> words) {
  if (const auto read = ops::read_program_words(words, kNodeWords)) {
    ipc::Channel asker = channel(*read, "asker");
    return asker.is_open() ? run_nodes(read->find("nodes")->second, std::move(asker)) : kUsage;
  }
  if (const auto read = ops::read_program_words(words, kStampWords)) {
    ipc::Channel asker = channel(*read, "stamps");
    return asker.is_open() ? run_stamps(read->find("nodes")->second, std::move(asker)) : kUsage;
  }
  const auto read = ops::read_program_words(words, kFrontWords);
  if (!read) return kUsage;
  ipc::Channel webhooks = channel(*read, "front");
  ipc::Channel stamps = channel(*read, "stamps");
  ipc::Channel witnesses = channel(*read, "witnesses");
  ipc::Channel scans = channel(*read, "scans", ipc::kScanFrameBytes);
  ipc::Channel identities = channel(*read, "identities");
  ipc::Channel objects = channel(*read, "objects", kDoorFrameBytes);
  if (!webhooks.is_open() || !stamps.is_open() || !witnesses.is_open() || !scans.is_open() ||
      !identities.is_open() || !objects.is_open())
    return kUsage;
  return run_for_front(read->find("config")->second, std::move(webhooks), std::move(stamps),
                       std::move(witnesses), std::move(scans), std::move(identities),
                       std::move(objects));
}

}  // namespace
}  // namespace heyan::egress

int main(int count, char** words) {
  std::signal(SIGPIPE, SIG_IGN);
  // Proxies, files of session keys, settings of OpenSSL and of the resolver: none is read from the
  // environment. What goes before the configuration's file is.
  std::vector<std::string> environment = heyan::ops::own_environment();
  ::clearenv();
  for (std::string& entry : environment) {
    if (entry.starts_with("HEYAN_")) ::putenv(entry.data());
  }
  const std::span all(words, static_cast<std::size_t>(count));
  const int status = heyan::egress::run(all.subspan(std::min<std::size_t>(1, all.size())));
  std::_Exit(status);
}
