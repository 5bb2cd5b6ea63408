// heyan verify --format zip: all to re-check a result with, and no signature. What a gateway gives
// is tested in gateway/bundle_test.
#include <gmock/gmock.h>

#include "tests/functional/sample_case.h"

namespace heyan::functional {
namespace {

using testing::HasSubstr;
using testing::Not;

class UnsignedBundle : public testing::Test {
 protected:
  Outcome pack(const std::string& name, std::vector<std::string> more = {}) const {
    std::vector<std::string> words = {"verify",   sample_folder() + "/case",
                                      "--trust",  sample_trust(),
                                      "--at",     std::string(kAt),
                                      "--format", "zip",
                                      "--out",    folder_ / name};
    words.insert(words.end(), more.begin(), more.end());
    return heyan(words);
  }
  TemporaryFolder folder_;
};

TEST_F(UnsignedBundle, IsTheSameEachTimeAndFromTheRecordToo) {
  ASSERT_EQ(pack("a.zip", {"--record", folder_ / "case.hcr"}).status, 10);
  ASSERT_EQ(pack("b.zip").status, 10);
  const std::string file = read_file(folder_ / "a.zip");
  EXPECT_EQ(file, read_file(folder_ / "b.zip"));
  EXPECT_EQ(
      heyan({"judge", folder_ / "case.hcr", "--format", "zip", "--out", folder_ / "c.zip"}).status,
      10);
  EXPECT_EQ(file, read_file(folder_ / "c.zip"));
}

TEST_F(UnsignedBundle, HoldsThePayloadAndTheRecord) {
  ASSERT_EQ(pack("a.zip", {"--record", folder_ / "case.hcr"}).status, 10);
  const auto content = [this](const std::string& name) {
    return run({.arguments = {"unzip", "-p", folder_ / "a.zip", name},
                .environment = {},
                .folder = {},
                .input = {}})
        .out;
  };
  EXPECT_EQ(content("case.hcr"), read_file(folder_ / "case.hcr"));
  EXPECT_EQ(content("report.json"), verify(sample_folder() + "/case").out);
  EXPECT_EQ(content("trust-list/trust.toml"), read_file(sample_trust()));
}

TEST_F(UnsignedBundle, IsNeverMoreThanUndetermined) {
  pack("a.zip");
  const Outcome outcome = heyan({"report", "verify", folder_ / "a.zip", "--lang", "en"});
  EXPECT_EQ(outcome.status, 11);
  EXPECT_THAT(outcome.out, HasSubstr("Nobody signed this"));
  EXPECT_THAT(outcome.out, HasSubstr("the same report, byte for byte"));
  EXPECT_THAT(heyan({"report", "verify", folder_ / "a.zip"}).out, HasSubstr("未签名"));
}

TEST_F(UnsignedBundle, WithAnyChangeItDoesNotStand) {
  pack("a.zip");
  std::string file = read_file(folder_ / "a.zip");
  for (const std::size_t at : {std::size_t{0}, std::size_t{12}, file.size() / 2, file.size() - 1}) {
    std::string changed = file;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    write_file(folder_ / "b.zip", changed);
    const Outcome outcome = heyan({"report", "verify", folder_ / "b.zip", "--lang", "en"});
    EXPECT_EQ(outcome.status, 10) << at << outcome.out;
    EXPECT_THAT(outcome.out, Not(HasSubstr("Report number")));
  }
}

TEST_F(UnsignedBundle, IsOfOneCase) {
  EXPECT_EQ(pack("a.zip", {sample_folder() + "/case"}).status, 2);
  EXPECT_EQ(heyan({"report", "diff", "a", "b", "--format", "zip"}).status, 2);
}

}  // namespace
}  // namespace heyan::functional
