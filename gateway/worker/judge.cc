#include "gateway/worker/judge.h"

#include <algorithm>
#include <map>

#include "gateway/intake/differences.h"
#include "gateway/intake/notes.h"
#include "gateway/intake/take_in.h"
#include "gateway/worker/canaries.h"
#include "gateway/worker/court_intake.h"
#include "gateway/worker/elsewhere.h"
#include "gateway/worker/memory.h"
#include "gateway/worker/parent.h"
#include "gateway/worker/stored_case.h"
#include "heyan/v1/gateway.pb.h"
#include "schemas/catalogue/catalogue.h"
#include "verifier/canonical.h"
#include "verifier/contents/submission_reader.h"
#include "verifier/crypto/digest.h"
#include "verifier/crypto/signing.h"
#include "verifier/judge.h"
#include "verifier/report/payload.h"
#include "verifier/report/record_file.h"

namespace heyan::worker {
namespace {

using core::Result;
using ipc::MessageType;

constexpr std::size_t kSecretBytes = 32;
// Longer than the front waits for a bucket: that the store is slow it says itself.
constexpr std::chrono::seconds kStorePatience{600};

// A refusal of ours: what could not be done, and whether trying again may help.
struct Setback {
  std::string code;
  bool final = false;
};
template <typename T>
using OrSetback = std::expected<T, Setback>;

std::unexpected<Setback> lost_channel() { return std::unexpected(Setback{"channel-lost", false}); }

class JudgeChild {
 public:
  JudgeChild(const Bench& bench, ipc::Channel& front, ipc::Channel& signer, RecordSlip& slip)
      : bench_(bench), front_(front), signer_(signer), slip_(slip) {}

  bool run() {
    auto job = front_.receive<v1::JudgeJob>(MessageType::kJudgeJob, ipc::within(bench_.patience));
    if (!job) return was_a_knock(job.error());
    job_ = *std::move(job);
    v1::JudgeAsks last;
    auto done = job_.canaries() ? sing() : work();
    // Nothing is answered that was not recorded; asked again, the signer gives the same report.
    if (!job_.canaries() && !slip_.hand_in(done ? judgement(*done) : failure(done.error().code)) &&
        done) {
      done = std::unexpected(Setback{"audit-trail-failed", false});
    }
    if (done) {
      *last.mutable_done() = *std::move(done);
      tell_checkpoints(*last.mutable_done());
    } else {
      v1::Refusal& refusal = *last.mutable_done()->mutable_refusal();
      refusal.set_code(done.error().code);
      refusal.set_final(done.error().final);
    }
    // Where the front has gone, or does not listen, nothing is wrong with the case, nor here.
    const auto sent = front_.send(MessageType::kJudgeAsks, last, -1, ipc::within(bench_.patience));
    return sent || sent.error().code != core::ErrorCode::kLimit;
  }

 private:
  core::json::Value judgement(const v1::JudgeDone& done) const {
    const v1::Report& report = done.report();
    const std::string payload = report::encode_payload(report);
    std::map<std::string_view, unsigned> counts;
    for (const v1::ItemReport& item : report.evidence()) {
      ++counts[catalogue::entry(item.verdict()).code];
    }
    core::json::Value items{core::json::Value::Array{}};
    for (const auto& [verdict, count] : counts) {
      items.push(std::string(verdict) + "-" + std::to_string(count));
    }
    core::json::Value value;
    value.set("submission", job_.submission_id())
        .set("report", done.report_number())
        .set("payload", core::to_hex(crypto::sha256(core::as_bytes(payload))))
        .set("record", core::to_hex(core::as_bytes(done.record_sha256())))
        .set("verdict", catalogue::entry(report.verdict()).code)
        .set("items", std::move(items));
    return value;
  }
  core::json::Value failure(const std::string& reason) const {
    core::json::Value value;
    value.set("submission", job_.submission_id()).set("reason", reason);
    return value;
  }

  static void tell_checkpoints(v1::JudgeDone& done) {
    Checkpoints checkpoints = checkpoints_in(done.report());
    for (v1::KeptCheckpoint& one : checkpoints.kept) *done.add_seen() = std::move(one);
    for (v1::KeptCheckpoint& one : checkpoints.observed) *done.add_observed() = std::move(one);
  }

