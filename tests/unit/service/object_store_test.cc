#include "gateway/service/object_store.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <mutex>
#include <thread>

#include "tests/unit/os/temporary_folder.h"
#include "tests/unit/service/other_side.h"

namespace heyan::service {
namespace {

using namespace std::chrono_literals;
using core::ErrorCode;
using ipc::MessageType;
using testing::ElementsAre;

v1::ObjectGets outcome(v1::ObjectOutcome outcome) {
  v1::ObjectGets gets;
  gets.set_outcome(outcome);
  return gets;
}
v1::ObjectGets piece(const std::string& bytes) {
  v1::ObjectGets gets;
  gets.set_piece(bytes);
  return gets;
}
v1::ObjectGets failed(v1::EgressFault fault, std::uint32_t number = 0) {
  v1::ObjectGets gets;
  gets.mutable_failure()->set_fault(fault);
  gets.mutable_failure()->set_number(number);
  return gets;
}
const v1::ObjectGets kDone = outcome(v1::OBJECT_OUTCOME_DONE);
const v1::ObjectGets kAbsent = outcome(v1::OBJECT_OUTCOME_ABSENT);

// Egress answers each question with the next of the test's answers, the last one again and again;
// an empty one closes the door.
class ObjectStoreTest : public testing::Test {
 protected:
  using Answer = std::vector<v1::ObjectGets>;

