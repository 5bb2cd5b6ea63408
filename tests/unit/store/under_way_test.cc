// How much may be stored, and how much an account may have under way.
#include "tests/unit/store/store_fixture.h"

namespace heyan::store {
namespace {

using core::ErrorCode;

TEST(StoredLimitsTest, AFileAndAllFilesTogetherHaveLimitsOfTheirOwn) {
  const StoredLimits limits{.file_bytes = 10, .submission_bytes = 25};
  EXPECT_TRUE(limits.check(10, 15).has_value());
  EXPECT_EQ(limits.check(11, 0).error().text, kFileTooLarge);
  EXPECT_EQ(limits.check(10, 16).error().text, kSubmissionTooLarge);
  EXPECT_EQ(limits.check(1, 26).error().text, kSubmissionTooLarge);
  EXPECT_EQ(limits.check(10, ~std::uint64_t{0}).error().code, ErrorCode::kLimit);
}

TEST(StoredLimitsTest, OfProofsNoMoreIsTakenThanIsJudgedBy) {
  const StoredLimits limits;
  EXPECT_TRUE(limits.check_proof(64u << 20, 448u << 20).has_value());
  EXPECT_EQ(limits.check_proof((64u << 20) + 1, 0).error().text, kProofTooLarge);
  EXPECT_EQ(limits.check_proof(64u << 20, (448u << 20) + 1).error().text, kProofsTooLarge);
  EXPECT_EQ(limits.check_proof(1, ~std::uint64_t{0}).error().code, ErrorCode::kLimit);
}

TEST(StoredLimitsTest, WithoutLimitsAnythingGoes) {
  const StoredLimits limits;
  EXPECT_TRUE(limits.check(1ull << 60, 1ull << 60).has_value());
  EXPECT_EQ(limits.account_bytes(), ~std::uint64_t{0});
}

class UnderWayTest : public StoreTest {
 protected:
  static NewReceiving receiving(const std::string& id, std::uint64_t bytes,
                                const std::string& account) {
    return {.id = id,
            .court = "0491",
            .account = account,
            .session = core::to_bytes("session"),
            .key = {id, core::to_bytes("fingerprint")},
            .created_at_ms = 1000,
            .expires_at_ms = 2000,
            .files = {{"case.json", bytes, digest_of(1)}, {"a", 0, {}}},
            .filing = {},
            .most = UnderWay{.submissions = 3, .bytes = 100}};
  }
  core::Result<Acceptance> begin(const std::string& id, std::uint64_t bytes,
                                 const std::string& account = "u-1") {
    return store_->begin_receiving(receiving(id, bytes, account));
  }
  // Said before it is tried, too.
  std::string_view refused(const std::string& id, std::uint64_t bytes) {
    const auto room = store_->expect_room(receiving(id, bytes, "u-1"));
    const auto begun = begin(id, bytes);
    EXPECT_EQ(room.has_value(), begun.has_value());
    return begun ? std::string_view("begun") : begun.error().text;
  }
};

TEST_F(UnderWayTest, SubmissionsAreCountedUntilTheyEnd) {
  for (const char* id : {"one", "two", "three"}) ASSERT_TRUE(begin(id, 10).has_value()) << id;
  EXPECT_EQ(refused("four", 10), kAccountHasTooMany);
  EXPECT_FALSE(store_->find_receiving("four", Scope::whole_installation()).value().has_value());
  EXPECT_TRUE(begin("of another", 10, "u-2").has_value());
  // What was begun is found under its key, however much there is.
  EXPECT_EQ(begin("three", 10)->outcome, Acceptance::Outcome::kReplayed);
  ASSERT_TRUE(store_->forget_receiving("two", 2001).value());
  EXPECT_EQ(refused("four", 10), "begun");
  accept(submission("one"));
  EXPECT_EQ(refused("five", 10), "begun");
}

TEST_F(UnderWayTest, BytesAreCountedWhicheverWayTheyCame) {
  ASSERT_TRUE(begin("one", 60).has_value());
  EXPECT_EQ(refused("two", 41), kAccountHasTooMuch);
  ASSERT_TRUE(store_
                  ->begin_upload({.id = "upload",
                                  .submission = "one",
                                  .path = "a",
                                  .size = 20,
                                  .expected = {},
                                  .metadata = "path YQ==",
                                  .limits = {.file_bytes = 100, .submission_bytes = 100}},
                                 Scope::of_account("0491", "u-1"))
                  .has_value());
  EXPECT_EQ(refused("two", 21), kAccountHasTooMuch);
  EXPECT_EQ(refused("two", 20), "begun");
}

TEST_F(UnderWayTest, AnUploadIsHeldToWhatTheAccountMayIfThatIsLimited) {
  const Scope scope = Scope::of_account("0491", "u-1");
  NewReceiving one = receiving("one", 60, "u-1");
  one.files.push_back({"b", 0, {}});
  ASSERT_TRUE(store_->begin_receiving(one).has_value());
  const auto upload = [&](const std::string& path, std::uint64_t size,
                          std::optional<std::uint64_t> most_bytes) {
    const auto begun = store_->begin_upload({.id = "upload-" + path,
                                             .submission = "one",
                                             .path = path,
                                             .size = size,
                                             .expected = {},
                                             .most_bytes = most_bytes},
                                            scope);
    return begun ? std::string_view("begun") : begun.error().text;
  };
  EXPECT_EQ(upload("a", 41, 100), kAccountHasTooMuch);
  EXPECT_EQ(upload("a", 40, 100), "begun");
  EXPECT_EQ(upload("b", 1, 100), kAccountHasTooMuch);
  EXPECT_EQ(upload("b", 1000, std::nullopt), "begun");
}

// What tells whose it is.
TEST_F(UnderWayTest, ItsSessionIsFoundByWhomItConcernsUntilItIsAccepted) {
  const Scope scope = Scope::of_account("0491", "u-1");
  ASSERT_TRUE(begin("one", 10).has_value());
  EXPECT_EQ(store_->receiving_session("one", scope).value(), core::to_bytes("session"));
  EXPECT_FALSE(store_->receiving_session("two", scope).value().has_value());
  for (const Scope& stranger : {Scope::of_account("0491", "u-2"), Scope::of_account("0192", "u-1"),
                                Scope::of_judge("0491", "u-1", 1)}) {
    EXPECT_FALSE(store_->receiving_session("one", stranger).value().has_value());
  }
  accept(submission("one"));
  EXPECT_FALSE(store_->receiving_session("one", scope).value().has_value());
}

TEST_F(UnderWayTest, AProofThatIsTooLargeToBeJudgedByIsNotBegun) {
  NewReceiving one = receiving("one", 10, "u-1");
  one.files.push_back({"b", 0, {}});
  one.files.push_back({"c", 0, {}});
  one.proofs = {"a", "b"};
  ASSERT_TRUE(store_->begin_receiving(one).has_value());
  const auto upload = [&](const std::string& path, std::uint64_t size) {
    const auto begun = store_->begin_upload({.id = "upload-" + path,
                                             .submission = "one",
                                             .path = path,
                                             .size = size,
                                             .expected = {},
                                             .limits = {.file_bytes = 50,
                                                        .submission_bytes = 90,
                                                        .proof_bytes = 20,
                                                        .proofs_bytes = 30}},
                                            Scope::of_account("0491", "u-1"));
    return begun ? std::string_view("begun") : begun.error().text;
  };
  EXPECT_EQ(upload("a", 21), kProofTooLarge);
  EXPECT_EQ(upload("a", 20), "begun");
  EXPECT_EQ(upload("b", 11), kProofsTooLarge);
  EXPECT_EQ(upload("c", 50), "begun") << "evidence is none";
  EXPECT_EQ(upload("b", 10), "begun");
}

// Whoever listed it as expired may come back to it much later.
TEST_F(UnderWayTest, WhatDoesNotExpireAnyMoreIsNotForgotten) {
  constexpr std::int64_t kLater = 2001;
  const Scope scope = Scope::of_account("0491", "u-1");
  ASSERT_TRUE(begin("one", 10).has_value());
  EXPECT_FALSE(store_->forget_receiving("one", 2000).value());
  EXPECT_THAT(store_->expired(kLater).value(), testing::ElementsAre("one"));

  ASSERT_TRUE(store_->keep_receiving("one", 5000).has_value());
  EXPECT_FALSE(store_->forget_receiving("one", kLater).value());
  EXPECT_EQ(store_->find_receiving("one", scope).value()->expires_at_ms, 5000);

  // Its last byte: it is whole, and waits for us.
  ASSERT_TRUE(store_
                  ->begin_upload({.id = "upload",
                                  .submission = "one",
                                  .path = "a",
                                  .size = 1,
                                  .expected = {},
                                  .metadata = "path YQ==",
                                  .limits = {.file_bytes = 100, .submission_bytes = 100}},
                                 scope)
                  .has_value());
  const Upload upload = store_->find_upload("upload", scope).value().value();
  EXPECT_EQ(upload.metadata, "path YQ==");
  EXPECT_EQ(store_->find_upload_of("one", "a", scope).value().value().id, "upload");
  EXPECT_EQ(store_->find_upload_of("one", "b", scope).value(), std::nullopt);
  EXPECT_EQ(store_->find_upload_of("two", "a", scope).value(), std::nullopt);
  EXPECT_EQ(store_->find_upload_of("one", "a", Scope::nothing()).value(), std::nullopt);
  ASSERT_TRUE(store_->advance_upload(upload, 1, digest_of(2), kLater - 1).has_value());
  EXPECT_FALSE(store_->forget_receiving("one", 9000).value());
  EXPECT_TRUE(store_->find_receiving("one", scope).value().has_value());

  ASSERT_TRUE(begin("two", 10).has_value());
  EXPECT_TRUE(store_->forget_receiving("two", kLater).value());
  EXPECT_FALSE(store_->forget_receiving("two", kLater).value());
  EXPECT_EQ(store_->keep_receiving("two", 5000).error().code, ErrorCode::kChanged);
}

}  // namespace
}  // namespace heyan::store
