// JPEG headers from any bytes: segments lie in order within the file, and nothing is added to it.
#include <cstdlib>

#include "verifier/contents/jpeg_changes.h"
#include "verifier/contents/jpeg_header.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace heyan;
  const contents::MemorySource source({data, size});
  const auto header = contents::read_jpeg_header(source);
  if (!header) return 0;
  std::uint64_t end = 2;
  for (const contents::JpegSegment& segment : header->segments) {
    if (segment.begin < end || segment.end <= segment.begin) std::abort();
    end = segment.end;
  }
  if (header->scan < end || header->scan > size || header->traces.quality() > 100) std::abort();
  const std::vector<crypto::Hash> hashes = {crypto::Hash::kSha256};
  contents::Candidates candidates(hashes, 1u << 24);
  if (!contents::add_jpeg_changes(source, *header, candidates)) std::abort();
  for (const v1::Candidate& candidate : std::move(candidates).take()) {
    if (candidate.size() >= size) std::abort();
  }
  return 0;
}
