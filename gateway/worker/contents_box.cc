#include "gateway/worker/contents_box.h"

#include "gateway/intake/file_source.h"
#include "gateway/worker/parent.h"
#include "verifier/contents/look_into.h"
#include "verifier/crypto/digest.h"
#include "verifier/uploads/file_marks.h"

namespace heyan::worker {

std::optional<v1::BoxAnswer> look_into(os::OpenFile file, const v1::LookInto& request) {
  std::vector<crypto::Hash> hashes;
  for (const std::string& algorithm : request.algorithms()) {
    if (const auto hash = crypto::hash_by_name(algorithm)) hashes.push_back(*hash);
  }
  const intake::FileSource source(std::move(file));
  auto facts = contents::look_into(source, hashes, core::Limits());
  if (!facts) return std::nullopt;
  if (!request.name().empty()) {
    const auto marks = uploads::find_file_marks(request.name(), source);
    if (!marks) return std::nullopt;
    facts->mutable_marks()->Assign(marks->begin(), marks->end());
  }
  v1::BoxAnswer answer;
  *answer.mutable_contents() = *std::move(facts);
  return answer;
}

}  // namespace heyan::worker
