#include "verifier/uploads/pictures.h"

#include "verifier/contents/file_type.h"
#include "verifier/contents/jpeg_header.h"

namespace heyan::uploads {
namespace {

using contents::ByteSource;
using core::ByteView;
using core::ErrorCode;
using core::fail;
using core::Result;

constexpr std::size_t kMostChunks = 100'000;

std::uint64_t big_endian(core::ByteView bytes, std::size_t at, std::size_t width) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < width; ++i) value = value << 8 | bytes[at + i];
  return value;
}

Result<core::Bytes> take(const ByteSource& source, std::uint64_t offset, std::size_t count) {
  HEYAN_TRY(core::Bytes bytes, contents::read_some(source, offset, count));
  if (bytes.size() < count) return fail(ErrorCode::kTruncated, "the picture is cut off");
  return bytes;
}

Result<Picture> look_at_png(const ByteSource& source) {
  constexpr std::uint64_t kSignature = 8;
  constexpr std::uint64_t kAround = 12;  // length, name and CRC of a chunk
  HEYAN_TRY(const core::Bytes head, take(source, kSignature, 8 + 8));
  if (core::as_text(core::ByteView(head).subspan(4, 4)) != "IHDR") {
    return fail(ErrorCode::kMalformed, "a PNG without its header");
  }
  Picture picture{.pixels = big_endian(head, 8, 4) * big_endian(head, 12, 4), .trailing = false};
  std::uint64_t at = kSignature;
  for (std::size_t count = 0; count < kMostChunks; ++count) {
    HEYAN_TRY(const core::Bytes chunk, take(source, at, 8));
    at += kAround + big_endian(chunk, 0, 4);
    if (at > source.size()) return fail(ErrorCode::kTruncated, "a chunk of the PNG is cut off");
    if (core::as_text(core::ByteView(chunk).subspan(4, 4)) != "IEND") continue;
    picture.trailing = at < source.size();
    return picture;
  }
  return fail(ErrorCode::kLimit, "a PNG of too many chunks");
}

// Follows the markers from the first scan on to the end of the image (T.81 B.1.1.2, B.1.1.5).
class JpegEnd {
 public:
  void take(ByteView bytes) {
    for (const std::uint8_t byte : bytes) take(byte);
  }
  // Of bytes after it; 0 also where there is no end.
  std::uint64_t behind() const { return behind_; }

 private:
  void take(std::uint8_t byte) {
    if (ended_) {
      ++behind_;
    } else if (skip_ > 0) {
      --skip_;
    } else if (length_bytes_ > 0) {
      length_ = length_ << 8 | byte;
      if (--length_bytes_ == 0) skip_ = length_ < 2 ? 0 : length_ - 2;
    } else if (!after_ff_) {
      after_ff_ = byte == 0xff;
    } else {
      marker(byte);
    }
  }
  void marker(std::uint8_t byte) {
    after_ff_ = byte == 0xff;  // a fill byte
    ended_ = byte == 0xd9;
    const bool alone = byte == 0x00 || byte == 0x01 || (byte >= 0xd0 && byte <= 0xd7);
    if (after_ff_ || ended_ || alone) return;
    length_ = 0;
    length_bytes_ = 2;
  }

  std::uint64_t behind_ = 0;
  std::uint64_t skip_ = 0;
  std::uint64_t length_ = 0;
  int length_bytes_ = 0;
  bool after_ff_ = false;
  bool ended_ = false;
};

Result<Picture> look_at_jpeg(const ByteSource& source) {
  HEYAN_TRY(const contents::JpegHeader header, contents::read_jpeg_header(source));
  for (const contents::JpegSegment& segment : header.segments) {
    const bool frame = segment.marker >= 0xc0 && segment.marker <= 0xcf && segment.marker != 0xc4 &&
                       segment.marker != 0xc8 && segment.marker != 0xcc;
    if (!frame) continue;
    HEYAN_TRY(const core::Bytes sizes, take(source, segment.begin + 5, 4));
    JpegEnd end;
    HEYAN_CHECK_OK(contents::read_range(source, header.scan, source.size(),
                                        [&](ByteView chunk) { end.take(chunk); }));
    return Picture{.pixels = big_endian(sizes, 0, 2) * big_endian(sizes, 2, 2),
                   .trailing = end.behind() > 0};
  }
  return fail(ErrorCode::kMalformed, "a JPEG without a frame");
}

Result<Picture> look_at_gif(const ByteSource& source) {
  HEYAN_TRY(const core::Bytes sizes, take(source, 6, 4));
  const std::uint64_t width = sizes[0] | std::uint64_t{sizes[1]} << 8;
  const std::uint64_t height = sizes[2] | std::uint64_t{sizes[3]} << 8;
  return Picture{.pixels = width * height, .trailing = false};
}

}  // namespace

Result<std::optional<Picture>> look_at_picture(const ByteSource& source,
                                               std::string_view media_type) {
  if (media_type == "image/png") return look_at_png(source);
  if (media_type == contents::kJpeg) return look_at_jpeg(source);
  if (media_type == "image/gif") return look_at_gif(source);
  return std::nullopt;
}

}  // namespace heyan::uploads
