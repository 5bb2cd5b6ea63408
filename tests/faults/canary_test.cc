// A gateway whose judges are no longer right, or say nothing, about the canaries.
#include <gtest/gtest.h>

#include <chrono>
#include <sstream>
#include <thread>

#include "tests/faults/court_system.h"
#include "tests/faults/gateway.h"
#include "tests/faults/log_copy.h"
#include "tests/faults/programs.h"

namespace heyan::faults {
namespace {

namespace fs = std::filesystem;

class Canary : public testing::Test {
 protected:
  void start(const std::string& how) {
    gateway_.set_environment({{"TEST_CANARIES", how}, {"HEYAN_CANARY_EVERY_SECONDS", "1"}});
    gateway_.start();
    ASSERT_TRUE(gateway_.make_ready()) << gateway_.log();
  }
  // Until /readyz answers that; its body, or what it was last.
  std::string await_ready(int status, const std::string& part) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    Answer answer;
    while (std::chrono::steady_clock::now() < until) {
      answer = court_.get("/readyz");
      if (answer.status == status && answer.body.find(part) != std::string::npos) break;
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    EXPECT_EQ(answer.status, status) << answer.body << gateway_.log();
    EXPECT_NE(answer.body.find(part), std::string::npos) << answer.body;
    return answer.body;
  }
  std::string file(const std::string& name) {
    const Answer answer = court_.file(Case::of_sample("E1", name), name);
    EXPECT_EQ(answer.status, 201) << answer.body;
    EXPECT_FALSE(answer.member("receipt").empty()) << answer.body;
    return answer.member("id");
  }
  // Until a judge tried, and came back without a report.
  void await_attempt_at(const std::string& id) {
    const std::string said = "\"submission\":\"" + id + "\"";
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (std::chrono::steady_clock::now() < until) {
      std::istringstream lines(gateway_.log());
      for (std::string line; std::getline(lines, line);) {
        if (line.find("front.attempt_failed") != std::string::npos &&
            line.find(said) != std::string::npos) {
          return;
        }
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    ADD_FAILURE() << "nobody tried: " << gateway_.log();
  }
  std::string state_of(const std::string& id) {
    return court_.get("/v1/submissions/" + id).member("state");
  }

  Programs programs_{HEYAN_CANARY_WORKER};
  Gateway gateway_{programs_.path()};
  CourtSystem court_{gateway_, std::chrono::milliseconds(30'000)};
};

TEST_F(Canary, AWrongOneStopsReportsUntilAPersonHasLooked) {
  start("");
  await_ready(200, "\"canary\":true");
  EXPECT_EQ(court_.await(file("before")).member("state"), "DONE");
  EXPECT_EQ(gateway_.stop(), 0);

  start("wrong");
  const std::string body = await_ready(503, "\"reason\":\"canary-wrong\"");
  EXPECT_NE(body.find("\"signing\":false"), std::string::npos) << body;
  EXPECT_NE(body.find("\"signer\":true"), std::string::npos) << body;
  EXPECT_NE(body.find("heyan selftest"), std::string::npos) << body;
  EXPECT_NE(gateway_.log().find("signer.stopped_signing"), std::string::npos);
  const std::string waits = file("while stopped");
  await_attempt_at(waits);
  EXPECT_NE(state_of(waits), "DONE");
  EXPECT_EQ(gateway_.stop(), 0);

  // A start is no person, and neither are judges that are right again.
  programs_.set_worker(fs::path(HEYAN_BINARY).parent_path() / "heyan-worker");
  start("");
  await_ready(503, "\"reason\":\"canary-wrong\"");
  EXPECT_NE(state_of(waits), "DONE");
  EXPECT_EQ(gateway_.stop(), 0);

  ASSERT_TRUE(fs::remove(gateway_.state("signer/stopped-canary-wrong")));
  start("");
  await_ready(200, "\"signing\":true");
  EXPECT_EQ(court_.await(waits).member("state"), "DONE");
  LogCopy log(gateway_.state("log"), functional::read_file(gateway_.state("keys/log.vkey")));
  EXPECT_EQ(log.follow(), "");
  EXPECT_EQ(gateway_.stop(), 0);
}

TEST_F(Canary, ALateOneShowsInReadinessAlone) {
  start("silent");
  const std::string body = await_ready(503, "\"canary\":false");
  EXPECT_NE(body.find("\"signing\":true"), std::string::npos) << body;
  EXPECT_EQ(body.find("stopped"), std::string::npos) << body;
  EXPECT_EQ(court_.await(file("late")).member("state"), "DONE");
  EXPECT_NE(gateway_.log().find("front.canaries_not_judged"), std::string::npos);
  EXPECT_FALSE(fs::exists(gateway_.state("signer/stopped-canary-wrong")));
  EXPECT_EQ(gateway_.stop(), 0);
}

}  // namespace
}  // namespace heyan::faults
