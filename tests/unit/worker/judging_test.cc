// A judge's child between a front and a real signer: the sample case, as it goes through the
// gateway. Without the sandbox, which has tests of its own.
#include <fcntl.h>

#include <thread>

#include "gateway/intake/judge_again.h"
#include "gateway/worker/contents_box.h"
#include "gateway/worker/judge.h"
#include "tests/unit/signer/fixture.h"
#include "verifier/crypto/digest.h"
#include "verifier/elsewhere.h"
#include "verifier/report/envelope.h"
#include "verifier/report/payload.h"
#include "verifier/report/record_file.h"

namespace heyan::worker {
namespace {

using ipc::MessageType;

const std::filesystem::path kSample = std::string(HEYAN_SOURCE) + "/gateway/sample";

core::Bytes bytes_of(const std::filesystem::path& path) {
  return core::to_bytes(core::as_bytes(os::content_of(path)));
}

class JudgingTest : public signer::SignerTest {
 protected:
  JudgingTest()
      : trust_(*intake::load_trust(kSample / "trust/trust.toml")),
        policy_(*intake::load_policy({})) {
    bundle_.sample = trust_.list.sample;
    bundle_.trust_list = trust_.list.digest;
    bundle_.policy = policy_.policy.digest;
    start();
    add_file("case.json");
    for (const char* folder : {"files", "proofs"}) {
      for (const auto& entry : std::filesystem::directory_iterator(kSample / "case" / folder)) {
        add_file(std::string(folder) + "/" + entry.path().filename().string());
      }
    }
    job_.set_submission_id("s1");
    job_.set_version(1);
    job_.set_intake_index(take_in("s1", job_.files()).intake_index());
    job_.mutable_session()->mutable_court()->set_code("0491");
    job_.mutable_session()->set_account_id("court-system-1");
    job_.mutable_session()->set_authentication(v1::AUTHENTICATION_COURT_SYSTEM);
    job_.mutable_session()->set_received_at_ms(core::to_unix_ms(now_));
  }

  void add_file(const std::string& path) {
    const core::Bytes content = bytes_of(kSample / "case" / path);
    v1::StoredFile& file = *job_.add_files();
    file.set_path(path);
    file.set_size(content.size());
    file.set_sha256(core::to_string(crypto::sha256(content)));
  }

  // The signer's side of one judge's socket: as gateway/signer serves it.
  void serve(ipc::Channel channel) {
    auto begin = channel.receive<v1::SignerBegin>(MessageType::kSignerBegin);
    if (!begin) return;
    const v1::SignerBegun begun = begun_of(*signer_, *begin);
    if (!channel.send(MessageType::kSignerBegun, begun)) return;
    const auto report = channel.receive<v1::SignerReport>(MessageType::kSignerReport);
    if (!report) return;
    if (!channel.send(MessageType::kSignerSigned, signed_of(*signer_, *begin, *report))) return;
  }

  // The front's side; returns what the judge said last.
  v1::JudgeDone run() {
    auto front = *ipc::make_pair();
    auto door = *ipc::make_pair();
    std::jthread signer(
        [this, &door] { serve(ipc::Channel(std::move(door.a), kJudgeFrameBytes)); });
    std::jthread child([this, &front, &door] {
      const Bench bench{.trust = trust_,
                        .policy = policy_,
                        .software_version = "test",
                        .approved_until = approved_until_,
                        .self_test_ms = 0};
      run_judge(bench, ipc::Channel(std::move(front.b), kJudgeFrameBytes),
                ipc::Channel(std::move(door.b), kJudgeFrameBytes));
    });
    ipc::Channel channel(std::move(front.a), kJudgeFrameBytes);
    EXPECT_TRUE(channel.send(MessageType::kJudgeJob, job_).has_value());
    record_.clear();
    while (true) {
      auto ask = channel.receive<v1::JudgeAsks>(MessageType::kJudgeAsks);
      if (!ask) return {};
      switch (ask->ask_case()) {
        case v1::JudgeAsks::kOpenFile:
          open_for(channel, static_cast<int>(ask->open_file()));
          break;
        case v1::JudgeAsks::kLookInto:
          look_for(channel, ask->look_into());
          break;
        case v1::JudgeAsks::kRecall:
          recalled_ = ask->recall();
          EXPECT_TRUE(channel.send(MessageType::kJudgeGets, remember(recalled_)).has_value());
          break;
        case v1::JudgeAsks::kRecordChunk:
          record_ += ask->record_chunk();
          break;
        case v1::JudgeAsks::kRecordEnd:
          EXPECT_TRUE(channel.send(MessageType::kJudgeGets, v1::JudgeGets()).has_value());
          break;
        default:
          return ask->done();
      }
    }
  }

