// Compressed files from any bytes: nothing is inflated beyond the budget.
#include <cstdlib>

#include "verifier/contents/packed.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace heyan;
  constexpr std::uint64_t kBudget = 1u << 20;
  const std::vector<crypto::Hash> hashes = {crypto::Hash::kSha256};
  contents::Candidates candidates(hashes, kBudget);
  const contents::MemorySource source({data, size});
  const bool whole = contents::add_gzip_content(source, candidates).has_value();
  const auto list = std::move(candidates).take();
  if (list.size() > 1 || (!whole && !list.empty())) std::abort();
  for (const v1::Candidate& candidate : list) {
    if (candidate.size() > kBudget) std::abort();
  }
  return 0;
}
