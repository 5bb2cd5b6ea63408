#include "gateway/http/percent.h"

#include <gtest/gtest.h>

namespace heyan::http {
namespace {

TEST(Percent, EveryByteButTheUnreserved) {
  EXPECT_EQ(percent_encode("azAZ09-._~"), "azAZ09-._~");
  EXPECT_EQ(percent_encode(std::string_view("\0 %+/&=\x7f\xff", 9)), "%00%20%25%2B%2F%26%3D%7F%FF");
  EXPECT_EQ(percent_encode("法院"), "%E6%B3%95%E9%99%A2");
  EXPECT_EQ(percent_encode(""), "");
}

TEST(Percent, MarksAreThoseOfThePlace) {
  EXPECT_EQ(percent_encode("a!b~c", "!"), "a!b%7Ec");
  EXPECT_EQ(percent_encode("-", ""), "%2D");
}

}  // namespace
}  // namespace heyan::http
