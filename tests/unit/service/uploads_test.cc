// Resumable uploads that are interrupted, announced, taken back and written beyond what fits.
#include <sys/resource.h>
#include <sys/stat.h>

#include <algorithm>
#include <csignal>
#include <fstream>
#include <iterator>

#include "tests/unit/service/uploads_fixture.h"

namespace heyan::service {
namespace {
TEST_F(UploadsTest, AFileBeyondALimitIsNotBegun) {
  const auto begin_of = [this](std::uint64_t size) {
    return receiver_->begin_upload(scope_, "id", std::string(kPath), size, {}, "").error().text;
  };
  EXPECT_EQ(begin_of(2 * kSize + 1), store::kFileTooLarge);
  EXPECT_EQ(begin_of(2 * kSize - 1), store::kSubmissionTooLarge);  // beside the case
  EXPECT_EQ(files_kept(), 1u);
}

TEST_F(UploadsTest, AReservationThatWouldFillTheDiskTakesNothing) {
  has_room_ = [](std::uint64_t bytes) { return bytes < kSize; };
  const auto begin_of = [this](std::uint64_t size) {
    return receiver_->begin_upload(scope_, "id", std::string(kPath), size, {}, "");
  };
  EXPECT_EQ(begin_of(kSize).error().text, kNoRoom);
  EXPECT_EQ(files_kept(), 1u);
  EXPECT_TRUE(begin_of(kSize - 1).has_value());  // the file is awaited again
}

// Each is looked at with what was promised before it, on the disk.
TEST_F(UploadsTest, TwoReservationsAtOnceDoNotBothTakeTheLastRoom) {
  ASSERT_TRUE(begin_case("id2", "key2").has_value());
  const auto reserved = [this] {
    std::uint64_t bytes = 0;
    for (const auto& one : std::filesystem::recursive_directory_iterator(folder_ / "uploads")) {
      struct stat status{};
      if (::stat(one.path().c_str(), &status) != 0 || S_ISDIR(status.st_mode)) continue;
      bytes += static_cast<std::uint64_t>(status.st_blocks) * 512;
    }
    return bytes;
  };
  has_room_ = [&](std::uint64_t bytes) {
    const std::uint64_t before = reserved();
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    return before + bytes < 2 * kSize;
  };
  const auto begun = [this](const std::string& submission) {
    return receiver_->begin_upload(scope_, submission, std::string(kPath), kSize, {}, "")
        .has_value();
  };
  bool other = false;
  std::thread beside([&] { other = begun("id2"); });
  const bool one = begun("id");
  beside.join();
  EXPECT_NE(one, other);
}

TEST_F(UploadsTest, NothingIsForgottenWhileItIsWritten) {
  UploadWriter writer = receiver_->open(scope_, begin()).value();
  ASSERT_TRUE(writer.append(bytes(0, 1000)).has_value());
  now_ms_ += 2 * kLife.count();  // the rest is long in coming
  std::this_thread::sleep_for(std::chrono::seconds(6));
  ASSERT_TRUE(writer.append(bytes(1000, kSize)).has_value());
  ASSERT_TRUE(writer.commit().has_value());
  expect_accepted();
}

TEST_F(UploadsTest, WhatArrivesPutsOffTheEndBeforeItIsCommitted) {
  const auto end_ms = [this] {
    return store_->find_receiving("id", scope_).value()->expires_at_ms;
  };
  const std::int64_t began_ms = now_ms_;
  UploadWriter writer = receiver_->open(scope_, begin()).value();
  now_ms_ += 60'000;
  ASSERT_TRUE(writer.append(bytes(0, 1000)).has_value());
  EXPECT_EQ(end_ms(), began_ms + kLife.count());  // not with each piece
  now_ms_ += kLife.count() / 2;
  ASSERT_TRUE(writer.append(bytes(1000, 2000)).has_value());
  EXPECT_EQ(end_ms(), now_ms_ + kLife.count());
  ASSERT_TRUE(writer.discard().has_value());
}

TEST_F(UploadsTest, APersonHasSoManyUnderWayAndACourtsSystemAnyNumber) {
  for (std::uint64_t i = 1; i < store::kSubmissionsUnderWay; ++i) {
    ASSERT_TRUE(begin_case("id" + std::to_string(i), "key" + std::to_string(i)).has_value());
  }
  const auto refused = begin_case("more", "more");
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().error.text, store::kAccountHasTooMany);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "uploads" / "more"));
  authentication_ = v1::AUTHENTICATION_COURT_SYSTEM;
  EXPECT_TRUE(begin_case("more", "more").has_value());
}

