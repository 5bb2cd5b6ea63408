// A front that was taken over: whoever holds its ends of the channels asks the real signer and the
// real judge for what it must not get.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <nlohmann/json.hpp>
#include <thread>

#include "tests/functional/gateway_fixture.h"
#include "verifier/core/time.h"
#include "verifier/crypto/digest.h"

namespace heyan::functional {
namespace {

using ipc::MessageType;
using Json = nlohmann::json;

const std::filesystem::path kCase = std::string(HEYAN_SOURCE) + "/gateway/sample/case";

// Size of the public log, by its checkpoint's second line.
int log_size(const std::string& checkpoint) {
  const std::size_t at = checkpoint.find('\n') + 1;
  return std::stoi(checkpoint.substr(at, checkpoint.find('\n', at) - at));
}

class HostileFront : public ProgramsTest {
 protected:
  void start_both() {
    start_signer();
    start_worker("judge");
    ask_signer(standing_of(std::string(32, 'x')));  // it serves by now
  }
  static v1::FrontAsks standing_of(const std::string& digest) {
    v1::FrontAsks asks;
    asks.mutable_status()->set_payload_sha256(digest);
    return asks;
  }
  static v1::JudgeJob canaries() {
    v1::JudgeJob job;
    job.set_canaries(true);
    return job;
  }
  v1::Backlog backlog() {
    v1::FrontAsks asks;
    asks.mutable_backlog();
    return ask_signer(asks).backlog();
  }
  int logged() const { return log_size(read_file(state_file("log/checkpoint"))); }

  // Everything that the sample case has, as the front received it.
  v1::JudgeJob job_of(const std::string& submission) {
    v1::JudgeJob job;
    job.set_submission_id(submission);
    job.set_version(1);
    job.mutable_session()->mutable_court()->set_code("0192");
    job.mutable_session()->set_authentication(v1::AUTHENTICATION_COURT_SYSTEM);
    add(job, kCase / "case.json");
    for (const auto& entry : std::filesystem::recursive_directory_iterator(kCase)) {
      if (entry.is_regular_file() && entry.path().filename() != "case.json") add(job, entry.path());
    }
    v1::FrontAsks asks;
    asks.mutable_intake()->set_submission_id(submission);
    asks.mutable_intake()->set_court("0192");
    *asks.mutable_intake()->mutable_files() = job.files();
    const v1::FrontGets gets = ask_signer(asks);
    EXPECT_TRUE(gets.has_receipt()) << gets.refusal().code();
    job.set_intake_index(gets.receipt().intake_index());
    return job;
  }
  static void add(v1::JudgeJob& job, const std::filesystem::path& path) {
    const std::string content = read_file(path);
    v1::StoredFile& file = *job.add_files();
    file.set_path(path.lexically_relative(kCase).string());
    file.set_size(content.size());
    file.set_sha256(core::to_string(crypto::sha256(core::as_bytes(content))));
  }

  // Gives the judge for each path what `choose` names; its last words, or nothing where it died.
  template <typename Choose>
  std::optional<v1::JudgeDone> judge(const v1::JudgeJob& job, Choose choose) {
    ipc::Channel channel = new_job("judge", ipc::kJudgeFrameBytes);
    EXPECT_TRUE(channel.send(MessageType::kJudgeJob, job, -1, soon()).has_value());
    while (true) {
      auto ask = channel.receive<v1::JudgeAsks>(MessageType::kJudgeAsks, soon());
      if (!ask) return std::nullopt;
      if (ask->ask_case() == v1::JudgeAsks::kDone) return ask->done();
      if (ask->ask_case() == v1::JudgeAsks::kRecordChunk) continue;
      os::Descriptor file;
      if (ask->ask_case() == v1::JudgeAsks::kOpenFile) {
        const std::filesystem::path path =
            choose(job.files(static_cast<int>(ask->open_file())).path());
        file = os::Descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
      }
      EXPECT_TRUE(channel.send(MessageType::kJudgeGets, v1::JudgeGets(), file.get(), soon()));
    }
  }
  std::optional<v1::JudgeDone> judge(const v1::JudgeJob& job) {
    return judge(job, [](const std::string& path) { return kCase / path; });
  }

