#include "gateway/worker/court_box.h"

#include <algorithm>

#include "gateway/intake/file_source.h"
#include "gateway/ipc/deadline.h"
#include "gateway/worker/parent.h"

namespace heyan::worker {
namespace {

using court_adapters::CourtAdapter;
using ipc::MessageType;

constexpr auto kPatience = std::chrono::seconds(60);
constexpr std::string_view kCaseFile = "case.json";

// The parts of a message, asked for when they are read; one is open at a time.
class Parts {
 public:
  Parts(ipc::Channel& channel, const v1::CourtMessage& message) : channel_(channel) {
    sources_.reserve(static_cast<std::size_t>(message.parts_size()));
    for (const v1::MessagePart& part : message.parts()) {
      sources_.emplace_back(*this, static_cast<std::uint32_t>(sources_.size()), part.size());
      parts_.push_back({part.name(), part.file_name(), part.content_type(), &sources_.back()});
    }
  }
  Parts(const Parts&) = delete;
  Parts& operator=(const Parts&) = delete;

  std::span<const court_adapters::Part> all() const { return parts_; }

 private:
  class Source final : public contents::ByteSource {
   public:
    Source(Parts& parts, std::uint32_t index, std::uint64_t size)
        : parts_(&parts), index_(index), size_(size) {}
    std::uint64_t size() const override { return size_; }
    core::Result<std::size_t> read_at(std::uint64_t offset,
                                      std::span<std::uint8_t> out) const override {
      HEYAN_TRY(const intake::FileSource* file, parts_->open(index_));
      return file->read_at(offset, out);
    }

   private:
    Parts* parts_;
    std::uint32_t index_;
    std::uint64_t size_;
  };

  core::Result<const intake::FileSource*> open(std::uint32_t index) {
    if (open_index_ == index) return &*open_;
    open_.reset();
    open_index_.reset();
    v1::BoxAnswer ask;
    ask.set_open_part(index);
    HEYAN_CHECK_OK(channel_.send(MessageType::kBoxAnswer, ask, -1, ipc::within(kPatience)));
    HEYAN_TRY(auto got, channel_.receive_with_descriptor<v1::PartBytes>(MessageType::kPartBytes,
                                                                        ipc::within(kPatience)));
    if (!got.descriptor.is_open()) {
      return core::fail(core::ErrorCode::kIo, "the part cannot be opened");
    }
    HEYAN_TRY(const os::FileState state, os::state_of(got.descriptor));
    open_.emplace(os::OpenFile(std::move(got.descriptor), state));
    open_index_ = index;
    return &*open_;
  }

  ipc::Channel& channel_;
  std::vector<Source> sources_;
  std::vector<court_adapters::Part> parts_;
  std::optional<intake::FileSource> open_;
  std::optional<std::uint32_t> open_index_;
};

court_adapters::Request request_of(const v1::CourtMessage& message,
                                   const contents::ByteSource& bytes,
                                   const court_adapters::Settings& settings) {
  court_adapters::Request request;
  request.path = message.path();
  request.content_type = message.content_type();
  request.message = &bytes;
  request.received_at_ms = message.received_at_ms();
  request.settings = &settings;
  return request;
}

// The parts that came along with the question, whole.
class KeptParts {
 public:
  explicit KeptParts(const v1::AnswerMessage& request) {
    sources_.reserve(static_cast<std::size_t>(request.kept_size()));
    for (const v1::KeptPart& kept : request.kept()) {
      if (kept.part() >= static_cast<std::uint32_t>(request.message().parts_size())) continue;
      const v1::MessagePart& part = request.message().parts(static_cast<int>(kept.part()));
      sources_.emplace_back(core::as_bytes(kept.content()));
      parts_.push_back({part.name(), part.file_name(), part.content_type(), &sources_.back()});
    }
  }
  KeptParts(const KeptParts&) = delete;
  KeptParts& operator=(const KeptParts&) = delete;

  std::span<const court_adapters::Part> all() const { return parts_; }

