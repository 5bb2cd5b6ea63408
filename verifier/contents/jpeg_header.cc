#include "verifier/contents/jpeg_header.h"

#include <array>
#include <optional>
#include <utility>

#include "verifier/contents/jpeg_tables.h"
#include "verifier/core/cursor.h"

namespace heyan::contents {
namespace {

using core::ErrorCode;
using core::fail;

constexpr std::size_t kMostSegments = 4096;
constexpr std::size_t kReadOfSegment = 1024;  // all that is looked at
constexpr std::string_view kExif("Exif\0", 5);
constexpr std::string_view kXmp("http://ns.adobe.com/xap/1.0/\0", 29);
constexpr std::string_view kJfif("JFIF\0", 5);

constexpr std::uint8_t kStart = 0xd8;
constexpr std::uint8_t kEnd = 0xd9;
constexpr std::uint8_t kScan = 0xda;
constexpr std::uint8_t kTables = 0xdb;
constexpr std::uint8_t kApp0 = 0xe0;
constexpr std::uint8_t kApp1 = 0xe1;

// SOF0 to SOF15, without DHT, JPG and DAC, which stand between them.
bool is_frame(std::uint8_t marker) {
  return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}
bool is_progressive(std::uint8_t marker) { return (marker & 0x03) == 0x02; }
// Stands alone, without a length: RST, TEM, SOI, EOI.
bool has_no_length(std::uint8_t marker) {
  return marker == 0x01 || (marker >= 0xd0 && marker <= kEnd) || marker == 0x00;
}

class HeaderReader {
 public:
  explicit HeaderReader(const ByteSource& source) : source_(source) {}

  core::Result<JpegHeader> read() {
    HEYAN_TRY(const std::uint8_t start, take_marker());
    if (start != kStart) return fail(ErrorCode::kMalformed, "no start of an image");
    while (true) {
      const std::uint64_t begin = offset_;
      HEYAN_TRY(const std::uint8_t marker, take_marker());
      if (marker == kScan) {
        header_.scan = begin;
        break;
      }
      if (has_no_length(marker)) return fail(ErrorCode::kMalformed, "a marker has no place here");
      if (header_.segments.size() == kMostSegments) {
        return fail(ErrorCode::kLimit, "the image has too many segments");
      }
      HEYAN_CHECK_OK(take_segment(marker, begin));
    }
    name_tables();
    return std::move(header_);
  }

 private:
  // Any number of 0xFF may stand before it; a limit keeps a file of nothing else short.
  core::Result<std::uint8_t> take_marker() {
    HEYAN_TRY(const core::Bytes bytes, read_some(source_, offset_, 64));
    if (bytes.empty()) return fail(ErrorCode::kTruncated, "the image ends in its header");
    if (bytes.front() != 0xff) return fail(ErrorCode::kMalformed, "a marker is missing");
    for (std::size_t i = 1; i < bytes.size(); ++i) {
      if (bytes[i] == 0xff) continue;
      offset_ += i + 1;
      return bytes[i];
    }
    return fail(ErrorCode::kMalformed, "a marker is missing");
  }

  core::Result<void> take_segment(std::uint8_t marker, std::uint64_t begin) {
    HEYAN_TRY(const core::Bytes bytes, read_some(source_, offset_, kReadOfSegment));
    core::Cursor cursor(bytes);
    HEYAN_TRY(const std::uint16_t length, cursor.take_u16());
    if (length < 2) return fail(ErrorCode::kMalformed, "a segment is shorter than its length");
    if (length > source_.size() - offset_) {
      return fail(ErrorCode::kTruncated, "the image ends within a segment");
    }
    const core::ByteView rest = core::ByteView(bytes).subspan(2);
    const core::ByteView content = rest.first(std::min<std::size_t>(rest.size(), length - 2u));
    offset_ += length;
    header_.segments.push_back({.marker = marker, .begin = begin, .end = offset_});
    if (marker == kTables) return take_tables(content);
    if (is_frame(marker)) return take_frame(marker, content);
    const std::string_view text = core::as_text(content);
    v1::JpegTraces& traces = header_.traces;
    if (marker == kApp0 && text.starts_with(kJfif)) traces.set_jfif(true);
    if (marker == kApp1 && text.starts_with(kExif)) traces.set_exif(true);
    if (marker == kApp1 && text.starts_with(kXmp)) traces.set_xmp(true);
    return {};
  }

  // Of 8 bits; those of 16 are of no encoder that is looked for.
  core::Result<void> take_tables(core::ByteView content) {
    core::Cursor cursor(content);
    while (!cursor.at_end()) {
      HEYAN_TRY(const std::uint8_t head, cursor.take_byte());
      const std::size_t place = head & 0x0fu;
      if (place >= tables_.size() || head >> 4 > 1) {
        return fail(ErrorCode::kMalformed, "a quantisation table has no such place");
      }
      const bool wide = head >> 4 == 1;
      HEYAN_TRY(const core::ByteView values, cursor.take(wide ? 128 : 64));
      tables_.at(place).reset();
      if (wide) continue;
      QuantisationTable& table = tables_.at(place).emplace();
      std::ranges::copy(values, table.begin());
    }
    return {};
  }

  // Precision, height, width, then of each component: id, sampling, place of its table.
  core::Result<void> take_frame(std::uint8_t marker, core::ByteView content) {
    if (std::exchange(framed_, true))
      return fail(ErrorCode::kMalformed, "the image has two frames");
    header_.traces.set_progressive(is_progressive(marker));
    core::Cursor cursor(content);
    HEYAN_CHECK_OK(cursor.take(5));
    HEYAN_TRY(const std::uint8_t count, cursor.take_byte());
    for (std::uint8_t i = 0; i < count; ++i) {
      HEYAN_TRY(const core::ByteView component, cursor.take(3));
      places_.push_back(component[2]);
    }
    return cursor.expect_end();
  }

  const QuantisationTable* table_of(std::size_t component) const {
    if (component >= places_.size() || places_[component] >= tables_.size()) return nullptr;
    const auto& table = tables_.at(places_[component]);
    return table ? &*table : nullptr;
  }

  void name_tables() {
    const QuantisationTable* luminance = table_of(0);
    const QuantisationTable* chrominance = table_of(1);
    if (luminance == nullptr) return;
    if (chrominance == nullptr && places_.size() > 1) return;
    const auto known = find_tables(*luminance, chrominance);
    if (!known) return;
    header_.traces.set_tables(known->base);
    header_.traces.set_quality(known->quality);
  }

  const ByteSource& source_;
  std::uint64_t offset_ = 0;
  JpegHeader header_;
  std::array<std::optional<QuantisationTable>, 4> tables_;
  bool framed_ = false;
  std::vector<std::uint8_t> places_;  // of each component's table
};

}  // namespace

core::Result<JpegHeader> read_jpeg_header(const ByteSource& source) {
  return HeaderReader(source).read();
}

}  // namespace heyan::contents
