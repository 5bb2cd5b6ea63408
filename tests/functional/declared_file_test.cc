// What case.json declares of a file, against the file: a difference is a result, not an error.
#include <gmock/gmock.h>

#include <atomic>
#include <fstream>
#include <thread>

#include "tests/functional/sample_case.h"

namespace heyan::functional {
namespace {

using testing::Contains;

Json judged(SampleCase& sample, int status) {
  sample.keep_only("E1");
  sample.save();
  return item_of(verified(sample.path(), status), "E1");
}

TEST(DeclaredFile, OfAnotherSizeIsNotCompleted) {
  SampleCase sample;
  sample.item("E1")["file"]["size"] = 980;
  const Json item = judged(sample, 11);
  EXPECT_EQ(item["verdict"], "NOT_COMPLETED");
  EXPECT_THAT(codes_of(item), Contains("UPLOAD_INCOMPLETE"));
}

TEST(DeclaredFile, OfAnotherDigestIsNotCompleted) {
  for (const auto& [algorithm, length] : std::map<std::string, std::size_t>{
           {"sha-256", 64}, {"sha-384", 96}, {"sha-512", 128}, {"sm3", 64}}) {
    SampleCase sample;
    sample.item("E1")["file"]["digests"] = {{algorithm, std::string(length, 'a')}};
    const Json item = judged(sample, 11);
    EXPECT_EQ(item["verdict"], "NOT_COMPLETED") << algorithm;
    EXPECT_THAT(codes_of(item), Contains("UPLOAD_INCOMPLETE")) << algorithm;
  }
}

TEST(DeclaredFile, MayDeclareAnyAlgorithmThatHolds) {
  SampleCase sample;
  sample.item("E1")["file"]["digests"] = {
      {"sm3", "7a9d06f8d46fbe81c36d39b1145e36068891517455dbbd65c5dd910d11d7ac12"},
      {"sha-256", "D77AF7C693ADCD428F4E52FC22E69032DC3003D1C532285FB2FD9936EA60CD01"}};
  EXPECT_EQ(judged(sample, 0)["verdict"], "CONSISTENT_WITH_NOTES");
}

TEST(DeclaredFile, MakesTheSubmissionIncomplete) {
  SampleCase sample;
  sample.item("E1")["file"]["size"] = 1;
  sample.save();
  EXPECT_EQ(verified(sample.path(), 10)["verdict"], "INCOMPLETE");
}

// A writer at work while the file is read: never a conclusion about bytes that no file ever had.
TEST(DeclaredFile, ThatChangesWhileItIsReadGivesNoConclusion) {
  SampleCase sample;
  sample.keep_only("E1");
  sample.item("E1")["file"] = {{"path", "files/large.bin"}};
  sample.save();
  const std::string path = sample.write("files/large.bin", "");
  std::filesystem::resize_file(path, 400u << 20);
  std::atomic<bool> done = false;
  std::jthread writer([&] {
    for (char byte = 0; !done; ++byte) {
      std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
      file.seekp(1000).put(byte);
      file.close();
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  });
  const Json report = verified(sample.path(), 11);
  done = true;
  const Json item = item_of(report, "E1");
  EXPECT_EQ(item["verdict"], "NOT_COMPLETED");
  EXPECT_EQ(check_of(item, "MATCH-1") == "PASS", false);
}

TEST(DeclaredFile, MayBeEmpty) {
  SampleCase sample;
  sample.keep_only("E1");
  sample.write("files/chat_log.json", "");
  sample.item("E1")["file"] = {{"path", "files/chat_log.json"}, {"size", 0}};
  sample.save();
  const Json item = item_of(verified(sample.path(), 10), "E1");
  EXPECT_EQ(item["verdict"], "INCONSISTENT");
  EXPECT_EQ(item["file"]["size"], 0);
}

TEST(DeclaredFile, MayServeTwoItemsAsMayAProof) {
  SampleCase sample;
  Json twin = sample.item("E1");
  sample.keep_only("E1");
  twin["id"] = "E1b";
  sample.document["evidence"].push_back(twin);
  sample.save();
  const Json report = verified(sample.path(), 0);
  EXPECT_EQ(verdict_of(report, "E1"), "CONSISTENT_WITH_NOTES");
  EXPECT_EQ(verdict_of(report, "E1b"), "CONSISTENT_WITH_NOTES");
}

TEST(DeclaredFile, TenThousandItemsAreJudged) {
  SampleCase sample;
  const Json first = sample.item("E1");
  sample.keep_only("E1");
  for (int i = 1; i < 10'000; ++i) {
    Json item = first;
    item["id"] = "E1-" + std::to_string(i);
    sample.document["evidence"].push_back(item);
  }
  sample.save();
  const Json report = verified(sample.path(), 0);
  ASSERT_EQ(report["evidence"].size(), 10'000u);
  for (const Json& item : report["evidence"]) {
    ASSERT_EQ(item["verdict"], "CONSISTENT_WITH_NOTES");
  }
  sample.document["evidence"].push_back(first);
  sample.document["evidence"].back()["id"] = "one-too-many";
  sample.save();
  const Outcome outcome = verify(sample.path());
  EXPECT_EQ(outcome.status, 65);
  EXPECT_THAT(outcome.err, testing::HasSubstr("/evidence"));
}

}  // namespace
}  // namespace heyan::functional
