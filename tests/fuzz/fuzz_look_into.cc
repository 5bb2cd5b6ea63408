// All readers of contents over any bytes: bounded in number, the same every time.
#include <cstdlib>

#include "heyan/v1/case_record.pb.h"
#include "verifier/contents/candidates.h"
#include "verifier/contents/file_type.h"
#include "verifier/contents/look_into.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace heyan;
  const std::vector<crypto::Hash> hashes = {crypto::Hash::kSha256, crypto::Hash::kSm3};
  core::Limits limits;
  limits.explained_bytes = 8u << 20;
  const contents::MemorySource source({data, size});
  const auto facts = contents::look_into(source, hashes, limits);
  if (!facts || !facts->performed()) std::abort();
  if (facts->candidates_size() > static_cast<int>(contents::kMostCandidates)) std::abort();
  const auto again = contents::look_into(source, hashes, limits);
  if (!again || again->SerializeAsString() != facts->SerializeAsString()) std::abort();
  const std::string_view type = contents::media_type_of({data, size});
  if (contents::compare_extension("a.bin", type) != v1::EXTENSION_FIT_UNKNOWN) std::abort();
  return 0;
}
