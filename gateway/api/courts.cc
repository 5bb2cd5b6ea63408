// /courts/ADAPTER: messages of courts' systems, and what has become of them.
#include "gateway/api/answers.h"
#include "gateway/api/api.h"
#include "gateway/api/court_upload.h"
#include "gateway/api/receive_body.h"

namespace heyan::api {
namespace {

using front::Exchange;
using front::Task;
using http::Problem;

constexpr std::size_t kIdDigits = 32;

http::Answer http_answer(const v1::CourtAnswer& said) {
  http::Answer answer = text_answer(said.content_type(), said.body());
  answer.status = static_cast<std::uint16_t>(said.status());
  answer.set("cache-control", "no-store");
  return answer;
}

// "/courts/ecf5/a/b" is "a/b".
std::string path_beneath(const std::vector<std::string>& segments) {
  std::string path;
  for (std::size_t i = 2; i < segments.size(); ++i) path += (i > 2 ? "/" : "") + segments[i];
  return path;
}

bool is_id(std::string_view text) {
  return text.size() == kIdDigits && text.find_first_not_of("0123456789abcdef") == text.npos;
}

}  // namespace

Task<void> Api::courts(Exchange& exchange, Caller caller, const Segments& path) {
  const std::string adapter = path.size() > 1 ? path[1] : std::string();
  const http::Method method = exchange.head().method;
  if (!settings_.courts.contains(adapter)) {
    co_await refuse(exchange, problem_of(Problem::kNotFound));
  } else if (method == http::Method::kPost) {
    co_await court_message(exchange, caller, adapter);
  } else if (method != http::Method::kGet && method != http::Method::kHead) {
    co_await refuse_method(exchange, "GET, HEAD, POST");
  } else if (path.size() == 3 && is_id(path[2])) {
    co_await court_answer(exchange, caller, adapter, path[2]);
  } else {
    co_await refuse(exchange, problem_of(Problem::kNotFound));
  }
}

Task<void> Api::court_message(Exchange& exchange, Caller caller, std::string adapter) {
  const bool refused = co_await refuse_for_lack(exchange);
  if (refused) co_return;
  const std::string* key = exchange.head().find("idempotency-key");
  if (key != nullptr && !is_usable_key(key)) {
    co_await refuse(exchange, problem_of(Problem::kKeyRequired));
    co_return;
  }
  const std::string* type = exchange.head().find("content-type");
  const auto id = store::new_submission_id();
  std::optional<CourtUpload> upload;
  const auto create = [&]() -> core::Result<void> {
    HEYAN_TRY(const std::string name, id);
    HEYAN_TRY(auto files, store::StagingFiles::create(settings_.staging, name));
    return upload.emplace(std::move(files), parts_.acceptance.limits)
        .begin(type == nullptr ? "" : *type);
  };
  const auto created = co_await exchange.workers().run(create);
  if (!created) {
    co_await refuse(exchange, created.error());
    co_return;
  }
  exchange.limit_body(parts_.acceptance.limits.submission_bytes);
  const Feed feed = [&upload](core::ByteView bytes) { return upload->feed(bytes); };
  const auto received = co_await receive_body(exchange, feed);
  const auto finish = [&] { return received ? upload->finish() : received; };
  const auto finished = co_await exchange.workers().run(finish);
  if (!finished) {
    co_await refuse_upload(exchange, upload->staged(), finished.error());
  } else {
    co_await take_message(exchange, caller, adapter, *id, *upload);
  }
  // Removing a large file takes its time.
  const auto remove = [&upload] { upload->discard(); };
  co_await exchange.workers().run(remove);
}

Task<void> Api::take_message(Exchange& exchange, const Caller& caller, const std::string& adapter,
                             const std::string& id, CourtUpload& upload) {
  const std::string* key = exchange.head().find("idempotency-key");
  const auto work = [&]() -> core::Result<service::Taken> {
    const std::int64_t now_ms = settings_.now_ms();
    service::Message message{.message = upload.message(), .key = key == nullptr ? "" : *key};
    message.message.set_adapter(adapter);
    message.message.set_path(path_beneath(exchange.head().target.segments));
    message.message.set_received_at_ms(now_ms);
    return service::take_message(parts_.acceptance, id, upload.staged(),
                                 caller.session(caller.courts.at(0), now_ms), message);
  };
  const auto taken = co_await exchange.workers().run(work);
  if (!taken) {
    parts_.observer.submitted("refused");
    http::ProblemDocument problem = problem_of(service::refused_by(upload.staged(), taken.error()));
    co_await refuse(exchange, std::move(problem));
    co_return;
  }
  http::Answer answer = http_answer(taken->answer);
  if (taken->accepted) {
    exchange.concerns(taken->accepted->submission);
    parts_.dispatcher.wake();
    answer.set("location", "/courts/" + adapter + "/" + taken->accepted->submission);
  }
  if (!taken->question) {
    parts_.observer.submitted(!taken->accepted            ? "refused"
                              : taken->accepted->replayed ? "replayed"
                                                          : "accepted");
  }
  co_await say(exchange, std::move(answer));
}

Task<void> Api::court_answer(Exchange& exchange, Caller caller, std::string adapter,
                             std::string id) {
  if (const auto wait = wait_of(caller)) {
    co_await refuse_for_now(exchange, *wait);
    co_return;
  }
  const std::string language = language_of(exchange.head()) == http::Language::kEn ? "en" : "zh";
  const auto found = co_await await_end(exchange, caller, id);
  const auto work = [&]() -> core::Result<std::optional<v1::CourtAnswer>> {
    if (!found) return std::unexpected(found.error());
    if (!*found) return std::nullopt;
    return service::answer_about(parts_.acceptance, parts_.renderers, **found, adapter, language);
  };
  const auto said = co_await exchange.workers().run(work);
  if (!said) {
    http::ProblemDocument problem =
        is_deleted(said.error()) ? deleted_problem() : problem_of(Problem::kUnavailable);
    co_await refuse(exchange, std::move(problem));
  } else if (!*said) {
    co_await refuse(exchange, problem_of(Problem::kNotFound));
  } else {
    http::Answer answer = http_answer(**said);
    co_await say(exchange, std::move(answer));
  }
}

}  // namespace heyan::api