TEST_F(UploadsTest, APersonsUploadsAreSoManyBytesAndACourtsSystemsAnyNumber) {
  restart({.limits = {.file_bytes = 100, .submission_bytes = 100}});  // 800 bytes
  const auto upload = [this](const std::string& submission, std::uint64_t size) {
    const auto begun =
        receiver_->begin_upload(scope_, submission, std::string(kPath), size, {}, "");
    return begun ? std::string_view("begun") : begun.error().text;
  };
  ASSERT_TRUE(begin_case("last", "key of the last").has_value());
  for (const std::string id : {"1", "2", "3", "4", "5", "6", "7"}) {
    ASSERT_TRUE(begin_case(id, "key " + id).has_value());
    ASSERT_EQ(upload(id, 98), "begun");
  }
  // With nine cases of two bytes, 704 bytes.
  EXPECT_EQ(upload("last", 97), store::kAccountHasTooMuch);
  EXPECT_EQ(upload("last", 96), "begun");
  EXPECT_EQ(upload("id", 1), store::kAccountHasTooMuch);
  authentication_ = v1::AUTHENTICATION_COURT_SYSTEM;
  ASSERT_TRUE(begin_case("of a system", "key of a system").has_value());
  EXPECT_EQ(upload("of a system", 99), store::kSubmissionTooLarge);
  EXPECT_EQ(upload("of a system", 98), "begun");
}

TEST_F(UploadsTest, AWriteThatFailsHalfwayGoesOnFromThere) {
  const std::string id = begin();
  ::signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  const rlimit small{.rlim_cur = kSize - 1000, .rlim_max = before.rlim_max};
  std::uint64_t offset = 0;
  {
    UploadWriter writer = receiver_->open(scope_, id).value();
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
    EXPECT_EQ(writer.append(bytes(0, kSize - 10)).error().code, core::ErrorCode::kIo);
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);
    ASSERT_TRUE(writer.commit().has_value());
    offset = writer.offset();
  }
  ASSERT_EQ(offset, kSize - 1000);
  UploadWriter writer = receiver_->open(scope_, id).value();
  ASSERT_TRUE(writer.append(bytes(offset, kSize)).has_value());
  ASSERT_TRUE(writer.commit().has_value());
  expect_accepted();
}

TEST_F(UploadsTest, WhatAClientSaysOfAnUploadIsItsOwnUntilTheUploadIsTakenBack) {
  const std::string id = begin();
  EXPECT_EQ(receiver_->find(scope_, id).value()->metadata, kMetadata);
  UploadWriter writer = receiver_->open(scope_, id).value();
  ASSERT_TRUE(writer.append(bytes(0, 1000)).has_value());
  ASSERT_TRUE(writer.commit().has_value());
  EXPECT_EQ(receiver_->find(scope_, id).value()->metadata, kMetadata);
  {
    const UploadWriter closing = std::move(writer);
  }
  ASSERT_TRUE(receiver_->drop(receiver_->open(scope_, id).value()).has_value());
  const std::string next =
      receiver_->begin_upload(scope_, "id", std::string(kPath), kSize, {}, "path ZmlsZXMvYQ==")
          .value();
  EXPECT_EQ(receiver_->find(scope_, next).value()->metadata, "path ZmlsZXMvYQ==");
}

