// A proof that an entry stands in a log: a file that needs nobody to be asked.
//
//   c2sp.org/tlog-proof@v1
//   extra BASE64                 optional; authenticated by nothing
//   index N
//   BASE64(HASH)                 the inclusion path, leaf's sibling first, up to 63 lines
//   (blank line)
//   the signed checkpoint (note.h, checkpoint.h)
//
// Threat: every byte is hostile. The index is only what the path proves; size and root come from
// the checkpoint, after the log's signature on it, and its origin must be the expected one. The
// entry's hash comes from bytes that the caller has, never from the proof. Source: C2SP tlog-proof
// "Format". Errors of reading: kMalformed, kLimit. Pure, any thread.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "verifier/core/bytes.h"
#include "verifier/core/error.h"
#include "verifier/crypto/signature.h"
#include "verifier/transparency/checkpoint.h"
#include "verifier/transparency/merkle.h"
#include "verifier/transparency/note.h"

namespace heyan::transparency {

inline constexpr std::size_t kLogProofBytes = 256u << 10;

struct LogProof {
  std::optional<core::Bytes> extra;  // not empty
  std::uint64_t index = 0;
  std::vector<TreeHash> path;
  std::string checkpoint;  // the signed note, byte for byte; not read before it is verified
  bool operator==(const LogProof&) const = default;
};

// What is accepted is what encode_log_proof writes; of the checkpoint only that it is there.
core::Result<LogProof> parse_log_proof(std::string_view bytes);
std::string encode_log_proof(const LogProof& proof);

enum class LogProofFault : std::uint8_t {
  kCheckpoint,       // no signed note, or its text is no checkpoint
  kOrigin,           // a checkpoint of another log
  kUnsigned,         // no signature of the log's key
  kDuplicate,        // see NoteFault
  kSignature,        // the log's or a witness's signature does not verify
  kInclusion,        // the path does not lead from the entry to the root
  kEnginesDisagree,  // the two libraries differ on a signature or a digest
  kBudget,           // Limits::signatures reached
};

// "checkpoint" "origin" "unsigned" "duplicate" "signature" "inclusion" "engines-disagree" "budget".
std::string_view name(LogProofFault fault);

// What a verified proof proves.
struct Logged {
  std::uint64_t index = 0;
  Checkpoint checkpoint;  // origin, size and root as signed
  // The signatures that verified: key 0 is the log's, key i + 1 is witnesses[i]. Whether they are
  // enough is the caller's policy.
  std::vector<NoteSigner> signers;
};

// `entry` stands at proof.index of the log `origin` with that key. Witnesses whose signatures are
// there must have signed well; with none named, cosignatures are ignored.
std::expected<Logged, LogProofFault> verify_log_proof(const LogProof& proof, core::ByteView entry,
                                                      std::string_view origin,
                                                      const NoteVerifier& log_key,
                                                      crypto::SignatureChecker& checker,
                                                      std::span<const NoteVerifier> witnesses = {});

}  // namespace heyan::transparency
