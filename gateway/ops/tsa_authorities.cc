// By itself: who reads a configuration, but no certificates, links no cryptography for it.
#include "gateway/ops/tsa.h"
#include "gateway/os/folder.h"

namespace heyan::ops {
namespace {

constexpr std::size_t kCertificateFileBytes = 1u << 20;

}  // namespace

core::Result<std::vector<crypto::Certificate>> load_authorities(const Tsa& tsa) {
  std::vector<crypto::Certificate> authorities;
  for (const std::filesystem::path& file : tsa.authorities) {
    HEYAN_TRY(const core::Bytes pem, os::read_named_file(file, kCertificateFileBytes));
    HEYAN_TRY(const auto certificates, crypto::Certificate::list_from_pem(core::as_text(pem)));
    authorities.insert(authorities.end(), certificates.begin(), certificates.end());
  }
  return authorities;
}

}  // namespace heyan::ops
