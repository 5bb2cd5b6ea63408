// What a Chinese court's clerk is told has Chinese words: every code of the adapters' pages.
#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <string>

#include "court_adapters/china/defect_words.h"
#include "schemas/catalogue/catalogue.h"

namespace heyan::court_adapters::china {
namespace {

// The codes in the first column of the table that begins with "| KIND |".
std::set<std::string> codes_of(const std::string& page, const std::string& kind) {
  std::ifstream in(HEYAN_SOURCE "/docs/adapters/" + page);
  std::set<std::string> codes;
  bool inside = false;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("| " + kind + " |")) inside = true;
    if (line.empty()) inside = false;
    if (!inside) continue;
    const std::string cell = line.substr(0, line.find('|', 1));
    for (std::size_t at = cell.find('`'); at != std::string::npos; at = cell.find('`', at)) {
      const std::size_t end = cell.find('`', at + 1);
      const std::string code = cell.substr(at + 1, end - at - 1);
      if (code != "case.json") codes.insert(code);
      at = end + 1;
    }
  }
  return codes;
}

constexpr auto kPages = {"micro_court.md", "netcourt_hangzhou.md"};

TEST(Words, EveryDefectHasThem) {
  std::size_t count = 0;
  for (const char* const page : kPages) {
    for (const std::string& code : codes_of(page, "defect")) {
      EXPECT_NE(chinese_of(code), chinese_of("no such code")) << page << ' ' << code;
      ++count;
    }
  }
  EXPECT_GT(count, 40U);
}

TEST(Words, EveryRemarkHasThem) {
  std::size_t count = 0;
  for (const char* const page : kPages) {
    for (const std::string& code : codes_of(page, "remark")) {
      EXPECT_NE(catalogue::remark_by_code(code), nullptr) << page << ' ' << code;
      ++count;
    }
  }
  EXPECT_GT(count, 20U);
}

}  // namespace
}  // namespace heyan::court_adapters::china
