// Time stamps from an authority over HTTP, a program that answers with `openssl ts` and, told so,
// as a hostile or broken one does.
#include "gateway/egress/stamps.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <fstream>
#include <future>

#include "tests/unit/os/temporary_folder.h"
#include "verifier/crypto/digest.h"
#include "verifier/crypto/timestamp.h"

namespace heyan::egress {
namespace {

using ipc::MessageType;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

// One for all tests: its keys take a while.
class Authority {
 public:
  Authority() {
    std::array<int, 2> in{};
    std::array<int, 2> out{};
    EXPECT_EQ(::pipe2(in.data(), O_CLOEXEC), 0);
    EXPECT_EQ(::pipe2(out.data(), O_CLOEXEC), 0);
    const std::string script = std::string(HEYAN_SOURCE) + "/tests/functional/time_stamp_authority";
    const std::string folder = folder_ / "";
    pid_ = ::fork();
    if (pid_ == 0) {
      ::dup2(in[0], STDIN_FILENO);
      ::dup2(out[1], STDOUT_FILENO);
      ::execlp("python3", "python3", script.c_str(), folder.c_str(), nullptr);
      ::_exit(127);
    }
    ::close(in[0]);
    ::close(out[1]);
    stdin_ = in[1];
    std::string digits;
    char byte = 0;
    while (::read(out[0], &byte, 1) == 1 && byte != '\n') digits += byte;
    ::close(out[0]);
    EXPECT_FALSE(digits.empty());
    port_ = static_cast<std::uint16_t>(std::atoi(digits.c_str()));
  }
  ~Authority() {
    ::close(stdin_);
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
  Authority(const Authority&) = delete;
  Authority& operator=(const Authority&) = delete;

  std::uint16_t port() const { return port_; }
  std::filesystem::path file(const std::string& name) const { return folder_ / name; }
  void answers(const std::string& mode) const { folder_.write("mode", mode); }
  std::string asked() const {
    std::ifstream in(folder_ / "asked");
    return {std::istreambuf_iterator<char>(in), {}};
  }

 private:
  os::TemporaryFolder folder_;
  pid_t pid_ = 0;
  int stdin_ = -1;
  std::uint16_t port_ = 0;
};

class Stamping : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    static_cast<void>(start_library());
    authority_ = std::make_unique<Authority>();
  }
  static void TearDownTestSuite() { authority_.reset(); }

  Stamping() {
    authority_->answers("ok");
    tsa_.plain = true;
    tsa_.host = "127.0.0.1";
    tsa_.port = authority_->port();
    tsa_.path = "/stamp";
    tsa_.addresses = {"127.0.0.1"};
    tsa_.authorities = {authority_->file("ca.pem")};
    tsa_.seconds = 5;
  }

  // What comes back, of a process of its own for each question.
  v1::StampGets ask(const core::Bytes& sha256 = crypto::sha256(core::as_bytes("signatures")),
                    bool any_time = false) {
    auto files = read_stamp_files(tsa_);
    EXPECT_TRUE(files.has_value());
    auto pair = *ipc::make_pair();
    ipc::Channel asker(std::move(pair.a), kFrameBytes);
    auto ended = std::async(std::launch::async, [&, end = std::move(pair.b)]() mutable {
      return serve_stamps(&tsa_, &*files, ipc::Channel(std::move(end), kFrameBytes));
    });
    v1::StampAsk ask;
    ask.set_id(7);
    ask.set_sha256(core::to_string(sha256));
    ask.set_any_time(any_time);
    EXPECT_TRUE(asker.send(MessageType::kStampAsk, ask).has_value());
    auto gets = asker.receive<v1::StampGets>(MessageType::kStampGets,
                                             ipc::within(std::chrono::seconds(60)));
    asker.close();
    status_ = ended.get();
    return gets ? *std::move(gets) : v1::StampGets();
  }
  v1::EgressFault fault_of(const std::string& mode) {
    authority_->answers(mode);
    gets_ = ask();
    EXPECT_FALSE(gets_.has_token()) << mode;
    EXPECT_THAT(gets_.DebugString(), Not(HasSubstr("SECRET")));
    return gets_.failure().fault();
  }
  void expect_no_stamp(const std::string& mode, const std::string& reason) {
    EXPECT_EQ(fault_of(mode), v1::EGRESS_FAULT_STAMP) << mode;
    EXPECT_THAT(gets_.failure().reasons(), ::testing::Contains(reason)) << mode;
  }

