// What is recorded of a request, and that what is recorded ahead is on the disk before anything of
// it is done, or is not done.
#include "gateway/api/recorded.h"

#include <gmock/gmock.h>

#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <fstream>

#include "tests/unit/os/temporary_folder.h"

namespace heyan::api {
namespace {

using audit::Event;
using front::Task;
using http::Method;
using testing::ElementsAre;
using testing::HasSubstr;

// A request that nobody sent, and what was answered to it.
class Asked final : public front::Exchange {
 public:
  explicit Asked(http::RequestHead head) : head_(std::move(head)) {}

  std::vector<std::uint16_t> answered{};
  std::vector<std::size_t> body{};  // its pieces
  std::function<bool()> stop_when{};

  const http::RequestHead& head() const override { return head_; }
  const front::Peer& peer() const override { return peer_; }
  front::Workers& workers() override { return workers_; }
  bool stopping() const override { return false; }
  void concerns(std::string /*submission*/) override {}
  void limit_body(std::uint64_t /*bytes*/) override {}
  void stop_body_when(std::function<bool()> asked) override { stop_when = std::move(asked); }
  Task<core::Result<std::size_t>> read_body(std::span<std::uint8_t> /*space*/) override {
    if (body.empty()) co_return std::size_t{0};
    const std::size_t count = body.front();
    body.erase(body.begin());
    co_return count;
  }
  Task<core::Result<void>> answer(http::Answer answer) override {
    answered.push_back(answer.status);
    co_return core::Result<void>();
  }
  Task<core::Result<void>> answer_file(http::Answer answer, os::Descriptor /*file*/,
                                       std::uint64_t /*offset*/, std::uint64_t /*size*/) override {
    answered.push_back(answer.status);
    co_return core::Result<void>();
  }
  Task<core::Result<void>> begin_stream(http::Answer answer) override {
    answered.push_back(answer.status);
    co_return core::Result<void>();
  }
  Task<core::Result<void>> send(core::ByteView /*piece*/) override {
    co_return core::Result<void>();
  }
  Task<core::Result<void>> end_stream() override { co_return core::Result<void>(); }

 private:
  http::RequestHead head_;
  front::Peer peer_;
  front::Workers workers_{1};
};

template <typename T>
T result_of(Task<T> task) {
  boost::asio::io_context context;
  auto result = boost::asio::co_spawn(context, std::move(task), boost::asio::use_future);
  context.run();
  return result.get();
}

http::RequestHead head_of(Method method, std::vector<std::string> path) {
  http::RequestHead head;
  head.method = method;
  head.target.segments = std::move(path);
  return head;
}

class RecordedTest : public testing::Test {
 protected:
  os::TemporaryFolder folder_;
  std::filesystem::path place_ = folder_ / "front";
  // A file for each record: where the folder is gone, the next cannot be written.
  std::unique_ptr<audit::Trail> trail_ =
      audit::Trail::open({.folder = place_,
                          .writer = "front",
                          .now = [] { return *core::parse_rfc3339("2026-11-24T09:00:00Z"); },
                          .segment_bytes = 1})
          .value();
  ops::Log log_{"unit"};
  Observer observer_{log_, 0};
  Asked asked_{head_of(Method::kPost, {"v1", "submissions", "17", "access"})};
  Recorded recorded_{asked_, *trail_, observer_};

