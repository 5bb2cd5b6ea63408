#include "gateway/worker/court_intake.h"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

namespace heyan::worker {
namespace {

class CourtIntakeTest : public testing::Test {
 protected:
  CourtIntakeTest() {
    submission_.add_evidence()->set_id("E1");
    session_.mutable_message()->set_adapter("asic");
  }
  void remark(const std::string& item, const std::string& code) {
    v1::CourtRemark& one = *session_.add_remarks();
    one.set_item(item);
    one.set_code(code);
  }
  v1::Session session_;
  v1::Submission submission_;
  v1::Circumstances circumstances_;
};

TEST_F(CourtIntakeTest, RemarksAreSortedAndEachStandsOnce) {
  remark("E1", "b");
  remark("", "c");
  remark("E1", "a");
  remark("E1", "b");
  take_remarks(session_, submission_, circumstances_);
  std::string said;
  for (const v1::IntakeRemark& one : circumstances_.intake().remarks()) {
    said += one.item() + ":" + one.code() + " ";
  }
  EXPECT_EQ(said, ":c E1:a E1:b ");
}

TEST_F(CourtIntakeTest, WhatCameAsACaseHasNone) {
  session_.clear_message();
  remark("E1", "b");
  take_remarks(session_, submission_, circumstances_);
  EXPECT_FALSE(circumstances_.has_intake());
}

TEST_F(CourtIntakeTest, WhatNoAdapterCouldHaveSaidIsLeftOut) {
  remark("E2", "a");
  for (const std::string& code :
       {std::string(), std::string("Consistent"), std::string("a b"), std::string("\n"),
        std::string("核验一致"), std::string(65, 'a')}) {
    remark("", code);
  }
  remark("E1", "kept");
  take_remarks(session_, submission_, circumstances_);
  ASSERT_EQ(circumstances_.intake().remarks_size(), 1);
  EXPECT_EQ(circumstances_.intake().remarks(0).code(), "kept");
  circumstances_.clear_intake();
  session_.mutable_message()->set_adapter("../x");
  take_remarks(session_, submission_, circumstances_);
  EXPECT_FALSE(circumstances_.has_intake());
}

}  // namespace
}  // namespace heyan::worker
