// heyan selftest: known answers with every algorithm, by each library alone and by both together;
// what was changed must be refused.
#include <fmt/format.h>

#include <array>

#include "gateway/cli/commands.h"
#include "gateway/selftest/self_test.h"
#include "verifier/ledgers/ledger.h"

namespace heyan::cli {

ExitStatus run(const SelftestOptions& options, Console& console) {
  std::vector<selftest::Outcome> results = selftest::run_known_answers();
  results.push_back({.name = std::string(say(options.language, "证明格式", "proof formats")),
                     .passed = !ledgers::all().empty()});
  const bool all_passed = selftest::all_passed(results);
  std::string text;
  for (const selftest::Outcome& result : results) {
    text += fmt::format("{}  {}\n",
                        result.passed ? say(options.language, "[通过]  ", "[ok]    ")
                                      : say(options.language, "[未通过]", "[FAILED]"),
                        result.name);
  }
  for (const ledgers::Ledger* ledger : ledgers::all()) {
    text += fmt::format("  {}\n", ledger->format());
  }
  text += all_passed ? say(options.language, "自检通过。\n", "The self-test passed.\n")
                     : say(options.language, "自检未通过：不要使用本机的任何核验结果。\n",
                           "The self-test failed: rely on no result of this machine.\n");
  const std::array statuses = {print(text, console),
                               all_passed ? ExitStatus::kOk : ExitStatus::kInternal};
  return most_urgent(statuses);
}

}  // namespace heyan::cli
