// Ends of saves in any bytes: every candidate is a beginning of the file.
#include <cstdlib>

#include "verifier/contents/pdf_saves.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace heyan;
  const std::vector<crypto::Hash> hashes = {crypto::Hash::kSha256};
  contents::Candidates candidates(hashes, 1u << 24);
  const contents::MemorySource source({data, size});
  if (!contents::add_pdf_saves(source, candidates)) std::abort();
  for (const v1::Candidate& candidate : std::move(candidates).take()) {
    if (candidate.size() > size) std::abort();
    const auto digest = crypto::sha256({data, static_cast<std::size_t>(candidate.size())});
    if (core::to_string(digest) != candidate.digests(0).value()) std::abort();
  }
  return 0;
}
