#include <zlib.h>

#include <array>

#include "verifier/contents/packed.h"

namespace heyan::contents {
namespace {

using core::ErrorCode;
using core::fail;

constexpr int kGzipOnly = 16 + MAX_WBITS;
constexpr std::size_t kOutBytes = 64u << 10;

class Inflater {
 public:
  explicit Inflater(Candidates& candidates)
      : candidates_(candidates), digesting_(candidates.hashes()) {}
  ~Inflater() { ::inflateEnd(&stream_); }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  core::Result<void> begin() {
    if (::inflateInit2(&stream_, kGzipOnly) == Z_OK) return {};
    return fail(ErrorCode::kInternal, "zlib cannot be prepared");
  }
  void take(core::ByteView chunk) {
    stream_.next_in = const_cast<Bytef*>(chunk.data());  // zlib only reads it
    stream_.avail_in = static_cast<uInt>(chunk.size());
    if (!fault_.empty() || stopped_) return;
    // What fills the output to its end may have left some inside.
    do {
      if (ended_) break;
      step();
    } while (fault_.empty() && !stopped_ && (stream_.avail_in > 0 || stream_.avail_out == 0));
    if (ended_ && stream_.avail_in > 0) fault_ = "something follows the compressed data";
  }
  core::Result<void> finish() {
    if (stopped_) return {};
    if (fault_.empty() && !ended_) fault_ = "the compressed data end early";
    if (!fault_.empty()) return fail(ErrorCode::kMalformed, fault_);
    candidates_.add(
        {.changes = {v1::CHANGE_TAKEN_FROM_ARCHIVE}, .number = 1, .size = stream_.total_out},
        digesting_.so_far());
    return {};
  }

 private:
  void step() {
    stream_.next_out = out_.data();
    stream_.avail_out = static_cast<uInt>(out_.size());
    const int result = ::inflate(&stream_, Z_NO_FLUSH);
    const std::size_t count = out_.size() - stream_.avail_out;
    if (!candidates_.spend(count)) {
      stopped_ = true;
      return;
    }
    digesting_.update(core::ByteView(out_).first(count));
    if (result == Z_STREAM_END) {
      ended_ = true;
    } else if (result != Z_OK && !(result == Z_BUF_ERROR && stream_.avail_in == 0)) {
      fault_ = "the compressed data are damaged";
    }
  }

  Candidates& candidates_;
  Digesting digesting_;
  z_stream stream_{};
  std::array<std::uint8_t, kOutBytes> out_{};
  bool ended_ = false;
  bool stopped_ = false;  // the budget is spent
  std::string_view fault_;
};

}  // namespace

core::Result<void> add_gzip_content(const ByteSource& source, Candidates& candidates) {
  Inflater inflater(candidates);
  HEYAN_CHECK_OK(inflater.begin());
  HEYAN_CHECK_OK(
      read_range(source, 0, source.size(), [&](core::ByteView chunk) { inflater.take(chunk); }));
  return inflater.finish();
}

}  // namespace heyan::contents
