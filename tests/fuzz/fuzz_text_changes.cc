// Line ends and marks of any bytes: every candidate is what its own changes make of the file.
#include <cstdlib>

#include "verifier/contents/text_changes.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace heyan;
  const std::vector<crypto::Hash> hashes = {crypto::Hash::kSha256};
  contents::Candidates candidates(hashes, 1u << 24);
  const contents::MemorySource source({data, size});
  if (!contents::add_text_changes(source, candidates)) std::abort();
  const auto list = std::move(candidates).take();
  if (list.size() > 11) std::abort();
  for (const v1::Candidate& candidate : list) {
    // A line end for each byte, a mark and a last line end at most.
    if (candidate.changes().empty() || candidate.changes_size() > 3) std::abort();
    if (candidate.size() > 2 * size + 5) std::abort();
  }
  return 0;
}
