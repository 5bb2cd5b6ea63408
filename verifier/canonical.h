// The one serialisation of a message of ours (fields in order, no maps, nothing unknown), and its
// SHA-256: what bindings name. Pure, any thread.
#pragma once

#include "verifier/core/bytes.h"

namespace google::protobuf {
class MessageLite;
}

namespace heyan {

core::Bytes canonical_bytes(const google::protobuf::MessageLite& message);
core::Bytes digest_of(const google::protobuf::MessageLite& message);

}  // namespace heyan
