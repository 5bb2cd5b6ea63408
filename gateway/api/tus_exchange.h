// An exchange about resumable uploads: every answer of theirs says the version of the protocol,
// whoever gives it and whatever it is (tus 1.0.0, "Tus-Resumable"); also a refusal to who is not
// signed in, or asks too often. On the connection's strand.
#pragma once

#include <functional>
#include <utility>

#include "gateway/api/tus.h"
#include "gateway/front/exchange.h"

namespace heyan::api {

class TusExchange final : public front::Exchange {
 public:
  explicit TusExchange(front::Exchange& exchange) : exchange_(exchange) {}

  const http::RequestHead& head() const override { return exchange_.head(); }
  const front::Peer& peer() const override { return exchange_.peer(); }
  front::Workers& workers() override { return exchange_.workers(); }
  bool stopping() const override { return exchange_.stopping(); }
  void concerns(std::string submission) override { exchange_.concerns(std::move(submission)); }
  void limit_body(std::uint64_t bytes) override { exchange_.limit_body(bytes); }
  void stop_body_when(std::function<bool()> asked) override {
    exchange_.stop_body_when(std::move(asked));
  }
  front::Task<core::Result<std::size_t>> read_body(std::span<std::uint8_t> space) override {
    return exchange_.read_body(space);
  }
  front::Task<core::Result<void>> answer(http::Answer answer) override {
    answer.set("tus-resumable", kTusVersion);
    return exchange_.answer(std::move(answer));
  }
  front::Task<core::Result<void>> answer_file(http::Answer answer, os::Descriptor file,
                                              std::uint64_t offset, std::uint64_t size) override {
    answer.set("tus-resumable", kTusVersion);
    return exchange_.answer_file(std::move(answer), std::move(file), offset, size);
  }
  front::Task<core::Result<void>> begin_stream(http::Answer answer) override {
    answer.set("tus-resumable", kTusVersion);
    return exchange_.begin_stream(std::move(answer));
  }
  front::Task<core::Result<void>> send(core::ByteView piece) override {
    return exchange_.send(piece);
  }
  front::Task<core::Result<void>> end_stream() override { return exchange_.end_stream(); }

 private:
  front::Exchange& exchange_;
};

}  // namespace heyan::api
