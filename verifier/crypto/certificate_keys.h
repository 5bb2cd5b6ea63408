// The OpenSSL library context in which the keys of certificates are decoded. Inside
// verifier/crypto.
//
// OpenSSL 3.0 decodes the key of each certificate that it reads, whether or not somebody asks, and
// looks for that through all key types and decoders that there are: several times what the rest of
// a certificate costs. This context has those of the keys that PublicKey takes, out of the default
// provider, and nothing else. A certificate with another key reads, too; its key does not.
#pragma once

#include <openssl/types.h>

namespace heyan::crypto {

// Made once, never freed. Null, which is the default context, where OpenSSL refuses. Any thread.
OSSL_LIB_CTX* certificate_keys();

}  // namespace heyan::crypto
