// A gateway's signer over a log that it shares, with its own folder and its own clock.
#pragma once

#include <atomic>

#include "gateway/report_log/report_log.h"
#include "tests/unit/signer/fixture.h"
#include "tests/unit/signer/on_server/place.h"

namespace heyan::signer {

inline const core::UtcTime kStart = *core::parse_rfc3339("2026-11-24T09:00:00Z");

struct Gateway {
  Gateway(const postgres::Settings& settings, const Keys& its, const os::TemporaryFolder& folder,
          const std::string& name)
      : server(settings), keys(its), home(folder / name), log(home / "log") {
    std::filesystem::create_directories(log);
    open();
  }
  // What it is refused for, or kNotFound: nothing.
  core::ErrorCode open() {
    signer.reset();
    trust::TrustBundle trust;
    trust.id = "court";
    trust.version = 2;
    trust.next_update = kStart + std::chrono::hours(24 * 90);
    trust.trust_list = core::Bytes(32, 1);
    trust.policy = core::Bytes(32, 2);
    auto opened = Signer::open(
        server,
        {.folder = home,
         .public_log = log,
         .bundle = trust,
         .follows = follows,
         .clock = Clock([this] { return now.load(); }, [this] { return steady.load(); }),
         .witnesses = witnesses,
         .authorities = {},
         .clock_trouble = {}},
        keys);
    if (!opened) return opened.error().code;
    signer = *std::move(opened);
    return core::ErrorCode::kNotFound;
  }
  void pass(std::chrono::milliseconds span) {
    now = now.load() + span;
    steady = steady.load() + span;
  }
  v1::FrontGets ask(const v1::FrontAsks& asks) const {
    v1::FrontGets gets;
    const Question question = signer->for_front(asks, gets);
    signer->answer(std::span(&question, 1));
    return gets;
  }
  v1::FrontGets take_in(const std::string& submission) const {
    v1::FrontAsks asks;
    v1::Intake& intake = *asks.mutable_intake();
    intake.set_submission_id(submission);
    intake.set_court("0491");
    v1::StoredFile& file = *intake.add_files();
    file.set_path("case.json");
    file.set_sha256(std::string(32, 'c'));
    return ask(asks);
  }
  std::uint64_t size() const {
    v1::FrontAsks asks;
    asks.mutable_backlog();
    return ask(asks).backlog().log_size();
  }
  v1::SignerBegun begin(const v1::SignerBegin& asks) const {
    v1::SignerBegun begun;
    const Question question = signer->for_begin(asks, begun);
    signer->answer(std::span(&question, 1));
    return begun;
  }
  v1::SignerSigned sign(const v1::SignerBegin& asks, const v1::SignerBegun& begun) const {
    v1::SignerReport report;
    report.set_record_sha256(std::string(32, 'r'));
    v1::Report& its = *report.mutable_report();
    its.set_number(begun.report_number());
    its.mutable_court()->set_code("0491");
    its.set_as_of_ms(begun.now_ms());
    its.set_verdict(v1::SUBMISSION_VERDICT_INCOMPLETE);
    its.mutable_bindings()->set_trust_list(std::string(32, 1));
    its.mutable_bindings()->set_policy(std::string(32, 2));
    v1::SignerSigned answer;
    const Question question = signer->for_report(asks, report, answer);
    signer->answer(std::span(&question, 1));
    return answer;
  }
  transparency::Checkpoint published() const {
    return report_log::checkpoint_in(os::content_of(log / "checkpoint")).value();
  }

  postgres::Settings server;
  Keys keys;
  std::filesystem::path home;
  std::filesystem::path log;
  std::string follows;
  std::vector<transparency::NoteVerifier> witnesses;
  std::atomic<core::UtcTime> now = kStart;
  std::atomic<Clock::Steady> steady = Clock::Steady{};
  std::unique_ptr<Signer> signer;
};

inline v1::SignerBegin begin_of(const std::string& submission, std::uint64_t intake) {
  v1::SignerBegin asks;
  asks.set_submission_id(submission);
  asks.set_version(1);
  asks.set_intake_index(intake);
  return asks;
}

}  // namespace heyan::signer
