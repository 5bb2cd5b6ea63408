#include "gateway/cli/known_word.h"

#include <algorithm>

#include "verifier/trust/nearest.h"

namespace heyan::cli {

std::string_view near_word(std::string_view word, std::span<const std::string_view> candidates) {
  const std::string_view best = trust::nearest(word, candidates);
  const std::size_t bearable = std::max<std::size_t>(1, word.size() / 3);
  return trust::typing_distance(word, best) <= bearable ? best : std::string_view();
}

}  // namespace heyan::cli
