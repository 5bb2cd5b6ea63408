#include "gateway/api/api.h"

#include "gateway/api/answers.h"
#include "gateway/api/listeners.h"
#include "gateway/api/tus_exchange.h"
#include "gateway/os/folder.h"

namespace heyan::api {
namespace {

using front::Exchange;
using front::Task;
using http::Method;
using http::Problem;

Task<void> refuse(Exchange& exchange, Problem problem, std::string_view detail = {}) {
  http::ProblemDocument document = problem_of(problem, detail);
  co_await api::refuse(exchange, std::move(document));
}

constexpr std::string_view kReads = "GET, HEAD";

// "a/b" of the segments from there on.
std::string joined_from(std::span<const std::string> path, std::size_t first) {
  std::string name;
  for (std::size_t i = first; i < path.size(); ++i) name += (i > first ? "/" : "") + path[i];
  return name;
}

bool is_read(Method method) { return method == Method::kGet || method == Method::kHead; }

// RFC 9110 section 13.1.1. Nothing here has an entity tag, so none is the one that is asked for;
// and a change that its client guards must not be made unguarded.
bool asks_for_another_state(const http::RequestHead& head) {
  const std::string* const tags = head.find("if-match");
  return !is_read(head.method) && tags != nullptr && *tags != "*";
}

}  // namespace

void Api::interpret(http::RequestHead& head) const {
  if (const auto meant = meant_method(head)) head.method = *meant;
}

Task<void> Api::handle(Exchange& exchange) {
  const Segments& path = exchange.head().target.segments;
  const std::string_view first = path.empty() ? std::string_view() : std::string_view(path[0]);
  if (exchange.peer().listener == kPreviews) {
    co_await preview(exchange, path);
    co_return;
  }
  if (is_health(exchange)) {
    co_await health(exchange);
    co_return;
  }
  if (exchange.peer().listener == kMetricsListener) {
    co_await refuse(exchange, Problem::kNotFound);
    co_return;
  }
  if (exchange.peer().listener == kPublic && Pages::is_path(exchange.head().target)) {
    co_await page(exchange);
    co_return;
  }
  if (first == "log") {
    co_await log_file(exchange, path);
    co_return;
  }
  if (is_for_anybody(path)) {
    co_await anybody(exchange, path);
    co_return;
  }
  if (!is_upload(path)) {
    co_await handle_known(exchange, path);
    co_return;
  }
  TusExchange tus(exchange);
  if (const auto meant = meant_method(tus.head()); !meant) {
    co_await refuse(tus, Problem::kMalformedRequest, meant.error().text);
  } else if (tus.head().method == Method::kOptions) {
    co_await offer_uploads(tus, path);
  } else {
    co_await handle_known(tus, path);
  }
}

// What is asked by somebody who must be known.
Task<void> Api::handle_known(Exchange& exchange, const Segments& path) {
  Recorded recorded(exchange, parts_.trail, parts_.observer);
  if (asks_for_another_state(exchange.head())) {
    co_await refuse(recorded, problem_of(Problem::kPreconditionFailed,
                                         "nothing here has an entity tag: send no If-Match"));
    co_return;
  }
  if (is_session(exchange)) {
    co_await session(recorded);
    co_return;
  }
  const std::optional<Right> right = right_needed(exchange.head().method, path);
  if (right) {
    co_await take(recorded, *right);
  } else {
    co_await refuse(exchange, Problem::kNotFound);
  }
}

Task<void> Api::take(Recorded& exchange, Right right) {
  const Segments& path = exchange.head().target.segments;
  const std::optional<Caller> caller = co_await who_asks(exchange);
  if (!caller) co_return;
  if (!is_read(exchange.head().method)) {
    if (const auto wait = wait_of(*caller)) {
      co_await refuse_for_now(exchange, *wait);
      co_return;
    }
  }
  if (!caller->may(right)) {
    co_await refuse(exchange, Problem::kForbidden);
    co_return;
  }
  if (right != Right::kBreakGlass) {
    const bool refused = co_await refuse_for_others(exchange, *caller, right);
    if (refused) co_return;
  }
  if (!caller->session_name.empty()) {
    exchange.look_again([&] { return still_may(*caller, right, path); });
  }
  const bool entered = co_await enter_change(exchange);
  if (!entered) co_return;
  if (path[0] == "courts") {
    co_await courts(exchange, *caller, path);
  } else if (path[1] == "submissions") {
    co_await submissions(exchange, *caller, path);
  } else if (path[1] == "uploads") {
    co_await uploads(exchange, *caller, path);
  } else if (path[1] == "operator") {
    co_await operate(exchange, *caller, path);
  } else if (path[1] == "judges") {
    co_await judges(exchange, *caller);
  } else if (path[1] == "access") {
    co_await accesses(exchange, *caller);
  } else {
    co_await reports(exchange, *caller, path);
  }
}

Task<bool> Api::enter_change(Recorded& exchange) {
  const bool recorded = co_await exchange.ask_ahead();
  if (recorded) co_return true;
  co_await refuse(exchange, Problem::kUnavailable);
  co_return false;
}

std::optional<std::chrono::seconds> Api::wait_of(const Caller& caller) {
  return account_rate_.take(caller.counted(), RateLimit::Clock::now());
}

Task<void> Api::page(Exchange& exchange) {
  if (!is_read(exchange.head().method)) {
    co_await refuse_method(exchange, kReads);
    co_return;
  }
  std::optional<http::Answer> answer =
      settings_.pages.answer(exchange.head(), parts_.preview_port());
  if (!answer) {
    co_await refuse(exchange, Problem::kNotFound);
    co_return;
  }
  co_await say(exchange, *std::move(answer));
}

// The public log: files that the signer wrote.
Task<void> Api::log_file(Exchange& exchange, const Segments& path) {
  const std::string name = joined_from(path, 1);
  const auto open = [&]() -> core::Result<os::OpenFile> {
    if (name.empty()) return core::fail(core::ErrorCode::kNotFound, "the log is no file");
    HEYAN_TRY(const os::Folder folder, os::Folder::open(settings_.public_log));
    return folder.open_file(name);
  };
  if (!is_read(exchange.head().method)) {
    co_await refuse_method(exchange, kReads);
    co_return;
  }
  auto file = co_await exchange.workers().run(open);
  if (!file) {
    co_await refuse(exchange, Problem::kNotFound);
    co_return;
  }
  const bool text = name == "checkpoint";
  http::Answer answer =
      text_answer(text ? "text/plain; charset=utf-8" : "application/octet-stream", {});
  answer.set("cache-control", text ? "no-cache" : "public, max-age=31536000, immutable");
  const std::uint64_t size = file->size();
  os::Descriptor descriptor = file->take_descriptor();
  [[maybe_unused]] const auto sent =
      co_await exchange.answer_file(std::move(answer), std::move(descriptor), 0, size);
}

Task<void> Api::submissions(Recorded& exchange, Caller caller, const Segments& path) {
  const Method method = exchange.head().method;
  if (path.size() == 2) {
    if (method == Method::kPost) {
      co_await submit(exchange, caller);
    } else if (is_read(method)) {
      co_await worklist(exchange, caller);
    } else {
      co_await refuse_method(exchange, "GET, HEAD, POST");
    }
  } else if (path.size() == 3) {
    if (is_read(method)) {
      co_await submission(exchange, caller, path[2]);
    } else {
      co_await refuse_method(exchange, kReads);
    }
  } else if (path.size() == 4 && path[3] == "verifications") {
    if (method == Method::kPost) {
      co_await verify_again(exchange, caller, path[2]);
    } else {
      co_await refuse_method(exchange, "POST");
    }
  } else {
    co_await submission_part(exchange, caller, path);
  }
}

// What is read of it besides its state.
Task<void> Api::submission_part(Recorded& exchange, Caller caller, const Segments& path) {
  const Method method = exchange.head().method;
  const std::string_view part = path[3];
  if (part == "assignment") {
    co_await assignment(exchange, caller, path[2]);
  } else if (part == "access") {
    co_await access(exchange, caller, path[2]);
  } else if (part == "deletion") {
    co_await deletion(exchange, caller, path);
  } else if (part == "previews") {
    if (method == Method::kPost) {
      co_await begin_preview(exchange, caller, path[2]);
    } else {
      co_await refuse_method(exchange, "POST");
    }
  } else if (part == "supplements" && method == Method::kPost) {
    co_await change_notes(exchange, caller, path[2], NoteChange::kSupplement);
  } else if (part == "annotations" && method == Method::kPut) {
    co_await change_notes(exchange, caller, path[2], NoteChange::kAnnotation);
  } else if (part == "supplements" && !is_read(method)) {
    co_await refuse_method(exchange, "GET, HEAD, POST");
  } else if (part == "annotations" && !is_read(method)) {
    co_await refuse_method(exchange, "GET, HEAD, PUT");
  } else if (!is_read(method)) {
    co_await refuse_method(exchange, kReads);
  } else if (part == "supplements") {
    co_await supplements(exchange, caller, path[2]);
  } else if (part == "annotations") {
    co_await annotations(exchange, caller, path[2]);
  } else if (part == "scans") {
    co_await scans(exchange, caller, path[2]);
  } else if (part == "receipt") {
    co_await receipt(exchange, caller, path[2]);
  } else if (part == "case") {
    co_await stored_file(exchange, caller, path[2], std::string(service::kCaseFile));
  } else if (part == "files") {
    co_await stored_file(exchange, caller, path[2], joined_from(path, 4));
  } else {
    co_await refuse(exchange, Problem::kNotFound);
  }
}

Task<void> Api::reports(Exchange& exchange, Caller caller, const Segments& path) {
  const Method method = exchange.head().method;
  const std::string_view part = path.size() == 4 ? std::string_view(path[3]) : std::string_view();
  if (path.size() == 3 || part == "log-proof") {
    if (!is_read(method)) {
      co_await refuse_method(exchange, kReads);
    } else if (path.size() == 3) {
      co_await report(exchange, caller, path[2]);
    } else {
      co_await log_proof(exchange, caller, path[2]);
    }
  } else if (part == "withdrawal") {
    if (method == Method::kPost) {
      co_await withdraw(exchange, caller, path[2]);
    } else {
      co_await refuse_method(exchange, "POST");
    }
  } else {
    co_await refuse(exchange, Problem::kNotFound);
  }
}

}  // namespace heyan::api
