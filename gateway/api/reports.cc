// Reports in the form asked for, their log proofs, and their withdrawal.
#include <algorithm>
#include <array>

#include "gateway/api/answers.h"
#include "gateway/api/api.h"
#include "gateway/http/digest_fields.h"
#include "gateway/os/folder.h"
#include "gateway/service/rendering.h"
#include "gateway/service/standing.h"
#include "verifier/core/json.h"

namespace heyan::api {
namespace {

using front::Exchange;
using front::Task;
using http::Problem;

enum class Form : std::uint8_t { kPayload, kSigned, kPage, kText, kPdf, kXml, kBundle, kContainer };
constexpr std::array<std::string_view, 8> kForms = {
    "application/json", "application/jose+json",
    "text/html",        "text/plain",
    "application/pdf",  "application/xml",
    "application/zip",  "application/vnd.etsi.asic-s+zip"};  // as in Form
constexpr std::size_t kRecordBytes = 700u << 20;
constexpr std::size_t kWithdrawalBytes = 4u << 10;

// How a reader wants the words, and whose copy.
struct Wanted {
  http::Language language;
  std::string level;
  std::optional<std::string> reader;  // absent: not asked for
  std::string fullest;                // what pages and files are then
};

// As report::level_by_name.
constexpr std::array<std::string_view, 5> kLevels = {"litigant", "judge", "expert",
                                                     "hash-report-us", "hash-report-in"};

// "?level=expert"; what a judge reads where it is absent. Nothing for another word: who misspelt it
// would take what he gets for what he asked for.
std::optional<std::string> level_of(const http::RequestHead& head) {
  const std::string* asked = head.target.find_query("level");
  if (asked == nullptr) return "judge";
  const bool known = std::ranges::find(kLevels, *asked) != kLevels.end();
  return known ? std::optional(*asked) : std::nullopt;
}

http::ProblemDocument level_unknown() {
  http::ProblemDocument problem = problem_of(Problem::kMalformedRequest);
  problem.errors.push_back(
      {"level", "bad-parameter", "one of litigant, judge, expert, hash-report-us, hash-report-in"});
  return problem;
}

// "?copy=opponent".
std::optional<std::string> reader_of(const http::RequestHead& head) {
  const std::string* asked = head.target.find_query("copy");
  return asked == nullptr ? std::nullopt : std::optional(*asked);
}

// The court's copy and its bundle name cases of others: who filed has a copy without (security
// decision 30). As kFiler of gateway/worker/render.cc.
constexpr std::string_view kCourtsCopy = "court";
std::string_view fullest_copy(const Caller& caller) {
  return caller.role == Role::kLitigant ? "filer" : kCourtsCopy;
}

// What people read, and the copies that disclose something, from a render process of its own.
core::Result<std::string> words_of(const Parts& parts, const store::Report& report,
                                   std::string_view format, const Wanted& wanted) {
  HEYAN_TRY(auto file,
            parts.acceptance.vault.open_read(
                {.court = report.court, .submission = report.submission}, report.record_sha256));
  HEYAN_TRY(const os::FileState state, os::state_of(file));
  os::MemorySink sink(kRecordBytes);
  HEYAN_CHECK_OK(os::OpenFile(std::move(file), state).read_all(sink));
  v1::RenderJob job;
  HEYAN_TRY(*job.mutable_envelope(), service::as_handed_out(parts.acceptance.signer, report));
  job.set_record(core::to_string(std::move(sink).take()));
  job.set_format(std::string(format));
  job.set_language(wanted.language == http::Language::kEn ? "en" : "zh");
  job.set_level(wanted.level);
  job.set_reader(wanted.reader.value_or(wanted.fullest));
  return service::render(parts.renderers, std::move(job));
}

core::Result<std::string> content_of(const Parts& parts, const store::Report& report, Form form,
                                     const Wanted& wanted) {
  HEYAN_CHECK_OK(service::confirm(parts.acceptance.signer, report));
  switch (form) {
    case Form::kPayload:
      return service::payload_of(report.envelope);
    case Form::kSigned:
      // As it was signed it discloses nothing to anybody.
      if (!wanted.reader) return service::as_handed_out(parts.acceptance.signer, report);
      return words_of(parts, report, "jws", wanted);
    case Form::kPage:
      return words_of(parts, report, "html", wanted);
    case Form::kText:
      return words_of(parts, report, "text", wanted);
    case Form::kPdf:
      return words_of(parts, report, "pdf", wanted);
    case Form::kXml:
      return words_of(parts, report, "xml", wanted);
    case Form::kContainer:
      return words_of(parts, report, "asic", wanted);
    case Form::kBundle:
      break;
  }
  return words_of(parts, report, "zip", wanted);
}

// By Want-Repr-Digest: SHA-256 unless SHA-512 is preferred. A wish that does not read is none.
bool wants_sha512(const http::RequestHead& head) {
  const std::string* field = head.find("want-repr-digest");
  const auto wishes = http::parse_wanted_digests(field == nullptr ? "" : *field);
  if (!wishes) return false;
  int sha256 = 0;
  int sha512 = 0;
  for (const http::Wish& wish : *wishes) {
    if (wish.algorithm == "sha-256") sha256 = wish.preference;
    if (wish.algorithm == "sha-512") sha512 = wish.preference;
  }
  return sha512 > sha256;
}

// The reason of a withdrawal: {"reason":"court-order"}.
std::optional<std::string> reason_in(core::ByteView body) {
  const auto document = core::json::parse(body, {});
  if (!document || document->as_object() == nullptr || document->as_object()->size() != 1) {
    return std::nullopt;
  }
  const core::json::Value* reason = document->find("reason");
  if (reason == nullptr || reason->as_string() == nullptr) return std::nullopt;
  return *reason->as_string();
}

}  // namespace

Task<void> Api::report(Exchange& exchange, Caller caller, std::string number) {
  const std::string* accept = exchange.head().find("accept");
  const auto chosen = http::choose_media_type(accept == nullptr ? "" : *accept, kForms);
  if (!chosen) {
    co_await refuse(exchange, problem_of(Problem::kNotAcceptable));
    co_return;
  }
  const auto form = static_cast<Form>(*chosen);
  const bool words = form == Form::kPage || form == Form::kText;
  const auto level = level_of(exchange.head());
  if (!level) {
    co_await refuse(exchange, level_unknown());
    co_return;
  }
  const Wanted wanted{.language = language_of(exchange.head()),
                      .level = *level,
                      .reader = reader_of(exchange.head()),
                      .fullest = std::string(fullest_copy(caller))};
  if (wanted.reader == kCourtsCopy && wanted.fullest != kCourtsCopy) {
    co_await refuse(exchange, problem_of(Problem::kForbidden, "the court's copy is the court's"));
    co_return;
  }
  const bool spoken = words || form == Form::kPdf || form == Form::kContainer;
  const bool rendered = spoken || form == Form::kXml || form == Form::kBundle ||
                        (form == Form::kSigned && wanted.reader);
  // A process is made for each.
  if (const auto wait = rendered ? wait_of(caller) : std::nullopt) {
    co_await refuse_for_now(exchange, *wait);
    co_return;
  }
  const auto work = [&]() -> core::Result<std::optional<std::string>> {
    HEYAN_TRY(const auto found, parts_.acceptance.store.find_report(number, caller.scope()));
    if (!found) return std::nullopt;
    // All but what was signed is made of the case record.
    if (rendered) {
      HEYAN_TRY(const auto of,
                parts_.acceptance.store.find_submission(found->submission, caller.scope()));
      if (of && of->deleted) {
        return core::fail(core::ErrorCode::kUnsupported, store::kDeletedText);
      }
    }
    return content_of(parts_, *found, form, wanted);
  };
  auto content = co_await exchange.workers().run(work);
  if (!content && content.error().code == core::ErrorCode::kUnknown) {
    co_await refuse(exchange, problem_of(Problem::kNotFound,
                                         "copy is court, party, opponent or the id of one party"));
    co_return;
  }
  if (!content) {
    http::ProblemDocument problem =
        is_deleted(content.error()) ? deleted_problem() : problem_of(Problem::kUnavailable);
    co_await refuse(exchange, std::move(problem));
    co_return;
  }
  if (!*content) {
    co_await refuse(exchange, problem_of(Problem::kNotFound));
    co_return;
  }
  std::string type(kForms.at(*chosen));
  if (words) type += "; charset=utf-8";
  http::Answer answer = text_answer(type, **std::move(content));
  answer.set("vary", "accept, accept-language");
  const bool sha512 = wants_sha512(exchange.head());
  const auto digest = [&] { return service::repr_digest(answer.body, sha512); };
  const std::string said = co_await exchange.workers().run(digest);
  answer.set("repr-digest", said);
  if (spoken) {
    answer.set("content-language", wanted.language == http::Language::kEn ? "en" : "zh");
  }
  if (form == Form::kPage) {
    answer.set("content-security-policy",
               service::page_policy(answer.body) + std::string(kReportsTo));
  }
  co_await say(exchange, std::move(answer));
}

Task<void> Api::log_proof(Exchange& exchange, Caller caller, std::string number) {
  const auto work = [&]() -> core::Result<std::optional<std::string>> {
    HEYAN_TRY(const auto found, parts_.acceptance.store.find_report(number, caller.scope()));
    if (!found) return std::nullopt;
    HEYAN_TRY(service::LogProof proof, service::log_proof_of(parts_.acceptance.signer, *found));
    if (proof.text.empty()) return core::fail(core::ErrorCode::kIo, "it has no proof");
    return std::move(proof.text);
  };
  auto proof = co_await exchange.workers().run(work);
  if (!proof) {
    co_await refuse(exchange, problem_of(Problem::kUnavailable));
    co_return;
  }
  if (!*proof) {
    co_await refuse(exchange, problem_of(Problem::kNotFound));
    co_return;
  }
  http::Answer answer = text_answer("text/plain; charset=utf-8", **std::move(proof));
  co_await say(exchange, std::move(answer));
}

Task<void> Api::withdraw(Exchange& exchange, Caller caller, std::string number) {
  const auto body = co_await read_whole_body(exchange, kWithdrawalBytes);
  if (!body) {
    co_await refuse(exchange, body.error());
    co_return;
  }
  const auto reason = reason_in(*body);
  if (!reason) {
    co_await refuse(exchange,
                    problem_of(Problem::kMalformedBody,
                               "the body is {\"reason\": \"court-order\"} or another reason"));
    co_return;
  }
  const auto work = [&] {
    return service::withdraw(parts_.acceptance, caller.scope(), number, *reason,
                             settings_.now_ms());
  };
  const auto done = co_await exchange.workers().run(work);
  if (!done && done.error().code == core::ErrorCode::kDuplicate) {
    co_await refuse(exchange, problem_of(Problem::kConflict, done.error().text));
    co_return;
  }
  if (!done) {
    co_await refuse(exchange, done.error());
    co_return;
  }
  if (!*done) {
    co_await refuse(exchange, problem_of(Problem::kNotFound));
    co_return;
  }
  http::Answer answer = json_answer(200, R"({"standing":"WITHDRAWN"})");
  co_await say(exchange, std::move(answer));
}

}  // namespace heyan::api
