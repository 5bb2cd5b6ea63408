#include "court_adapters/ecf/schemas.h"

#include <gmock/gmock.h>

#include <chrono>
#include <fstream>
#include <iterator>
#include <thread>

namespace heyan::court_adapters::ecf {
namespace {

std::string vector(const std::string& name) {
  std::ifstream in(std::string(HEYAN_VECTORS) + "/courts/ecf/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<markup::Problem> check(Version version, std::string_view text) {
  const auto read = markup::Document::read(core::as_bytes(text));
  return read ? schemas(version).validate(read->root()) : std::vector{read.error()};
}

std::string changed(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

TEST(EcfSchemas, CompileAndKnowTheirMessages) {
  EXPECT_THAT(check(Version::k50, vector("v5/civil.xml")), testing::IsEmpty());
  EXPECT_THAT(check(Version::k401, vector("v4/ok-corefiling.xml")), testing::IsEmpty());
}

TEST(EcfSchemas, AreOfOneVersionEach) {
  EXPECT_FALSE(check(Version::k401, vector("v5/civil.xml")).empty());
  EXPECT_FALSE(check(Version::k50, vector("v4/ok-corefiling.xml")).empty());
}

TEST(EcfSchemas, FindWhatIsWrongWithPlace) {
  const auto problems = check(
      Version::k50,
      changed(vector("v5/civil.xml"), "<nc:BinarySizeValue>32000<", "<nc:BinarySizeValue>-1<"));
  ASSERT_FALSE(problems.empty());
  EXPECT_EQ(problems[0].path,
            "/FilingMessage/FilingConnectedDocument/DocumentAugmentation/DocumentRendition/"
            "Attachment/BinarySizeValue");
  EXPECT_EQ(problems[0].line, 107U);
  EXPECT_FALSE(
      check(Version::k401, changed(vector("v4/ok-corefiling.xml"), "CaseTitleText", "CaseTitle"))
          .empty());
}

TEST(EcfSchemas, AreSharedByThreads) {
  const std::string message = vector("v5/bad-nopostdate.xml");
  const auto expected = check(Version::k50, message);
  ASSERT_FALSE(expected.empty());
  std::vector<std::jthread> threads;
  std::array<bool, 4> same = {};
  for (bool& each : same) {
    threads.emplace_back([&each, &message, &expected] {
      each = true;
      for (int i = 0; i < 25; ++i) each = each && check(Version::k50, message) == expected;
    });
  }
  threads.clear();
  EXPECT_THAT(same, testing::Each(true));
}

}  // namespace
}  // namespace heyan::court_adapters::ecf
