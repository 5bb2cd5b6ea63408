// What is said of another trust list than the one in force.
#include "gateway/api/trust_lists.h"

#include <gtest/gtest.h>

namespace heyan::api {
namespace {

v1::TrustComparison comparison() {
  v1::TrustComparison made;
  for (v1::TrustOutline* head : {made.mutable_in_force(), made.mutable_proposed()}) {
    head->set_id("court");
    head->set_version(3);
    head->set_issued_ms(1'000'000);
    head->set_next_update_ms(2'000'000);
  }
  made.mutable_in_force()->set_digest("a");
  made.mutable_proposed()->set_digest("b");
  return made;
}

TEST(TrustLists, AreToldApartByIdVersionAndIssue) {
  v1::TrustComparison one = comparison();
  EXPECT_EQ(order_of(one), "SAME_VERSION");
  one.mutable_proposed()->set_version(4);
  EXPECT_EQ(order_of(one), "NEWER");
  one.mutable_proposed()->set_issued_ms(999'999);
  EXPECT_EQ(order_of(one), "OLDER");
  one.mutable_proposed()->set_issued_ms(1'000'001);
  one.mutable_proposed()->set_version(2);
  EXPECT_EQ(order_of(one), "OLDER");
  one.mutable_proposed()->set_id("other");
  EXPECT_EQ(order_of(one), "OTHER_LIST");
  one.mutable_proposed()->set_digest("a");
  EXPECT_EQ(order_of(one), "SAME");
}

TEST(TrustLists, AreToldWithWhatChanges) {
  v1::TrustComparison one = comparison();
  v1::TrustChange& change = *one.add_changes();
  change.set_change(v1::TRUST_CHANGE_REMOVED);
  change.set_kind("key");
  change.set_of("court");
  change.set_id("2025");
  v1::TrustFactChange& fact = *change.add_facts();
  fact.set_name("validUntil");
  fact.add_before("2028-01-01T00:00:00Z");
  EXPECT_EQ(
      core::json::write_canonical(comparison_value(one)),
      R"({"changes":[{"change":"REMOVED","facts":[{"after":[],"before":["2028-01-01T00:00:00Z"],)"
      R"("name":"validUntil"}],"id":"2025","kind":"key","of":"court"}],"inForce":{"digest":"61",)"
      R"("id":"court","issued":"1970-01-01T00:16:40Z","nextUpdate":"1970-01-01T00:33:20Z",)"
      R"("sample":false,"version":3},"order":"SAME_VERSION","proposed":{"digest":"62","id":"court",)"
      R"("issued":"1970-01-01T00:16:40Z","nextUpdate":"1970-01-01T00:33:20Z","sample":false,)"
      R"("version":3}})");
}

// A box that was taken over may say anything.
TEST(TrustLists, ShowNoControls) {
  v1::TrustOutline outline;
  v1::TrustEntry& entry = *outline.add_entries();
  entry.set_kind("key\n");
  entry.set_id("\xE2\x80\xAE");
  v1::TrustFact& fact = *entry.add_facts();
  fact.set_name("a");
  fact.add_values(std::string(1, '\0'));
  const std::string text = core::json::write_canonical(trust_value(outline));
  EXPECT_EQ(text.find("\xE2\x80\xAE"), std::string::npos);
  EXPECT_EQ(text.find("\\u0000"), std::string::npos);
  EXPECT_EQ(text.find("\\n"), std::string::npos);
}

}  // namespace
}  // namespace heyan::api
