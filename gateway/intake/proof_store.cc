#include "gateway/intake/proof_store.h"

#include <algorithm>

#include "verifier/crypto/digest.h"

namespace heyan::intake {

core::Result<core::Bytes> ProofStore::take_in(const std::string& path) {
  const auto found = by_path_.find(path);
  if (found != by_path_.end()) return found->second;
  return by_path_.emplace(path, read(path)).first->second;
}

core::Result<core::Bytes> ProofStore::read(const std::string& path) {
  const auto most = std::min(limits_.proof_bytes, limits_.proof_bytes_total - total_bytes_);
  HEYAN_TRY(core::Bytes content, source_.content(path, most));
  core::Bytes digest = crypto::sha256(content);
  const std::size_t size = content.size();
  if (contents_.emplace(digest, std::move(content)).second) total_bytes_ += size;
  return digest;
}

void ProofStore::store_into(v1::CaseRecord& record) {
  for (auto& [digest, content] : contents_) {
    v1::ProofBytes& proof = *record.add_proofs();
    proof.set_sha256(core::to_string(digest));
    proof.set_content(core::to_string(content));
    content = {};
  }
  contents_.clear();
}

}  // namespace heyan::intake
