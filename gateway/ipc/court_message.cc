#include "gateway/ipc/court_message.h"

#include <algorithm>
#include <set>

#include "gateway/ipc/frame_limits.h"

namespace heyan::ipc {
namespace {

using core::ErrorCode;

constexpr auto kPatience = std::chrono::seconds(75);

std::unexpected<core::Error> lost() {
  return core::fail(ErrorCode::kIo, "the process that reads messages ended before its time");
}

// A header field is made of it.
bool is_content_type(const std::string& text) {
  constexpr std::size_t kMostBytes = 255;
  return !text.empty() && text.size() <= kMostBytes &&
         std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
}

bool is_known_text(const std::string& text) { return !text.empty() && text.size() <= kKnownBytes; }

bool is_remark(const v1::CourtRemark& remark) {
  constexpr std::size_t kMostBytes = 4'096;
  constexpr std::size_t kMostCode = 64;
  return !remark.code().empty() && remark.code().size() <= kMostCode &&
         std::ranges::all_of(
             remark.code(),
             [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; }) &&
         std::max({remark.item().size(), remark.pointer().size(), remark.detail().size()}) <=
             kMostBytes;
}

bool is_filing(const v1::CourtFiling& filing, int parts) {
  if (filing.remarks_size() > kMostRemarks) return false;
  if (!std::ranges::all_of(filing.remarks(), is_remark)) return false;
  if (filing.known_size() > kMostKnown) return false;
  for (const v1::KnownValue& known : filing.known()) {
    if (!is_known_text(known.key()) || !is_known_text(known.value())) return false;
  }
  std::set<std::uint32_t> taken;
  for (const v1::WholePart& whole : filing.whole_parts()) {
    if (whole.part() >= static_cast<std::uint32_t>(parts)) return false;
    if (!taken.insert(whole.part()).second) return false;
  }
  return true;
}

core::Result<Channel> ask(Doors& boxes, int message, const v1::BoxRequest& request) {
  auto channel = boxes.open_job();
  if (!channel) return lost();
  const Deadline deadline = within(kPatience);
  if (!channel->send(MessageType::kBoxRequest, request, message, deadline)) return lost();
  return *std::move(channel);
}

// What the box says before its filing or rejection: which parts it wants to see.
core::Result<v1::BoxAnswer> hear(Channel& channel, const v1::CourtMessage& request,
                                 const OpenPart& open_part) {
  // An honest box reads a part again and again, but not for ever.
  constexpr int kMostTurns = 100'000;
  for (int turn = 0; turn < kMostTurns; ++turn) {
    auto answer = channel.receive<v1::BoxAnswer>(MessageType::kBoxAnswer, within(kPatience));
    if (!answer) return lost();
    if (answer->answer_case() != v1::BoxAnswer::kOpenPart) return *std::move(answer);
    if (answer->open_part() >= static_cast<std::uint32_t>(request.parts_size())) return lost();
    const os::Descriptor part = open_part(answer->open_part());
    if (!channel.send(MessageType::kPartBytes, v1::PartBytes(), part.get(), within(kPatience))) {
      return lost();
    }
  }
  return lost();
}

}  // namespace

bool is_answer(const v1::CourtAnswer& answer) {
  return answer.status() >= 200 && answer.status() <= 599 &&
         is_content_type(answer.content_type()) && answer.body().size() <= kCourtAnswerBytes;
}

core::Result<ReadMessage> read_message(Doors& boxes, int message, const v1::CourtMessage& request,
                                       const OpenPart& open_part, EntryTaker& files,
                                       std::uint64_t most_bytes) {
  v1::BoxRequest job;
  *job.mutable_read_message()->mutable_message() = request;
  HEYAN_TRY(Channel channel, ask(boxes, message, job));
  HEYAN_TRY(v1::BoxAnswer answer, hear(channel, request, open_part));
  if (answer.has_rejection()) {
    if (!is_answer(answer.rejection().answer())) return lost();
    return std::move(*answer.mutable_rejection());
  }
  if (answer.has_question()) {
    if (!is_known_text(answer.question().key())) return lost();
    return std::move(*answer.mutable_question());
  }
  if (!answer.has_filing() || !is_filing(answer.filing(), request.parts_size())) return lost();
  v1::CourtFiling filing = std::move(*answer.mutable_filing());
  Entries entries(files, most_bytes);
  while (true) {
    const auto next = channel.receive<v1::BoxAnswer>(MessageType::kBoxAnswer, within(kPatience));
    if (!next) return lost();
    HEYAN_TRY(const bool done, entries.take(*next));
    if (done) return filing;
  }
}

core::Result<v1::CourtAnswer> answer_message(Doors& boxes, int message,
                                             const v1::AnswerMessage& request) {
  v1::BoxRequest job;
  *job.mutable_answer_message() = request;
  HEYAN_TRY(Channel channel, ask(boxes, message, job));
  auto answer = channel.receive<v1::BoxAnswer>(MessageType::kBoxAnswer, within(kPatience));
  if (!answer || !answer->has_court_answer() || !is_answer(answer->court_answer())) return lost();
  return std::move(*answer->mutable_court_answer());
}

}  // namespace heyan::ipc