  OrSetback<v1::JudgeDone> work() {
    StoredCase source(front_, job_.files());
    OrSetback<v1::CaseRecord> read = job_.give_up() ? give_up(source) : measure(source);
    if (!read) return unread(read.error());
    v1::CaseRecord record = *std::move(read);
    name_origin(record);
    v1::Circumstances circumstances = circumstances_of(record);
    take_remarks(job_.session(), record.submission(), circumstances);
    if (!take_searches(job_, record, circumstances)) {
      return std::unexpected(Setback{"job-malformed", false});
    }
    HEYAN_CHECK_OK(ask_around(source, record, circumstances));
    HEYAN_TRY(const v1::SignerBegun begun, begin());
    if (!begun.envelope().empty()) return signed_before(begun);
    circumstances.set_report_number(begun.report_number());
    circumstances.mutable_custody()->set_continuous(begun.files_as_receipted());
    circumstances.mutable_self_test()->set_at_ms(self_test_ms(begun));
    const core::UtcTime as_of = core::from_unix_ms(begun.now_ms());
    HEYAN_CHECK_OK(expect_approved(as_of));
    HEYAN_TRY(v1::Report report, judge_record(record, circumstances, as_of));
    HEYAN_TRY(const core::Bytes kept,
              keep_record(std::move(record), std::move(circumstances), begun.now_ms()));
    return have_signed(std::move(report), begun.report_number(), kept);
  }

  // What the front and its boxes know besides. Files are looked into for minutes, and where one is
  // fetched again for longer; the signer takes no report whose time is a minute old. So all of it
  // is asked before the signer says what the time is. Which blocks a case names, and what differs
  // from its record, depends on no second: the report by which it is asked is nobody's.
  OrSetback<void> ask_around(StoredCase& source, v1::CaseRecord& record,
                             v1::Circumstances& circumstances) {
    if (!watch(front_, bench_.trust.list, circumstances)) return lost_channel();
    const auto ask = [&](int item, const v1::LookInto& request) {
      return source.look_into(record.submission().evidence(item).file().path(), request);
    };
    intake::note_marks(ask, record);
    v1::Circumstances foreseen = circumstances;
    foreseen.mutable_custody()->set_continuous(true);
    const auto about_now =
        std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    HEYAN_TRY(const v1::Report report, judge_record(record, foreseen, about_now));
    if (!recall(front_, blocks_in(report), bench_.trust.list, circumstances)) {
      return lost_channel();
    }
    intake::explain_differences(report, ask, record);
    return {};
  }

  // What the front says is no part of it: all that is judged came with the program, and what is
  // right the signer knows (security decision 12).
  OrSetback<v1::JudgeDone> sing() {
    v1::JudgeJob nothing_else;
    nothing_else.set_canaries(true);
    if (canonical_bytes(job_) != canonical_bytes(nothing_else)) {
      return std::unexpected(Setback{"job-malformed", false});
    }
    auto round = judge_canaries(bench_.software_version);
    if (!round) return std::unexpected(Setback{"judging-failed", false});
    v1::SignerBegin ask;
    *ask.mutable_canaries() = *std::move(round);
    HEYAN_CHECK_OK(begin(ask));
    v1::JudgeDone done;
    done.mutable_canaries();
    return done;
  }

  // A list that is past its own date says so in the report (RPT-1). One that is not, but whose
  // approval ended, judges nothing until the court approves one anew.
  OrSetback<void> expect_approved(core::UtcTime as_of) const {
    const auto& own_date = bench_.trust.list.next_update;
    const bool says_so = job_.give_up() || (own_date && *own_date < as_of);
    if (as_of <= bench_.approved_until || says_so) return {};
    return std::unexpected(Setback{"trust-bundle-outdated", false});
  }

  OrSetback<v1::CaseRecord> measure(StoredCase& source) const {
    const intake::IntakeOptions options{.limits = limits_,
                                        .hashes = intake::recorded_hashes(bench_.trust.list),
                                        .threads = 1,
                                        .expect = {},
                                        .advance = {}};
    auto record = intake::take_in(source, options);
    if (!record) return std::unexpected(setback_of(record.error().code));
    // Somebody puts it back, or it goes on changing: what it is then is for another time.
    const bool changes = std::ranges::any_of(record->items(), [](const v1::ItemRecord& item) {
      return item.measured().outcome() == v1::MEASURE_OUTCOME_CHANGED_WHILE_READING;
    });
    if (changes) return std::unexpected(setback_of(core::ErrorCode::kChanged));
    return *std::move(record);
  }

