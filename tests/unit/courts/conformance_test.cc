// What every adapter must keep to, whatever it is sent.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "court_adapters/adapter.h"
#include "verifier/contents/safe_path.h"

namespace heyan::court_adapters {
namespace {

// Reads nothing: a part that cannot be opened any more.
class Broken final : public contents::ByteSource {
 public:
  std::uint64_t size() const override { return 10; }
  core::Result<std::size_t> read_at(std::uint64_t, std::span<std::uint8_t>) const override {
    return core::fail(core::ErrorCode::kIo, "gone");
  }
};

bool is_code(std::string_view code) {
  return !code.empty() && std::ranges::all_of(code, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

std::vector<std::string> hostile_texts() {
  std::vector<std::string> texts = {
      "",
      std::string(1, '\0'),
      "\xff\xfe",
      "\xef\xbb\xbf",
      "{}",
      "[]",
      "null",
      R"({"code":200,"message":"","data":null})",
      "<a/>",
      "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>",
      "PK\x03\x04",
      std::string("PK\x05\x06") + std::string(18, '\0'),
      std::string(100'000, '['),
      std::string(100'000, '<'),
      "accountId=1&content=%zz&hash=" + std::string(10'000, 'a'),
  };
  std::mt19937 random(7);
  for (std::size_t size : {1U, 3U, 40U, 1'000U, 70'000U}) {
    std::string text(size, '\0');
    for (char& c : text) c = static_cast<char>(random());
    texts.push_back(std::move(text));
  }
  return texts;
}

class EveryAdapter : public testing::TestWithParam<const CourtAdapter*> {};

void expect_refused(const CourtAdapter& adapter, const Request& request) {
  const auto filing = adapter.decode(request, {});
  ASSERT_FALSE(filing.has_value());
  ASSERT_FALSE(filing.error().empty());
  EXPECT_LE(filing.error().size(), contents::kMaxDefects);
  for (const Defect& defect : filing.error()) {
    EXPECT_TRUE(is_code(defect.code)) << defect.code;
    EXPECT_FALSE(defect.detail.empty());
  }
  const Answer answer = adapter.reject(request, filing.error());
  EXPECT_GE(answer.status, 200);
  EXPECT_LE(answer.status, 599);
  EXPECT_FALSE(answer.content_type.empty());
  EXPECT_FALSE(answer.body.empty());
}

TEST_P(EveryAdapter, RefusesWhatIsNoMessageAndSaysWhy) {
  const Settings settings;
  for (const std::string& text : hostile_texts()) {
    for (const std::string_view type :
         {"", "application/json", "text/xml; charset=utf-8", "application/xop+xml",
          "application/vnd.etsi.asic-e+zip", "application/x-www-form-urlencoded"}) {
      const contents::MemorySource message(core::as_bytes(text));
      Request request;
      request.content_type = type;
      request.message = &message;
      request.settings = &settings;
      expect_refused(*GetParam(), request);
    }
  }
}

TEST_P(EveryAdapter, SurvivesAMessageThatCannotBeRead) {
  const Settings settings;
  const Broken broken;
  Request request;
  request.message = &broken;
  request.settings = &settings;
  expect_refused(*GetParam(), request);
}

TEST_P(EveryAdapter, AnswersAboutAMessageThatCannotBeRead) {
  const Settings settings;
  const Broken broken;
  Request request;
  request.message = &broken;
  request.settings = &settings;
  Accepted accepted;
  accepted.submission = "0123456789abcdef0123456789abcdef";
  EXPECT_FALSE(GetParam()->acknowledge(request, accepted).body.empty());
  Outcome outcome;
  outcome.accepted = accepted;
  EXPECT_FALSE(GetParam()->encode(request, outcome).body.empty());
  outcome.failed = true;
  EXPECT_FALSE(GetParam()->encode(request, outcome).body.empty());
}

TEST_P(EveryAdapter, HasANameThatIsAPathAndATitle) {
  const std::string_view id = GetParam()->id();
  EXPECT_FALSE(contents::unsafe_path(id).has_value());
  EXPECT_TRUE(std::ranges::all_of(id, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  })) << id;
  EXPECT_FALSE(GetParam()->title().empty());
  const auto settings = GetParam()->settings();
  EXPECT_EQ(std::set(settings.begin(), settings.end()).size(), settings.size());
}

INSTANTIATE_TEST_SUITE_P(Adapters, EveryAdapter, testing::ValuesIn(all().begin(), all().end()),
                         [](const auto& one) { return std::string(one.param->id()); });

}  // namespace
}  // namespace heyan::court_adapters
