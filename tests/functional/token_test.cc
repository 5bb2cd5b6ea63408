// The keys of reports and receipts in a real PKCS#11 token (SoftHSM), used by the signer inside its
// sandbox.
#include <gmock/gmock.h>
#include <signal.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>

#include "tests/functional/judging_fixture.h"

namespace heyan::functional {
namespace {

using ::testing::HasSubstr;

constexpr const char* kModule = "/usr/lib/softhsm/libsofthsm2.so";
constexpr const char* kPin = "271828";

class TokenTest : public JudgingProgramsTest {
 protected:
  TokenTest() {
    std::filesystem::create_directory(tokens_);
    const std::string settings = folder_ / "softhsm2.conf";
    write_file(settings, "directories.tokendir = " + tokens_ +
                             "\nobjectstore.backend = file\nlog.level = ERROR\n");
    ::setenv("SOFTHSM2_CONF", settings.c_str(), 1);  // for the programs that are started
    make_token("heyan");
    write_pin(kPin);
    config_ = read_file(state_file("heyan.toml"));
    configure("heyan", "report", "receipt");
    std::filesystem::remove_all(state_file("keys"));
  }
  ~TokenTest() override { ::unsetenv("SOFTHSM2_CONF"); }

  static void make_token(const std::string& label) {
    const Outcome made = run({.arguments = {"softhsm2-util", "--init-token", "--free", "--label",
                                            label, "--pin", kPin, "--so-pin", "31415926"},
                              .environment = {},
                              .folder = {},
                              .input = {}});
    ASSERT_EQ(made.status, 0) << "softhsm2 is in tests/packages. " << made.out << made.err;
  }
  // As the user of the token, to bring a key that nobody uses.
  void log_in_by_hand() {
    const std::string key = folder_ / "by-hand.pem";
    for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
             {"openssl", "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256",
              "-out", key},
             {"softhsm2-util", "--import", key, "--token", "heyan", "--label", "by-hand", "--id",
              "01", "--force", "--pin", kPin}}) {
      const Outcome done = run({.arguments = words, .environment = {}, .folder = {}, .input = {}});
      ASSERT_EQ(done.status, 0) << words.front() << ": " << done.out << done.err;
    }
  }
  void write_pin(const std::string& pin, mode_t mode = 0600) {
    write_file(pin_file_, pin + "\n");
    ::chmod(pin_file_.c_str(), mode);
  }
  void configure(const std::string& token, const std::string& report, const std::string& receipt,
                 const std::string& module = kModule) {
    write_file(state_file("heyan.toml"),
               config_ + "\n[token]\nmodule = \"" + module + "\"\nname = \"" + token +
                   "\"\npin_file = \"" + pin_file_ + "\"\nreport_key = \"" + report +
                   "\"\nreceipt_key = \"" + receipt + "\"\nfolders = [\"" + tokens_ + "\"]\n");
  }
  Outcome make_keys() {
    return heyan({"keys", "new", "--config", state_file("heyan.toml"), "--name", "Test court",
                  "--lang", "en"});
  }
  int signer_status() {
    start_signer();
    return wait("signer");
  }

  std::string tokens_ = folder_ / "tokens";
  std::string pin_file_ = folder_ / "pin";
  std::string config_;
};

TEST_F(TokenTest, AReportIsSignedByTheTokenInsideTheSandbox) {
  const Outcome made = make_keys();
  ASSERT_EQ(made.status, 0) << made.err;
  EXPECT_FALSE(std::filesystem::exists(state_file("keys/report-es256.key.pem")));
  EXPECT_FALSE(std::filesystem::exists(state_file("keys/receipt-es256.key.pem")));
  start_signer();
  start_worker("judge");
  take_in();
  const auto done = judge();
  ASSERT_TRUE(done.has_value());
  ASSERT_FALSE(done->has_refusal()) << done->refusal().code();
  const std::string report = folder_ / "report.jws";
  write_file(report, done->envelope());
  const Outcome verified =
      heyan({"report", "verify", report, "--key", state_file("keys/report-es256.cert.pem"), "--key",
             state_file("keys/report-sm2.cert.pem"), "--log", state_file("keys/log.vkey"), "--lang",
             "en"});
  EXPECT_EQ(verified.status, 0) << verified.out << verified.err;

  // And after a restart by the same key.
  ::kill(programs_.at("signer"), SIGKILL);
  wait("signer");
  start_signer();
  EXPECT_EQ(judge()->envelope(), done->envelope());
}

TEST_F(TokenTest, TheCertificateOfATokensKeyIsItsOwn) {
  ASSERT_EQ(make_keys().status, 0);
  for (const char* use : {"report", "receipt"}) {
    const std::string prefix = state_file(std::string("keys/") + use + "-es256");
    const Outcome checked =
        run({.arguments = {"openssl", "verify", "-check_ss_sig", "-x509_strict", "-partial_chain",
                           "-trusted", prefix + ".cert.pem", prefix + ".cert.pem"},
             .environment = {},
             .folder = {},
             .input = {}});
    EXPECT_EQ(checked.status, 0) << checked.out << checked.err;
  }
}

TEST_F(TokenTest, TheirCertificatesAreLookedAtForRenewal) {
  ASSERT_EQ(make_keys().status, 0);
  const std::string before = read_file(state_file("keys/receipt-es256.cert.pem"));
  const Outcome looked =
      heyan({"keys", "renew", "--config", state_file("heyan.toml"), "--lang", "en"});
  EXPECT_EQ(looked.status, 0) << looked.err;
  EXPECT_THAT(looked.out, HasSubstr("receipt-es256: valid until "));
  EXPECT_EQ(read_file(state_file("keys/receipt-es256.cert.pem")), before);
}

