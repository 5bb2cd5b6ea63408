// case.json from any bytes: a submission survives being written and read; a defect shows nothing
// unseen.
#include <cstdlib>

#include "verifier/contents/safe_path.h"
#include "verifier/contents/submission_reader.h"
#include "verifier/core/text.h"

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

std::string canonical(const heyan::v1::Submission& submission) {
  return write_canonical(heyan::contents::write_submission(submission));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const heyan::core::Limits limits;
  const auto first = heyan::contents::read_submission({data, size}, limits);
  if (!first) {
    require(!first.error().empty() && first.error().size() <= heyan::contents::kMaxDefects);
    for (const auto& defect : first.error()) {
      const std::string shown = defect.pointer + defect.code + defect.detail;
      require(heyan::core::is_utf8(shown) && !heyan::core::has_control(shown));
      require(!defect.code.empty() && !defect.detail.empty());
    }
    return 0;
  }
  require(first->evidence_size() > 0);
  for (const auto& item : first->evidence()) {
    require(!item.id().empty() && !heyan::contents::unsafe_path(item.file().path()));
    for (const auto& proof : item.proofs()) require(!heyan::contents::unsafe_path(proof.path()));
  }
  const std::string text = canonical(*first);
  const auto second = heyan::contents::read_submission(heyan::core::as_bytes(text), limits);
  require(second.has_value() && second->SerializeAsString() == first->SerializeAsString());
  require(canonical(*second) == text);
  return 0;
}
