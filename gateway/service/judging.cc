#include "gateway/service/judging.h"

#include <algorithm>
#include <map>
#include <set>

#include "gateway/ipc/look_into.h"
#include "gateway/service/judge_said.h"
#include "gateway/service/staged.h"
#include "gateway/service/stored_session.h"
#include "heyan/v1/gateway.pb.h"
#include "schemas/catalogue/catalogue.h"

namespace heyan::service {
namespace {

using ipc::MessageType;

constexpr std::string_view kNotStored = "storage-failed";

// Files that are kept open for a second question: as many as are looked into
// (intake/differences.h).
constexpr std::size_t kMostKept = 64;

std::unexpected<JudgingFailed> not_stored() {
  return std::unexpected(JudgingFailed{std::string(kNotStored), Blame::kOurs});
}

constexpr int kMostUnread = 1000;  // said before the other end closed: chunks of a record

// Of judges' parent (worker/judge.h): the child died of its job, or had its time.
constexpr std::string_view kLost = "judge-lost";
constexpr std::string_view kLate = "judge-late";

JudgingFailed failure_of(const v1::Refusal& refusal) {
  if (refusal.final()) return {refusal.code(), Blame::kFinal};
  return {refusal.code(), refusal.code() == "judging-failed" ? Blame::kJudge : Blame::kOurs};
}

// As the adapter named it when the message came.
std::vector<store::KnownValue> known_of(const store::Job& job) {
  v1::Session session;
  std::vector<store::KnownValue> known;
  if (!session.ParseFromString(core::to_string(job.session))) return known;
  for (const v1::KnownValue& one : session.known()) {
    known.push_back({session.message().adapter(), one.key(), one.value()});
  }
  return known;
}

std::vector<store::Checkpoint> blocks_of(
    const google::protobuf::RepeatedPtrField<v1::KeptCheckpoint>& told) {
  std::vector<store::Checkpoint> blocks;
  for (const v1::KeptCheckpoint& one : told) {
    blocks.push_back({.ledger = one.ledger(),
                      .height = one.height(),
                      .hash = core::to_bytes(core::as_bytes(one.hash())),
                      .origin = one.origin()});
  }
  return blocks;
}

class Conversation {
 public:
  Conversation(const Judging& with, ipc::Channel& channel, const store::Job& job, bool give_up)
      : with_(with), channel_(channel), job_(job), give_up_(give_up) {}

  std::expected<Judged, JudgingFailed> run() {
    v1::JudgeJob job;
    if (!search(job)) return not_stored();
    if (const auto sent = send_job(job); !sent) return last_word(sent.error());
    while (true) {
      auto ask =
          channel_.receive<v1::JudgeAsks>(MessageType::kJudgeAsks, ipc::within(with_.patience));
      if (!ask) return ended(ask.error());
      switch (ask->ask_case()) {
        case v1::JudgeAsks::kOpenFile:
          if (const auto sent = hand_out(ask->open_file()); !sent) return last_word(sent.error());
          break;
        case v1::JudgeAsks::kLookInto:
          if (const auto sent = relay_look(ask->look_into()); !sent) {
            return last_word(sent.error());
          }
          break;
        case v1::JudgeAsks::kRecall:
          if (!can_be_asked(ask->recall())) return died();
          if (!recall(ask->recall())) return not_stored();
          break;
        case v1::JudgeAsks::kWatch:
          if (!can_be_asked(ask->watch())) return died();
          if (!watch(ask->watch())) return not_stored();
          break;
        case v1::JudgeAsks::kRecordChunk:
          if (!take_chunk(ask->record_chunk())) return not_stored();
          break;
        case v1::JudgeAsks::kRecordEnd:
          if (!record_) return died();
          if (!keep_record()) return not_stored();
          if (const auto sent = answer_nothing(); !sent) return last_word(sent.error());
          break;
        case v1::JudgeAsks::kDone:
          return finish(ask->done());
        case v1::JudgeAsks::ASK_NOT_SET:
          return died();
      }
    }
  }

 private:
  core::Result<void> search(v1::JudgeJob& message) const {
    if (with_.contents == nullptr) return {};
    HEYAN_TRY(*message.mutable_elsewhere(), with_.contents->search(job_));
    return {};
  }

  core::Result<void> send_job(v1::JudgeJob& message) {
    message.set_submission_id(job_.submission);
    message.set_version(job_.version);
    for (const store::StoredFile& file : job_.files) {
      v1::StoredFile& out = *message.add_files();
      out.set_path(file.path);
      out.set_size(file.size);
      out.set_sha256(core::to_string(file.sha256));
    }
    HEYAN_TRY(*message.mutable_session(), stored_session(job_.session, job_.court, job_.account));
    message.set_intake_index(job_.intake_index);
    message.set_supersedes(job_.supersedes);
    message.set_give_up(give_up_);
    return channel_.send(MessageType::kJudgeJob, message, -1, ipc::within(with_.patience));
  }

