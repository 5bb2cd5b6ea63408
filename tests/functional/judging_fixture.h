// The sample case, taken in by heyan-signer and judged by heyan-worker: what the front does,
// without it.
#pragma once

#include <fcntl.h>

#include <optional>

#include "tests/functional/gateway_fixture.h"
#include "verifier/crypto/digest.h"

namespace heyan::functional {

inline const std::filesystem::path kCase = std::string(HEYAN_SOURCE) + "/gateway/sample/case";

inline os::Descriptor opened(const std::filesystem::path& file) {
  return os::Descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
}

class JudgingProgramsTest : public ProgramsTest {
 protected:
  void add_file(const std::filesystem::path& path) {
    const std::string content = read_file(path);
    v1::StoredFile& file = *job_.add_files();
    file.set_path(path.lexically_relative(kCase).string());
    file.set_size(content.size());
    file.set_sha256(core::to_string(crypto::sha256(core::as_bytes(content))));
  }
  void take_in() {
    add_file(kCase / "case.json");
    for (const auto& entry : std::filesystem::recursive_directory_iterator(kCase)) {
      if (entry.is_regular_file() && entry.path().filename() != "case.json") add_file(entry.path());
    }
    job_.set_submission_id("s1");
    job_.set_version(1);
    job_.mutable_session()->mutable_court()->set_code("0192");
    job_.mutable_session()->set_authentication(v1::AUTHENTICATION_COURT_SYSTEM);
    v1::FrontAsks asks;
    asks.mutable_intake()->set_court("0192");
    asks.mutable_intake()->set_submission_id("s1");
    *asks.mutable_intake()->mutable_files() = job_.files();
    const v1::FrontGets gets = ask_signer(asks);
    ASSERT_TRUE(gets.has_receipt()) << gets.refusal().code();
    job_.set_intake_index(gets.receipt().intake_index());
  }
  // The front's side; what the judge said last, or nothing where it died.
  std::optional<v1::JudgeDone> judge() {
    ipc::Channel channel = new_job("judge", ipc::kJudgeFrameBytes);
    EXPECT_TRUE(channel.send(ipc::MessageType::kJudgeJob, job_, -1, soon()).has_value());
    while (true) {
      auto ask = channel.receive<v1::JudgeAsks>(ipc::MessageType::kJudgeAsks, soon());
      if (!ask) return std::nullopt;
      if (ask->ask_case() == v1::JudgeAsks::kDone) return ask->done();
      if (ask->ask_case() == v1::JudgeAsks::kRecordChunk) {
        record_ += ask->record_chunk();
        continue;
      }
      os::Descriptor file;
      if (ask->ask_case() == v1::JudgeAsks::kOpenFile) {
        file = opened(kCase / job_.files(static_cast<int>(ask->open_file())).path());
      }
      EXPECT_TRUE(channel.send(ipc::MessageType::kJudgeGets, v1::JudgeGets(), file.get(), soon()));
    }
  }
  v1::JudgeJob job_;
  std::string record_;  // as the judge handed it over
};

// The sample case, judged, with its report to be rendered.
class RenderingProgramsTest : public JudgingProgramsTest {
 protected:
  RenderingProgramsTest() {
    start_signer();
    start_worker("judge");
    start_worker("render");
    take_in();
    const auto done = judge();
    EXPECT_TRUE(done.has_value());
    if (done) done_ = *done;
    EXPECT_FALSE(done_.envelope().empty()) << done_.refusal().code();
  }
  // The court's copy in Chinese, as a judge reads it.
  v1::RenderJob render_job(const std::string& format) const {
    v1::RenderJob job;
    job.set_envelope(done_.envelope());
    job.set_record(record_);
    job.set_format(format);
    job.set_language("zh");
    job.set_level("judge");
    job.set_reader("court");
    return job;
  }
  v1::Rendered render(const v1::RenderJob& job) {
    ipc::Channel channel = new_job("render", ipc::kRenderFrameBytes);
    EXPECT_TRUE(channel.send(ipc::MessageType::kRenderJob, job, -1, soon()).has_value());
    auto answer = channel.receive<v1::Rendered>(ipc::MessageType::kRendered, soon());
    EXPECT_TRUE(answer.has_value()) << "the child died";
    return answer ? *std::move(answer) : v1::Rendered();
  }

  v1::JudgeDone done_;
};

}  // namespace heyan::functional
