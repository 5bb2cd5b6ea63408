// Writing a trail, and opening it again after whatever happened to it.
#include <sys/resource.h>

#include <csignal>
#include <thread>

#include "gateway/audit/lock.h"
#include "tests/unit/audit/fixture.h"

namespace heyan::audit {
namespace {

using core::ErrorCode;

TEST_F(AuditTest, ARecordSaysWhenWhoWhatAndWithWhatSuccess) {
  const auto trail = open();
  Entry entry{.event = Event::kFileRead,
              .actor = "person:judge",
              .subject = "0123",
              .outcome = Outcome::kRefused};
  entry.detail.set("file", hidden("files/a.png"));
  ASSERT_TRUE(trail->append(entry).has_value());
  const auto all = lines(first_file());
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[1],
            R"({"actor":"person:judge","at":"2026-11-24T09:00:00Z","detail":{"file":")" +
                core::to_hex(crypto::sha256(core::as_bytes(std::string_view("files/a.png")))) +
                R"("},"event":"file-read","outcome":"refused","prevSha256":")" +
                core::to_hex(crypto::digest(crypto::Hash::kSha256, core::as_bytes(all[0]))) +
                R"(","prevSm3":")" +
                core::to_hex(crypto::digest(crypto::Hash::kSm3, core::as_bytes(all[0]))) +
                R"(","seq":1,"subject":"0123","writer":"front"})");
}

TEST_F(AuditTest, WhatIsNoTextIsMadeVisibleAndCut) {
  const auto trail = open();
  Entry entry = sign_in("x");
  entry.subject = "a\nb\xff" + std::string(400, 'c');
  ASSERT_TRUE(trail->append(entry).has_value());
  EXPECT_THAT(findings(), IsEmpty());
  EXPECT_EQ(lines(first_file()).size(), 2u);
}

TEST_F(AuditTest, WhatIsNoTextInADetailIsMadeVisible) {
  core::json::Value list;
  list.push("\xff").push("good");
  Entry entry = sign_in("x");
  entry.detail.set("client", "\x20\x01\x0d\xb8").set("all", std::move(list)).set("n", 7);
  ASSERT_TRUE(open()->append(entry).has_value());
  EXPECT_THAT(findings(), IsEmpty());
  EXPECT_THAT(
      lines(first_file())[1],
      testing::HasSubstr("{\"all\":[\"⟨0xFF⟩\",\"good\"],\"client\":\" ⟨U+0001⟩⟨U+000D⟩⟨0xB8⟩\","
                         "\"n\":7}"));
}

TEST_F(AuditTest, WhatIsTooLongForALineIsRecordedWithoutItsDetail) {
  {
    const auto trail = open();
    Entry entry = sign_in("x");
    entry.detail.set("payload", std::string(2 * kLineBytes, 'a'));
    ASSERT_TRUE(trail->append(entry).has_value());
  }
  fill(*open(), 1);
  EXPECT_THAT(findings(), IsEmpty());
  EXPECT_NE(lines(first_file())[1].find(R"("detail":{"leftOut":)"), std::string::npos);
}

TEST_F(AuditTest, GoesOnWhereItWasAfterBeingOpenedAgain) {
  fill(*open(), 3);
  fill(*open(), 2);
  const auto verified = verify(folder_ / "front", {}, now_);
  ASSERT_TRUE(verified.has_value());
  EXPECT_EQ(verified->next, 6u);
  EXPECT_TRUE(verified->holds());
  EXPECT_EQ(verified->counts.at("sign-in"), 5u);
}

TEST_F(AuditTest, HasOneWriter) {
  const auto trail = open();
  EXPECT_EQ(refused(), ErrorCode::kDuplicate);
  fill(*trail, 1);
  EXPECT_THAT(findings(), IsEmpty());
}

