// Keys and digests that prove nothing any more: RSA of 1024 to 2047 bits, as old documents were
// signed with, MD5 and SHA-1. That the bytes are as signed can still be said, next to how weak the
// key is; who signed, never. Source: SOG-IS Agreed Cryptographic Mechanisms 1.3, 4.1. Pure, any
// thread.
#pragma once

#include "verifier/crypto/certificate.h"

namespace heyan::crypto {

// A certificate with such a key, and no other. Errors as Certificate::from_der; kLimit: a longer
// key.
core::Result<Certificate> read_weak_certificate(core::ByteView der, core::Limits limits = {});

bool is_weak(const PublicKey& key);
bool is_weak(Hash hash);

}  // namespace heyan::crypto
