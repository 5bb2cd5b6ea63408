#include "gateway/database/membership.h"

#include <gmock/gmock.h>

#include <tuple>

namespace heyan::database {

bool operator==(const Membership& a, const Membership& b) {
  return std::tie(a.role, a.group, a.member) == std::tie(b.role, b.group, b.member);
}

namespace {

using ops::Serves;
using testing::UnorderedElementsAre;

ops::Database at() {
  ops::Database database;
  database.front_role = "gateway";
  database.signer_role = "signer";
  return database;
}

TEST(Membership, EachRoleIsInOneGroup) {
  EXPECT_THAT(
      memberships_of(at(), Serves::kEverybody),
      UnorderedElementsAre(
          Membership{"gateway", "heyan_front", true}, Membership{"gateway", "heyan_public", false},
          Membership{"gateway", "heyan_signer", false}, Membership{"signer", "heyan_signer", true},
          Membership{"signer", "heyan_front", false}, Membership{"signer", "heyan_public", false}));
}

TEST(Membership, AFrontOfLitigantsIsNotOneOfTheCourts) {
  EXPECT_THAT(memberships_of_front(at(), Serves::kLitigants),
              UnorderedElementsAre(Membership{"gateway", "heyan_public", true},
                                   Membership{"gateway", "heyan_front", false},
                                   Membership{"gateway", "heyan_signer", false}));
}

TEST(Membership, ANameOfARoleIsQuoted) {
  EXPECT_EQ(identifier("gateway"), "\"gateway\"");
  EXPECT_EQ(identifier("a\"; DROP ROLE b; --"), "\"a\"\"; DROP ROLE b; --\"");
}

}  // namespace
}  // namespace heyan::database