  static Json payload_of(const v1::JudgeDone& done) {
    const Json envelope = Json::parse(done.envelope());
    const auto bytes = core::from_base64url(envelope["payload"].get<std::string>());
    return Json::parse(core::to_string(*bytes));
  }
  static std::vector<std::string> verdicts_of(const v1::JudgeDone& done) {
    std::vector<std::string> verdicts;
    const Json payload = payload_of(done);
    for (const Json& item : payload["evidence"]) verdicts.push_back(item["verdict"]);
    return verdicts;
  }
};

// What it has the signer log as deleted it cannot have judged any more, with whatever files.
TEST_F(HostileFront, HasNothingJudgedThatItHadDeleted) {
  start_both();
  const v1::JudgeJob job = job_of("s1");
  v1::FrontAsks asks;
  asks.mutable_deletion()->set_submission_id("s1");
  EXPECT_TRUE(ask_signer(asks).has_deleted());
  const int before = logged();
  const auto done = judge(job);
  ASSERT_TRUE(done.has_value());
  EXPECT_TRUE(done->envelope().empty());
  EXPECT_TRUE(done->refusal().final());
  EXPECT_EQ(logged(), before);
  asks.mutable_deletion()->set_submission_id("never taken in");
  EXPECT_TRUE(ask_signer(asks).has_refusal());
  EXPECT_EQ(logged(), before);
}

// Everything but a question ends the signer: nothing after it can be believed, and nothing is
// signed.
TEST_F(HostileFront, GetsNoSignatureOverItsOwnChannel) {
  v1::SignerReport report;
  report.mutable_report()->set_number("HY-AAAA-AAAA-AAAA-AAAA");
  report.mutable_report()->set_verdict(v1::SUBMISSION_VERDICT_ALL_CONSISTENT);
  report.set_record_sha256(std::string(32, 'r'));
  v1::SignerBegin begin;
  begin.set_submission_id("s1");
  begin.set_version(1);
  v1::SignerSigned answer;
  answer.set_envelope("{}");
  const std::vector<std::pair<MessageType, const google::protobuf::MessageLite*>> frames = {
      {MessageType::kSignerReport, &report}, {MessageType::kSignerBegin, &begin},
      {MessageType::kSignerSigned, &answer}, {MessageType::kFrontAsks, &begin},
      {MessageType::kFrontGets, &answer},    {MessageType::kDoor, &report}};
  for (const auto& [type, message] : frames) {
    start_signer();
    ask_signer(standing_of(std::string(32, 'x')));
    const int before = logged();
    ipc::Channel channel(std::move(signer_.a), 64u << 20);
    ASSERT_TRUE(channel.send(type, *message, -1, soon()).has_value());
    EXPECT_NE(wait("signer"), 0);
    const auto said = channel.receive(ipc::within(std::chrono::milliseconds(100)));
    EXPECT_FALSE(said.has_value() && type != MessageType::kFrontAsks);
    EXPECT_EQ(logged(), before);
    signer_ = *ipc::make_pair();
    door_ = *ipc::make_pair();
  }
}

TEST_F(HostileFront, GetsNothingForBytesThatAreNoQuestion) {
  using namespace std::string_literals;
  for (const std::string& bytes :
       {"\xff\xff\xff\xff\x0a\x00"s,                  // four gigabytes
        "\x03\x00\x00\x00\x0a\x00\xff\xff\xff"s,      // no message
        "\x04\x00\x00\x00\x0a\x00\x1a\x00\x1a\x00"s,  // a question asked twice
        "\x00\x00\x00\x00\x63\x00"s,                  // no such type
        "GET / HTTP/1.1\r\n\r\n"s}) {
    start_signer();
    ask_signer(standing_of(std::string(32, 'x')));
    const int before = logged();
    ASSERT_EQ(::send(signer_.a.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL),
              static_cast<ssize_t>(bytes.size()));
    EXPECT_NE(wait("signer"), 0);
    EXPECT_EQ(logged(), before);
    signer_ = *ipc::make_pair();
    door_ = *ipc::make_pair();
  }
}

TEST_F(HostileFront, GetsReceiptsForWhatItNamesAndNoSecondOne) {
  start_signer();
  v1::FrontAsks asks;
  asks.mutable_intake()->set_submission_id("s1");
  v1::StoredFile& file = *asks.mutable_intake()->add_files();
  file.set_path("case.json");
  file.set_sha256(std::string(32, 'a'));
  const v1::FrontGets first = ask_signer(asks);
  ASSERT_TRUE(first.has_receipt());
  EXPECT_EQ(ask_signer(asks).receipt().intake_index(), first.receipt().intake_index());
  const int before = logged();
  file.set_sha256(std::string(32, 'b'));
  EXPECT_TRUE(ask_signer(asks).has_refusal());
  file.set_sha256(std::string(32, 'a'));
  asks.mutable_intake()->set_court("0491");
  EXPECT_TRUE(ask_signer(asks).has_refusal());
  asks.mutable_intake()->clear_files();
  EXPECT_TRUE(ask_signer(asks).has_refusal());
  // What does not exist is not withdrawn, and has no proof.
  v1::FrontAsks withdraw;
  withdraw.mutable_withdraw()->set_report_number("HY-AAAA-AAAA-AAAA-AAAA");
  withdraw.mutable_withdraw()->set_reason("court-order");
  EXPECT_TRUE(ask_signer(withdraw).has_refusal());
  v1::FrontAsks proof;
  proof.mutable_log_proof()->set_report_number("HY-AAAA-AAAA-AAAA-AAAA");
  EXPECT_TRUE(ask_signer(proof).has_refusal());
  EXPECT_EQ(logged(), before);
}

// It decides neither what is measured, nor by which list, nor when.
TEST_F(HostileFront, CannotPairAProofWithAnotherFile) {
  start_both();
  const v1::JudgeJob job = job_of("s1");
  const auto honest = judge(job);
  ASSERT_TRUE(honest.has_value());
  EXPECT_THAT(verdicts_of(*honest), testing::Contains("CONSISTENT_WITH_NOTES"));

  // Another file's bytes, under the digest that was receipted.
  v1::JudgeJob swapped = job_of("s2");
  const auto done = judge(swapped, [](const std::string& path) {
    return kCase / (path == "files/chat_log.json" ? "files/statement_zh.txt" : path);
  });
  ASSERT_TRUE(done.has_value());
  EXPECT_EQ(verdicts_of(*done)[0], "NOT_COMPLETED");

  // The same, and its digest as if it had been received so: the receipt says otherwise.
  v1::JudgeJob renamed = job_of("s3");
  for (v1::StoredFile& one : *renamed.mutable_files()) {
    if (one.path() != "files/chat_log.json") continue;
    const std::string content = read_file(kCase / "files/statement_zh.txt");
    one.set_size(content.size());
    one.set_sha256(core::to_string(crypto::sha256(core::as_bytes(content))));
  }
  const auto lied = judge(renamed, [](const std::string& path) {
    return kCase / (path == "files/chat_log.json" ? "files/statement_zh.txt" : path);
  });
  ASSERT_TRUE(lied.has_value());
  for (const std::string& verdict : verdicts_of(*lied)) {
    EXPECT_THAT(verdict, testing::Not(testing::StartsWith("CONSISTENT")));
  }
}

TEST_F(HostileFront, CannotHaveAReportForAnothersIntakeOrInAnothersPlace) {
  start_both();
  const v1::JudgeJob mine = job_of("mine");
  const v1::JudgeJob theirs = job_of("theirs");
  const auto report = judge(theirs);
  ASSERT_TRUE(report.has_value());
  const int before = logged();

  v1::JudgeJob stolen = mine;
  stolen.set_intake_index(theirs.intake_index());
  EXPECT_TRUE(judge(stolen)->has_refusal());
  stolen = mine;
  stolen.set_submission_id("invented");
  EXPECT_TRUE(judge(stolen)->has_refusal());
  stolen = mine;
  stolen.mutable_session()->mutable_court()->set_code("0491");
  EXPECT_TRUE(judge(stolen)->has_refusal());
  stolen = mine;
  stolen.set_version(2);
  stolen.set_supersedes(report->report_number());
  EXPECT_TRUE(judge(stolen)->has_refusal());
  EXPECT_EQ(logged(), before);
}

// Asked for honestly: real judge and real signer, each in its sandbox.
TEST_F(HostileFront, HasCanariesJudgedAndGetsNothingOfThem) {
  start_both();
  const int before = logged();
  EXPECT_EQ(backlog().canaries_at_ms(), 0);
  const auto done = judge(canaries());
  ASSERT_TRUE(done.has_value());
  ASSERT_TRUE(done->has_canaries()) << done->refusal().code();
  v1::JudgeDone nothing_else;
  nothing_else.mutable_canaries();
  EXPECT_EQ(done->SerializeAsString(), nothing_else.SerializeAsString());
  EXPECT_EQ(backlog().stopped(), "");
  EXPECT_GT(backlog().canaries_at_ms(), 0);
  EXPECT_EQ(logged(), before);
  // What a report cites, to the second.
  const auto report = judge(job_of("s1"));
  ASSERT_TRUE(report.has_value());
  EXPECT_EQ(payload_of(*report)["selfTest"]["at"],
            core::format_rfc3339(core::from_unix_ms(backlog().canaries_at_ms())));
}

// Nothing that it says with them, or leaves, makes a known item's answer another one.
TEST_F(HostileFront, CannotStopReportsThroughTheCanaries) {
  start_both();
  v1::JudgeJob both = job_of("s1");
  both.set_canaries(true);
  EXPECT_EQ(judge(both)->refusal().code(), "job-malformed");
  v1::JudgeJob gives_up = canaries();
  gives_up.set_give_up(true);
  EXPECT_EQ(judge(gives_up)->refusal().code(), "job-malformed");
  EXPECT_EQ(backlog().canaries_at_ms(), 0);
  {
    ipc::Channel gone = new_job("judge", ipc::kJudgeFrameBytes);  // before the answer
    EXPECT_TRUE(gone.send(MessageType::kJudgeJob, canaries(), -1, soon()).has_value());
  }
  // The signer is told all the same; and nothing is wrong with judges whose front has gone.
  const auto until = std::chrono::steady_clock::now() + std::chrono::minutes(1);
  while (backlog().canaries_at_ms() == 0 && std::chrono::steady_clock::now() < until) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  EXPECT_GT(backlog().canaries_at_ms(), 0);
  EXPECT_TRUE(judge(job_of("s1")).has_value());
  EXPECT_EQ(backlog().stopped(), "");
  EXPECT_FALSE(std::filesystem::exists(state_file("signer/stopped-canary-wrong")));
}

// A job that is none, or stops in the middle, ends that child; the judge's door is none of the
// front's, and a socket that the front made leads nowhere.
TEST_F(HostileFront, FindsNoWayThroughTheJudgesDoor) {
  // The parent tells that the child is lost, and nothing else comes.
  const auto expect_lost = [](ipc::Channel& channel) {
    const auto last = channel.receive<v1::JudgeAsks>(MessageType::kJudgeAsks, soon());
    ASSERT_TRUE(last.has_value());
    EXPECT_EQ(last->done().refusal().code(), "judge-lost");
    EXPECT_FALSE(channel.receive(soon()).has_value());
  };
  start_both();
  const int before = logged();
  {
    ipc::Channel channel = new_job("judge", ipc::kJudgeFrameBytes);
    v1::SignerBegun forged;  // the signer's answer, from the wrong side
    forged.set_report_number("HY-AAAA-AAAA-AAAA-AAAA");
    EXPECT_TRUE(channel.send(MessageType::kSignerBegun, forged, -1, soon()).has_value());
    expect_lost(channel);
  }
  EXPECT_EQ(wait("judge"), 75);
  start_worker("judge");
  {
    ipc::Channel channel = new_job("judge", ipc::kJudgeFrameBytes);
    EXPECT_TRUE(
        channel.send(MessageType::kJudgeJob, v1::JudgeJob(), signer_.a.get(), soon()).has_value());
    expect_lost(channel);
  }
  EXPECT_EQ(wait("judge"), 75);
  EXPECT_EQ(logged(), before);
  EXPECT_TRUE(ask_signer(standing_of(std::string(32, 'x'))).has_standing());
}

}  // namespace
}  // namespace heyan::functional
