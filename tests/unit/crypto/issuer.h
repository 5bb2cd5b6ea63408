// Certificates and revocation lists made for tests, good and bad.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "verifier/crypto/certificate.h"
#include "verifier/crypto/signing.h"

namespace heyan::crypto::test {

struct CertificateSpec {
  std::string subject = "Leaf";
  std::string issuer = "Root";  // the name; the key is given apart
  std::string not_before = "2024-01-01T00:00:00Z";
  std::string not_after = "2034-01-01T00:00:00Z";
  // Extensions in OpenSSL's notation: {"basicConstraints", "critical,CA:TRUE"}.
  std::vector<std::pair<std::string, std::string>> extensions = {};
  std::string sm2_user_id = "1234567812345678";
  std::string organisation = {};  // O and OU of the subject; empty: none
  std::string unit = {};
};

core::UtcTime at(std::string_view rfc3339);

// The DER of a certificate of `subject`, signed with `issuer`.
core::Bytes issue_der(const CertificateSpec& spec, const SigningKey& subject,
                      const SigningKey& issuer);
// The same, read back; the test program stops where that fails.
Certificate issue(const CertificateSpec& spec, const SigningKey& subject, const SigningKey& issuer);
// A CA certificate named `subject`.
Certificate issue_ca(const std::string& subject, const SigningKey& key, const std::string& issuer,
                     const SigningKey& issuer_key);

struct RevokedEntry {
  std::string serial_hex;
  std::string time;
  bool critical_extension = false;
};

struct ListSpec {
  std::string issuer = "Root";
  std::string this_update = "2025-01-01T00:00:00Z";
  std::string next_update = "2025-02-01T00:00:00Z";  // empty: none
  std::vector<RevokedEntry> entries = {};
  bool critical_extension = false;
  std::string keeps_ended_since = "";  // expiredCertsOnCRL, "20240101000000Z"; empty: absent
};

core::Bytes issue_list_der(const ListSpec& spec, const SigningKey& issuer);

}  // namespace heyan::crypto::test