  static constexpr std::size_t kFrameBytes = 1u << 20;
  static std::unique_ptr<Authority> authority_;
  ops::Tsa tsa_;
  v1::StampGets gets_;
  int status_ = -1;
};
std::unique_ptr<Authority> Stamping::authority_;

TEST_F(Stamping, GivesTheTokenOverTheDigest) {
  const v1::StampGets gets = ask();
  EXPECT_EQ(status_, 0);
  EXPECT_EQ(gets.id(), 7u);
  ASSERT_TRUE(gets.has_token()) << gets.DebugString();
  crypto::SignatureChecker checker(crypto::production_engines(), {});
  const auto token = crypto::read_timestamp(core::as_bytes(gets.token()), checker);
  ASSERT_TRUE(token.has_value());
  EXPECT_EQ(token->info->imprint, crypto::sha256(core::as_bytes("signatures")));
  EXPECT_EQ(token->info->policy, "1.2.3.4");
  EXPECT_THAT(authority_->asked(), HasSubstr("ok /stamp application/timestamp-query"));
}

TEST_F(Stamping, AsksForThePolicyOfItsEntry) {
  tsa_.policy = "1.2.3.5";
  EXPECT_TRUE(ask().has_token());
  tsa_.policy = "1.2.3.6";
  EXPECT_EQ(fault_of("ok"), v1::EGRESS_FAULT_REFUSED);
  tsa_.policy = "1.2.3.4";
  expect_no_stamp("policy", "POLICY_OID");
}

TEST_F(Stamping, TakesNothingElseForIt) {
  expect_no_stamp("nonce", "NONCE");
  expect_no_stamp("imprint", "IMPRINT_MISMATCH");
  expect_no_stamp("stranger", "UNTRUSTED_ISSUER");
  expect_no_stamp("over", "CERT_NOT_VALID_AT_GENTIME");
  expect_no_stamp("damaged", "SIGNATURE");
  expect_no_stamp("trailing", "MALFORMED");
  expect_no_stamp("garbage", "MALFORMED");
}

TEST_F(Stamping, HoldsTheTimeAgainstThisClockUnlessTheAskerDoes) {
  expect_no_stamp("ahead", "GENTIME_FUTURE");
  expect_no_stamp("behind", "CLOCKS_DIFFER");
  const core::Bytes digest = crypto::sha256(core::as_bytes("drawn"));
  for (const char* mode : {"ahead", "behind"}) {
    authority_->answers(mode);
    EXPECT_TRUE(ask(digest, true).has_token()) << mode;
  }
  for (const char* mode : {"nonce", "imprint", "stranger", "over", "damaged", "trailing"}) {
    authority_->answers(mode);
    EXPECT_FALSE(ask(digest, true).has_token()) << mode;
  }
}

TEST_F(Stamping, SaysWhyThereIsNone) {
  EXPECT_EQ(fault_of("refusal"), v1::EGRESS_FAULT_REFUSED);
  EXPECT_EQ(fault_of("page"), v1::EGRESS_FAULT_PROTOCOL);
  EXPECT_EQ(fault_of("huge"), v1::EGRESS_FAULT_SIZE);
  EXPECT_EQ(fault_of("error"), v1::EGRESS_FAULT_HTTP_STATUS);
  EXPECT_EQ(fault_of("closes"), v1::EGRESS_FAULT_CONNECTION);
  tsa_.seconds = 1;
  EXPECT_EQ(fault_of("slow"), v1::EGRESS_FAULT_TIME);
}

TEST_F(Stamping, FollowsNoRedirect) {
  EXPECT_EQ(fault_of("redirect"), v1::EGRESS_FAULT_REDIRECT);
  EXPECT_THAT(authority_->asked(), Not(HasSubstr("elsewhere")));
}

TEST_F(Stamping, ConnectsToNoAddressThatIsNotPermitted) {
  tsa_.addresses.clear();
  EXPECT_EQ(fault_of("ok"), v1::EGRESS_FAULT_ADDRESS_FORBIDDEN);
}

TEST_F(Stamping, BelievesTheNamedAuthorityAlone) {
  tsa_.authorities = {authority_->file("strangerca.pem")};
  expect_no_stamp("ok", "UNTRUSTED_ISSUER");
  tsa_.authorities = {authority_->file("tsa.pem")};
  authority_->answers("ok");
  EXPECT_TRUE(ask().has_token()) << "the certificate itself may be named";
}

TEST_F(Stamping, EndsWhereSomethingElseThanADigestIsBrought) {
  ask(core::Bytes(31, 1));
  EXPECT_EQ(status_, 1);
}

TEST_F(Stamping, FilesThatAreNone) {
  tsa_.authorities = {authority_->file("tsa.cnf")};
  EXPECT_FALSE(read_stamp_files(tsa_).has_value());
  tsa_.authorities = {authority_->file("missing")};
  EXPECT_FALSE(read_stamp_files(tsa_).has_value());
}

TEST(NoAuthority, IsSaid) {
  const auto answer = [](const ops::Tsa* tsa) {
    auto pair = *ipc::make_pair();
    ipc::Channel asker(std::move(pair.a), 1u << 20);
    auto ended = std::async(std::launch::async, [&, end = std::move(pair.b)]() mutable {
      return serve_stamps(tsa, nullptr, ipc::Channel(std::move(end), 1u << 20));
    });
    v1::StampAsk ask;
    ask.set_sha256(std::string(32, 'x'));
    EXPECT_TRUE(asker.send(MessageType::kStampAsk, ask).has_value());
    const auto gets = asker.receive<v1::StampGets>(MessageType::kStampGets,
                                                   ipc::within(std::chrono::seconds(20)));
    asker.close();
    EXPECT_EQ(ended.get(), 0);
    return gets ? gets->failure().fault() : v1::EGRESS_FAULT_UNSPECIFIED;
  };
  EXPECT_EQ(answer(nullptr), v1::EGRESS_FAULT_UNKNOWN_LEDGER);
  const ops::Tsa without_files;
  EXPECT_EQ(answer(&without_files), v1::EGRESS_FAULT_FILES);
}

}  // namespace
}  // namespace heyan::egress
