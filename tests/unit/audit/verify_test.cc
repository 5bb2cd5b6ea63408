// What an attacker does to a trail, and what verify says of it.
#include "tests/unit/audit/fixture.h"

namespace heyan::audit {
namespace {

class VerifyTest : public AuditTest {
 protected:
  VerifyTest() {
    const auto trail = open();
    fill(*trail, 2);
    heads_.push_back(logged(*trail));
    fill(*trail, 2);
    heads_.push_back(logged(*trail));
    fill(*trail, 1);
    whole_ = lines(first_file());
  }
  // The records from there on, written anew so that they follow each other.
  static std::vector<std::string> chained_anew(std::vector<std::string> lines, std::size_t from,
                                               bool sha256 = true, bool sm3 = true) {
    for (std::size_t i = from; i < lines.size(); ++i) {
      Record record = *decode(lines[i]);
      Chain chain;
      chain.take(lines[i - 1], record.at);
      if (sha256) record.sha256_before = chain.sha256;
      if (sm3) record.sm3_before = chain.sm3;
      record.seq = i;
      lines[i] = encode(record);
    }
    return lines;
  }
  std::vector<std::string> edited(std::size_t index) const {
    auto lines = whole_;
    Record record = *decode(lines[index]);
    record.entry.actor = "person:nobody";
    lines[index] = encode(record);
    return lines;
  }
  std::vector<std::string> findings_of(const std::vector<std::string>& lines,
                                       bool with_log = true) const {
    write(first_file(), lines);
    return findings(with_log ? std::span<const LoggedHead>(heads_) : std::span<const LoggedHead>());
  }

