#include "gateway/signer/certificate_watch.h"

namespace heyan::signer {

core::Result<void> CertificateWatch::check(std::string_view name,
                                           const report::ReportSigner& signer, core::UtcTime now) {
  const crypto::Certificate& certificate = signer.chain.front();
  if (certificate.not_before() <= now && now <= certificate.not_after()) {
    if (const auto before = not_valid_.find(name); before != not_valid_.end()) {
      not_valid_.erase(before);
    }
    return {};
  }
  if (not_valid_.emplace(name).second && told_) told_(name, certificate);
  return core::fail(core::ErrorCode::kChanged,
                    "the certificate is not valid now, and is to be renewed: see docs/operator.md");
}

}  // namespace heyan::signer
