#include "verifier/uploads/pdf_names.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace heyan::uploads {
namespace {

using core::ByteView;
using core::Result;

constexpr std::array<std::string_view, 9> kActive = {
    "JavaScript", "JS", "Launch", "SubmitForm", "ImportData", "RichMedia", "XFA", "Movie", "AA"};
constexpr std::size_t kMostNameBytes = 127;
constexpr std::size_t kMostStreams = 4'096;
constexpr std::uint64_t kMostInflated = 64u << 20;

bool is_regular(char c) {
  constexpr std::string_view kOthers("\0\t\n\f\r ()<>[]{}/%", 16);
  return !kOthers.contains(c);
}

// Up to eight characters as one number, so that the last ones of a file are compared at once.
constexpr std::uint64_t number_of(std::string_view text) {
  std::uint64_t number = 0;
  for (const char c : text) number = number << 8 | static_cast<std::uint8_t>(c);
  return number;
}
constexpr std::uint64_t kFiveBytes = 0xff'ffff'ffff;

// "J#53" is "JS" (7.3.5).
std::string undone(std::string_view name) {
  std::string text;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const auto octet = name[i] == '#' ? core::from_hex(name.substr(i + 1, 2)) : std::nullopt;
    const bool escaped = octet && octet->size() == 1;
    text += escaped ? static_cast<char>(octet->front()) : name[i];
    if (escaped) i += 2;
  }
  return text;
}

// Words of a PDF, byte by byte; the data of streams is passed over.
class Scanner {
 public:
  explicit Scanner(PdfNames& found) : found_(found) {}

  void take(ByteView bytes) {
    for (const std::uint8_t byte : bytes) take(static_cast<char>(byte));
  }
  void finish() { end_word(); }
  // Where the data of object streams begins.
  const std::vector<std::uint64_t>& object_streams() const { return object_streams_; }
  std::uint64_t end_of_file() const { return end_of_file_; }

 private:
  void take(char c) {
    ++offset_;
    last_ = last_ << 8 | static_cast<std::uint8_t>(c);
    if ((last_ & kFiveBytes) == number_of("%%EOF")) end_of_file_ = offset_;
    if (in_stream_) {
      in_stream_ = last_ != number_of("ndstream");
      return;
    }
    if (is_regular(c)) {
      if (word_.size() <= kMostNameBytes) word_ += c;
      return;
    }
    end_word();
    is_name_ = c == '/';
    if (after_stream_ && c != '\r') {
      after_stream_ = false;
      if (c != '\n') return;
      in_stream_ = true;
      if (objects_ && object_streams_.size() < kMostStreams) object_streams_.push_back(offset_);
      objects_ = false;
    }
  }

  void end_word() {
    if (word_.empty()) return;
    if (is_name_) {
      name(undone(word_));
    } else if (word_ == "stream") {
      after_stream_ = true;
    } else if (word_ == "endobj") {
      objects_ = false;
    }
    word_.clear();
    is_name_ = false;
  }

  void name(const std::string& name) {
    found_.active = found_.active || std::ranges::find(kActive, name) != kActive.end();
    found_.encrypted = found_.encrypted || name == "Encrypt";
    objects_ = objects_ || name == "ObjStm";
  }

  PdfNames& found_;
  std::uint64_t offset_ = 0;  // of the byte after the one that was taken
  std::uint64_t end_of_file_ = 0;
  std::uint64_t last_ = 0;  // eight bytes
  std::string word_;
  bool is_name_ = false;
  bool after_stream_ = false;
  bool in_stream_ = false;
  bool objects_ = false;
  std::vector<std::uint64_t> object_streams_;
};

class Inflater {
 public:
  Inflater() { ready_ = ::inflateInit(&stream_) == Z_OK; }
  ~Inflater() {
    if (ready_) ::inflateEnd(&stream_);
  }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  // False: no more is to come.
  bool take(ByteView packed, std::uint64_t& budget, Scanner& scanner) {
    std::array<std::uint8_t, 16384> out{};
    stream_.next_in = const_cast<Bytef*>(packed.data());  // zlib only reads it
    stream_.avail_in = static_cast<uInt>(packed.size());
    while (ready_ && stream_.avail_in > 0 && budget > 0) {
      stream_.next_out = out.data();
      stream_.avail_out = static_cast<uInt>(std::min<std::uint64_t>(out.size(), budget));
      const uInt before = stream_.avail_out;
      const int result = ::inflate(&stream_, Z_NO_FLUSH);
      const std::size_t count = before - stream_.avail_out;
      budget -= count;
      scanner.take(ByteView(out).first(count));
      if (result != Z_OK) return false;
    }
    return ready_ && budget > 0;
  }

 private:
  z_stream stream_{};
  bool ready_ = false;
};

Result<void> scan_object_stream(const contents::ByteSource& source, std::uint64_t at,
                                std::uint64_t& budget, PdfNames& found) {
  constexpr std::size_t kPiece = 64u << 10;
  Inflater inflater;
  Scanner scanner(found);
  while (true) {
    HEYAN_TRY(const core::Bytes piece, contents::read_some(source, at, kPiece));
    if (piece.empty() || !inflater.take(piece, budget, scanner)) break;
    at += piece.size();
  }
  scanner.finish();
  return {};
}

}  // namespace

Result<PdfNames> read_pdf_names(const contents::ByteSource& source) {
  constexpr std::size_t kLineEnds = 4;
  PdfNames found;
  Scanner scanner(found);
  HEYAN_CHECK_OK(
      contents::read_range(source, 0, source.size(), [&](ByteView chunk) { scanner.take(chunk); }));
  scanner.finish();
  std::uint64_t budget = kMostInflated;
  for (const std::uint64_t at : scanner.object_streams()) {
    HEYAN_CHECK_OK(scan_object_stream(source, at, budget, found));
  }
  found.ended = scanner.end_of_file() > 0;
  HEYAN_TRY(const core::Bytes rest,
            contents::read_some(source, scanner.end_of_file(), kLineEnds + 1));
  found.trailing =
      found.ended && (rest.size() > kLineEnds || !std::ranges::all_of(rest, [](std::uint8_t c) {
                        return c == '\r' || c == '\n' || c == ' ';
                      }));
  return found;
}

}  // namespace heyan::uploads
