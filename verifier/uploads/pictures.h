// How large a picture is, by its header alone: nothing is decoded. Sources: PNG (third edition) 5.3
// and 11.2.2, ITU-T T.81 B.2.2, GIF89a 18. Pure, any thread.
#pragma once

#include <optional>

#include "verifier/contents/byte_source.h"

namespace heyan::uploads {

struct Picture {
  std::uint64_t pixels = 0;
  bool trailing = false;  // PNG, JPEG: bytes after the end
};
// kMalformed, kTruncated: it is not what it begins like. Nothing: another type.
core::Result<std::optional<Picture>> look_at_picture(const contents::ByteSource& source,
                                                     std::string_view media_type);

}  // namespace heyan::uploads
