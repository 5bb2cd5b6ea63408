#include "gateway/service/boxed.h"

#include <fcntl.h>

#include <algorithm>

#include "gateway/ipc/entries.h"
#include "verifier/core/limits.h"

namespace heyan::service {
namespace {

using core::ErrorCode;
using ipc::MessageType;

constexpr auto kPatience = std::chrono::seconds(120);

std::unexpected<Refused> ours(const core::Error& error) {
  return std::unexpected(Refused{error, {}});
}
std::unexpected<Refused> lost() {
  return ours({ErrorCode::kIo, "the process that opens submissions ended before its time"});
}

// A box that was taken over could name any number.
std::unexpected<Refused> refused(const v1::Defects& defects) {
  Refused refusal{{ErrorCode::kMalformed, "the submission has defects"}, {}};
  for (const v1::DefectEntry& entry : defects.defects()) {
    if (refusal.defects.size() == contents::kMaxDefects) break;
    refusal.defects.push_back({entry.pointer(), entry.code(), entry.detail()});
  }
  return std::unexpected(std::move(refusal));
}

// What an honest box stops at, too.
std::uint64_t most_bytes_of(const StagedPart& archive) {
  const core::Limits limits;
  return std::min(limits.zip_inflated_bytes, archive.size * limits.zip_ratio);
}

// To read: what was hashed stays what it is.
os::Descriptor open_part(const StagedPart& part) {
  return os::Descriptor(::open(part.file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
}

std::expected<ipc::Channel, Refused> ask(ipc::Doors& boxes, const v1::BoxRequest& request,
                                         int file) {
  if (file < 0) return ours({ErrorCode::kIo, "the file cannot be opened again"});
  auto channel = boxes.open_job();
  if (!channel) return lost();
  if (!channel->send(MessageType::kBoxRequest, request, file, ipc::within(kPatience))) {
    return lost();
  }
  return *std::move(channel);
}

std::expected<ipc::Channel, Refused> ask(ipc::Doors& boxes, const v1::BoxRequest& request,
                                         const StagedPart& part) {
  const os::Descriptor file = open_part(part);
  return ask(boxes, request, file.get());
}

}  // namespace

Refused refused_by(const Staged& staged, const core::Error& error) {
  Refused refusal{error, {}};
  if (staged.over_limit()) refusal.defects.push_back(*staged.over_limit());
  return refusal;
}

Refused refused_by(const store::StoredLimits& limits, const core::Error& error,
                   std::string_view path) {
  Refused refusal{error, {}};
  if (error.code == ErrorCode::kLimit) refusal.defects.push_back(defect_of(limits, error, path));
  return refusal;
}

std::expected<v1::Submission, Refused> read_case(ipc::Doors& boxes, const StagedPart& case_json) {
  const os::Descriptor file = open_part(case_json);
  return read_case(boxes, file.get());
}

std::expected<v1::Submission, Refused> read_case(ipc::Doors& boxes, int case_json) {
  v1::BoxRequest request;
  request.mutable_read_case();
  HEYAN_TRY(ipc::Channel channel, ask(boxes, request, case_json));
  auto answer = channel.receive<v1::BoxAnswer>(MessageType::kBoxAnswer, ipc::within(kPatience));
  if (!answer) return lost();
  if (answer->has_defects()) return refused(answer->defects());
  if (!answer->has_submission()) return lost();
  return std::move(*answer->mutable_submission());
}

std::expected<void, Refused> open_archive(ipc::Doors& boxes, Staged& staged,
                                          std::string_view archive) {
  v1::BoxRequest request;
  request.mutable_open_archive();
  const StagedPart& part = *staged.find(archive);
  HEYAN_TRY(ipc::Channel channel, ask(boxes, request, part));
  ipc::Entries entries(staged, most_bytes_of(part));
  while (true) {
    const auto answer =
        channel.receive<v1::BoxAnswer>(MessageType::kBoxAnswer, ipc::within(kPatience));
    if (!answer) return lost();
    if (answer->has_defects()) return refused(answer->defects());
    const auto taken = entries.take(*answer);
    if (!taken) return std::unexpected(refused_by(staged, taken.error()));
    if (*taken) break;
  }
  staged.drop(archive);
  return {};
}

core::Result<v1::TrustOutline> show_trust(ipc::Doors& boxes) {
  v1::BoxRequest request;
  request.mutable_show_trust();
  HEYAN_TRY(ipc::Channel channel, boxes.open_job());
  HEYAN_CHECK_OK(channel.send(MessageType::kBoxRequest, request, -1, ipc::within(kPatience)));
  auto answer = channel.receive<v1::BoxAnswer>(MessageType::kBoxAnswer, ipc::within(kPatience));
  if (!answer || !answer->has_trust()) return std::unexpected(lost().error().error);
  return std::move(*answer->mutable_trust());
}

std::expected<v1::TrustComparison, Refused> compare_trust(ipc::Doors& boxes,
                                                          const StagedPart& list) {
  v1::BoxRequest request;
  request.mutable_compare_trust();
  HEYAN_TRY(ipc::Channel channel, ask(boxes, request, list));
  auto answer = channel.receive<v1::BoxAnswer>(MessageType::kBoxAnswer, ipc::within(kPatience));
  if (!answer) return lost();
  if (answer->has_defects()) return refused(answer->defects());
  if (!answer->has_trust_comparison()) return lost();
  return std::move(*answer->mutable_trust_comparison());
}

core::Result<v1::CheckedReport> check_report(ipc::Doors& boxes, const StagedPart& document) {
  v1::BoxRequest request;
  request.mutable_check_report();
  auto channel = ask(boxes, request, document);
  if (!channel) return std::unexpected(channel.error().error);
  auto answer = channel->receive<v1::BoxAnswer>(MessageType::kBoxAnswer, ipc::within(kPatience));
  if (!answer || !answer->has_report()) return std::unexpected(lost().error().error);
  return std::move(*answer->mutable_report());
}

}  // namespace heyan::service
