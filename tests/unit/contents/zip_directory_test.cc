// Our own look at the directory, without libzip behind it to catch what it lets through.
#include "verifier/contents/zip_directory.h"

#include <gtest/gtest.h>

#include <cstring>

#include "tests/unit/contents/zip_builder.h"

namespace heyan::contents {
namespace {

using testing::build_zip;
using testing::le16;
using testing::le32;
using testing::le64;
using testing::Part;
using testing::Whole;

std::string look(const ByteSource& source) {
  const auto entries = read_directory(source, core::Limits());
  if (!entries) return std::string(core::name(entries.error().error.code));
  std::string list;
  for (const RawEntry& entry : *entries) {
    list +=
        entry.name + ':' + std::to_string(entry.size) + '@' + std::to_string(entry.offset) + ' ';
  }
  return list;
}

std::string look(const core::Bytes& bytes) { return look(MemorySource(bytes)); }

std::string look(const std::vector<Part>& parts, const Whole& whole = {}) {
  return look(build_zip(parts, whole));
}

// The archive with `bytes` written at `offset` behind the last place of `signature`.
std::string patched(const Whole& whole, std::string_view signature, std::size_t offset,
                    std::string_view bytes) {
  core::Bytes archive = build_zip({{.name = "a", .content = "1"}}, whole);
  const std::size_t at = core::as_text(archive).rfind(signature);
  EXPECT_NE(at, std::string_view::npos);
  std::memcpy(archive.data() + at + offset, bytes.data(), bytes.size());
  return look(archive);
}

TEST(ZipDirectory, ReadsEntriesInTheOrderOfTheDirectory) {
  EXPECT_EQ(look({{.name = "a", .content = "1"}, {.name = "b", .content = "22"}}), "a:1@0 b:2@32 ");
  EXPECT_EQ(look({{.name = "a", .content = "1", .only_local = true},
                  {.name = "b", .content = "22"},
                  {.name = "a", .content = "1", .offset = 0, .only_in_directory = true}}),
            "b:2@32 a:1@0 ");
}

TEST(ZipDirectory, HoldsTheDirectoryToItsCountAndSignatures) {
  const std::vector<Part> two = {{.name = "a", .content = "1"}, {.name = "b", .content = "2"}};
  EXPECT_EQ(look(two, {.count = 1}), "malformed");
  EXPECT_EQ(look(two, {.count = 3}), "malformed");
  EXPECT_EQ(look({{.name = "a"}}, {.before_end = "hidden", .directory_size = 47 + 6}), "malformed");
  EXPECT_EQ(patched({}, "PK\1\2", 0, "PK\1\3"), "malformed");
  EXPECT_EQ(patched({}, "PK\3\4", 0, "PK\3\5"), "malformed");
  EXPECT_EQ(patched({}, "PK\1\2", 28, le16(50'000)), "truncated");  // name length
  EXPECT_EQ(patched({}, "PK\1\2", 32, le16(1)), "truncated");       // comment length
}

TEST(ZipDirectory, AppliesZip64ToSaturatedFieldsOnly) {
  const auto zip64 = [](const std::string& values) {
    return le16(1) + le16(values.size()) + values;
  };
  Part part{.name = "a", .content = "12345", .size = 0xffffffff, .packed = 5};
  part.central_extra = zip64(le64(5));
  EXPECT_EQ(look({part}), "a:5@0 ");
  part.packed = 0xffffffff;
  EXPECT_EQ(look({part}), "truncated");
  part.central_extra = zip64(le64(5) + le64(5));
  EXPECT_EQ(look({part}), "a:5@0 ");
  part.offset = 0xffffffff;
  part.central_extra = zip64(le64(5) + le64(5) + le64(0));
  EXPECT_EQ(look({part}), "a:5@0 ");
  part.central_extra = zip64(le64(5) + le64(5) + le64(0)) + zip64(le64(6) + le64(6) + le64(0));
  EXPECT_EQ(look({part}), "duplicate");
  part.central_extra = zip64(le64(5) + le64(5) + le64(~std::uint64_t{0}));
  EXPECT_EQ(look({part}), "malformed");
  part.central_extra = zip64(le64(5) + le64(~std::uint64_t{0} - 3) + le64(0));
  EXPECT_NE(look({part}).substr(0, 2), "a:");
  EXPECT_EQ(look({{.name = "a", .content = "1", .central_extra = le16(1) + le16(9) + "12345678"}}),
            "malformed");
}

TEST(ZipDirectory, HoldsTheZip64RecordsToTheirPlaceAndToOneDisk) {
  const Whole whole{.zip64 = true};
  EXPECT_EQ(patched(whole, "PK\6\7", 0, "PK\6\7"), "a:1@0 ");
  EXPECT_EQ(patched(whole, "PK\6\7", 8, le64(0)), "malformed");  // where the record is
  EXPECT_EQ(patched(whole, "PK\6\6", 0, "PK\6\5"), "malformed");
  EXPECT_EQ(patched(whole, "PK\6\6", 4, le64(45)), "malformed");  // length of the record
  EXPECT_EQ(patched(whole, "PK\6\6", 16, le32(1)), "unsupported");
  EXPECT_EQ(patched(whole, "PK\6\6", 20, le32(1)), "unsupported");
  EXPECT_EQ(patched(whole, "PK\6\6", 24, le64(2)), "unsupported");  // entries here and in all
  EXPECT_EQ(patched(whole, "PK\6\7", 4, le32(1)), "unsupported");
  EXPECT_EQ(patched(whole, "PK\6\7", 16, le32(2)), "unsupported");
}

// A large file of zeros with an end record: nothing of the size that it names is allocated.
class SparseSource final : public ByteSource {
 public:
  SparseSource(std::uint64_t size, std::string tail) : size_(size), tail_(std::move(tail)) {}
  std::uint64_t size() const override { return size_; }
  core::Result<std::size_t> read_at(std::uint64_t offset,
                                    std::span<std::uint8_t> out) const override {
    largest_ = std::max(largest_, out.size());
    for (std::size_t i = 0; i < out.size(); ++i) {
      const std::uint64_t from_end = size_ - offset - i;
      out[i] =
          from_end > tail_.size() ? 0 : static_cast<std::uint8_t>(tail_[tail_.size() - from_end]);
    }
    return out.size();
  }
  std::size_t largest() const { return largest_; }

 private:
  std::uint64_t size_;
  std::string tail_;
  mutable std::size_t largest_ = 0;
};

TEST(ZipDirectory, ALargeDirectoryIsNotRead) {
  constexpr std::uint32_t kDirectory = 70u << 20;
  const std::string end =
      "PK\5\6" + le16(0) + le16(0) + le16(1) + le16(1) + le32(kDirectory) + le32(1 << 20) + le16(0);
  const SparseSource source((1u << 20) + kDirectory + end.size(), end);
  EXPECT_EQ(look(source), "limit");
  EXPECT_LT(source.largest(), 100'000u);
}

class ShrinkingSource final : public ByteSource {
 public:
  explicit ShrinkingSource(const core::Bytes& bytes) : bytes_(bytes) {}
  std::uint64_t size() const override { return bytes_.size(); }
  core::Result<std::size_t> read_at(std::uint64_t, std::span<std::uint8_t>) const override {
    return std::size_t{0};
  }

 private:
  const core::Bytes& bytes_;
};

TEST(ZipDirectory, TellsThatTheArchiveBecameShorter) {
  const core::Bytes bytes = build_zip({{.name = "a", .content = "1"}});
  EXPECT_EQ(look(ShrinkingSource(bytes)), "changed");
}

}  // namespace
}  // namespace heyan::contents
