#include "gateway/proof_fetch/bundle.h"

namespace heyan::proof_fetch {

Refusal unusable(std::string_view what, std::string_view remedy) {
  constexpr std::string_view kAnother =
      "Nothing was written. Ask another node of the chain, or its operator.";
  return {.code = core::ErrorCode::kMalformed,
          .what = "the node's answers cannot be used: " + std::string(what),
          .defects = {},
          .remedy = std::string(remedy.empty() ? kAnother : remedy)};
}

}  // namespace heyan::proof_fetch
