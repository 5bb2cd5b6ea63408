#include "gateway/api/listeners.h"

#include <algorithm>

#include "gateway/ops/secrets.h"
#include "gateway/os/folder.h"

namespace heyan::api {
namespace {

using std::filesystem::path;

constexpr std::size_t kPemBytes = 1u << 20;

core::Result<std::string> read_pem(const path& file) {
  HEYAN_TRY(const core::Bytes bytes, os::read_named_file(file, kPemBytes));
  return core::to_string(bytes);
}

core::Result<std::shared_ptr<const front::TlsContext>> tls_of(const ops::Tls& tls,
                                                              front::ClientCertificates clients) {
  front::TlsOptions options;
  options.tls12 = tls.tls12;
  options.client_certificates = clients;
  HEYAN_TRY(options.certificate_chain, read_pem(tls.certificate));
  HEYAN_TRY(options.private_key, ops::read_tls_key(tls.key));
  if (clients != front::ClientCertificates::kNone) {
    HEYAN_TRY(options.client_anchors, read_pem(tls.client_ca));
  }
  HEYAN_TRY(front::TlsContext context, front::TlsContext::create(options));
  return std::make_shared<front::TlsContext>(std::move(context));
}

bool lies_in(const path& inner, const path& outer) {
  const auto [of_outer, of_inner] = std::ranges::mismatch(outer, inner);
  return of_outer == outer.end();
}

// Anybody may open them and be slow with each: ten thousand leave room for others. With those of
// the other listeners they are fewer than the descriptors of the front (sandbox/profile.cc).
constexpr std::size_t kConnectionsOfPeople = 12'000;

}  // namespace

core::Result<std::vector<front::ListenerOptions>> listeners_of(const ops::Config& config) {
  std::vector<front::ListenerOptions> listeners;
  HEYAN_TRY(auto people, tls_of(config.tls, front::ClientCertificates::kNone));
  listeners.push_back({.name = std::string(kPublic),
                       .address = config.listen.people.host,
                       .port = config.listen.people.port,
                       .tls = people,
                       .connections = kConnectionsOfPeople,
                       .balancers = config.listen.balancers});
  listeners.push_back({.name = std::string(kPreviews),
                       .address = config.listen.preview.host,
                       .port = config.listen.preview.port,
                       .tls = std::move(people),
                       .balancers = config.listen.balancers});
  listeners.push_back({.name = std::string(kMetricsListener),
                       .address = config.listen.metrics.host,
                       .port = config.listen.metrics.port,
                       .tls = nullptr});
  if (config.tls.client_ca.empty()) return listeners;
  HEYAN_TRY(auto courts, tls_of(config.tls, front::ClientCertificates::kRequired));
  listeners.push_back({.name = std::string(kCourtSystems),
                       .address = config.listen.court.host,
                       .port = config.listen.court.port,
                       .tls = std::move(courts),
                       .balancers = config.listen.balancers});
  return listeners;
}

core::Result<void> reload_tls(const ops::Config& config, front::Server& server) {
  HEYAN_TRY(const auto listeners, listeners_of(config));
  for (const front::ListenerOptions& each : listeners) server.replace_tls(each.name, each.tls);
  return {};
}

std::vector<path> tls_folders(const ops::Config& config) {
  std::error_code error;
  const path state = std::filesystem::weakly_canonical(config.state, error);
  std::vector<path> folders;
  for (const path& file : {config.tls.certificate, config.tls.key, config.tls.client_ca}) {
    if (file.empty()) continue;
    for (const path& folder : {std::filesystem::weakly_canonical(file.parent_path(), error),
                               std::filesystem::weakly_canonical(file, error).parent_path()}) {
      const bool too_much =
          lies_in(state, folder) || (lies_in(folder, state) && !lies_in(folder, state / "front"));
      if (!too_much && std::ranges::find(folders, folder) == folders.end()) {
        folders.push_back(folder);
      }
    }
  }
  return folders;
}

}  // namespace heyan::api
