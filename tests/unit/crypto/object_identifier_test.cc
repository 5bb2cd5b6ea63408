// Object identifiers as text.
#include <gtest/gtest.h>

#include "verifier/crypto/der.h"

namespace heyan::crypto {
namespace {

core::Result<std::string> read(std::string_view hex) {
  return der_object_identifier(*core::from_hex(hex));
}

TEST(ObjectIdentifier, IsReadAsPeopleWriteIt) {
  EXPECT_EQ(read("2a864886f70d010701").value(), "1.2.840.113549.1.7.1");
  EXPECT_EQ(read("2a811ccf5501831102").value(), "1.2.156.10197.1.401.2");
  EXPECT_EQ(read("00").value(), "0.0");
  EXPECT_EQ(read("4f").value(), "1.39");
  EXPECT_EQ(read("8837").value(), "2.999");  // the first two arcs in two octets
}

TEST(ObjectIdentifier, OfAnotherFormIsRefused) {
  EXPECT_EQ(read("").error().code, core::ErrorCode::kMalformed);
  EXPECT_EQ(read("2a86").error().code, core::ErrorCode::kMalformed);  // ends within a number
  EXPECT_EQ(read("2a8001").error().code, core::ErrorCode::kNotCanonical);
  EXPECT_EQ(read("8001").error().code, core::ErrorCode::kNotCanonical);
  EXPECT_EQ(read("2affffffffffffffffffff7f").error().code, core::ErrorCode::kLimit);
  EXPECT_EQ(read("2a" + std::string(128, '0')).error().code, core::ErrorCode::kLimit);
}

}  // namespace
}  // namespace heyan::crypto
