// A request for a time stamp over a digest. Source: RFC 3161 2.4.1. Any thread.
#pragma once

#include <string>

#include "verifier/core/bytes.h"
#include "verifier/core/error.h"
#include "verifier/crypto/digest.h"

namespace heyan::crypto {

// Content octets of a positive INTEGER of 16 bytes, 126 of its bits random.
core::Bytes draw_nonce();

// TimeStampReq over a digest of SHA-256, SHA-384, SHA-512 or SM3, with certReq. `nonce`: as
// draw_nonce gives it, or empty: none; `policy`: "1.2.3.4", or empty for the authority's own.
// kUnsupported: another hash; kMalformed: one of the others is none.
core::Result<core::Bytes> encode_timestamp_query(Hash hash, core::ByteView digest,
                                                 core::ByteView nonce = {},
                                                 const std::string& policy = {});

}  // namespace heyan::crypto
