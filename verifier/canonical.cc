#include "verifier/canonical.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/message_lite.h>

#include <string>

#include "verifier/core/base32.h"
#include "verifier/crypto/digest.h"

namespace heyan {
namespace {

std::string canonical_text(const google::protobuf::MessageLite& message) {
  std::string out;
  {
    google::protobuf::io::StringOutputStream stream(&out);
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    message.SerializeToCodedStream(&coded);
  }
  return out;
}

}  // namespace

core::Bytes canonical_bytes(const google::protobuf::MessageLite& message) {
  return core::to_bytes(canonical_text(message));
}

core::Bytes digest_of(const google::protobuf::MessageLite& message) {
  return crypto::sha256(core::as_bytes(canonical_text(message)));
}

std::string report_number(core::ByteView bytes) {
  const std::string digits = core::to_base32(bytes);
  std::string number = "HY";
  for (std::size_t at = 0; at < digits.size(); at += 4) number += "-" + digits.substr(at, 4);
  return number;
}

std::optional<core::Bytes> read_report_number(std::string_view number) {
  std::string digits;
  for (std::size_t i = 2; i < number.size(); ++i) {
    if (number[i] != '-') digits += number[i];
  }
  auto bytes = core::from_base32(digits);
  const bool fits = bytes && bytes->size() == kReportNumberBytes && report_number(*bytes) == number;
  return fits ? bytes : std::nullopt;
}

}  // namespace heyan
