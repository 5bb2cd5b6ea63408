// Where the body of a request ends: chunked coding by Beast's parser, fed synchronously; a length
// is only counted.
//
// The parser reads the head once more and must see the request that the gate saw: two readers that
// disagree are how requests are smuggled. Chunk extensions and trailers are refused. Not
// thread-safe.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "gateway/http/gate.h"
#include "verifier/core/bytes.h"
#include "verifier/core/error.h"

namespace heyan::front {

class Framing {
 public:
  Framing();
  ~Framing();

  // `text` is the head with its empty line, which the gate accepted as `head`.
  core::Result<void> begin(std::string_view text, const http::RequestHead& head);

  struct Step {
    std::size_t consumed = 0;  // of the input
    std::size_t produced = 0;  // into the output
  };
  // Decodes what it can. Nothing consumed and nothing produced: more input is needed, even where
  // there is some already. kMalformed.
  core::Result<Step> decode(core::ByteView input, std::span<std::uint8_t> output);

  // How many of the next bytes are the body's as they stand: what is left of a body of known
  // length, 0 in a chunked one. So many may be taken without decode().
  std::uint64_t plain() const { return left_.value_or(0); }
  void take(std::uint64_t count) { *left_ -= count; }

  // The body is complete (or there is none, or no request).
  bool done() const;

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
  std::optional<std::uint64_t> left_;  // of a body of known length
};

}  // namespace heyan::front
