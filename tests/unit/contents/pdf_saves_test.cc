// Earlier saves of a PDF.
#include "verifier/contents/pdf_saves.h"

#include <gmock/gmock.h>

#include "tests/unit/contents/candidates_fixture.h"

namespace heyan::contents::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::string kHead = "%PDF-1.7\n";

google::protobuf::RepeatedPtrField<v1::Candidate> candidates_of(std::string_view file,
                                                                std::size_t reads = 1u << 20) {
  const StingySource source(file, reads);
  Candidates candidates(kSha256, kPlenty);
  EXPECT_TRUE(add_pdf_saves(source, candidates).has_value());
  return std::move(candidates).take();
}
std::vector<Reproduced> from(std::string_view file, std::string_view recorded,
                             std::size_t reads = 1u << 20) {
  return reproducing(candidates_of(file, reads), recorded);
}
Reproduced save(std::uint64_t number, std::size_t size) {
  return {.changes = {v1::CHANGE_LATER_SAVES_REMOVED}, .number = number, .size = size};
}

TEST(PdfSaves, FindsTheFileBeforeAnIncrementalUpdate) {
  const std::string first = sample("save1.pdf");
  const std::string second = sample("save2.pdf");
  EXPECT_THAT(from(second, first), ElementsAre(save(1, first.size())));
  const std::string third = second + "1 0 obj null endobj\n%%EOF\n";
  EXPECT_THAT(from(third, first), ElementsAre(save(1, first.size())));
  EXPECT_THAT(from(third, second), ElementsAre(save(2, second.size())));
}

TEST(PdfSaves, CutsBehindEachByteOfALineEnd) {
  for (const std::string end : {"", "\n", "\r", "\r\n"}) {
    const std::string first = kHead + "x\n%%EOF" + end;
    const std::string file = first + (end.empty() ? " " : "") + "more\n%%EOF\n";
    EXPECT_THAT(from(file, first), ElementsAre(save(1, first.size())))
        << ::testing::PrintToString(end);
  }
}

TEST(PdfSaves, FindsWhatWasAppendedWithoutBeingASave) {
  const std::string first = kHead + "x\n%%EOF\n";
  EXPECT_THAT(from(first + "<script>", first), ElementsAre(save(1, first.size())));
  EXPECT_THAT(from(first + "\n", first), ElementsAre(save(1, first.size())));
}

TEST(PdfSaves, FindsEndsThatAreCutByReads) {
  const std::string first = sample("save1.pdf");
  for (const std::size_t reads : {1u, 2u, 3u, 7u}) {
    EXPECT_THAT(from(sample("save2.pdf"), first, reads), ElementsAre(save(1, first.size())));
  }
  const std::string percent = kHead + "%%%EOF";
  EXPECT_THAT(from(percent + "%%E%%EOF", percent, 1), ElementsAre(save(1, percent.size())));
}

TEST(PdfSaves, ExplainsNothingElse) {
  const std::string first = kHead + "x\n%%EOF\n";
  const std::vector<std::pair<std::string, std::string>> rows = {
      {first, first},                                            // the file itself
      {first, kHead + "x\n%%EOF"},                               // only its line end: no save
      {first + "more %%EOF\n", kHead + "y\n%%EOF\n"},            // another beginning
      {first + "more %%EOF\n", kHead + "x\n"},                   // before the end
      {first + "more %%EOF\n", first + "m"},                     // in the middle of the later save
      {"x" + first.substr(5) + "%%EOF", "x" + first.substr(5)},  // no header
      {std::string(1024, ' ') + first + "more %%EOF\n", std::string(1024, ' ') + first},
      {kHead + "%%EO%EOF %%eof\nmore", kHead + "%%EO%EOF %%eof"},
      {kHead, kHead},
      {"", ""},
  };
  for (const auto& [file, recorded] : rows) {
    EXPECT_THAT(from(file, recorded), IsEmpty()) << ::testing::PrintToString(file);
  }
}

TEST(PdfSaves, KeepsTheLastSavesOfVeryMany) {
  std::string file = kHead;
  std::vector<std::string> saves;
  for (int i = 0; i < 200; ++i) {
    file += std::to_string(i) + "%%EOF\n";
    saves.push_back(file);
  }
  const auto candidates = candidates_of(file);
  EXPECT_LE(candidates.size(), static_cast<int>(kMostCandidates));
  EXPECT_THAT(reproducing(candidates, saves[198]), ElementsAre(save(199, saves[198].size())));
  EXPECT_THAT(reproducing(candidates, saves[135]), ElementsAre(save(136, saves[135].size())));
  EXPECT_THAT(reproducing(candidates, saves[134]), IsEmpty());
}

TEST(PdfSaves, StopsAtItsBudget) {
  const std::string file = sample("save2.pdf");
  const MemorySource source(core::as_bytes(file));
  Candidates candidates(kSha256, file.size() - 1);
  ASSERT_TRUE(add_pdf_saves(source, candidates).has_value());
  EXPECT_TRUE(candidates.exhausted());
  EXPECT_THAT(std::move(candidates).take(), IsEmpty());
}

}  // namespace
}  // namespace heyan::contents::testing
