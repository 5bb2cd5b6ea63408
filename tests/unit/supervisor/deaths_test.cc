// What follows where a program of the gateway dies, soon after its start or later.
#include <gmock/gmock.h>

#include "tests/unit/supervisor/programs.h"

namespace heyan::supervisor {
namespace {

using ::testing::HasSubstr;

TEST_F(SupervisorTest, SignerAndFrontThatEndAreStartedAfreshWithAllOthers) {
  for (const char* dead : {"heyan-signer", "heyan-front"}) {
    for (const char* end : {"exit 0", "exit 75", "exit 70", "kill -9 $$"}) {
      forget_words();
      script("heyan-signer", kWaits);
      script("heyan-front", kServes + std::string(kWaits));
      // Once, after it served.
      const std::string serves = std::string(dead) == "heyan-front" ? kServes : "";
      script(dead, serves + "[ $(wc -l < " + words_file(dead) + ") = 1 ] && sleep 0.7 && " + end +
                       "; " + kWaits);
      start();
      EXPECT_TRUE(soon([&] { return starts("heyan-signer") == 2 && starts("heyan-front") == 2; }))
          << dead << " " << end;
      EXPECT_TRUE(soon(
          [this] { return starts("box") == 2 && starts("judge") == 2 && starts("render") == 2; }));
      ::kill(pid_, SIGTERM);
      EXPECT_EQ(wait(), 0) << dead << " " << end;
    }
  }
}

TEST_F(SupervisorTest, FiveQuickDeathsInARowEndItAll) {
  for (const char* dead : {"heyan-signer", "heyan-front"}) {
    for (const char* end : {"exit 0", "exit 75", "kill -9 $$"}) {
      forget_words();
      script("heyan-signer", kWaits);
      script("heyan-front", kWaits);
      script(dead, end);
      start();
      EXPECT_EQ(wait(), 70) << dead << " " << end;
      EXPECT_EQ(starts(dead), 5) << dead << " " << end;
    }
  }
}

TEST_F(SupervisorTest, DeathsAfterAWhileOfServiceAreNotCounted) {
  script("heyan-front", kServes + std::string("sleep 0.5; kill -9 $$"));
  start();
  EXPECT_TRUE(soon([this] { return starts("heyan-front") >= 7; }));
  ::kill(pid_, SIGTERM);
  EXPECT_EQ(wait(), 0);
}

TEST_F(SupervisorTest, OneThatServedForAMomentOnlyIsAQuickDeath) {
  script("heyan-front", kServes + std::string("kill -9 $$"));
  start();
  EXPECT_EQ(wait(), 70);
  EXPECT_EQ(starts("heyan-front"), 5);
}

TEST_F(SupervisorTest, SignerAndFrontThatCannotWorkEndItAllAtOnce) {
  for (const char* dead : {"heyan-signer", "heyan-front"}) {
    for (const int status : {2, 65, 70, 127}) {
      forget_words();
      script("heyan-signer", kWaits);
      script("heyan-front", kWaits);
      script(dead, end_with(status));
      start();
      EXPECT_EQ(wait(), 70) << dead << " " << status;
      EXPECT_EQ(starts(dead), 1) << dead << " " << status;
    }
  }
}

// Whoever runs it is to know that starting it again is no remedy.
TEST_F(SupervisorTest, WhatAPersonMustLookAtIsSaid) {
  script("heyan-signer", end_with(77));
  start();
  EXPECT_EQ(wait(), 77);
  EXPECT_EQ(starts("heyan-signer"), 1);
}

TEST_F(SupervisorTest, ASignerThatAsksToBeStartedAfreshIsNotForEver) {
  script("heyan-signer", end_with(75));
  start();
  EXPECT_EQ(wait(), 70);
  EXPECT_EQ(starts("heyan-signer"), 5);
}

TEST_F(SupervisorTest, WrongConfigurationEndsItAllWhereverItIsFound) {
  script("heyan-front", kServes + std::string("sleep 0.5; exit 65"));
  start();
  EXPECT_EQ(wait(), 70);
  EXPECT_EQ(starts("heyan-front"), 1);
}

// Where the signer dies, the front takes all the time that it has to end, and serves nobody in it.
TEST_F(SupervisorTest, WhatTheFrontTakesToEndIsNoTimeOfService) {
  const std::string served = (folder_ / "served").string();
  script("heyan-front", kServes + ("echo > " + served) +
                            "; trap 'sleep 0.4; exit' TERM; while :; do sleep 0.02; done");
  script("heyan-signer",
         "until [ -e " + served + " ]; do sleep 0.02; done; rm " + served + "; exit 70");
  afresh_grace_ = std::chrono::milliseconds(2'000);
  start();
  int status = -1;
  ASSERT_TRUE(soon([&] { return ::waitpid(pid_, &status, WNOHANG) == pid_; }));
  pid_ = 0;
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 70);
  EXPECT_EQ(starts("heyan-signer"), 5);
}

TEST_F(SupervisorTest, WhoCannotWorkIsNamedInTheEnd) {
  script("heyan-signer", end_with(70));
  start();
  EXPECT_EQ(wait(), 70);
  EXPECT_THAT(said(), HasSubstr(R"("what":"signer cannot work; see)"));
}

TEST_F(SupervisorTest, AsAreQuickDeaths) {
  script("heyan-front", "exit 75");
  start();
  EXPECT_EQ(wait(), 70);
  EXPECT_THAT(said(), HasSubstr(R"("what":"the gateway ended again)"));
}

}  // namespace
}  // namespace heyan::supervisor
