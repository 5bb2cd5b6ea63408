// A judge's child between a front and a real signer: the sample case, as it goes through the
// gateway. Without the sandbox, which has tests of its own.
#pragma once

#include <fcntl.h>

#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "gateway/intake/judge_again.h"
#include "gateway/worker/contents_box.h"
#include "gateway/worker/judge.h"
#include "tests/unit/signer/fixture.h"
#include "verifier/crypto/digest.h"
#include "verifier/report/envelope.h"

namespace heyan::worker {

using ipc::MessageType;

inline const std::filesystem::path kSample = std::string(HEYAN_SOURCE) + "/gateway/sample";

inline core::Bytes bytes_of(const std::filesystem::path& path) {
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
    os::TemporaryFolder audited;
    const auto trail = *audit::Trail::open(
        {.folder = audited / "judge", .writer = "judge", .now = [] { return core::UtcTime(); }});
    RecordDesk desk(*trail);
    EXPECT_TRUE(desk.prepare().has_value());
    std::jthread recorder([&desk] {
      while (!desk.sockets().empty()) desk.serve(desk.sockets());
    });
    std::jthread signer(
        [this, &door] { serve(ipc::Channel(std::move(door.a), kJudgeFrameBytes)); });
    std::jthread child([this, &front, &door, &desk] {
      const Bench bench{.trust = trust_,
                        .policy = policy_,
                        .software_version = "test",
                        .approved_until = approved_until_,
                        .self_tested = std::chrono::steady_clock::now() - std::chrono::hours(2),
                        .patience = patience_};
      run_judge(bench, ipc::Channel(std::move(front.b), kJudgeFrameBytes),
                ipc::Channel(std::move(door.b), kJudgeFrameBytes), desk.take());
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
          ++looked_into_;
          pass(looking_takes_);
          if (nobody_looks_) {
            EXPECT_TRUE(channel.send(MessageType::kJudgeGets, v1::JudgeGets()).has_value());
          } else {
            look_for(channel, ask->look_into());
          }
          break;
        case v1::JudgeAsks::kRecall:
          recalled_ = ask->recall();
          EXPECT_TRUE(channel.send(MessageType::kJudgeGets, remember(recalled_)).has_value());
          break;
        case v1::JudgeAsks::kWatch:
          watched_ = ask->watch();
          EXPECT_TRUE(channel.send(MessageType::kJudgeGets, watch_since_).has_value());
          break;
        case v1::JudgeAsks::kRecordChunk:
          record_ += ask->record_chunk();
          break;
        case v1::JudgeAsks::kRecordEnd:
          std::this_thread::sleep_for(storing_takes_);
          EXPECT_TRUE(channel.send(MessageType::kJudgeGets, v1::JudgeGets()).has_value());
          break;
        default:
          return ask->done();
      }
    }
  }

  os::Descriptor open_file(int index) const {
    const std::filesystem::path name = job_.files(index).path();
    std::filesystem::path path = kSample / "case" / name;
    if (name == "case.json" && !case_lies_at_.empty()) path = case_lies_at_;
    if (name.string().starts_with("files/") && !evidence_lies_at_.empty()) path = evidence_lies_at_;
    return os::Descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  }

  // What a box would say.
  void look_for(ipc::Channel& channel, const v1::LookIntoFile& asks) {
    os::Descriptor file = open_file(static_cast<int>(asks.file()));
    const auto state = os::state_of(file);
    ASSERT_TRUE(state.has_value());
    v1::LookInto request;
    *request.mutable_algorithms() = asks.algorithms();
    request.set_name(asks.name());
    if (!asks.name().empty()) noted_.push_back(asks.name());
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
  std::filesystem::path case_lies_at_;      // of case.json; empty: among the sample's files
  std::filesystem::path evidence_lies_at_;  // likewise, of all of it
  bool nobody_looks_ = false;               // there is no box
  int looked_into_ = 0;
  std::vector<std::string> noted_;             // names of files of which notes were asked for
  std::chrono::milliseconds looking_takes_{};  // by the signer's clocks
  std::chrono::seconds storing_takes_{};       // by everybody's
  std::chrono::seconds patience_{60};
  v1::LedgerRecall recalled_;
  v1::LedgerWatch watched_;
  v1::JudgeGets watch_since_;
  std::function<v1::JudgeGets(const v1::LedgerRecall&)> remember_;

  v1::JudgeGets remember(const v1::LedgerRecall& asked) const {
    return remember_ ? remember_(asked) : v1::JudgeGets();
  }
};

}  // namespace heyan::worker
