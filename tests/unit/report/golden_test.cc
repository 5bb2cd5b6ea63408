// Every reason code as a reader meets it, in both languages: files that a person has read. A
// sentence that changes must be read again, so the files are changed by hand: the test says where
// it put what it found.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/unit/report/sample_report.h"
#include "verifier/report/text.h"

namespace heyan::report {
namespace {

std::string all_reasons(catalogue::Language language) {
  std::string text;
  for (const catalogue::ReasonEntry& reason : catalogue::reasons()) {
    v1::Report report = testing::sample_report();
    v1::ItemReport& item = *report.mutable_evidence(0);
    item.clear_findings();
    item.clear_attestations();
    v1::Finding& finding = *item.add_findings();
    finding.set_check(reason.check);
    finding.set_code(reason.id);
    finding.set_outcome(v1::OUTCOME_FAIL);
    finding.set_effect(reason.effect);
    const std::string rendered = render_text(report, {.language = language});
    const std::size_t begin = rendered.find("- " + std::string(reason.reason.in(language)));
    EXPECT_NE(begin, std::string::npos) << reason.code;
    // The reason, and what to do.
    const std::size_t first_end = rendered.find('\n', begin);
    text += rendered.substr(begin, rendered.find('\n', first_end + 1) + 1 - begin);
  }
  return text;
}

void expect_golden(const std::string& name, const std::string& text) {
  std::ifstream in(HEYAN_SOURCE "/tests/unit/report/golden/" + name, std::ios::binary);
  const std::string golden(std::istreambuf_iterator<char>(in), {});
  if (golden == text) return;
  const auto found = std::filesystem::temp_directory_path() / ("heyan-found-" + name);
  std::ofstream(found, std::ios::binary) << text;
  ADD_FAILURE() << "differs from tests/unit/report/golden/" << name << "; read " << found
                << " and put it there if it is right";
}

TEST(Golden, EveryReasonInChinese) {
  expect_golden("reasons.zh.txt", all_reasons(catalogue::Language::kChinese));
}

TEST(Golden, EveryReasonInEnglish) {
  expect_golden("reasons.en.txt", all_reasons(catalogue::Language::kEnglish));
}

}  // namespace
}  // namespace heyan::report