TEST_F(UploadsTest, ADigestThatCameWithTheFirstPieceHoldsForTheLast) {
  const std::string id = begin();
  {
    UploadWriter writer = receiver_->open(scope_, id).value();
    ASSERT_TRUE(writer.expect(crypto::sha256(core::as_bytes("another file"))).has_value());
    ASSERT_TRUE(writer.append(bytes(0, 1000)).has_value());
    ASSERT_TRUE(writer.commit().has_value());
  }
  UploadWriter writer = receiver_->open(scope_, id).value();
  EXPECT_EQ(writer.expect(digest()).error().code, core::ErrorCode::kDuplicate);
  ASSERT_TRUE(writer.append(bytes(1000, kSize)).has_value());
  EXPECT_EQ(writer.commit().error().code, core::ErrorCode::kNotCanonical);
  EXPECT_TRUE(store_->files("id", scope_)->empty());
}

// What does not count against the account any more must not lie on the disk either.
TEST_F(UploadsTest, AFileThatIsNotTheOneAnnouncedLeavesNothing) {
  const std::string id = begin(crypto::sha256(core::as_bytes("another file")));
  UploadWriter writer = receiver_->open(scope_, id).value();
  ASSERT_TRUE(writer.append(bytes(0, kSize)).has_value());
  EXPECT_EQ(writer.commit().error().code, core::ErrorCode::kNotCanonical);
  EXPECT_EQ(files_kept(), 1u);  // the case
}

TEST_F(UploadsTest, AnUploadThatIsTakenBackIsAnotherFileThanTheNext) {
  const std::string first = begin();
  {
    UploadWriter writer = receiver_->open(scope_, first).value();
    ASSERT_TRUE(writer.append(bytes(0, 1000)).has_value());
    ASSERT_TRUE(writer.commit().has_value());
  }
  ASSERT_TRUE(receiver_->drop(receiver_->open(scope_, first).value()).has_value());
  EXPECT_EQ(files_kept(), 1u);
  UploadWriter writer = receiver_->open(scope_, begin()).value();
  EXPECT_EQ(receiver_->open(scope_, first).error().code, core::ErrorCode::kNotFound);
  ASSERT_TRUE(writer.append(bytes(0, kSize)).has_value());
  ASSERT_TRUE(writer.commit().has_value());
  expect_accepted();
}

// It is for us to go on then, however long that takes.
TEST_F(UploadsTest, WhatIsWholeDoesNotExpireBeforeItIsAccepted) {
  signer_is_away_ = true;
  const std::string id = begin();
  constexpr std::int64_t kLater = std::int64_t{100} * 24 * 3600 * 1000;
  EXPECT_EQ(store_->expired(kLater)->size(), 1u);
  UploadWriter writer = receiver_->open(scope_, id).value();
  ASSERT_TRUE(writer.append(bytes(0, kSize)).has_value());
  ASSERT_TRUE(writer.commit().has_value());
  EXPECT_EQ(store_->received_whole()->size(), 1u);
  EXPECT_EQ(store_->expired(kLater)->size(), 0u);
  EXPECT_GE(not_accepted_, 1);
  // It may be in the vault already.
  EXPECT_EQ(std::ranges::count(store_->kept_after("0491", {}, 9).value().files, digest(),
                               &store::KeptFile::sha256),
            1);
}