// A command keeps the gateway's program out with it, and the other way round.
TEST_F(AuditTest, ItsLockIsWhatItsWriterHolds) {
  {
    const auto trail = open();
    EXPECT_EQ(lock_trail(folder_ / "front").error().code, ErrorCode::kDuplicate);
  }
  auto lock = lock_trail(folder_ / "front");
  ASSERT_TRUE(lock.has_value());
  EXPECT_EQ(refused(), ErrorCode::kDuplicate);
  lock->reset();
  fill(*open(), 1);
  EXPECT_THAT(findings(), IsEmpty());
  EXPECT_EQ(lock_trail(folder_ / "nowhere/front").error().code, ErrorCode::kIo);
}

TEST_F(AuditTest, ThreadsShareItWithoutLosingOrMixingRecords) {
  const auto trail = open();
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 8; ++i) {
      threads.emplace_back([&trail, i] {
        for (int n = 0; n < 50; ++n) {
          EXPECT_TRUE(trail->append(sign_in("t" + std::to_string(i) + "-" + std::to_string(n)))
                          .has_value());
        }
      });
    }
  }
  const auto verified = verify(folder_ / "front", {}, now_);
  ASSERT_TRUE(verified.has_value());
  EXPECT_TRUE(verified->holds());
  EXPECT_EQ(verified->counts.at("sign-in"), 400u);
  EXPECT_EQ(trail->head().record, 400u);
}

// A kill ends the file anywhere in what was being written: at every byte of the last line.
TEST_F(AuditTest, CutsAnUnfinishedLineOffAndSaysSo) {
  fill(*open(), 2);
  const auto whole = lines(first_file());
  for (const std::size_t size : {std::size_t{1}, whole[2].size() / 2, whole[2].size()}) {
    write(first_file(), {whole[0], whole[1]});
    append_to(first_file(), whole[2].substr(0, size));
    const auto before = verify(folder_ / "front", {}, now_);
    ASSERT_TRUE(before.has_value());
    EXPECT_EQ(before->unfinished_bytes, size);
    EXPECT_TRUE(before->holds());
    fill(*open(), 1);
    EXPECT_THAT(findings(), IsEmpty()) << size;
    const auto after = lines(first_file());
    ASSERT_EQ(after.size(), 4u);
    EXPECT_EQ(after[1], whole[1]);
    EXPECT_THAT(after[2], ::testing::HasSubstr(R"("detail":{"bytes":)" + std::to_string(size) +
                                               R"(},"event":"mended")"));
  }
}

TEST_F(AuditTest, BeginsAgainWhereTheFirstFileHasNoRecord) {
  std::filesystem::create_directory(folder_ / "front");
  append_to(first_file(), R"({"actor":)");
  fill(*open(), 1);
  EXPECT_THAT(findings(), IsEmpty());
}

TEST_F(AuditTest, LeavesAFileOutThatNeverBegan) {
  fill(*open(), 2);
  append_to(folder_ / "front" / segment_name(3), "{");
  fill(*open(), 1);
  EXPECT_THAT(findings(), IsEmpty());
  EXPECT_EQ(lines(first_file()).size(), 4u);
}

TEST_F(AuditTest, RefusesToGoOnWithAnEditedTrail) {
  fill(*open(), 3);
  const auto whole = lines(first_file());
  const auto refuses = [&](std::vector<std::string> changed, const char* what) {
    write(first_file(), changed);
    EXPECT_EQ(refused(), ErrorCode::kChanged) << what;
  };
  auto edited = whole;
  edited[1].replace(edited[1].find("p0"), 2, "p9");
  refuses(edited, "edited");
  refuses({whole[0], whole[2], whole[3]}, "removed");
  refuses({whole[0], whole[2], whole[1], whole[3]}, "swapped");
  refuses({whole[0], whole[1], whole[1], whole[2]}, "twice");
  refuses({whole[1], whole[2]}, "without its beginning");
  refuses({whole[0], "", whole[1]}, "an empty line");
  refuses({whole[0], " " + whole[1]}, "spelled otherwise");
  write(first_file(), whole);
  std::filesystem::create_directory(folder_ / "judge");
  std::filesystem::copy_file(first_file(), first_file("judge"));
  EXPECT_EQ(refused("judge"), ErrorCode::kChanged) << "another writer's";
}