  store::VaultOwner owner() const { return {.court = job_.court, .submission = job_.submission}; }

  static std::unexpected<JudgingFailed> died() {
    return std::unexpected(JudgingFailed{std::string(kLost), Blame::kJudge});
  }

  // A slow store may have cost it its time. What it dies of otherwise is the case's doing, however
  // long its files took: it would never be given up, and kill judges for ever.
  std::unexpected<JudgingFailed> had_its_time() const {
    if (fetching_ >= with_.most_fetching / 10) return not_stored();
    return std::unexpected(JudgingFailed{std::string(kLate), Blame::kJudge});
  }

  // Who ends without a word was ended, or never begun: by a stop, a restart, a parent that was
  // killed or could not fork. That is not the case's doing; of a child that died of it the parent
  // tells.
  std::unexpected<JudgingFailed> ended(const core::Error& error) const {
    if (error.code != core::ErrorCode::kNotFound) return died();
    return std::unexpected(JudgingFailed{"judges-away", Blame::kOurs});
  }

  // It hears nothing any more; what it said before is still there.
  std::expected<Judged, JudgingFailed> last_word(const core::Error& error) {
    if (error.code != core::ErrorCode::kNotFound) return died();
    for (int i = 0; i < kMostUnread; ++i) {
      auto said =
          channel_.receive<v1::JudgeAsks>(MessageType::kJudgeAsks, ipc::within(with_.patience));
      if (!said) return ended(said.error());
      if (said->has_done()) return finish(said->done());
    }
    return died();
  }

  // Closed where it cannot be had now. A bucket that is slow must not cost the judge's child its
  // time, and so the submission an attempt; so no file is fetched twice, unless there are many.
  // Whoever has one reads it by places of his own choice (os::OpenFile), so that it serves several.
  const os::Descriptor& open(std::uint32_t index) {
    if (const auto kept = kept_.find(index); kept != kept_.end()) return kept->second;
    last_.reset();
    if (index >= job_.files.size() || fetching_ >= with_.most_fetching) return last_;
    const auto begun = std::chrono::steady_clock::now();
    auto opened = with_.vault.open_read(owner(), job_.files[index].sha256);
    fetching_ += std::chrono::steady_clock::now() - begun;
    if (!opened) {
      unread_ = core::to_hex(job_.files[index].sha256);
      return last_;
    }
    if (kept_.size() < kMostKept) return kept_.emplace(index, *std::move(opened)).first->second;
    last_ = *std::move(opened);
    return last_;
  }

  core::Result<void> hand_out(std::uint32_t index) {
    const os::Descriptor& file = open(index);
    return channel_.send(MessageType::kJudgeGets, v1::JudgeGets(), file.get(),
                         ipc::within(with_.patience));
  }

  core::Result<void> relay_look(const v1::LookIntoFile& asked) {
    v1::JudgeGets gets;
    if (with_.boxes != nullptr && asked.file() < job_.files.size()) {
      v1::LookInto request;
      *request.mutable_algorithms() = asked.algorithms();
      request.set_name(asked.name());
      const os::Descriptor& file = open(asked.file());
      auto facts =
          file.is_open() ? ipc::look_into(*with_.boxes, file.get(), request) : std::nullopt;
      if (facts) *gets.mutable_contents() = *std::move(facts);
    }
    return channel_.send(MessageType::kJudgeGets, gets, -1, ipc::within(with_.patience));
  }

  core::Result<void> recall(const v1::LedgerRecall& asked) {
    v1::JudgeGets gets;
    const auto add = [&gets](const std::vector<store::Checkpoint>& kept) {
      for (const store::Checkpoint& one : kept) {
        v1::KeptCheckpoint& out = *gets.add_checkpoints();
        out.set_ledger(one.ledger);
        out.set_origin(one.origin);
        out.set_height(one.height);
        out.set_hash(core::to_string(one.hash));
        out.set_seen_at_ms(one.seen_at_ms);
      }
    };
    const auto place = [](const v1::LedgerPosition& position) {
      return store::LedgerPlace{position.ledger(), position.origin(), position.height()};
    };
    for (const v1::LedgerPosition& position : asked.positions()) {
      if (with_.memory == nullptr) break;
      HEYAN_TRY(const auto kept, with_.memory->find_checkpoints(place(position)));
      add(kept);
    }
    for (const v1::LedgerPosition& position : asked.contested_from()) {
      if (with_.memory == nullptr) break;
      HEYAN_TRY(const auto contested, with_.memory->contested_checkpoints(place(position)));
      add(contested);
    }
    return channel_.send(MessageType::kJudgeGets, gets, -1, ipc::within(with_.patience));
  }

