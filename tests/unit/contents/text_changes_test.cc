// Line ends, byte-order mark, final line end.
#include "verifier/contents/text_changes.h"

#include <gmock/gmock.h>

#include "tests/unit/contents/candidates_fixture.h"

namespace heyan::contents::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::string kMark = "\xef\xbb\xbf";

google::protobuf::RepeatedPtrField<v1::Candidate> candidates_of(std::string_view file,
                                                                std::size_t reads = 1u << 20) {
  const StingySource source(file, reads);
  Candidates candidates(kSha256, kPlenty);
  EXPECT_TRUE(add_text_changes(source, candidates).has_value());
  return std::move(candidates).take();
}

std::vector<Reproduced> from(std::string_view file, std::string_view recorded) {
  return reproducing(candidates_of(file), recorded);
}

Reproduced by(std::vector<v1::Change> changes, std::size_t size) {
  return {.changes = std::move(changes), .number = 0, .size = size};
}

TEST(TextChanges, UndoesWhatUnix2dosDid) {
  const std::string original = case_file("order_export.csv");
  EXPECT_THAT(from(sample("export_unix2dos.csv"), original),
              ElementsAre(by({v1::CHANGE_LINE_ENDS_TO_LF}, original.size())));
  EXPECT_THAT(
      from(sample("export_unix2dos_bom.csv"), original),
      ElementsAre(by({v1::CHANGE_LINE_ENDS_TO_LF, v1::CHANGE_BOM_REMOVED}, original.size())));
  EXPECT_THAT(
      from(original, sample("export_unix2dos.csv")),
      ElementsAre(by({v1::CHANGE_LINE_ENDS_TO_CRLF}, sample("export_unix2dos.csv").size())));
  EXPECT_THAT(from(sample("export_unix2dos.csv"), sample("export_unix2dos_bom.csv")),
              ElementsAre(by({v1::CHANGE_BOM_ADDED}, sample("export_unix2dos_bom.csv").size())));
}

struct Row {
  std::string file;
  std::string recorded;
  std::vector<v1::Change> changes;
};

TEST(TextChanges, NamesTheChangeThatIsEnough) {
  const std::vector<Row> rows = {
      {"a\nb\n", "a\r\nb\r\n", {v1::CHANGE_LINE_ENDS_TO_CRLF}},
      {"a\r\nb\n", "a\nb\n", {v1::CHANGE_LINE_ENDS_TO_LF}},
      {"a\r\nb\n", "a\r\nb\r\n", {v1::CHANGE_LINE_ENDS_TO_CRLF}},
      {"a\nb", "a\nb\n", {v1::CHANGE_FINAL_LINE_END_ADDED}},
      {"a\nb\n", "a\nb", {v1::CHANGE_FINAL_LINE_END_REMOVED}},
      {"a\r\nb\r\n", "a\r\nb", {v1::CHANGE_FINAL_LINE_END_REMOVED}},
      {"a\r\nb", "a\r\nb\r\n", {v1::CHANGE_FINAL_LINE_END_ADDED}},
      {"a", "a\n", {v1::CHANGE_FINAL_LINE_END_ADDED}},
      {"a", "a\r\n", {v1::CHANGE_LINE_ENDS_TO_CRLF, v1::CHANGE_FINAL_LINE_END_ADDED}},
      {"a\n", kMark + "a\n", {v1::CHANGE_BOM_ADDED}},
      {kMark + "a\n", "a\n", {v1::CHANGE_BOM_REMOVED}},
      {kMark + "a\r\nb\r\n",
       "a\nb",
       {v1::CHANGE_LINE_ENDS_TO_LF, v1::CHANGE_BOM_REMOVED, v1::CHANGE_FINAL_LINE_END_REMOVED}},
      {"", "\n", {v1::CHANGE_FINAL_LINE_END_ADDED}},
      {"", kMark, {v1::CHANGE_BOM_ADDED}},
      {"\n", "", {v1::CHANGE_FINAL_LINE_END_REMOVED}},
  };
  for (const Row& row : rows) {
    EXPECT_THAT(from(row.file, row.recorded), ElementsAre(by(row.changes, row.recorded.size())))
        << ::testing::PrintToString(row.file) << " " << ::testing::PrintToString(row.recorded);
  }
}

