// Text of Chinese offices: UTF-8, or GB18030 where it is not that.
//
// GB 18030-2005 by ICU, whose table is compiled into its library: no file is opened, so that it
// works in a sandbox (iconv of glibc loads a module for each charset). Pure, any thread.
#pragma once

#include <optional>
#include <string>

#include "verifier/core/bytes.h"

namespace heyan::court_adapters::china {

struct Decoded {
  std::string text;     // UTF-8, without a byte-order mark
  std::string charset;  // "utf-8", "gb18030"
};

// Nothing where the bytes are neither, or hold a NUL.
std::optional<Decoded> to_utf8(core::ByteView bytes);

}  // namespace heyan::court_adapters::china
