#include "verifier/contents/byte_source.h"

#include <algorithm>
#include <cstring>

namespace heyan::contents {
namespace {

constexpr std::size_t kChunkBytes = 256u << 10;

}  // namespace

core::Result<std::size_t> MemorySource::read_at(std::uint64_t offset,
                                                std::span<std::uint8_t> out) const {
  if (offset >= bytes_.size()) return 0;
  const core::ByteView rest = bytes_.subspan(static_cast<std::size_t>(offset));
  const std::size_t count = std::min(rest.size(), out.size());
  if (count != 0) std::memcpy(out.data(), rest.data(), count);
  return count;
}

core::Result<void> read_range(const ByteSource& source, std::uint64_t begin, std::uint64_t end,
                              const std::function<void(core::ByteView)>& sink) {
  core::Bytes buffer(
      static_cast<std::size_t>(std::min<std::uint64_t>(kChunkBytes, end - std::min(begin, end))));
  while (begin < end) {
    const std::uint64_t most = std::min<std::uint64_t>(buffer.size(), end - begin);
    HEYAN_TRY(const std::size_t count,
              source.read_at(begin, std::span(buffer).first(static_cast<std::size_t>(most))));
    if (count == 0) return core::fail(core::ErrorCode::kTruncated, "the file ends early");
    sink(core::ByteView(buffer).first(count));
    begin += count;
  }
  return {};
}

core::Result<core::Bytes> read_some(const ByteSource& source, std::uint64_t offset,
                                    std::size_t most) {
  const std::uint64_t left = source.size() - std::min(offset, source.size());
  core::Bytes bytes;
  const std::uint64_t end = offset + std::min<std::uint64_t>(most, left);
  HEYAN_CHECK_OK(read_range(source, offset, end, [&](core::ByteView chunk) {
    bytes.insert(bytes.end(), chunk.begin(), chunk.end());
  }));
  return bytes;
}

}  // namespace heyan::contents
