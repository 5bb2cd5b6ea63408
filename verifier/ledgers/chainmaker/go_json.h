// Messages in the JSON that ChainMaker's own tools write (Go's encoding/json of the generated
// types): names of protobuf, bytes in base64, enums as numbers, zeros left out.
//
// Threat: as strict as the wire: unknown names, null, and other types are refused. Pure.
#pragma once

#include "verifier/core/limits.h"
#include "verifier/ledgers/chainmaker/wire_rules.h"

namespace heyan::ledgers::chainmaker {

// The canonical encoding of one message.
Result<Bytes> encode_json(ByteView json, const MessageRule& rule, const core::Limits& limits);

}  // namespace heyan::ledgers::chainmaker
