// /v1/uploads: the files of a submission by tus 1.0.
#include "gateway/api/answers.h"
#include "gateway/api/api.h"
#include "gateway/api/tus.h"
#include "gateway/service/checksum.h"
#include "verifier/core/time.h"

namespace heyan::api {
namespace {

using core::ErrorCode;
using front::Exchange;
using front::Task;
using http::Method;
using http::Problem;

constexpr std::size_t kPieceBytes = 256u << 10;
// So often a long request is made to last, where no checksum of it is awaited.
constexpr std::uint64_t kCommitBytes = 64u << 20;
// Who wants an upload that another request is at waits so long for that one to let go of it.
constexpr std::chrono::milliseconds kHandOver{2'000};
constexpr std::chrono::milliseconds kBetweenTries{50};
constexpr std::string_view kTooSlow = "the bytes came too slowly; ask by HEAD where to go on";
constexpr std::string_view kMovedMeanwhile =
    "the upload has moved meanwhile; ask by HEAD where it is";
constexpr std::string_view kBodyType = "application/offset+octet-stream";

Task<void> refuse_tus(Exchange& exchange, Problem problem, std::string_view detail = {}) {
  http::Answer answer = http::problem_answer(problem_of(problem, detail), &exchange.head());
  if (problem == Problem::kPreconditionFailed) answer.set("tus-version", kTusVersion);
  co_await say(exchange, std::move(answer));
}

Problem problem_of_upload(const core::Error& error) {
  if (error.text == service::kElsewhere) return Problem::kElsewhere;
  if (error.text == kMovedMeanwhile) return Problem::kLocked;
  if (const auto lost = problem_of_lost_right(error)) return *lost;
  switch (error.code) {
    case ErrorCode::kNotFound:
      return Problem::kNotFound;
    case ErrorCode::kDuplicate:
    case ErrorCode::kChanged:
      return Problem::kConflict;
    case ErrorCode::kUnknown:
    case ErrorCode::kNotCanonical:
      return Problem::kDefects;
    case ErrorCode::kIo:
      // Bytes that stopped coming are no 408: standard clients ask where the upload is and go on
      // after 5xx, and take any other 4xx than 423 (some 409, too) for the end.
      return error.text == front::kBodyStopped ? Problem::kLocked : Problem::kUnavailable;
    default:
      return http::problem_of(error);
  }
}

Task<void> refuse_tus(Exchange& exchange, const core::Error& error) {
  const Problem problem = problem_of_upload(error);
  std::string_view why = http::row_of(problem).status >= 500 ? std::string_view() : error.text;
  if (front::is_deadline(error)) why = kTooSlow;
  co_await refuse_tus(exchange, problem, why);
}

http::Answer upload_answer(std::uint16_t status, std::uint64_t offset, std::int64_t expires_at_ms) {
  http::Answer answer;
  answer.status = status;
  answer.set("upload-offset", std::to_string(offset));
  answer.set("upload-expires", http::encode_http_date(std::chrono::floor<std::chrono::seconds>(
                                   core::from_unix_ms(expires_at_ms))));
  return answer;
}

// Of the whole file, where it was sent. Empty where it was not.
core::Result<core::Bytes> announced(const http::RequestHead& head) {
  const std::string* field = head.find("repr-digest");
  if (field == nullptr) return core::Bytes();
  return parse_repr_digest(*field);
}

// What a PATCH says about its bytes.
struct Piece {
  std::uint64_t offset = 0;
  core::Bytes expected;
  std::optional<Checksum> checksum;
};

core::Result<Piece> read_piece(const http::RequestHead& head) {
  const std::string* type = head.find("content-type");
  if (type == nullptr || *type != kBodyType) {
    return core::fail(ErrorCode::kUnsupported, "send application/offset+octet-stream");
  }
  const auto offset = parse_length(head.find("upload-offset"));
  if (!offset) return core::fail(ErrorCode::kMalformed, "Upload-Offset is missing or no number");
  Piece piece;
  piece.offset = *offset;
  HEYAN_TRY(piece.expected, announced(head));
  if (const std::string* field = head.find("upload-checksum")) {
    auto checksum = parse_checksum(*field);
    if (!checksum) return core::fail(ErrorCode::kMalformed, checksum.error().text);
    piece.checksum = *std::move(checksum);
  }
  return piece;
}

// Before its first byte. Who took an upload over could not know where the other would leave it, for
// HEAD says what was safe by then: that is no conflict, which standard clients take for the end.
core::Result<void> begin_piece(const Piece& piece, service::UploadWriter& writer, bool taken_over) {
  if (taken_over && piece.offset != writer.offset()) {
    return core::fail(ErrorCode::kChanged, kMovedMeanwhile);
  }
  if (writer.complete()) return core::fail(ErrorCode::kChanged, "the upload is complete");
  if (piece.offset != writer.offset()) {
    return core::fail(ErrorCode::kChanged, "Upload-Offset is not where the upload is");
  }
  return piece.expected.empty() ? core::Result<void>() : writer.expect(piece.expected);
}

// Where somebody else has the turn, and did not let go in time.
Task<void> refuse_turn(Exchange& exchange, const core::Error& error) {
  if (error.code == ErrorCode::kDuplicate) {
    co_await refuse_tus(exchange, Problem::kLocked, error.text);
  } else {
    co_await refuse_tus(exchange, error);
  }
}

}  // namespace

Task<void> Api::offer_uploads(Exchange& exchange, const Segments& path) {
  if (path.size() > 3) {
    co_await refuse_tus(exchange, Problem::kNotFound);
    co_return;
  }
  http::Answer answer;
  answer.status = 204;
  answer.set("tus-version", kTusVersion).set("tus-extension", kTusExtensions);
  answer.set("tus-checksum-algorithm", kTusChecksums);
  answer.set("tus-max-size", std::to_string(parts_.receiver.largest_file()));
  co_await say(exchange, std::move(answer));
}

Task<void> Api::uploads(Recorded& exchange, Caller caller, const Segments& path) {
  const Method method = exchange.head().method;
  const bool collection = path.size() == 2;
  if (path.size() > 3) {
    co_await refuse_tus(exchange, Problem::kNotFound);
    co_return;
  }
  const bool allowed =
      collection ? method == Method::kPost
                 : method == Method::kHead || method == Method::kPatch || method == Method::kDelete;
  if (!allowed) {
    co_await refuse_method(exchange, collection ? "OPTIONS, POST" : "DELETE, HEAD, OPTIONS, PATCH");
    co_return;
  }
  const std::string* version = exchange.head().find("tus-resumable");
  if (version == nullptr || *version != kTusVersion) {
    co_await refuse_tus(exchange, Problem::kPreconditionFailed, "send Tus-Resumable: 1.0.0");
    co_return;
  }
  if (collection) {
    co_await begin_upload(exchange, caller);
  } else if (method == Method::kHead) {
    co_await upload_state(exchange, caller, path[2]);
  } else if (method == Method::kPatch) {
    co_await continue_upload(exchange, caller, path[2]);
  } else {
    co_await drop_upload(exchange, caller, path[2]);
  }
}

Task<void> Api::begin_upload(Recorded& exchange, Caller caller) {
  // The pieces that follow have their room reserved.
  const std::string lacking = co_await lack(exchange);
  if (!lacking.empty()) {
    co_await refuse_tus(exchange, Problem::kUnavailable, lacking);
    co_return;
  }
  const http::RequestHead& head = exchange.head();
  const auto size = parse_length(head.find("upload-length"));
  const std::string* field = head.find("upload-metadata");
  const auto metadata = parse_metadata(field == nullptr ? "" : *field);
  const auto expected = announced(head);
  if (!size) {
    co_await refuse_tus(exchange, Problem::kMalformedRequest,
                        "Upload-Length is missing or no number");
    co_return;
  }
  if (!metadata || !expected) {
    co_await refuse_tus(exchange, Problem::kMalformedRequest,
                        !metadata ? metadata.error().text : expected.error().text);
    co_return;
  }
  const auto work = [&]() -> core::Result<std::optional<store::Upload>> {
    HEYAN_TRY(const std::string id,
              parts_.receiver.begin_upload(caller.sending(), metadata->submission, metadata->path,
                                           *size, *expected, *field));
    return parts_.receiver.find(caller.sending(), id);
  };
  const auto begun = co_await exchange.workers().run(work);
  if (!begun && begun.error().code == ErrorCode::kLimit) {
    const service::Refused refused =
        service::refused_by(parts_.acceptance.limits, begun.error(), metadata->path);
    http::Answer answer = http::problem_answer(problem_of(refused), &exchange.head());
    co_await say(exchange, std::move(answer));
    co_return;
  }
  if (!begun && begun.error().text == service::kNoRoom) {
    parts_.observer.submitted("disk");
    co_await refuse_tus(exchange, Problem::kUnavailable, service::kNoRoom);
    co_return;
  }
  if (!begun) {
    co_await refuse_tus(exchange, begun.error());
    co_return;
  }
  if (!*begun) {
    co_await refuse_tus(exchange, Problem::kUnavailable);
    co_return;
  }
  exchange.concerns(metadata->submission);
  exchange.about_file(metadata->path);
  exchange.about("upload", (*begun)->id);
  http::Answer answer = upload_answer(201, (*begun)->offset, (*begun)->expires_at_ms);
  answer.set("location", "/v1/uploads/" + (*begun)->id);
  co_await say(exchange, std::move(answer));
}

Task<void> Api::upload_state(Exchange& exchange, Caller caller, std::string id) {
  const auto work = [&] { return parts_.receiver.find(caller.sending(), id); };
  const auto found = co_await exchange.workers().run(work);
  if (!found || !*found) {
    co_await refuse_tus(exchange, found ? Problem::kNotFound : problem_of_upload(found.error()));
    co_return;
  }
  http::Answer answer = upload_answer(200, (*found)->offset, (*found)->expires_at_ms);
  answer.set("upload-length", std::to_string((*found)->size));
  // Of an upload from before these were kept there is none.
  if (!(*found)->metadata.empty()) answer.set("upload-metadata", (*found)->metadata);
  co_await say(exchange, std::move(answer));
}

// The bytes of one request; those before an error are kept, unless they are held against a digest.
// Nor are they where they are the last: a file is whole once the request has ended well, whose
// sender is looked at then (Recorded::look_again).
Task<core::Result<void>> Api::receive_piece(Exchange& exchange, service::UploadWriter& writer,
                                            service::PieceDigest* digest) {
  exchange.limit_body(writer.size() - writer.offset());
  exchange.stop_body_when([&writer] { return writer.is_wanted(); });
  std::vector<std::uint8_t> piece(kPieceBytes);
  std::uint64_t uncommitted = 0;
  core::Result<void> outcome;
  const bool together = digest != nullptr || exchange.head().find("content-digest") != nullptr;
  while (outcome) {
    const auto count = co_await exchange.read_body(piece);
    if (!count || *count == 0) {
      if (!count) outcome = std::unexpected(count.error());
      break;
    }
    const bool last = writer.offset() + *count >= writer.size();
    const bool commit = !together && !last && (uncommitted += *count) >= kCommitBytes;
    const auto keep = [&]() -> core::Result<void> {
      const core::ByteView bytes = core::ByteView(piece).first(*count);
      if (digest != nullptr) digest->update(bytes);
      HEYAN_CHECK_OK(writer.append(bytes));
      if (commit) return writer.commit();
      return {};
    };
    const auto kept = co_await exchange.workers().run(keep);
    if (!kept) outcome = kept;
    if (commit) uncommitted = 0;
  }
  const auto end = [&]() -> core::Result<void> {
    const bool whole = writer.offset() == writer.size();
    if (!outcome && (together || whole)) return writer.discard();
    if (digest != nullptr && !digest->matches()) return writer.discard();
    return writer.commit();
  };
  const auto ended = co_await exchange.workers().run(end);
  if (outcome && !ended) co_return ended;
  co_return outcome;
}

// The turn at an upload. Who has it may be a connection that died and does not look it: it is told
// that its turn is wanted, keeps what it received as if the connection had broken, and lets go. So
// a client that lost its connection goes on at once, and not when that connection's time is over.
Task<core::Result<Api::UploadTurn>> Api::take_turn(Exchange& exchange, const Caller& caller,
                                                   std::string_view id) {
  const auto until = std::chrono::steady_clock::now() + kHandOver;
  const auto open = [&] { return parts_.receiver.open(caller.sending(), std::string(id)); };
  front::Signal nobody;  // waits and holds no worker
  for (bool waited = false;; waited = true) {
    auto writer = co_await exchange.workers().run(open);
    if (writer) co_return UploadTurn{.writer = *std::move(writer), .taken_over = waited};
    const bool busy = writer.error().code == ErrorCode::kDuplicate;
    if (!busy || std::chrono::steady_clock::now() >= until) {
      co_return std::unexpected(writer.error());
    }
    [[maybe_unused]] const bool woken = co_await nobody.wait(nobody.count(), kBetweenTries);
  }
}

Task<void> Api::continue_upload(Exchange& exchange, Caller caller, std::string id) {
  const auto piece = read_piece(exchange.head());
  if (!piece) {
    co_await refuse_tus(exchange, piece.error());
    co_return;
  }
  auto turn = co_await take_turn(exchange, caller, id);
  if (!turn) {
    co_await refuse_turn(exchange, turn.error());
    co_return;
  }
  service::UploadWriter& writer = turn->writer;
  std::optional<service::PieceDigest> digest;
  if (piece->checksum) digest.emplace(piece->checksum->algorithm, piece->checksum->digest);
  core::Result<void> outcome = begin_piece(*piece, writer, turn->taken_over);
  if (outcome) {
    const auto received = co_await receive_piece(exchange, writer, digest ? &*digest : nullptr);
    outcome = received;
  }
  const bool differs = outcome && digest && !digest->matches();
  const std::uint64_t offset = writer.offset();
  // Another request may go on at once, and waits for no client that is gone to be told.
  const auto close = [&] { const service::UploadWriter closing = std::move(writer); };
  co_await exchange.workers().run(close);
  if (!outcome) {
    co_await refuse_tus(exchange, outcome.error());
    co_return;
  }
  if (differs) {
    co_await refuse_tus(exchange, Problem::kChecksumMismatch, "the bytes were not kept");
    co_return;
  }
  http::Answer answer =
      upload_answer(204, offset, settings_.now_ms() + settings_.upload_life.count());
  co_await say(exchange, std::move(answer));
}

Task<void> Api::drop_upload(Exchange& exchange, Caller caller, std::string id) {
  auto turn = co_await take_turn(exchange, caller, id);
  if (!turn) {
    co_await refuse_turn(exchange, turn.error());
    co_return;
  }
  const auto work = [&] { return parts_.receiver.drop(std::move(turn->writer)); };
  const auto dropped = co_await exchange.workers().run(work);
  if (!dropped) {
    co_await refuse_tus(exchange, dropped.error());
    co_return;
  }
  http::Answer answer;
  answer.status = 204;
  co_await say(exchange, std::move(answer));
}

}  // namespace heyan::api