  os::Descriptor open_file(int index) const {
    const std::string path = (kSample / "case" / job_.files(index).path()).string();
    return os::Descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  }

  // What a box would say.
  void look_for(ipc::Channel& channel, const v1::LookIntoFile& asks) {
    os::Descriptor file = open_file(static_cast<int>(asks.file()));
    const auto state = os::state_of(file);
    ASSERT_TRUE(state.has_value());
    v1::LookInto request;
    *request.mutable_algorithms() = asks.algorithms();
    const auto answer = look_into(os::OpenFile(std::move(file), *state), request);
    ASSERT_TRUE(answer.has_value());
    v1::JudgeGets gets;
    *gets.mutable_contents() = answer->contents();
    EXPECT_TRUE(channel.send(MessageType::kJudgeGets, gets).has_value());
  }

  void open_for(ipc::Channel& channel, int index) {
    const os::Descriptor file = open_file(index);
    EXPECT_TRUE(channel.send(MessageType::kJudgeGets, v1::JudgeGets(), file.get()).has_value());
  }

  report::EnvelopeVerdict verify(std::string_view envelope) const {
    const std::vector<crypto::PublicKey> pinned = {keys_.report[0].key.public_key(),
                                                   keys_.report[1].key.public_key()};
    const auto log_key = transparency::NoteVerifier::make(
        keys_.log_name, transparency::NoteKeyType::kEd25519, keys_.log.public_key());
    crypto::SignatureChecker checker(crypto::production_engines(), core::Limits{});
    return report::verify_envelope(core::as_bytes(envelope), pinned, &*log_key, checker);
  }

  core::UtcTime approved_until_ = now_ + std::chrono::hours(24);
  intake::LoadedTrust trust_;
  intake::LoadedPolicy policy_;
  v1::JudgeJob job_;
  std::string record_;
  v1::LedgerRecall recalled_;
  std::function<v1::JudgeGets(const v1::LedgerRecall&)> remember_;