// A request that had brought all files ended before the signer answered.
TEST_F(UploadsTest, WhatARequestBroughtIsAcceptedWithoutIt) {
  signer_is_away_ = true;
  const Acceptance with{*store_, *vault_, signer_, boxes_, keys_};
  Staged staged(store::StagingFiles::create(folder_ / "staging", "whole").value());
  ASSERT_TRUE(staged.begin(kCaseFile).has_value());
  ASSERT_TRUE(staged.append(core::as_bytes("{}")).has_value());
  ASSERT_TRUE(staged.finish().has_value());
  ASSERT_TRUE(staged.begin(kPath).has_value());
  ASSERT_TRUE(staged.append(core::as_bytes(content_)).has_value());
  ASSERT_TRUE(staged.finish().has_value());
  v1::Session session;
  session.mutable_court()->set_code("0491");
  session.set_account_id("a");
  session.set_received_at_ms(1000);
  EXPECT_FALSE(accept(with, "whole", staged, session, {"k", fingerprint_of(staged)}).has_value());
  {
    const KeysInUse::Ticket at_it = keys_.enter({"0491", "a", "k"});
    signer_is_away_ = false;
    std::this_thread::sleep_for(std::chrono::seconds(6));
    EXPECT_FALSE(store_->find_submission("whole", scope_)->has_value());
  }
  for (int i = 0; i < 300 && !store_->find_submission("whole", scope_)->has_value(); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  EXPECT_TRUE(store_->find_submission("whole", scope_)->has_value());
  EXPECT_TRUE(store_->received_whole()->empty());
}

// A request with all files may have been logged by now under the same key.
TEST_F(UploadsTest, AKeyThatIsUnderWayBeginsNoOtherSubmission) {
  {
    const KeysInUse::Ticket held = keys_.enter({"0491", "a", "other"});
    EXPECT_EQ(begin_case("two", "other").error().error.code, core::ErrorCode::kDuplicate);
  }
  EXPECT_EQ(begin_case("three", "other").value(), "three");
  EXPECT_EQ(begin_case("four", "other").value(), "three");
}

TEST_F(UploadsTest, BytesThatAreGoneFromTheDiskAreNotTakenForZeros) {
  const std::string id = begin();
  {
    UploadWriter writer = receiver_->open(scope_, id).value();
    ASSERT_TRUE(writer.append(bytes(0, 1000)).has_value());
    ASSERT_TRUE(writer.commit().has_value());
  }
  for (const auto& entry : std::filesystem::directory_iterator(folder_ / "uploads" / "id")) {
    if (entry.path().filename() != kCaseFile) std::filesystem::remove(entry.path());
  }
  EXPECT_EQ(receiver_->open(scope_, id).error().code, core::ErrorCode::kIo);
}

// Whoever took another gateway over writes rows by hand.
store::NewReceiving by_hand(const std::string& id, const std::string& account,
                            const v1::Session& session) {
  return {.id = id,
          .court = "0491",
          .account = account,
          .session = core::to_bytes(core::as_bytes(session.SerializeAsString())),
          .key = {.key = id, .fingerprint = core::to_bytes("f")},
          .created_at_ms = 1,
          .expires_at_ms = 2,
          .files = {{"case.json", 2, crypto::sha256(core::as_bytes("{}"))}},
          .proofs = {},
          .filing = {},
          .most = std::nullopt};
}
template <typename Condition>
bool comes(const Condition& condition) {
  for (int i = 0; i < 600 && !condition(); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  return condition();
}

TEST_F(UploadsTest, WhatIsCalledAnotherFolderTakesNothingAway) {
  std::filesystem::create_directories(folder_ / "kept");
  for (const std::string& id :
       {std::string("../kept"), std::filesystem::path(folder_ / "kept").string(), std::string()}) {
    store::NewReceiving row = by_hand(id, "person:li", {});
    row.files.push_back({"files/a", 0, {}});
    ASSERT_TRUE(store_->begin_receiving(row).has_value());
    const auto gone = [&] {
      return !store_->find_receiving(id, store::Scope::whole_installation()).value();
    };
    EXPECT_TRUE(comes(gone)) << id;
    EXPECT_TRUE(std::filesystem::exists(folder_ / "kept")) << id;
    EXPECT_TRUE(std::filesystem::exists(folder_ / "uploads" / "id")) << id;
  }
}

TEST_F(UploadsTest, ARowOfAPersonSpeaksForNobodyElse) {
  const auto receive = [&](const std::string& id, const v1::Session& session) {
    std::filesystem::create_directories(folder_ / "uploads" / id);
    std::ofstream(folder_ / "uploads" / id / "case.json") << "{}";
    ASSERT_TRUE(store_->begin_receiving(by_hand(id, "person:li", session)).has_value());
  };
  v1::Session session;
  session.mutable_court()->set_code("0491");
  session.set_account_id("court-system-1");
  receive("a-anothers", session);
  session.set_account_id("person:li");
  receive("b-own", session);
  const auto is_accepted = [&](const std::string& id) {
    return store_->find_submission(id, store::Scope::whole_installation()).value().has_value();
  };
  EXPECT_TRUE(comes([&] { return is_accepted("b-own"); }));
  EXPECT_FALSE(is_accepted("a-anothers"));
}

}  // namespace
}  // namespace heyan::service
