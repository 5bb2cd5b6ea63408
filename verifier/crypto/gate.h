// The strict gate: decides on the encoding and range of a signature before a library sees it.
//
// Threat: libraries differ on BER, leading zeros, ranges, malleable and small-order values; what
// differs could make one record valid here and invalid elsewhere. Source: SEC 1 4.1.4 step 1, RFC
// 8017 8.1.2 step 1, RFC 8032 5.1.7 with security decision 21, GB/T 32918.2 7.1. Pure, any thread.
#pragma once

#include <optional>

#include "verifier/core/bytes.h"
#include "verifier/crypto/handles.h"
#include "verifier/crypto/signature.h"

namespace heyan::crypto {

// The signature as the engines take it (r || s, or the bytes of RSA and Ed25519); nothing where it
// must be refused: key and scheme do not belong together, the encoding is not the one permitted, or
// a number is out of range.
std::optional<core::Bytes> pass_gate(const PublicKey::Handles& key, const Scheme& scheme,
                                     core::ByteView message, core::ByteView signature);

// DER SEQUENCE { r, s } of r || s, as OpenSSL wants it.
core::Bytes to_der_signature(core::ByteView rs);
// The inverse; nothing unless canonical and both numbers fit `bytes` octets.
std::optional<core::Bytes> from_der_signature(core::ByteView der, std::size_t bytes);

}  // namespace heyan::crypto
