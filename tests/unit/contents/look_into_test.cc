// Everything at once: the right readers for the right files, within bounds.
#include "verifier/contents/look_into.h"

#include <gmock/gmock.h>

#include "tests/unit/contents/candidates_fixture.h"

namespace heyan::contents::testing {
namespace {

using crypto::Hash;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

v1::ContentFacts facts_of(std::string_view file, std::span<const Hash> hashes = kSha256,
                          const core::Limits& limits = {}) {
  const auto facts = look_into(MemorySource(core::as_bytes(file)), hashes, limits);
  EXPECT_TRUE(facts.has_value());
  return facts ? *facts : v1::ContentFacts();
}
std::vector<v1::Change> changes(std::string_view file, std::string_view recorded) {
  const auto found = reproducing(facts_of(file).candidates(), recorded);
  return found.empty() ? std::vector<v1::Change>() : found.front().changes;
}

TEST(LookInto, SendsEachFileToItsReader) {
  const std::string csv = case_file("order_export.csv");
  EXPECT_THAT(changes(sample("save2.pdf"), sample("save1.pdf")),
              ElementsAre(v1::CHANGE_LATER_SAVES_REMOVED));
  EXPECT_THAT(changes(sample("camera.jpg"), sample("turbo_q92.jpg")),
              ElementsAre(v1::CHANGE_METADATA_REMOVED));
  EXPECT_THAT(changes(sample("export.zip"), csv), ElementsAre(v1::CHANGE_TAKEN_FROM_ARCHIVE));
  EXPECT_THAT(changes(sample("export.csv.gz"), csv), ElementsAre(v1::CHANGE_TAKEN_FROM_ARCHIVE));
  EXPECT_THAT(changes(sample("export_unix2dos.csv"), csv), ElementsAre(v1::CHANGE_LINE_ENDS_TO_LF));
  // A picture that went through a transfer of text.
  const std::string png = case_file("photo_scene.png");
  std::string damaged;
  for (std::size_t i = 0; i < png.size(); ++i) {
    if (png[i] == '\n' && (i == 0 || png[i - 1] != '\r')) damaged += '\r';
    damaged += png[i];
  }
  ASSERT_NE(damaged, png);
  EXPECT_THAT(changes(png, damaged), ElementsAre(v1::CHANGE_LINE_ENDS_TO_CRLF));
}

TEST(LookInto, TellsTracesOfImagesAlone) {
  const v1::ContentFacts jpeg = facts_of(sample("turbo_q92.jpg"));
  EXPECT_TRUE(jpeg.performed());
  EXPECT_EQ(jpeg.jpeg().quality(), 92u);
  EXPECT_FALSE(facts_of(case_file("photo_scene.png")).has_jpeg());
  EXPECT_FALSE(facts_of(sample("save2.pdf")).has_jpeg());
}

TEST(LookInto, TakesDamagedFilesForWhatTheyAre) {
  for (const std::string name : {"camera.jpg", "save2.pdf", "export.zip", "export.csv.gz"}) {
    const std::string file = sample(name);
    for (const std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{4}, std::size_t{20},
                                   file.size() / 2, file.size() - 1}) {
      const v1::ContentFacts facts = facts_of(file.substr(0, size));
      EXPECT_TRUE(facts.performed()) << name << " " << size;
      // What any file may have is still there.
      EXPECT_GE(facts.candidates_size(), size == 0 ? 1 : 4) << name << " " << size;
    }
  }
}

TEST(LookInto, HashesWithTheAlgorithmsOfTheRecords) {
  const std::vector<Hash> sm3 = {Hash::kSm3};
  const v1::ContentFacts facts = facts_of("a\n", sm3);
  for (const v1::Candidate& candidate : facts.candidates()) {
    if (candidate.changes().empty()) continue;
    ASSERT_THAT(candidate.digests(), SizeIs(1));
    EXPECT_EQ(candidate.digests(0).algorithm(), "sm3");
  }
  EXPECT_THAT(facts_of("a\n", {}).candidates(), IsEmpty());
}

TEST(LookInto, SaysWhenItStoppedAtALimit) {
  core::Limits limits;
  limits.explained_bytes = 10'000;
  const std::string file(5000, 'a');
  const v1::ContentFacts facts = facts_of(file, kSha256, limits);
  EXPECT_TRUE(facts.performed());
  EXPECT_TRUE(facts.exhausted());
  EXPECT_FALSE(facts_of(file).exhausted());
}

TEST(LookInto, GivesTheSameFactsEveryTime) {
  for (const std::string name : {"camera.jpg", "save2.pdf", "export.zip", "export.csv.gz"}) {
    EXPECT_EQ(facts_of(sample(name)).SerializeAsString(),
              facts_of(sample(name)).SerializeAsString());
  }
}

TEST(LookInto, SaysThatAFileCannotBeRead) {
  StingySource source("abc", 1);
  source.broken = true;
  EXPECT_FALSE(look_into(source, kSha256, {}).has_value());
}

// Codes, numbers and digests: no byte of a file that somebody could read there.
TEST(LookInto, RepeatsNothingOfTheFile) {
  std::string file = sample("camera.jpg");
  const std::string facts = facts_of(file).SerializeAsString();
  for (std::size_t i = 0; i + 8 <= file.size(); ++i) {
    ASSERT_EQ(facts.find(file.substr(i, 8)), std::string::npos) << i;
  }
}

}  // namespace
}  // namespace heyan::contents::testing
