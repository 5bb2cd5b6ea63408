// A message of a court's system, read by a box: what the front and the command line ask of it.
//
// Threat: the box may be taken over: it sees the message and its parts, and its answer is as little
// believed as an upload. It gets one part at a time, of this message alone, to read. Any thread.
#pragma once

#include <functional>
#include <variant>

#include "gateway/ipc/doors.h"
#include "gateway/ipc/entries.h"
#include "heyan/v1/gateway.pb.h"

namespace heyan::ipc {

// A descriptor to read the part; closed where there is none.
using OpenPart = std::function<os::Descriptor(std::uint32_t part)>;

// What an answer may be at most, however long a box talks.
inline constexpr std::size_t kCourtAnswerBytes = 60u << 20;  // a frame of a box holds it

// Whether it is an HTTP answer of that size, with a content type that a header field can hold.
bool is_answer(const v1::CourtAnswer& answer);

// What an adapter may say to be looked up: not empty, and short.
inline constexpr std::size_t kKnownBytes = 256;
inline constexpr int kMostKnown = 16;
inline constexpr int kMostRemarks = 20'000;

// `message`: its descriptor, to read. The filing's case.json and what was within the message go to
// `files`, at most `most_bytes`. kIo: the box ended before its time, or said what it must not.
using ReadMessage = std::variant<v1::CourtFiling, v1::CourtRejection, v1::CourtQuestion>;
core::Result<ReadMessage> read_message(Doors& boxes, int message, const v1::CourtMessage& request,
                                       const OpenPart& open_part, EntryTaker& files,
                                       std::uint64_t most_bytes);

// kIo as above.
core::Result<v1::CourtAnswer> answer_message(Doors& boxes, int message,
                                             const v1::AnswerMessage& request);

}  // namespace heyan::ipc