  static Setback setback_of(core::ErrorCode code) {
    if (code == core::ErrorCode::kChanged) return {"stored-bytes-differ", false};
    if (code == core::ErrorCode::kIo || code == core::ErrorCode::kInternal) {
      return {"storage-failed", false};
    }
    return {"case-malformed", true};
  }

  // Judges before this one died of the case: it is read as far as case.json, and no further.
  OrSetback<v1::CaseRecord> give_up(StoredCase& source) const {
    auto content = source.content("case.json", limits_.json_bytes);
    if (!content) return std::unexpected(setback_of(content.error().code));
    auto submission = contents::read_submission(*std::move(content), limits_);
    if (!submission) return std::unexpected(Setback{"case-malformed", true});
    v1::CaseRecord record;
    *record.mutable_submission() = *std::move(submission);
    for (v1::Item& item : *record.mutable_submission()->mutable_evidence()) {
      item.clear_proofs();
      v1::ItemRecord& unmeasured = *record.add_items();
      unmeasured.set_id(item.id());
      unmeasured.mutable_measured()->set_outcome(v1::MEASURE_OUTCOME_TERMINATED);
    }
    return record;
  }

  // What the session knows replaces what was declared (security decision 8).
  void name_origin(v1::CaseRecord& record) const {
    v1::Submission& submission = *record.mutable_submission();
    const v1::Session& session = job_.session();
    *submission.mutable_court() = session.court();
    submission.set_filed_at_ms(session.received_at_ms());
    submission.mutable_submitter()->set_account_id(session.account_id());
    submission.mutable_submitter()->set_authentication(session.authentication());
    record.set_nonce(core::to_string(crypto::random_bytes(kSecretBytes)));
    record.set_salt_key(core::to_string(crypto::random_bytes(kSecretBytes)));
  }

  std::int64_t self_test_ms(const v1::SignerBegun& begun) const {
    if (begun.self_test_ms() > 0) return begun.self_test_ms();
    const auto ago = std::chrono::steady_clock::now() - bench_.self_tested;
    return begun.now_ms() - std::chrono::duration_cast<std::chrono::milliseconds>(ago).count();
  }

  v1::Circumstances circumstances_of(const v1::CaseRecord& record) const {
    v1::Circumstances circumstances;
    circumstances.set_software_version(bench_.software_version);
    circumstances.mutable_self_test()->set_passed(true);
    *circumstances.mutable_checked_parties() = job_.session().checked_parties();
    v1::Custody& custody = *circumstances.mutable_custody();
    for (const v1::Item& item : record.submission().evidence()) {
      const auto stored =
          std::ranges::find(job_.files(), item.file().path(), &v1::StoredFile::path);
      if (stored == job_.files().end()) continue;
      v1::ReceivedFile& received = *custody.add_received();
      received.set_item(item.id());
      received.set_size(stored->size());
      received.set_sha256(stored->sha256());
    }
    return circumstances;
  }

  OrSetback<v1::SignerBegun> begin() {
    v1::SignerBegin ask;
    ask.set_submission_id(job_.submission_id());
    ask.set_version(job_.version());
    ask.set_intake_index(job_.intake_index());
    ask.set_supersedes(job_.supersedes());
    *ask.mutable_files() = job_.files();
    return begin(ask);
  }

  OrSetback<v1::SignerBegun> begin(const v1::SignerBegin& ask) {
    if (!signer_.send(MessageType::kSignerBegin, ask, -1, ipc::within(bench_.patience))) {
      return lost_channel();
    }
    auto begun =
        signer_.receive<v1::SignerBegun>(MessageType::kSignerBegun, ipc::within(bench_.patience));
    if (!begun) return lost_channel();
    if (begun->has_refusal()) {
      return std::unexpected(Setback{begun->refusal().code(), begun->refusal().final()});
    }
    return *std::move(begun);
  }

  // A report that was signed of this version stands, and is logged for everybody to see: whatever
  // this program makes of the case, and whatever became of its files since.
  OrSetback<v1::JudgeDone> unread(const Setback& why) {
    const auto begun = begin();
    if (!begun) return std::unexpected(why.final && !begun.error().final ? begun.error() : why);
    if (begun->envelope().empty()) return std::unexpected(why);
    return signed_before(*begun);
  }

