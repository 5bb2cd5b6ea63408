#include "gateway/api/recorded.h"

#include <algorithm>

#include "gateway/api/answers.h"

namespace heyan::api {
namespace {

using audit::Event;
using front::Task;
using http::Method;
using Path = std::span<const std::string>;

constexpr std::size_t kIdBytes = 64;
constexpr std::chrono::seconds kBetweenLooks{5};
constexpr int kForbidden = 403;
constexpr int kTooMany = 429;

bool is_read(Method method) { return method == Method::kGet || method == Method::kHead; }

std::optional<Event> event_of_deletion(Method method, Path path) {
  const bool takes_away = method == Method::kDelete;
  const std::string_view step = path.size() > 4 ? std::string_view(path[4]) : std::string_view();
  if (step == "confirmation") return Event::kDeletionConfirmed;
  if (step == "hold") return takes_away ? Event::kReleased : Event::kHeld;
  if (is_read(method)) return std::nullopt;
  return takes_away ? Event::kDeletionCancelled : Event::kDeletionAsked;
}

std::optional<Event> event_of_submission(Method method, Path path) {
  const bool posts = method == Method::kPost;
  if (path.size() == 2) {
    if (is_read(method)) return Event::kListRead;
    return posts ? std::optional(Event::kFiled) : std::nullopt;
  }
  if (path.size() == 3) return std::nullopt;
  const std::string_view part = path[3];
  if (part == "deletion") return event_of_deletion(method, path);
  if (part == "case" || part == "scans") return Event::kCaseRead;
  if (part == "files" || part == "previews") return Event::kFileRead;
  if (part == "verifications") return Event::kVerificationAsked;
  if (part == "access" && posts) return Event::kAccessAsked;
  if (part == "assignment" && posts) return Event::kAssigned;
  if (part == "assignment" && method == Method::kDelete) return Event::kUnassigned;
  if (part == "supplements" && posts) return Event::kSupplementAsked;
  if (part == "annotations" && method == Method::kPut) return Event::kAnnotated;
  return std::nullopt;
}

std::optional<Event> event_of_session(Method method, Path path) {
  if (path.size() == 2) {
    if (method == Method::kPost) return Event::kSignIn;
    return method == Method::kDelete ? std::optional(Event::kSignOut) : std::nullopt;
  }
  if (path[2] == "oidc") {  // the provider's answer; who begins is nobody yet
    return path.size() == 5 && method == Method::kGet ? std::optional(Event::kSignIn)
                                                      : std::nullopt;
  }
  if (path[2] == "password") return Event::kPasswordChanged;
  if (path[2] != "second-factor") return std::nullopt;
  if (path.size() == 4) return Event::kFactorRemoved;
  return method == Method::kPut ? Event::kFactorConfirmed : Event::kFactorProposed;
}

// As submissions, reports and uploads are named; what is none of these stands in no record.
bool is_id(std::string_view text) {
  return text.size() <= kIdBytes && std::ranges::all_of(text, [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                  c == '-' || c == '_';
         });
}

audit::Outcome outcome_of(std::uint16_t status, bool failed) {
  constexpr std::uint16_t kNoSuccess = 400;
  constexpr std::uint16_t kOurs = 500;
  if (status >= kOurs) return audit::Outcome::kFailed;
  return failed || status >= kNoSuccess ? audit::Outcome::kRefused : audit::Outcome::kDone;
}

}  // namespace

std::optional<Event> event_of(Method method, Path path) {
  if (path.size() < 2) return std::nullopt;
  if (path[0] == "courts") return is_read(method) ? Event::kCourtAnswerRead : Event::kCourtMessage;
  const std::string_view first = path[1];
  if (first == "session") return event_of_session(method, path);
  if (first == "submissions") return event_of_submission(method, path);
  if (first == "uploads" && method == Method::kPost) return Event::kUploadBegun;
  if (first == "uploads" && method == Method::kDelete) return Event::kUploadDropped;
  if (first == "reports" && path.size() == 3) return Event::kReportRead;
  if (first == "reports" && path.size() == 4 && path[3] == "withdrawal") {
    return Event::kWithdrawalAsked;
  }
  if (first == "access" && is_read(method)) return Event::kAccessListRead;
  const bool previews = first == "operator" && path.size() == 4 && path[3] == "preview";
  return previews ? std::optional(Event::kTrustPreviewed) : std::nullopt;
}

bool is_asked_ahead(Event event) {
  switch (event) {
    case Event::kPasswordChanged:
    case Event::kFactorProposed:
    case Event::kFactorConfirmed:
    case Event::kFactorRemoved:
    case Event::kUploadDropped:
    case Event::kVerificationAsked:
    case Event::kWithdrawalAsked:
    case Event::kSupplementAsked:
    case Event::kAnnotated:
    case Event::kDeletionAsked:
    case Event::kDeletionConfirmed:
    case Event::kDeletionCancelled:
    case Event::kHeld:
    case Event::kReleased:
    case Event::kAssigned:
    case Event::kUnassigned:
      return true;
    default:
      return false;
  }
}

Recorded::Recorded(front::Exchange& exchange, audit::Trail& trail, Observer& observer)
    : exchange_(exchange), trail_(trail), observer_(observer) {
  const std::vector<std::string>& path = head().target.segments;
  event_ = event_of(head().method, path);
  const bool names = path.size() > 2 && path[0] == "v1" &&
                     (path[1] == "submissions" || path[1] == "reports" || path[1] == "uploads");
  if (names && is_id(path[2])) entry_.subject = path[2];
  if (path.size() <= 4 || path[3] != "files") return;
  std::string file;
  for (std::size_t i = 4; i < path.size(); ++i) file += (i > 4 ? "/" : "") + path[i];
  about_file(file);
}

void Recorded::by(const std::string& account, std::string_view role) {
  entry_.actor = account;
  about("role", role);
}

void Recorded::about_file(std::string_view path) { about("file", audit::hidden(path)); }

void Recorded::about(std::string_view name, core::json::Value value) {
  if (entry_.detail.find(name) == nullptr) entry_.detail.set(name, std::move(value));
}

void Recorded::concerns(std::string submission) {
  if (entry_.subject.empty()) entry_.subject = submission;
  exchange_.concerns(std::move(submission));
}

bool Recorded::is_to_be_recorded(std::uint16_t status) const {
  if (done_ || left_out_ || (status == kTooMany && !tried_ && !asked_)) return false;
  const bool known = event_ == Event::kSignIn ? tried_ : !entry_.actor.empty();
  return known && (event_ || status == kForbidden);
}

Task<core::Result<std::size_t>> Recorded::read_body(std::span<std::uint8_t> space) {
  const auto count = co_await exchange_.read_body(space);
  if (!count.has_value() || !look_) co_return count;
  const auto now = std::chrono::steady_clock::now();
  if (*count > 0 && now - looked_ < kBetweenLooks) co_return count;
  looked_ = now;
  const auto still = co_await workers().run(look_);
  if (!still) co_return std::unexpected(still.error());
  co_return count;
}

Task<bool> Recorded::append(const audit::Entry& entry) {
  const auto write = [&] { return trail_.append(entry); };
  const auto written = co_await workers().run(write);
  if (!written) observer_.event("front.audit_trail_failed");
  co_return written.has_value();
}

Task<bool> Recorded::record(std::uint16_t status) {
  if (!is_to_be_recorded(status)) co_return true;
  done_ = true;
  entry_.event = event_.value_or(Event::kRefused);
  entry_.outcome = outcome_of(status, failed_);
  about("status", int{status});
  const bool recorded = co_await append(entry_);
  co_return recorded;
}

Task<bool> Recorded::record_ahead(audit::Event event) {
  audit::Entry ahead = entry_;
  ahead.event = event;
  ahead.outcome = audit::Outcome::kDone;
  const bool recorded = co_await append(ahead);
  co_return recorded;
}

Task<bool> Recorded::ask_ahead() {
  if (is_read(head().method) || !event_ || !is_asked_ahead(*event_)) co_return true;
  audit::Entry ahead = entry_;
  ahead.event = Event::kChangeAsked;
  ahead.detail.set("change", name(*event_));
  const bool recorded = co_await append(ahead);
  asked_ = recorded;
  co_return recorded;
}

Task<core::Result<void>> Recorded::cannot_record() {
  http::Answer answer = http::problem_answer(problem_of(http::Problem::kUnavailable), &head());
  const auto answered = co_await exchange_.answer(std::move(answer));
  co_return answered;
}

Task<core::Result<void>> Recorded::answer(http::Answer answer) {
  const bool recorded = co_await record(answer.status);
  if (!recorded) {
    const auto refused = co_await cannot_record();
    co_return refused;
  }
  const auto answered = co_await exchange_.answer(std::move(answer));
  co_return answered;
}

Task<core::Result<void>> Recorded::answer_file(http::Answer answer, os::Descriptor file,
                                               std::uint64_t offset, std::uint64_t size) {
  const bool recorded = co_await record(answer.status);
  if (!recorded) {
    const auto refused = co_await cannot_record();
    co_return refused;
  }
  const auto answered =
      co_await exchange_.answer_file(std::move(answer), std::move(file), offset, size);
  co_return answered;
}

// A stream whose beginning was refused in its stead goes no further.
Task<core::Result<void>> Recorded::begin_stream(http::Answer answer) {
  const bool recorded = co_await record(answer.status);
  if (!recorded) {
    [[maybe_unused]] const auto refused = co_await cannot_record();
    co_return core::fail(core::ErrorCode::kIo, "it could not be recorded");
  }
  const auto begun = co_await exchange_.begin_stream(std::move(answer));
  co_return begun;
}

}  // namespace heyan::api
