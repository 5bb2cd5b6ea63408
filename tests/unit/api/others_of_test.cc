// What a gateway of litigants alone goes on with of what others received.
#include <gtest/gtest.h>

#include "gateway/api/from_config.h"
#include "tests/unit/os/temporary_folder.h"

namespace heyan::api {
namespace {

class OthersOf : public testing::Test {
 protected:
  OthersOf() {
    const accounts::Person li{
        .account = "li", .name = "Li", .role = accounts::Role::kLitigant, .court = ""};
    const accounts::Person wang{
        .account = "wang", .name = "Wang", .role = accounts::Role::kClerk, .court = "0192"};
    for (const accounts::Person& one : {li, wang}) {
      EXPECT_TRUE(people_->add(one, "hash", 1000).has_value());
    }
  }
  os::TemporaryFolder folder_;
  std::unique_ptr<accounts::People> people_ =
      accounts::People::open(folder_ / "accounts.db").value();
  ops::Config config_;
};

TEST_F(OthersOf, AGatewayOfLitigantsThoseOfLitigantsAlone) {
  config_.listen.serves = ops::Serves::kLitigants;
  const auto mine = others_of(config_, *people_);
  ASSERT_TRUE(mine);
  EXPECT_TRUE(mine("person:li"));
  EXPECT_FALSE(mine("person:wang")) << "a clerk's is a person's, too";
  EXPECT_FALSE(mine("person:nobody")) << "as one that it cannot see";
  EXPECT_FALSE(mine("li")) << "a court's system";
}

TEST_F(OthersOf, ACourtsGatewayAnybodys) { EXPECT_FALSE(others_of(config_, *people_)); }

}  // namespace
}  // namespace heyan::api
