// The body of a large request on its way to disk.
#pragma once

#include <functional>

#include "gateway/front/exchange.h"

namespace heyan::api {

// Runs on a worker, one piece after another.
using Feed = std::function<core::Result<void>(core::ByteView bytes)>;

// Until the body ends: one piece is written and hashed while the next is received. Errors of
// Exchange::read_body, and of `feed`.
front::Task<core::Result<void>> receive_body(front::Exchange& exchange, const Feed& feed);

}  // namespace heyan::api
