// JPEG: how it was coded, and the file without its metadata.
#include <gmock/gmock.h>

#include "tests/unit/contents/candidates_fixture.h"
#include "verifier/contents/jpeg_changes.h"
#include "verifier/contents/jpeg_header.h"
#include "verifier/contents/jpeg_tables.h"

namespace heyan::contents::testing {
namespace {

using core::ErrorCode;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

core::Result<JpegHeader> header_of(std::string_view file) {
  return read_jpeg_header(MemorySource(core::as_bytes(file)));
}
v1::JpegTraces traces_of(const std::string& name) {
  const auto header = header_of(sample(name));
  EXPECT_TRUE(header.has_value()) << name;
  return header ? header->traces : v1::JpegTraces();
}

std::vector<Reproduced> from(const std::string& file, const std::string& recorded) {
  const MemorySource source(core::as_bytes(file));
  const auto header = read_jpeg_header(source);
  if (!header) return {};
  Candidates candidates(kSha256, kPlenty);
  EXPECT_TRUE(add_jpeg_changes(source, *header, candidates).has_value());
  return reproducing(std::move(candidates).take(), recorded);
}

TEST(Jpeg, NamesTablesAndQualityOfRealEncoders) {
  struct Row {
    const char* name;
    v1::JpegTables tables;
    std::uint32_t quality;
    bool progressive;
  };
  for (const Row& row : {Row{"turbo_q92.jpg", v1::JPEG_TABLES_STANDARD, 92, false},
                         Row{"turbo_q75_progressive.jpg", v1::JPEG_TABLES_STANDARD, 75, true},
                         Row{"turbo_q80_grey.jpg", v1::JPEG_TABLES_STANDARD, 80, false},
                         Row{"magick_q60.jpg", v1::JPEG_TABLES_STANDARD, 60, false},
                         Row{"other_tables.jpg", v1::JPEG_TABLES_UNSPECIFIED, 0, false}}) {
    const v1::JpegTraces traces = traces_of(row.name);
    EXPECT_EQ(traces.tables(), row.tables) << row.name;
    EXPECT_EQ(traces.quality(), row.quality) << row.name;
    EXPECT_EQ(traces.progressive(), row.progressive) << row.name;
    EXPECT_TRUE(traces.jfif()) << row.name;
    EXPECT_FALSE(traces.exif() || traces.xmp()) << row.name;
  }
}

TEST(Jpeg, SeesMetadataOfRealPrograms) {
  const v1::JpegTraces camera = traces_of("camera.jpg");
  EXPECT_TRUE(camera.exif() && camera.xmp() && camera.jfif());
  EXPECT_EQ(camera.quality(), 92u);
  const v1::JpegTraces stripped = traces_of("camera_exiftool.jpg");
  EXPECT_FALSE(stripped.exif() || stripped.xmp() || stripped.jfif());
}

TEST(Jpeg, WithoutMetadataIsWhatOtherProgramsMakeOfIt) {
  const std::string camera = sample("camera.jpg");
  for (const std::string name : {"camera_jpegtran.jpg", "camera_exiftool.jpg", "turbo_q92.jpg"}) {
    const std::string bare = sample(name);
    EXPECT_THAT(from(camera, bare),
                ElementsAre(Reproduced{
                    .changes = {v1::CHANGE_METADATA_REMOVED}, .number = 0, .size = bare.size()}))
        << name;
  }
}

TEST(Jpeg, ExplainsNothingElse) {
  const std::string camera = sample("camera.jpg");
  EXPECT_THAT(from(camera, camera), IsEmpty());
  EXPECT_THAT(from(camera, sample("magick_q60.jpg")), IsEmpty());
  // What was stripped cannot be put back.
  EXPECT_THAT(from(sample("camera_jpegtran.jpg"), camera), IsEmpty());
  std::string other = sample("camera_jpegtran.jpg");
  other.back() ^= 1;
  EXPECT_THAT(from(camera, other), IsEmpty());
}

TEST(Jpeg, ScalesAsLibjpegDoes) {
  // ITU-T T.81, K.1: quality 50 is the base table, 100 is all ones.
  const QuantisationTable base = scaled_table(v1::JPEG_TABLES_STANDARD, false, 50);
  EXPECT_THAT(std::vector(base.begin(), base.begin() + 6), ElementsAre(16, 11, 12, 14, 12, 10));
  EXPECT_EQ(base.back(), 99);
  QuantisationTable ones{};
  ones.fill(1);
  EXPECT_EQ(scaled_table(v1::JPEG_TABLES_STANDARD, true, 100), ones);
  // Values of quality 75 as cjpeg -quality 75 writes them.
  const QuantisationTable usual = scaled_table(v1::JPEG_TABLES_STANDARD, false, 75);
  EXPECT_THAT(std::vector(usual.begin(), usual.begin() + 6), ElementsAre(8, 6, 6, 7, 6, 5));
  // 418 and 311 are more than a byte holds.
  EXPECT_EQ(scaled_table(v1::JPEG_TABLES_MOZJPEG, false, 50).back(), 255);
}

TEST(Jpeg, FindsEveryQualityAgain) {
  for (const v1::JpegTables base : {v1::JPEG_TABLES_STANDARD, v1::JPEG_TABLES_MOZJPEG}) {
    for (std::uint32_t quality = 1; quality <= 100; ++quality) {
      const QuantisationTable luminance = scaled_table(base, false, quality);
      const QuantisationTable chrominance = scaled_table(base, true, quality);
      const auto known = find_tables(luminance, &chrominance);
      ASSERT_TRUE(known.has_value());
      EXPECT_EQ(scaled_table(known->base, false, known->quality), luminance);
      if (known->base == base) {
        EXPECT_GE(known->quality, quality);
      }
    }
  }
}

TEST(Jpeg, KnowsNoTablesThatDoNotBelongTogether) {
  const QuantisationTable luminance = scaled_table(v1::JPEG_TABLES_STANDARD, false, 80);
  const QuantisationTable of_other_quality = scaled_table(v1::JPEG_TABLES_STANDARD, true, 81);
  const QuantisationTable of_other_base = scaled_table(v1::JPEG_TABLES_MOZJPEG, true, 80);
  EXPECT_FALSE(find_tables(luminance, &of_other_quality).has_value());
  EXPECT_FALSE(find_tables(luminance, &of_other_base).has_value());
  QuantisationTable changed = luminance;
  ++changed[63];
  EXPECT_FALSE(find_tables(changed, nullptr).has_value());
}

TEST(Jpeg, RefusesWhatIsNone) {
  const std::string good = sample("turbo_q92.jpg");
  const auto code_of = [](std::string_view file) {
    const auto header = header_of(file);
    return header ? std::string("read") : std::string(core::name(header.error().code));
  };
  const std::string malformed(core::name(ErrorCode::kMalformed));
  const std::string truncated(core::name(ErrorCode::kTruncated));
  const std::string start = "\xff\xd8";
  EXPECT_EQ(code_of(good), "read");
  EXPECT_EQ(code_of(""), truncated);
  EXPECT_EQ(code_of("\xff"), malformed);
  EXPECT_EQ(code_of(start), truncated);
  EXPECT_EQ(code_of("\x89PNG"), malformed);
  EXPECT_EQ(code_of(start + "\xff\xd9"), malformed);                          // ends at once
  EXPECT_EQ(code_of(start + start + good.substr(2)), malformed);              // two beginnings
  EXPECT_EQ(code_of(start + "x" + good.substr(2)), malformed);                // no marker
  EXPECT_EQ(code_of(start + std::string("\xff\xe1\x00\x01", 4)), malformed);  // length 1
  EXPECT_EQ(code_of(start + std::string("\xff\xe1\xff\xff", 4)), truncated);  // beyond the end
  EXPECT_EQ(code_of(start + std::string("\xff\xdb\x00\x04\x05xx", 7)), malformed);  // place 5
  EXPECT_EQ(code_of(start + std::string("\xff\xdb\x00\x04\x20xx", 7)), malformed);  // 4 bits
  EXPECT_EQ(code_of(start + std::string("\xff\xdb\x00\x05\x00xx", 7)), truncated);  // 2 of 64
  EXPECT_EQ(code_of(start + std::string(200, '\xff')), malformed);
  const std::string frame("\xff\xc0\x00\x08\x08\x00\x01\x00\x01\x00", 10);
  EXPECT_EQ(code_of(start + frame + good.substr(2)), malformed);
  std::string many = start;
  for (int i = 0; i < 5000; ++i) many += std::string("\xff\xfe\x00\x02", 4);
  EXPECT_EQ(code_of(many + good.substr(2)), core::name(ErrorCode::kLimit));
}

TEST(Jpeg, ReadsNoTruncatedHeader) {
  const std::string good = sample("camera.jpg");
  const auto whole = header_of(good);
  ASSERT_TRUE(whole.has_value());
  for (std::size_t size = 0; size < whole->scan; ++size) {
    EXPECT_FALSE(header_of(std::string_view(good).substr(0, size)).has_value()) << size;
  }
}

TEST(Jpeg, StopsAtItsBudget) {
  const std::string file = sample("camera.jpg");
  const MemorySource source(core::as_bytes(file));
  const auto header = read_jpeg_header(source);
  ASSERT_TRUE(header.has_value());
  Candidates candidates(kSha256, file.size() + 1);
  ASSERT_TRUE(add_jpeg_changes(source, *header, candidates).has_value());
  EXPECT_TRUE(candidates.exhausted());
  EXPECT_EQ(std::move(candidates).take().size(), 1);
}

}  // namespace
}  // namespace heyan::contents::testing
