// The forms in which time stamps are filed: a response (TimeStampResp), the token alone
// (ContentInfo) or a request (TimeStampReq), in DER, base64 or PEM. Told apart by content, never by
// a file's name: the first child of the outer SEQUENCE is a SEQUENCE, an OBJECT IDENTIFIER or an
// INTEGER.
//
// Threat: anybody's bytes. At most 256 KiB, nothing after the value, one PEM block. Source: RFC
// 3161 2.4.1 and 2.4.2. Pure, any thread.
#pragma once

#include <optional>
#include <string>

#include "verifier/core/bytes.h"
#include "verifier/core/error.h"
#include "verifier/crypto/timestamp.h"

namespace heyan::timestamps {

inline constexpr std::size_t kMaxBytes = 256u << 10;

// TimeStampReq: what was asked for.
struct Request {
  crypto::MessageImprint imprint;
  std::string policy;                // empty: any
  std::optional<core::Bytes> nonce;  // content octets of the INTEGER
};

struct Envelope {
  core::Bytes token;               // ContentInfo; empty: none
  std::optional<Request> request;  // it is one
  bool granted = true;             // false: a response by which the authority refused
};

// Errors of a reader: not one of the forms.
core::Result<Envelope> open_envelope(core::ByteView bytes);

// Do these first bytes begin a token, or a response with one, in one of the forms? False when in
// doubt, and of a request or a refusal.
bool looks_like_token(core::ByteView head);

}  // namespace heyan::timestamps
