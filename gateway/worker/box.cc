#include "gateway/worker/box.h"

#include "gateway/intake/file_source.h"
#include "gateway/worker/contents_box.h"
#include "gateway/worker/parent.h"
#include "gateway/worker/report_check.h"
#include "gateway/worker/trust_box.h"
#include "heyan/v1/gateway.pb.h"
#include "verifier/contents/submission_reader.h"

namespace heyan::worker {
namespace {

using ipc::MessageType;

v1::BoxAnswer defects_of(const std::vector<contents::Defect>& defects) {
  v1::BoxAnswer answer;
  *answer.mutable_defects() = to_message(defects);
  return answer;
}

v1::BoxAnswer defect_of(std::string_view code, std::string detail) {
  return defects_of({{.pointer = "", .code = std::string(code), .detail = std::move(detail)}});
}

core::Result<os::OpenFile> open_file(os::Descriptor descriptor) {
  HEYAN_TRY(const os::FileState state, os::state_of(descriptor));
  return os::OpenFile(std::move(descriptor), state);
}

v1::BoxAnswer read_case(const os::OpenFile& file, const core::Limits& limits) {
  os::MemorySink sink(limits.json_bytes);
  const auto reading = file.read_all(sink);
  if (!reading) return defect_of("limit", "case.json cannot be read, or is too large");
  auto submission = contents::read_submission(std::move(sink).take(), limits);
  if (!submission) return defects_of(submission.error());
  v1::BoxAnswer answer;
  *answer.mutable_submission() = *std::move(submission);
  return answer;
}

v1::BoxAnswer check_report_file(const keys::ReportIssuer& issuer, const os::OpenFile& file) {
  os::MemorySink sink(kCheckedReportBytes);
  v1::BoxAnswer answer;
  if (file.read_all(sink)) {
    *answer.mutable_report() = check_report(std::move(sink).take(), issuer);
  } else {
    answer.mutable_report()->set_doubt(v1::REPORT_DOUBT_NOT_COMPLETED);
  }
  return answer;
}

v1::BoxAnswer compare_trust_file(const intake::LoadedTrust& in_force, const os::OpenFile& file) {
  os::MemorySink sink(kTrustListBytes);
  if (!file.read_all(sink)) return defect_of("limit", "it cannot be read, or is too large");
  return compare_trust(in_force, std::move(sink).take());
}

class Unpacking {
 public:
  Unpacking(ipc::Channel& channel, const core::Limits& limits)
      : channel_(channel), limits_(limits) {}

  // Errors: of what was to be said. What is wrong with the archive is said.
  core::Result<void> run(os::OpenFile file) {
    const intake::FileSource source(std::move(file));
    auto archive = contents::ZipArchive::open(source, limits_);
    if (!archive) return refuse(archive.error().error, archive.error().entry);
    const auto root = contents::find_case_root(archive->entries());
    if (!root) return refuse(root.error(), {});
    for (std::size_t i = 0; i < archive->entries().size(); ++i) {
      const contents::ZipEntry& entry = archive->entries()[i];
      if (entry.is_folder || !entry.name.starts_with(*root)) continue;
      v1::BoxAnswer start;
      start.set_entry(entry.name.substr(root->size()));
      HEYAN_CHECK_OK(channel_.send(MessageType::kBoxAnswer, start));
      const auto read = archive->read(i, [&](core::ByteView chunk) {
        v1::BoxAnswer bytes;
        bytes.set_chunk(core::to_string(chunk));
        return channel_.send(MessageType::kBoxAnswer, bytes);
      });
      if (!read) return refuse(read.error(), entry.name);
    }
    v1::BoxAnswer done;
    done.mutable_done();
    return channel_.send(MessageType::kBoxAnswer, done);
  }

 private:
  core::Result<void> refuse(const core::Error& error, std::string_view entry) {
    std::string detail(error.text);
    if (!entry.empty()) detail += ": " + std::string(entry);
    return channel_.send(MessageType::kBoxAnswer, defect_of("bad-archive", std::move(detail)));
  }

  ipc::Channel& channel_;
  const core::Limits& limits_;
};

struct Box {
  const BoxBench* bench;  // null: cases, reports and trust lists are none of its jobs
  const CourtBench& courts;

  bool run(ipc::Channel channel) const {
    auto request = channel.receive_with_descriptor<v1::BoxRequest>(
        MessageType::kBoxRequest, ipc::within(std::chrono::seconds(30)));
    if (!request) return was_a_knock(request.error());
    if (request->message.has_show_trust()) {
      return bench != nullptr && send(channel, show_trust(bench->trust));
    }
    if (!request->descriptor.is_open()) return false;
    auto file = open_file(std::move(request->descriptor));
    return file && work(request->message, *std::move(file), channel);
  }

 private:
  bool work(const v1::BoxRequest& job, os::OpenFile file, ipc::Channel& channel) const {
    switch (job.job_case()) {
      case v1::BoxRequest::kLookInto: {
        const auto answer = look_into(std::move(file), job.look_into());
        return answer && send(channel, *answer);
      }
      case v1::BoxRequest::kReadMessage:
        return read_message(courts, std::move(file), job.read_message(), channel);
      case v1::BoxRequest::kAnswerMessage:
        return answer_message(courts, std::move(file), job.answer_message(), channel);
      default:
        return bench != nullptr && take_in(job, std::move(file), channel);
    }
  }

  bool take_in(const v1::BoxRequest& job, os::OpenFile file, ipc::Channel& channel) const {
    const core::Limits limits;
    switch (job.job_case()) {
      case v1::BoxRequest::kReadCase:
        return send(channel, read_case(file, limits));
      case v1::BoxRequest::kOpenArchive:
        return said_or_unwanted(Unpacking(channel, limits).run(std::move(file)));
      case v1::BoxRequest::kCheckReport:
        return send(channel, check_report_file(bench->issuer, file));
      case v1::BoxRequest::kCompareTrust:
        return send(channel, compare_trust_file(bench->trust, file));
      default:
        return false;
    }
  }

  static bool send(ipc::Channel& channel, const v1::BoxAnswer& answer) {
    return said_or_unwanted(channel.send(MessageType::kBoxAnswer, answer));
  }
};

}  // namespace

bool run_box(const BoxBench& bench, ipc::Channel channel) {
  return Box{.bench = &bench, .courts = bench.courts}.run(std::move(channel));
}

bool run_local_box(const CourtBench& courts, ipc::Channel channel) {
  return Box{.bench = nullptr, .courts = courts}.run(std::move(channel));
}

void tell_box_lost(ipc::Channel front) {
  v1::BoxAnswer last;
  last.mutable_contents()->set_terminated(true);
  // Where it does not listen there is nobody to tell.
  static_cast<void>(
      front.send(MessageType::kBoxAnswer, last, -1, ipc::within(std::chrono::seconds(1))));
}

}  // namespace heyan::worker