  void answers(std::vector<Answer> all) {
    const std::lock_guard lock(mutex_);
    answers_ = std::move(all);
    next_ = 0;
    asked_.clear();
  }
  std::size_t asked() {
    const std::lock_guard lock(mutex_);
    return asked_.size();
  }
  v1::ObjectAsk last_asked() {
    const std::lock_guard lock(mutex_);
    return asked_.empty() ? v1::ObjectAsk() : asked_.back();
  }
  std::string get() {
    const auto file = objects_.get("name");
    if (!file) return std::string(core::name(file.error().code));
    std::string content(1000, '\0');
    const ssize_t count = ::read(file->get(), content.data(), content.size());
    content.resize(static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    EXPECT_LT(::write(file->get(), "x", 1), 0);
    return content;
  }
  core::Result<void> put(store::Objects::Until until = {}) {
    const os::Descriptor file(
        ::open(folder_.write("object", "sealed").c_str(), O_RDONLY | O_CLOEXEC));
    return objects_.put("name", file, 6, core::Bytes(32, 1), until);
  }

  os::TemporaryFolder folder_;
  std::mutex mutex_;  // guards the next four
  std::vector<Answer> answers_;
  std::size_t next_ = 0;
  std::vector<v1::ObjectAsk> asked_;
  std::string received_;
  OtherSide egress_{[this](ipc::Channel channel) {
    const auto ask = channel.receive_with_descriptor<v1::ObjectAsk>(MessageType::kObjectAsk);
    if (!ask) return;
    Answer answer;
    {
      const std::lock_guard lock(mutex_);
      asked_.push_back(ask->message);
      if (ask->descriptor.is_open()) {
        received_.assign(100, '\0');
        const ssize_t count = ::pread(ask->descriptor.get(), received_.data(), received_.size(), 0);
        received_.resize(static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
      }
      if (!answers_.empty()) answer = answers_[std::min(next_++, answers_.size() - 1)];
    }
    for (const v1::ObjectGets& gets : answer) {
      if (!channel.send(MessageType::kObjectGets, gets)) return;
    }
  }};
  std::vector<std::string> changes_;
  ObjectStore objects_{
      {.temporaries = folder_.path(),
       .patience = 400ms,
       .first_wait = 1ms,
       .longest = 20s,
       .most_bytes = 20,
       .between_probes = std::nullopt,
       .on_changed =
           [this](bool there, std::string_view fault, std::uint32_t status) {
             changes_.push_back(there ? "back" : std::string(fault) + " " + std::to_string(status));
           }},
      egress_.front()};
};

TEST_F(ObjectStoreTest, AFileIsPutAsItIs) {
  answers({{kDone}});
  ASSERT_TRUE(put().has_value());
  const v1::ObjectAsk ask = last_asked();
  EXPECT_EQ(ask.act(), v1::OBJECT_ACT_PUT);
  EXPECT_EQ(ask.name(), "name");
  EXPECT_EQ(ask.size(), 6u);
  EXPECT_EQ(ask.sha256(), std::string(32, '\1'));
  EXPECT_EQ(received_, "sealed");
  EXPECT_EQ(asked(), 1u);
}

TEST_F(ObjectStoreTest, AnObjectComesPieceByPiece) {
  answers({{piece("one"), piece("two"), kDone}});
  EXPECT_EQ(get(), "onetwo");
  answers({{kDone}});
  EXPECT_EQ(get(), "");
  answers({{kAbsent}});
  EXPECT_EQ(get(), "not-found");
  EXPECT_EQ(asked(), 1u) << "that there is none is an answer";
  EXPECT_EQ(objects_.find("name").error().code, ErrorCode::kNotFound);
  EXPECT_TRUE(changes_.empty());
}

TEST_F(ObjectStoreTest, OfAnAttemptThatFailedNothingStays) {
  answers({{piece("half")},
           {piece("other"), failed(v1::EGRESS_FAULT_CONNECTION)},
           {piece("whole"), kDone}});
  EXPECT_EQ(get(), "whole");
  EXPECT_EQ(asked(), 3u);
  EXPECT_TRUE(changes_.empty());
}

TEST_F(ObjectStoreTest, MoreThanAnObjectMayHaveIsNone) {
  answers({{piece(std::string(15, 'x')), piece(std::string(6, 'x')), kDone}});
  EXPECT_EQ(get(), "io");
  EXPECT_EQ(asked(), 1u);
}

TEST_F(ObjectStoreTest, WhatEgressMustNotSayIsNoAnswer) {
  for (const Answer& wrong :
       {Answer{piece("")}, Answer{v1::ObjectGets()}, Answer{piece("x")}, Answer{}}) {
    answers({wrong});
    EXPECT_EQ(objects_.find("name").error().code, ErrorCode::kIo);
    EXPECT_GT(asked(), 1u) << "which may pass";
  }
  answers({{kDone}});
  EXPECT_TRUE(objects_.is_there(5s));  // after the door that was closed
  answers({{outcome(v1::OBJECT_OUTCOME_UNSPECIFIED)}});
  EXPECT_EQ(get(), "io");
  EXPECT_FALSE(put().has_value());
  answers({{kAbsent}});
  EXPECT_FALSE(put().has_value()) << "it was to be put";
  EXPECT_FALSE(objects_.is_there(5s));
}

TEST_F(ObjectStoreTest, WhatMayPassIsTriedAgain) {
  for (const v1::ObjectGets& one :
       {failed(v1::EGRESS_FAULT_CONNECTION), failed(v1::EGRESS_FAULT_TIME),
        failed(v1::EGRESS_FAULT_HTTP_STATUS, 500), failed(v1::EGRESS_FAULT_HTTP_STATUS, 503),
        failed(v1::EGRESS_FAULT_HTTP_STATUS, 429)}) {
    answers({{one}, {one}, {kDone}});
    EXPECT_TRUE(put().has_value());
    EXPECT_EQ(asked(), 3u);
  }
  EXPECT_TRUE(changes_.empty());
}

TEST_F(ObjectStoreTest, WhatWillNotIsNot) {
  for (const v1::ObjectGets& one :
       {failed(v1::EGRESS_FAULT_HTTP_STATUS, 403), failed(v1::EGRESS_FAULT_HTTP_STATUS, 400),
        failed(v1::EGRESS_FAULT_FILES), failed(v1::EGRESS_FAULT_REDIRECT),
        failed(v1::EGRESS_FAULT_CERTIFICATE), failed(v1::EGRESS_FAULT_UNKNOWN_LEDGER)}) {
    answers({{one}});
    EXPECT_EQ(put().error().code, ErrorCode::kIo);
    EXPECT_EQ(asked(), 1u);
  }
  EXPECT_TRUE(changes_.empty()) << "of one object";
}

TEST_F(ObjectStoreTest, OneObjectIsNotTheStore) {
  for (const v1::ObjectGets& one :
       {failed(v1::EGRESS_FAULT_HTTP_STATUS, 403), failed(v1::EGRESS_FAULT_HTTP_STATUS, 429),
        failed(v1::EGRESS_FAULT_FILES), failed(v1::EGRESS_FAULT_SIZE),
        failed(v1::EGRESS_FAULT_PROTOCOL)}) {
    answers({{one}});
    EXPECT_EQ(get(), "io");
    answers({{kDone}});
    EXPECT_EQ(get(), "") << "the next is asked for";
  }
  EXPECT_TRUE(changes_.empty());
  answers({{failed(v1::EGRESS_FAULT_HTTP_STATUS, 403)}});
  EXPECT_FALSE(objects_.is_there(5s));
  EXPECT_THAT(changes_, ElementsAre("http-status 403")) << "of the bucket itself";
}

TEST_F(ObjectStoreTest, WhatTheStoreLacksIsTheStores) {
  for (const v1::ObjectGets& one :
       {failed(v1::EGRESS_FAULT_NAME), failed(v1::EGRESS_FAULT_CONNECTION),
        failed(v1::EGRESS_FAULT_TLS), failed(v1::EGRESS_FAULT_TIME),
        failed(v1::EGRESS_FAULT_HTTP_STATUS, 500)}) {
    answers({{one}});
    EXPECT_FALSE(put().has_value());
    EXPECT_EQ(changes_.size(), 1u);
    answers({{kDone}});
    EXPECT_FALSE(put().has_value());
    EXPECT_EQ(asked(), 0u);
    EXPECT_TRUE(objects_.is_there(5s));
    changes_.clear();
  }
}

TEST_F(ObjectStoreTest, WhoHasNoTimeLeftDoesNotWait) {
  answers({{failed(v1::EGRESS_FAULT_HTTP_STATUS, 503)}});
  EXPECT_FALSE(put(std::chrono::steady_clock::now()).has_value());
  EXPECT_LE(asked(), 1u);
  EXPECT_TRUE(changes_.empty()) << "which says nothing of the store";
}

TEST_F(ObjectStoreTest, ItSaysOnceThatTheStoreIsAwayAndOnceThatItIsBack) {
  answers({{failed(v1::EGRESS_FAULT_HTTP_STATUS, 503)}});
  EXPECT_FALSE(put().has_value());
  EXPECT_GT(asked(), 1u);
  answers({{failed(v1::EGRESS_FAULT_HTTP_STATUS, 503)}});
  EXPECT_FALSE(put().has_value());
  EXPECT_EQ(asked(), 0u) << "known to be away: nobody waits";
  EXPECT_FALSE(objects_.is_there(5s));
  EXPECT_THAT(changes_, ElementsAre("http-status 503"));
  answers({{kDone}});
  EXPECT_TRUE(objects_.is_there(5s));
  EXPECT_EQ(last_asked().act(), v1::OBJECT_ACT_THERE);
  EXPECT_TRUE(last_asked().name().empty());
  EXPECT_TRUE(put().has_value());
  EXPECT_THAT(changes_, ElementsAre("http-status 503", "back"));
}

TEST_F(ObjectStoreTest, WhatIsRemovedMayBeGoneAlready) {
  answers({{kDone}});
  EXPECT_TRUE(objects_.remove("name").has_value());
  EXPECT_EQ(last_asked().act(), v1::OBJECT_ACT_REMOVE);
  answers({{failed(v1::EGRESS_FAULT_HTTP_STATUS, 403)}});
  EXPECT_EQ(objects_.remove("name").error().code, ErrorCode::kIo);
}

// Egress keeps whoever asks for an object waiting, until it is told not to.
class SlowStore : public testing::Test {
 protected:
  std::size_t waiting() {
    const std::lock_guard lock(mutex_);
    return kept_.size();
  }
  void wait_for_all_turns() {
    for (int i = 0; i < 1000 && waiting() < ipc::kObjectsAtOnce; ++i) {
      std::this_thread::sleep_for(10ms);
    }
    EXPECT_EQ(waiting(), ipc::kObjectsAtOnce);
  }
  void go_on() {
    const std::lock_guard lock(mutex_);
    keeping_ = false;
    kept_.clear();
  }
  ObjectStore::Settings settings(unsigned most_waiting, std::chrono::milliseconds for_a_turn) {
    return {.temporaries = folder_.path(),
            .most_waiting = most_waiting,
            .for_a_turn = for_a_turn,
            .on_changed = {}};
  }
  void take_all_turns(ObjectStore& objects) {
    for (unsigned i = 0; i < ipc::kObjectsAtOnce; ++i) {
      readers_.emplace_back([&] { got_ += objects.get("name").has_value() ? 1 : 0; });
    }
    wait_for_all_turns();
  }

  os::TemporaryFolder folder_;
  std::mutex mutex_;  // guards the next two
  std::vector<ipc::Channel> kept_;
  bool keeping_ = true;
  OtherSide slow_{[this](ipc::Channel channel) {
    const auto ask = channel.receive<v1::ObjectAsk>(MessageType::kObjectAsk);
    if (!ask) return;
    const std::lock_guard lock(mutex_);
    if (keeping_ && ask->act() == v1::OBJECT_ACT_GET) {
      kept_.push_back(std::move(channel));
    } else {
      static_cast<void>(channel.send(MessageType::kObjectGets, kDone));
    }
  }};
  std::atomic<unsigned> got_ = 0;
  std::vector<std::jthread> readers_;
};

TEST_F(SlowStore, WhileEveryTurnIsTakenItIsAskedWhetherItIsThere) {
  ObjectStore objects(settings(1, 20s), slow_.front());
  take_all_turns(objects);
  readers_.emplace_back([&] { got_ += objects.get("name").has_value() ? 1 : 0; });
  EXPECT_TRUE(objects.is_there(10s));
  EXPECT_EQ(waiting(), ipc::kObjectsAtOnce);
  go_on();
  readers_.clear();
  EXPECT_EQ(got_, ipc::kObjectsAtOnce + 1);
}

// The threads that answer requests have other things to do.
TEST_F(SlowStore, MoreThanAFewDoNotWaitForATurn) {
  ObjectStore objects(settings(0, std::chrono::hours(1)), slow_.front());
  take_all_turns(objects);
  EXPECT_EQ(objects.get("name").error().code, ErrorCode::kIo);
  EXPECT_EQ(waiting(), ipc::kObjectsAtOnce);
  go_on();
  readers_.clear();
  EXPECT_EQ(got_, ipc::kObjectsAtOnce) << "nobody else is the worse for it";
}

TEST_F(SlowStore, NorDoTheseForLong) {
  ObjectStore objects(settings(1, 1ms), slow_.front());
  take_all_turns(objects);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(objects.get("name").error().code, ErrorCode::kIo);
  go_on();
  readers_.clear();
  EXPECT_EQ(got_, ipc::kObjectsAtOnce);
}

TEST_F(SlowStore, WhoWaitsIsToldWhenItIsToStop) {
  ObjectStore objects(settings(0, 1ms), slow_.front());
  take_all_turns(objects);
  objects.stop();
  readers_.clear();
  EXPECT_EQ(got_, 0u);
}

TEST_F(ObjectStoreTest, ItHearsByItselfThatTheStoreIsBack) {
  std::atomic<int> back = 0;
  std::atomic<int> away = 0;
  std::atomic<bool> refuses = true;
  OtherSide egress([&](ipc::Channel channel) {
    const auto ask = channel.receive<v1::ObjectAsk>(MessageType::kObjectAsk);
    if (!ask) return;
    const v1::ObjectGets no = failed(v1::EGRESS_FAULT_HTTP_STATUS, 403);
    static_cast<void>(channel.send(MessageType::kObjectGets, refuses ? no : kDone));
  });
  ObjectStore objects({.temporaries = folder_.path(),
                       .between_probes = 1ms,
                       .on_changed = [&](bool there, auto, auto) { ++(there ? back : away); }},
                      egress.front());
  const auto wait_for = [](const std::atomic<int>& count) {
    for (int i = 0; i < 2000 && count == 0; ++i) std::this_thread::sleep_for(10ms);
    return count.load();
  };
  // One object's refusal may be that of all: it is asked.
  EXPECT_FALSE(objects.find("name").has_value());
  EXPECT_EQ(wait_for(away), 1);
  refuses = false;
  EXPECT_EQ(wait_for(back), 1);
  EXPECT_TRUE(objects.find("name").has_value());
}

TEST_F(ObjectStoreTest, WhoIsToStopAsksNoMore) {
  answers({{kDone}});
  objects_.stop();
  EXPECT_FALSE(put().has_value());
  EXPECT_EQ(get(), "io");
  EXPECT_TRUE(changes_.empty());
}

}  // namespace
}  // namespace heyan::service
