#include "verifier/trust/nearest.h"

#include <algorithm>
#include <array>

namespace heyan::trust {
namespace {

constexpr std::size_t kLongest = 64;
using Row = std::array<std::size_t, kLongest + 1>;

}  // namespace

std::size_t typing_distance(std::string_view a, std::string_view b) {
  a = a.substr(0, kLongest);
  b = b.substr(0, kLongest);
  Row before{};  // of a without its last two letters, without the last, and with it
  Row last{};
  Row row{};
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    before = last;
    last = row;
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] =
          std::min({last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1), last[j] + 1, row[j - 1] + 1});
      const bool exchanged = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (exchanged) row[j] = std::min(row[j], before[j - 2] + 1);
    }
  }
  return row[b.size()];
}

std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates) {
  const auto best = std::ranges::min_element(candidates, {}, [word](std::string_view candidate) {
    return typing_distance(word, candidate);
  });
  return best == candidates.end() ? std::string_view{} : *best;
}

std::string_view near_word(std::string_view word, std::span<const std::string_view> candidates) {
  const std::string_view best = nearest(word, candidates);
  const std::size_t bearable = std::max<std::size_t>(1, word.size() / 3);
  return typing_distance(word, best) <= bearable ? best : std::string_view();
}

}  // namespace heyan::trust
