// Whose quantisation tables are these? Encoders that are used everywhere scale a published base
// table by a quality from 1 to 100, so that the tables of a file name the encoder's kind and the
// quality.
//
// How the tables were obtained: none was copied from files. They are computed by the rule of
// libjpeg (jcparam.c, jpeg_quality_scaling and jpeg_add_quant_table with force_baseline) from
//   standard: ITU-T T.81 (09/92), tables K.1 and K.2. libjpeg, libjpeg-turbo and what is built on
//             them (Android's Bitmap.compress, Pillow, ImageMagick) use these.
//   mozjpeg:  its default base table for luminance and chrominance (jcparam.c, table 3, by
//             N. Robidoux). mozjpeg is made for the web, and used by applications that send images.
// Some cameras use the standard tables as well: that alone says nothing. Pure; any thread.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "heyan/v1/case_record.pb.h"

namespace heyan::contents {

using QuantisationTable = std::array<std::uint16_t, 64>;  // in zigzag order, as in a file

struct KnownTables {
  v1::JpegTables base = v1::JPEG_TABLES_UNSPECIFIED;
  std::uint32_t quality = 0;  // where several give the same tables, the highest
  bool operator==(const KnownTables&) const = default;
};

// `chrominance`: null for an image without colour. Nothing where the two are not of one base and
// quality.
std::optional<KnownTables> find_tables(const QuantisationTable& luminance,
                                       const QuantisationTable* chrominance);

// The table of a base at a quality from 1 to 100.
QuantisationTable scaled_table(v1::JpegTables base, bool chrominance, std::uint32_t quality);

}  // namespace heyan::contents
