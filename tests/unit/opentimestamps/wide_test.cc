// 256-bit numbers, against values that Bitcoin Core's own tests use (arith_uint256_tests.cpp) or
// that were computed with Python's integers.
#include <gtest/gtest.h>

#include "tests/unit/opentimestamps/made.h"

namespace heyan::ledgers::opentimestamps {
namespace {

using testing::unhex;

Wide wide(std::string_view hex) { return Wide::from_big_endian(unhex(hex)); }

TEST(Wide, CompactFormsOfBitcoinCore) {
  EXPECT_EQ(Wide::from_compact(0x01120000), wide("12"));
  EXPECT_EQ(Wide::from_compact(0x02123456), wide("1234"));
  EXPECT_EQ(Wide::from_compact(0x03123456), wide("123456"));
  EXPECT_EQ(Wide::from_compact(0x04123456), wide("12345600"));
  EXPECT_EQ(Wide::from_compact(0x05009234), wide("92340000"));
  EXPECT_EQ(Wide::from_compact(0x20123456),
            wide("1234560000000000000000000000000000000000000000000000000000000000"));
  EXPECT_EQ(Wide::from_compact(0x1d00ffff),
            wide("00000000ffff0000000000000000000000000000000000000000000000000000"));
}

TEST(Wide, CompactFormsThatAreNoTarget) {
  for (const std::uint32_t zero :
       {0x00000000u, 0x00123456u, 0x01003456u, 0x02000056u, 0x03000000u, 0x04000000u, 0x20000000u})
    EXPECT_FALSE(Wide::from_compact(zero)) << std::hex << zero;
  for (const std::uint32_t negative : {0x01fedcbau, 0x04923456u, 0x1d80ffffu, 0x03800001u})
    EXPECT_FALSE(Wide::from_compact(negative)) << std::hex << negative;
  for (const std::uint32_t large :
       {0xff123456u, 0x21123456u, 0x22001234u, 0x23000001u, 0x22000100u})
    EXPECT_FALSE(Wide::from_compact(large)) << std::hex << large;
}

TEST(Wide, TheLargestThatStillFits) {
  EXPECT_TRUE(Wide::from_compact(0x21001234).has_value());
  EXPECT_TRUE(Wide::from_compact(0x22000012).has_value());
}

TEST(Wide, CompactIsWrittenBack) {
  for (const std::uint32_t bits :
       {0x01120000u, 0x02123400u, 0x03123456u, 0x05009234u, 0x1d00ffffu, 0x17371ef4u, 0x20123456u})
    EXPECT_EQ(Wide::from_compact(bits)->compact(), bits) << std::hex << bits;
  EXPECT_EQ(wide("80").compact(), 0x02008000u);  // else it would read as negative
  EXPECT_EQ(wide("12345678").compact(), 0x04123456u);
  EXPECT_EQ(Wide().compact(), 0u);
}

TEST(Wide, Arithmetic) {
  const Wide all = Wide().complement();
  EXPECT_EQ(all.plus(Wide(1)), Wide());
  EXPECT_EQ(Wide().minus(Wide(1)), all);
  EXPECT_EQ(wide("0123456789abcdef0123456789abcdef").times(0x10000).over(0x10000),
            wide("0123456789abcdef0123456789abcdef"));
  EXPECT_EQ(wide("ffffffffffffffff").times(0xffffffff), wide("fffffffeffffffff00000001"));
  EXPECT_EQ(wide("fffffffeffffffff00000002").over(0xffffffff), wide("ffffffffffffffff"));
  EXPECT_EQ(all.over(wide("fedcba98765432100123456789abcdef")),
            wide("0101249249249249247ec5397829cbc14f"));
}

TEST(Wide, OrderIsThatOfTheHighestByte) {
  EXPECT_LT(wide("00ff"), wide("0100"));
  EXPECT_GT(wide("0100000000"), wide("ffffffff"));
  EXPECT_EQ(Wide::from_little_endian(unhex("0100")), Wide(1));
}

TEST(Work, OfTheEasiestTarget) {
  EXPECT_EQ(work_of(0x1d00ffff), wide("0100010001"));
  EXPECT_EQ(work_of(0x207fffff), Wide(2));
  EXPECT_EQ(work_of(0), Wide());
}

}  // namespace
}  // namespace heyan::ledgers::opentimestamps