  std::vector<LoggedHead> heads_;
  std::vector<std::string> whole_;  // records 0 to 5; heads are of 2 and 4
};

TEST_F(VerifyTest, HoldsAndSaysHowFarTheLogCoversIt) {
  const auto verified = verify(folder_ / "front", heads_, now_);
  ASSERT_TRUE(verified.has_value());
  EXPECT_TRUE(verified->holds());
  EXPECT_EQ(verified->writer, "front");
  EXPECT_EQ(verified->first, 0u);
  EXPECT_EQ(verified->next, 6u);
  EXPECT_EQ(verified->heads, 2u);
  EXPECT_EQ(verified->logged, 4u);
  EXPECT_FALSE(verify(folder_ / "front", {}, now_)->logged);
}

TEST_F(VerifyTest, ARecordEdited) {
  EXPECT_THAT(findings_of(edited(3)), ElementsAre("sha256"));
  auto byte = whole_;
  byte[3][byte[3].find("p2")] = 'q';
  EXPECT_THAT(findings_of(byte), ElementsAre("sha256"));
}

// Nothing follows it that would hold its digest.
TEST_F(VerifyTest, TheLastRecordEdited) {
  EXPECT_THAT(findings_of(edited(5)), IsEmpty()) << "the log does not cover it yet";
  auto lines = edited(4);
  lines.pop_back();
  EXPECT_THAT(findings_of(lines), ElementsAre("head-differs"));
}

TEST_F(VerifyTest, TheChainWrittenAnewIsNotThatOfTheLog) {
  const auto forged = chained_anew(edited(3), 4);
  EXPECT_THAT(findings_of(forged, false), IsEmpty()) << "without the log nobody can tell";
  EXPECT_THAT(findings_of(forged), ElementsAre("head-differs"));
}

TEST_F(VerifyTest, DigestsOfOneAlgorithmAlone) {
  EXPECT_THAT(findings_of(chained_anew(edited(3), 4, true, false)), ElementsAre("sm3"));
  EXPECT_THAT(findings_of(chained_anew(edited(3), 4, false, true)), ElementsAre("sha256"));
}

TEST_F(VerifyTest, AHeadThatFitsByOneAlgorithmAlone) {
  heads_[0].sm3[0] ^= 1;
  EXPECT_THAT(findings(heads_), ElementsAre("head-differs"));
  heads_[0].sm3[0] ^= 1;
  heads_[1].sha256[31] ^= 1;
  EXPECT_THAT(findings(heads_), ElementsAre("head-differs"));
}

TEST_F(VerifyTest, ARecordRemoved) {
  auto lines = whole_;
  lines.erase(lines.begin() + 3);
  EXPECT_THAT(findings_of(lines), ElementsAre("sequence"));
  EXPECT_THAT(findings_of(chained_anew(lines, 3)),
              ElementsAre("head-differs"));  // 4 is there, with another digest
}

TEST_F(VerifyTest, RecordsSwappedOrRepeated) {
  auto lines = whole_;
  std::swap(lines[2], lines[3]);
  EXPECT_THAT(findings_of(lines), ElementsAre("sequence"));
  lines = whole_;
  lines.insert(lines.begin() + 3, lines[2]);
  EXPECT_THAT(findings_of(lines), ElementsAre("sequence"));
}

TEST_F(VerifyTest, TheTailCutOff) {
  const std::vector<std::string> cut(whole_.begin(), whole_.begin() + 4);
  EXPECT_THAT(findings_of(cut, false), IsEmpty()) << "the chain alone cannot tell";
  EXPECT_THAT(findings_of(cut), ElementsAre("head-beyond"));
}

TEST_F(VerifyTest, WhatIsAfterTheLastHeadIsOnlyChained) {
  const std::vector<std::string> cut(whole_.begin(), whole_.begin() + 5);
  EXPECT_THAT(findings_of(cut), IsEmpty());
}

TEST_F(VerifyTest, AnUnfinishedLineIsNotCounted) {
  append_to(first_file(), R"({"actor")");
  const auto verified = verify(folder_ / "front", heads_, now_);
  ASSERT_TRUE(verified.has_value());
  EXPECT_TRUE(verified->holds());
  EXPECT_EQ(verified->next, 6u);
  EXPECT_EQ(verified->unfinished_bytes, 8u);
}

TEST_F(VerifyTest, TimesThatGoBack) {
  auto lines = whole_;
  Record record = *decode(lines[3]);
  record.at -= std::chrono::hours(1);
  lines[3] = encode(record);
  EXPECT_THAT(findings_of(chained_anew(lines, 4), false), ElementsAre("time"));
  record.entry = {.event = Event::kClockBack};
  lines[3] = encode(record);
  EXPECT_THAT(findings_of(chained_anew(lines, 4), false), ElementsAre("time"))
      << "it names no time before";
}

TEST_F(VerifyTest, ATimeAfterTheHeadWasLogged) {
  heads_[0].at -= std::chrono::hours(1);
  EXPECT_THAT(findings(heads_), ElementsAre("head-future"));
}

// An honest clock that was ahead for a while, and is right again before the log has the next head.
TEST_F(VerifyTest, AClockThatLeaptAndWentBackIsNoForgery) {
  auto lines = whole_;
  Record record = *decode(lines[3]);
  const core::UtcTime ahead = now_ + std::chrono::hours(1);
  record.at = ahead;
  lines[3] = encode(record);
  record = *decode(lines[4]);
  record.entry = {.event = Event::kClockBack};
  record.entry.detail.set("from", core::format_rfc3339(ahead));
  lines[4] = encode(record);
  lines = chained_anew(lines, 4);
  Chain chain;
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(chain.follow(lines[i]).has_value());
  heads_[1].sha256 = chain.sha256;
  heads_[1].sm3 = chain.sm3;
  EXPECT_THAT(findings_of(lines), IsEmpty());
  const auto verified = verify(folder_ / "front", heads_, now_);
  ASSERT_TRUE(verified.has_value());
  EXPECT_EQ(verified->counts.at("clock-back"), 1u) << "which is told of";
}

TEST_F(VerifyTest, ATimeThatHasNotComeYet) {
  now_ -= std::chrono::minutes(9);
  EXPECT_THAT(findings(heads_), IsEmpty()) << "clocks differ";
  now_ -= std::chrono::minutes(2);
  EXPECT_THAT(findings(heads_), ElementsAre("future"));
}

TEST_F(VerifyTest, HeadsOfAnotherTrailSayNothingOfThisOne) {
  const auto other = open("judge");
  fill(*other, 9);
  const std::vector<LoggedHead> heads = {logged(*other)};
  const auto verified = verify(folder_ / "front", heads, now_);
  ASSERT_TRUE(verified.has_value());
  EXPECT_TRUE(verified->holds());
  EXPECT_EQ(verified->heads, 0u);
  EXPECT_FALSE(verified->logged);
}

TEST_F(VerifyTest, AHeadOfThisTrailThatAnotherProgramIsSaidToHaveWritten) {
  heads_[1].writer = "judge";
  EXPECT_THAT(findings(heads_), ElementsAre("head-writer"));
}

TEST_F(VerifyTest, AHeadReplayedOrOutOfOrder) {
  heads_.push_back(heads_[0]);
  EXPECT_THAT(findings(heads_), ElementsAre("head-order"));
  heads_[2] = heads_[1];
  EXPECT_THAT(findings(heads_), ElementsAre("head-order"));
}

TEST_F(VerifyTest, AnotherProgramsRecordInTheMiddle) {
  auto lines = whole_;
  Record record = *decode(lines[3]);
  record.writer = "judge";
  lines[3] = encode(record);
  EXPECT_THAT(findings_of(chained_anew(lines, 4), false), ElementsAre("writer"));
}

TEST_F(VerifyTest, SpellingsThatOurWriterDoesNotUse) {
  for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{
           {R"("seq":3)", R"("seq":3.0)"},
           {R"("seq":3)", R"("seq": 3)"},
           {R"("seq":3)", R"("seq":-3)"},
           {R"("event":"sign-in")", R"("event":"sign-on")"},
           {R"("outcome":"done")", R"("outcome":"good")"},
           {R"("actor":"person:p2",)", ""},
           {R"("actor":"person:p2",)", R"("actor":"person:p2","extra":1,)"},
           {R"("actor":"person:p2",)", R"("actor":"person:p2","actor":"person:p2",)"},
           {R"("event":)", R"("detail":1,"event":)"},
           {R"("event":)", R"("detail":{"a":1.5},"event":)"},
           {R"("event":)", R"("detail":{"a":{"b":1}},"event":)"},
           {R"("event":)", R"("detail":{"a":9007199254740992},"event":)"},
           {R"("event":)", R"("detail":{"a":-9223372036854775808},"event":)"},
       }) {
    auto lines = whole_;
    ASSERT_NE(lines[3].find(from), std::string::npos) << from;
    lines[3].replace(lines[3].find(from), from.size(), to);
    EXPECT_THAT(findings_of(lines), ElementsAre("malformed")) << to;
  }
}

TEST_F(VerifyTest, AnythingButARecord) {
  for (const char* junk : {"", "x", "[]", "null", "{}", "\"seq\"", "{\"seq\":3}"}) {
    auto lines = whole_;
    lines[3] = junk;
    EXPECT_THAT(findings_of(lines), ElementsAre("malformed")) << junk;
  }
}

TEST_F(VerifyTest, NoTrailAtAll) {
  EXPECT_EQ(verify(folder_ / "none", {}, now_).error().code, core::ErrorCode::kNotFound);
  std::filesystem::create_directory(folder_ / "empty");
  EXPECT_EQ(verify(folder_ / "empty", {}, now_).error().code, core::ErrorCode::kNotFound);
}

class SegmentsTest : public AuditTest {
 protected:
  SegmentsTest() {
    segment_bytes_ = 1500;
    const auto trail = open();
    fill(*trail, 20);
    head_.push_back(logged(*trail));
    segments_ = *segments_in(folder_ / "front");
  }
  path file(std::size_t index) const { return folder_ / "front" / segment_name(segments_[index]); }
  // The log has one of a record in the first file, too.
  std::vector<LoggedHead> with_early_head() const {
    LoggedHead early = head_[0];
    early.record = 1;
    return {early, head_[0]};
  }
  void say_shortened() {
    Entry shortened{.event = Event::kShortened};
    shortened.detail.set("first", segments_[1]).set("keepDays", 366);
    ASSERT_TRUE(open()->append(shortened).has_value());
  }