 private:
  std::vector<contents::MemorySource> sources_;
  std::vector<court_adapters::Part> parts_;
};

v1::CourtAnswer to_message(court_adapters::Answer answer) {
  v1::CourtAnswer message;
  message.set_status(static_cast<std::uint32_t>(answer.status));
  message.set_content_type(std::move(answer.content_type));
  message.set_body(std::move(answer.body));
  return message;
}

std::vector<contents::Defect> defects_in(const v1::Defects& list) {
  std::vector<contents::Defect> defects;
  for (const v1::DefectEntry& entry : list.defects()) {
    defects.push_back({entry.pointer(), entry.code(), entry.detail()});
  }
  return defects;
}

court_adapters::Accepted accepted_in(const v1::AcceptedMessage& message) {
  court_adapters::Accepted accepted;
  accepted.submission = message.submission_id();
  accepted.at_ms = message.at_ms();
  accepted.receipt = message.receipt();
  accepted.repeated = message.repeated();
  for (const v1::CourtRemark& remark : message.remarks()) {
    accepted.remarks.push_back({remark.item(), remark.code(), remark.pointer(), remark.detail()});
  }
  return accepted;
}

v1::CourtFiling filing_of(const court_adapters::Filing& filing) {
  v1::CourtFiling message;
  message.set_message_id(filing.message_id);
  for (const court_adapters::File& file : filing.files) {
    const auto* part = std::get_if<std::size_t>(&file.from);
    if (part == nullptr) continue;
    v1::WholePart& whole = *message.add_whole_parts();
    whole.set_path(file.path);
    whole.set_part(static_cast<std::uint32_t>(*part));
  }
  for (const court_adapters::Known& known : filing.known) {
    v1::KnownValue& out = *message.add_known();
    out.set_key(known.key);
    out.set_value(known.value);
  }
  for (const court_adapters::Remark& remark : filing.remarks) {
    v1::CourtRemark& out = *message.add_remarks();
    out.set_item(remark.item);
    out.set_code(remark.code);
    out.set_pointer(remark.pointer);
    out.set_detail(remark.detail);
  }
  return message;
}

class Sending {
 public:
  explicit Sending(ipc::Channel& channel) : channel_(channel) {}

  // As said_or_unwanted, of all of it.
  bool run(const court_adapters::Filing& all) { return filing(all) || unwanted_; }

 private:
  core::Result<void> filing(const court_adapters::Filing& filing) {
    v1::BoxAnswer first;
    *first.mutable_filing() = filing_of(filing);
    HEYAN_CHECK_OK(send(first));
    HEYAN_CHECK_OK(entry(kCaseFile));
    const core::json::Value document = contents::write_submission(filing.submission);
    HEYAN_CHECK_OK(bytes(core::as_bytes(core::json::write_canonical(document))));
    for (const court_adapters::File& file : filing.files) {
      const auto* write =
          std::get_if<std::function<core::Result<void>(const court_adapters::Write&)>>(&file.from);
      if (write == nullptr) continue;
      HEYAN_CHECK_OK(entry(file.path));
      HEYAN_CHECK_OK((*write)([this](core::ByteView chunk) { return bytes(chunk); }));
    }
    v1::BoxAnswer done;
    done.mutable_done();
    return send(done);
  }
  core::Result<void> send(const v1::BoxAnswer& answer) {
    auto sent = channel_.send(MessageType::kBoxAnswer, answer, -1, ipc::within(kPatience));
    unwanted_ = !sent && said_or_unwanted(sent);
    return sent;
  }
  core::Result<void> entry(std::string_view path) {
    v1::BoxAnswer answer;
    answer.set_entry(std::string(path));
    return send(answer);
  }
  core::Result<void> bytes(core::ByteView all) {
    while (!all.empty()) {
      const std::size_t count = std::min(all.size(), kChunkBytes);
      v1::BoxAnswer answer;
      answer.set_chunk(core::to_string(all.first(count)));
      HEYAN_CHECK_OK(send(answer));
      all = all.subspan(count);
    }
    return {};
  }

