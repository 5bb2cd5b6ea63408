#include "verifier/contents/jpeg_tables.h"

#include <algorithm>
#include <cstdlib>

namespace heyan::contents {
namespace {

// All in natural order, row by row.
constexpr QuantisationTable kStandardLuminance = {16, 11, 10, 16, 24,  40,  51,  61,   //
                                                  12, 12, 14, 19, 26,  58,  60,  55,   //
                                                  14, 13, 16, 24, 40,  57,  69,  56,   //
                                                  14, 17, 22, 29, 51,  87,  80,  62,   //
                                                  18, 22, 37, 56, 68,  109, 103, 77,   //
                                                  24, 35, 55, 64, 81,  104, 113, 92,   //
                                                  49, 64, 78, 87, 103, 121, 120, 101,  //
                                                  72, 92, 95, 98, 112, 100, 103, 99};
constexpr QuantisationTable kStandardChrominance = {17, 18, 24, 47, 99, 99, 99, 99,  //
                                                    18, 21, 26, 66, 99, 99, 99, 99,  //
                                                    24, 26, 56, 99, 99, 99, 99, 99,  //
                                                    47, 66, 99, 99, 99, 99, 99, 99,  //
                                                    99, 99, 99, 99, 99, 99, 99, 99,  //
                                                    99, 99, 99, 99, 99, 99, 99, 99,  //
                                                    99, 99, 99, 99, 99, 99, 99, 99,  //
                                                    99, 99, 99, 99, 99, 99, 99, 99};
constexpr QuantisationTable kMozjpeg = {16, 16, 16,  18,  25,  37,  56,  85,   //
                                        16, 17, 20,  27,  34,  40,  53,  75,   //
                                        16, 20, 24,  31,  43,  62,  91,  135,  //
                                        18, 27, 31,  40,  53,  74,  106, 156,  //
                                        25, 34, 43,  53,  69,  94,  131, 189,  //
                                        37, 40, 62,  74,  94,  124, 169, 238,  //
                                        56, 53, 91,  106, 131, 169, 226, 311,  //
                                        85, 75, 135, 156, 189, 238, 311, 418};

// ITU-T T.81, figure A.6: natural index of each place in zigzag order.
constexpr std::array<std::uint8_t, 64> kZigzag = {0,  1,  8,  16, 9,  2,  3,  10,  //
                                                  17, 24, 32, 25, 18, 11, 4,  5,   //
                                                  12, 19, 26, 33, 40, 48, 41, 34,  //
                                                  27, 20, 13, 6,  7,  14, 21, 28,  //
                                                  35, 42, 49, 56, 57, 50, 43, 36,  //
                                                  29, 22, 15, 23, 30, 37, 44, 51,  //
                                                  58, 59, 52, 45, 38, 31, 39, 46,  //
                                                  53, 60, 61, 54, 47, 55, 62, 63};

const QuantisationTable& base_table(v1::JpegTables base, bool chrominance) {
  switch (base) {
    case v1::JPEG_TABLES_STANDARD:
      return chrominance ? kStandardChrominance : kStandardLuminance;
    case v1::JPEG_TABLES_MOZJPEG:
      return kMozjpeg;
    default:
      std::abort();
  }
}

}  // namespace

QuantisationTable scaled_table(v1::JpegTables base, bool chrominance, std::uint32_t quality) {
  if (quality < 1 || quality > 100) std::abort();
  const QuantisationTable& natural = base_table(base, chrominance);
  const std::uint32_t scale = quality < 50 ? 5000 / quality : 200 - 2 * quality;  // per cent
  QuantisationTable table{};
  for (std::size_t i = 0; i < table.size(); ++i) {
    const std::uint32_t value = (natural.at(kZigzag.at(i)) * scale + 50) / 100;
    table.at(i) = static_cast<std::uint16_t>(std::clamp(value, 1u, 255u));
  }
  return table;
}

std::optional<KnownTables> find_tables(const QuantisationTable& luminance,
                                       const QuantisationTable* chrominance) {
  for (const v1::JpegTables base : {v1::JPEG_TABLES_STANDARD, v1::JPEG_TABLES_MOZJPEG}) {
    for (std::uint32_t quality = 100; quality > 0; --quality) {
      if (scaled_table(base, false, quality) != luminance) continue;
      if (chrominance != nullptr && scaled_table(base, true, quality) != *chrominance) continue;
      return KnownTables{.base = base, .quality = quality};
    }
  }
  return std::nullopt;
}

}  // namespace heyan::contents
