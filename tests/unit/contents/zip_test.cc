// Case archives: what opens, and the families of archives that zip readers understand differently.
#include "verifier/contents/zip.h"

#include <gtest/gtest.h>

#include "tests/unit/contents/zip_builder.h"

namespace heyan::contents {
namespace {

using core::ErrorCode;
using testing::build_zip;
using testing::crc32_of;
using testing::le16;
using testing::le32;
using testing::le64;
using testing::Part;
using testing::vector_bytes;
using testing::Whole;

// "ok", or code and entry of the fault.
std::string opened(const core::Bytes& bytes, const core::Limits& limits = {}) {
  const MemorySource source(bytes);
  const auto archive = ZipArchive::open(source, limits);
  if (archive) return "ok";
  EXPECT_FALSE(archive.error().error.text.empty());
  return std::string(name(archive.error().error.code)) +
         (archive.error().entry.empty() ? "" : " " + archive.error().entry);
}

std::string opened(const std::vector<Part>& parts, const Whole& whole = {},
                   const core::Limits& limits = {}) {
  return opened(build_zip(parts, whole), limits);
}

std::string content_of(ZipArchive& archive, std::string_view name) {
  const auto index = archive.find(name);
  if (!index) return "not there";
  std::string content;
  const auto result = archive.read(*index, [&](core::ByteView chunk) -> core::Result<void> {
    content += core::as_text(chunk);
    return {};
  });
  return result ? content : "error " + std::string(core::name(result.error().code));
}

std::string content_of(const std::vector<Part>& parts, std::string_view name) {
  const core::Bytes bytes = build_zip(parts);
  const MemorySource source(bytes);
  auto archive = ZipArchive::open(source, core::Limits());
  return archive ? content_of(*archive, name) : "did not open";
}

Part deflated(std::string name, std::uint64_t count) {
  return {.name = std::move(name),
          .content = testing::deflate_run(count),
          .method = 8,
          .size = static_cast<std::uint32_t>(count),
          .crc = crc32_of(std::string(count, 'a'))};
}

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
  for (const std::string name : {"../a",
                                 "a/../b",
                                 "/a",
                                 "/",
                                 "a//b",
                                 "./a",
                                 "a/./b",
                                 "a/..",
                                 "..",
                                 ".",
                                 "",
                                 "a\\b",
                                 "..\\a",
                                 "C:/a",
                                 "c:a",
                                 "a\nb",
                                 "a\x1b[31m",
                                 "a\xe2\x80\xae"
                                 "b",
                                 "a/../../b/",
                                 "//a",
                                 "a//"}) {
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
  EXPECT_EQ(opened({{.name = "a", .content = "x", .flags = 0x0841}}), "unsupported a");
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
  core::Limits limits;
  limits.zip_ratio = 100;  // fixed Huffman codes reach 159
  EXPECT_EQ(opened({deflated("bomb", 1'000'000)}, {}, limits), "limit");
  EXPECT_EQ(opened({deflated("fine", 10'000)}, {}, limits), "ok");
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
  EXPECT_NE(opened({{.name = "a", .central_extra = "\1\0\xff\xff"}}), "ok");
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
