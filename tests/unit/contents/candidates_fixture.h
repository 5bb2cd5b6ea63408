// Which changes of a file give the fingerprint of another one?
#pragma once

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "verifier/contents/byte_source.h"
#include "verifier/contents/candidates.h"

namespace heyan::contents::testing {

inline constexpr std::uint64_t kPlenty = 1u << 30;
inline constexpr std::array kSha256 = {crypto::Hash::kSha256};

inline std::string file_text(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error(path);
  return {std::istreambuf_iterator<char>(in), {}};
}
inline std::string sample(const std::string& name) {
  return file_text(std::string(HEYAN_VECTORS) + "/explain/" + name);
}
inline std::string case_file(const std::string& name) {
  return file_text(std::string(HEYAN_SOURCE) + "/gateway/sample/case/files/" + name);
}

// Bytes of which `reads` at most come at once, to cut them anywhere; fails from `end` on.
class StingySource final : public ByteSource {
 public:
  StingySource(std::string_view bytes, std::size_t reads) : bytes_(bytes), reads_(reads) {}
  std::uint64_t size() const override { return bytes_.size(); }
  core::Result<std::size_t> read_at(std::uint64_t offset,
                                    std::span<std::uint8_t> out) const override {
    if (broken) return core::fail(core::ErrorCode::kIo, "broken");
    return MemorySource(core::as_bytes(bytes_))
        .read_at(offset, out.first(std::min(out.size(), reads_)));
  }
  bool broken = false;

 private:
  std::string_view bytes_;
  std::size_t reads_;
};

struct Reproduced {
  std::vector<v1::Change> changes;
  std::uint64_t number = 0;
  std::uint64_t size = 0;
  bool operator==(const Reproduced&) const = default;
};

// The candidates that have the SHA-256 of `recorded`.
inline std::vector<Reproduced> reproducing(
    const google::protobuf::RepeatedPtrField<v1::Candidate>& candidates,
    std::string_view recorded) {
  const std::string wanted = core::to_string(crypto::sha256(core::as_bytes(recorded)));
  std::vector<Reproduced> found;
  for (const v1::Candidate& candidate : candidates) {
    for (const v1::NamedDigest& digest : candidate.digests()) {
      if (digest.algorithm() != "sha-256" || digest.value() != wanted) continue;
      Reproduced one{.changes = {}, .number = candidate.number(), .size = candidate.size()};
      for (const int change : candidate.changes()) {
        one.changes.push_back(static_cast<v1::Change>(change));
      }
      found.push_back(std::move(one));
    }
  }
  return found;
}

}  // namespace heyan::contents::testing
