// Children whose front has had enough: that is no fault of theirs, nor of what they read. Without
// the sandbox, which has tests of its own.
#include "gateway/worker/box.h"

#include <fcntl.h>
#include <gtest/gtest.h>

#include <thread>

#include "gateway/worker/render.h"
#include "tests/unit/contents/zip_builder.h"
#include "tests/unit/os/temporary_folder.h"
#include "tests/unit/pdf/fonts.h"
#include "verifier/crypto/signing.h"

namespace heyan::worker {
namespace {

using contents::testing::build_zip;
using ipc::MessageType;

const std::filesystem::path kTrust = std::string(HEYAN_SOURCE) + "/gateway/sample/trust";
const std::filesystem::path kContainer =
    std::string(HEYAN_SOURCE) + "/tests/vectors/courts/asic/own-e-ok-chinese.asice";
// More than a socket holds.
constexpr std::size_t kLargeBytes = 4u << 20;

crypto::PublicKey test_key() {
  return crypto::SigningKey::generate(crypto::KeyAlgorithm::kEcdsaP256)->public_key();
}

class UnwantedTest : public testing::Test {
 protected:
  UnwantedTest()
      : courts_(CourtBench::Courts{{"asic", {}}}),
        trust_(*intake::load_trust(kTrust / "trust.toml")) {
    connect();
  }
  void connect() {
    auto pair = ipc::make_pair();
    front_.emplace(std::move(pair->a), kBoxFrameBytes);
    box_.emplace(std::move(pair->b), kBoxFrameBytes);
  }
  static os::Descriptor opened(const std::filesystem::path& file) {
    return os::Descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  }
  void ask(const v1::BoxRequest& request, const std::filesystem::path& file) {
    const os::Descriptor bytes = opened(file);
    ASSERT_TRUE(front_->send(MessageType::kBoxRequest, request, bytes.get()).has_value());
  }
  std::optional<v1::BoxAnswer> hear() {
    auto answer = front_->receive<v1::BoxAnswer>(MessageType::kBoxAnswer);
    return answer ? std::optional(*std::move(answer)) : std::nullopt;
  }
  void leave() { front_.reset(); }
  // Did it end as it should?
  bool run() {
    const keys::ReportIssuer issuer{
        .reports = {},
        .seal = test_key(),
        .xml_seal = test_key(),
        .log = *transparency::NoteVerifier::make("log.example/test",
                                                 transparency::NoteKeyType::kEd25519, log_key()),
        .earlier_logs = {}};
    return run_box({.issuer = issuer, .courts = courts_, .trust = trust_}, *std::move(box_));
  }
  static crypto::PublicKey log_key() {
    return crypto::SigningKey::generate(crypto::KeyAlgorithm::kEd25519)->public_key();
  }
  std::filesystem::path archive() const {
    const core::Bytes bytes =
        build_zip({{.name = "case.json", .content = "{}"},
                   {.name = "files/large", .content = std::string(kLargeBytes, 'x')}});
    return folder_.write("case.zip", core::as_text(bytes));
  }

  const os::TemporaryFolder folder_;
  const CourtBench courts_;
  const intake::LoadedTrust trust_;
  std::optional<ipc::Channel> front_;
  std::optional<ipc::Channel> box_;
};

// As where a file is larger than limits.file_bytes.
TEST_F(UnwantedTest, AnArchiveOfWhichTheFrontHadEnough) {
  v1::BoxRequest request;
  request.mutable_open_archive();
  ask(request, archive());
  bool well = false;
  std::jthread box([&] { well = run(); });
  // "case.json", its bytes, "files/large".
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(hear().has_value());
  leave();
  box.join();
  EXPECT_TRUE(well);
}

TEST_F(UnwantedTest, AnAnswerForWhichTheFrontDidNotWait) {
  v1::BoxRequest request;
  request.mutable_read_case();
  ask(request, folder_.write("case.json", "{"));
  leave();
  EXPECT_TRUE(run());
}

TEST_F(UnwantedTest, AMessageOfWhichTheFrontHadEnough) {
  for (const auto& file : {kContainer, folder_.write("none", "no container")}) {
    v1::BoxRequest request;
    v1::CourtMessage& message = *request.mutable_read_message()->mutable_message();
    message.set_adapter("asic");
    message.set_content_type("application/vnd.etsi.asic-e+zip");
    message.set_received_at_ms(1'764'000'000'000);
    connect();
    ask(request, file);
    leave();
    EXPECT_TRUE(run()) << file;
  }
}

TEST_F(UnwantedTest, APageForWhichTheFrontDidNotWait) {
  auto signer = ipc::make_pair();
  v1::RenderJob job;
  job.set_language("none");
  ASSERT_TRUE(front_->send(MessageType::kRenderJob, job).has_value());
  leave();
  EXPECT_TRUE(run_render({.fonts = pdf::test_fonts(), .courts = courts_}, *std::move(box_),
                         {std::move(signer->a), kRenderFrameBytes}));
}

TEST_F(UnwantedTest, ButWhatIsNoJobIsNotInOrder) {
  v1::BoxRequest request;
  request.mutable_read_case();
  ASSERT_TRUE(front_->send(MessageType::kBoxRequest, request).has_value());
  EXPECT_FALSE(run()) << "there is no file with it";
}

// What look_into (ipc) takes for a box that died of its file.
TEST(BoxTest, ItsParentTellsOfOneThatDied) {
  auto pair = ipc::make_pair();
  ipc::Channel front(std::move(pair->a), kBoxFrameBytes);
  tell_box_lost({std::move(pair->b), kBoxFrameBytes});
  const auto said = front.receive<v1::BoxAnswer>(MessageType::kBoxAnswer);
  ASSERT_TRUE(said.has_value());
  EXPECT_TRUE(said->contents().terminated());
  EXPECT_FALSE(said->contents().performed());
}

}  // namespace
}  // namespace heyan::worker
