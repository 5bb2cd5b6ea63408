// What the numbers say, and what they do not say where nobody has looked.
#include "gateway/api/observer.h"

#include <gmock/gmock.h>

namespace heyan::api {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

class ObserverTest : public testing::Test {
 protected:
  std::string numbers(const service::Health& standing) { return observer_.metrics(standing, 0); }

  ops::Log log_{"unit"};
  Observer observer_{log_, 0};
};

service::Health health(std::optional<store::DeletionCounts> deletions) {
  service::Health standing;
  standing.parts = {{"store", deletions.has_value()}};
  standing.deletions = deletions;
  standing.duties = {{.duty = store::Duty::kDeletions, .held = deletions.has_value(), .taken = 3}};
  return standing;
}

TEST_F(ObserverTest, CountsDeletionsAndHolds) {
  service::Health standing = health(store::DeletionCounts{
      .asked = 1, .waiting = 2, .under_way = 3, .held = 4, .holds = 5, .oldest_due_ms = 1});
  standing.deletion_overdue = 90s;
  const std::string text = numbers(standing);
  for (const char* line :
       {"heyan_deletions_open{state=\"asked\"} 1", "heyan_deletions_open{state=\"waiting\"} 2",
        "heyan_deletions_open{state=\"under-way\"} 3", "heyan_deletions_open{state=\"held\"} 4",
        "heyan_legal_holds 5", "heyan_deletion_overdue_seconds 90",
        "heyan_ready{part=\"store\"} 1"}) {
    EXPECT_THAT(text, HasSubstr("\n" + std::string(line) + "\n"));
  }
  EXPECT_THAT(numbers(health(store::DeletionCounts())),
              HasSubstr("\nheyan_deletion_overdue_seconds 0\n"));
}

TEST_F(ObserverTest, SaysNothingOfDeletionsWhereTheStoreDoesNotAnswer) {
  const auto silent = [](const std::string& text) {
    EXPECT_THAT(text, Not(HasSubstr("heyan_deletions_open")));
    EXPECT_THAT(text, Not(HasSubstr("heyan_legal_holds")));
    EXPECT_THAT(text, Not(HasSubstr("heyan_deletion_overdue_seconds")));
    EXPECT_THAT(text, HasSubstr("\nheyan_ready{part=\"store\"} 0\n"));
  };
  silent(numbers(health(std::nullopt)));
  EXPECT_THAT(numbers(health(store::DeletionCounts{.holds = 5})),
              HasSubstr("\nheyan_legal_holds 5\n"));
  silent(numbers(health(std::nullopt)));
}

// Whose duty it is, each says of itself: without its database it does nothing.
TEST_F(ObserverTest, SaysThatItHasNoDutyWhereTheStoreDoesNotAnswer) {
  EXPECT_THAT(numbers(health(store::DeletionCounts())),
              HasSubstr("\nheyan_duty_held{duty=\"deletions\"} 1\n"));
  const std::string text = numbers(health(std::nullopt));
  EXPECT_THAT(text, HasSubstr("\nheyan_duty_held{duty=\"deletions\"} 0\n"));
  EXPECT_THAT(text, HasSubstr("\nheyan_duty_taken_total{duty=\"deletions\"} 3\n"));
}

}  // namespace
}  // namespace heyan::api
