// What is no fault of the case that is asked for, and what was logged before it was signed.
#include <fstream>

#include "gateway/signer/refusal.h"
#include "tests/unit/signer/fixture.h"

namespace heyan::signer {
namespace {

class RefusedForNow : public SignerTest {
 protected:
  RefusedForNow() {
    start();
    intake_ = take_in("s1").intake_index();
    begin_ = begin_of("s1", 1, intake_);
    begun_ = begin(begin_);
  }

  std::uint64_t intake_ = 0;
  v1::SignerBegin begin_;
  v1::SignerBegun begun_;
};

// The leaf was committed, and the signature failed. As no later version may stand beside it, who
// verifies anew asks for this one (store::Writing::reverify).
TEST_F(RefusedForNow, IsSignedForWhoeverAsksForItsVersionAgain) {
  const v1::Report report = report_of(begun_);
  ASSERT_FALSE(sign(begin_, report).has_refusal());
  signer_.reset();
  ASSERT_TRUE(place_->execute("UPDATE reports SET envelope = NULL").has_value());
  start();
  const v1::SignerBegin later = begin_of("s1", 2, intake_);
  EXPECT_EQ(sign(later, report_of(begin(later))).refusal().code(), "duplicate");
  const v1::SignerBegun again = begin(begin_);
  ASSERT_FALSE(again.has_refusal()) << again.refusal().code();
  EXPECT_EQ(again.report().SerializeAsString(), report.SerializeAsString());
  EXPECT_EQ(again.record_sha256(), std::string(32, 'r'));
  EXPECT_FALSE(again.envelope().empty());
}

// What comes after the leaf, or hinders all of a round, is refused for now.
TEST(RefusalTest, IsFinalForAQuestionsOwnFaultAlone) {
  for (const auto code : {core::ErrorCode::kMalformed, core::ErrorCode::kUnsupported,
                          core::ErrorCode::kDuplicate, core::ErrorCode::kNotFound}) {
    const core::Error own{code, "text"};
    EXPECT_TRUE(refusal_of(own).final());
    EXPECT_FALSE(refusal_of(for_now(own)).final());
    EXPECT_EQ(for_now(own).text, "text");
  }
  for (const auto code :
       {core::ErrorCode::kIo, core::ErrorCode::kChanged, core::ErrorCode::kInternal}) {
    EXPECT_EQ(for_now({code, "text"}).code, code);
    EXPECT_FALSE(refusal_of({code, "text"}).final());
  }
}

// Nothing can be published, for a file lies where the log's folder was; the leaf is committed.
TEST_F(RefusedForNow, IsRefusedForNowWhereItCannotBePublished) {
  std::filesystem::rename(folder_ / "log", folder_ / "away");
  std::ofstream(folder_ / "log") << "no folder";
  const v1::SignerSigned refused = sign(begin_, report_of(begun_));
  ASSERT_TRUE(refused.has_refusal());
  EXPECT_FALSE(refused.refusal().final()) << refused.refusal().code();
  std::filesystem::remove(folder_ / "log");
  std::filesystem::rename(folder_ / "away", folder_ / "log");
  EXPECT_FALSE(begin(begin_).envelope().empty());
}

}  // namespace
}  // namespace heyan::signer