  static OrSetback<v1::JudgeDone> signed_before(const v1::SignerBegun& begun) {
    v1::JudgeDone done;
    done.set_report_number(begun.report_number());
    done.set_envelope(begun.envelope());
    *done.mutable_report() = begun.report();
    done.set_record_sha256(begun.record_sha256());
    return done;
  }

  OrSetback<v1::Report> judge_record(const v1::CaseRecord& record,
                                     const v1::Circumstances& circumstances, core::UtcTime as_of) {
    checker_.begin_anew();
    auto report = judge({.record = record,
                         .circumstances = circumstances,
                         .trust = bench_.trust.list,
                         .policy = bench_.policy.policy,
                         .as_of = as_of,
                         .checker = checker_,
                         .limits = limits_});
    if (!report) return std::unexpected(Setback{"judging-failed", false});
    return *std::move(report);
  }

  // SHA-256 of the file, once the front has it on disk.
  OrSetback<core::Bytes> keep_record(v1::CaseRecord record, v1::Circumstances circumstances,
                                     std::int64_t as_of_ms) {
    v1::RecordFile file;
    *file.mutable_record() = std::move(record);
    *file.mutable_circumstances() = std::move(circumstances);
    *file.mutable_trust_list() = bench_.trust.files;
    *file.mutable_policy() = bench_.policy.files;
    file.set_as_of_ms(as_of_ms);
    const core::Bytes bytes = report::encode_record_file(file);
    for (std::size_t at = 0; at < bytes.size(); at += kRecordChunkBytes) {
      const std::size_t size = std::min(kRecordChunkBytes, bytes.size() - at);
      v1::JudgeAsks chunk;
      chunk.set_record_chunk(core::to_string(core::ByteView(bytes).subspan(at, size)));
      if (!front_.send(MessageType::kJudgeAsks, chunk, -1, ipc::within(bench_.patience))) {
        return lost_channel();
      }
    }
    v1::JudgeAsks end;
    end.mutable_record_end();
    if (!front_.send(MessageType::kJudgeAsks, end, -1, ipc::within(bench_.patience)) ||
        !front_.receive<v1::JudgeGets>(MessageType::kJudgeGets, ipc::within(kStorePatience))) {
      return lost_channel();
    }
    return crypto::sha256(bytes);
  }

  OrSetback<v1::JudgeDone> have_signed(v1::Report report, const std::string& number,
                                       const core::Bytes& record_sha256) {
    v1::SignerReport ask;
    ask.set_record_sha256(core::to_string(record_sha256));
    *ask.mutable_report() = std::move(report);
    if (!signer_.send(MessageType::kSignerReport, ask, -1, ipc::within(bench_.patience))) {
      return lost_channel();
    }
    auto answer =
        signer_.receive<v1::SignerSigned>(MessageType::kSignerSigned, ipc::within(bench_.patience));
    if (!answer) return lost_channel();
    if (answer->has_refusal()) {
      return std::unexpected(Setback{answer->refusal().code(), answer->refusal().final()});
    }
    v1::JudgeDone done;
    done.set_report_number(number);
    done.set_envelope(std::move(*answer->mutable_envelope()));
    *done.mutable_report() = std::move(*ask.mutable_report());
    done.set_record_sha256(ask.record_sha256());
    return done;
  }

  const Bench& bench_;
  ipc::Channel& front_;
  ipc::Channel& signer_;
  RecordSlip& slip_;
  v1::JudgeJob job_;
  core::Limits limits_;
  crypto::SignatureChecker checker_{crypto::production_engines(), limits_};
};

}  // namespace

bool run_judge(const Bench& bench, ipc::Channel front, ipc::Channel signer, RecordSlip slip) {
  return JudgeChild(bench, front, signer, slip).run();
}

void tell_lost(ipc::Channel front, Lost lost) {
  v1::JudgeAsks last;
  last.mutable_done()->mutable_refusal()->set_code(lost == Lost::kLate ? "judge-late"
                                                                       : "judge-lost");
  // Where it does not listen there is nobody to tell.
  static_cast<void>(
      front.send(MessageType::kJudgeAsks, last, -1, ipc::within(std::chrono::seconds(1))));
}

}  // namespace heyan::worker
