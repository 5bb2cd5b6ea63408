#include "verifier/canonical.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/message_lite.h>

#include <string>

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

}  // namespace heyan
