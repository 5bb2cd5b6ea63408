// One request and its answer, as handlers see them: no sockets, no TLS, no parser.
//
// A handler answers exactly once: answer(), answer_file(), or begin_stream() .. end_stream(). What
// it leaves unanswered becomes 500; a stream that it leaves open is cut, so that the client sees
// the truncation. Errors of writing mean that the client is gone: stop. Everything runs on the
// strand of the connection.
#pragma once

#include <cstdint>
#include <functional>
#include <span>

#include "gateway/front/connection.h"
#include "gateway/front/task.h"
#include "gateway/front/workers.h"
#include "gateway/http/answer.h"
#include "gateway/http/gate.h"
#include "gateway/os/descriptor.h"

namespace heyan::front {

class Exchange {
 public:
  virtual ~Exchange() = default;

  virtual const http::RequestHead& head() const = 0;
  virtual const Peer& peer() const = 0;
  virtual Workers& workers() = 0;
  // The server is stopping: end what waits or streams.
  virtual bool stopping() const = 0;

  // The request is about that submission: for the log.
  virtual void concerns(std::string submission) = 0;

  // The largest body of this request; before the first read_body. A request that says it is larger
  // is then refused before it is sent (Expect: 100-continue).
  virtual void limit_body(std::uint64_t bytes) = 0;
  // Asked before bytes of the body are waited for, and several times a second while they are: once
  // it says true, read_body fails with kIo and kBodyStopped as if the connection had broken there.
  // On the strand; must be quick, and stay valid as long as read_body is called.
  virtual void stop_body_when(std::function<bool()> asked) = 0;
  // The next bytes of the body, at least one; 0 at its end, where it is the one that Content-Digest
  // and Repr-Digest announce (body_digests.h), else kMalformed: who keeps bytes before the end
  // keeps them for nothing before that. kLimit, kMalformed, kTruncated, kIo with kDeadline (too
  // slow): http::problem_of knows the answer to each.
  virtual Task<core::Result<std::size_t>> read_body(std::span<std::uint8_t> space) = 0;

  virtual Task<core::Result<void>> answer(http::Answer answer) = 0;
  // `size` bytes of a regular file from `offset`; the answer's own body stays empty. A file that is
  // shorter cuts the connection.
  virtual Task<core::Result<void>> answer_file(http::Answer answer, os::Descriptor file,
                                               std::uint64_t offset, std::uint64_t size) = 0;
  // Chunked; each piece goes out at once (server-sent events). Time between pieces is the
  // handler's.
  virtual Task<core::Result<void>> begin_stream(http::Answer answer) = 0;
  virtual Task<core::Result<void>> send(core::ByteView piece) = 0;
  virtual Task<core::Result<void>> end_stream() = 0;
};

class Handler {
 public:
  virtual ~Handler() = default;
  // What else than its first line says the request's method; before anything but its framing was
  // looked at. Must be quick.
  virtual void interpret(http::RequestHead& /*head*/) const {}
  // Called for many exchanges at once, from several threads.
  virtual Task<void> handle(Exchange& exchange) = 0;
};

// Answers with a problem document in the language the client prefers.
Task<core::Result<void>> answer_problem(Exchange& exchange, http::ProblemDocument document);

// The whole body, at most `limit_bytes`.
Task<core::Result<core::Bytes>> read_whole_body(Exchange& exchange, std::size_t limit_bytes);

}  // namespace heyan::front
