// Answers of one connection: head, then bytes, a file or chunks. On the connection's strand.
#pragma once

#include <cstdint>

#include "gateway/front/connection.h"
#include "gateway/front/options.h"
#include "gateway/front/workers.h"
#include "gateway/http/answer.h"
#include "gateway/os/descriptor.h"

namespace heyan::front {

class AnswerWriter {
 public:
  AnswerWriter(Connection& connection, const ServerOptions& options)
      : connection_(connection), options_(options) {}

  // Before each answer. `bodiless`: HEAD. `close`: the answer says that the connection ends.
  void reset(bool bodiless, bool close);

  bool begun() const { return state_ != State::kNone; }
  bool complete() const { return state_ == State::kDone; }
  std::uint16_t status() const { return status_; }
  std::uint64_t body_bytes() const { return body_bytes_; }  // handed to the client so far

  Task<core::Result<void>> write(http::Answer answer);
  Task<core::Result<void>> write_file(http::Answer answer, os::Descriptor file,
                                      std::uint64_t offset, std::uint64_t size, Workers& workers);
  Task<core::Result<void>> begin_stream(http::Answer answer);
  Task<core::Result<void>> send(core::ByteView piece);
  Task<core::Result<void>> end_stream();

 private:
  enum class State : std::uint8_t { kNone, kBegun, kStream, kDone };

  core::Result<std::string> begin(const http::Answer& answer, std::optional<std::uint64_t> length);
  Task<core::Result<void>> put(core::ByteView bytes);
  bool has_body() const;

  Connection& connection_;
  const ServerOptions& options_;
  State state_ = State::kNone;
  std::uint16_t status_ = 0;
  std::uint64_t body_bytes_ = 0;
  bool bodiless_ = false;
  bool close_ = false;
};

}  // namespace heyan::front