TEST_F(TokenTest, KeysThatTheTokenHasAreUsedAgain) {
  ASSERT_EQ(make_keys().status, 0);
  const std::string first = read_file(state_file("keys/report-es256.pub.pem"));
  EXPECT_EQ(make_keys().status, 2) << "keys are never overwritten";
  std::filesystem::remove_all(state_file("keys"));
  ASSERT_EQ(make_keys().status, 0);
  EXPECT_EQ(read_file(state_file("keys/report-es256.pub.pem")), first);
}

TEST_F(TokenTest, WhatIsNotInOrderStartsNoSigner) {
  ASSERT_EQ(make_keys().status, 0);
  write_pin("");
  EXPECT_EQ(signer_status(), 77) << "no PIN";
  write_pin(kPin, 0644);
  EXPECT_EQ(signer_status(), 65) << "a PIN that others can read";
  write_pin(kPin);
  configure("other", "report", "receipt");
  EXPECT_EQ(signer_status(), 65) << "no such token";
  configure("heyan", "nothing", "receipt");
  EXPECT_EQ(signer_status(), 65) << "no such key";
  configure("heyan", "receipt", "report");
  EXPECT_EQ(signer_status(), 65) << "keys of one use in the place of the other";
  configure("heyan", "report", "report");
  EXPECT_EQ(signer_status(), 65) << "one key in two uses";
  configure("heyan", "report", "receipt", folder_ / "no-module.so");
  EXPECT_EQ(signer_status(), 65) << "no module";
  configure("heyan", "report", "receipt", pin_file_);
  EXPECT_EQ(signer_status(), 65) << "no module at all";
  make_token("heyan");
  configure("heyan", "report", "receipt");
  EXPECT_EQ(signer_status(), 65) << "two tokens of that name";
}

// A real one would lock itself after a few tries.
TEST_F(TokenTest, AWrongPinIsTriedOnce) {
  write_pin("000000");
  EXPECT_THAT(make_keys().err, HasSubstr("the token refuses the PIN"));
  write_pin(kPin);
  const Outcome untried = make_keys();
  EXPECT_EQ(untried.status, 65);
  EXPECT_THAT(untried.err, HasSubstr("none is tried again"));
  EXPECT_THAT(untried.err, HasSubstr("log in once by hand")) << "what to do";
  log_in_by_hand();
  ASSERT_EQ(make_keys().status, 0);
  write_pin("000000");
  EXPECT_EQ(signer_status(), 77) << "another PIN";
  write_pin(kPin);
  EXPECT_EQ(signer_status(), 77) << "nobody has logged in with it yet";
  log_in_by_hand();
  start_signer();
  v1::FrontAsks asks;
  asks.mutable_backlog();
  EXPECT_TRUE(ask_signer(asks).has_backlog());
}

TEST_F(TokenTest, ATokenThatDoesNotSignAnyMoreEndsTheSigner) {
  ASSERT_EQ(make_keys().status, 0);
  said_to_ = folder_ / "said";
  start_signer();
  take_in();
  std::filesystem::remove_all(tokens_);
  std::filesystem::create_directory(tokens_);
  v1::FrontAsks asks;
  asks.mutable_intake()->set_submission_id("s-2");
  asks.mutable_intake()->set_court("0491");
  v1::StoredFile& file = *asks.mutable_intake()->add_files();
  file.set_path("case.json");
  file.set_sha256(std::string(32, 'c'));
  const v1::FrontGets gets = ask_signer(asks);
  ASSERT_TRUE(gets.has_refusal());
  EXPECT_FALSE(gets.refusal().final());
  EXPECT_EQ(wait("signer"), 75);
  EXPECT_THAT(read_file(said_to_), HasSubstr(R"("event":"signer.token")"));
  EXPECT_THAT(read_file(said_to_), HasSubstr("(0x")) << "what PKCS#11 said";
}

TEST_F(TokenTest, WithoutItsTokenNothingIsSigned) {
  ASSERT_EQ(make_keys().status, 0);
  std::filesystem::remove_all(tokens_);
  std::filesystem::create_directory(tokens_);
  EXPECT_EQ(signer_status(), 65);
}

TEST_F(TokenTest, NoKeysAreMadeWithoutAPin) {
  write_pin("000000");
  const Outcome made = make_keys();
  EXPECT_EQ(made.status, 65);
  EXPECT_THAT(made.err, HasSubstr("the token refuses the PIN"));
  EXPECT_FALSE(std::filesystem::exists(state_file("keys/log.vkey")));
}

// Without a token: all of them in files, and the gateway starts with them.
TEST_F(ProgramsTest, KeysNewMakesWhatAGatewayNeeds) {
  std::filesystem::remove_all(state_file("keys"));
  const Outcome made = heyan({"keys", "new", "--config", state_file("heyan.toml"), "--lang", "en"});
  ASSERT_EQ(made.status, 0) << made.err;
  EXPECT_THAT(made.err, HasSubstr("log.vkey"));
  start_signer();
  v1::FrontAsks asks;
  asks.mutable_backlog();
  EXPECT_TRUE(ask_signer(asks).has_backlog());
  EXPECT_EQ(heyan({"keys", "new"}).status, 2);
  EXPECT_EQ(heyan({"keys", "new", "x", "--config", "y"}).status, 2);
  EXPECT_EQ(heyan({"keys", "new", "--config", folder_ / "nothing"}).status, 65);
}

}  // namespace
}  // namespace heyan::functional