  std::vector<LoggedHead> head_;
  std::vector<std::uint64_t> segments_;
};

TEST_F(SegmentsTest, FollowEachOther) {
  ASSERT_GE(segments_.size(), 4u);
  EXPECT_THAT(findings(head_), IsEmpty());
  EXPECT_EQ(verify(folder_ / "front", head_, now_)->logged, 20u + segments_.size() - 1);
}

TEST_F(SegmentsTest, OneMissingInTheMiddle) {
  std::filesystem::remove(file(1));
  EXPECT_THAT(findings(head_), ElementsAre("segment-missing"));
}

TEST_F(SegmentsTest, TheFirstGoneUnsaid) {
  std::filesystem::remove(file(0));
  EXPECT_THAT(findings(head_), ElementsAre("removed-unsaid"));
}

TEST_F(SegmentsTest, TheFirstGoneThoughTheLogSawItADayAgo) {
  const std::vector<LoggedHead> heads = with_early_head();
  now_ += std::chrono::days(1);
  say_shortened();
  std::filesystem::remove(file(0));
  EXPECT_THAT(findings(), IsEmpty()) << "by itself it holds";
  EXPECT_THAT(findings(heads), ElementsAre("kept-too-short"));
  now_ += std::chrono::days(400);
  say_shortened();
  EXPECT_THAT(findings(heads), ElementsAre("kept-too-short"))
      << "it is no longer there to be removed";
}

TEST_F(SegmentsTest, TheFirstGoneAYearAfterTheLogSawIt) {
  const std::vector<LoggedHead> heads = with_early_head();
  now_ += std::chrono::days(400);
  say_shortened();
  std::filesystem::remove(file(0));
  EXPECT_THAT(findings(heads), IsEmpty());
}

// Whoever can write the folder says that a year has passed, and goes on as if the clock had gone
// back: neither the log nor whoever verifies was there then.
TEST_F(SegmentsTest, TheFirstGoneByATimeThatNeverWas) {
  std::vector<LoggedHead> heads = with_early_head();
  const core::UtcTime before = now_;
  now_ += std::chrono::days(400);
  say_shortened();
  now_ = before + std::chrono::days(1);
  {
    const auto trail = open();
    fill(*trail, 1);
    heads.push_back(logged(*trail));
  }
  std::filesystem::remove(file(0));
  EXPECT_THAT(findings(heads), ElementsAre("kept-too-short"));
  now_ = before + std::chrono::days(500);
  EXPECT_THAT(findings(heads), ElementsAre("kept-too-short")) << "the log was there sooner";
  heads.pop_back();
  EXPECT_THAT(findings(heads), IsEmpty()) << "nobody but the record says when";
  now_ = before + std::chrono::days(180);
  EXPECT_THAT(findings(heads), ElementsAre("kept-too-short")) << "it is not that long ago";
}

TEST_F(SegmentsTest, TheLastGone) {
  std::filesystem::remove(file(segments_.size() - 1));
  EXPECT_THAT(findings(head_), ElementsAre("head-beyond"));
}

TEST_F(SegmentsTest, TwoSwapped) {
  std::filesystem::rename(file(1), folder_ / "x");
  std::filesystem::rename(file(2), file(1));
  std::filesystem::rename(folder_ / "x", file(2));
  EXPECT_THAT(findings(head_), ElementsAre("segment-name"));
}

TEST_F(SegmentsTest, OneOfAnotherTrail) {
  const auto other = open("judge");
  fill(*other, 20);
  std::filesystem::copy_file(folder_ / "judge" / segment_name(segments_[1]), file(1),
                             std::filesystem::copy_options::overwrite_existing);
  EXPECT_THAT(findings(head_), ElementsAre("segment-trail"));
}

TEST_F(SegmentsTest, OneThatEndsInTheMiddle) {
  append_to(file(1), "{");
  EXPECT_THAT(findings(head_), ElementsAre("unfinished-line"));
}

TEST_F(SegmentsTest, OneThatIsALink) {
  std::filesystem::rename(file(1), folder_ / "x");
  std::filesystem::create_symlink(folder_ / "x", file(1));
  EXPECT_THAT(findings(head_), ElementsAre("segment-unreadable"));
}

}  // namespace
}  // namespace heyan::audit
