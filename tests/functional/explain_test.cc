// Why a file differs from its record: real changes by other programs, through the whole command.
#include <gmock/gmock.h>

#include <optional>

#include "tests/functional/causes.h"
#include "tests/functional/sample_case.h"
#include "tests/functional/zip_file.h"

namespace heyan::functional {
namespace {

using testing::Contains;
using testing::IsEmpty;
using testing::Not;

std::string vector_of(const std::string& name) {
  return read_file(std::string(HEYAN_SOURCE) + "/tests/vectors/explain/" + name);
}
std::string sample_file(const std::string& name) {
  return read_file(sample_folder() + "/case/files/" + name);
}

// An item of the sample whose record matches, with other bytes in its file.
class Explained : public testing::Test {
 protected:
  Json of(std::string_view id, std::string_view bytes, std::vector<std::string> more = {}) {
    sample_.emplace().keep_only(id);
    sample_->item(id)["file"].erase("size");
    sample_->item(id)["file"].erase("digests");
    sample_->save();
    sample_->write(sample_->item(id)["file"]["path"].get<std::string>(), bytes);
    return item_of(verified(sample_->path(), 10, std::move(more)), id);
  }
  static std::string with_crlf(const std::string& text) {
    std::string crlf;
    for (const char c : text) {
      if (c == '\n') crlf += '\r';
      crlf += c;
    }
    return crlf;
  }
  std::optional<SampleCase> sample_;
  const std::string chat_ = sample_file("chat_log.json");
  const std::string photo_ = sample_file("photo_scene.png");
};

TEST_F(Explained, ByLineEndsAndMark) {
  const Json crlf = of("E1", with_crlf(chat_));
  EXPECT_THAT(causes(crlf), testing::ElementsAre("LIKELY_LINE_ENDING_OR_BOM"));
  EXPECT_EQ(param(crlf, "LIKELY_LINE_ENDING_OR_BOM", "change"), "line-ends-to-lf");
  const Json marked = of("E1", "\xef\xbb\xbf" + with_crlf(chat_));
  EXPECT_EQ(param(marked, "LIKELY_LINE_ENDING_OR_BOM", "change"), "line-ends-to-lf,bom-removed");
  const Json ended =
      of("E1", chat_.ends_with('\n') ? chat_.substr(0, chat_.size() - 1) : chat_ + "\n");
  EXPECT_THAT(causes(ended), testing::ElementsAre("LIKELY_LINE_ENDING_OR_BOM"));
  EXPECT_EQ(check_of(ended, "FILE-3"), "PASS");
}

TEST_F(Explained, ByAContainer) {
  TemporaryFolder folder;
  Zip zip(folder / "photo.zip");
  zip.add("other.txt", "other");
  zip.add("photo.png", photo_);
  const Json zipped = of("E4", read_file(zip.close()));
  EXPECT_THAT(causes(zipped), testing::ElementsAre("CONTENT_DIFFERS_CONTAINER_ONLY"));
  EXPECT_THAT(codes_of(zipped), Contains("TYPE_EXTENSION_MISMATCH"));
  EXPECT_EQ(param(zipped, "CONTENT_DIFFERS_CONTAINER_ONLY", "number"), "2");
}

TEST_F(Explained, ByTracesOfAnImageAlone) {
  const Json jpeg = of("E4", vector_of("magick_q60.jpg"));
  EXPECT_THAT(causes(jpeg), testing::ElementsAre("LIKELY_METADATA_STRIPPED", "LIKELY_REENCODED"));
  EXPECT_EQ(param(jpeg, "LIKELY_REENCODED", "quality"), "60");
  EXPECT_THAT(causes(of("E4", vector_of("camera.jpg"))), IsEmpty());
}

TEST_F(Explained, ByNothingWhereNothingReproducesTheRecord) {
  EXPECT_THAT(causes(of("E1", chat_ + "x")), IsEmpty());
  EXPECT_THAT(causes(of("E1", "")), IsEmpty());
  EXPECT_THAT(causes(of("E1", std::string(1000, '\0'))), IsEmpty());
  EXPECT_THAT(causes(of("E4", "\xff\xd8\xff")), IsEmpty());
  EXPECT_THAT(causes(of("E4", "%PDF-1.4 %%EOF %%EOF")), IsEmpty());
  EXPECT_THAT(causes(of("E4", "PK\x03\x04")), IsEmpty());
}

TEST_F(Explained, ByNothingWhereTheFileMatches) {
  sample_.emplace().keep_only("E1");
  sample_->save();
  const Json item = item_of(verified(sample_->path(), 0), "E1");
  EXPECT_THAT(codes_of(item), Not(Contains("CONTENT_HASH_DIFFERS")));
  EXPECT_EQ(check_of(item, "FILE-2"), "PASS");
  EXPECT_EQ(check_of(item, "FILE-3"), "NOT_PERFORMED");  // nobody had to look
}

TEST_F(Explained, TheSameFromAnArchivedCase) {
  const Json folder = of("E1", with_crlf(chat_));
  TemporaryFolder place;
  Zip zip(place / "case.zip");
  zip.add_folder(sample_->path(), "");
  const Json archive = item_of(verified(zip.close(), 10), "E1");
  EXPECT_EQ(archive, folder);
}

TEST_F(Explained, TheSameEveryTimeAndSideBySide) {
  of("E1", with_crlf(chat_));
  const Json several = verified(sample_->path(), 10, {sample_->path(), sample_->path()});
  ASSERT_EQ(several.size(), 3u);
  EXPECT_EQ(several[0], several[1]);
  EXPECT_EQ(several[0], several[2]);
  EXPECT_THAT(causes(item_of(several[0], "E1")), testing::ElementsAre("LIKELY_LINE_ENDING_OR_BOM"));
}

// The record holds what the box said: judged again years later, without the file, it says the same.
TEST_F(Explained, TheSameFromTheRecord) {
  TemporaryFolder folder;
  const std::string record = folder / "case.hcr";
  const Json item = of("E1", with_crlf(chat_), {"--record", record});
  const Outcome again = heyan({"judge", record, "--format", "json"});
  EXPECT_EQ(again.status, 10) << again.err;
  EXPECT_EQ(item_of(Json::parse(again.out), "E1"), item);
}

TEST_F(Explained, InBothLanguagesAsAPossibleCause) {
  of("E1", with_crlf(chat_));
  for (const auto& [language, words] : {std::pair("en", "a possible cause, not a finding"),
                                        std::pair("zh", "仅为可能原因，不是结论")}) {
    const Outcome text = heyan({"verify", sample_->path(), "--trust", sample_trust(), "--at",
                                std::string(kAt), "--lang", language});
    EXPECT_THAT(text.out, testing::HasSubstr(words));
  }
}

}  // namespace
}  // namespace heyan::functional
