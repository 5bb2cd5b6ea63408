// What a file is by its first bytes, against what its name says.
#include "verifier/contents/file_type.h"

#include <gtest/gtest.h>

#include "tests/unit/contents/candidates_fixture.h"

namespace heyan::contents::testing {
namespace {

std::string_view type_of(std::string_view file) { return media_type_of(core::as_bytes(file)); }

TEST(FileType, KnowsRealFiles) {
  EXPECT_EQ(type_of(sample("camera.jpg")), kJpeg);
  EXPECT_EQ(type_of(sample("save1.pdf")), kPdf);
  EXPECT_EQ(type_of(sample("export.zip")), kZip);
  EXPECT_EQ(type_of(sample("export.csv.gz")), kGzip);
  EXPECT_EQ(type_of(sample("export_unix2dos_bom.csv")), kText);
  EXPECT_EQ(type_of(case_file("photo_scene.png")), "image/png");
  EXPECT_EQ(type_of(case_file("webpage_capture.html")), kText);
  EXPECT_EQ(type_of(case_file("chat_log.json")), kText);
}

TEST(FileType, KnowsSignatures) {
  using namespace std::string_view_literals;
  EXPECT_EQ(type_of("RIFF\x10\0\0\0WEBPVP8 "sv), "image/webp");
  EXPECT_EQ(type_of("RIFF\x10\0\0\0WAVEfmt "sv), "audio/wav");
  EXPECT_EQ(type_of("\0\0\0\x18"
                    "ftypheic\0\0"sv),
            "image/heic");
  EXPECT_EQ(type_of("\0\0\0\x18"
                    "ftypqt  \0\0"sv),
            "video/quicktime");
  EXPECT_EQ(type_of("\0\0\0\x18"
                    "ftypisom\0\0"sv),
            "video/mp4");
  EXPECT_EQ(type_of("\x02#!SILK_V3"sv), "audio/silk");
  EXPECT_EQ(type_of("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0"sv), "application/x-ole-storage");
  EXPECT_EQ(type_of("\xef\xbb\xbf%PDF-1.4"sv), kPdf);  // readers accept what stands before
  EXPECT_EQ(type_of("\xff\xfe"
                    "a\0b\0"sv),
            kText);
  EXPECT_EQ(type_of("\xc4\xe3\xba\xc3\r\n"sv), kText);  // GBK
}

TEST(FileType, LeavesTheRestUnknown) {
  using namespace std::string_view_literals;
  EXPECT_EQ(type_of(""), "");
  EXPECT_EQ(type_of("\0abc"sv), "");
  EXPECT_EQ(type_of("abc\0"sv), "");
  EXPECT_EQ(type_of("\xff\xd8"sv), kText);  // cut off: no control characters
  EXPECT_EQ(type_of("XXXX\x10\0\0\0WEBP"sv), "");
  EXPECT_EQ(type_of("\x01\x02\x03"sv), "");
  // Only the head is looked at.
  EXPECT_EQ(type_of(std::string(5000, 'a') + std::string(1, '\0')), kText);
  EXPECT_EQ(type_of(std::string(1025, '\x01') + "%PDF-1.4"), "");
}

struct Row {
  const char* path;
  std::string_view type;
  v1::ExtensionFit fit;
};

TEST(FileType, ComparesWithTheExtension) {
  for (const Row& row : {
           Row{"files/a.jpg", kJpeg, v1::EXTENSION_FIT_YES},
           Row{"a.JPEG", kJpeg, v1::EXTENSION_FIT_YES},
           Row{"合同.docx", kZip, v1::EXTENSION_FIT_YES},
           Row{"a.ofd", kZip, v1::EXTENSION_FIT_YES},
           Row{"a.html", kText, v1::EXTENSION_FIT_YES},
           Row{"a.wps", kZip, v1::EXTENSION_FIT_YES},
           Row{"a.wps", "application/x-ole-storage", v1::EXTENSION_FIT_YES},
           Row{"a.mov", "video/mp4", v1::EXTENSION_FIT_YES},
           Row{"a.png", kJpeg, v1::EXTENSION_FIT_NO},
           Row{"a.pdf", kZip, v1::EXTENSION_FIT_NO},
           Row{"a.jpg", kText, v1::EXTENSION_FIT_NO},
           Row{"a.txt", "application/x-dosexec", v1::EXTENSION_FIT_NO},
           Row{"a.pdf", "", v1::EXTENSION_FIT_NO},
           Row{"a.tar.gz", kText, v1::EXTENSION_FIT_NO},
           Row{"a.mp3", "", v1::EXTENSION_FIT_UNKNOWN},  // may begin with a frame
           Row{"a.txt", "", v1::EXTENSION_FIT_UNKNOWN},  // of an unknown encoding
           Row{"a.docx", "", v1::EXTENSION_FIT_UNKNOWN},
           Row{"a", kJpeg, v1::EXTENSION_FIT_UNKNOWN},
           Row{"a.", kJpeg, v1::EXTENSION_FIT_UNKNOWN},
           Row{".jpg", kPdf, v1::EXTENSION_FIT_UNKNOWN},
           Row{"folder.jpg/a", kPdf, v1::EXTENSION_FIT_UNKNOWN},
           Row{"a.unheard", kJpeg, v1::EXTENSION_FIT_UNKNOWN},
           Row{"a.jpg jpeg", kPdf, v1::EXTENSION_FIT_UNKNOWN},  // the table's own separator
           Row{"", kPdf, v1::EXTENSION_FIT_UNKNOWN},
       }) {
    EXPECT_EQ(compare_extension(row.path, row.type), row.fit) << row.path << " " << row.type;
  }
}

}  // namespace
}  // namespace heyan::contents::testing
