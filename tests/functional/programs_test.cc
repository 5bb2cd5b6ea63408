// heyan-signer and heyan-worker as they are installed: with their real sandboxes, over socket
// pairs.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <signal.h>
#include <sys/stat.h>

#include <thread>

#include "tests/functional/judging_fixture.h"
#include "tests/functional/zip_file.h"

namespace heyan::functional {
namespace {

using ipc::MessageType;

TEST_F(JudgingProgramsTest, TheSampleCaseIsJudgedAndSignedInsideTheSandboxes) {
  start_signer();
  start_worker("judge");
  take_in();
  const auto done = judge();
  ASSERT_TRUE(done.has_value());
  ASSERT_FALSE(done->has_refusal()) << done->refusal().code();
  EXPECT_FALSE(done->envelope().empty());
  EXPECT_EQ(done->report().evidence(0).verdict(), v1::VERDICT_CONSISTENT_WITH_NOTES);
  EXPECT_EQ(judge()->envelope(), done->envelope());
  EXPECT_TRUE(std::filesystem::exists(state_file("log/checkpoint")));

  // A signer that was killed goes on where it was.
  ::kill(programs_.at("signer"), SIGKILL);
  EXPECT_EQ(wait("signer"), 128 + SIGKILL);
  start_signer();
  EXPECT_EQ(judge()->envelope(), done->envelope());

  signer_ = {};
  doors_.clear();
  EXPECT_EQ(wait("judge"), 0);
  EXPECT_EQ(wait("signer"), 0);
}

TEST_F(JudgingProgramsTest, AReportThatTheSignerDoesNotKnowTheIntakeOfIsNotSigned) {
  start_signer();
  start_worker("judge");
  take_in();
  job_.set_intake_index(job_.intake_index() + 1);
  const auto done = judge();
  ASSERT_TRUE(done.has_value());
  EXPECT_TRUE(done->has_refusal());
  EXPECT_TRUE(done->envelope().empty());
}

class BoxProgramTest : public ProgramsTest {
 protected:
  std::vector<v1::BoxAnswer> ask(const v1::BoxRequest& request, const std::string& file) {
    ipc::Channel channel = new_job("box", ipc::kBoxFrameBytes);
    const os::Descriptor descriptor = opened(file);
    EXPECT_TRUE(channel.send(MessageType::kBoxRequest, request, descriptor.get(), soon()));
    std::vector<v1::BoxAnswer> answers;
    while (auto answer = channel.receive<v1::BoxAnswer>(MessageType::kBoxAnswer, soon())) {
      answers.push_back(*std::move(answer));
    }
    return answers;
  }
  std::vector<v1::BoxAnswer> read_case(const std::string& file) {
    v1::BoxRequest request;
    request.mutable_read_case();
    return ask(request, file);
  }
};

TEST_F(BoxProgramTest, ReadsACaseInsideItsSandbox) {
  start_worker("box");
  const auto answers = read_case(kCase / "case.json");
  ASSERT_EQ(answers.size(), 1u);
  EXPECT_TRUE(answers[0].has_submission());
}

TEST_F(BoxProgramTest, SaysWhatIsWrongWithACaseOrAnArchive) {
  start_worker("box");
  const std::string file = folder_ / "hostile";
  for (const char* text : {"", "{", "{\"schema\":1}", "PK\3\4 no archive"}) {
    write_file(file, text);
    const auto answers = read_case(file);
    ASSERT_EQ(answers.size(), 1u) << text;
    EXPECT_TRUE(answers[0].has_defects()) << text;
    v1::BoxRequest request;
    request.mutable_open_archive();
    const auto archive = ask(request, file);
    ASSERT_EQ(archive.size(), 1u) << text;
    EXPECT_TRUE(archive[0].has_defects()) << text;
  }
}

TEST_F(BoxProgramTest, OpensAnArchiveInsideItsSandbox) {
  Zip zip(folder_ / "case.zip");
  zip.add_folder(kCase, "");
  const std::string archive = zip.close();
  start_worker("box");
  v1::BoxRequest request;
  request.mutable_open_archive();
  const auto answers = ask(request, archive);
  ASSERT_FALSE(answers.empty());
  EXPECT_TRUE(answers.back().has_done());
  EXPECT_TRUE(answers.front().has_entry());
}

TEST_F(BoxProgramTest, AJobThatIsNoneCostsThatChildAlone) {
  start_worker("box");
  {
    ipc::Channel channel = new_job("box", ipc::kBoxFrameBytes);
    EXPECT_TRUE(channel.send(MessageType::kJudgeJob, v1::JudgeJob(), -1, soon()).has_value());
    const auto told = channel.receive<v1::BoxAnswer>(MessageType::kBoxAnswer, soon());
    ASSERT_TRUE(told.has_value());
    EXPECT_TRUE(told->contents().terminated()) << "its parent says that it was lost";
    EXPECT_FALSE(channel.receive(soon()).has_value());
  }
  EXPECT_EQ(wait("box"), 75);  // a child that did not end well: start me afresh
  start_worker("box");
  EXPECT_EQ(read_case(kCase / "case.json").size(), 1u);
}

// A front that stops reading at a limit of its own. Other jobs are not to be hurried for it.
TEST_F(BoxProgramTest, AnArchiveOfWhichTheFrontHadEnoughCostsNobodyAnything) {
  Zip zip(folder_ / "large.zip");
  zip.add("case.json", "{}");
  std::string large(std::size_t{4} << 20, 'x');
  for (std::size_t i = 0; i < large.size(); ++i) large[i] = static_cast<char>(i * i * i >> 8);
  zip.add("files/large", large);
  const os::Descriptor archive = opened(zip.close());
  start_worker("box");
  v1::BoxRequest request;
  request.mutable_open_archive();
  {
    ipc::Channel channel = new_job("box", ipc::kBoxFrameBytes);
    EXPECT_TRUE(channel.send(MessageType::kBoxRequest, request, archive.get(), soon()));
    EXPECT_TRUE(channel.receive<v1::BoxAnswer>(MessageType::kBoxAnswer, soon()).has_value());
  }
  // Nobody starts it afresh here.
  std::this_thread::sleep_for(std::chrono::milliseconds(500));
  EXPECT_EQ(read_case(kCase / "case.json").size(), 1u);
  doors_.clear();
  EXPECT_EQ(wait("box"), 0);
}

TEST_F(ProgramsTest, WhatIsNotInOrderStartsNoSigner) {
  const auto status_with = [this](const std::string& file, const std::string& content) {
    const std::string before = read_file(state_file(file));
    write_file(state_file(file), content);
    start_signer();
    const int status = wait("signer");
    write_file(state_file(file), before);
    return status;
  };
  EXPECT_EQ(status_with("heyan.toml", "production = 1\n"), 65);
  EXPECT_EQ(status_with("trust/bundle.jws", "{}"), 65);
  EXPECT_EQ(status_with("keys/log.vkey", "x"), 65);
  EXPECT_EQ(status_with("court/court-2.pub.pem", read_file(state_file("court/court-3.pub.pem"))),
            65);
  ::chmod(state_file("keys/report-sm2.key.pem").c_str(), 0644);
  start_signer();
  EXPECT_EQ(wait("signer"), 65);
}

// Sound in themselves, and not those under which the log began.
TEST_F(ProgramsTest, KeysThatTheLogDidNotAnnounceStartNoSigner) {
  start_signer();
  v1::FrontAsks asks;
  asks.mutable_backlog();
  EXPECT_TRUE(ask_signer(asks).has_backlog());
  ::kill(programs_.at("signer"), SIGTERM);
  EXPECT_EQ(wait("signer"), 128 + SIGTERM);
  ASSERT_EQ(
      heyan({"keys", "new", "--config", state_file("heyan.toml"), "--name", "Another"}).status, 2)
      << "they are never overwritten";
  std::filesystem::rename(state_file("keys"), folder_ / "own");
  ASSERT_EQ(
      heyan({"keys", "new", "--config", state_file("heyan.toml"), "--name", "Another"}).status, 0);
  std::filesystem::rename(state_file("keys"), folder_ / "others");
  std::filesystem::rename(folder_ / "own", state_file("keys"));
  for (const char* end : {".key.pem", ".cert.pem", ".pub.pem"}) {
    const std::string name = std::string("statement-es256") + end;
    std::filesystem::rename(folder_ / "others/" + name, state_file("keys/" + name));
  }
  said_to_ = folder_ / "said";
  start_signer();
  EXPECT_EQ(wait("signer"), 70);
  EXPECT_THAT(read_file(said_to_), testing::HasSubstr("statement-es256 is another key"));
  EXPECT_THAT(read_file(said_to_), testing::HasSubstr("heyan log renew"));

  // The way on: a log that follows announces them.
  std::filesystem::copy_file(state_file("log/checkpoint"), folder_ / "last-checkpoint");
  std::string config = read_file(state_file("heyan.toml"));
  const std::size_t name = config.find("name = ", config.find("[log]"));
  config.replace(
      name, config.find('\n', name) - name,
      "name = \"heyan.test/renewed\"\nfollows = \"" + folder_ / "last-checkpoint" + "\"");
  write_file(state_file("heyan.toml"), config);
  const Outcome renewed =
      heyan({"log", "renew", "--config", state_file("heyan.toml"), "--lang", "en"});
  ASSERT_EQ(renewed.status, 0) << renewed.err;
  start_signer();
  EXPECT_TRUE(ask_signer(asks).has_backlog());
}

TEST_F(ProgramsTest, AListThatTheCourtDidNotSignStartsNothing) {
  write_file(state_file("trust/trust.toml"), read_file(state_file("trust/trust.toml")) + "\n");
  const Outcome outcome = heyan({"serve", "--state", state_});
  EXPECT_EQ(outcome.status, 70);
  EXPECT_THAT(outcome.out, testing::HasSubstr("it is not the one that the court signed"));
  EXPECT_THAT(outcome.out, testing::Not(testing::HasSubstr("supervisor.started")));
}

TEST_F(ProgramsTest, AWorkerGoesByNothingButTheListInForce) {
  for (const std::string& other : {std::string("/dev/null"), state_file("heyan.toml")}) {
    const os::Descriptor file(::open(other.c_str(), O_RDONLY | O_CLOEXEC));
    start("box", {"heyan-worker", "box"},
          {{"--front", doors_["box"].b.get()}, {"--trust", file.get()}});
    EXPECT_EQ(wait("box"), 65) << other;
  }
}

TEST_F(ProgramsTest, AnOlderBundleIsRefusedOnceANewerWasSeen) {
  const auto sign = [this](const char* version) {
    return heyan({"trust", "sign", state_file("trust/trust.toml"), "--version", version, "--key",
                  state_file("court/court-1.key.pem"), "--key", state_file("court/court-3.key.pem"),
                  "--out", state_file("trust/bundle.jws")})
        .status;
  };
  ASSERT_EQ(sign("5"), 0);
  start_signer();
  v1::FrontAsks asks;
  asks.mutable_status()->set_payload_sha256(std::string(32, 'x'));
  EXPECT_TRUE(ask_signer(asks).has_standing());
  ::kill(programs_.at("signer"), SIGTERM);
  EXPECT_EQ(wait("signer"), 128 + SIGTERM);
  ASSERT_EQ(sign("4"), 0);
  start_signer();
  EXPECT_EQ(wait("signer"), 65);
}

TEST_F(ProgramsTest, WordsThatAreNotUnderstoodStartNothing) {
  start("signer", {"heyan-signer"}, {{"--front", signer_.b.get()}});
  EXPECT_EQ(wait("signer"), 2);
  start("signer", {"heyan-signer"}, {{"--front", signer_.b.get()}, {"--judges", 999}});
  EXPECT_EQ(wait("signer"), 2);
  start("signer", {"heyan-signer"}, {{"--front", signer_.b.get()}, {"--judges", 1}});
  EXPECT_EQ(wait("signer"), 2);
  start("box", {"heyan-worker", "front"}, {{"--front", doors_["box"].b.get()}});
  EXPECT_EQ(wait("box"), 2);
  start("box", {"heyan-worker", "box"},
        {{"--front", doors_["box"].b.get()}, {"--signer", door_.a.get()}});
  EXPECT_EQ(wait("box"), 2);
  start("judge", {"heyan-worker", "judge"}, {{"--front", doors_["judge"].b.get()}});
  EXPECT_EQ(wait("judge"), 2);
}

}  // namespace
}  // namespace heyan::functional