  static constexpr std::size_t kChunkBytes = 1u << 20;
  ipc::Channel& channel_;
  bool unwanted_ = false;  // nobody listens any more; that is no fault of what the adapter reads
};

bool say(ipc::Channel& channel, const v1::BoxAnswer& answer) {
  return said_or_unwanted(
      channel.send(MessageType::kBoxAnswer, answer, -1, ipc::within(kPatience)));
}

}  // namespace

std::string CourtBench::fault() const {
  for (const auto& [id, settings] : courts_) {
    const CourtAdapter* adapter = court_adapters::find(id);
    if (adapter == nullptr) {
      return "[court." + id + "]: there is no such adapter; `heyan adapters` lists them";
    }
    for (const auto& [name, values] : settings) {
      if (std::ranges::find(adapter->settings(), name) != adapter->settings().end()) continue;
      return "[court." + id + "]: it has no setting " + name + "; leave it out";
    }
  }
  return {};
}

const CourtAdapter* CourtBench::find(std::string_view id) const {
  return courts_.contains(id) ? court_adapters::find(id) : nullptr;
}

const court_adapters::Settings& CourtBench::settings(std::string_view id) const {
  return courts_.find(id)->second;
}

v1::Defects to_message(std::span<const contents::Defect> defects) {
  v1::Defects list;
  for (const contents::Defect& defect : defects) {
    v1::DefectEntry& entry = *list.add_defects();
    entry.set_pointer(defect.pointer);
    entry.set_code(defect.code);
    entry.set_detail(defect.detail);
  }
  return list;
}

bool read_message(const CourtBench& courts, os::OpenFile message, const v1::ReadMessage& request,
                  ipc::Channel& channel) {
  const CourtAdapter* adapter = courts.find(request.message().adapter());
  if (adapter == nullptr) return false;
  const intake::FileSource bytes(std::move(message));
  const Parts parts(channel, request.message());
  court_adapters::Request decoded =
      request_of(request.message(), bytes, courts.settings(adapter->id()));
  decoded.parts = parts.all();
  const auto question = adapter->ask(decoded, core::Limits());
  v1::BoxAnswer answer;
  if (question && *question) {
    answer.mutable_question()->set_key((*question)->key);
    return say(channel, answer);
  }
  std::vector<contents::Defect> defects;
  if (question) {
    const auto filing = adapter->decode(decoded, core::Limits());
    if (filing) return Sending(channel).run(*filing);
    defects = filing.error();
  } else {
    defects = question.error();
  }
  v1::CourtRejection& rejection = *answer.mutable_rejection();
  *rejection.mutable_defects() = to_message(defects);
  *rejection.mutable_answer() = to_message(adapter->reject(decoded, defects));
  return say(channel, answer);
}

bool answer_message(const CourtBench& courts, os::OpenFile message,
                    const v1::AnswerMessage& request, ipc::Channel& channel) {
  const CourtAdapter* adapter = courts.find(request.message().adapter());
  if (adapter == nullptr) return false;
  const intake::FileSource bytes(std::move(message));
  const KeptParts kept(request);
  court_adapters::Request original =
      request_of(request.message(), bytes, courts.settings(adapter->id()));
  original.parts = kept.all();
  court_adapters::Answer said;
  switch (request.what_case()) {
    case v1::AnswerMessage::kDefects:
      said = adapter->reject(original, defects_in(request.defects()));
      break;
    case v1::AnswerMessage::kAccepted:
      said = adapter->acknowledge(original, accepted_in(request.accepted()));
      break;
    case v1::AnswerMessage::kWaiting:
    case v1::AnswerMessage::kRejected: {
      court_adapters::Outcome outcome;
      outcome.failed = request.has_rejected();
      outcome.accepted = accepted_in(outcome.failed ? request.rejected() : request.waiting());
      outcome.language = request.language();
      said = adapter->encode(original, outcome);
      break;
    }
    case v1::AnswerMessage::kFound: {
      const std::vector<std::string> values(request.found().values().begin(),
                                            request.found().values().end());
      said = adapter->tell(original, values);
      break;
    }
    case v1::AnswerMessage::WHAT_NOT_SET:
      return false;
  }
  v1::BoxAnswer answer;
  *answer.mutable_court_answer() = to_message(std::move(said));
  return say(channel, answer);
}

std::optional<v1::CourtAnswer> encode_report(const CourtBench& courts, os::OpenFile message,
                                             const v1::AnswerMessage& request,
                                             const CourtReport& report) {
  const CourtAdapter* adapter = courts.find(request.message().adapter());
  if (adapter == nullptr || !request.has_accepted()) return std::nullopt;
  const intake::FileSource bytes(std::move(message));
  court_adapters::Outcome outcome;
  outcome.accepted = accepted_in(request.accepted());
  outcome.language = request.language();
  outcome.report = &report.report;
  outcome.link = report.link;
  outcome.rendition = report.rendition;
  const KeptParts kept(request);
  court_adapters::Request original =
      request_of(request.message(), bytes, courts.settings(adapter->id()));
  original.parts = kept.all();
  return to_message(adapter->encode(original, outcome));
}

}  // namespace heyan::worker
