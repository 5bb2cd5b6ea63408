// The text of a document's hash. ECF fixes neither alphabet nor algorithm in the text: 64 digits of
// hex and 44 characters of base64 are SHA-256, which it demands. Pure.
#pragma once

#include <cstdint>
#include <string_view>

#include "verifier/core/bytes.h"

namespace heyan::court_adapters::ecf {

struct HashText {
  enum class Form : std::uint8_t {
    kNone,     // no hash was given
    kHex,      // SHA-256
    kBase64,   // SHA-256
    kRefused,  // of the length of MD5, SHA-1 or another algorithm than SHA-256
    kNoHash,   // something else
  };
  Form form = Form::kNone;
  core::Bytes sha256;  // 32 bytes, or empty
};

HashText read_hash(std::string_view text);

}  // namespace heyan::court_adapters::ecf
