// Case archives: what opens, and the families of archives that zip readers understand differently.
#include "verifier/contents/zip.h"

#include <gtest/gtest.h>

#include "tests/unit/contents/zip_builder.h"

namespace heyan::contents {
namespace {

using core::ErrorCode;
using testing::build_zip;
using testing::content_of;
using testing::crc32_of;
using testing::deflated;
using testing::le16;
using testing::le32;
using testing::opened;
using testing::Part;
using testing::vector_bytes;

TEST(Zip, ReadsStoredAndDeflatedEntries) {
  const core::Bytes bytes = build_zip({{.name = "case.json", .content = "{}"},
                                       {.name = "files/"},
                                       {.name = "files/证据一.txt", .content = "hello"},
                                       deflated("files/run", 1000),
                                       {.name = "empty"}});
  const MemorySource source(bytes);
  auto archive = ZipArchive::open(source, core::Limits());
  ASSERT_TRUE(archive.has_value()) << archive.error().error.text;
  ASSERT_EQ(archive->entries().size(), 5u);
  EXPECT_TRUE(archive->entries()[1].is_folder);
  EXPECT_EQ(archive->entries()[1].name, "files");
  EXPECT_EQ(archive->entries()[3].size, 1000u);
  EXPECT_EQ(content_of(*archive, "case.json"), "{}");
  EXPECT_EQ(content_of(*archive, "files/证据一.txt"), "hello");
  EXPECT_EQ(content_of(*archive, "files/run"), std::string(1000, 'a'));
  EXPECT_EQ(content_of(*archive, "empty"), "");
  EXPECT_EQ(content_of(*archive, "files"), "not there");
  const auto ignore = [](core::ByteView) -> core::Result<void> { return {}; };
  EXPECT_EQ(archive->read(1, ignore).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(content_of(*archive, "CASE.json"), "not there");
  EXPECT_EQ(content_of(*archive, "files/run"), std::string(1000, 'a'));
}

TEST(Zip, ReadsInChunksAndStopsWhereTheSinkStops) {
  const core::Bytes bytes =
      build_zip({deflated("big", 1'000'000), {.name = "pad", .content = std::string(9000, 'x')}});
  const MemorySource source(bytes);
  auto archive = ZipArchive::open(source, core::Limits());
  ASSERT_TRUE(archive.has_value()) << archive.error().error.text;
  std::size_t largest = 0;
  std::size_t calls = 0;
  ASSERT_TRUE(archive->read(0, [&](core::ByteView chunk) -> core::Result<void> {
    largest = std::max(largest, chunk.size());
    ++calls;
    return {};
  }));
  EXPECT_GT(calls, 10u);
  EXPECT_LE(largest, 65536u);
  const auto stopped = archive->read(0, [](core::ByteView) -> core::Result<void> {
    return core::fail(ErrorCode::kLimit, "enough");
  });
  EXPECT_EQ(stopped.error().text, "enough");
  EXPECT_EQ(archive->read(2, [](core::ByteView) -> core::Result<void> { return {}; }).error().code,
            ErrorCode::kNotFound);
}

TEST(Zip, AcceptsWhatOrdinaryWritersWrite) {
  EXPECT_EQ(opened(std::vector<Part>{}), "ok");
  EXPECT_EQ(opened({{.name = "a", .content = "1"}}, {.comment = "made by a court clerk"}), "ok");
  EXPECT_EQ(opened({{.name = "a", .content = "1"}}, {.zip64 = true}), "ok");
  EXPECT_EQ(opened({{.name = "a", .content = "1", .attributes = 0100644u << 16}}), "ok");
  EXPECT_EQ(opened({{.name = "d/", .attributes = 040755u << 16 | 0x10}}), "ok");
  // Info-ZIP's extended timestamp, in both headers.
  const std::string extra = "UT" + le16(5) + "\1" + le32(1'700'000'000);
  EXPECT_EQ(opened({{.name = "a", .content = "1", .central_extra = extra, .local_extra = extra}}),
            "ok");
}

TEST(ZipVectors, ThirdPartyArchivesOpenOrAreRefused) {
  EXPECT_EQ(opened(vector_bytes("courts/upload/zip-ok.zip")), "ok");
  EXPECT_EQ(opened(vector_bytes("courts/asic/zip-not-asic.zip")), "ok");
  EXPECT_EQ(opened(vector_bytes("courts/asic/own-e-ok-chinese.asice")), "ok");
  EXPECT_EQ(opened(vector_bytes("courts/asic/xades-e-ok-testpki.asice")), "ok");
  EXPECT_EQ(opened(vector_bytes("courts/asic/xades-e-ok-onefile.asice")), "ok");
  EXPECT_EQ(opened(vector_bytes("captures/wacz-real/pywacz-valid_signed_example_1.wacz")), "ok");
  EXPECT_EQ(opened(vector_bytes("captures/wacz-real/pywacz-valid_example_1-v1.0.0.wacz")), "ok");
  EXPECT_EQ(opened(vector_bytes("captures/wacz-tampered/s-t22-archive-deflated-in-zip.wacz")),
            "ok");
  for (const std::string file :
       {"courts/upload/zip-abs.zip", "courts/upload/zip-encrypted.zip",
        "courts/upload/zip-longname.zip", "courts/upload/zip-name-mismatch.zip",
        "courts/upload/zip-slip.zip", "courts/upload/zipbomb-flat.zip",
        "courts/asic/zip-bad-dotdot.asice", "courts/asic/own-e-bad-dupentry.asice",
        "captures/wacz-tampered/s-t18-zip-duplicate-entry.wacz",
        "captures/wacz-tampered/s-t19-zip-path-traversal.wacz",
        "captures/wacz-tampered/s-t20-zip-local-name-differs.wacz",
        "captures/wacz-tampered/s-t21-zip-truncated.wacz"}) {
    const core::Bytes bytes = vector_bytes(file);
    ASSERT_FALSE(bytes.empty()) << file;
    EXPECT_NE(opened(bytes), "ok") << file;
  }
}

TEST(ZipNames, RefusesNamesThatLeaveTheFolder) {
  for (const std::string name :
       {"../a",       "a/../b", "/a",  "/",    "a//b",      "./a",
        "a/./b",      "a/..",   "..",  ".",    "",          "a\\b",
        "..\\a",      "C:/a",   "c:a", "a\nb", "a\x1b[31m", "a\xe2\x80\xaez",
        "a/../../b/", "//a",    "a//"}) {
    EXPECT_NE(opened({{.name = name}}), "ok") << ::testing::PrintToString(name);
  }
  EXPECT_EQ(opened({{.name = "../a"}}), "malformed ../a");
  EXPECT_EQ(opened({{.name = "a\x1b[31m"}}), "malformed a⟨U+001B⟩[31m");
  EXPECT_NE(opened({{.name = std::string(256, 'a')}}), "ok");
  EXPECT_EQ(opened({{.name = std::string(255, 'a')}}), "ok");
}

TEST(ZipNames, RefusesNamesThatReadersDecodeDifferently) {
  EXPECT_EQ(opened({{.name = "\xd6\xa4\xbe\xdd.txt", .flags = 0}}).substr(0, 11),
            "unsupported");  // GBK
  EXPECT_NE(opened({{.name = std::string("a\0.txt", 6)}}), "ok");
  EXPECT_NE(opened({{.name = "\xff"}}), "ok");
  // Info-ZIP Unicode Path (0x7075): another name in an extra field, which libzip believes and
  // others do not.
  const std::string path = "\x01" + le32(crc32_of("a.txt")) + "b.txt";
  const std::string extra = "up" + le16(path.size()) + path;
  EXPECT_EQ(opened({{.name = "a.txt",
                     .content = "1",
                     .flags = 0,
                     .central_extra = extra,
                     .local_extra = extra}}),
            "malformed a.txt");
}

TEST(ZipNames, RefusesDuplicates) {
  EXPECT_EQ(opened({{.name = "a"}, {.name = "a"}}), "duplicate a");
  EXPECT_EQ(opened({{.name = "a"}, {.name = "A"}}), "duplicate A");
  EXPECT_EQ(opened({{.name = "files/X.pdf"}, {.name = "FILES/x.PDF"}}), "duplicate FILES/x.PDF");
  EXPECT_EQ(opened({{.name = "a/"}, {.name = "a"}}), "duplicate a");
  EXPECT_EQ(opened({{.name = "a"}, {.name = "a/b"}}), "duplicate a/b");
  EXPECT_EQ(opened({{.name = "a/b/c"}, {.name = "a/B"}}), "duplicate a/b/c");
  EXPECT_EQ(opened({{.name = "a/"}, {.name = "a/b"}, {.name = "a.b"}}), "ok");
}

TEST(ZipKinds, RefusesWhatIsNoPlainFileOrFolder) {
  const auto mode = [](std::uint32_t bits) {
    return std::vector<Part>{{.name = "a", .content = "/etc/passwd", .attributes = bits << 16}};
  };
  EXPECT_EQ(opened(mode(0120777)), "unsupported a");  // symbolic link
  EXPECT_EQ(opened(mode(0010644)), "unsupported a");  // pipe
  EXPECT_EQ(opened(mode(0020644)), "unsupported a");  // device
  EXPECT_EQ(opened(mode(0140644)), "unsupported a");  // socket
  EXPECT_EQ(opened(mode(0040755)), "unsupported a");  // a folder without "/"
  EXPECT_EQ(opened({{.name = "a/", .attributes = 0120777u << 16}}), "unsupported a/");
  EXPECT_EQ(opened({{.name = "a", .attributes = 0x400}}), "unsupported a");
  EXPECT_EQ(opened({{.name = "a/", .content = "x"}}), "malformed a/");
}

TEST(ZipKinds, RefusesEncryptionAndOtherMethods) {
  EXPECT_EQ(opened({{.name = "a", .content = "x", .flags = 0x0801}}), "unsupported a");
  EXPECT_EQ(opened({{.name = "a", .content = "x", .flags = 0x0840}}), "unsupported a");
  EXPECT_EQ(opened({{.name = "a", .content = "x", .flags = 0x2800}}), "unsupported a");
  EXPECT_EQ(opened({{.name = "a", .content = "x", .flags = 0x0820}}), "unsupported a");
  for (const std::uint16_t method : {1, 6, 9, 12, 14, 93, 95, 98, 99, 65535}) {
    EXPECT_EQ(opened({{.name = "a", .content = "x", .method = method}}), "unsupported a") << method;
  }
}

TEST(ZipLimits, RefusesTooMuch) {
  core::Limits limits;
  limits.zip_entries = 2;
  EXPECT_EQ(opened({{.name = "a"}, {.name = "b"}}, {}, limits), "ok");
  EXPECT_EQ(opened({{.name = "a"}, {.name = "b"}, {.name = "c"}}, {}, limits), "limit");
  limits = {};
  limits.zip_inflated_bytes = 10;
  EXPECT_EQ(
      opened({{.name = "a", .content = "12345"}, {.name = "b", .content = "12345"}}, {}, limits),
      "ok");
  EXPECT_EQ(
      opened({{.name = "a", .content = "12345"}, {.name = "b", .content = "123456"}}, {}, limits),
      "limit");
  limits = {};
  limits.file_bytes = 5;
  EXPECT_EQ(opened({{.name = "a", .content = "123456"}}, {}, limits), "limit a");
}

TEST(ZipLimits, RefusesBombsByRatioAndByWhatInflates) {
  // Fixed Huffman codes reach 159; 100 is what is allowed where nothing else is said.
  EXPECT_EQ(opened({deflated("bomb", 1'000'000)}), "limit");
  EXPECT_EQ(opened({deflated("fine", 10'000)}), "ok");
  // Declared small, inflates large: caught while reading, after at most one chunk too many.
  Part liar = deflated("liar", 1'000'000);
  liar.size = 1000;
  EXPECT_EQ(content_of({liar}, "liar"), "error malformed");
}

TEST(ZipContent, RefusesContentThatIsNotWhatTheHeadersSay) {
  EXPECT_EQ(content_of({{.name = "a", .content = "hello", .crc = 1}}, "a"), "error malformed");
  Part shorter = deflated("a", 100);
  shorter.size = 200;
  EXPECT_NE(content_of({shorter}, "a").substr(0, 3), "aaa");
  Part longer = deflated("a", 100);
  longer.size = 99;
  EXPECT_EQ(content_of({longer}, "a").substr(0, 5), "error");
  Part cut = deflated("a", 3000);
  cut.content.resize(cut.content.size() - 3);
  EXPECT_EQ(content_of({cut}, "a").substr(0, 5), "error");
  Part damaged = deflated("a", 3000);
  damaged.content[0] = 7;  // reserved block type
  EXPECT_EQ(content_of({damaged}, "a").substr(0, 5), "error");
  EXPECT_NE(opened({{.name = "a", .content = "hello", .size = 6}}), "ok");
  EXPECT_NE(opened({{.name = "a", .content = "hello", .size = 6, .packed = 6}}), "ok");
}

class FailingSource final : public ByteSource {
 public:
  explicit FailingSource(const core::Bytes& bytes, std::uint64_t from)
      : bytes_(bytes), from_(from) {}
  std::uint64_t size() const override { return bytes_.size(); }
  core::Result<std::size_t> read_at(std::uint64_t offset,
                                    std::span<std::uint8_t> out) const override {
    if (calls_++ >= from_) return core::fail(ErrorCode::kIo, "the disk is gone");
    return MemorySource(bytes_).read_at(offset, out.first(std::min<std::size_t>(out.size(), 7)));
  }

 private:
  const core::Bytes& bytes_;
  std::uint64_t from_;
  mutable std::uint64_t calls_ = 0;
};

// Short reads are gathered; a failing source is told as what it is, whenever it fails.
TEST(ZipSource, TellsErrorsOfTheSource) {
  const core::Bytes bytes = build_zip({deflated("a", 3000)});
  bool read_to_the_end = false;
  for (std::uint64_t from = 0; from < 1000 && !read_to_the_end; ++from) {
    const FailingSource source(bytes, from);
    auto archive = ZipArchive::open(source, core::Limits());
    const auto result =
        archive ? archive->read(0, [](core::ByteView) -> core::Result<void> { return {}; })
                : core::Result<void>(std::unexpected(archive.error().error));
    read_to_the_end = result.has_value();
    if (!read_to_the_end) {
      EXPECT_EQ(result.error().text, "the disk is gone") << from;
    }
  }
  EXPECT_TRUE(read_to_the_end);
}

std::string root_of(const std::vector<ZipEntry>& entries) {
  const auto root = find_case_root(entries);
  return root ? *root : "none";
}

TEST(ZipRoot, FindsCaseJsonAtTheRootOrInTheOnlyFolder) {
  EXPECT_EQ(root_of({{.name = "case.json"}, {.name = "files/a"}}), "");
  EXPECT_EQ(root_of({{.name = "x/case.json"}, {.name = "case.json"}}), "");
  EXPECT_EQ(
      root_of({{.name = "x", .is_folder = true}, {.name = "x/case.json"}, {.name = "x/files/a"}}),
      "x/");
  EXPECT_EQ(root_of({{.name = "一案/case.json"}, {.name = "__MACOSX/一案/._case.json"}}), "一案/");
}

TEST(ZipRoot, FindsNothingWhereMoreThanOnePlaceIsPossible) {
  EXPECT_EQ(root_of({}), "none");
  EXPECT_EQ(root_of({{.name = "x/case.json"}, {.name = "y/case.json"}}), "none");
  EXPECT_EQ(root_of({{.name = "x/case.json"}, {.name = "readme.txt"}}), "none");
  EXPECT_EQ(root_of({{.name = "readme.txt"}, {.name = "x/case.json"}}), "none");
  EXPECT_EQ(root_of({{.name = "x/case.json"}, {.name = "y", .is_folder = true}}), "none");
  EXPECT_EQ(root_of({{.name = "x/y/case.json"}}), "none");
  EXPECT_EQ(root_of({{.name = "case.json", .is_folder = true}}), "none");
  EXPECT_EQ(root_of({{.name = "x/case.json", .is_folder = true}}), "none");
  EXPECT_EQ(root_of({{.name = "x/Case.json"}}), "none");
  EXPECT_EQ(root_of({{.name = "xcase.json"}}), "none");
  EXPECT_EQ(root_of({{.name = "__MACOSX/case.json"}}), "none");
}

}  // namespace
}  // namespace heyan::contents
