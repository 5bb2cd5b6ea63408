// Until when the certificates beside signing keys are valid, and new ones for the same keys.
//
//   PREFIX.cert.pem                             the one in use
//   PREFIX.until-2027-12-30-1a2b3c4d.cert.pem   one before it: when it ended, and its fingerprint
//
// A report is believed for its key (report_issuer.h): one that was signed beside the old
// certificate verifies with the new one as with the old. The old one is kept for programs of
// others, which believe the certificate that they were given, say in a sealed PDF. Source: security
// decision 18.
#pragma once

#include <chrono>
#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "gateway/keys/key_files.h"
#include "gateway/ops/config.h"

namespace heyan::keys {

enum class Validity : std::uint8_t { kValid, kEndsSoon, kEnded, kNotBegun };

inline constexpr std::chrono::days kSoon{30};
// The operator's page marks it since as long (gateway/web).
inline constexpr std::chrono::days kRenewedWithin{60};

// kEndsSoon: within kSoon.
Validity validity_of(const crypto::Certificate& certificate, core::UtcTime now);

struct NamedCertificate {
  std::string name;  // "report-es256": of its files
  crypto::Certificate certificate;
};

// Those in the folder of a gateway's keys; no private key is opened. kMalformed, kIo.
std::expected<std::vector<NamedCertificate>, Refusal> load_certificates(
    const std::filesystem::path& folder);

struct Renewal {
  enum class Outcome : std::uint8_t {
    kStillGood,    // it does not end within kRenewedWithin
    kRenewed,      // or would be
    kOfAuthority,  // it is due, and not made here: whoever issued it is to issue another
  };
  std::string name;
  Outcome outcome = Outcome::kStillGood;
  core::UtcTime until;                   // of the one that was there
  std::optional<core::UtcTime> renewed;  // until when the new one is valid
};

enum class Renew : std::uint8_t { kOnlyLook, kWrite };

// Each that ends within kRenewedWithin, has ended or has not begun gets a successor of the same
// subject and key from `now` on, as long as key_files.h says. Private keys are read and not
// touched. Each takes the old one's place whole or not at all; after an error, and run again, what
// was renewed stays. load_gateway_keys' errors; kIo.
std::expected<std::vector<Renewal>, Refusal> renew_gateway_certificates(
    const std::filesystem::path& folder, const std::optional<ops::Token>& token, core::UtcTime now,
    Renew how);
// Likewise of report_keys.h.
std::expected<std::vector<Renewal>, Refusal> renew_report_certificates(
    const std::filesystem::path& folder, core::UtcTime now, Renew how);

}  // namespace heyan::keys
