// What lies in zip archives and gzip files, and the notations of a whole file.
#include "verifier/contents/packed.h"

#include <gmock/gmock.h>

#include "tests/unit/contents/candidates_fixture.h"
#include "tests/unit/contents/zip_builder.h"
#include "verifier/contents/encodings.h"

namespace heyan::contents::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Reproduced entry(std::uint64_t number, std::size_t size) {
  return {.changes = {v1::CHANGE_TAKEN_FROM_ARCHIVE}, .number = number, .size = size};
}

core::Result<void> unpack(std::string_view file, bool gzip, Candidates& candidates) {
  const StingySource source(file, 100);
  return gzip ? add_gzip_content(source, candidates)
              : add_zip_entries(source, core::Limits(), candidates);
}
std::vector<Reproduced> from(std::string_view file, bool gzip, std::string_view recorded) {
  Candidates candidates(kSha256, kPlenty);
  if (!unpack(file, gzip, candidates)) return {};
  return reproducing(std::move(candidates).take(), recorded);
}

TEST(Packed, FindsTheEntryOfARealArchive) {
  const std::string csv = case_file("order_export.csv");
  const std::string text = case_file("statement_zh.txt");
  EXPECT_THAT(from(sample("export.zip"), false, csv), ElementsAre(entry(2, csv.size())));
  EXPECT_THAT(from(sample("export.zip"), false, text), ElementsAre(entry(1, text.size())));
  EXPECT_THAT(from(sample("export.csv.gz"), true, csv), ElementsAre(entry(1, csv.size())));
}

TEST(Packed, ExplainsNothingElse) {
  const std::string csv = case_file("order_export.csv");
  EXPECT_THAT(from(sample("export.zip"), false, sample("export.zip")), IsEmpty());
  EXPECT_THAT(from(sample("export.zip"), false, csv + "x"), IsEmpty());
  EXPECT_THAT(from(sample("export.csv.gz"), true, csv.substr(1)), IsEmpty());
  EXPECT_THAT(from(csv, false, csv), IsEmpty());
  EXPECT_THAT(from(csv, true, csv), IsEmpty());
}

TEST(Packed, BelievesNoDamagedGzip) {
  const std::string good = sample("export.csv.gz");
  const std::string csv = case_file("order_export.csv");
  for (std::size_t size = 0; size < good.size(); ++size) {
    EXPECT_THAT(from(good.substr(0, size), true, csv), IsEmpty()) << size;
  }
  for (std::size_t i = 10; i < good.size(); ++i) {
    std::string changed = good;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_THAT(from(changed, true, csv), IsEmpty()) << i;
  }
  EXPECT_THAT(from(good + "x", true, csv), IsEmpty());
  EXPECT_THAT(from(good + good, true, csv), IsEmpty());
}

TEST(Packed, BelievesNoDamagedZip) {
  std::string bad = sample("export.zip");
  bad[60] = static_cast<char>(bad[60] ^ 1);
  EXPECT_THAT(from(bad, false, case_file("order_export.csv")), IsEmpty());
}

// 1 MiB that is stored in 7 KiB, in an archive that stores enough to be within Limits::zip_ratio.
TEST(Packed, StopsAtItsBudget) {
  const core::Bytes zip = build_zip({deflated("a", 1u << 20),
                                     {.name = "b", .content = std::string(8000, 'b')},
                                     deflated("c", 1000)});
  Candidates candidates(kSha256, 100'000);
  ASSERT_TRUE(unpack(core::as_text(zip), false, candidates).has_value());
  EXPECT_TRUE(candidates.exhausted());
  EXPECT_EQ(std::move(candidates).take().size(), 2);  // the small ones
  Candidates little(kSha256, 300);
  ASSERT_TRUE(unpack(sample("export.csv.gz"), true, little).has_value());
  EXPECT_TRUE(little.exhausted());
  EXPECT_THAT(std::move(little).take(), IsEmpty());
}

TEST(Packed, NamesNoMoreEntriesThanItMay) {
  std::vector<Part> parts;
  for (int i = 0; i < 300; ++i) {
    const std::string name = "f" + std::to_string(i);
    parts.push_back({.name = name, .content = name});
  }
  const core::Bytes zip = build_zip(parts);
  Candidates candidates(kSha256, kPlenty);
  ASSERT_TRUE(unpack(core::as_text(zip), false, candidates).has_value());
  EXPECT_TRUE(candidates.exhausted());
  EXPECT_EQ(std::move(candidates).take().size(), static_cast<int>(kMostCandidates));
}

std::vector<Reproduced> encoded(std::string_view file, std::string_view recorded,
                                std::size_t reads) {
  const StingySource source(file, reads);
  Candidates candidates(kSha256, kPlenty);
  EXPECT_TRUE(add_encodings(source, candidates).has_value());
  return reproducing(std::move(candidates).take(), recorded);
}

TEST(Encodings, FindsTheTextThatEncodesTheFile) {
  const std::string file = case_file("photo_scene.png");
  const core::ByteView bytes = core::as_bytes(file);
  const std::string base64 = core::to_base64(bytes);
  const std::string hex = core::to_hex(bytes);
  std::string upper = hex;
  for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  for (const std::size_t reads : {1u, 2u, 3u, 4u, 100'000u}) {
    EXPECT_THAT(encoded(file, base64, reads),
                ElementsAre(Reproduced{{v1::CHANGE_AS_BASE64}, 0, base64.size()}));
    EXPECT_THAT(encoded(file, hex, reads),
                ElementsAre(Reproduced{{v1::CHANGE_AS_HEX_LOWER}, 0, hex.size()}));
    EXPECT_THAT(encoded(file, upper, reads),
                ElementsAre(Reproduced{{v1::CHANGE_AS_HEX_UPPER}, 0, upper.size()}));
  }
  EXPECT_THAT(encoded(file, base64 + "\n", 100), IsEmpty());
  EXPECT_THAT(encoded(file, file, 100), IsEmpty());
}

TEST(Encodings, NamesTheFileUnderAlgorithmsOfTheSameLength) {
  const std::string file = "abc";
  const MemorySource source(core::as_bytes(file));
  Candidates candidates(kSha256, kPlenty);
  ASSERT_TRUE(add_other_algorithms(source, candidates).has_value());
  const auto list = std::move(candidates).take();
  ASSERT_EQ(list.size(), 1);
  EXPECT_EQ(list.Get(0).changes_size(), 0);
  std::vector<std::pair<std::string, std::string>> digests;
  for (const v1::NamedDigest& digest : list.Get(0).digests()) {
    digests.emplace_back(digest.algorithm(),
                         core::to_hex(core::as_bytes(digest.value())).substr(0, 8));
  }
  // GM/T 0004, A.1; FIPS 202 examples; the Keccak team's test vectors.
  EXPECT_THAT(digests, ElementsAre(std::pair("sm3", "66c7f0f4"), std::pair("sha3-256", "3a985da7"),
                                   std::pair("keccak-256", "4e03657a")));
}

TEST(Encodings, StopsAtItsBudget) {
  const std::string file(100, 'a');
  const MemorySource source(core::as_bytes(file));
  Candidates candidates(kSha256, 299);
  ASSERT_TRUE(add_other_algorithms(source, candidates).has_value());
  ASSERT_TRUE(add_encodings(source, candidates).has_value());
  EXPECT_TRUE(candidates.exhausted());
  EXPECT_THAT(std::move(candidates).take(), IsEmpty());
}

}  // namespace
}  // namespace heyan::contents::testing
