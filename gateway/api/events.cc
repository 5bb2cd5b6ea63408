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

std::string event_of(const store::Submission& submission) {
  return "event: state\ndata: " + submission_answer(submission).body + "\n\n";
}

bool has_ended(const store::Submission& submission) {
  return submission.state == store::State::kDone || submission.state == store::State::kRejected;
}

}  // namespace

Task<void> Api::events(Exchange& exchange, Caller caller, std::string id) {
  const auto find = [&] { return parts_.acceptance.store.find_submission(id, caller.scope()); };
  front::Signal& changed = parts_.changed.about(id);
  std::uint64_t seen = changed.count();
  auto found = co_await exchange.workers().run(find);
  std::optional<Problem> problem;
  if (!found) problem = Problem::kUnavailable;
  if (found && !*found) problem = Problem::kNotFound;
  const auto ticket = streams_.enter(exchange.peer().listener,
                                     caller.system->court_code + "\n" + caller.system->account);
  if (!problem && !ticket) problem = Problem::kTooManyRequests;
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
  while (found && *found) {
    const std::string event = event_of(**found);
    // Nothing new: a comment, which clients pass over.
    const std::string_view piece = event == said ? std::string_view(":\n\n") : event;
    const auto sent = co_await exchange.send(core::as_bytes(piece));
    if (!sent) co_return;
    said = event;
    if (has_ended(**found) || exchange.stopping() || Clock::now() >= until) break;
    const auto heartbeat = Clock::now() + kHeartbeat;
    // Others may share the signal: only what changed here, or the time, goes out.
    while (Clock::now() < heartbeat && !exchange.stopping()) {
      const auto left = std::chrono::ceil<std::chrono::milliseconds>(heartbeat - Clock::now());
      [[maybe_unused]] const bool woken = co_await changed.wait(seen, left);
      seen = changed.count();
      auto again = co_await exchange.workers().run(find);
      found = std::move(again);
      if (!found || !*found || event_of(**found) != said) break;
    }
  }
  [[maybe_unused]] const auto ended = co_await exchange.end_stream();
}

}  // namespace heyan::api