  // The records that the caller made, by number.
  std::map<std::uint64_t, std::string> lines() {
    std::map<std::uint64_t, std::string> found;
    for (const auto& entry : std::filesystem::directory_iterator(place_)) {
      std::ifstream file(entry.path());
      for (std::string line; std::getline(file, line);) {
        const auto record = audit::decode(line);
        if (record && record->entry.actor == "person:j") found[record->seq] = line;
      }
    }
    return found;
  }
  // "EVENT OUTCOME" of each.
  std::vector<std::string> records() {
    std::vector<std::string> all;
    for (const auto& [number, line] : lines()) {
      const audit::Entry entry = audit::decode(line)->entry;
      all.push_back(std::string(name(entry.event)) + " " + std::string(name(entry.outcome)));
      EXPECT_EQ(entry.subject, "17");
      EXPECT_THAT(line, HasSubstr(R"("reason":"hidden")"));
    }
    return all;
  }
  std::string last_line() {
    const auto all = lines();
    return all.empty() ? std::string() : all.rbegin()->second;
  }
  void answer(std::uint16_t status) {
    http::Answer answer;
    answer.status = status;
    static_cast<void>(result_of(recorded_.answer(std::move(answer))));
  }
  void SetUp() override {
    recorded_.by("person:j", "judge");
    recorded_.about("reason", "hidden");
  }
};

TEST_F(RecordedTest, AheadIsOnTheDiskBeforeTheAnswer) {
  EXPECT_TRUE(result_of(recorded_.record_ahead(Event::kGlassBroken)));
  EXPECT_THAT(records(), ElementsAre("glass-broken done"));
  EXPECT_THAT(asked_.answered, ElementsAre());
  answer(201);
  EXPECT_THAT(records(), ElementsAre("glass-broken done", "access-asked done"));
  EXPECT_THAT(asked_.answered, ElementsAre(201));
}

TEST_F(RecordedTest, WhatCameToNothingIsSaidAfterwards) {
  EXPECT_TRUE(result_of(recorded_.record_ahead(Event::kGlassBroken)));
  answer(503);
  EXPECT_THAT(records(), ElementsAre("glass-broken done", "access-asked failed"));
}

TEST_F(RecordedTest, WhatCannotBeRecordedAheadIsSaidToBe) {
  std::filesystem::remove_all(place_);
  EXPECT_FALSE(result_of(recorded_.record_ahead(Event::kGlassBroken)));
  EXPECT_THAT(asked_.answered, ElementsAre());
  answer(201);
  EXPECT_THAT(asked_.answered, ElementsAre(503));
}

// Asked for, with nothing known of it yet, and then what came of it.
TEST_F(RecordedTest, WhatTakesEffectIsAskedForBefore) {
  Asked asked(head_of(Method::kDelete, {"v1", "submissions", "17", "deletion", "hold"}));
  Recorded recorded(asked, *trail_, observer_);
  recorded.by("person:j", "judge");
  recorded.about("reason", "hidden");
  EXPECT_TRUE(result_of(recorded.ask_ahead()));
  EXPECT_THAT(records(), ElementsAre("change-asked done"));
  EXPECT_THAT(last_line(), HasSubstr(R"("change":"released")"));
  http::Answer answer;
  answer.status = 409;
  static_cast<void>(result_of(recorded.answer(std::move(answer))));
  EXPECT_THAT(records(), ElementsAre("change-asked done", "released refused"));
  EXPECT_THAT(last_line(), testing::Not(HasSubstr(R"("change")")));
}

TEST_F(RecordedTest, WhatCannotBeAskedForMustNotBeDone) {
  Asked asked(head_of(Method::kPut, {"v1", "session", "password"}));
  Recorded recorded(asked, *trail_, observer_);
  recorded.by("person:j", "judge");
  std::filesystem::remove_all(place_);
  EXPECT_FALSE(result_of(recorded.ask_ahead()));
}

// Who is put off by the delay of wrong passwords has asked: what came of it stands there.
TEST_F(RecordedTest, WhatWasAskedForAheadHasAnEnd) {
  Asked asked(head_of(Method::kPost, {"v1", "submissions", "17", "verifications"}));
  Recorded recorded(asked, *trail_, observer_);
  recorded.by("person:j", "judge");
  recorded.about("reason", "hidden");
  EXPECT_TRUE(result_of(recorded.ask_ahead()));
  http::Answer answer;
  answer.status = 429;
  static_cast<void>(result_of(recorded.answer(std::move(answer))));
  EXPECT_THAT(records(), ElementsAre("change-asked done", "verification-asked refused"));
}

TEST_F(RecordedTest, WhatIsReadOrFiledIsNotAskedForAhead) {
  const std::vector<http::RequestHead> heads = {
      head_of(Method::kGet, {"v1", "submissions", "17", "verifications"}),
      head_of(Method::kGet, {"v1", "submissions", "17", "case"}),
      head_of(Method::kPost, {"v1", "submissions"}),
      head_of(Method::kPost, {"v1", "uploads"}),
      head_of(Method::kPatch, {"v1", "uploads", "17"}),
      head_of(Method::kPost, {"v1", "submissions", "17", "access"}),
      head_of(Method::kPost, {"v1", "session"}),
      head_of(Method::kDelete, {"v1", "session"})};
  for (const http::RequestHead& head : heads) {
    Asked asked(head);
    Recorded recorded(asked, *trail_, observer_);
    recorded.by("person:j", "judge");
    EXPECT_TRUE(result_of(recorded.ask_ahead()));
  }
  EXPECT_THAT(records(), ElementsAre());
}

// A right that ends while a body comes ends with it: nothing that was sent is taken for whole.
TEST_F(RecordedTest, TheEndOfABodyIsOneOnlyOfWhoStillMaySendIt) {
  int looks = 0;
  bool may = true;
  recorded_.look_again([&]() -> core::Result<void> {
    ++looks;
    if (may) return {};
    return core::fail(core::ErrorCode::kNotFound, "the session has ended");
  });
  asked_.body = {3, 4};
  std::array<std::uint8_t, 8> space{};
  EXPECT_EQ(result_of(recorded_.read_body(space)).value(), 3u);
  EXPECT_EQ(result_of(recorded_.read_body(space)).value(), 4u);
  EXPECT_EQ(looks, 0) << "not of every piece";
  EXPECT_EQ(result_of(recorded_.read_body(space)).value(), 0u);
  EXPECT_EQ(looks, 1);
  may = false;
  asked_.body = {3};
  EXPECT_EQ(result_of(recorded_.read_body(space)).value(), 3u);
  EXPECT_EQ(result_of(recorded_.read_body(space)).error().text, "the session has ended");
  EXPECT_FALSE(recorded_.look().has_value());
}

TEST_F(RecordedTest, ABodyOfASystemIsLookedAtByNobody) {
  asked_.body = {3};
  std::array<std::uint8_t, 8> space{};
  EXPECT_EQ(result_of(recorded_.read_body(space)).value(), 3u);
  EXPECT_EQ(result_of(recorded_.read_body(space)).value(), 0u);
  EXPECT_TRUE(recorded_.look().has_value());
}

TEST(Events, OfWhatTakesEffectAreAskedForAhead) {
  const auto asked = [](Method method, std::vector<std::string> path) {
    const auto event = event_of(method, path);
    return event && is_asked_ahead(*event);
  };
  for (const std::string step : {"", "confirmation", "hold"}) {
    std::vector<std::string> path = {"v1", "submissions", "17", "deletion"};
    if (!step.empty()) path.push_back(step);
    for (const Method method : {Method::kPost, Method::kPut, Method::kDelete}) {
      EXPECT_TRUE(asked(method, path)) << step;
    }
  }
  for (const Method method : {Method::kPost, Method::kDelete}) {
    EXPECT_TRUE(asked(method, {"v1", "submissions", "17", "assignment"}));
  }
  EXPECT_TRUE(asked(Method::kPost, {"v1", "submissions", "17", "verifications"}));
  EXPECT_TRUE(asked(Method::kPost, {"v1", "submissions", "17", "supplements"}));
  EXPECT_TRUE(asked(Method::kPut, {"v1", "submissions", "17", "annotations"}));
  EXPECT_TRUE(asked(Method::kPost, {"v1", "reports", "17", "withdrawal"}));
  EXPECT_TRUE(asked(Method::kDelete, {"v1", "uploads", "17"}));
  EXPECT_TRUE(asked(Method::kPut, {"v1", "session", "password"}));
  EXPECT_TRUE(asked(Method::kPost, {"v1", "session", "second-factor"}));
  EXPECT_TRUE(asked(Method::kPut, {"v1", "session", "second-factor"}));
  EXPECT_TRUE(asked(Method::kPost, {"v1", "session", "second-factor", "removal"}));
}

TEST(Events, AreOfWhoMayReadASubmission) {
  const auto event = [](Method method, std::vector<std::string> path) {
    return event_of(method, path);
  };
  EXPECT_EQ(event(Method::kPost, {"v1", "submissions", "17", "access"}), Event::kAccessAsked);
  EXPECT_EQ(event(Method::kGet, {"v1", "submissions", "17", "access"}), std::nullopt);
  EXPECT_EQ(event(Method::kPost, {"v1", "submissions", "17", "assignment"}), Event::kAssigned);
  EXPECT_EQ(event(Method::kDelete, {"v1", "submissions", "17", "assignment"}), Event::kUnassigned);
  EXPECT_EQ(event(Method::kGet, {"v1", "submissions", "17", "assignment"}), std::nullopt);
  EXPECT_EQ(event(Method::kGet, {"v1", "access"}), Event::kAccessListRead);
  EXPECT_EQ(event(Method::kPost, {"v1", "access"}), std::nullopt);
  EXPECT_EQ(event(Method::kGet, {"v1", "judges"}), std::nullopt);
}

}  // namespace
}  // namespace heyan::api
