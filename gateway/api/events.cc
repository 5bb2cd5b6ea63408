// A submission's states as they come: server-sent events (WHATWG HTML, section 9.2).
#include "gateway/api/answers.h"
#include "gateway/api/api.h"

namespace heyan::api {
namespace {

using front::Exchange;
using front::Task;
using http::Problem;
using Clock = std::chrono::steady_clock;

// Often enough to tell a client that is gone, and to keep intermediaries from closing.
constexpr std::chrono::seconds kHeartbeat{15};
constexpr std::chrono::hours kLongest{1};  // then the client asks again

// What a client is told of a submission.
struct Told {
  std::string event;
  bool ended = false;  // nothing follows by itself
};

Told told(const store::Submission& submission, const service::SignedReceipt& receipt) {
  return {.event = "event: state\ndata: " + submission_answer(submission, receipt).body + "\n\n",
          .ended = submission.state == store::State::kDone ||
                   submission.state == store::State::kRejected};
}

// Nothing where there is none, or no longer a session to be told in.
core::Result<std::optional<Told>> find_told(const Parts& parts, const std::string& id,
                                            const Caller& caller) {
  if (!caller.session_name.empty()) {
    const auto session = core::from_hex(caller.session_name);
    HEYAN_TRY(const bool lives, parts.accounts.lives(session.value_or(core::Bytes()), false));
    if (!lives) return std::nullopt;
  }
  store::Store& store = parts.acceptance.store;
  const store::Scope scope = caller.scope();
  HEYAN_TRY(const auto found, store.find_submission(id, scope));
  if (found) {
    HEYAN_TRY(const auto receipt, parts.acceptance.signer.receipts().confirm(*found));
    return told(*found, *receipt);
  }
  HEYAN_TRY(const auto receiving, store.find_receiving(id, scope));
  if (!receiving) return std::nullopt;
  return Told{.event = "event: state\ndata: " + receiving_answer(*receiving).body + "\n\n"};
}

}  // namespace

Task<void> Api::events(Exchange& exchange, Caller caller, std::string id) {
  // What is open for a time alone may end while this goes on.
  const auto find = [&] {
    caller.asked_at_ms = settings_.now_ms();
    return find_told(parts_, id, caller);
  };
  front::Signal& changed = parts_.changed.about(id);
  std::uint64_t seen = changed.count();
  auto found = co_await exchange.workers().run(find);
  std::optional<Problem> problem;
  if (!found) problem = Problem::kUnavailable;
  if (found && !*found) problem = Problem::kNotFound;
  // Nothing is written to who asks for the head alone, so nothing would tell that it has gone.
  const bool streams = exchange.head().method != http::Method::kHead;
  const auto ticket = streams ? streams_.enter(exchange.peer().listener, caller.counted())
                              : front::Admission::Ticket();
  if (!problem && streams && !ticket) problem = Problem::kTooManyRequests;
  if (problem) {
    co_await refuse(exchange, problem_of(*problem));
    co_return;
  }
  http::Answer answer = text_answer("text/event-stream", {});
  answer.set("cache-control", "no-store");
  exchange.concerns(id);
  const auto begun = co_await exchange.begin_stream(std::move(answer));
  if (!begun) co_return;
  const auto until = Clock::now() + kLongest;
  std::string said;
  while (streams && found && *found) {
    const std::string event = (*found)->event;
    // Nothing new: a comment, which clients pass over.
    const std::string_view piece = event == said ? std::string_view(":\n\n") : event;
    const auto sent = co_await exchange.send(core::as_bytes(piece));
    if (!sent) co_return;
    said = event;
    if ((*found)->ended || exchange.stopping() || Clock::now() >= until) break;
    const auto heartbeat = Clock::now() + kHeartbeat;
    // Others may share the signal: only what changed here, or the time, goes out.
    while (Clock::now() < heartbeat && !exchange.stopping()) {
      const auto left = std::chrono::ceil<std::chrono::milliseconds>(heartbeat - Clock::now());
      [[maybe_unused]] const bool woken =
          co_await changed.wait(seen, std::min(left, settings_.looks_again));
      seen = changed.count();
      auto again = co_await exchange.workers().run(find);
      found = std::move(again);
      if (!found || !*found || (*found)->event != said) break;
    }
  }
  [[maybe_unused]] const auto ended = co_await exchange.end_stream();
}

}  // namespace heyan::api
