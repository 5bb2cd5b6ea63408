#include "verifier/core/base32.h"

#include <gtest/gtest.h>

namespace heyan::core {
namespace {

// RFC 4648 section 10.
TEST(Base32Test, VectorsOfTheStandard) {
  const std::pair<const char*, const char*> vectors[] = {{"", ""},
                                                         {"f", "MY"},
                                                         {"fo", "MZXQ"},
                                                         {"foo", "MZXW6"},
                                                         {"foob", "MZXW6YQ"},
                                                         {"fooba", "MZXW6YTB"},
                                                         {"foobar", "MZXW6YTBOI"}};
  for (const auto& [plain, text] : vectors) {
    EXPECT_EQ(to_base32(as_bytes(plain)), text);
    EXPECT_EQ(from_base32(text), to_bytes(std::string_view(plain)));
  }
}

TEST(Base32Test, OnlyTheOneFormIsRead) {
  for (const char* text :
       {"M", "MZX", "MZXW6Y", "MZ", "my", "MY======", "M1", "MZXW 6", "MZXW6YTBO"}) {
    EXPECT_FALSE(from_base32(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace heyan::core
