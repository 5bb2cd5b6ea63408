// The one serialisation of a message of ours (fields in order, no maps, nothing unknown), and its
// SHA-256: what bindings name. And the one form of a report's number. Pure, any thread.
#pragma once

#include <optional>
#include <string>

#include "verifier/core/bytes.h"

namespace google::protobuf {
class MessageLite;
}

namespace heyan {

core::Bytes canonical_bytes(const google::protobuf::MessageLite& message);
core::Bytes digest_of(const google::protobuf::MessageLite& message);

// The number of a report: "HY-" and its bytes in base32, in groups of four; and back, nothing where
// the text is no such number.
inline constexpr std::size_t kReportNumberBytes = 10;
std::string report_number(core::ByteView bytes);
std::optional<core::Bytes> read_report_number(std::string_view number);

}  // namespace heyan
