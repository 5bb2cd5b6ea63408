// heyan-worker with judges that are no longer right: the real program, whose answers about the
// canaries are changed after it gave them. TEST_CANARIES in the environment says how: "wrong" finds
// a changed file consistent, "silent" says nothing. Built as hostile_worker.
#include <cstdlib>
#include <string>
#include <string_view>

#include "gateway/worker/canaries.h"

// The linker's names for what is wrapped, and for what it was.
heyan::core::Result<heyan::v1::CanaryRound> real_judge_canaries(const std::string& version) __asm__(
    "__real__ZN5heyan6worker14judge_canariesERKNSt7__cxx1112basic_stringIcSt11char_"
    "traitsIcESaIcEEE");
heyan::core::Result<heyan::v1::CanaryRound>
wrapped_judge_canaries(const std::string& version) __asm__(
    "__wrap__ZN5heyan6worker14judge_canariesERKNSt7__cxx1112basic_stringIcSt11char_"
    "traitsIcESaIcEEE");

heyan::core::Result<heyan::v1::CanaryRound> wrapped_judge_canaries(const std::string& version) {
  using heyan::core::ErrorCode;
  const char* set = std::getenv("TEST_CANARIES");
  const std::string_view how = set == nullptr ? "" : set;
  if (how == "silent") return heyan::core::fail(ErrorCode::kInternal, "it says nothing");
  auto round = real_judge_canaries(version);
  if (round && how == "wrong") {
    heyan::v1::Report& report = *round->mutable_answers(1)->mutable_report();
    report.mutable_evidence(8)->set_verdict(heyan::v1::VERDICT_CONSISTENT);
  }
  return round;
}
