#include "verifier/transparency/add_checkpoint.h"

#include "verifier/transparency/lines.h"

namespace heyan::transparency {
namespace {

using core::ErrorCode;
using core::fail;

constexpr std::string_view kOld = "old ";

}  // namespace

core::Result<AddCheckpoint> parse_add_checkpoint(std::string_view body) {
  if (body.size() > kAddCheckpointBytes) return fail(ErrorCode::kLimit, "request is too long");
  Lines lines(body);
  const auto first = lines.next();
  if (!first || !first->starts_with(kOld)) {
    return fail(ErrorCode::kMalformed, "request does not begin with the old size");
  }
  const auto old_size = parse_decimal(first->substr(kOld.size()));
  if (!old_size) return fail(ErrorCode::kMalformed, "old size is no decimal of a tree");
  AddCheckpoint request{.old_size = *old_size, .proof = {}, .checkpoint = {}};
  while (true) {
    const auto line = lines.next();
    if (!line) return fail(ErrorCode::kMalformed, "no blank line before the checkpoint");
    if (line->empty()) break;
    if (request.proof.size() == kMaxConsistencyProof) {
      return fail(ErrorCode::kMalformed, "consistency proof has too many hashes");
    }
    const auto hash = parse_hash(*line);
    if (!hash) return fail(ErrorCode::kMalformed, "a line of the proof is not base64 of 32 bytes");
    request.proof.push_back(*hash);
  }
  if (lines.at_end()) return fail(ErrorCode::kMalformed, "request has no checkpoint");
  request.checkpoint = std::string(lines.rest());
  return request;
}

std::string encode_add_checkpoint(const AddCheckpoint& request) {
  std::string body = std::string(kOld) + std::to_string(request.old_size) + "\n";
  for (const TreeHash& hash : request.proof) body += encode_hash(hash) + "\n";
  return body + "\n" + request.checkpoint;
}

core::Result<std::uint64_t> parse_witness_size(std::string_view body) {
  if (body.ends_with('\n')) body.remove_suffix(1);
  const auto size = parse_decimal(body);
  if (!size) return fail(ErrorCode::kMalformed, "witness' size is no decimal of a tree");
  return *size;
}

}  // namespace heyan::transparency
