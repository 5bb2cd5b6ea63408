#include "gateway/service/courts.h"

#include <fcntl.h>

#include <algorithm>

#include "gateway/os/folder.h"
#include "gateway/service/standing.h"
#include "verifier/core/json.h"
#include "verifier/core/limits.h"

namespace heyan::service {
namespace {

using core::ErrorCode;

constexpr std::string_view kMessagePart = "court-message/part-";
constexpr std::size_t kRecordBytes = 700u << 20;
constexpr std::uint64_t kKeptBytes = 16u << 20;  // of all parts that an answer is made with

os::Descriptor open_staged(const Staged& staged, std::string_view path) {
  const StagedPart* part = staged.find(path);
  if (part == nullptr) return {};
  return os::Descriptor(::open(part->file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
}

// What an honest box stops at, too: containers are archives.
std::uint64_t most_bytes_of(const Staged& staged) {
  const core::Limits limits;
  std::uint64_t sum = 0;
  for (const StagedPart& part : staged.parts()) sum += part.size;
  const std::uint64_t most = std::max<std::uint64_t>(sum, 1) * limits.zip_ratio;
  return std::min(limits.zip_inflated_bytes, most + limits.json_bytes);
}

// Every file at its place: those of the case under its names, the rest as they came.
core::Result<void> put_in_place(Staged& staged, const v1::CourtFiling& filing) {
  for (const v1::WholePart& whole : filing.whole_parts()) {
    HEYAN_CHECK_OK(staged.rename(part_file(whole.part()), whole.path()));
  }
  staged.keep_as_message(kMessageFolder);
  return {};
}

// A message without a name is the same where all of it is: a corrected part makes another.
store::IdempotencyKey key_of(const Message& message, const v1::CourtFiling& filing,
                             const core::Bytes& fingerprint) {
  if (!message.key.empty()) return {message.key, fingerprint};
  const std::string name = filing.message_id().empty()
                               ? core::to_hex(fingerprint)
                               : core::to_hex(crypto::sha256(core::as_bytes(filing.message_id())));
  return {"court:" + message.message.adapter() + ":" + name, fingerprint};
}

// Refused.error without defects, as the sender can understand it.
std::vector<contents::Defect> defects_of(const Refused& refused, const Message& message) {
  if (!refused.defects.empty()) return refused.defects;
  if (refused.error.code != ErrorCode::kDuplicate || refused.error.text == kUnderWay) return {};
  if (!message.key.empty()) return {{"", std::string(kKeyReusedCode), std::string(kKeyReused)}};
  return {{"", "duplicate-message",
           "another message with this name came before; a new message needs a name of its own"}};
}

// Of all that was sent: what the parts are called counts, not only what they hold.
core::Bytes fingerprint_of(const v1::CourtMessage& message, const Staged& staged) {
  v1::CourtMessage sent = message;
  sent.clear_received_at_ms();
  const auto hasher = crypto::openssl_hasher(crypto::Hash::kSha256);
  hasher->update(core::as_bytes(sent.SerializeAsString()));
  hasher->update(fingerprint_as_sent(staged));
  return hasher->finish();
}

// Where the adapter's own words cannot be had: what is accepted must not look lost.
v1::CourtAnswer plain_answer(const std::string& submission) {
  core::json::Value value;
  value.set("submission", submission);
  v1::CourtAnswer answer;
  answer.set_status(202);
  answer.set_content_type("application/json");
  answer.set_body(core::json::write_canonical(value));
  return answer;
}

v1::AcceptedMessage accepted_message(const std::string& id, std::int64_t at_ms,
                                     const core::Bytes& receipt, const v1::Session& session) {
  v1::AcceptedMessage message;
  message.set_submission_id(id);
  message.set_at_ms(at_ms);
  message.set_receipt(core::to_string(receipt));
  *message.mutable_remarks() = session.remarks();
  return message;
}

// In what the store is to know it by, or is asked for.
bool has_nul(const ipc::ReadMessage& read) {
  const auto has = [](const std::string& text) { return text.contains('\0'); };
  if (const auto* question = std::get_if<v1::CourtQuestion>(&read)) return has(question->key());
  const auto& filing = std::get<v1::CourtFiling>(read);
  return std::ranges::any_of(filing.known(), [&](const v1::KnownValue& known) {
    return has(known.key()) || has(known.value());
  });
}

// From the reports of the asking court's own filings.
core::Result<v1::CourtAnswer> answer_question(const Acceptance& with, int descriptor,
                                              const v1::Session& session,
                                              const v1::CourtMessage& message,
                                              const std::string& key) {
  HEYAN_TRY(const auto values,
            with.store.find_known(session.court().code(), message.adapter(), key, ipc::kMostKnown));
  v1::AnswerMessage ask;
  *ask.mutable_message() = message;
  ask.mutable_found();
  for (const std::string& value : values) ask.mutable_found()->add_values(value);
  return ipc::answer_message(with.boxes, descriptor, ask);
}

// Small parts that stand beside the message, for the adapter to answer with.
core::Result<void> add_kept_parts(const Acceptance& with, const store::VaultOwner& owner,
                                  std::span<const store::StoredFile> files,
                                  v1::AnswerMessage& ask) {
  std::uint64_t left = kKeptBytes;
  for (int i = 0; i < ask.message().parts_size(); ++i) {
    const auto stored =
        std::ranges::find(files, part_file(static_cast<std::size_t>(i)), &store::StoredFile::path);
    if (stored == files.end() || stored->size > left) continue;
    left -= stored->size;
    HEYAN_TRY(auto file, with.vault.open_read(owner, stored->sha256));
    HEYAN_TRY(const os::FileState state, os::state_of(file));
    os::MemorySink sink(stored->size);
    HEYAN_CHECK_OK(os::OpenFile(std::move(file), state).read_all(sink));
    v1::KeptPart& kept = *ask.add_kept();
    kept.set_part(static_cast<std::uint32_t>(i));
    kept.set_content(core::to_string(std::move(sink).take()));
  }
  return {};
}

// Of a repeated message: what was said of the first one, with its time.
v1::AcceptedMessage first_acceptance(const Acceptance& with, const Accepted& accepted,
                                     const v1::Session& session) {
  if (accepted.replayed) {
    const auto first = with.store.find_submission(accepted.submission,
                                                  store::Scope::of_court(session.court().code()));
    v1::Session earlier;
    if (first && *first && earlier.ParseFromString(core::to_string((*first)->session))) {
      return accepted_message(accepted.submission, earlier.received_at_ms(), accepted.receipt,
                              earlier);
    }
  }
  return accepted_message(accepted.submission, session.received_at_ms(), accepted.receipt, session);
}

core::Result<v1::CourtAnswer> render_answer(const Acceptance& with, const Renderers& renderers,
                                            const store::Submission& submission, int message,
                                            v1::AnswerMessage answer) {
  HEYAN_TRY(const auto report,
            with.store.find_report(*submission.report, store::Scope::of_court(submission.court)));
  if (!report) return core::fail(ErrorCode::kInternal, "a report that was issued is gone");
  HEYAN_CHECK_OK(confirm(with.signer, *report));
  HEYAN_TRY(auto file,
            with.vault.open_read({.court = report->court, .submission = report->submission},
                                 report->record_sha256));
  HEYAN_TRY(const os::FileState state, os::state_of(file));
  os::MemorySink sink(kRecordBytes);
  HEYAN_CHECK_OK(os::OpenFile(std::move(file), state).read_all(sink));
  v1::RenderJob job;
  job.set_envelope(with_time_stamp(*report));
  job.set_record(core::to_string(std::move(sink).take()));
  job.set_format("court");
  job.set_language(answer.language());
  job.set_level("judge");
  job.set_reader("court");
  *job.mutable_court() = std::move(answer);
  return render_court(renderers, std::move(job), message);
}

}  // namespace

std::string part_file(std::size_t part) { return std::string(kMessagePart) + std::to_string(part); }

core::Result<Taken> take_message(const Acceptance& with, const std::string& id, Staged& staged,
                                 v1::Session session, const Message& message) {
  const core::Bytes fingerprint = fingerprint_of(message.message, staged);
  const os::Descriptor descriptor = open_staged(staged, kMessageFile);
  if (!descriptor.is_open()) return core::fail(ErrorCode::kIo, "the file cannot be opened again");
  const ipc::OpenPart open_part = [&staged](std::uint32_t part) {
    return open_staged(staged, part_file(part));
  };
  HEYAN_TRY(auto read, ipc::read_message(with.boxes, descriptor.get(), message.message, open_part,
                                         staged, most_bytes_of(staged)));
  if (auto* rejection = std::get_if<v1::CourtRejection>(&read)) {
    return Taken{.answer = std::move(*rejection->mutable_answer()), .accepted = std::nullopt};
  }
  if (has_nul(read)) return core::fail(ErrorCode::kMalformed, "a name of the message has U+0000");
  if (const auto* question = std::get_if<v1::CourtQuestion>(&read)) {
    HEYAN_TRY(v1::CourtAnswer answer,
              answer_question(with, descriptor.get(), session, message.message, question->key()));
    return Taken{.answer = std::move(answer), .accepted = std::nullopt, .question = true};
  }
  const auto& filing = std::get<v1::CourtFiling>(read);
  *session.mutable_message() = message.message;
  *session.mutable_remarks() = filing.remarks();
  *session.mutable_known() = filing.known();
  const store::IdempotencyKey key = key_of(message, filing, fingerprint);
  HEYAN_CHECK_OK(put_in_place(staged, filing));
  v1::AnswerMessage ask;
  *ask.mutable_message() = message.message;
  const auto accepted = accept(with, id, staged, session, key);
  if (!accepted) {
    const auto defects = defects_of(accepted.error(), message);
    if (defects.empty()) return std::unexpected(accepted.error().error);
    for (const contents::Defect& defect : defects) {
      v1::DefectEntry& entry = *ask.mutable_defects()->add_defects();
      entry.set_pointer(defect.pointer);
      entry.set_code(defect.code);
      entry.set_detail(defect.detail);
    }
  } else {
    *ask.mutable_accepted() = first_acceptance(with, *accepted, session);
    ask.mutable_accepted()->set_repeated(accepted->replayed);
  }
  auto answer = ipc::answer_message(with.boxes, descriptor.get(), ask);
  if (!accepted) {
    if (!answer) return std::unexpected(answer.error());
    return Taken{.answer = *std::move(answer), .accepted = std::nullopt};
  }
  return Taken{.answer = answer ? *std::move(answer) : plain_answer(accepted->submission),
               .accepted = *accepted};
}

core::Result<std::optional<v1::CourtAnswer>> answer_about(const Acceptance& with,
                                                          const Renderers& renderers,
                                                          const store::Submission& submission,
                                                          std::string_view adapter,
                                                          std::string_view language) {
  if (submission.deleted) return core::fail(ErrorCode::kUnsupported, store::kDeletedText);
  v1::Session session;
  if (!session.ParseFromString(core::to_string(submission.session))) {
    return core::fail(ErrorCode::kInternal, "a stored session does not read");
  }
  if (session.message().adapter() != adapter) return std::nullopt;
  const auto scope = store::Scope::of_court(submission.court);
  HEYAN_TRY(const auto files, with.store.files(submission.id, scope));
  const auto stored = std::ranges::find(files, kMessageFile, &store::StoredFile::path);
  if (stored == files.end()) return core::fail(ErrorCode::kInternal, "a message that came is gone");
  HEYAN_CHECK_OK(with.signer.receipts().confirm(submission, files));
  const store::VaultOwner owner{.court = submission.court, .submission = submission.id};
  HEYAN_TRY(const os::Descriptor message, with.vault.open_read(owner, stored->sha256));
  v1::AnswerMessage ask;
  *ask.mutable_message() = session.message();
  ask.set_language(std::string(language));
  HEYAN_CHECK_OK(add_kept_parts(with, owner, files, ask));
  const v1::AcceptedMessage about =
      accepted_message(submission.id, session.received_at_ms(), submission.receipt, session);
  if (submission.report) {
    *ask.mutable_accepted() = about;
    return render_answer(with, renderers, submission, message.get(), std::move(ask));
  }
  *(submission.state == store::State::kRejected ? ask.mutable_rejected() : ask.mutable_waiting()) =
      about;
  return ipc::answer_message(with.boxes, message.get(), ask);
}

core::Result<v1::CourtAnswer> own_answer(const Acceptance& with, const Renderers& renderers,
                                         const store::Delivery& delivery,
                                         std::string_view language) {
  HEYAN_TRY(const auto submission,
            with.store.find_submission(delivery.submission, store::Scope::whole_installation()));
  if (!submission) return core::fail(ErrorCode::kNotFound, "no such submission");
  HEYAN_TRY(auto answer,
            answer_about(with, renderers, *submission, core::as_text(delivery.body), language));
  if (!answer) return core::fail(ErrorCode::kNotFound, "it did not come as a message");
  return *std::move(answer);
}

}  // namespace heyan::service
