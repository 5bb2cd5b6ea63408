#include "verifier/uploads/upload.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/unit/contents/zip_builder.h"

namespace heyan::uploads {
namespace {

using contents::testing::build_zip;
using contents::testing::deflate_run;
using contents::testing::deflated;
using contents::testing::le16;
using contents::testing::le32;
using contents::testing::Part;

CheckedUpload checked(std::string_view name, std::string_view type, core::ByteView bytes,
                      const UploadRules& rules = {}) {
  const contents::MemorySource source(bytes);
  return *check_upload({.file_name = name, .declared_type = type, .bytes = &source}, rules);
}
CheckedUpload checked(std::string_view name, std::string_view type, std::string_view text,
                      const UploadRules& rules = {}) {
  return checked(name, type, core::as_bytes(text), rules);
}

std::string pdf_of(const std::string& objects) {
  return "%PDF-1.4\n" + objects + "\nxref\ntrailer<</Size 1>>\nstartxref\n0\n%%EOF\n";
}
Marks pdf_marks(const std::string& file) { return checked("a.pdf", "", file).marks; }

std::string png_of(std::uint32_t width, std::uint32_t height) {
  const auto be32 = [](std::uint32_t value) {
    std::string text = le32(value);
    std::ranges::reverse(text);
    return text;
  };
  return "\x89PNG\r\n\x1a\n" + be32(13) + "IHDR" + be32(width) + be32(height) +
         std::string("\x08\x06\0\0\0", 5) + "CRC!" + be32(0) + "IEND" + "CRC!";
}

core::Bytes docx_of(const std::string& relations, const std::string& extra = "word/x.xml") {
  return build_zip({Part{.name = "[Content_Types].xml", .content = "<Types/>"},
                    Part{.name = "word/document.xml", .content = "<w/>"},
                    Part{.name = "word/_rels/document.xml.rels", .content = relations},
                    Part{.name = extra, .content = "x"}});
}
std::string relation(const std::string& attributes) {
  return R"(<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">)"
         R"(<Relationship Id="a" Target="http://there.example/" )" +
         attributes + "/></Relationships>";
}

TEST(Upload, NameTypeAndContentAgree) {
  EXPECT_EQ(checked("a.pdf", "application/pdf", pdf_of("")).judgement, Judgement::kAccept);
  EXPECT_EQ(checked("A.PDF", "Application/PDF; x=y", pdf_of("")).judgement, Judgement::kAccept);
  EXPECT_EQ(checked("a.txt", "", "words").judgement, Judgement::kAccept);
  EXPECT_EQ(checked("a.png", "application/octet-stream", png_of(4, 4)).judgement,
            Judgement::kAccept);
}

TEST(Upload, ContradictionsAreRefused) {
  for (const auto& [name, type, content] :
       std::vector<std::tuple<std::string, std::string, std::string>>{
           {"a.pdf", "application/pdf", "MZ\x90"},
           {"a.pdf", "image/png", pdf_of("")},
           {"a.png", "image/png", pdf_of("")},
           {"a.png", "image/png", "<html></html>"},
           {"a.pdf", "application/pdf", "<html>\n" + pdf_of("")},
           {"a.mp3", "audio/mpeg", "MZ\x90"},
           {"a.docx", "", "words"},
           {"a.pdf", "application/pdf", ""}}) {
    const CheckedUpload found = checked(name, type, content);
    EXPECT_EQ(found.judgement, Judgement::kReject) << name << " " << content;
    EXPECT_TRUE(found.marks.contains(Mark::kTypeMismatch)) << name << " " << content;
    EXPECT_FALSE(found.thumbnail);
  }
}

TEST(Upload, KindsThatAreNotListedAreRefused) {
  for (const std::string name :
       {"a.exe", "a.svg", "a.html", "a.js", "a", "a.", ".pdf x", "a.docm", "a.pdf "}) {
    EXPECT_TRUE(checked(name, "", "words").marks.contains(Mark::kTypeNotAllowed)) << name;
  }
}

TEST(Upload, PagesPosingAsTextAreFlagged) {
  EXPECT_EQ(checked("a.txt", "text/plain", "<!DOCTYPE HTML>").judgement, Judgement::kFlag);
  EXPECT_EQ(checked("a.txt", "text/plain", "<sCRIPT>").media_type, "text/html");
  EXPECT_EQ(checked("a.txt", "text/plain", "a script, described").judgement, Judgement::kAccept);
}

TEST(Upload, ActionsOfAPdfAreFlagged) {
  for (const std::string action : {"/JavaScript", "/JS(x)", "/J#53 (x)", "/Launch", "/AA<<>>",
                                   "/SubmitForm", "/#4aavaScript "}) {
    EXPECT_EQ(pdf_marks(pdf_of("1 0 obj<</A" + action + ">>endobj")), Marks{Mark::kActiveContent})
        << action;
  }
}

TEST(Upload, WordsThatOnlyLookLikeActionsAreNot) {
  for (const std::string text : {"/JSON", "/XJS", "(no JavaScript)", "/AAB", "/js", "/J#5", "/J#zz",
                                 "stream\n/JS \nendstream"}) {
    EXPECT_EQ(pdf_marks(pdf_of("1 0 obj<<" + text + ">>endobj")), Marks{}) << text;
  }
}

TEST(Upload, ObjectStreamsAreLookedInto) {
  // A zlib stream of one stored block.
  const std::string hidden = "<</S/JavaScript>>";
  const auto size = static_cast<std::uint16_t>(hidden.size());
  const std::string packed = std::string("\x78\x01\x01", 3) + le16(size) +
                             le16(static_cast<std::uint16_t>(~size)) + hidden;
  const auto file = [&](const std::string& type) {
    return pdf_of("1 0 obj<</Type" + type + "/Filter/FlateDecode>>stream\r\n" + packed +
                  "\nendstream endobj");
  };
  EXPECT_EQ(pdf_marks(file("/ObjStm")), Marks{Mark::kActiveContent});
  EXPECT_EQ(pdf_marks(file("/XObject")), Marks{});
  // Damaged ones are not followed to the end of the world.
  EXPECT_EQ(pdf_marks(pdf_of("1 0 obj<</Type/ObjStm>>stream\nrubbish\nendstream endobj")), Marks{});
}

TEST(Upload, WhatFollowsAPdfIsFlaggedAndWhatLacksItsEndRefused) {
  EXPECT_EQ(pdf_marks(pdf_of("") + "\r\n"), Marks{});
  EXPECT_EQ(pdf_marks(pdf_of("") + "PK\x03\x04"), Marks{Mark::kTrailingData});
  EXPECT_EQ(pdf_marks("%PDF-1.4\n1 0 obj"), Marks{Mark::kMalformed});
}

TEST(Upload, AnEncryptedPdfIsRefused) {
  EXPECT_EQ(pdf_marks(pdf_of("trailer<</Encrypt 5 0 R>>")), Marks{Mark::kEncrypted});
  EXPECT_EQ(pdf_marks(pdf_of("trailer<</Encrypted 5 0 R>>")), Marks{});
}

TEST(Upload, APictureTooLargeIsTakenAndNotDrawn) {
  const CheckedUpload large = checked("a.png", "image/png", png_of(60'000, 60'000));
  EXPECT_EQ(large.judgement, Judgement::kAccept);
  EXPECT_EQ(large.marks, Marks{Mark::kPixelLimit});
  EXPECT_FALSE(large.thumbnail);
  EXPECT_TRUE(checked("a.png", "image/png", png_of(60, 60)).thumbnail);
}

TEST(Upload, APngEndsWithItsLastChunk) {
  EXPECT_EQ(checked("a.png", "", png_of(1, 1) + "x").marks, Marks{Mark::kTrailingData});
  const std::string whole = png_of(1, 1);
  EXPECT_EQ(checked("a.png", "", whole.substr(0, whole.size() - 1)).marks, Marks{Mark::kMalformed});
  EXPECT_EQ(checked("a.png", "", whole.substr(0, 9)).marks, Marks{Mark::kMalformed});
}

std::string jpeg_of(const std::string& scan) {
  return std::string("\xff\xd8\xff\xc0\0\x0b\x08\0\x10\0\x20\x01\x01\x11\0", 15) +
         std::string("\xff\xda\0\x08\x01\x01\0\0\x3f\0", 10) + scan + "\xff\xd9";
}

TEST(Upload, AJpegEndsWithItsMarker) {
  const auto marks = [](const std::string& file) { return checked("a.jpg", "", file).marks; };
  EXPECT_EQ(marks(jpeg_of("data")), Marks{});
  EXPECT_EQ(marks(jpeg_of(std::string("\xff\0\xff\xd0", 4))), Marks{});
  EXPECT_EQ(marks(jpeg_of("data") + "PK"), Marks{Mark::kTrailingData});
  // What looks like the end within a segment is none.
  EXPECT_EQ(marks(jpeg_of(std::string("x\xff\xfe\0\x06\xff\xd9zz", 9))), Marks{});
  EXPECT_EQ(marks(jpeg_of("data").substr(0, 29)), Marks{});
  UploadRules rules;
  rules.most_pixels = 16 * 32 - 1;
  EXPECT_EQ(checked("a.jpg", "", jpeg_of("x"), rules).marks, Marks{Mark::kPixelLimit});
}

TEST(Upload, DocumentsThatDrawInOthersAreFlagged) {
  const std::string type = R"(Type="http://x/attachedTemplate" )";
  EXPECT_EQ(checked("a.docx", "", docx_of(relation(type + R"(TargetMode="External")"))).marks,
            Marks{Mark::kExternalReference});
  EXPECT_EQ(checked("a.docx", "", docx_of(relation(type + "TargetMode='&#69;xternal'"))).marks,
            Marks{Mark::kExternalReference});
  EXPECT_EQ(checked("a.docx", "", docx_of(relation(type))).marks, Marks{});
  EXPECT_EQ(
      checked("a.docx", "", docx_of(relation(R"(Type="x/hyperlink" TargetMode="External")"))).marks,
      Marks{});
}

TEST(Upload, DocumentsAreWhatTheirNamesSay) {
  const core::Bytes docx = docx_of(relation(""));
  EXPECT_EQ(checked("a.docx", "", docx).media_type,
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document");
  EXPECT_EQ(checked("a.xlsx", "", docx).marks, Marks{Mark::kTypeMismatch});
  EXPECT_EQ(checked("a.docx", "", build_zip({Part{.name = "a.txt", .content = "x"}})).marks,
            Marks{Mark::kTypeMismatch});
  EXPECT_EQ(checked("a.docx", "", docx_of(relation(""), "word/vbaProject.bin")).marks,
            Marks{Mark::kActiveContent});
  EXPECT_TRUE(checked("a.docx", "", docx_of("<!DOCTYPE x><a/>")).marks.contains(Mark::kMalformed));
}

// ---- archives

Marks archive_marks(const std::vector<Part>& parts, const ArchiveRules& rules = {}) {
  return check_archive(contents::MemorySource(build_zip(parts)), rules).marks;
}

TEST(UploadedArchive, PlainFilesAreTaken) {
  const core::Bytes zip = build_zip({Part{.name = "证据/一.pdf", .content = "x"},
                                     Part{.name = "b.docx", .content = "PK\x03\x04"}});
  const Archive found = check_archive(contents::MemorySource(zip), {});
  EXPECT_EQ(found.marks, Marks{});
  EXPECT_EQ(found.members, (std::vector<std::string>{"证据/一.pdf", "b.docx"}));
  EXPECT_EQ(checked("a.zip", "application/zip", zip).judgement, Judgement::kAccept);
}

TEST(UploadedArchive, EachRuleHasItsMark) {
  const Part plain{.name = "a", .content = "x"};
  EXPECT_EQ(archive_marks({plain}, {.allowed = false}), Marks{Mark::kTypeNotAllowed});
  EXPECT_EQ(archive_marks({plain, Part{.name = "b", .content = "y"}}, {.most_entries = 1}),
            Marks{Mark::kEntryLimit});
  EXPECT_EQ(archive_marks({Part{.name = "../a", .content = "x"}}), Marks{Mark::kUnsafeName});
  EXPECT_EQ(archive_marks({Part{.name = std::string("a\0b", 3), .content = "x"}}),
            Marks{Mark::kNulInName});
  EXPECT_EQ(archive_marks({Part{.name = std::string(256, 'a'), .content = "x"}}),
            Marks{Mark::kLongName});
  EXPECT_EQ(archive_marks({Part{.name = "abcd", .content = "x"}}, {.most_name_bytes = 3}),
            Marks{Mark::kLongName});
  EXPECT_EQ(archive_marks({plain, Part{.name = "A", .content = "y"}}), Marks{Mark::kDuplicateName});
  EXPECT_EQ(archive_marks({Part{.name = "a", .content = "x", .flags = 0x0801}}),
            Marks{Mark::kEncrypted});
  EXPECT_EQ(archive_marks({Part{.name = "a", .content = "x", .attributes = 0120777u << 16}}),
            Marks{Mark::kLink});
  EXPECT_EQ(archive_marks({Part{.name = "a", .content = "x", .local_name = "b"}}),
            Marks{Mark::kHeadersDiffer});
  EXPECT_EQ(archive_marks({Part{.name = "a", .content = "xx"}}, {.most_bytes = 1}),
            Marks{Mark::kSizeLimit});
  EXPECT_EQ(archive_marks({Part{.name = "a", .content = "x", .crc = 7}}), Marks{Mark::kMalformed});
}

TEST(UploadedArchive, BeyondALimitTheOtherMarksAreToldToo) {
  Part overlapping{.name = "b", .content = "", .only_in_directory = true};
  overlapping.offset = 0;
  overlapping.size = 4;
  overlapping.packed = 4;
  const std::vector<Part> parts = {Part{.name = "a", .content = "xxxx"}, overlapping};
  EXPECT_EQ(archive_marks(parts), Marks{Mark::kOverlap});
  EXPECT_EQ(archive_marks(parts, {.most_bytes = 5}), (Marks{Mark::kSizeLimit, Mark::kOverlap}));
  EXPECT_EQ(archive_marks(parts, {.most_entries = 1}), (Marks{Mark::kEntryLimit, Mark::kOverlap}));
}

TEST(UploadedArchive, EveryEntryKeepsTheRatio) {
  Part stored{.name = "large", .content = std::string(4096, 'x')};
  EXPECT_EQ(archive_marks({stored, deflated("small", 4096)}, {.most_ratio = 10}),
            Marks{Mark::kRatioLimit});
  EXPECT_EQ(archive_marks({stored, deflated("small", 4096)}, {.most_ratio = 1000}), Marks{});
}

TEST(UploadedArchive, ArchivesWithinCountAgainstTheDepth) {
  const auto nested = [](const core::Bytes& within, const std::string& name) {
    return build_zip({Part{.name = name, .content = core::to_string(within)}});
  };
  const core::Bytes inner = build_zip({Part{.name = "a", .content = "x"}});
  const core::Bytes outer = nested(inner, "b.zip");
  const auto marks = [](const core::Bytes& bytes, std::size_t depth) {
    return check_archive(contents::MemorySource(bytes), {.most_depth = depth}).marks;
  };
  EXPECT_EQ(marks(outer, 1), Marks{Mark::kNestingLimit});
  EXPECT_EQ(marks(outer, 2), Marks{});
  EXPECT_EQ(marks(nested(outer, "c.bin"), 2), Marks{Mark::kNestingLimit});
  const core::Bytes bad = build_zip({Part{.name = "../a", .content = "x"}});
  EXPECT_EQ(marks(nested(bad, "b.zip"), 2), Marks{Mark::kUnsafeName});
  EXPECT_EQ(marks(build_zip({Part{.name = "a.gz", .content = "\x1f\x8b\x08"}}), 2),
            Marks{Mark::kNestingLimit});
}

TEST(UploadedArchive, EntriesOfAllDepthsShareTheLimits) {
  const core::Bytes inner =
      build_zip({Part{.name = "a", .content = "x"}, Part{.name = "b", .content = "y"}});
  const core::Bytes outer = build_zip({Part{.name = "c.zip", .content = core::to_string(inner)}});
  EXPECT_EQ(
      check_archive(contents::MemorySource(outer), {.most_entries = 2, .most_depth = 2}).marks,
      Marks{Mark::kEntryLimit});
}

}  // namespace
}  // namespace heyan::uploads
