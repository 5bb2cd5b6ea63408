#include "gateway/intake/proof_store.h"

#include "verifier/crypto/digest.h"

namespace heyan::intake {

core::Result<core::Bytes> ProofStore::take_in(const std::string& path) {
  const auto found = by_path_.find(path);
  if (found != by_path_.end()) return found->second;
  return by_path_.emplace(path, read(path)).first->second;
}

core::Result<core::Bytes> ProofStore::read(const std::string& path) {
  HEYAN_TRY(core::Bytes content, source_.content(path, limits_.proof_bytes));
  core::Bytes digest = crypto::sha256(content);
  if (contents_.contains(digest)) return digest;  // takes no room, as whoever received it counted
  if (content.size() > limits_.proof_bytes_total - total_bytes_) {
    return core::fail(core::ErrorCode::kLimit, "all proofs together are too large");
  }
  total_bytes_ += content.size();
  contents_.emplace(digest, std::move(content));
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
