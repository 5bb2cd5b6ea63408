// How much may be kept of what somebody files, whatever way it comes: in one request, within an
// archive or a message of a court's system, or by resumable upload. The configuration's
// limits.file_bytes and limits.submission_bytes, and the one place that applies them.
//
// Threat: few bytes that become many: base64, deflate, one small request after another. So what is
// counted is what is stored, not what was sent. Pure, any thread.
#pragma once

#include <cstdint>
#include <limits>
#include <string_view>

#include "verifier/core/error.h"
#include "verifier/core/limits.h"

namespace heyan::store {

// Texts of kLimit.
inline constexpr std::string_view kFileTooLarge = "a file is larger than may be stored";
inline constexpr std::string_view kSubmissionTooLarge =
    "the files of the submission are larger together than may be stored";
inline constexpr std::string_view kProofTooLarge = "a proof is larger than is judged by";
inline constexpr std::string_view kProofsTooLarge =
    "the proofs of the submission are larger together than is judged by";
inline constexpr std::string_view kAccountHasTooMuch =
    "this account has too many bytes under way: finish or drop what is being received";
inline constexpr std::string_view kAccountHasTooMany =
    "this account has too many submissions under way: finish them, or wait until they expire";

struct StoredLimits {
  std::uint64_t file_bytes = std::numeric_limits<std::uint64_t>::max();
  std::uint64_t submission_bytes = std::numeric_limits<std::uint64_t>::max();
  // The judge's own (core::Limits), which no configuration changes: what is beyond them could only
  // be received to be rejected.
  std::uint64_t proof_bytes = core::Limits().proof_bytes;
  std::uint64_t proofs_bytes = core::Limits().proof_bytes_total;

  // A file of so many bytes beside others of so many. kLimit.
  core::Result<void> check(std::uint64_t file, std::uint64_t others) const;
  // The same of a proof.
  core::Result<void> check_proof(std::uint64_t proof, std::uint64_t others) const;
  // Of all that an account has under way at a court and that is not accepted yet.
  std::uint64_t account_bytes() const;
};

// Submissions that a person has under way at a court: far more than anybody fills in at once, and
// few enough that what is forgotten costs little until it expires.
inline constexpr std::uint64_t kSubmissionsUnderWay = 100;

}  // namespace heyan::store
