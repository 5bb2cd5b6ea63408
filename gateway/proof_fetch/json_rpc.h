// JSON-RPC 2.0 as nodes of FISCO BCOS speak it.
//
// Threat: the answer is the node's. Read by the strict JSON reader; it must be the answer to this
// very question. Error texts of nodes are dropped, their numbers are kept. Source: JSON-RPC 2.0
// sections 4 and 5. Pure, any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "gateway/proof_fetch/bundle.h"
#include "verifier/core/json.h"

namespace heyan::proof_fetch {

std::string encode_call(std::string_view method, core::json::Value::Array parameters,
                        std::int64_t id);

// The result, which is not null and holds nothing that could not be written again: no fractions,
// integers within +-(2^53-1). `what`: "transaction", for the refusal.
OrRefusal<core::json::Value> read_result(core::ByteView answer, std::int64_t id,
                                         std::string_view what);

}  // namespace heyan::proof_fetch
