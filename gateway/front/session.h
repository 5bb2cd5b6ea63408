// One connection from its first request to its end.
#pragma once

#include <atomic>
#include <memory>
#include <utility>

#include "gateway/front/answer_writer.h"
#include "gateway/front/body_digests.h"
#include "gateway/front/exchange.h"
#include "gateway/front/request_reader.h"

namespace heyan::front {

class Session final : public Exchange {
 public:
  // All references must outlive this.
  Session(std::unique_ptr<Connection> connection, const ServerOptions& options, Workers& workers,
          Handler& handler, const std::atomic<bool>& stopping);

  Task<void> run();
  // On the strand: ends at once where no request is under way.
  void stop();

  const http::RequestHead& head() const override { return head_; }
  const Peer& peer() const override { return connection_->peer(); }
  Workers& workers() override { return workers_; }
  bool stopping() const override { return stopping_; }
  void concerns(std::string submission) override { submission_ = std::move(submission); }
  void limit_body(std::uint64_t bytes) override { reader_.limit_body(bytes); }
  void stop_body_when(std::function<bool()> asked) override {
    reader_.stop_body_when(std::move(asked));
  }
  Task<core::Result<std::size_t>> read_body(std::span<std::uint8_t> space) override;
  Task<core::Result<void>> answer(http::Answer answer) override;
  Task<core::Result<void>> answer_file(http::Answer answer, os::Descriptor file,
                                       std::uint64_t offset, std::uint64_t size) override;
  Task<core::Result<void>> begin_stream(http::Answer answer) override;
  Task<core::Result<void>> send(core::ByteView piece) override;
  Task<core::Result<void>> end_stream() override;

 private:
  Task<bool> serve_one(bool first, bool last);
  Task<void> refuse(http::Refusal refusal);
  Task<bool> call_handler();
  void prepare_answer();
  void report(std::chrono::steady_clock::time_point since, std::string_view method) const;

  std::unique_ptr<Connection> connection_;
  const ServerOptions& options_;
  Workers& workers_;
  Handler& handler_;
  const std::atomic<bool>& stopping_;
  RequestReader reader_;
  AnswerWriter writer_;
  http::RequestHead head_;
  BodyDigests digests_;
  std::string submission_;
  bool bodiless_ = false;  // what was asked for on the wire, whatever it means, is a head alone
  bool last_ = false;      // the connection ends after this request whatever comes
  bool close_ = false;     // what the answer said
};

}  // namespace heyan::front
