// A judge is given files for so long as it takes, and not for ever: a vault that is slow must not
// cost the submission an attempt.
#include <gtest/gtest.h>

#include "gateway/service/judging.h"
#include "tests/unit/os/temporary_folder.h"
#include "tests/unit/service/other_side.h"
#include "verifier/crypto/digest.h"

namespace heyan::service {
namespace {

using ipc::MessageType;

class Fetching : public testing::Test {
 protected:
  Fetching() {
    for (const char* content : {"one", "two"}) {
      const core::Bytes sha256 = crypto::sha256(core::as_bytes(std::string_view(content)));
      const store::StagedFile staged{.path = folder_.write("staged", content), .sha256 = sha256};
      EXPECT_TRUE(
          vault_->put_from_staging({.court = "0491", .submission = "s"}, std::span(&staged, 1))
              .has_value());
      job_.files.push_back({.path = content, .size = 3, .sha256 = sha256});
    }
    job_.submission = "s";
    job_.court = "0491";
  }
  // Which of the two files a judge gets that asks for both.
  std::vector<bool> given(std::chrono::nanoseconds most_fetching) {
    ipc::Pair pair = pair_or_die();
    std::vector<bool> all;
    std::jthread judge(
        [&all, side = ipc::Channel(std::move(pair.b), ipc::kJudgeFrameBytes)]() mutable {
          ASSERT_TRUE(side.receive<v1::JudgeJob>(MessageType::kJudgeJob).has_value());
          for (const std::uint32_t index : {0u, 1u}) {
            v1::JudgeAsks asks;
            asks.set_open_file(index);
            ASSERT_TRUE(side.send(MessageType::kJudgeAsks, asks).has_value());
            const auto gets = side.receive_with_descriptor<v1::JudgeGets>(MessageType::kJudgeGets);
            ASSERT_TRUE(gets.has_value());
            all.push_back(gets->descriptor.is_open());
          }
        });
    const std::filesystem::path staging = folder_.path();
    const auto judged =
        have_judged({.vault = *vault_,
                     .staging = staging,
                     .patience = std::chrono::seconds(20),
                     .most_fetching = most_fetching},
                    ipc::Channel(std::move(pair.a), ipc::kJudgeFrameBytes), job_, false);
    judge.join();
    EXPECT_FALSE(judged.has_value());
    return all;
  }

  os::TemporaryFolder folder_;
  std::unique_ptr<store::Vault> vault_ = store::Vault::open(folder_ / "vault").value();
  store::Job job_;
};

TEST_F(Fetching, EveryFileIsGivenWhileThereIsTime) {
  EXPECT_EQ(given(std::chrono::minutes(10)), (std::vector<bool>{true, true}));
}

TEST_F(Fetching, NoneWhenItIsOver) {
  EXPECT_EQ(given(std::chrono::nanoseconds(1)), (std::vector<bool>{true, false}));
}

}  // namespace
}  // namespace heyan::service
