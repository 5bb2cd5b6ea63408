#include "gateway/front/answer_writer.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>

namespace heyan::front {
namespace {

using core::ErrorCode;

constexpr std::size_t kPiece = 64u << 10;
constexpr std::size_t kFilePiece = 256u << 10;

std::string chunk_line(std::size_t size) {
  std::array<char, 16> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), size, 16).ptr;
  return std::string(digits.data(), end) + "\r\n";
}

// Up to the size of `space`; 0 at the end of the file.
core::Result<std::size_t> read_at(int file, std::span<std::uint8_t> space, std::uint64_t offset) {
  while (true) {
    const ssize_t count = ::pread(file, space.data(), space.size(), static_cast<off_t>(offset));
    if (count >= 0) return static_cast<std::size_t>(count);
    if (errno != EINTR) return core::fail(ErrorCode::kIo, "a file could not be read");
  }
}

}  // namespace

void AnswerWriter::reset(bool bodiless, bool close) {
  state_ = State::kNone;
  status_ = 0;
  body_bytes_ = 0;
  bodiless_ = bodiless;
  close_ = close;
}

bool AnswerWriter::has_body() const {
  return !bodiless_ && status_ >= 200 && status_ != 204 && status_ != 304;
}

core::Result<std::string> AnswerWriter::begin(const http::Answer& answer,
                                              std::optional<std::uint64_t> length) {
  if (begun()) return core::fail(ErrorCode::kInternal, "a second answer to one request");
  const http::AnswerFraming framing{
      .length = length,
      .close = close_,
      .secure = connection_.peer().secure,
      .now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now())};
  HEYAN_TRY(std::string head, http::encode_head(answer, framing));
  state_ = State::kBegun;
  status_ = answer.status;
  return head;
}

Task<core::Result<void>> AnswerWriter::put(core::ByteView bytes) {
  while (!bytes.empty()) {
    const core::ByteView piece = bytes.first(std::min(bytes.size(), kPiece));
    connection_.expires_after(options_.write);
    const auto written = co_await connection_.write_all(piece);
    if (!written.has_value()) co_return written;
    bytes = bytes.subspan(piece.size());
  }
  connection_.expires_never();
  co_return core::Result<void>();
}

Task<core::Result<void>> AnswerWriter::write(http::Answer answer) {
  auto head = begin(answer, answer.body.size());
  if (!head.has_value()) co_return std::unexpected(head.error());
  std::string bytes = *std::move(head);
  if (has_body()) bytes += answer.body;
  const auto written = co_await put(core::as_bytes(bytes));
  if (!written.has_value()) co_return written;
  state_ = State::kDone;
  if (has_body()) body_bytes_ = answer.body.size();
  co_return written;
}

Task<core::Result<void>> AnswerWriter::write_file(http::Answer answer, os::Descriptor file,
                                                  std::uint64_t offset, std::uint64_t size,
                                                  Workers& workers) {
  auto head = begin(answer, size);
  if (!head.has_value()) co_return std::unexpected(head.error());
  const auto begun = co_await put(core::as_bytes(*head));
  if (!begun.has_value()) co_return begun;
  core::Bytes piece;
  std::uint64_t left = has_body() ? size : 0;
  while (left > 0) {
    piece.resize(static_cast<std::size_t>(std::min<std::uint64_t>(left, kFilePiece)));
    const auto reading = [&piece, &file, offset] { return read_at(file.get(), piece, offset); };
    const auto count = co_await workers.run(reading);
    if (!count.has_value()) co_return std::unexpected(count.error());
    if (*count == 0) co_return core::fail(ErrorCode::kChanged, "a file is shorter than it was");
    const auto written = co_await put(core::ByteView(piece).first(*count));
    if (!written.has_value()) co_return written;
    body_bytes_ += *count;
    left -= *count;
    offset += *count;
  }
  state_ = State::kDone;
  co_return core::Result<void>();
}

Task<core::Result<void>> AnswerWriter::begin_stream(http::Answer answer) {
  auto head = begin(answer, std::nullopt);
  if (!head.has_value()) co_return std::unexpected(head.error());
  const auto begun = co_await put(core::as_bytes(*head));
  if (begun.has_value()) state_ = State::kStream;
  co_return begun;
}

Task<core::Result<void>> AnswerWriter::send(core::ByteView piece) {
  if (state_ != State::kStream) co_return core::fail(ErrorCode::kInternal, "no stream is open");
  if (piece.empty() || !has_body()) co_return core::Result<void>();  // an empty chunk is the end
  core::Bytes chunk = core::to_bytes(chunk_line(piece.size()));
  chunk.insert(chunk.end(), piece.begin(), piece.end());
  chunk.push_back('\r');
  chunk.push_back('\n');
  const auto written = co_await put(chunk);
  if (written.has_value()) {
    body_bytes_ += piece.size();
  } else {
    state_ = State::kBegun;
  }
  co_return written;
}

Task<core::Result<void>> AnswerWriter::end_stream() {
  if (state_ != State::kStream) co_return core::fail(ErrorCode::kInternal, "no stream is open");
  const std::string_view last = has_body() ? "0\r\n\r\n" : "";
  const auto written = co_await put(core::as_bytes(last));
  state_ = written.has_value() ? State::kDone : State::kBegun;
  co_return written;
}

}  // namespace heyan::front
