// A report that is renewed by an authority over HTTP, through the egress process.
#include <gmock/gmock.h>

#include <chrono>
#include <cstdio>
#include <thread>

#include "tests/functional/sample_case.h"

namespace heyan::functional {
namespace {

using testing::HasSubstr;

// The authority of tests/functional/time_stamp_authority, until this goes.
class StampServer {
 public:
  StampServer() {
    const std::string command = "python3 " HEYAN_SOURCE "/tests/functional/time_stamp_authority '" +
                                (folder_ / "") + "' >'" + port_file_.path().string() + "/port'";
    input_ = ::popen(command.c_str(), "w");
    for (int i = 0; i < 600 && port_.find('\n') == std::string::npos; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
      const std::filesystem::path file = port_file_ / "port";
      if (std::filesystem::exists(file)) port_ = read_file(file);
    }
    EXPECT_NE(port_.find('\n'), std::string::npos);
    port_ = port_.substr(0, port_.find('\n'));
  }
  ~StampServer() { ::pclose(input_); }
  StampServer(const StampServer&) = delete;
  StampServer& operator=(const StampServer&) = delete;

  std::string file(const std::string& name) const { return read_file(folder_ / name); }
  const std::string& port() const { return port_; }
  void answer_as(const std::string& mode) const { write_file(folder_ / "mode", mode); }

 private:
  TemporaryFolder folder_;
  TemporaryFolder port_file_;
  std::string port_;
  FILE* input_ = nullptr;
};

TEST(RenewalOnline, AsksTheAuthorityOfTheFile) {
  const StampServer server;
  const TemporaryFolder folder;
  ASSERT_EQ(heyan({"keys", "new", folder / "keys"}).status, 0);
  const std::string report = folder / "report.jws";
  ASSERT_EQ(heyan({"verify", sample_folder() + "/case", "--trust", sample_trust(), "--at",
                   std::string(kAt), "--format", "jws", "--keys", folder / "keys", "--out", report})
                .status,
            10);
  write_file(folder / "ca.pem", server.file("ca.pem"));
  write_file(folder / "trust.toml",
             "[list]\nid = \"l\"\nversion = 1\nissued = 2026-01-01T00:00:00Z\n"
             "next_update = 2099-01-01T00:00:00Z\n[[institution]]\nid = \"tsa\"\n"
             "kind = \"timestamp\"\nname = { zh = \"机构\", en = \"The authority\" }\n"
             "[[institution.ca]]\nfile = \"ca.pem\"\n[[tsa]]\ninstitution = \"tsa\"\n"
             "class = \"private\"\n");
  write_file(folder / "nodes.toml", "[tsa]\nurl = \"http://127.0.0.1:" + server.port() +
                                        "/\"\nauthorities = [\"ca.pem\"]\n"
                                        "addresses = [\"127.0.0.1\"]\n");
  const auto run_report = [&](std::vector<std::string> words) {
    words.insert(words.begin(), "report");
    words.insert(words.end(),
                 {"--authorities", folder / "trust.toml", "--lang", "en", "--key",
                  folder / "keys/es256.cert.pem", "--key", folder / "keys/sm2.cert.pem"});
    return heyan(words);
  };
  const auto renew = [&](std::vector<std::string> more = {}) {
    std::vector<std::string> words = {"renew", report, "--nodes", folder / "nodes.toml"};
    words.insert(words.end(), more.begin(), more.end());
    return run_report(words);
  };
  const Outcome first = renew();
  ASSERT_EQ(first.status, 0) << first.err;
  const Outcome second = renew();
  ASSERT_EQ(second.status, 0) << second.err;
  const Outcome verified = run_report({"verify", report, "--renewal", report + ".ers"});
  EXPECT_EQ(verified.status, 0) << verified.out;
  EXPECT_THAT(verified.out, HasSubstr("by the clock of The authority"));
  EXPECT_THAT(verified.out, HasSubstr("It was renewed at"));
  // What does not come about leaves the record as it is.
  const std::string record = read_file(report + ".ers");
  EXPECT_EQ(renew({"--algorithm", "sha-512"}).status, 2);
  server.answer_as("refusal");
  EXPECT_NE(renew().status, 0);
  write_file(folder / "nodes.toml", "");
  EXPECT_NE(renew().status, 0);
  EXPECT_EQ(read_file(report + ".ers"), record);
}

}  // namespace
}  // namespace heyan::functional
