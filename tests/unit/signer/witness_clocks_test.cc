// Security decision 11: beyond ten minutes from the witnesses' clocks nothing is dated.
#include "gateway/signer/witness_clocks.h"

#include <gtest/gtest.h>

namespace heyan::signer {
namespace {

using namespace std::chrono_literals;

class WitnessClocksTest : public ::testing::Test {
 protected:
  void configure(std::size_t witnesses) {
    clocks_.emplace(witnesses, now_.steady);
    clocks_->signs(size_, now_.steady);
  }
  void pass(std::chrono::milliseconds span) {
    now_.wall += span;
    now_.steady += span;
  }
  // A leaf more, which no witness has seen.
  void grow() { clocks_->signs(++size_, now_.steady); }
  bool hear(std::size_t witness, std::chrono::milliseconds from_ours) {
    return clocks_->compare(witness, size_, now_.wall + from_ours, now_);
  }
  bool is_believed() const { return clocks_->check().has_value(); }

  Clock::Look now_{.wall = *core::parse_rfc3339("2026-11-24T09:00:00Z"), .steady = 5h};
  std::uint64_t size_ = 7;
  std::optional<WitnessClocks> clocks_;
};

TEST_F(WitnessClocksTest, UpToTenMinutesAreBorne) {
  configure(1);
  for (const auto apart : {0s, 600s, -600s}) {
    EXPECT_TRUE(hear(0, apart)) << apart.count();
    EXPECT_TRUE(is_believed()) << apart.count();
    grow();
    pass(1min);
  }
}

TEST_F(WitnessClocksTest, BeyondThemOneAloneDecides) {
  for (const auto apart : {601s, -601s, 7200s, -31'536'000s}) {
    configure(1);
    EXPECT_FALSE(hear(0, apart)) << apart.count();
    EXPECT_FALSE(is_believed()) << apart.count();
    const auto said = clocks_->check();
    EXPECT_EQ(said.error().code, core::ErrorCode::kChanged);
  }
}

// However long it was on its way, it was made after the tree was there.
TEST_F(WitnessClocksTest, WhatPassedSinceTheTreeWasSignedIsAllowedFor) {
  configure(1);
  pass(1h);
  EXPECT_TRUE(hear(0, -1h - 10min)) << "the witness may have signed at once";
  EXPECT_TRUE(is_believed());
  EXPECT_FALSE(hear(0, 601s)) << "but not later than now";
  configure(1);
  pass(1h);
  EXPECT_FALSE(hear(0, -1h - 601s)) << "nor before there was anything to sign";
  EXPECT_FALSE(is_believed());
}

TEST_F(WitnessClocksTest, OfATreeFromBeforeTheStartOnlyALaterTimeTells) {
  configure(1);
  size_ = 6;
  EXPECT_TRUE(hear(0, -48h));
  EXPECT_TRUE(is_believed());
  EXPECT_FALSE(hear(0, 601s));
  EXPECT_FALSE(is_believed());
}

// Of several that were signed within a second, the first stands for all.
TEST_F(WitnessClocksTest, ManyTreesASecond) {
  configure(1);
  for (int i = 0; i < 100'050; ++i) {
    pass(10ms);
    grow();
  }
  EXPECT_TRUE(hear(0, -600s - 500ms));
  grow();
  EXPECT_FALSE(hear(0, -600s - 501ms)) << "those of a quarter of an hour ago are not meant";
}

TEST_F(WitnessClocksTest, ItIsBelievedAgainWhenTheyAgree) {
  configure(1);
  EXPECT_FALSE(hear(0, -2h));
  pass(1h);  // nothing was logged meanwhile
  EXPECT_TRUE(hear(0, 0s));
  EXPECT_TRUE(is_believed());
}

TEST_F(WitnessClocksTest, NotByOneThatIsRepeatedNorByAnEarlierOne) {
  configure(1);
  EXPECT_FALSE(hear(0, 2h));
  pass(2h);
  EXPECT_FALSE(hear(0, 0s)) << "the same time, which has come";
  EXPECT_FALSE(hear(0, -1s));
  EXPECT_FALSE(is_believed());
  EXPECT_TRUE(hear(0, 1s));
  EXPECT_TRUE(is_believed());
}

TEST_F(WitnessClocksTest, NorByNone) {
  configure(1);
  EXPECT_FALSE(hear(0, 2h));
  pass(30 * 24h);
  EXPECT_FALSE(is_believed());
}

TEST_F(WitnessClocksTest, OneOfThreeThatIsWrongStopsNobody) {
  configure(3);
  EXPECT_FALSE(hear(0, 2h)) << "though it was asked first";
  EXPECT_TRUE(is_believed());
  EXPECT_TRUE(hear(1, 0s));
  EXPECT_TRUE(hear(2, 0s));
  for (int hour = 0; hour < 5; ++hour) {
    pass(1h);
    grow();
    EXPECT_FALSE(hear(0, 2h));
    EXPECT_TRUE(is_believed());
    hear(1, 0s);
    hear(2, 0s);
  }
}

TEST_F(WitnessClocksTest, NorDoesOneThatIsRightHideWhatTwoTell) {
  configure(3);
  EXPECT_TRUE(hear(0, 0s));
  EXPECT_FALSE(hear(1, -2h));
  EXPECT_TRUE(is_believed());
  EXPECT_FALSE(hear(2, -2h));
  EXPECT_FALSE(is_believed());
  pass(3h);
  EXPECT_FALSE(hear(1, -2h)) << "that one was heard long ago";
  EXPECT_FALSE(is_believed());
  EXPECT_TRUE(hear(1, 0s));
  EXPECT_TRUE(is_believed());
}

TEST_F(WitnessClocksTest, WhoIsSilentCountsForTwoMinutesOnly) {
  configure(2);
  EXPECT_FALSE(hear(0, 2h));
  EXPECT_TRUE(is_believed());
  pass(2min);
  EXPECT_FALSE(hear(0, 2h));
  EXPECT_FALSE(is_believed());
}

TEST_F(WitnessClocksTest, WhatWasSaidMoreThanTwoHoursAgoCountsNoMore) {
  for (const std::chrono::milliseconds silent : {std::chrono::milliseconds(2h), 2h + 1ms}) {
    configure(2);
    EXPECT_TRUE(hear(0, 0s));
    EXPECT_TRUE(hear(1, 0s));
    pass(silent);
    grow();
    EXPECT_FALSE(hear(0, 2h));
    EXPECT_EQ(is_believed(), silent == 2h);
  }
}

// Who brings it could have kept it back for as long.
TEST_F(WitnessClocksTest, ThatTheyAgreeIsBelievedOfAFreshTreeOnly) {
  configure(2);
  pass(2min + 1ms);
  EXPECT_FALSE(hear(0, 2h));
  EXPECT_FALSE(is_believed());
  EXPECT_TRUE(hear(1, 0s)) << "which says nothing against it";
  EXPECT_FALSE(hear(0, 2h));
  EXPECT_FALSE(is_believed());
  grow();
  EXPECT_TRUE(hear(1, 0s));
  EXPECT_TRUE(is_believed());
}

}  // namespace
}  // namespace heyan::signer
