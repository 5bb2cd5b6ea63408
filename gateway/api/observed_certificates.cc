// When certificates end, for the monitoring system: those of the signer's keys, and that of TLS.
#include "gateway/api/observer.h"

namespace heyan::api {
namespace {

constexpr ops::Metric kExpiry{"heyan_certificate_expiry_timestamp_seconds", ops::MetricKind::kGauge,
                              "When a certificate in use ends, by use"};

// As its files are called.
std::string name_of(const v1::PublishedKey& key) {
  return key.use() + (key.algorithm() == "SM2" ? "-sm2" : "-es256");
}

}  // namespace

// What the signer does not say nobody knows: it is absent.
void Observer::set_certificates(const v1::PublishedKeys& keys,
                                std::optional<core::UtcTime> tls_until) {
  if (keys.keys().empty()) metrics_.unset(kExpiry);
  const auto set = [this](std::string use, std::int64_t until_ms) {
    metrics_.set(kExpiry, {{"use", std::move(use)}}, static_cast<double>(until_ms) / 1000);
  };
  for (const v1::PublishedKey& key : keys.keys()) {
    if (!key.chain().empty()) set(name_of(key), key.valid_until_ms());  // else it signs no more
  }
  if (tls_until) set("tls", core::to_unix_ms(*tls_until));
}

}  // namespace heyan::api
