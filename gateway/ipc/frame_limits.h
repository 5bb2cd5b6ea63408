// How large a frame may be on each kind of channel: both ends must agree.
#pragma once

#include <cstddef>
#include <cstdint>

namespace heyan::ipc {

inline constexpr std::size_t kBoxFrameBytes = 64u << 20;      // a submission of 10 000 items
inline constexpr std::size_t kJudgeFrameBytes = 256u << 20;   // its report
inline constexpr std::size_t kRenderFrameBytes = 768u << 20;  // a record with all its proofs
inline constexpr std::size_t kEgressFrameBytes = 65u << 20;   // an answer of 64 MiB

inline constexpr std::size_t kDrawFrameBytes = 32u << 20;  // one page of a PDF, as a picture
inline constexpr std::size_t kSealFrameBytes = 64u << 10;  // a digest, a signature
inline constexpr std::size_t kScanFrameBytes = 4u << 10;   // a name

// A piece of an object. One of kObjectPieceBytes fits, with what is around it.
inline constexpr std::size_t kObjectPieceBytes = 256u << 10;
inline constexpr std::size_t kObjectFrameBytes = kObjectPieceBytes + (4u << 10);
// So many objects are on their way at once. Egress has a thread for each, and one more, so that
// whether the bucket is there can be asked meanwhile.
inline constexpr unsigned kObjectsAtOnce = 8;
// Slower than this, besides a time without progress, is too slow, for egress and for who waits.
inline constexpr std::uint64_t kLeastObjectBytesASecond = 256u << 10;

}  // namespace heyan::ipc
