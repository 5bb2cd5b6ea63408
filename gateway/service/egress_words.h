// Why a call to outside came to nothing, in a word for the log. Pure.
#pragma once

#include <string_view>

#include "heyan/v1/gateway.pb.h"

namespace heyan::service {

std::string_view word_of(v1::EgressFault fault);  // "connection" "time" ...; "protocol"

}  // namespace heyan::service
