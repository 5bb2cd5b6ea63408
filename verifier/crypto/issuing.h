// Certificates that one key issues for another: the authority, server and client of an installation
// for development and tests. Not for reports, whose certificates are their own (signing.h).
//
// Source: RFC 5280 4.2, RFC 9525 (names of servers stand in subjectAltName alone).
#pragma once

#include <string>
#include <vector>

#include "verifier/crypto/certificate.h"
#include "verifier/crypto/signing.h"

namespace heyan::crypto {

enum class CertificateUse : std::uint8_t { kAuthority, kServer, kClient };

struct CertificateRequest {
  CertificateUse use = CertificateUse::kServer;
  std::string common_name;
  std::vector<std::string> dns_names;  // of a server
  std::vector<std::string> addresses;  // of a server, numeric
  core::UtcTime not_before;
  core::UtcTime not_after;
};

// `authority`: the issuer's certificate, of `issuer`; null: the certificate is issued to `issuer`
// itself. kMalformed: names that are none, or `issuer` is not the key of `authority`; kInternal.
core::Result<Certificate> issue_certificate(const CertificateRequest& request,
                                            const PublicKey& subject, const SigningKey& issuer,
                                            const Certificate* authority);

}  // namespace heyan::crypto