TEST(TextChanges, ExplainsNothingElse) {
  const std::vector<std::pair<std::string, std::string>> rows = {
      {"a\nb\n", "a\nb\n"},        // the file itself explains nothing
      {"a\nb\n", "a\nc\n"},        // another text
      {"a\rb\r", "a\nb\n"},        // a lone CR is no line end here
      {"a\nb\n\n", "a\nb"},        // two line ends
      {"a\r\nb\n", "a\nb\r\n"},    // mixed otherwise
      {"a \n", "a\n"},             // white space
      {kMark + kMark + "a", "a"},  // two marks
      {"a" + kMark, "a"},          // a mark elsewhere
      {"\xff\xfe"
       "a",
       "a"},                 // of UTF-16
      {"a\r\r\nb", "a\nb"},  // a CR of the text
  };
  for (const auto& [file, recorded] : rows) {
    EXPECT_THAT(from(file, recorded), IsEmpty()) << ::testing::PrintToString(file);
  }
}

TEST(TextChanges, DoesNotDependOnHowBytesCome) {
  const std::string file = kMark + "one\r\n\r\rtwo\n\r\nthree\r";
  const auto whole = candidates_of(file);
  for (std::size_t reads = 1; reads < 8; ++reads) {
    const auto cut = candidates_of(file, reads);
    ASSERT_EQ(cut.size(), whole.size());
    for (int i = 0; i < whole.size(); ++i) {
      EXPECT_EQ(cut.Get(i).SerializeAsString(), whole.Get(i).SerializeAsString()) << reads;
    }
  }
}

TEST(TextChanges, GathersLinesOfAnyLength) {
  std::string lf;
  std::string crlf;
  for (int i = 0; i < 3000; ++i) {
    const std::string line(static_cast<std::size_t>(i * 7 % 5000), 'x');
    lf += line + "\n";
    crlf += line + "\r\n";
  }
  EXPECT_THAT(from(lf, crlf), ElementsAre(by({v1::CHANGE_LINE_ENDS_TO_CRLF}, crlf.size())));
  EXPECT_THAT(from(crlf, lf), ElementsAre(by({v1::CHANGE_LINE_ENDS_TO_LF}, lf.size())));
}

TEST(TextChanges, StopsAtItsBudget) {
  const std::string file(1000, 'a');
  const MemorySource source(core::as_bytes(file));
  Candidates candidates(kSha256, 5999);  // six variants
  ASSERT_TRUE(add_text_changes(source, candidates).has_value());
  EXPECT_TRUE(candidates.exhausted());
  EXPECT_THAT(std::move(candidates).take(), IsEmpty());
  Candidates enough(kSha256, 6000);
  ASSERT_TRUE(add_text_changes(source, enough).has_value());
  EXPECT_FALSE(enough.exhausted());
}

// A file of line ends alone costs many times as much as its bytes.
TEST(TextChanges, CountsLines) {
  const std::string file(1000, '\n');
  const MemorySource source(core::as_bytes(file));
  Candidates candidates(kSha256, 100'000);
  ASSERT_TRUE(add_text_changes(source, candidates).has_value());
  EXPECT_TRUE(candidates.exhausted());
  EXPECT_THAT(std::move(candidates).take(), IsEmpty());
  Candidates enough(kSha256, 200'000);
  ASSERT_TRUE(add_text_changes(source, enough).has_value());
  EXPECT_FALSE(enough.exhausted());
}

TEST(TextChanges, SaysWhereTheFileCannotBeRead) {
  StingySource source("abc", 1);
  source.broken = true;
  Candidates candidates(kSha256, kPlenty);
  const auto added = add_text_changes(source, candidates);
  ASSERT_FALSE(added.has_value());
  EXPECT_EQ(added.error().code, core::ErrorCode::kIo);
}

}  // namespace
}  // namespace heyan::contents::testing
