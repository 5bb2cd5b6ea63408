// A trust list, and what another one would change, as schemas/openapi.yaml has them.
//
// Threat: a box said it, and may have been taken over: texts are made visible, and what follows
// from two heads is said here. Pure, any thread.
#pragma once

#include "heyan/v1/trust.pb.h"
#include "verifier/core/json.h"

namespace heyan::api {

core::json::Value trust_value(const v1::TrustOutline& outline);
core::json::Value comparison_value(const v1::TrustComparison& comparison);

// "SAME": every byte; "OTHER_LIST": of another id; "OLDER": of a lower version, or issued earlier;
// "SAME_VERSION": of that version, and not the same; else "NEWER".
std::string_view order_of(const v1::TrustComparison& comparison);

}  // namespace heyan::api
