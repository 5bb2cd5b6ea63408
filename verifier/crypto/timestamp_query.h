// A request for a time stamp over a digest. Source: RFC 3161 2.4.1. Any thread.
#pragma once

#include <string>

#include "verifier/core/bytes.h"
#include "verifier/core/error.h"

namespace heyan::crypto {

// Content octets of a positive INTEGER of 16 bytes, 126 of its bits random.
core::Bytes draw_nonce();

// TimeStampReq over a SHA-256, with certReq. `nonce`: as draw_nonce gives it; `policy`: "1.2.3.4",
// or empty for the authority's own. kMalformed: one of them is none.
core::Result<core::Bytes> encode_timestamp_query(core::ByteView sha256, core::ByteView nonce,
                                                 const std::string& policy);

}  // namespace heyan::crypto
