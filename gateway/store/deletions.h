// Deletions: that the files and the case record of a submission are to go, and legal holds.
//
// Asked for by one person of its court, confirmed by another, waited for, logged by the signer, and
// only then done (security decision 33). A verification that waits ends with it, and one that a
// judge is at is waited for. Holds stop all of it until each was released, for several
// proceedings may want one case; nobody's takes the place of another's. What is under way is
// stopped by nothing, so that a crash leaves nothing half deleted. What stays: the receipt, the
// reports as they were signed, and this. Times are UTC milliseconds.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "verifier/core/bytes.h"

namespace heyan::store {

enum class DeletionState : std::uint8_t {
  kAsked,
  kConfirmed,  // waits until `due_at_ms`
  kUnderWay,   // is being logged and done; nobody stops it any more
  kDeleted,
};
std::string_view name(
    DeletionState state);  // "ASKED" ..., as the interface and the tables write it

struct Deletion {
  std::string id;  // of the request
  std::string submission;
  std::string court;
  DeletionState state = DeletionState::kAsked;
  std::string reason;    // a code of the interface
  std::string asked_by;  // accounts
  std::int64_t asked_at_ms = 0;
  std::string confirmed_by{};  // empty: nobody yet
  std::int64_t confirmed_at_ms = 0;
  std::int64_t due_at_ms = 0;
  std::int64_t deleted_at_ms = 0;    // as its leaf says
  std::uint64_t deletion_index = 0;  // of its leaf in the report log
  std::string log{};                 // its origin; empty of what was deleted before it was noted
};

// Of an account there is one for each reason.
struct Hold {
  std::string id;
  std::string reason;  // a code of the interface
  std::string account;
  std::int64_t placed_at_ms = 0;
};

struct DeletionOf {
  std::optional<Deletion> deletion;
  std::vector<Hold> holds;  // from the first
};

// A step of somebody of that court.
struct DeletionStep {
  std::string submission;
  std::string court;
  std::string account;
  std::int64_t now_ms = 0;
};

// Why a step was not taken.
enum class Obstacle : std::uint8_t {
  kNone,
  kAbsent,         // no such submission of that court
  kAsked,          // another request stands
  kNotAsked,       // none does
  kOtherRequest,   // another one does than was named
  kConfirmed,      // somebody else confirmed it
  kOwnRequest,     // nobody confirms his own
  kHeld,           // a legal hold
  kNotHeld,        // none, or not the one that was named
  kSeveralHolds,   // and none was named
  kBeingVerified,  // by a judge, now; what only waits to be is not in the way
  kUnderWay,       // it is being deleted, or was
};
// "deletion-asked" "deletion-not-asked" "another-request" "deletion-confirmed" "own-request" "held"
// "not-held" "several-holds" "being-verified" "deleted"; empty of the first two.
std::string_view name(Obstacle obstacle);

// Why there is no report of a verification that waited when the deletion began.
inline constexpr std::string_view kDeletedRefusal = "deleted";

// Of kUnsupported: what is asked for needs what was deleted.
inline constexpr std::string_view kDeletedText =
    "the files and the case record of this submission were deleted";

// How many there are, each counted up to kMostCounted: asked for at each look of the monitoring.
inline constexpr std::uint64_t kMostCounted = 10'000;
struct DeletionCounts {
  std::uint64_t asked = 0;
  std::uint64_t waiting = 0;  // confirmed
  std::uint64_t under_way = 0;
  std::uint64_t held = 0;   // asked for or confirmed, and a hold stops it: in neither above
  std::uint64_t holds = 0;  // submissions on which there is one
  // Since when the time of the oldest that no hold stops has been over, whatever else is in its
  // way; 0: of none.
  std::int64_t oldest_due_ms = 0;
};

// What the vault is to lose.
struct FilesToDelete {
  std::vector<core::Bytes> all;    // digests of whatever the submission has there
  std::vector<core::Bytes> alone;  // of them, those that nobody else at its court has
};

}  // namespace heyan::store