TEST_F(AuditTest, BeginsAFileWithEachMonthAndWhenOneIsLarge) {
  segment_bytes_ = 2000;
  const auto trail = open();
  fill(*trail, 20);
  const std::size_t by_size = segments_in(folder_ / "front")->size();
  EXPECT_GT(by_size, 2u);
  now_ = *core::parse_rfc3339("2026-12-01T00:00:00Z");
  fill(*trail, 1);
  const auto segments = *segments_in(folder_ / "front");
  EXPECT_EQ(segments.size(), by_size + 1);
  EXPECT_THAT(findings(), IsEmpty());
  const auto lines_of_last = lines(folder_ / "front" / segment_name(segments.back()));
  const auto first = decode(lines_of_last[0]);
  ASSERT_TRUE(first.has_value());
  EXPECT_EQ(trail_in(*first), trail->head().trail);
}

TEST_F(AuditTest, RemovesFilesOnlyWhenAllInThemWasKeptLongEnough) {
  const auto months = [this](int count) {
    const auto trail = open();
    for (int i = 0; i < count; ++i) {
      now_ += std::chrono::days(31);
      ASSERT_TRUE(trail->append(sign_in("p")).has_value());
    }
  };
  months(12);
  EXPECT_EQ(segments_in(folder_ / "front")->front(), 0u);
  months(3);
  const std::uint64_t first = segments_in(folder_ / "front")->front();
  EXPECT_GT(first, 0u);
  const auto verified = verify(folder_ / "front", {}, now_);
  ASSERT_TRUE(verified.has_value());
  EXPECT_TRUE(verified->holds());
  EXPECT_EQ(verified->first, first);
  EXPECT_LE(verified->first_at, now_ - std::chrono::days(366 - 31));
}

TEST_F(AuditTest, AClockThatLeapsAheadRemovesNothing) {
  fill(*open(), 1);
  now_ += std::chrono::days(31);
  fill(*open(), 1);
  now_ += std::chrono::days(4000);
  fill(*open(), 1);
  fill(*open(), 1);
  EXPECT_EQ(segments_in(folder_ / "front")->front(), 0u);
}

TEST_F(AuditTest, SaysThatTheClockWentBack) {
  const auto trail = open();
  fill(*trail, 1);
  now_ -= std::chrono::hours(1);
  fill(*trail, 1);
  EXPECT_THAT(findings(), IsEmpty());
  EXPECT_EQ(verify(folder_ / "front", {}, now_)->counts.at("clock-back"), 1u);
}

TEST_F(AuditTest, GivesItsHeadToWhoOnlyReads) {
  EXPECT_EQ(head_of(folder_ / "front").error().code, ErrorCode::kNotFound);
  const auto trail = open();
  fill(*trail, 3);
  append_to(first_file(), R"({"half)");
  const auto head = head_of(folder_ / "front");
  ASSERT_TRUE(head.has_value() && *head);
  EXPECT_EQ(**head, trail->head());
  write(first_file(), {"{}", "{}"});
  EXPECT_EQ(head_of(folder_ / "front").error().code, ErrorCode::kMalformed);
}

TEST_F(AuditTest, NothingIsRecordedOnceTheDiskIsFull) {
  const auto trail = open();
  fill(*trail, 1);
  // No write goes beyond the size that the file has.
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  std::signal(SIGXFSZ, SIG_IGN);
  const rlimit full{.rlim_cur = std::filesystem::file_size(first_file()) + 10,
                    .rlim_max = before.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &full), 0);
  const auto refused = trail->append(sign_in("x"));
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);
  EXPECT_FALSE(refused.has_value());
  fill(*trail, 1);
  EXPECT_THAT(findings(), IsEmpty());
  EXPECT_EQ(verify(folder_ / "front", {}, now_)->unfinished_bytes, 0u);
  EXPECT_EQ(verify(folder_ / "front", {}, now_)->next, 3u);
}

}  // namespace
}  // namespace heyan::audit
