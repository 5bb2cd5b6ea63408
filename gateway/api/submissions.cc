// POST and GET of submissions.
#include <algorithm>
#include <array>

#include "gateway/api/answers.h"
#include "gateway/api/api.h"
#include "gateway/api/filing.h"
#include "gateway/api/lines.h"
#include "gateway/api/receive_body.h"
#include "gateway/api/upload.h"
#include "gateway/http/preferences.h"

namespace heyan::api {
namespace {

using front::Exchange;
using front::Task;
using http::Problem;

constexpr std::chrono::seconds kLongestWait{30};

std::chrono::milliseconds wanted_wait(const http::RequestHead& head) {
  const std::string* prefer = head.find("prefer");
  const auto wait = prefer == nullptr ? std::nullopt : http::preferred_wait(*prefer);
  return std::min(wait.value_or(std::chrono::seconds(0)), kLongestWait);
}

bool is_json(const std::string* content_type) {
  const auto type = http::parse_parameterised(content_type == nullptr ? "" : *content_type);
  return type && type->value == "application/json";
}

// As it is now: received, or being received; nothing where there is none.
core::Result<std::optional<http::Answer>> answer_about(const service::Acceptance& with,
                                                       const std::string& id,
                                                       const store::Scope& scope) {
  HEYAN_TRY(const auto found, with.store.find_submission(id, scope));
  if (found) {
    HEYAN_TRY(const auto receipt, with.signer.receipts().confirm(*found));
    return submission_answer(*found, *receipt);
  }
  HEYAN_TRY(const auto receiving, with.store.find_receiving(id, scope));
  if (receiving) return receiving_answer(*receiving);
  return std::nullopt;
}

}  // namespace

Task<std::string> Api::lack(Exchange& exchange, Brings brings) {
  const auto look = [this] { return parts_.readiness.lacking(); };
  const std::string_view lacking = co_await exchange.workers().run(look);
  if (lacking.empty()) co_return std::string();
  if (brings == Brings::kSubmission) parts_.observer.submitted(lacking);
  co_return std::string(lacking) + " is nearly full; try again later";
}

Task<bool> Api::refuse_for_lack(Exchange& exchange, Brings brings) {
  const std::string detail = co_await lack(exchange, brings);
  if (detail.empty()) co_return false;
  co_await refuse(exchange, problem_of(Problem::kUnavailable, detail));
  co_return true;
}

Task<void> Api::submit(Recorded& exchange, Caller caller) {
  const bool refused = co_await refuse_for_lack(exchange);
  if (refused) co_return;
  const std::string* key = exchange.head().find("idempotency-key");
  if (!is_usable_key(key)) {
    co_await refuse(exchange, problem_of(Problem::kKeyRequired));
    co_return;
  }
  const std::string* type = exchange.head().find("content-type");
  if (is_json(type)) {
    co_await submit_case(exchange, caller, *key);
    co_return;
  }
  // What a person sends at once is as much as may be under way; a court's system sends for many.
  const bool person = caller.role != Role::kCourtSystem;
  const auto place = person ? bodies_.enter(exchange.peer().listener, caller.counted())
                            : front::Admission::Ticket();
  if (person && !place) {
    co_await refuse_for_now(exchange, std::chrono::seconds(1));
    co_return;
  }
  const auto id = store::new_submission_id();
  const auto create = [&]() -> core::Result<Upload> {
    HEYAN_TRY(const std::string name, id);
    HEYAN_TRY(auto files, store::StagingFiles::create(settings_.staging, name));
    return Upload::create(type == nullptr ? "" : *type, std::move(files), parts_.acceptance.limits);
  };
  auto upload = co_await exchange.workers().run(create);
  if (!upload) {
    co_await refuse(exchange, upload.error());
    co_return;
  }
  const bool gone = co_await receive_whole(exchange, caller, *key, *id, *upload);
  if (gone) co_return;
  // Removing a large file takes its time.
  const auto remove = [&upload] { upload->discard(); };
  co_await exchange.workers().run(remove);
}

// True where nothing of it is left to be removed.
Task<bool> Api::receive_whole(Recorded& exchange, const Caller& caller, const std::string& key,
                              const std::string& id, Upload& upload) {
  exchange.limit_body(parts_.acceptance.limits.submission_bytes);
  const Feed feed = [&upload](core::ByteView bytes) { return upload.feed(bytes); };
  const auto received = co_await receive_body(exchange, feed);
  if (!received) {
    co_await refuse_upload(exchange, upload.staged(), received.error());
    co_return false;
  }
  const auto work = [&]() -> std::expected<service::Accepted, service::Refused> {
    if (const auto ended = upload.finish(); !ended) {
      return std::unexpected(service::Refused{ended.error(), {}});
    }
    const store::IdempotencyKey used{key, service::fingerprint_of(upload.staged())};
    const core::Bytes as_it_came = service::fingerprint_as_sent(upload.staged());
    if (upload.is_archive()) {
      HEYAN_CHECK_OK(service::open_archive(parts_.acceptance.boxes, upload.staged(), kArchivePart));
    }
    HEYAN_TRY(const v1::Session session,
              filing_session(caller, parts_.acceptance.boxes, upload.staged(), settings_.now_ms()));
    if (const auto still = exchange.look(); !still) {  // unpacking may have taken long
      return std::unexpected(service::Refused{still.error(), {}});
    }
    return service::accept(parts_.acceptance, id, upload.staged(), session, used, as_it_came);
  };
  const auto accepted = co_await exchange.workers().run(work);
  if (!accepted) {
    parts_.observer.submitted("refused");
    co_await refuse(exchange, problem_of(accepted.error()));
    co_return false;
  }
  exchange.concerns(accepted->submission);
  parts_.observer.submitted(accepted->replayed ? "replayed" : "accepted");
  parts_.dispatcher.wake();
  http::Answer answer = accepted_answer(*accepted);
  co_await say(exchange, std::move(answer));
  co_return !upload.is_archive();
}

// case.json alone: its files follow (uploads.cc).
Task<void> Api::submit_case(Recorded& exchange, Caller caller, std::string key) {
  auto body = co_await read_whole_body(exchange, core::Limits().json_bytes);
  if (!body) {
    co_await refuse(exchange, body.error());
    co_return;
  }
  std::string submission;
  const auto work = [&]() -> std::expected<std::optional<http::Answer>, service::Refused> {
    const auto ours = [](const core::Error& error) {
      return std::unexpected(service::Refused{error, {}});
    };
    const auto id = store::new_submission_id();
    if (!id) return ours(id.error());
    auto files = store::StagingFiles::create(settings_.staging, *id);
    if (!files) return ours(files.error());
    service::Staged staged(*std::move(files), parts_.acceptance.limits);
    const auto write = [&]() -> core::Result<void> {
      HEYAN_CHECK_OK(staged.begin(service::kCaseFile));
      HEYAN_CHECK_OK(staged.append(*body));
      return staged.finish();
    };
    if (const auto written = write(); !written) {
      return std::unexpected(service::refused_by(staged, written.error()));
    }
    HEYAN_TRY(const v1::Session session,
              filing_session(caller, parts_.acceptance.boxes, staged, settings_.now_ms()));
    if (const auto still = exchange.look(); !still) return ours(still.error());
    HEYAN_TRY(submission,
              parts_.receiver.begin(*id, staged, session, {key, service::fingerprint_of(staged)}));
    auto answer = answer_about(parts_.acceptance, submission, caller.scope());
    if (!answer) return ours(answer.error());
    if (*answer) (*answer)->set("location", "/v1/submissions/" + submission);
    return *std::move(answer);
  };
  auto begun = co_await exchange.workers().run(work);
  if (!submission.empty()) exchange.concerns(submission);
  if (!begun) {
    co_await refuse(exchange, problem_of(begun.error()));
    co_return;
  }
  if (!*begun) {
    co_await refuse(exchange, problem_of(Problem::kUnavailable));
    co_return;
  }
  (*begun)->status = 201;
  co_await say(exchange, **std::move(begun));
}

Task<void> Api::submission(Exchange& exchange, Caller caller, std::string id) {
  static constexpr std::array<std::string_view, 2> kOffers = {"application/json",
                                                              "text/event-stream"};
  const std::string* accept = exchange.head().find("accept");
  const auto form = http::choose_media_type(accept == nullptr ? "" : *accept, kOffers);
  if (!form) {
    co_await refuse(exchange, problem_of(Problem::kNotAcceptable));
    co_return;
  }
  if (*form == 1) {
    co_await events(exchange, caller, std::move(id));
    co_return;
  }
  const auto found = co_await await_end(exchange, caller, id);
  if (!found) {
    co_await refuse(exchange, problem_of(Problem::kUnavailable));
  } else if (!*found) {
    co_await submission_received(exchange, caller, id);
  } else {
    const auto make = [&]() -> core::Result<http::Answer> {
      HEYAN_TRY(const auto receipt, parts_.acceptance.signer.receipts().confirm(**found));
      const auto line = parts_.acceptance.store.find_line(id, caller.scope());
      const bool known = line && *line;
      return submission_answer(
          **found, *receipt, known ? line_value(**line, settings_.now_ms()) : core::json::Value());
    };
    auto answer = co_await exchange.workers().run(make);
    if (!answer) {
      co_await refuse(exchange, problem_of(Problem::kUnavailable));
      co_return;
    }
    co_await say(exchange, *std::move(answer));
  }
}

Task<core::Result<std::optional<store::Submission>>> Api::await_end(Exchange& exchange,
                                                                    const Caller& caller,
                                                                    const std::string& id) {
  const auto until = std::chrono::steady_clock::now() + wanted_wait(exchange.head());
  const auto find = [&] { return parts_.acceptance.store.find_submission(id, caller.scope()); };
  front::Signal& changed = parts_.changed.about(id);
  while (true) {
    const std::uint64_t seen = changed.count();
    auto found = co_await exchange.workers().run(find);
    if (!found || !*found) co_return found;
    exchange.concerns(id);
    const store::State state = (*found)->state;
    const bool ended = state == store::State::kDone || state == store::State::kRejected;
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        until - std::chrono::steady_clock::now());
    if (ended || left.count() <= 0 || exchange.stopping()) co_return found;
    [[maybe_unused]] const bool woken =
        co_await changed.wait(seen, std::min(left, settings_.looks_again));
  }
}