  core::Result<void> watch(const v1::LedgerWatch& asked) {
    v1::JudgeGets gets;
    if (with_.memory != nullptr) {
      const std::vector<std::string> ledgers(asked.ledgers().begin(), asked.ledgers().end());
      HEYAN_TRY(const auto since, with_.memory->watch_ledgers(ledgers, with_.now_ms));
      for (std::size_t i = 0; i < ledgers.size(); ++i) {
        // Restored today: what was seen of it earlier in the day was lost (backup/anew.h).
        if (since[i] > with_.now_ms) continue;
        v1::WatchedLedger& out = *gets.add_watched();
        out.set_ledger(ledgers[i]);
        out.set_since_ms(since[i]);
      }
    }
    return channel_.send(MessageType::kJudgeGets, gets, -1, ipc::within(with_.patience));
  }

  core::Result<void> take_chunk(const std::string& chunk) {
    if (!record_) {
      HEYAN_TRY(const std::string name, store::new_submission_id());
      HEYAN_TRY(auto files, store::StagingFiles::create(with_.staging, name));
      record_ = std::make_unique<Staged>(std::move(files));
      HEYAN_CHECK_OK(record_->begin("record.hcr"));
    }
    return record_->append(core::as_bytes(chunk));
  }

  core::Result<void> keep_record() {
    HEYAN_CHECK_OK(record_->finish());
    const StagedPart& part = record_->parts().back();
    const store::StagedFile file{part.file, part.sha256};
    if (with_.memory != nullptr) {
      HEYAN_CHECK_OK(with_.memory->note_record(job_.submission, part.sha256));
    }
    const auto until =
        std::chrono::steady_clock::now() +
        std::chrono::duration_cast<std::chrono::steady_clock::duration>(with_.most_storing);
    HEYAN_CHECK_OK(with_.vault.put_from_staging(owner(), std::span(&file, 1), until));
    record_.reset();
    return {};
  }

  core::Result<void> answer_nothing() {
    return channel_.send(MessageType::kJudgeGets, v1::JudgeGets(), -1, ipc::within(with_.patience));
  }

  std::expected<Judged, JudgingFailed> finish(const v1::JudgeDone& done) const {
    if (done.has_refusal()) {
      const std::string& code = done.refusal().code();
      if (code == kLate) return had_its_time();
      if (code == kLost || !is_refusal_word(code)) return died();
      JudgingFailed failed = failure_of(done.refusal());
      if (failed.code == kNotStored) failed.file = unread_;
      return std::unexpected(std::move(failed));
    }
    if (!can_be_kept(done)) return died();
    Judged judged;
    store::FinishedJob& finished = judged.job;
    finished.submission = job_.submission;
    finished.version = job_.version;
    finished.report_number = done.report_number();
    finished.issued_at_ms = done.report().as_of_ms();
    finished.envelope = core::to_bytes(core::as_bytes(done.envelope()));
    finished.verdict = std::string(catalogue::entry(done.report().verdict()).code);
    // Of an earlier attempt where that one's report was signed: its record was kept before it was.
    finished.record_sha256 = core::to_bytes(core::as_bytes(done.record_sha256()));
    if (with_.contents != nullptr) with_.contents->enter(job_.court, done.report(), finished);
    finished.known = known_of(job_);
    finished.seen = blocks_of(done.seen());
    finished.observed = blocks_of(done.observed());
    std::map<std::string_view, std::uint64_t> counts;
    for (const v1::ItemReport& item : done.report().evidence()) {
      ++counts[catalogue::entry(item.verdict()).code];
      const auto& attestations = item.attestations();
      for (const v1::Finding& finding : item.findings()) {
        if (finding.code() == v1::REASON_STORED_BYTES_DIFFER) judged.stored_otherwise = true;
        const auto at = static_cast<int>(finding.subject().attestation());
        if (finding.check() != v1::CHECK_INC_2 || at >= attestations.size()) continue;
        if (finding.code() != v1::REASON_NONE)
          finished.conflicts_told.insert(attestations.at(at).ledger());
        if (finding.code() == v1::REASON_CHAIN_FORK_DETECTED)
          judged.forked.insert(attestations.at(at).ledger());
      }
      judged.items.push_back({catalogue::entry(item.verdict()).code,
                              attestations.empty() ? "" : attestations.at(0).format()});
    }
    for (const auto& [verdict, items] : counts) {
      finished.counts.push_back({.verdict = std::string(verdict), .items = items});
    }
    return judged;
  }

  const Judging& with_;
  ipc::Channel& channel_;
  const store::Job& job_;
  bool give_up_;
  std::unique_ptr<Staged> record_;
  std::chrono::steady_clock::duration fetching_{};
  std::map<std::uint32_t, os::Descriptor> kept_;  // by index
  os::Descriptor last_;                           // that is not kept; or closed
  std::string unread_;  // SHA-256, in hex, of the last one that the vault could not give
};

}  // namespace

std::expected<Judged, JudgingFailed> have_judged(const Judging& with, ipc::Channel channel,
                                                 const store::Job& job, bool give_up) {
  return Conversation(with, channel, job, give_up).run();
}

}  // namespace heyan::service
