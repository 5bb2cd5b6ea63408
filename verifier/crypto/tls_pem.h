// Whether TLS servers would take certificates and a key in PEM, before one is started with them.
//
// As OpenSSL reads them, not as evidence is read: what a browser may be shown is more than what is
// believed of anybody. Nothing is said of dates, names or who issued them. Errors: kMalformed, and
// the text says why. Threat: the files are an operator's. Pure, any thread.
#pragma once

#include <string_view>

#include "verifier/core/error.h"

namespace heyan::crypto {

// One certificate or more.
core::Result<void> check_tls_certificates(std::string_view pem);

// The key, which no password protects, is that of the first certificate, and strong enough.
core::Result<void> check_tls_identity(std::string_view chain, std::string_view private_key);

}  // namespace heyan::crypto
