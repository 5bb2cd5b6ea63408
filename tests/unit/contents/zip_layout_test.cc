// Archives whose headers lie about where things are, and archives with single bytes changed.
#include <gtest/gtest.h>

#include "tests/unit/contents/zip_builder.h"

namespace heyan::contents {
namespace {

using testing::build_zip;
using testing::content_of;
using testing::crc32_of;
using testing::deflated;
using testing::le16;
using testing::le32;
using testing::le64;
using testing::opened;
using testing::Part;

TEST(ZipLayout, RefusesBytesThatNoEntryOwns) {
  const Part a{.name = "a", .content = "1"};
  EXPECT_EQ(opened({a}, {.trailing = "x"}), "malformed");
  EXPECT_EQ(opened({{.name = "a", .content = "1", .before = "MZ"}}), "malformed");
  EXPECT_EQ(opened({a, {.name = "b", .content = "2", .before = "hidden"}}), "malformed a");
  EXPECT_EQ(opened({a}, {.before_directory = "hidden"}), "malformed a");
  EXPECT_EQ(opened({a}, {.before_end = "hidden"}), "malformed");
  EXPECT_EQ(opened(std::vector<Part>{}, {.before_directory = "hidden"}), "malformed");
  // An entry that the directory does not name.
  EXPECT_EQ(opened({a, {.name = "b", .content = "2", .only_local = true}}), "malformed a");
  EXPECT_EQ(opened({{.name = "b", .content = "2", .only_local = true}, a}), "malformed");
}

TEST(ZipLayout, RefusesEntriesThatShareBytes) {
  EXPECT_NE(opened({{.name = "a", .content = "1"},
                    {.name = "b", .offset = 0, .only_in_directory = true}}),
            "ok");
  EXPECT_NE(opened({{.name = "a", .content = "12345"},
                    {.name = "a2", .content = "12345", .offset = 0, .only_in_directory = true}}),
            "ok");
  EXPECT_NE(opened({{.name = "a", .content = "1", .size = 100, .packed = 100}}), "ok");
  EXPECT_NE(opened({{.name = "a", .content = "1", .offset = 5}}), "ok");
  EXPECT_NE(opened({{.name = "a", .content = "1", .offset = 0xfffffff0}}), "ok");
}

TEST(ZipLayout, AcceptsDataDescriptorsOfEveryLengthAndNothingElseThere) {
  const std::string sizes = le32(crc32_of("12345")) + le32(5) + le32(5);
  const auto with = [](std::string after) {
    return std::vector<Part>{
        {.name = "a", .content = "12345", .flags = 0x0808, .after = std::move(after)}};
  };
  EXPECT_EQ(opened(with("PK\7\10" + sizes)), "ok");
  EXPECT_EQ(opened(with(sizes)), "ok");
  EXPECT_NE(opened(with("")), "ok");
  EXPECT_NE(opened(with("PK\7\10" + sizes + "x")), "ok");
  EXPECT_NE(opened({{.name = "a", .content = "12345", .after = "PK\7\10" + sizes}}), "ok");
}

TEST(ZipHeaders, RefusesHeadersThatContradictEachOther) {
  EXPECT_NE(opened({{.name = "a.exe", .content = "1", .local_name = "a.pdf"}}), "ok");
  EXPECT_NE(opened({{.name = "a", .content = "1"}}, {.count = 2}), "ok");
  EXPECT_NE(opened({{.name = "a", .content = "1"}, {.name = "b"}}, {.count = 1}), "ok");
  EXPECT_NE(opened({{.name = "a", .content = "1"}}, {.directory_offset = 0}), "ok");
  EXPECT_NE(opened({{.name = "a", .content = "1"}}, {.directory_size = 10}), "ok");
  EXPECT_NE(opened({{.name = "a", .central_extra = "\1"}}), "ok");
  EXPECT_NE(opened({{.name = "a", .central_extra = le16(1) + "\xff\xff"}}), "ok");
}

TEST(ZipHeaders, RefusesAZip64RecordThatContradictsTheEndRecord) {
  EXPECT_EQ(opened({{.name = "a"}}, {.zip64 = true}), "ok");
  EXPECT_EQ(opened({{.name = "a"}}, {.count = 0xffff, .zip64 = true}), "ok");
  EXPECT_EQ(opened({{.name = "a"}}, {.directory_offset = 0xffffffff, .zip64 = true}), "ok");
  EXPECT_EQ(opened({{.name = "a"}}, {.count = 2, .zip64 = true}), "malformed");
  EXPECT_EQ(opened({{.name = "a"}}, {.directory_offset = 0, .zip64 = true}), "malformed");
  EXPECT_EQ(opened({{.name = "a"}}, {.directory_size = 0, .zip64 = true}), "malformed");
}

TEST(ZipHeaders, RefusesSeveralDisks) {
  EXPECT_EQ(opened({{.name = "a"}}, {.disk = 1}), "unsupported");
  EXPECT_EQ(opened({{.name = "a"}}, {.count_here = 0}), "unsupported");
  EXPECT_EQ(opened({{.name = "a", .disk = 1}}), "unsupported");
}

// Two directories in one file: which one a reader takes depends on where it looks.
TEST(ZipHeaders, RefusesASecondDirectory) {
  const std::string inner = core::to_string(build_zip({{.name = "b", .content = "other"}}));
  EXPECT_EQ(opened({{.name = "a", .content = "1"}}, {.comment = inner}), "malformed");
  EXPECT_EQ(
      opened({{.name = "a", .content = "1"}}, {.comment = "PK\5\6 and more than twenty-two bytes"}),
      "malformed");
  // An end record in an entry's comment whose own comment reaches to the end of the file.
  std::string end = "PK\5\6" + le16(0) + le16(0) + le16(0) + le16(0) + le32(0) + le32(0) + le16(22);
  EXPECT_EQ(opened({{.name = "a", .content = "1", .comment = end}}), "malformed");
  // A Zip64 locator in the last entry's comment, right before an end record that does not ask for
  // one.
  EXPECT_NE(
      opened({{.name = "a", .content = "1", .comment = "PK\6\7" + le32(0) + le64(0) + le32(1)}}),
      "ok");
  // A zip within a zip, stored, is a file like any other.
  EXPECT_EQ(opened({{.name = "inner.zip", .content = inner}}), "ok");
}

TEST(ZipHeaders, RefusesWhatIsNoArchive) {
  EXPECT_EQ(opened(core::Bytes()), "malformed");
  EXPECT_EQ(opened(core::to_bytes("PK")), "malformed");
  EXPECT_EQ(opened(core::Bytes(1000, 0)), "malformed");
  EXPECT_EQ(opened(core::Bytes(200'000, 'P')), "malformed");
}

// Every prefix of an archive is refused, and every single changed byte is either refused or read
// without harm.
TEST(ZipHeaders, SurvivesEveryCutAndEveryChangedByte) {
  const core::Bytes whole =
      build_zip({{.name = "case.json", .content = "{}"}, deflated("d/run", 600)}, {.zip64 = true});
  ASSERT_EQ(opened(whole), "ok");
  for (std::size_t length = 0; length < whole.size(); ++length) {
    EXPECT_NE(
        opened(core::Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(length))),
        "ok");
  }
  for (std::size_t at = 0; at < whole.size(); ++at) {
    core::Bytes changed = whole;
    changed[at] ^= 0x81;
    const MemorySource source(changed);
    auto archive = ZipArchive::open(source, core::Limits());
    if (!archive) continue;
    for (const ZipEntry& entry : archive->entries()) {
      const std::string content = content_of(*archive, entry.name);
      EXPECT_TRUE(content == "{}" || content == std::string(600, 'a') ||
                  content.starts_with("error"))
          << at;
    }
  }
}

}  // namespace
}  // namespace heyan::contents
