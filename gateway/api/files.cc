// The files of a submission as they were received: case.json, evidence and proofs.
//
// Threat: whoever filed them wants a browser to run them. They leave as attachments of no type that
// a browser renders, and no other name than their own (security decision 26).
#include <algorithm>

#include "gateway/api/answers.h"
#include "gateway/api/api.h"
#include "gateway/api/stored.h"
#include "gateway/api/withheld.h"
#include "gateway/http/percent.h"

namespace heyan::api {
namespace {

using front::Exchange;
using front::Task;
using http::Problem;
using service::ServedFile;

// RFC 8187, attr-char: all else is written as its bytes.
constexpr std::string_view kNameMarks = "!#$&+-.^_`|~";

std::string disposition_of(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  return "attachment; filename*=UTF-8''" + http::percent_encode(name, kNameMarks);
}

}  // namespace

core::Result<std::optional<Stored>> open_stored(const service::Acceptance& with,
                                                const store::Scope& scope, const std::string& id,
                                                const std::string& path) {
  // Before what says whether it was deleted: what it had until then is no other than was signed.
  HEYAN_TRY(auto files, with.store.files(id, scope));
  HEYAN_TRY(const auto submission, with.store.find_submission(id, scope));
  if (!submission) return std::nullopt;
  if (submission->deleted) return core::fail(core::ErrorCode::kUnsupported, store::kDeletedText);
  const auto stored = std::ranges::find(files, path, &store::StoredFile::path);
  HEYAN_CHECK_OK(with.signer.receipts().confirm(*submission, files));
  if (stored == files.end()) return std::nullopt;
  HEYAN_TRY(store::Scan scan, with.store.find_scan(id, stored->sha256, scope));
  HEYAN_TRY(ServedFile file,
            ServedFile::open(with.vault, {.court = submission->court, .submission = id},
                             std::move(*stored)));
  return Stored{.file = std::move(file), .court = submission->court, .scan = std::move(scan)};
}

Task<void> Api::refuse_file(Exchange& exchange, const core::Error& error) {
  if (is_deleted(error)) {
    co_await refuse(exchange, deleted_problem());
    co_return;
  }
  const bool differs = error.code == core::ErrorCode::kChanged;
  if (differs) parts_.observer.stored_bytes_differ();
  co_await refuse(exchange,
                  problem_of(differs ? Problem::kStoredBytesDiffer : Problem::kUnavailable));
}

// One piece at a time; the last leaves when all bytes are those that were received. Where they are
// not, and some have left already, the connection is cut.
Task<void> Api::send_file(Exchange& exchange, http::Answer answer, ServedFile& file,
                          core::Bytes piece) {
  const auto begun = co_await exchange.begin_stream(std::move(answer));
  if (!begun) co_return;
  const auto read = [&file] { return file.next(); };
  // Only bytes that leave are hashed again.
  while (!piece.empty() && exchange.head().method != http::Method::kHead) {
    const auto sent = co_await exchange.send(piece);
    if (!sent) co_return;
    auto next = co_await exchange.workers().run(read);
    if (!next) {
      parts_.observer.stored_bytes_differ();
      co_return;
    }
    piece = *std::move(next);
  }
  [[maybe_unused]] const auto ended = co_await exchange.end_stream();
}

Task<void> Api::stored_file(Recorded& exchange, Caller caller, std::string id, std::string path) {
  const auto open = [&] { return open_stored(parts_.acceptance, caller.scope(), id, path); };
  auto stored = co_await exchange.workers().run(open);
  if (!stored) {
    co_await refuse_file(exchange, stored.error());
    co_return;
  }
  if (!*stored) {
    co_await refuse(exchange, problem_of(Problem::kNotFound));
    co_return;
  }
  exchange.concerns(id);
  const auto refusal = withheld(path, (*stored)->scan, settings_.scans);
  const std::string* confirm = exchange.head().target.find_query("confirm");
  if (refusal && !is_confirmed(*refusal, caller.role, confirm)) {
    co_await refuse(exchange, *refusal);
    co_return;
  }
  if (refusal) exchange.about("confirmed", refusal->errors.at(0).code);
  ServedFile& file = (*stored)->file;
  const bool bytes = exchange.head().method != http::Method::kHead;
  const auto read = [&]() -> core::Result<core::Bytes> {
    if (!bytes) return core::Bytes();
    return file.next();
  };
  auto piece = co_await exchange.workers().run(read);
  if (!piece) {
    co_await refuse_file(exchange, piece.error());
    co_return;
  }
  const bool json = path == service::kCaseFile;
  http::Answer answer = text_answer(json ? "application/json" : "application/octet-stream", {});
  answer.set("content-disposition", disposition_of(path));
  answer.set("repr-digest", "sha-256=:" + core::to_base64(file.file().sha256) + ":");
  co_await send_file(exchange, std::move(answer), file, *std::move(piece));
}

}  // namespace heyan::api