// What is still being received is not waited for: its client is the one to go on.
Task<void> Api::submission_received(Exchange& exchange, Caller caller, std::string id) {
  const auto find = [&] { return answer_about(parts_.acceptance, id, caller.scope()); };
  auto found = co_await exchange.workers().run(find);
  if (!found) {
    co_await refuse(exchange, problem_of(Problem::kUnavailable));
  } else if (!*found) {
    co_await refuse(exchange, problem_of(Problem::kNotFound));
  } else {
    co_await say(exchange, **std::move(found));
  }
}

Task<void> Api::verify_again(Exchange& exchange, Caller caller, std::string id) {
  const bool refused = co_await refuse_for_lack(exchange);
  if (refused) co_return;
  const auto work = [&]() -> core::Result<std::optional<http::Answer>> {
    HEYAN_TRY(auto found, parts_.acceptance.store.find_submission(id, caller.scope()));
    if (!found) return std::nullopt;
    HEYAN_TRY(const auto receipt, parts_.acceptance.signer.receipts().confirm(*found));
    HEYAN_CHECK_OK(parts_.acceptance.store.reverify(id, settings_.now_ms()));
    HEYAN_TRY(found, parts_.acceptance.store.find_submission(id, caller.scope()));
    if (!found) return std::nullopt;
    return submission_answer(*found, *receipt);
  };
  auto found = co_await exchange.workers().run(work);
  if (!found) {
    http::ProblemDocument problem =
        is_deleted(found.error()) ? deleted_problem() : problem_of(Problem::kUnavailable);
    co_await refuse(exchange, std::move(problem));
    co_return;
  }
  if (!*found) {
    co_await refuse(exchange, problem_of(Problem::kNotFound));
    co_return;
  }
  exchange.concerns(id);
  parts_.dispatcher.wake();
  (*found)->status = 202;
  co_await say(exchange, **std::move(found));
}

}  // namespace heyan::api
