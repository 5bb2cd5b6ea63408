// run_vectors TOPIC DIR: every case of a case list, in any folder of the documented form.
//
// One line a case, `case-id<TAB>expected<TAB>got`; the counts on the last line. Exit status: 0 all
// passed or skipped for a printed reason, 1 some case failed, the list is unreadable or nothing
// ran, 2 usage.
#include <fmt/core.h>

#include <algorithm>
#include <cstdio>
#include <exception>

#include "tests/vectors/topic.h"

namespace heyan::vectors {
namespace {

// A case is one line with three columns, whatever its texts contain.
std::string column(std::string text) {
  std::ranges::replace_if(text, [](char c) { return c == '\t' || c == '\n' || c == '\r'; }, ' ');
  return text;
}

struct Counts {
  std::size_t passed = 0;
  std::size_t failed = 0;
  std::size_t skipped = 0;
};

void print_case(const CaseResult& result, Counts& counts) {
  std::string got = column(result.got);
  switch (result.status) {
    case Status::kPassed:
      ++counts.passed;
      break;
    case Status::kFailed:
      ++counts.failed;
      break;
    case Status::kSkipped:
      ++counts.skipped;
      got = "skipped: " + got;
      break;
  }
  fmt::print("{}\t{}\t{}\n", column(result.id), column(result.expected), got);
}

int usage() {
  fmt::print(stderr, "usage: run_vectors TOPIC DIR\ntopics:\n");
  for (const Topic& topic : topics()) fmt::print(stderr, "  {}\n", topic.name);
  return 2;
}

int run(const Topic& topic, const std::filesystem::path& folder) {
  Counts counts;
  const bool readable =
      topic.run(folder, [&counts](const CaseResult& result) { print_case(result, counts); });
  if (readable && counts.passed + counts.failed == 0) {
    fmt::print(stderr, "run_vectors: no case of {} was run\n", folder.string());
  }
  fmt::print("{} passed, {} failed, {} skipped\n", counts.passed, counts.failed, counts.skipped);
  if (std::fflush(stdout) != 0) return 1;
  return readable && counts.failed == 0 && counts.passed > 0 ? 0 : 1;
}

}  // namespace
}  // namespace heyan::vectors

int main(int argc, char** argv) {
  using namespace heyan::vectors;
  if (argc != 3) return usage();
  const auto topic = std::ranges::find(topics(), std::string_view(argv[1]), &Topic::name);
  if (topic == topics().end()) {
    fmt::print(stderr, "run_vectors: no topic is called {}\n", argv[1]);
    return usage();
  }
  try {
    return run(*topic, argv[2]);
  } catch (const std::exception& problem) {
    // Of the file system or of memory: the run failed, and says so.
    fmt::print(stderr, "run_vectors: {}\n", problem.what());
    return 1;
  }
}
