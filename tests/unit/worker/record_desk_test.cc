// What a judge's child may have recorded, and what not.
#include "gateway/worker/record_desk.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include <fstream>
#include <thread>

#include "tests/unit/os/temporary_folder.h"

namespace heyan::worker {
namespace {

constexpr std::string_view kGood =
    R"({"submission":"0123","report":"R-1","payload":"ab","record":"cd","verdict":"CONSISTENT","items":["CONSISTENT-3"]})";

TEST(RecordDesk, TakesIdentifiersDigestsAndVerdicts) {
  const auto entry = entry_of(kGood);
  ASSERT_TRUE(entry.has_value());
  EXPECT_EQ(entry->event, audit::Event::kJudged);
  EXPECT_EQ(entry->subject, "0123");
  EXPECT_EQ(entry->outcome, audit::Outcome::kDone);
  const auto failed = entry_of(R"({"submission":"0123","reason":"storage-failed"})");
  ASSERT_TRUE(failed.has_value());
  EXPECT_EQ(failed->outcome, audit::Outcome::kFailed);
}

TEST(RecordDesk, RefusesWhatIsAnythingElse) {
  for (const char* bad :
       {"", "x", "[]", "{}", R"({"submission":"0123"})", R"({"reason":"storage-failed"})",
        R"({"submission":"","reason":"x"})", R"({"submission":1,"reason":"x"})",
        R"({"submission":"张三","reason":"x"})", R"({"submission":"a b","reason":"x"})",
        R"({"submission":"0123","reason":"x","payload":"ab"})",
        R"({"submission":"0123","reason":"x","actor":"person:judge"})",
        R"({"submission":"0123","reason":"x","reason":"y"})",
        R"({"submission":"0123","payload":"ab","items":"A-1"})",
        R"({"submission":"0123","payload":"ab","items":[1]})",
        R"({"submission":"0123","payload":"ab","items":[["A"]]})",
        R"({"submission":"0123","payload":"ab","items":["a name"]})",
        R"({"submission":"0123","reason":"x"}{})"}) {
    EXPECT_FALSE(entry_of(bad).has_value()) << bad;
  }
  EXPECT_FALSE(entry_of(R"({"submission":")" + std::string(129, 'a') + R"(","reason":"x"})"));
}

class DeskTest : public ::testing::Test {
 protected:
  DeskTest()
      : trail_(*audit::Trail::open({.folder = folder_ / "judge",
                                    .writer = "judge",
                                    .now = [] { return core::UtcTime(); }})),
        desk_(*trail_) {}
  std::uint64_t records() const { return trail_->head().record; }
  void serve_all() {
    while (!desk_.sockets().empty()) desk_.serve(desk_.sockets());
  }

  os::TemporaryFolder folder_;
  std::unique_ptr<audit::Trail> trail_;
  RecordDesk desk_;
};

TEST_F(DeskTest, AnswersOnceItIsOnTheDisk) {
  ASSERT_TRUE(desk_.prepare().has_value());
  RecordSlip slip = desk_.take();
  bool recorded = false;
  {
    const std::jthread child([&] {
      const auto value = core::json::parse(core::as_bytes(kGood), {});
      recorded = slip.hand_in(*value);
    });
    serve_all();
  }
  EXPECT_TRUE(recorded);
  EXPECT_EQ(records(), 1u);
}

TEST_F(DeskTest, RefusesWhatItDoesNotRead) {
  ASSERT_TRUE(desk_.prepare().has_value());
  RecordSlip slip = desk_.take();
  bool recorded = true;
  {
    const std::jthread child([&] {
      core::json::Value value;
      value.set("submission", "not an identifier");
      recorded = slip.hand_in(value);
    });
    serve_all();
  }
  EXPECT_FALSE(recorded);
  EXPECT_EQ(records(), 0u);
}

TEST_F(DeskTest, IsDoneWithAChildThatSaysNothingOrTooMuch) {
  ASSERT_TRUE(desk_.prepare().has_value());
  {
    const RecordSlip gone = desk_.take();
  }
  serve_all();
  const auto socket = desk_.prepare();
  ASSERT_TRUE(socket.has_value());
  const std::string flood(kJudgementBytes, 'a');
  ASSERT_EQ(::write(*socket, flood.data(), flood.size()), static_cast<ssize_t>(flood.size()));
  desk_.serve(desk_.sockets());
  EXPECT_TRUE(desk_.sockets().empty());
  EXPECT_EQ(records(), 0u);
}

TEST_F(DeskTest, OneChildHasOneRecord) {
  const auto socket = desk_.prepare();
  ASSERT_TRUE(socket.has_value());
  const std::string twice = std::string(kGood) + "\n" + std::string(kGood) + "\n";
  ASSERT_EQ(::write(*socket, twice.data(), twice.size()), static_cast<ssize_t>(twice.size()));
  desk_.serve(desk_.sockets());
  EXPECT_TRUE(desk_.sockets().empty());
  EXPECT_EQ(records(), 0u);
}

}  // namespace
}  // namespace heyan::worker
