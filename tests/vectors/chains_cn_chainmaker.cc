#include "tests/vectors/chains_cn.h"

namespace heyan::vectors {

Judged run_chainmaker_case(const std::filesystem::path&, const core::json::Value& line) {
  const core::json::Value* kind = line.find("kind");
  Judged judged;
  judged.why_not = "kind " + *kind->as_string() + ": ledger not built yet";
  return judged;
}

}  // namespace heyan::vectors
