#include "gateway/witness/handler.h"

#include "verifier/transparency/add_checkpoint.h"

namespace heyan::witness {
namespace {

using front::Exchange;
using front::Task;
using http::Method;
using http::Problem;

http::Answer text_answer(std::uint16_t status, std::string_view media_type, std::string body) {
  http::Answer answer{.status = status, .fields = {}, .body = std::move(body)};
  answer.set("content-type", media_type);
  answer.set("cache-control", "no-store");
  return answer;
}

http::ProblemDocument problem_of(Problem problem, std::string_view detail) {
  return {.problem = problem, .detail = std::string(detail), .errors = {}};
}

http::ProblemDocument problem_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::kMalformed:
      return problem_of(Problem::kMalformedBody,
                        "no add-checkpoint request, or its old size is above the new one");
    case Outcome::kBadSignature:
      return problem_of(Problem::kForbidden, "not signed by a key of this log");
    case Outcome::kUnknownLog:
      return problem_of(Problem::kNotFound, "this witness does not watch that log");
    case Outcome::kInconsistent:
      return problem_of(Problem::kDefects, "the proof does not lead from the old tree to this one");
    case Outcome::kForked:
      return problem_of(Problem::kDefects, "another root of that size was cosigned before");
    case Outcome::kCosigned:
    case Outcome::kOtherSize:
      break;
  }
  return problem_of(Problem::kInternal, {});
}

http::Answer answer_of(const Cosigned& cosigned, const http::RequestHead& head) {
  switch (cosigned.outcome) {
    case Outcome::kCosigned:
      return text_answer(200, "text/plain; charset=utf-8", cosigned.lines);
    case Outcome::kOtherSize:
      return text_answer(409, "text/x.tlog.size", std::to_string(cosigned.size) + "\n");
    default:
      return http::problem_answer(problem_of(cosigned.outcome), &head);
  }
}

bool is_read(Method method) { return method == Method::kGet || method == Method::kHead; }

Task<void> refuse(Exchange& exchange, Problem problem, std::string_view allowed = {}) {
  http::Answer answer = http::problem_answer(problem_of(problem, {}), &exchange.head());
  if (!allowed.empty()) answer.set("allow", allowed);
  [[maybe_unused]] const auto sent = co_await exchange.answer(std::move(answer));
}

}  // namespace

Task<void> Handler::handle(Exchange& exchange) {
  const std::vector<std::string>& path = exchange.head().target.segments;
  const Method method = exchange.head().method;
  if (path.size() == 1 && path[0] == "add-checkpoint") {
    if (method == Method::kPost) {
      co_await add_checkpoint(exchange);
    } else {
      co_await refuse(exchange, Problem::kMethodNotAllowed, "POST");
    }
  } else if (path.size() == 2 && path[1] == "checkpoint") {
    if (is_read(method)) {
      co_await checkpoint(exchange, path[0]);
    } else {
      co_await refuse(exchange, Problem::kMethodNotAllowed, "GET, HEAD");
    }
  } else {
    co_await refuse(exchange, Problem::kNotFound);
  }
}

Task<void> Handler::add_checkpoint(Exchange& exchange) {
  const auto body = co_await front::read_whole_body(exchange, transparency::kAddCheckpointBytes);
  if (!body) {
    co_await refuse(exchange, http::problem_of(body.error()));
    co_return;
  }
  const auto work = [&] { return witness_.add_checkpoint(core::as_text(*body)); };
  const auto cosigned = co_await exchange.workers().run(work);
  say(cosigned);
  if (!cosigned) {
    co_await refuse(exchange, Problem::kUnavailable);
    co_return;
  }
  http::Answer answer = answer_of(*cosigned, exchange.head());
  [[maybe_unused]] const auto sent = co_await exchange.answer(std::move(answer));
}

Task<void> Handler::checkpoint(Exchange& exchange, std::string origin_hash) {
  const auto work = [&] { return witness_.checkpoint(origin_hash); };
  auto note = co_await exchange.workers().run(work);
  if (!note || !*note) {
    co_await refuse(exchange, note ? Problem::kNotFound : Problem::kUnavailable);
    co_return;
  }
  http::Answer answer = text_answer(200, "text/plain; charset=utf-8", **std::move(note));
  [[maybe_unused]] const auto sent = co_await exchange.answer(std::move(answer));
}

// Only of logs that are watched, once they signed.
void Handler::say(const core::Result<Cosigned>& cosigned) const {
  if (!cosigned) {
    log_.say("witness.failed", {{"detail", cosigned.error().text}});
    return;
  }
  const auto size = static_cast<std::int64_t>(cosigned->size);
  if (cosigned->outcome == Outcome::kCosigned) {
    log_.say("witness.cosigned", {{"log", cosigned->origin}, {"size", size}});
  } else if (cosigned->outcome == Outcome::kInconsistent) {
    log_.say("witness.inconsistent", {{"log", cosigned->origin}});
  } else if (cosigned->outcome == Outcome::kForked && cosigned->new_evidence) {
    log_.say("witness.log_forked", {{"log", cosigned->origin}});
  }
}

}  // namespace heyan::witness
