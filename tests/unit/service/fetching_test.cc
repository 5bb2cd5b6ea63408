// A judge is given files for so long as it takes, and not for ever: a vault that is slow must not
// cost the submission an attempt, nor its report the time that the signer believes.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <functional>

#include "gateway/service/judging.h"
#include "tests/unit/os/temporary_folder.h"
#include "tests/unit/service/other_side.h"
#include "tests/unit/store/objects_in_memory.h"
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
  // Which of the two files a judge gets that asks for both. It ends with `last_word`: of its
  // parent, or its own where it is none of those.
  std::vector<bool> given(std::chrono::nanoseconds most_fetching, const std::string& last_word) {
    ipc::Pair pair = pair_or_die();
    std::vector<bool> all;
    std::jthread judge([&all, &last_word,
                        side = ipc::Channel(std::move(pair.b), ipc::kJudgeFrameBytes)]() mutable {
      ASSERT_TRUE(side.receive<v1::JudgeJob>(MessageType::kJudgeJob).has_value());
      for (const std::uint32_t index : {0u, 1u}) {
        v1::JudgeAsks asks;
        asks.set_open_file(index);
        ASSERT_TRUE(side.send(MessageType::kJudgeAsks, asks).has_value());
        const auto gets = side.receive_with_descriptor<v1::JudgeGets>(MessageType::kJudgeGets);
        ASSERT_TRUE(gets.has_value());
        all.push_back(gets->descriptor.is_open());
      }
      v1::JudgeAsks last;
      last.mutable_done()->mutable_refusal()->set_code(last_word);
      ASSERT_TRUE(side.send(MessageType::kJudgeAsks, last).has_value());
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
    if (!judged) failed_ = judged.error();
    return all;
  }

  os::TemporaryFolder folder_;
  std::unique_ptr<store::Vault> vault_ = store::Vault::open(folder_ / "vault").value();
  store::Job job_;
  JudgingFailed failed_{.code = {}, .blame = Blame::kFinal};
};

TEST_F(Fetching, EveryFileIsGivenWhileThereIsTime) {
  EXPECT_EQ(given(std::chrono::minutes(10), "judge-lost"), (std::vector<bool>{true, true}));
  EXPECT_EQ(failed_.blame, Blame::kJudge) << "which died of it";
  given(std::chrono::minutes(10), "judge-late");
  EXPECT_EQ(failed_.blame, Blame::kJudge) << "which took all of its time itself";
  EXPECT_EQ(failed_.code, "judge-late");
}

TEST_F(Fetching, NoneWhenItIsOver) {
  EXPECT_EQ(given(std::chrono::nanoseconds(1), "judge-late"), (std::vector<bool>{true, false}));
  EXPECT_EQ(failed_.blame, Blame::kOurs) << "the store may have cost it its time";
  EXPECT_EQ(failed_.code, "storage-failed");
}

// It would be tried for as long as it takes, and cost every other judge its work each time.
TEST_F(Fetching, ACaseThatJudgesDieOfIsToBlameHoweverSlowTheStore) {
  for (const char* word : {"judge-lost", "", "no word"}) {
    given(std::chrono::nanoseconds(1), word);
    EXPECT_EQ(failed_.blame, Blame::kJudge) << word;
    EXPECT_EQ(failed_.code, "judge-lost") << word;
  }
}

// A judge whose files lie in a bucket.
class FetchingFromBucket : public testing::Test {
 protected:
  FetchingFromBucket() {
    const core::Bytes sha256 = crypto::sha256(core::as_bytes(kContent));
    const store::StagedFile staged{.path = folder_.write("staged", kContent), .sha256 = sha256};
    EXPECT_TRUE(
        vault_->put_from_staging({.court = "0491", .submission = "s"}, std::span(&staged, 1))
            .has_value());
    job_.files.push_back({.path = "one", .size = kContent.size(), .sha256 = sha256});
    job_.submission = "s";
    job_.court = "0491";
  }
  store::VaultEncryption encryption() const {
    const auto key = folder_.write("vault.key", std::string(64, 'a') + "\n");
    std::filesystem::permissions(key, std::filesystem::perms(0600));
    return {.keys = store::VaultKeyRing::read(key).value(),
            .with = crypto::Aead::kAes256Gcm,
            .temporaries = folder_.path()};
  }
  // Between a judge that says what the test has it say, and a box that tells what it was given.
  std::expected<Judged, JudgingFailed> judge(std::function<void(ipc::Channel&)> says) {
    OtherSide boxes([this](ipc::Channel channel) {
      const auto asked = channel.receive_with_descriptor<v1::BoxRequest>(MessageType::kBoxRequest);
      ASSERT_TRUE(asked.has_value());
      looked_at_ = read_at_once(asked->descriptor);
      named_ = asked->message.look_into().name();
      v1::BoxAnswer answer;
      answer.mutable_contents()->set_performed(true);
      static_cast<void>(channel.send(MessageType::kBoxAnswer, answer));
    });
    ipc::Doors doors(boxes.front(), ipc::kBoxFrameBytes);
    ipc::Pair pair = pair_or_die();
    std::jthread side(
        [&says, end = ipc::Channel(std::move(pair.b), ipc::kJudgeFrameBytes)]() mutable {
          ASSERT_TRUE(end.receive<v1::JudgeJob>(MessageType::kJudgeJob).has_value());
          says(end);
        });
    const std::filesystem::path staging = folder_.path();
    return have_judged({.vault = *vault_,
                        .staging = staging,
                        .patience = std::chrono::seconds(20),
                        .boxes = &doors},
                       ipc::Channel(std::move(pair.a), ipc::kJudgeFrameBytes), job_, false);
  }
  static std::string read_at_once(const os::Descriptor& file) {
    std::string content(100, '\0');
    const ssize_t count = ::pread(file.get(), content.data(), content.size(), 0);
    content.resize(static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    return content;
  }

  const std::string kContent = "the evidence";
  os::TemporaryFolder folder_;
  store::ObjectsInMemory objects_{folder_.path()};
  std::unique_ptr<store::Vault> vault_ =
      store::Vault::open(folder_ / "vault", encryption(), &objects_).value();
  store::Job job_;
  std::string looked_at_;
  std::string named_;
};

TEST_F(FetchingFromBucket, WhatIsLookedIntoIsNotFetchedAgain) {
  objects_.asked.clear();
  const auto judged = judge([](ipc::Channel& front) {
    v1::JudgeAsks open;
    open.set_open_file(0);
    ASSERT_TRUE(front.send(MessageType::kJudgeAsks, open).has_value());
    auto given = front.receive_with_descriptor<v1::JudgeGets>(MessageType::kJudgeGets);
    ASSERT_TRUE(given.has_value());
    EXPECT_EQ(read_at_once(given->descriptor), "the evidence");
    v1::JudgeAsks look;
    look.mutable_look_into()->set_file(0);
    look.mutable_look_into()->set_name("a.pdf");
    ASSERT_TRUE(front.send(MessageType::kJudgeAsks, look).has_value());
    const auto facts = front.receive<v1::JudgeGets>(MessageType::kJudgeGets);
    ASSERT_TRUE(facts.has_value());
    EXPECT_TRUE(facts->contents().performed());
  });
  EXPECT_FALSE(judged.has_value());
  EXPECT_EQ(looked_at_, "the evidence");
  EXPECT_EQ(named_, "a.pdf");
  EXPECT_EQ(objects_.asked, std::vector<std::string>{"get"});
}

// The signer takes no report whose time is a minute old.
TEST_F(FetchingFromBucket, ARecordIsKeptSoonOrNotNow) {
  const auto before = std::chrono::steady_clock::now();
  const auto keep = [](ipc::Channel& front) {
    v1::JudgeAsks chunk;
    chunk.set_record_chunk("record");
    ASSERT_TRUE(front.send(MessageType::kJudgeAsks, chunk).has_value());
    v1::JudgeAsks end;
    end.mutable_record_end();
    ASSERT_TRUE(front.send(MessageType::kJudgeAsks, end).has_value());
    static_cast<void>(front.receive<v1::JudgeGets>(MessageType::kJudgeGets).has_value());
  };
  EXPECT_EQ(judge(keep).error().code, "judges-away") << "it was kept, and the judge ended";
  ASSERT_TRUE(objects_.put_until.has_value());
  EXPECT_LE(*objects_.put_until, std::chrono::steady_clock::now() + std::chrono::seconds(45));
  EXPECT_GT(*objects_.put_until, before);
  objects_.away = true;
  EXPECT_EQ(judge(keep).error().code, "storage-failed");
}

}  // namespace
}  // namespace heyan::service
