#include "gateway/front/admission.h"

#include <gtest/gtest.h>

#include <optional>
#include <vector>

namespace heyan::front {
namespace {

TEST(Admission, WhoFillsOneListenerLeavesTheOtherFree) {
  Admission admission(3, 2);
  std::vector<Admission::Ticket> attackers;
  for (const char* client : {"a", "a", "b"}) {
    attackers.push_back(admission.enter("public", client));
    EXPECT_TRUE(attackers.back());
  }
  EXPECT_FALSE(admission.enter("public", "c"));
  EXPECT_TRUE(admission.enter("court-systems", "c"));
  EXPECT_EQ(admission.count(), 3u);
}

TEST(Admission, AClientHasItsShareOfBothTogether) {
  Admission admission(10, 2);
  std::optional<Admission::Ticket> first(admission.enter("public", "a"));
  const Admission::Ticket second = admission.enter("court-systems", "a");
  EXPECT_TRUE(*first && second);
  EXPECT_FALSE(admission.enter("court-systems", "a"));
  first.reset();
  EXPECT_TRUE(admission.enter("court-systems", "a"));
}

}  // namespace
}  // namespace heyan::front
