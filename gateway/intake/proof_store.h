// The proofs of one case: each file read once, each content kept once, named by SHA-256.
#pragma once

#include <map>
#include <string>

#include "gateway/intake/case_source.h"
#include "heyan/v1/case_record.pb.h"
#include "verifier/core/limits.h"

namespace heyan::intake {

class ProofStore {
 public:
  ProofStore(CaseSource& source, const core::Limits& limits) : source_(source), limits_(limits) {}

  // SHA-256 of the proof at that path. kLimit where it, or all together, are too large; kChanged.
  core::Result<core::Bytes> take_in(const std::string& path);

  // Of one that was taken in; until store_into.
  core::ByteView content(const core::Bytes& digest) const { return contents_.at(digest); }

  // Moves all into `record`, sorted by digest. Last.
  void store_into(v1::CaseRecord& record);

 private:
  CaseSource& source_;
  const core::Limits& limits_;
  std::map<std::string, core::Result<core::Bytes>> by_path_;
  std::map<core::Bytes, core::Bytes> contents_;
  std::size_t total_bytes_ = 0;

  core::Result<core::Bytes> read(const std::string& path);
};

}  // namespace heyan::intake
