// The examples of docs/trust-list.md and docs/policy.md are what the program accepts.
#include "tests/unit/trust/fixture.h"
#include "verifier/trust/policy.h"

namespace heyan::trust::testing {
namespace {

// The fenced TOML blocks of a page, in order.
std::vector<std::string> toml_blocks(const std::string& page) {
  std::ifstream in(HEYAN_SOURCE "/docs/" + page, std::ios::binary);
  std::vector<std::string> blocks;
  bool inside = false;
  for (std::string line; std::getline(in, line);) {
    if (line == "```toml") {
      blocks.emplace_back();
      inside = true;
    } else if (line == "```") {
      inside = false;
    } else if (inside) {
      blocks.back() += line + "\n";
    }
  }
  return blocks;
}

TEST(Docs, TrustListExampleIsInOrder) {
  const auto blocks = toml_blocks("trust-list.md");
  ASSERT_EQ(blocks.size(), 1u);
  const std::map<std::string, core::Bytes, std::less<>> files = {
      {"trust-list.toml", core::to_bytes(blocks[0])},
      {"ca/court-root.pem", vector_file("ca/court-root.pem")},
      {"crl/court.crl", vector_file("ca/court.crl")},
      {"ca/tsa-root.pem", vector_file("ca/notary-root.pem")},
  };
  const auto list =
      parse_trust_list("trust-list.toml",
                       [&](std::string_view path) -> core::Result<core::Bytes> {
                         const auto found = files.find(path);
                         if (found == files.end())
                           return core::fail(core::ErrorCode::kNotFound, "no such file");
                         return found->second;
                       },
                       {});
  ASSERT_TRUE(list.has_value()) << to_string(list.error().front());
  std::vector<std::string> read;
  for (const ReadFile& file : list->files) read.push_back(file.path);
  EXPECT_THAT(read, ::testing::ElementsAre("trust-list.toml", "ca/court-root.pem", "crl/court.crl",
                                           "ca/tsa-root.pem"));
}

TEST(Docs, PolicyPageQuotesTheDefaultAndAPolicyInOrder) {
  const auto blocks = toml_blocks("policy.md");
  ASSERT_EQ(blocks.size(), 2u);
  EXPECT_EQ(blocks[0], default_policy_text());
  const auto policy = parse_policy(
      "policy.toml",
      [&](std::string_view) -> core::Result<core::Bytes> { return core::to_bytes(blocks[1]); });
  ASSERT_TRUE(policy.has_value()) << to_string(policy.error().front());
  EXPECT_EQ(policy->max_view_age, std::chrono::minutes(30));
}

}  // namespace
}  // namespace heyan::trust::testing
