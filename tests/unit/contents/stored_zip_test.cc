// Archives without compression: one form, and no other.
#include "verifier/contents/stored_zip.h"

#include <gtest/gtest.h>

#include "tests/unit/contents/zip_builder.h"
#include "verifier/crypto/digest.h"

namespace heyan::contents {
namespace {

using Files = std::vector<std::pair<std::string, std::string>>;

core::Result<std::string> zipped(const Files& files) {
  std::vector<StoredFile> list;
  for (const auto& [name, content] : files) list.push_back({name, core::as_bytes(content)});
  return write_stored_zip(list);
}
std::string refusal(const Files& files) {
  const auto archive = zipped(files);
  return archive ? "written" : std::string(core::name(archive.error().code));
}
const Files kFiles = {{"a.txt", "one"}, {"b/c.txt", ""}, {"说明.txt", "two"}};

TEST(StoredZip, IsReadAsItWasWritten) {
  const std::string archive = zipped(kFiles).value();
  const auto files = read_stored_zip(core::as_bytes(archive), {});
  ASSERT_TRUE(files.has_value());
  ASSERT_EQ(files->size(), 3u);
  for (std::size_t i = 0; i < kFiles.size(); ++i) {
    EXPECT_EQ((*files)[i].name, kFiles[i].first);
    EXPECT_EQ(core::to_string((*files)[i].content), kFiles[i].second);
  }
}

TEST(StoredZip, OtherReadersReadIt) {
  const std::string archive = zipped(kFiles).value();
  EXPECT_EQ(testing::opened(core::to_bytes(archive)), "ok");
  const MemorySource source(core::as_bytes(archive));
  auto zip = ZipArchive::open(source, {});
  ASSERT_TRUE(zip.has_value());
  for (const auto& [name, content] : kFiles) EXPECT_EQ(testing::content_of(*zip, name), content);
}

TEST(StoredZip, ItsBytesAreFixed) {
  EXPECT_EQ(core::to_hex(crypto::sha256(core::as_bytes(zipped(kFiles).value()))),
            "330097ea00efea6418e66dd5a9ac5fd47a65f3d351959e76a4d20a2236044d91");
  EXPECT_EQ(zipped({}).value().size(), 22u);
}

TEST(StoredZip, RefusesToWriteNamesThatNobodyWouldRead) {
  EXPECT_EQ(refusal({{"../a", ""}}), "malformed");
  EXPECT_EQ(refusal({{"/a", ""}}), "malformed");
  EXPECT_EQ(refusal({{"", ""}}), "malformed");
  EXPECT_EQ(refusal({{"a\n", ""}}), "malformed");
  EXPECT_EQ(refusal({{"a", ""}, {"a", ""}}), "duplicate");
  EXPECT_EQ(refusal({{"A", ""}, {"a", ""}}), "duplicate");
  EXPECT_EQ(refusal({{"a", ""}, {"a/b", ""}}), "duplicate");
  EXPECT_EQ(refusal({{"\xff", ""}}), "unsupported");
}

TEST(StoredZip, AnyChangedMissingOrAddedByteIsNoticed) {
  const std::string archive = zipped(kFiles).value();
  const auto reads = [](std::string_view bytes) {
    return read_stored_zip(core::as_bytes(bytes), {}).has_value();
  };
  ASSERT_TRUE(reads(archive));
  for (std::size_t i = 0; i < archive.size(); ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string changed = archive;
      changed[i] = static_cast<char>(changed[i] ^ 1 << bit);
      EXPECT_FALSE(reads(changed)) << i << " " << bit;
    }
    EXPECT_FALSE(reads(std::string_view(archive).substr(0, i))) << i;
    EXPECT_FALSE(reads(std::string(archive).insert(i, 1, 'x'))) << i;
  }
  EXPECT_FALSE(reads(archive + "x"));
}

TEST(StoredZip, OtherFormsOfTheSameFilesAreRefused) {
  const auto refused = [](const testing::Part& part, const testing::Whole& whole = {}) {
    const core::Bytes bytes = testing::build_zip({part}, whole);
    return !read_stored_zip(bytes, {}).has_value();
  };
  EXPECT_TRUE(refused({.name = "a", .content = "1"}));
  EXPECT_TRUE(refused({.name = "a", .content = "1"}, {.comment = "x"}));
  EXPECT_TRUE(refused({.name = "a", .content = "1"}, {.zip64 = true}));
  EXPECT_TRUE(refused({.name = "a/"}));
  EXPECT_TRUE(refused(testing::deflated("a", 10)));
  EXPECT_TRUE(refused({.name = "a", .content = "1", .flags = 0x0801}));
  EXPECT_TRUE(refused({.name = "a", .content = "1", .local_name = ""}));  // reaches past the end
}

TEST(StoredZip, HasLimits) {
  const std::string archive = zipped(kFiles).value();
  EXPECT_FALSE(read_stored_zip(core::as_bytes(archive), {.zip_entries = 2}).has_value());
  EXPECT_FALSE(read_stored_zip(core::as_bytes(archive), {.zip_inflated_bytes = 5}).has_value());
  EXPECT_TRUE(read_stored_zip(core::as_bytes(archive), {.zip_inflated_bytes = 6}).has_value());
}

}  // namespace
}  // namespace heyan::contents
