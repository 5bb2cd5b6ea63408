// heyan selftest: known answers with every algorithm, by each library alone and by both together;
// what was changed must be refused. And the sandboxes of the gateway's processes: each forbidden
// act is tried and must be stopped.
#include <fmt/format.h>

#include <array>

#include "gateway/cli/commands.h"
#include "gateway/ops/program_words.h"
#include "gateway/pdf/fonts.h"
#include "gateway/sandbox/self_test.h"
#include "gateway/selftest/self_test.h"
#include "verifier/ledgers/ledger.h"

namespace heyan::cli {
namespace {

// With no folders: those of an installation its own programs try when they start.
selftest::Outcome try_sandbox(sandbox::Role role, std::string_view title) {
  const auto probes = sandbox::self_test(sandbox::default_profile(role));
  selftest::Outcome outcome{.name = fmt::format("{} {}", title, sandbox::name(role))};
  outcome.passed = probes && sandbox::first_not_stopped(*probes).empty();
  if (probes) {
    for (const sandbox::Probe& probe : *probes) {
      outcome.name += fmt::format(" {}{}", probe.stopped() ? "" : "!", sandbox::name(probe.act));
    }
  }
  return outcome;
}

}  // namespace

ExitStatus run(const SelftestOptions& options, Console& console) {
  std::vector<selftest::Outcome> results = selftest::run_known_answers();
  for (selftest::Outcome& signing : selftest::run_signing()) results.push_back(std::move(signing));
  for (const sandbox::Role role :
       {sandbox::Role::kBox, sandbox::Role::kJudge, sandbox::Role::kRender, sandbox::Role::kDraw,
        sandbox::Role::kSigner, sandbox::Role::kFront}) {
    results.push_back(try_sandbox(role, say(options.language, "沙箱", "sandbox")));
  }
  // After the sandboxes, which want one thread: Pango looks fonts up in another.
  results.push_back(
      {.name = std::string(say(options.language, "PDF 字体", "fonts of PDF")),
       .passed = pdf::Fonts::load(pdf::fonts_folder(ops::program_folder())).has_value()});
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
