#include "court_adapters/china/checked.h"

#include <algorithm>
#include <array>

namespace heyan::court_adapters::china {
namespace {

constexpr std::array<std::string_view, 6> kBlanks = {" ", "\t", "\r", "\n", "\u00A0", "\u3000"};

constexpr std::array<std::string_view, 34> kProvinces = {
    "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34",
    "35", "36", "37", "41", "42", "43", "44", "45", "46", "50", "51", "52",
    "53", "54", "61", "62", "63", "64", "65", "71", "81", "82"};

}  // namespace

std::string_view trimmed(std::string_view text) {
  const auto before = [&](std::string_view blank) { return text.starts_with(blank); };
  const auto after = [&](std::string_view blank) { return text.ends_with(blank); };
  for (const auto* at = std::ranges::find_if(kBlanks, before); at != kBlanks.end();
       at = std::ranges::find_if(kBlanks, before)) {
    text.remove_prefix(at->size());
  }
  for (const auto* at = std::ranges::find_if(kBlanks, after); at != kBlanks.end();
       at = std::ranges::find_if(kBlanks, after)) {
    text.remove_suffix(at->size());
  }
  return text;
}

bool is_province(std::string_view two_digits) {
  return std::ranges::find(kProvinces, two_digits) != kProvinces.end();
}

}  // namespace heyan::court_adapters::china
