#include "verifier/transparency/log_proof.h"

#include <algorithm>
#include <array>

#include "verifier/transparency/lines.h"

namespace heyan::transparency {
namespace {

using core::ByteView;
using core::ErrorCode;
using core::fail;
using core::Result;
using crypto::SignatureChecker;

constexpr std::string_view kHeader = "c2sp.org/tlog-proof@v1";
constexpr std::string_view kExtra = "extra ";
constexpr std::string_view kIndex = "index ";
constexpr std::array<std::string_view, 8> kFaultNames = {
    "checkpoint", "origin",    "unsigned",         "duplicate",
    "signature",  "inclusion", "engines-disagree", "budget"};

Result<core::Bytes> parse_extra(std::string_view line) {
  auto extra = core::from_base64(line.substr(kExtra.size()));
  if (!extra || extra->empty()) {
    return fail(ErrorCode::kMalformed, "proof's extra data are not base64 of any byte");
  }
  return *std::move(extra);
}

Result<std::vector<TreeHash>> parse_path(Lines& lines) {
  std::vector<TreeHash> path;
  while (true) {
    const auto line = lines.next();
    if (!line) return fail(ErrorCode::kMalformed, "proof has no blank line before the checkpoint");
    if (line->empty()) return path;
    if (path.size() == kMaxInclusionPath)
      return fail(ErrorCode::kLimit, "proof's path is too long");
    const auto hash = parse_hash(*line);
    if (!hash) return fail(ErrorCode::kMalformed, "proof's path is not base64 of 32 bytes a line");
    path.push_back(*hash);
  }
}

LogProofFault fault_of(NoteFault fault) {
  switch (fault) {
    case NoteFault::kUnsigned:
      return LogProofFault::kUnsigned;
    case NoteFault::kDuplicate:
      return LogProofFault::kDuplicate;
    case NoteFault::kEnginesDisagree:
      return LogProofFault::kEnginesDisagree;
    case NoteFault::kBudget:
      return LogProofFault::kBudget;
    case NoteFault::kSignature:
      break;
  }
  return LogProofFault::kSignature;
}

std::expected<void, LogProofFault> verify_path(const LogProof& proof, ByteView entry,
                                               const Checkpoint& checkpoint,
                                               SignatureChecker& checker) {
  if (inclusion_path_length(proof.index, checkpoint.size) != proof.path.size()) {
    return std::unexpected(LogProofFault::kInclusion);
  }
  // Of the right length, so that only libraries that differ leave no hash.
  const auto leaf = leaf_hash(entry, checker);
  const auto root =
      leaf ? root_from_inclusion(*leaf, proof.index, checkpoint.size, proof.path, checker)
           : std::nullopt;
  if (!root) return std::unexpected(LogProofFault::kEnginesDisagree);
  if (*root != checkpoint.root) return std::unexpected(LogProofFault::kInclusion);
  return {};
}

}  // namespace

std::string_view name(LogProofFault fault) {
  return kFaultNames.at(static_cast<std::size_t>(fault));
}

Result<LogProof> parse_log_proof(std::string_view bytes) {
  if (bytes.size() > kLogProofBytes) return fail(ErrorCode::kLimit, "proof is too long");
  Lines lines(bytes);
  if (lines.next() != kHeader) return fail(ErrorCode::kUnsupported, "not a proof of version 1");
  LogProof proof;
  auto line = lines.next();
  if (line && line->starts_with(kExtra)) {
    HEYAN_TRY(proof.extra, parse_extra(*line));
    line = lines.next();
  }
  if (!line || !line->starts_with(kIndex)) return fail(ErrorCode::kMalformed, "proof has no index");
  const auto index = parse_decimal(line->substr(kIndex.size()));
  if (!index) return fail(ErrorCode::kMalformed, "proof's index is no decimal of a tree");
  proof.index = *index;
  HEYAN_TRY(proof.path, parse_path(lines));
  if (lines.at_end()) return fail(ErrorCode::kMalformed, "proof has no checkpoint");
  proof.checkpoint = lines.rest();
  return proof;
}

std::string encode_log_proof(const LogProof& proof) {
  std::string text = std::string(kHeader) + "\n";
  if (proof.extra) text += std::string(kExtra) + core::to_base64(*proof.extra) + "\n";
  text += std::string(kIndex) + std::to_string(proof.index) + "\n";
  for (const TreeHash& hash : proof.path) text += encode_hash(hash) + "\n";
  return text + "\n" + proof.checkpoint;
}

std::expected<Logged, LogProofFault> verify_log_proof(const LogProof& proof, ByteView entry,
                                                      std::string_view origin,
                                                      const NoteVerifier& log_key,
                                                      SignatureChecker& checker,
                                                      std::span<const NoteVerifier> witnesses) {
  const auto note = parse_note(proof.checkpoint);
  if (!note) return std::unexpected(LogProofFault::kCheckpoint);
  std::vector<NoteVerifier> known = {log_key};
  known.insert(known.end(), witnesses.begin(), witnesses.end());
  auto signers = verify_note(*note, known, checker);
  if (!signers) return std::unexpected(fault_of(signers.error()));
  if (std::ranges::find(*signers, std::size_t{0}, &NoteSigner::key) == signers->end()) {
    return std::unexpected(LogProofFault::kUnsigned);
  }
  auto checkpoint = parse_checkpoint(note->text);
  if (!checkpoint) return std::unexpected(LogProofFault::kCheckpoint);
  if (checkpoint->origin != origin) return std::unexpected(LogProofFault::kOrigin);
  const auto included = verify_path(proof, entry, *checkpoint, checker);
  if (!included) return std::unexpected(included.error());
  return Logged{proof.index, *std::move(checkpoint), *std::move(signers)};
}

}  // namespace heyan::transparency
