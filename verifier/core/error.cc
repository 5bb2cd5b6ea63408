#include "verifier/core/error.h"

namespace heyan::core {

std::string_view name(ErrorCode code) {
  switch (code) {
    case ErrorCode::kTruncated:
      return "truncated";
    case ErrorCode::kTrailing:
      return "trailing";
    case ErrorCode::kMalformed:
      return "malformed";
    case ErrorCode::kNotCanonical:
      return "not-canonical";
    case ErrorCode::kDuplicate:
      return "duplicate";
    case ErrorCode::kUnknown:
      return "unknown";
    case ErrorCode::kLimit:
      return "limit";
    case ErrorCode::kUnsupported:
      return "unsupported";
    case ErrorCode::kNotFound:
      return "not-found";
    case ErrorCode::kChanged:
      return "changed";
    case ErrorCode::kIo:
      return "io";
    case ErrorCode::kInternal:
      return "internal";
  }
  return "internal";
}

}  // namespace heyan::core
