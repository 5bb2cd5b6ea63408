// A handler that says what it was sent, and misbehaves on request.
#pragma once

#include <atomic>
#include <semaphore>

#include "gateway/front/exchange.h"
#include "gateway/front/signal.h"
#include "gateway/http/form_data.h"

namespace heyan::front {

class TestHandler final : public Handler {
 public:
  // X-Meant: PATCH or HEAD.
  void interpret(http::RequestHead& head) const override;
  Task<void> handle(Exchange& exchange) override;

  Signal signal;
  std::string file;  // path of what /file sends
  // Of /blocked, whose work ends when it is released.
  std::binary_semaphore blocked{0};
  std::binary_semaphore release{0};
  std::atomic<bool> was_released = false;
  std::atomic<bool> stop_bodies = false;  // of /echo?stop=1

 private:
  Task<void> echo(Exchange& exchange);
  Task<void> form(Exchange& exchange);
  Task<void> stream(Exchange& exchange, bool end);
  Task<void> send_file(Exchange& exchange, std::uint64_t size);
  Task<void> wait(Exchange& exchange);
  Task<void> say(Exchange& exchange, std::string text);
  Task<void> refuse(Exchange& exchange, http::Problem problem);
};

}  // namespace heyan::front