  v1::JudgeGets remember(const v1::LedgerRecall& asked) const {
    return remember_ ? remember_(asked) : v1::JudgeGets();
  }
};

TEST_F(JudgingTest, TheSampleCaseEndsInASignedAndLoggedReport) {
  const v1::JudgeDone done = run();
  ASSERT_FALSE(done.has_refusal()) << done.refusal().code();
  const auto verdict = verify(done.envelope());
  EXPECT_EQ(verdict.jws.outcome, report::JwsOutcome::kValid);
  EXPECT_EQ(verdict.log, report::LogOutcome::kValid);
  const auto file = report::decode_record_file(core::as_bytes(record_), core::Limits{});
  ASSERT_TRUE(file.has_value());
  EXPECT_EQ(core::as_bytes(done.record_sha256()).size(), 32u);
  EXPECT_EQ(done.record_sha256(), core::to_string(crypto::sha256(core::as_bytes(record_))));
  EXPECT_EQ(file->circumstances().report_number(), done.report_number());
  EXPECT_EQ(file->record().submission().submitter().account_id(), "court-system-1");
  EXPECT_EQ(done.report().evidence_size(), file->record().submission().evidence_size());
  EXPECT_EQ(done.report().evidence(0).verdict(), v1::VERDICT_CONSISTENT_WITH_NOTES);
  for (const v1::ItemReport& item : done.report().evidence()) {
    for (const v1::CheckResult& result : item.checks()) {
      const bool custody = result.check() == v1::CHECK_COC_1;
      EXPECT_TRUE(!custody || result.outcome() == v1::OUTCOME_PASS);
    }
  }
}

TEST_F(JudgingTest, AgainItIsTheSameReport) {
  const v1::JudgeDone first = run();
  const v1::JudgeDone again = run();
  EXPECT_EQ(again.envelope(), first.envelope());
  EXPECT_EQ(again.report_number(), first.report_number());
  // And rests on the record that was kept then, which a front that died meanwhile has to name.
  EXPECT_FALSE(again.record_sha256().empty());
  EXPECT_EQ(again.record_sha256(), first.record_sha256());
}

// What was received is not what is stored: security decision 21.
TEST_F(JudgingTest, StoredBytesThatDifferAreNoEvidenceAgainstAnybody) {
  for (v1::StoredFile& file : *job_.mutable_files()) {
    if (file.path().starts_with("files/")) file.set_sha256(std::string(32, 'x'));
  }
  const v1::JudgeDone done = run();
  ASSERT_FALSE(done.has_refusal());
  EXPECT_EQ(done.report().verdict(), v1::SUBMISSION_VERDICT_INCOMPLETE);
  for (const v1::ItemReport& item : done.report().evidence()) {
    EXPECT_EQ(item.verdict(), v1::VERDICT_NOT_COMPLETED);
  }
}

// The front's rows are not believed without the receipt: security decision 25.
TEST_F(JudgingTest, FilesThatTheReceiptDoesNotListBreakTheCustody) {
  job_.mutable_files(1)->set_size(job_.files(1).size() + 1);
  const v1::JudgeDone done = run();
  ASSERT_FALSE(done.has_refusal());
  for (const v1::ItemReport& item : done.report().evidence()) {
    EXPECT_EQ(item.verdict(), v1::VERDICT_NOT_COMPLETED);
  }
}

TEST_F(JudgingTest, GivingUpSaysThatNothingWasCompleted) {
  job_.set_give_up(true);
  const v1::JudgeDone done = run();
  ASSERT_FALSE(done.has_refusal()) << done.refusal().code();
  EXPECT_EQ(done.report().verdict(), v1::SUBMISSION_VERDICT_INCOMPLETE);
  bool told = false;
  for (const v1::ItemReport& item : done.report().evidence()) {
    EXPECT_EQ(item.verdict(), v1::VERDICT_NOT_COMPLETED);
    for (const v1::Finding& finding : item.findings()) {
      told = told || finding.code() == v1::REASON_VERIFICATION_TERMINATED;
      // What nobody read differs from nothing.
      EXPECT_NE(finding.code(), v1::REASON_STORED_BYTES_DIFFER);
    }
  }
  EXPECT_TRUE(told);
}

std::vector<const v1::Finding*> memory_findings(const v1::Report& report, v1::Outcome outcome) {
  std::vector<const v1::Finding*> found;
  for (const v1::ItemReport& item : report.evidence()) {
    for (const v1::Finding& finding : item.findings()) {
      if (finding.check() == v1::CHECK_INC_2 && finding.outcome() == outcome)
        found.push_back(&finding);
    }
  }
  return found;
}

// What the same ledgers showed before: security decision 22.
class MemoryTest : public JudgingTest {
 protected:
  // The block that the first report has at each height, or another one.
  v1::JudgeGets seen_before(const v1::LedgerRecall& asked, bool another) const {
    v1::JudgeGets gets;
    for (const v1::LedgerPosition& position : asked.positions()) {
      for (const v1::KeptCheckpoint& one : first_.seen()) {
        if (one.ledger() != position.ledger() || one.height() != position.height()) continue;
        v1::KeptCheckpoint& kept = *gets.add_checkpoints();
        kept = one;
        kept.set_seen_at_ms(1000);
        if (another) kept.set_hash(std::string(32, 'x'));
      }
    }
    return gets;
  }
  void again_as_version_2() {
    job_.set_version(2);
    job_.set_supersedes(first_.report_number());
  }
  v1::JudgeDone first_ = run();
};

TEST_F(MemoryTest, BlocksThatAQuorumSignedAreToBeKept) {
  ASSERT_GT(first_.seen_size(), 0);
  for (const v1::KeptCheckpoint& one : first_.seen()) {
    EXPECT_EQ(one.hash().size(), 32u);
    EXPECT_EQ(one.seen_at_ms(), 0);
  }
  EXPECT_THAT(memory_findings(first_.report(), v1::OUTCOME_PASS), testing::IsEmpty());
  EXPECT_GE(recalled_.positions_size(), first_.seen_size());
}

TEST_F(MemoryTest, TheSameBlockIsOnTheSameChain) {
  again_as_version_2();
  remember_ = [this](const auto& asked) { return seen_before(asked, false); };
  const v1::JudgeDone done = run();
  ASSERT_FALSE(done.has_refusal()) << done.refusal().code();
  EXPECT_THAT(memory_findings(done.report(), v1::OUTCOME_PASS), testing::Not(testing::IsEmpty()));
  EXPECT_EQ(done.report().verdict(), first_.report().verdict());
}

TEST_F(MemoryTest, AnotherBlockAtThatHeightLeavesItOpen) {
  again_as_version_2();
  remember_ = [this](const auto& asked) { return seen_before(asked, true); };
  const v1::JudgeDone done = run();
  ASSERT_FALSE(done.has_refusal()) << done.refusal().code();
  const auto forks = memory_findings(done.report(), v1::OUTCOME_FAIL);
  ASSERT_THAT(forks, testing::Not(testing::IsEmpty()));
  for (const v1::Finding* one : forks) EXPECT_EQ(one->code(), v1::REASON_CHAIN_FORK_DETECTED);
  for (const v1::ItemReport& item : done.report().evidence())
    EXPECT_NE(item.verdict(), v1::VERDICT_CONSISTENT);
  // The record has what was answered, and gives the same report again.
  const auto file = report::decode_record_file(core::as_bytes(record_), core::Limits{});
  ASSERT_TRUE(file.has_value());
  EXPECT_GT(file->circumstances().checkpoints_size(), 0);
  const auto judged = intake::judge_again(*file);
  ASSERT_TRUE(judged.has_value());
  EXPECT_EQ(report::encode_payload(judged->report), report::encode_payload(done.report()));
}

TEST_F(MemoryTest, AConflictBelowLeavesItOpenToo) {
  again_as_version_2();
  const std::string ledger = first_.seen(0).ledger();
  remember_ = [&](const auto&) {
    v1::JudgeGets gets;
    for (const char hash : {'x', 'y'}) {
      v1::KeptCheckpoint& kept = *gets.add_checkpoints();
      kept.set_ledger(ledger);
      kept.set_height(0);
      kept.set_hash(std::string(32, hash));
    }
    return gets;
  };
  const v1::JudgeDone done = run();
  ASSERT_FALSE(done.has_refusal()) << done.refusal().code();
  EXPECT_THAT(memory_findings(done.report(), v1::OUTCOME_FAIL), testing::Not(testing::IsEmpty()));
}

TEST_F(MemoryTest, AnswersThatWereNotAskedForAreNone) {
  again_as_version_2();
  const auto answer_with = [this](auto&& change) {
    remember_ = [this, change](const auto& asked) {
      v1::JudgeGets gets = seen_before(asked, false);
      change(gets);
      return gets;
    };
    const v1::JudgeDone done = run();
    return done.has_refusal() && !done.refusal().final();
  };
  EXPECT_TRUE(answer_with([](auto& gets) { gets.mutable_checkpoints(0)->set_ledger("other"); }));
  EXPECT_TRUE(answer_with([](auto& gets) { gets.mutable_checkpoints(0)->clear_hash(); }));
  EXPECT_TRUE(
      answer_with([](auto& gets) { gets.mutable_checkpoints(0)->set_hash(std::string(65, 'x')); }));
  EXPECT_TRUE(answer_with([](auto& gets) {
    for (const std::uint64_t height : {1'000'000u, 1'000'001u}) {
      v1::KeptCheckpoint more = gets.checkpoints(0);
      more.set_height(height);
      *gets.add_checkpoints() = more;
    }
  }));
  EXPECT_TRUE(answer_with([](auto& gets) {
    for (int i = 0; i < 70; ++i) {
      v1::KeptCheckpoint more = gets.checkpoints(0);
      more.set_hash(std::string(32, static_cast<char>(i)));
      *gets.add_checkpoints() = more;
    }
  }));
  EXPECT_FALSE(answer_with([](auto&) {}));
}

class SearchTest : public JudgingTest {
 protected:
  // The front searched: one answer for each file.
  SearchTest() {
    job_.mutable_elsewhere()->set_since_ms(1000);
    for (int i = 0; i < job_.files_size(); ++i) job_.mutable_elsewhere()->add_files();
  }
  void found(int file, int times) {
    v1::ContentSearch& search = *job_.mutable_elsewhere()->mutable_files(file);
    search.set_count(static_cast<std::uint64_t>(times));
    for (int i = 0; i < times; ++i) {
      v1::FiledElsewhere& filed = *search.add_filed();
      filed.set_report_number("HY-OTHER");
      filed.set_case_number("(2026) other case");
      filed.set_item("E7");
    }
  }
  void found_everywhere(int times) {
    for (int i = 0; i < job_.files_size(); ++i) found(i, times);
  }
  v1::RecordFile kept() const {
    return report::decode_record_file(core::as_bytes(record_), core::Limits{}).value();
  }
};

TEST_F(SearchTest, WhatTheFrontFoundIsKeptAndCommittedTo) {
  found_everywhere(2);
  const v1::JudgeDone done = run();
  ASSERT_FALSE(done.has_refusal()) << done.refusal().code();
  const auto again = intake::judge_again(kept());
  ASSERT_TRUE(again.has_value());
  const std::string payload = report::encode_payload(done.report());
  EXPECT_EQ(report::encode_payload(again->report), payload);
  EXPECT_EQ(payload.find("HY-OTHER"), std::string::npos);
  EXPECT_EQ(payload.find("other case"), std::string::npos);
  int searches = 0;
  for (const Disclosure& one : again->disclosures) {
    if (!is_search(one.pointer)) continue;
    const auto read = read_found(one.value);
    ASSERT_TRUE(read.has_value());
    EXPECT_EQ(read->since_ms, 1000);
    EXPECT_EQ(read->found.count(), 2);
    EXPECT_EQ(read->found.filed(1).case_number(), "(2026) other case");
    ++searches;
  }
  EXPECT_EQ(searches, done.report().evidence_size());
}

TEST_F(SearchTest, NoVerdictDependsOnIt) {
  found_everywhere(20);
  const v1::JudgeDone searched = run();
  v1::RecordFile file = kept();
  file.mutable_circumstances()->clear_elsewhere();
  const auto without = intake::judge_again(file);
  ASSERT_TRUE(without.has_value());
  for (int i = 0; i < searched.report().evidence_size(); ++i) {
    EXPECT_EQ(searched.report().evidence(i).SerializeAsString(),
              without->report.evidence(i).SerializeAsString());
  }
  EXPECT_EQ(searched.report().verdict(), without->report.verdict());
}

// The payload binds the digest of the circumstances. Without something by chance in them, a party
// that knows the rest could try "nothing was found".
TEST_F(SearchTest, TheBoundCircumstancesCannotBeGuessed) {
  run();
  v1::RecordFile file = kept();
  EXPECT_EQ(file.circumstances().elsewhere().blinding().size(), 32);
  const auto first = intake::judge_again(file);
  file.mutable_circumstances()->mutable_elsewhere()->set_blinding(std::string(32, 'x'));
  const auto second = intake::judge_again(file);
  EXPECT_NE(first->report.bindings().circumstances(), second->report.bindings().circumstances());
}

TEST_F(SearchTest, WithoutASearchNothingIsCommittedTo) {
  job_.clear_elsewhere();
  const v1::JudgeDone done = run();
  for (const auto& commitment : done.report().commitments()) {
    EXPECT_FALSE(is_search(commitment.pointer()));
  }
  EXPECT_FALSE(kept().circumstances().has_elsewhere());
}

TEST_F(SearchTest, WhatIsNoSearchOfTheseFilesIsRefusedForNow) {
  const v1::JudgeJob sound = job_;
  const auto refused = [&] {
    const v1::JudgeDone done = run();
    EXPECT_EQ(done.refusal().code(), "job-malformed");
    EXPECT_FALSE(done.refusal().final());
    EXPECT_TRUE(done.envelope().empty());
    job_ = sound;
  };
  job_.mutable_elsewhere()->mutable_files()->RemoveLast();
  refused();
  job_.mutable_elsewhere()->add_files();
  refused();
  found(1, 21);
  refused();
  found(1, 2);
  job_.mutable_elsewhere()->mutable_files(1)->set_count(1);
  refused();
  found(1, 1);
  job_.mutable_elsewhere()->mutable_files(1)->mutable_filed(0)->set_case_number(
      std::string(3000, 'x'));
  refused();
}

TEST_F(JudgingTest, AnIntakeThatWasNotLoggedGetsNoReport) {
  job_.set_intake_index(job_.intake_index() + 1);
  const v1::JudgeDone done = run();
  EXPECT_TRUE(done.has_refusal());
  EXPECT_TRUE(done.envelope().empty());
}

TEST_F(JudgingTest, AListThatTheCourtDidNotSignGetsNoSignature) {
  signer_.reset();
  bundle_.trust_list = core::Bytes(32, 9);
  start();
  const v1::JudgeDone done = run();
  EXPECT_TRUE(done.has_refusal());
  EXPECT_TRUE(done.envelope().empty());
}

TEST_F(JudgingTest, AFileThatIsNotThereIsOurFault) {
  job_.mutable_files(1)->set_path("files/another");
  const v1::JudgeDone done = run();
  EXPECT_TRUE(done.has_refusal());
}

// Security decision 6: not only the signer sees that the court's approval ended.
TEST_F(JudgingTest, NothingIsJudgedAfterTheApprovalEnded) {
  approved_until_ = now_ - std::chrono::milliseconds(1);
  const v1::JudgeDone done = run();
  EXPECT_EQ(done.refusal().code(), "trust-bundle-outdated");
  EXPECT_FALSE(done.refusal().final()) << "the court can approve it anew";
  EXPECT_TRUE(done.envelope().empty());
  approved_until_ = now_;
  EXPECT_FALSE(run().has_refusal());
}

}  // namespace
}  // namespace heyan::worker
