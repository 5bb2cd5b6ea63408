// The one encoding of a message that a channel lets pass.
//
// Threat: protobuf accepts many encodings of one message, keeps fields that it does not know, and
// lets the last of two values win (security decision 27). What was parsed must therefore encode
// again to the bytes that came. Pure, any thread.
#pragma once

#include <google/protobuf/message.h>

#include "verifier/core/bytes.h"
#include "verifier/core/error.h"

namespace heyan::ipc {

// Fields in the order of their numbers, maps sorted, unknown fields as they are.
core::Bytes encode_canonical(const google::protobuf::MessageLite& message);

// kMalformed: no such message; kNotCanonical: another encoding, or fields that are not known.
core::Result<void> parse_canonical(core::ByteView bytes, google::protobuf::Message& into);

}  // namespace heyan::ipc
