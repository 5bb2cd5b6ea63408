// What is noted of evidence: by its first bytes, and of what is opened for it.
#include "verifier/uploads/file_marks.h"

#include <gmock/gmock.h>

#include "tests/unit/contents/zip_builder.h"
#include "verifier/contents/file_type.h"
#include "verifier/uploads/file_kinds.h"
#include "verifier/uploads/head_marks.h"

namespace heyan::uploads {
namespace {

using contents::testing::build_zip;
using contents::testing::Part;
using testing::ElementsAre;
using testing::IsEmpty;
using FileMarks = std::vector<v1::FileMark>;

FileMarks by_head(std::string_view name, std::string_view text) {
  const core::ByteView head = core::as_bytes(text);
  return marks_by_head(name, contents::media_type_of(head), head);
}
FileMarks found(std::string_view name, core::ByteView bytes) {
  const contents::MemorySource source(bytes);
  return *find_file_marks(name, source);
}
FileMarks found(std::string_view name, std::string_view text) {
  return found(name, core::as_bytes(text));
}
bool opens(std::string_view name, std::string_view text, std::uint64_t size = 1) {
  const std::string_view type = contents::media_type_of(core::as_bytes(text));
  return has_to_be_opened(name, type) && may_be_opened(type, size);
}

constexpr std::string_view kPlainPdf = "%PDF-1.4\n1 0 obj<<>>endobj\n%%EOF\n";
std::string macros() {
  return core::to_string(build_zip({Part{.name = "word/document.xml", .content = "<w/>"},
                                    Part{.name = "word/vbaProject.bin", .content = "x"}}));
}

TEST(HeadMarks, APdfBeginsWithItsFirstBytes) {
  EXPECT_THAT(by_head("a.pdf", kPlainPdf), IsEmpty());
  EXPECT_THAT(by_head("a.pdf", "<html>\n" + std::string(kPlainPdf)),
              ElementsAre(v1::FILE_MARK_BEGINS_OTHERWISE));
  EXPECT_THAT(by_head("a.PDF", " " + std::string(kPlainPdf)),
              ElementsAre(v1::FILE_MARK_BEGINS_OTHERWISE));
  // A text that speaks of one: its type is held against its name elsewhere.
  EXPECT_THAT(by_head("a.txt", "it begins with %PDF-"), IsEmpty());
}

TEST(HeadMarks, AProgramActsWhateverItsName) {
  EXPECT_THAT(by_head("setup.exe", "MZ\x90"), ElementsAre(v1::FILE_MARK_ACTIVE_CONTENT));
  EXPECT_THAT(by_head("letter.pdf", "MZ\x90"), ElementsAre(v1::FILE_MARK_ACTIVE_CONTENT));
  EXPECT_THAT(by_head("setup.exe", "words"), IsEmpty());
}

// A film of 8 GB is not read twice.
TEST(HeadMarks, OnlyWhatMayHaveMarksIsOpened) {
  EXPECT_TRUE(opens("a.pdf", kPlainPdf));
  EXPECT_TRUE(opens("a.docx", "PK\x03\x04"));
  EXPECT_TRUE(opens("a.jpg", "\xff\xd8\xff"));
  EXPECT_TRUE(opens("a.SVG", "<svg/>"));
  for (const std::string_view name : {"a.txt", "a.html", "a.json", "svg"}) {
    EXPECT_FALSE(opens(name, "<svg><script>")) << name;
  }
  EXPECT_FALSE(opens("a.mp4", "0000ftypisom"));
  EXPECT_FALSE(opens("a.exe", "MZ\x90"));
  EXPECT_TRUE(opens("a.pdf", kPlainPdf, kMostLookedThrough));
  EXPECT_FALSE(opens("a.pdf", kPlainPdf, kMostLookedThrough + 1));
  EXPECT_TRUE(opens("a.zip", "PK\x03\x04", 8ull << 30));  // its directory alone is read
}

TEST(FileMarks, AreThoseOfTheFormats) {
  EXPECT_THAT(found("a.pdf", kPlainPdf), IsEmpty());
  EXPECT_THAT(found("a.pdf", "%PDF-1.4\n/JavaScript \n%%EOF\nmore than a line"),
              ElementsAre(v1::FILE_MARK_TRAILING_DATA, v1::FILE_MARK_ACTIVE_CONTENT));
  EXPECT_THAT(found("a.pdf", "%PDF-1.4\n<</Encrypt 1 0 R>>"),
              ElementsAre(v1::FILE_MARK_MALFORMED, v1::FILE_MARK_ENCRYPTED));
  EXPECT_THAT(found("a.zip", build_zip({Part{.name = "../a", .content = "x"}})),
              ElementsAre(v1::FILE_MARK_UNSAFE_NAME));
  EXPECT_THAT(found("a.docx", build_zip({Part{.name = "a.txt", .content = "x"}})),
              ElementsAre(v1::FILE_MARK_TYPE_MISMATCH));
}

// Evidence may be anything: an unlisted kind, and words of a page in a text, are nothing to note.
TEST(FileMarks, OtherKindsAreNone) {
  for (const std::string_view name : {"a.html", "a.bin", "a", "a.txt", "a.json", "a.pdf"}) {
    EXPECT_THAT(found(name, "<!doctype html><script>act()</script>"), IsEmpty()) << name;
  }
  EXPECT_THAT(found("a.jar", build_zip({Part{.name = "../a", .content = "x"}})), IsEmpty());
  EXPECT_THAT(found("a.docm", macros()), ElementsAre(v1::FILE_MARK_ACTIVE_CONTENT));
  EXPECT_THAT(found("a.docx", macros()), ElementsAre(v1::FILE_MARK_ACTIVE_CONTENT));
}

TEST(FileMarks, APictureOfTextMayAct) {
  for (const std::string_view text :
       {"<svg><script>x</script></svg>", "<s:svg><s:script/>", "<SVG><SCRIPT>",
        "<svg onload = 'x'>", "<svg\nonclick=\"x\">", "<svg><a href='javascript:x'>"}) {
    EXPECT_THAT(found("a.svg", text), ElementsAre(v1::FILE_MARK_ACTIVE_CONTENT)) << text;
  }
  for (const std::string_view text :
       {"<svg/>", "<svg>a script on paper</svg>", "<svg><text>on = off</text></svg>",
        "<svg icon='x' data-on='y'>", "<svg><description/></svg>", "<svg><a:b/>:script", "<"}) {
    EXPECT_THAT(found("a.svg", text), IsEmpty()) << text;
  }
}

TEST(FileKinds, AreNamedToWhoeverFiledAnother) {
  const std::string all = listed_extensions();
  EXPECT_TRUE(all.starts_with("pdf jpg "));
  EXPECT_TRUE(all.ends_with(" scs"));
  EXPECT_FALSE(all.contains("  "));
  EXPECT_FALSE(all.contains("exe"));
}

}  // namespace
}  // namespace heyan::uploads
