// What the readers of Chinese numbers say of a text. Pure, any thread, no errors.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace heyan::court_adapters::china {

enum class Verdict : std::uint8_t {
  kValid,       // as the rule has it
  kNormalised,  // after a change that `reason` names
  kWarning,     // readable; `reason` says what does not fit
  kInvalid,
};

struct Checked {
  Verdict verdict = Verdict::kInvalid;
  std::string original;     // as given
  std::string text;         // the normal form; empty: invalid
  std::string_view code;    // kebab-case, of the reader's list; empty: valid
  std::string_view reason;  // English, the end of a sentence ("... has a wrong check character")

  bool readable() const { return verdict != Verdict::kInvalid; }
};

// The text without blanks (space, tab, line break, U+00A0, U+3000) around it.
std::string_view trimmed(std::string_view text);

// Whether GB/T 2260 has a province of these two digits.
bool is_province(std::string_view two_digits);

}  // namespace heyan::court_adapters::china
