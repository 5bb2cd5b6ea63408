#include "gateway/ipc/canonical.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include <limits>

namespace heyan::ipc {

core::Bytes encode_canonical(const google::protobuf::MessageLite& message) {
  core::Bytes out(message.ByteSizeLong());
  if (out.empty()) return out;
  if (out.size() > std::numeric_limits<int>::max()) return {};  // protobuf's own bound
  google::protobuf::io::ArrayOutputStream array(out.data(), static_cast<int>(out.size()));
  google::protobuf::io::CodedOutputStream coded(&array);
  coded.SetSerializationDeterministic(true);
  message.SerializeWithCachedSizes(&coded);
  return out;
}

core::Result<void> parse_canonical(core::ByteView bytes, google::protobuf::Message& into) {
  if (bytes.size() > std::numeric_limits<int>::max() ||
      !into.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return core::fail(core::ErrorCode::kMalformed, "the body is not the message of its type");
  }
  into.DiscardUnknownFields();
  if (!core::equal(encode_canonical(into), bytes)) {
    return core::fail(core::ErrorCode::kNotCanonical, "the body does not encode to the same bytes");
  }
  return {};
}

}  // namespace heyan::ipc
